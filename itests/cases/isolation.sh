#!/usr/bin/env bash
# Customers in one bridge who do not see each other: each is a session of its own over L2TPv3, all see the uplink, and nothing is
# left when they have gone. Then more sessions than a bridge of the kernel has ports for beside others.
# ISOLATION_SESSIONS says how many, 420 by default: from 400 on they hang on the bridge by veth pairs. CASE_DATAPLANE says which
# data plane carries the packets, auto by default.
set -euo pipefail
. "${CASE_WORLD:-$(dirname "$0")/../lib/world.sh}"
isolate "$@"
needs ip ping bridge
two_hosts
many=${ISOLATION_SESSIONS:-420}

# conf OUR_ADDRESS PEER_ADDRESS OUR_NUMBER PEER_NUMBER COUNT SETTINGS: a static tunnel with so many sessions
conf() {
  local i
  cat <<CONF
system {
    autoname_interfaces true
    dataplane           ${CASE_DATAPLANE:-auto}
}
session profile "default" {
    pseudowire_type ethernet
    $6
}
tunnel "office" {
    static         true
    encap          udp
    peer           $2:5000
    local_address  $1
    our_udp_port   5000
    tunnel_id      ${3}001
    peer_tunnel_id ${4}001
CONF
  for ((i = 1; i <= $5; i++)); do
    echo "    session \"c$i\" {"
    echo "        session_id ${3}$((10000 + i))"
    echo "        peer_session_id ${4}$((10000 + i))"
    echo "    }"
  done
  echo "}"
}
# interface_of NUMBER SESSION: the name that autoname_interfaces gives
interface_of() { printf 'l2tpe3%08x' "${1}$((10000 + $2))"; }
interface() { quietly ip -n "$1" link show dev "$2"; }
count_ports() { ip -n there -o link show master "$1" 2>/dev/null | wc -l; }
ports_are() { [ "$(count_ports "$1")" = "$2" ]; }

appliance customers here < <(conf 192.0.2.1 192.0.2.2 1 2 2 "")
appliance provider there < <(conf 192.0.2.2 192.0.2.1 2 1 2 "bridge lan
    bridge_isolated true
    bridge_temporary true")

say "two customers, an uplink"
for i in 1 2; do
  wait_for 30 interface here "$(interface_of 1 $i)"
  ip netns add customer$i
  ip -n here link set "$(interface_of 1 $i)" netns customer$i
  ip -n customer$i addr add 10.1.0.$i/24 dev "$(interface_of 1 $i)"
  ip -n customer$i link set "$(interface_of 1 $i)" up
done
wait_for 30 ports_are lan 2
ip netns add uplink
ip -n there link add up0 type veth peer name up0 netns uplink
ip -n there link set up0 master lan up
ip -n uplink addr add 10.1.0.254/24 dev up0
ip -n uplink link set up0 up
for i in 1 2; do
  wait_for 20 quietly ip netns exec customer$i ping -c 1 -W 1 10.1.0.254
  wait_for 20 quietly ip netns exec uplink ping -c 1 -W 1 10.1.0.$i
done
! quietly ip netns exec customer1 ping -c 2 -W 1 10.1.0.2 || fail "one customer reaches the other"
! quietly ip netns exec customer2 ping -c 2 -W 1 10.1.0.1 || fail "one customer reaches the other"
ip netns exec there bridge -d link show | grep -c "isolated on" | grep -qx 2 || fail "not both ports are isolated"

say "with the last session the bridge goes, unless something else is in it"
l2tp provider session-delete office/c1
wait_for 20 ports_are lan 2 # the other one and the uplink
l2tp provider session-delete office/c2
wait_for 20 ports_are lan 1
interface there lan || fail "the bridge is gone although the uplink is in it"
ip -n there link del up0

say "$many sessions in one bridge"
SECONDS=0
appliance_stop provider
ip -n there link del lan
appliance many there < <(conf 192.0.2.2 192.0.2.1 2 1 "$many" "bridge lan
    bridge_isolated true
    bridge_temporary true")
hanging=$((many > 400 ? many - 400 : 0)) bridges=$(((many - 400 + 999) / 1000))
[ $hanging -gt 0 ] || bridges=0
wait_for $((60 + many / 5)) interface there "$(interface_of 2 "$many")"
wait_for $((20 + many / 20)) ports_are lan $((many - hanging + bridges))
for ((i = 1; i <= bridges; i++)); do
  wait_for $((20 + many / 20)) ports_are "lan-i$(printf %x $i)" $(((hanging < 1000 ? hanging : 1000) + 1))
  hanging=$((hanging - 1000))
done
isolated_are() { ip netns exec there bridge -d link show | grep -c "isolated on" | grep -qx "$1"; } # the list may break off when it changes
wait_for 20 isolated_are $((many + bridges))
say "up after $SECONDS s"
began=$(date +%s%N)
l2tp many tunnel-delete office
left() { ip -n there -o link show | grep -c ": \(lan\|l2tp\)" || true; }
nothing_left() { [ "$(left)" = 0 ]; }
wait_for $((60 + many / 10)) nothing_left
echo "summary: $many sessions isolated in one bridge and gone $((($(date +%s%N) - began) / 1000000)) ms after the order"
