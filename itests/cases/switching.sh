#!/usr/bin/env bash
# Tunnel switching: LAC -> switch -> one of two LNSes, chosen by the realm of the user; PPP runs from the first to the last and
# starts at the LNS from what the switch collected. An LNS that is killed is set aside, the next call gets to the other one;
# a call that ends at one end ends at the other for the same reason. The files are those of docs/switching.md, but that the tunnel
# to the other LNS is one of version 3.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
needs ping
isolate "$@"

say "four hosts at one wire: lac .1, switch .2, LNSes .3 and .4"
ip link set lo up
ip link add wire type bridge
ip link set wire up
number=1
for name in lac switch lns-a lns-b; do
  ip netns add $name
  ip link add wire$number type veth peer name eth0 netns $name
  ip link set wire$number master wire up
  ip -n $name addr add 192.0.2.$number/24 dev eth0
  ip -n $name link set lo up
  ip -n $name link set eth0 up
  number=$((number + 1))
done

ask() { ip netns exec lac ping -c 3 -i 0.2 -W 2 "$1" | tail -2; }
up() { [ "$(l2tp "$1" session-list --no-format | grep -c established)" -ge "$2" ]; }
count() { l2tp "$1" counters-show --json | tr -d ' ,"' | sed -n "s/^$2://p"; }
is_count() { [ "$(count "$1" "$2")" = "$3" ]; }
none() { [ -z "$(l2tp "$1" session-list --no-format | grep established)" ]; }

appliance_begin lac lac 'alice@isp.example * "wonderland"' <<'CONF'
tunnel "access" {
  peer 192.0.2.2
}
CONF

appliance_begin switch switch '' <<'CONF'
peer profile "lacs" {
  peer_ipaddr 192.0.2.1
}
switch "isp" {
  realm          isp.example
  hold_down_time 600
  lns "a" {
    peer           192.0.2.3
    preference     10
    tunnel_profile "to-isp"
  }
  lns "b" {
    peer           192.0.2.4
    preference     20
    tunnel_profile "to-isp-3"
  }
}
tunnel profile "to-isp-3" {
  version   l2tpv3
  auth_mode challenge
  secret    "between-us"
}
tunnel profile "to-isp" {
  auth_mode challenge
  secret    "between-us"
}
CONF

for one in a b; do
  net=$([ $one = a ] && echo 71 || echo 72)
  appliance_begin lns-$one lns-$one 'alice@isp.example * "wonderland"' <<CONF
peer profile "switch" {
  peer_ipaddr    192.0.2.2
  tunnel_profile "switch"
}
tunnel profile "switch" {
  auth_mode challenge
  secret    "between-us"
}
ppp profile "default" {
  proxy        accept
  ip_pool_name "users"
}
ippool "users" {
  range   10.$net.0.0/24
  gateway 10.$net.0.1
}
CONF
done
for name in lac switch lns-a lns-b; do wait_for 90 appliance_answers $name; done

say "alice@isp.example gets to LNS a"
place() { l2tp lac session-create access "$1" user_name=alice@isp.example "user_password=${2:-wonderland}"; }
place one
wait_for 30 up lns-a 1
wait_for 20 ask 10.71.0.1
ask 10.71.0.1 | grep -q ' 0% packet loss' || fail "packets were lost"
[ "$(count lns-a proxy_used)" = 1 ] || fail "the LNS did not start from what the switch collected"
l2tp switch session-list
l2tp switch switch-list
l2tp switch session-list --json | grep -q '"switchedTo": "isp-a/' || fail "the switch does not say where the call goes"
l2tp lns-a session-show "$(l2tp lns-a session-list --no-format | cut -f 1)" | grep -A 8 'The LAC says'

say "the call ends at the LNS: the LAC hears the reason"
l2tp lns-a session-delete "$(l2tp lns-a session-list --no-format | cut -f 1)" >/dev/null
wait_for 10 none switch
went_down() { l2tp lac session-show access/one | grep 'Went down'; }
wait_for 10 went_down
l2tp lac session-delete access/one >/dev/null

say "a wrong password is judged by the LNS, and sets nobody aside"
place wrong mistaken
wait_for 20 is_count lns-a ppp_auth_failures 1
wait_for 10 none switch
[ "$(count switch switch_lns_failures)" = 0 ] || fail "an LNS was set aside for a wrong password"
l2tp lac session-delete access/wrong >/dev/null

say "LNS a is killed: the next call gets to LNS b"
{ kill -KILL "${appliance_pid[lns-a]}"; wait "${appliance_pid[lns-a]}"; } 2>/dev/null || true
place two
wait_for 40 up lns-b 1
wait_for 20 ask 10.72.0.1
ask 10.72.0.1 | grep -q ' 0% packet loss' || fail "packets were lost"
l2tp switch switch-list
l2tp switch switch-list --no-format | grep -q 'set aside for' || fail "LNS a is not set aside"
has switch "tunnel-show isp-b --json" '"version":3' || fail "the tunnel to LNS b is not of version 3"

say "while it is set aside, calls get to LNS b at once"
place three
wait_for 10 up lns-b 2

say "the LAC goes: the LNS forgets its calls"
appliance_stop lac || fail "the LAC ended with status $?"
wait_for 10 none lns-b
[ "$(count switch switched_calls)" = 4 ] || fail "not 4 calls were switched: $(count switch switched_calls)"
echo "OK"
