#!/usr/bin/env bash
# A PPP peer with an address of a network that the LNS is on: a host of that network reaches it, since the LNS answers for it
# (proxy ARP) as long as its session is up, with a new version of the engine too, and after a crash leaves nothing behind. The LAC
# lists the name servers that it is told.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
needs ping
isolate "$@"
two_hosts
ip netns add office
ip link add lan netns here type veth peer name lan netns office
ip -n here addr add 10.7.0.1/24 dev lan
ip -n office addr add 10.7.0.2/24 dev lan
for ns in here office; do ip -n $ns link set lan up; done
here sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'

answered() { ip -n here neigh show proxy | tr '\n' ' '; }
answers_for() { [[ "$(answered)" = *"$1 dev lan"* ]]; }
answers() { [ -n "$(answered)" ]; }
answers_for_nobody() { [ -z "$(answered)" ]; }
lists() { grep -qxF "nameserver $1" "$work/lac/data/resolv.conf"; }
lists_none() { ! grep -q nameserver "$work/lac/data/resolv.conf"; }
lns='system { host_name "lns" }
peer profile "branch" { peer_ipaddr 192.0.2.2 }
ppp profile "default" {
  ip_pool_name "lan"
  dns_ipaddr   192.0.2.53
  proxy_arp    true
}
ippool "lan" {
  range   10.7.0.100-10.7.0.109
  gateway 10.7.0.1
}'

say "a session whose peer is a part of the office"
appliance_begin lns here 'alice * "wonderland"' <<<"$lns"
appliance_begin lac there 'alice * "wonderland"' <<'CONF'
system { host_name "lac" }
ppp profile "default" {
  ask_dns       true
  default_route true
}
tunnel "office" {
  peer    192.0.2.1
  persist true
  session "alice" { user_name "alice" }
}
CONF
wait_for 90 has lac "session-show office/alice --json" '"phase":"network"'
addressed() { peer=$(there ip -4 -o addr show | grep -o '10\.7\.0\.1[0-9][0-9]' | head -n 1); }
wait_for 20 addressed
wait_for 20 answers_for "$peer"
ip netns exec office ping -c 3 -i 0.2 -W 2 "$peer"
wait_for 10 lists 192.0.2.53

say "both engines are replaced"
for name in lns lac; do l2tp $name 'bundle:update org.isthmus.core'; done
wait_for 20 logged lns '1 tunnel and 1 session'
wait_for 20 logged lac '1 tunnel and 1 session'
wait_for 20 answers_for "$peer"
ip netns exec office ping -c 3 -i 0.2 -W 2 "$peer"
wait_for 10 lists 192.0.2.53

say "it ends"
l2tp lac session-delete office/alice
wait_for 20 answers_for_nobody
wait_for 10 lists_none
! ip netns exec office ping -c 1 -W 1 "$peer" || fail "somebody answers for a peer that has gone"

say "the LNS is killed and started again"
l2tp lac reload
wait_for 60 has lac "session-show office/alice --json" '"phase":"network"'
wait_for 20 answers
kill -9 "${appliance_pid[lns]}" $(cat "/proc/${appliance_pid[lns]}/task/${appliance_pid[lns]}/children")
appliance_stop lac # it would call again
answers || fail "the kernel forgets by itself what this shows"
ip -n here neigh add proxy 10.7.0.200 dev lan # somebody else's
rm -f "$work/lns/data/l2tpd.sock"
appliance_start lns /run/netns/here
wait_for 60 appliance_answers lns
only_theirs() { answers_for 10.7.0.200 && [ "$(ip -n here neigh show proxy | wc -l)" = 1 ]; }
wait_for 20 only_theirs
echo "summary: a host of the office reached $peer"
