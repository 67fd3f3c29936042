#!/usr/bin/env bash
# Two PPP links of one user are one bundle of the kernel's (RFC 1990): pppd's behind xl2tpd, and an appliance's as LAC. Packets
# and 10 MB of TCP pass over both links, and go on when one of them goes, be it the one that leads.
# appliance: shared
# limit: 1800
# LAB_TCP_MB says how much TCP carries, 10 by default, and a tenth of it back.
set -euo pipefail
. "$(dirname "$0")/../case.sh"
xl2tpd_world "$@"
mb=${LAB_TCP_MB:-10}
us2=198.18.$LAB_NUMBER.3 # up to Linux 6.11 two tunnels cannot be between the same two addresses and ports
ip -n here addr add "$us2/24" dev "$wire"

secrets <<<'alice * "wonderland"'
configure <<CONF
peer profile "them" {
  peer_ipaddr    $them
  tunnel_profile "them"
  ppp_profile    "them"
}
tunnel profile "them" {
  auth_mode challenge
  secret    "tunnelsecret"
  dataplane kernel
}
ppp profile "them" {
  multilink    true
  ip_pool_name "them"
}
ippool "them" {
  range   10.4.0.2-10.4.0.250
  gateway 10.4.0.1
}
CONF

# packets NAME: a line for each session: packets received and sent
packets() {
  l2tp "$1" session-list --json | python3 -c '
import json, sys
for session in json.load(sys.stdin):
    print(session["data"]["rxPackets"], session["data"]["txPackets"])'
}

# both_links NAME: of what has passed each of two links has carried at least a fifth, both ways. What the kernel has counted may be
# some seconds old.
both_links() {
  packets "$1" >"$work/packets"
  python3 - "$work/packets" <<'PY'
import sys
links = [list(map(int, line.split())) for line in open(sys.argv[1])]
sums = [sum(way) for way in zip(*links)]
sys.exit(not (len(links) == 2 and all(5 * link[i] >= sums[i] > 1000 for link in links for i in (0, 1))))
PY
}

# leader NAME: the full name of the session that leads its bundle
leader() {
  l2tp "$1" session-list --json | python3 -c '
import json, sys
print(*[s["tunnelName"] + "/" + s["name"] for s in json.load(sys.stdin) if s["ppp"] and s["ppp"]["bundle"] and s["ppp"]["bundle"]["leads"]])'
}

# carries MB: as carries_ppp, for an appliance's ppp0, whose IPv6 address does not name the peer's
carries() {
  local ours theirs6
  ours=$(ip -n there -4 -o addr show dev ppp0 | awk '{sub("/.*", "", $4); print $4}')
  theirs6=$(l2tp lac session-list --json | python3 -c 'import json, sys; print(json.load(sys.stdin)[0]["ppp"]["remoteIpv6"])')
  there ping -q -c 3 -i 0.2 -W 5 -M do -s 1372 10.4.0.1
  here ping -q -c 3 -i 0.2 -W 5 -M do -s 1372 "$ours"
  there ping -q -c 3 -i 0.2 -W 5 "$theirs6%ppp0"
  seconds=$SECONDS
  transfer there here 10.4.0.1 "$1"
  transfer here there "$ours" $((($1 + 9) / 10))
  seconds=$((SECONDS - seconds))
}

say "pppd behind xl2tpd: two calls, one bundle"
pppd_secrets <<<'alice * "wonderland"'
for link in one two; do pppd_options $link multilink noauth 'name alice'; done
xl2tpd_with <<CONF
[lac one]
lns = $us
challenge = yes
redial = no
pppoptfile = /etc/ppp/one
[lac two]
lns = $us2
challenge = yes
redial = no
pppoptfile = /etc/ppp/two
CONF
eventually 30 test -e /run/xl2tpd.control
xl2tpd_control connect-lac one
wait_for 90 has_address there ppp0
xl2tpd_control connect-lac two
wait_for 90 has box "session-list --json" '"links":2'
l2tp box session-show "$(leader box)"
carries_ppp ppp0 10.4.0.1 "$mb"
echo "TCP over two links: $seconds s"
wait_for 60 both_links box
cat "$work/packets"

say "the second call ends: the first carries on"
xl2tpd_control disconnect-lac two
wait_for 60 has box "session-list --json" '"links":1'
wait_for 30 quietly there ping -c 1 -W 1 10.4.0.1 # its pppd sends over both for as long as it waits to be let go
carries_ppp ppp0 10.4.0.1 1
xl2tpd_control disconnect-lac one
wait_for 60 is_gone_from there ppp0
xl2tpd_end
keep "$work"/*.log

say "an appliance is the LAC: two sessions of one tunnel"
appliance lac there <<CONF
tunnel "office" {
  peer      $us
  auth_mode challenge
  secret    "tunnelsecret"
  dataplane kernel
  session "one" {
    user_name     "alice"
    user_password "wonderland"
  }
  session "two" {
    user_name     "alice"
    user_password "wonderland"
  }
}
ppp profile "default" {
  multilink true
}
CONF
wait_for 120 has lac "session-list --json" '"links":2'
wait_for 60 has_address there ppp0
carries "$mb"
echo "TCP over two links: $seconds s"
wait_for 60 both_links lac
cat "$work/packets"

say "the link that leads goes: the other one carries on, with the same interface and address"
address=$(ip -n there -4 -o addr show dev ppp0)
l2tp lac session-delete "$(leader lac)"
wait_for 60 has lac "session-list --json" '"links":1'
[ "$(ip -n there -4 -o addr show dev ppp0)" = "$address" ] || fail "the address changed"
carries 1
l2tp lac session-list
appliance_stop lac
echo "summary: pppd and an appliance, $mb MB over two links, 1 MB over what was left"
