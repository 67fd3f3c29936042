#!/usr/bin/env bash
# Circuits of L2TPv3 between two appliances that are both LAC and LNS: of two calls for one circuit, placed at once from both
# ends in two tunnels, one becomes the session; and an interface that is switched off at one end, or a port of a bridge that
# loses its carrier, takes the carrier from the interface at the other end, until it is back.
# CASE_DATAPLANE says which data plane carries the packets, auto by default.
set -euo pipefail
. "${CASE_WORLD:-$(dirname "$0")/../lib/world.sh}"
needs ip ping bridge
isolate "$@"
two_hosts

conf() { # conf NAME PEER_ADDRESS
  cat <<CONF
system {
    host_name $1
    dataplane ${CASE_DATAPLANE:-auto}
    session_persist_pend_timeout 2
}
tunnel profile "default" {
    version l2tpv3
}
session profile "lan" {
    remote_end_id   lan
    pseudowire_type ethernet
    interface_name  lan0
}
session profile "bridged" {
    remote_end_id   bridged
    pseudowire_type ethernet
    interface_name  bridged0
    bridge          br0
}
peer profile "all" {
    peer_ipaddr      192.0.2.0/24
    session_profiles "lan", "bridged"
}
tunnel "to" {
    peer    $2
    persist true
}
CONF
}
established() { l2tp "$1" session-list --json | tr -d ' \n' | grep -o '"state":"established"' | wc -l; }
has_sessions() { [ "$(established one)" = "$1" ] && [ "$(established two)" = "$1" ]; }
# What Linux calls running: with a carrier, and not dormant, which is what the kernel's data plane can make its interfaces.
running() { ip -n "$1" link show dev "$2" | grep -q 'state \(UP\|UNKNOWN\)'; }
cut_off() { ip -n "$1" link show dev "$2" | grep -q 'NO-CARRIER'; }
says() { l2tp "$1" session-list --json | tr -d '\n' | grep -qF -- "$2"; }

ip -n there link set there0 down # neither is to be called before it has its name
appliance_begin one here < <(conf one 192.0.2.2)
appliance_begin two there < <(conf two 192.0.2.1)
for name in one two; do wait_for $appliance_seconds appliance_answers $name; done
ip -n there link set there0 up
for name in one two; do wait_for 30 has $name "tunnel-show to --json" '"state":"established"'; done

say "both ends call for one circuit while neither hears the other"
ip -n there link set there0 down
for name in one two; do
  l2tp $name session-create to lan remote_end_id=lan pseudowire_type=ethernet interface_name=lan0
done
sleep 0.5
ip -n there link set there0 up
wait_for 60 has_sessions 1
refused() { grep -qh "call refused" "$work"/*/log/l2tpd.log; }
wait_for 20 refused # the one that lost calls again: the circuit has its session
has_sessions 1 || fail "not one session at each end: $(established one) and $(established two)"
for name in one two; do l2tp $name session-list; done
grep -h "call refused" "$work"/*/log/l2tpd.log | tail -2
ip -n here addr add 10.3.0.1/24 dev lan0
ip -n there addr add 10.3.0.2/24 dev lan0
wait_for 10 quietly here ping -c 1 -W 1 -I lan0 10.3.0.2

say "an interface is switched off: the other end's loses its carrier, and gets it back"
running there lan0 || fail "no carrier to begin with"
ip -n here link set lan0 down
wait_for 30 cut_off there lan0
says one '"circuit": "down: circuit receive fault, circuit transmit fault"' || fail "the console does not say that our circuit is down"
says two '"peerCircuit": "down: circuit receive fault, circuit transmit fault"' || fail "the console does not say that the peer's circuit is down"
ip -n there -br link show lan0
ip -n here link set lan0 up
wait_for 30 running there lan0
wait_for 10 quietly here ping -c 1 -W 1 -I lan0 10.3.0.2

gone() { ! quietly ip -n "$1" link show dev "$2"; }
say "a port of a bridge loses its carrier: the other end's interface does too"
ip -n here link add br0 type bridge
ip -n here link set br0 up
ip -n here link add port0 type veth peer name cable0
ip -n here link set port0 master br0 up
ip -n here link set cable0 up
l2tp one session-create to bridged remote_end_id=bridged pseudowire_type=ethernet interface_name=bridged0 bridge=br0
wait_for 60 has_sessions 2
wait_for 30 running there bridged0
ip -n here link set cable0 down
wait_for 30 cut_off there bridged0
ip -n here link set cable0 up
wait_for 30 running there bridged0
for name in one two; do appliance_stop $name || fail "$name did not end well"; done
# The bridge in "there" was made by the session, and is not one that goes with it.
for end in here there; do
  wait_for 30 gone $end bridged0
  ip -n $end link del br0
done
ip -n here link del port0
