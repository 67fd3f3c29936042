#!/usr/bin/env bash
# The kernel's data plane when things go wrong between two appliances. The link is lost for longer than the retries: sessions of
# PPP, Ethernet and a VLAN go with their reason, nothing of them is left in either kernel, and all are back when the link is. A
# session that somebody deletes in the kernel is noticed, said, and called again; what somebody else made is not touched.
# appliance: shared pair
# limit: 600
set -euo pipefail
. "$(dirname "$0")/../case.sh"
needs ping
isolate "$@"
shared_world

secrets <<<'alice * "wonderland"'
put far l2tp-secrets <<<'alice * "wonderland"'
configure_far 'host_name far' 'dataplane kernel' 'autoname_interfaces true' <<CONF
tunnel profile "default" {
    hello_timeout 5
    max_retries   3
}
session profile "wire" {
    remote_end_id   wire
    pseudowire_type ethernet
    interface_name  wire0
}
session profile "tagged" {
    remote_end_id   tagged
    pseudowire_type vlan
    vlan_id         42
    interface_name  tagged0
}
peer profile "box" {
    peer_ipaddr      $us
    session_profiles "wire", "tagged"
    ppp_profile      "lab"
}
ppp profile "lab" { ip_pool_name "lab" }
ippool "lab" {
    range   10.9.0.0/24
    gateway 10.9.0.1
}
CONF
of_box() { # of_box [MORE]: what box is to have
  configure 'host_name box' 'dataplane kernel' 'autoname_interfaces true' 'tunnel_persist_pend_timeout 2' 'session_persist_pend_timeout 2' <<CONF
tunnel profile "default" {
    hello_timeout 5
    max_retries   3
}
tunnel "two" {
    peer    $them
    persist true
    session "dial" { user_name "alice" }
}
tunnel "three" {
    peer    $them
    persist true
    version l2tpv3
    session "dial" { user_name "alice" }
    session "wire" {
        remote_end_id   wire
        pseudowire_type ethernet
        interface_name  wire0
    }
    session "tagged" {
        remote_end_id   tagged
        pseudowire_type vlan
        vlan_id         42
        interface_name  tagged0
    }
}
CONF
}
# All that sessions put into a kernel: tunnels, sessions, interfaces, addresses, routes.
in_kernel() {
  ip netns exec "$1" sh -c 'ip l2tp show tunnel; ip l2tp show session'
  ip -n "$1" -o link show | sed 's/^[0-9]*: \([^:@]*\).*/\1/'
  ip -n "$1" -o addr show | grep -v ' \(lo\|there0\|wire[0-9]*\)  ' || true
  ip -n "$1" route show table all | grep ' 10\.9\.' || true
}
empty_again() { [ "$(in_kernel "$1")" = "${before[$1]}" ]; }
declare -A before
for ns in here there; do before[$ns]=$(in_kernel $ns); done

ppp_of_us() { ip -n here -o link show type ppp | sed 's/^[0-9]*: \([^:@]*\).*/\1/' | sort; }
ppp_up() { [ "$(ip -n here -o -4 addr show | grep -c ' peer 10\.9\.0\.1')" = 2 ]; }
addressed() { ip -n here addr replace 10.8.$2.1/24 dev "$1" 2>/dev/null && ip -n there addr replace 10.8.$2.2/24 dev "$1" 2>/dev/null; }
all_pass() {
  local name
  wait_for 90 ppp_up
  for name in $(ppp_of_us); do
    [[ $name = l2tpp* ]] || fail "the interface $name of a PPP session has no name of ours"
    wait_for 20 quietly here ping -c 1 -W 2 -I "$name" 10.9.0.1
  done
  wait_for 60 addressed wire0 1
  wait_for 60 addressed tagged0 2
  wait_for 20 quietly here ping -c 1 -W 2 10.8.1.2
  wait_for 20 quietly there ping -c 1 -W 2 10.8.2.1
}

say "four sessions in two tunnels"
of_box
all_pass
[ "$(here ip l2tp show session | grep -c '^Session')" = 4 ] || fail "not all sessions of box are the kernel's"
[ "$(there ip l2tp show session | grep -c '^Session')" = 4 ] || fail "not all sessions of far are the kernel's"
here ip l2tp show session
l2tp box session-list

say "what has passed is asked of the kernel"
here ping -q -c 10 -i 0.2 -s 1000 10.8.1.2
counted() { l2tp box session-show three/wire --json | grep -q '"txPackets": *[1-9]'; }
wait_for 10 counted
l2tp box session-show three/wire | grep -i 'packets\|bytes'

say "the link is lost"
ip -n there link set there0 down
for ns in here there; do wait_for 90 empty_again $ns; done
for session in two/dial three/dial three/wire three/tagged; do
  grep -q "session \"$session\" .* is down: the tunnel ended: HELLO was not acknowledged after 3 retries" "$work/box/log/l2tpd.log" \
    || fail "box does not say why $session is down"
done
grep -h 'is down' "$work/box/log/l2tpd.log" "$work/far/log/l2tpd.log" | tail -n 12
ip -n there link set there0 up
say "it is back"
all_pass

say "somebody deletes a session in the kernel, and has a tunnel of his own"
modprobe l2tp_eth
trap 'ip netns exec here ip l2tp del tunnel tunnel_id 7 2>/dev/null || true' EXIT
here ip l2tp add tunnel tunnel_id 7 peer_tunnel_id 7 encap udp local "$us" remote "$them" udp_sport 7007 udp_dport 7007
here ip l2tp add session tunnel_id 7 session_id 7 peer_session_id 7 name foreign0
ids() { here ip l2tp show session | awk -v name="$1" '/^Session/ {session = $2; tunnel = $5} /interface name/ && $3 == name && !done {print tunnel, session; done = 1}'; }
read -r tunnel session < <(ids wire0)
here ip l2tp del session tunnel_id "$tunnel" session_id "$session"
wait_for 30 logged 'it was deleted in the kernel by another program'
grep 'deleted in the kernel' "$work/box/log/l2tpd.log" | tail -n 1
another() { local found; found=$(ids wire0); [ -n "$found" ] && [ "$found" != "$tunnel $session" ]; }
wait_for 60 another
all_pass

say "the calls end in order: what somebody else made stays"
configure </dev/null
wait_for 60 empty_again there
[ "$(here ip l2tp show session | grep -c '^Session')" = 1 ] || fail "the foreign session is gone, or one of ours is not"
here ip l2tp del tunnel tunnel_id 7
wait_for 60 empty_again here
echo "summary: four sessions down with their reason and up again, one deleted by hand called again"
