#!/usr/bin/env bash
# Failover (RFC 4951): one of two appliances is killed without a word and started again, first the LAC, then the LNS. Sessions of
# L2TPv2 and L2TPv3, PPP and Ethernet, are back with the same identifiers, addresses and users; those of the peer never went down.
# A tunnel without failover beside them is opened anew, and a static one is there again. While the one that was killed is gone,
# nothing of its sessions is left in its kernel: no tunnel, interface, address or route.
# limit: 420
# CASE_DATAPLANE says which data plane carries the packets, auto by default.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
needs ping
two_hosts

# Each tunnel has a pool of its own, so that the LAC can tell the links by their addresses.
of_tunnel() { # of_tunnel NAME NUMBER
  cat <<CONF
peer profile "$1" {
    peer_host_name   $1
    tunnel_profile   "lasting"
    session_profiles "wire"
    ppp_profile      "$1"
}
ppp profile "$1" {
    ip_pool_name "$1"
}
ippool "$1" {
    range   10.9.$2.2-10.9.$2.250
    gateway 10.9.$2.1
}
CONF
}
dataplane=${CASE_DATAPLANE:-auto}
lns='system {
    host_name "lns"
    dataplane '$dataplane'
}
tunnel profile "lasting" {
    failover      true
    recovery_time '$((appliance_seconds * 2000))'
    secret        hush
    auth_mode     challenge
    digest        sha1
}
session profile "wire" {
    remote_end_id   wire
    pseudowire_type ethernet
    interface_name  wire0
    data_sequencing all
}
'
lac='system {
    host_name "lac"
    dataplane '$dataplane'
}
tunnel profile "default" {
    secret        hush
    auth_mode     challenge
    digest        sha1
}
tunnel "two" {
    host_name     two
    peer          192.0.2.1
    persist       true
    failover      true
    recovery_time '$((appliance_seconds * 2000))'
    session "dial" { user_name "alice" }
}
tunnel "three" {
    host_name     three
    peer          192.0.2.1
    persist       true
    version       l2tpv3
    failover      true
    recovery_time '$((appliance_seconds * 2000))'
    session "dial" { user_name "bob" }
    session "wire" {
        remote_end_id   wire
        pseudowire_type ethernet
        interface_name  wire0
        data_sequencing all
    }
}
tunnel "plain" {
    host_name     plain
    peer          192.0.2.1
    persist       true
    session "dial" { user_name "carol" }
}'
static() { # static US THEM OUR_NUMBER PEER_NUMBER
  cat <<CONF
tunnel "still" {
    static         true
    encap          udp
    peer           $2:5000
    local_address  $1
    our_udp_port   5000
    tunnel_id      ${3}001
    peer_tunnel_id ${4}001
    session "still" {
        session_id      ${3}00
        peer_session_id ${4}00
        pseudowire_type ethernet
        interface_name  still0
    }
}
CONF
}
lac=$lac$'\n'$(static 192.0.2.2 192.0.2.1 2 1)
lns=$lns$(static 192.0.2.1 192.0.2.2 1 2)$'\n'$(of_tunnel two 2; of_tunnel three 3; of_tunnel plain 4)
secrets='alice * "wonderland"
bob * "builder"
carol * "christmas"'

# start NAME NAMESPACE: without waiting; its l2tpd.conf comes from standard input
start() {
  appliance_make "$1"
  cat > "$work/$1/etc/l2tpd.conf"
  chmod 600 "$work/$1/etc/l2tpd.conf"
  printf '%s\n' "$secrets" > "$work/$1/etc/l2tp-secrets"
  appliance_start "$1" "/run/netns/$2"
}
up() { has lac "session-show $1 --json" '"phase":"network"'; }
value() { l2tp "$1" "session-show" "$2" --json | tr -d ' \n' | sed -n 's/.*"'"$3"'":"\{0,1\}\([^,"}]*\).*/\1/p'; }
# Identifiers of both ends and address of a session of the LAC, and since when its other end is up.
identity() { echo "$(value lac "$1" sessionId) $(value lac "$1" peerSessionId) $(value lac "$1" localAddress)"; }
since() { value lns "$(value lac "$1" peerSessionId)" upSince; }
gateway() { address "$1" | sed 's/[0-9]*$/1/'; }
address() { value lac "$1" localAddress; }
wire_up() { # wire_up INTERFACE NUMBER
  ip -n here addr replace 10.8.$2.1/24 dev "$1" 2>/dev/null && ip -n there addr replace 10.8.$2.2/24 dev "$1" 2>/dev/null
}
# All that passes between both.
passes() {
  wait_for 60 up two/dial
  wait_for 30 up three/dial
  for session in two/dial three/dial; do
    wait_for 20 quietly here ping -c 1 -W 1 "$(address $session)"
    wait_for 20 quietly there ping -c 1 -W 1 "$(gateway $session)"
  done
  wait_for 30 wire_up wire0 0
  wait_for 20 quietly there ping -c 1 -W 1 10.8.0.1
  wait_for 30 wire_up still0 1
  wait_for 20 quietly there ping -c 1 -W 1 10.8.1.1
}
# written NAME: it keeps the state of both its tunnels that can be recovered, and has not changed it for some time, since a change is
# written a second after it
written() {
  [ "$(ls "$work/$1"/data/tunnels/*.tunnel 2>/dev/null | wc -l)" = 2 ] && [ -z "$(find "$work/$1/data/tunnels" -newermt '-3 seconds')" ]
}
# What sessions put into the kernel of a namespace.
remains() {
  ip netns exec "$1" sh -c 'ip l2tp show tunnel; ip l2tp show session' 2>/dev/null || true # not every kernel has L2TP
  ip -n "$1" -o link show | grep -v ': \(lo\|here0\|there0\)[:@]' || true
  ip -n "$1" route show table all | grep ' 10\.' || true
}
nothing_remains() { [ -z "$(remains "$1")" ]; }
# kill_and_start NAME NAMESPACE: not a word is said
kill_and_start() {
  local pid=${appliance_pid[$1]} child
  for child in $(cat "/proc/$pid/task/$pid/children" 2>/dev/null) "$pid"; do kill -9 "$child" 2>/dev/null || true; done
  wait "$pid" 2>/dev/null || true
  wait_for 10 is_gone "$pid"
  eventually 30 nothing_remains "$2" || fail "$1 was killed, and its kernel still has: $(remains "$2")"
  rm -f "$work/$1/data/l2tpd.sock"
  appliance_start "$1" "/run/netns/$2"
}

say "PPP and Ethernet over L2TPv2 and L2TPv3"
start lns here <<<"$lns"
start lac there <<<"$lac"
wait_for $((appliance_seconds + 60)) up plain/dial
passes
wait_for 10 written lac
has lac "tunnel-show two" "failover" || fail "tunnel-show says nothing of failover"
for file in "$work"/lac/data/tunnels/*.tunnel; do
  [ "$(stat -c %a "$file")" = 600 ] || fail "$file can be read by others"
  ! grep -qE 'hush|wonderland|builder' "$file" || fail "$file has a secret in it"
done
[ "$(ls "$work"/lac/data/tunnels/*.tunnel | wc -l)" = 2 ] || fail "kept: $(ls "$work/lac/data/tunnels")"

# unchanged TITLE: what was before is still so
remember() {
  declare -gA was=() wasSince=()
  for session in two/dial three/dial three/wire; do was[$session]=$(identity $session); wasSince[$session]=$(since $session); done
  plain=$(identity plain/dial)
}
unchanged() {
  local session
  for session in two/dial three/dial three/wire; do
    [ "$(identity $session)" = "${was[$session]}" ] || fail "$1: $session was ${was[$session]}, is $(identity $session)"
  done
}

say "the LAC is killed"
remember
kill_and_start lac there
wait_for $((appliance_seconds + 30)) appliance_answers lac
passes
unchanged "the LAC was killed"
for session in two/dial three/dial three/wire; do
  [ "$(since $session)" = "${wasSince[$session]}" ] || fail "$session of the LNS is up since $(since $session), was since ${wasSince[$session]}"
done
! grep -E 'session "(two|three)-[^"]*" tid=[0-9]+ sid=[0-9]+ is down' "$work/lns/log/l2tpd.log" || fail "the LNS lost a session"
grep -h "is recovered" "$work"/l*/log/l2tpd.log
wait_for 60 up plain/dial
[ "$(identity plain/dial)" != "$plain" ] || fail "the tunnel without failover was not opened anew"
l2tp lac tunnel-show two

say "the LNS is killed"
wait_for 10 written lns
remember
kill_and_start lns here
wait_for $((appliance_seconds + 30)) appliance_answers lns
passes
unchanged "the LNS was killed"
grep -h "is recovered" "$work"/l*/log/l2tpd.log
l2tp lns session-list
echo "summary: sessions of ${dataplane/auto/any} data plane outlive both ends, and nothing is left of who was killed"
