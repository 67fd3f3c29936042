#!/usr/bin/env bash
# A way whose middle takes only smaller packets than its ends: tunnels over UDP and over IP, IPv4 and IPv6, of both versions, find
# out how large their packets may be, with ICMP and where it is filtered; the MTU of sessions follows at both ends, TCP passes,
# nothing is sent in pieces. Packets carry the DSCP that was agreed on.
# limit: 600
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
needs ip ping python3 tshark nft
narrow=1400
mb=${PATH_MTU_TCP_MB:-5}

# here - near - (narrow) - far - there
ip link set lo up
for ns in here near far there; do
  ip netns add $ns
  ip -n $ns link set lo up
  ip netns exec $ns sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv6.conf.all.accept_dad=0 \
    net.ipv6.conf.default.accept_dad=0
done
# wire NAMESPACE NUMBER INTERFACE MTU, for both ends
wire() {
  ip link add "$3" netns "$1" mtu $5 type veth peer name "$4" netns "$2" mtu $5
  ip -n "$1" link set "$3" up
  ip -n "$2" link set "$4" up
}
wire here near here0 near0 1500
wire near far near1 far1 $narrow
wire far there far0 there0 1500
address() { ip -n "$1" addr add 192.0.$3.$4/24 dev "$2"; ip -n "$1" addr add 2001:db8:$3::$4/64 dev "$2" nodad; }
address here here0 1 1; address near near0 1 2
address near near1 2 1; address far far1 2 2
address far far0 3 1; address there there0 3 2
for family in "-4 192.0" "-6 2001:db8"; do
  set -- $family
  if [ "$1" = -4 ]; then net() { echo "192.0.$1.0/24"; }; gate() { echo "192.0.$1.$2"; }
  else net() { echo "2001:db8:$1::/64"; }; gate() { echo "2001:db8:$1::$2"; }; fi
  ip -n here $1 route add default via "$(gate 1 2)"
  ip -n there $1 route add default via "$(gate 3 1)"
  ip -n near $1 route add "$(net 3)" via "$(gate 2 2)"
  ip -n far $1 route add "$(net 1)" via "$(gate 2 1)"
done
wait_for 10 quietly here ping -c 1 -W 1 192.0.3.2
wait_for 10 quietly here ping -c 1 -W 1 2001:db8:3::2

names=(udp4 ip4 udp6 ip6)
there_conf() {
  cat <<'CONF'
system {
    listen_ip true
}
tunnel profile "default" {
    do_pmtu_discovery true
    control_dscp      48
    session_dscp      46
}
session profile "four" {
    remote_end_id   four
    pseudowire_type ethernet
    interface_name  four0
}
session profile "six" {
    remote_end_id   six
    pseudowire_type ethernet
    interface_name  six0
}
peer profile "four" {
    peer_ipaddr      0.0.0.0/0
    session_profiles "four"
    ppp_profile      "four"
}
peer profile "six" {
    peer_ipaddr      ::/0
    session_profiles "six"
    ppp_profile      "six"
}
ppp profile "four" {
    ip_pool_name "four"
    auth_peer    false
}
ippool "four" {
    range   10.9.4.0/24
    gateway 10.9.4.1
}
ppp profile "six" {
    ip_pool_name "six"
    auth_peer    false
}
ippool "six" {
    range   10.9.6.0/24
    gateway 10.9.6.1
}
CONF
}
here_conf() {
  cat <<'CONF'
tunnel profile "default" {
    do_pmtu_discovery true
    control_dscp      48
    session_dscp      46
}
tunnel "udp4" {
    peer 192.0.3.2
    session "s" {
        user_name     alice
        user_password wonderland
    }
}
tunnel "ip4" {
    peer    192.0.3.2
    version l2tpv3
    encap   ip
    session "s" {
        remote_end_id   four
        pseudowire_type ethernet
        interface_name  four0
    }
}
tunnel "udp6" {
    peer    [2001:db8:3::2]:1701
    version l2tpv3
    session "s" {
        remote_end_id   six
        pseudowire_type ethernet
        interface_name  six0
    }
}
tunnel "ip6" {
    peer    2001:db8:3::2
    version l2tpv3
    encap   ip
    session "s" {
        user_name     bob
        user_password wonderland
    }
}
CONF
}

# mtus NAME: the MTU of each of its sessions, as the console shows it
mtus() {
  l2tp "$1" session-list --json | python3 -c 'import json, sys
for session in json.load(sys.stdin): print(session["pseudowire"]["mtu"])'
}
# follow NAME: all four sessions have found out what fits, to a few bytes
follow() {
  local found
  found=$(mtus "$1") || return 1
  [ "$(wc -w <<<"$found")" = 4 ] && for mtu in $found; do
    [ "$mtu" -lt $narrow ] && [ "$mtu" -gt $((narrow - 100)) ] || return 1
  done
}
counter() { l2tp "$1" counters-show --json | python3 -c 'import json, re, sys
print(re.search(r"\"'"$2"'\": *(\d+)", sys.stdin.read()).group(1))'; }
# seen FILE FIELDS FILTER: how often something stands in a capture
seen() { tshark -r "$work/$1" -Y "$2" 2>/dev/null | wc -l; }

# meet PHASE: both ends come up, find the way, and use it
meet() {
  ip netns exec near tshark -q -i near1 -s 200 -w "$work/$1.pcapng" >"$work/$1.tshark" 2>&1 &
  local capture=$!
  wait_for 20 grep -q "Capturing on" "$work/$1.tshark"
  appliance lns there < <(there_conf)
  appliance lac here < <(here_conf)
  wait_for 90 follow lac
  wait_for 60 follow lns
  echo "MTU of the sessions: $(mtus lac | xargs) here, $(mtus lns | xargs) there"
  l2tp lac session-show udp4/s
  l2tp lac session-show ip4/s
  for peer in 10.9.4.1 10.9.6.1; do wait_for 20 quietly here ping -c 1 -W 1 $peer; done
  for name in four0 six0; do wait_for 10 quietly ip -n there link show $name; done
  ip -n here addr add 10.4.0.1/24 dev four0; ip -n there addr add 10.4.0.2/24 dev four0
  ip -n here addr add 10.6.0.1/24 dev six0; ip -n there addr add 10.6.0.2/24 dev six0
  for peer in 10.9.4.1 10.9.6.1 10.4.0.2 10.6.0.2; do
    transfer here there $peer $mb
  done
  transfer there here 10.4.0.1 $mb
  transfer there here 10.6.0.1 $mb
  kill -INT $capture
  wait $capture || true

  [ "$(seen $1.pcapng 'l2tp')" -gt 1000 ] || fail "the capture has no L2TP"
  local pieces
  pieces=$(seen $1.pcapng 'ip.flags.mf == 1 || ip.frag_offset > 0 || ipv6.fraghdr.nxt')
  [ "$pieces" = 0 ] || fail "$pieces packets went in pieces"
  # Of the outer header: packets of the other family may be inside.
  { tshark -r "$work/$1.pcapng" -Y 'l2tp && ip.addr == 192.0.0.0/16' -T fields -E occurrence=f -e ip.dsfield.dscp
    tshark -r "$work/$1.pcapng" -Y 'l2tp && ipv6.addr == 2001:db8::/32' -T fields -E occurrence=f -e ipv6.tclass.dscp
  } 2>/dev/null | sort | uniq -c >"$work/$1.dscp"
  cat "$work/$1.dscp"
  grep -qw 46 "$work/$1.dscp" || fail "no data packet carries the DSCP 46"
  [ "$(seen $1.pcapng 'l2tp.avp.message_type == 6 && (ip.dsfield.dscp == 48 || ipv6.tclass.dscp == 48)')" -gt 0 ] \
    || fail "no HELLO carries the DSCP 48"
  [ "$(awk '$2 != 46 && $2 != 48 { other += $1 } END { print other + 0 }' "$work/$1.dscp")" -lt 40 ] \
    || fail "packets carry other DSCPs, not only those of the set-up"
}

say "routers say what they take"
meet icmp
[ "$(counter lac too_big_believed)" -gt 0 ] || fail "the LAC believed no router"
[ "$(counter lns too_big_believed)" -gt 0 ] || fail "the LNS believed no router"
here_mtu=$(mtus lac | xargs)
appliance_stop lac || fail "the LAC did not end well"
appliance_stop lns || fail "the LNS did not end well"

say "a black hole: ICMP is filtered, probes find the way"
for ns in near far; do
  ip netns exec $ns nft -f - <<'NFT'
table inet hole {
  chain said {
    type filter hook output priority 0;
    icmp type destination-unreachable drop
    icmpv6 type packet-too-big drop
  }
}
NFT
  ip netns exec $ns ip route flush cache
  ip netns exec $ns ip -6 route flush cache
done
rm -rf "$work/lac" "$work/lns"
for ns in here there; do
  ip netns exec $ns ip route flush cache
  ip netns exec $ns ip -6 route flush cache
done
meet hole
[ "$(counter lac too_big_received)" = 0 ] || fail "the filter let ICMP through"
for name in "${names[@]}"; do
  l2tp lac tunnel-show $name --json | grep -q '"state": "established"' || fail "tunnel $name is not up"
done
echo "summary: $mb MB through each wire, MTU $here_mtu with ICMP, $(mtus lac | xargs) without"
