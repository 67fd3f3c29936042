#!/usr/bin/env bash
# Every pseudowire between two appliances: PPP and Ethernet, a VLAN and a bridge, over UDP and over IP, IPv4 and IPv6, with a
# control channel and without. What goes in comes out at the other end: frames of 1,500 and 9,000 bytes, TCP, and of a VLAN
# only its own.
# PSEUDOWIRE_TCP_MB says how much TCP carries through each, 50 by default.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
needs ip ping bridge python3
two_hosts
for ns in here there; do
  ip -n $ns link set ${ns}0 mtu 9500
  ip netns exec $ns sysctl -qw net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 || true
done
tcp=${PSEUDOWIRE_TCP_MB:-50}

# carries INTERFACE ADDRESS [BYTES...]: pings of these sizes reach the other end, none in pieces
carries() {
  local bytes
  for bytes in "${@:3}"; do
    wait_for 10 quietly here ping -c 1 -W 1 -M do -s $((bytes - 28)) -I "$1" "$2"
  done
}

# wires NET INTERFACE...: waits for each at both ends; those of the Nth, from 0, get the addresses NET.N.1 and NET.N.2
wires() {
  local interface number=0
  for interface in "${@:2}"; do
    wait_for 30 interface here "$interface"
    wait_for 30 interface there "$interface"
    ip -n here addr add "$1.$number.1/24" dev "$interface"
    ip -n there addr add "$1.$number.2/24" dev "$interface"
    number=$((number + 1))
  done
}
interface() { quietly ip -n "$1" link show dev "$2"; }

say "static: Ethernet over UDP and over IP, a VLAN, a bridge, nobody asks anybody"
cookie() { case $1 in 1) echo c0ffee01 ;; 2) echo 0123456789abcdef ;; esac; }
conf() { # conf OUR_ADDRESS PEER_ADDRESS OUR_NUMBER PEER_NUMBER PEER_IPV6_ADDRESS
  cat <<CONF
system {
    listen_ip true
}
peer profile "all" {
    peer_ipaddr 0.0.0.0/0, ::/0
}
tunnel "udp" {
    static         true
    peer           $2:5000
    local_address  $1
    our_udp_port   5000
    tunnel_id      ${3}001
    peer_tunnel_id ${4}001
    session "plain" {
        session_id      ${3}1
        peer_session_id ${4}1
        pseudowire_type ethernet
        interface_name  static0
        mtu             9000
    }
    session "guarded" {
        session_id      3000000${3}
        peer_session_id 3000000${4}
        pseudowire_type ethernet
        interface_name  static1
        cookie          $(cookie $3)
        peer_cookie     $(cookie $4)
        data_sequencing all
        reorder_timeout 20
    }
}
tunnel "ip" {
    static         true
    encap          ip
    peer           $2
    tunnel_id      ${3}002
    peer_tunnel_id ${4}002
    session "tagged" {
        session_id      ${3}7
        peer_session_id ${4}7
        pseudowire_type vlan
        vlan_id         42
        interface_name  static2
    }
    session "bridged" {
        session_id      ${3}8
        peer_session_id ${4}8
        pseudowire_type ethernet
        bridge          br0
        interface_name  static3
    }
}
tunnel "ipv6" {
    static         true
    encap          ip
    peer           $5
    tunnel_id      ${3}003
    peer_tunnel_id ${4}003
    session "plain" {
        session_id      ${3}9
        peer_session_id ${4}9
        pseudowire_type ethernet
        interface_name  static4
        mtu             9000
    }
}
CONF
}
appliance one here < <(conf 192.0.2.1 192.0.2.2 1 2 2001:db8::2)
appliance two there < <(conf 192.0.2.2 192.0.2.1 2 1 2001:db8::1)
wires 10.1 static0 static1 static2 br0 static4 # the bridges themselves are who is behind the session in them
carries static0 10.1.0.2 64 1500 9000
carries static1 10.1.1.2 64 1500
carries static2 10.1.2.2 64 1500
carries br0 10.1.3.2 64 1500
carries static4 10.1.4.2 64 1500 9000
transfer here there 10.1.0.2 "$tcp"
transfer here there 10.1.2.2 "$tcp"
transfer here there 10.1.4.2 "$tcp"
has one "tunnel-list" "v3 static" || fail "tunnel-list does not say that a tunnel is static"
has one "tunnel-list" "v3 ip static" || fail "tunnel-list does not say that a tunnel goes over IP"
l2tp one tunnel-list
l2tp one session-list
l2tp one session-show udp/guarded
! l2tp one session-show udp/guarded --json | grep -qi c0ffee || fail "a cookie is shown"

appliance_stop one || fail "one did not end well"
appliance_stop two || fail "two did not end well"

# Negotiated: here dials in at there, whose session profiles say by Remote End ID what a call gets.
say "negotiated: PPP and Ethernet over UDP, a VLAN and a bridge over IP, with digests and cookies"
# A router between them, by another way that takes only packets of 1,400 bytes.
ip netns add router
ip link add wide netns here type veth peer name toward netns router
ip link add narrow netns there type veth peer name away netns router
ip -n here addr add 198.51.101.1/24 dev wide
ip -n router addr add 198.51.101.254/24 dev toward
ip -n router addr add 198.51.100.254/24 dev away
ip -n there addr add 198.51.100.2/24 dev narrow
for link in here:wide router:toward router:away there:narrow; do ip -n ${link%:*} link set ${link#*:} up; done
ip -n router link set away mtu 1400
ip -n there link set narrow mtu 1400
ip -n here route add 198.51.100.0/24 via 198.51.101.254
ip -n there route add 198.51.101.0/24 via 198.51.100.254
ip netns exec router sysctl -qw net.ipv4.ip_forward=1

appliance lns there <<'CONF'
system {
    listen_ip true
    router_id 192.0.2.2
}
tunnel profile "guarded" {
    secret    hush
    auth_mode challenge
    digest    sha1
}
session profile "lan" {
    remote_end_id   lan
    pseudowire_type ethernet
    interface_name  lan0
    mtu             9000
}
session profile "order" {
    remote_end_id   order
    pseudowire_type ethernet
    interface_name  order0
    cookie_length   4
    data_sequencing all
    reorder_timeout 20
}
session profile "tagged" {
    remote_end_id   tagged
    pseudowire_type vlan
    vlan_id         42
    interface_name  tagged0
}
session profile "other" {
    remote_end_id   other
    pseudowire_type vlan
    vlan_id         43
    interface_name  other0
}
session profile "bridged" {
    remote_end_id   bridged
    pseudowire_type ethernet
    bridge          br0
    interface_name  bridged0
}
session profile "narrow" {
    remote_end_id   narrow
    pseudowire_type ethernet
    interface_name  narrow0
}
session profile "six" {
    remote_end_id   six
    pseudowire_type ethernet
    interface_name  six0
    mtu             9000
}
peer profile "all" {
    peer_ipaddr      0.0.0.0/0, ::/0
    tunnel_profile   "guarded"
    session_profiles "lan", "order", "tagged", "other", "bridged", "six", "narrow"
    ppp_profile      "dial"
}
ppp profile "dial" {
    local_ipaddr  10.2.9.1
    remote_ipaddr 10.2.9.2
    auth_peer     false
}
CONF
appliance lac here <<'CONF'
tunnel profile "default" {
    version   l2tpv3
    secret    hush
    auth_mode challenge
    digest    sha1
}
tunnel "udp" {
    peer 192.0.2.2
    session "lan" {
        remote_end_id   lan
        pseudowire_type ethernet
        interface_name  lan0
        mtu             9000
    }
    session "order" {
        remote_end_id   order
        pseudowire_type ethernet
        interface_name  order0
        data_sequencing all
        reorder_timeout 20
    }
    session "dial" {
        user_name     alice
        user_password wonderland
    }
}
tunnel "ip" {
    peer  192.0.2.2
    encap ip
    session "tagged" {
        remote_end_id   tagged
        pseudowire_type vlan
        vlan_id         42
        interface_name  tagged0
    }
    session "other" {
        remote_end_id   other
        pseudowire_type vlan
        vlan_id         44
        interface_name  other0
    }
    session "bridged" {
        remote_end_id   bridged
        pseudowire_type ethernet
        bridge          br0
        interface_name  bridged0
    }
}
tunnel "six" {
    peer  2001:db8::2
    encap ip
    session "lan" {
        remote_end_id   six
        pseudowire_type ethernet
        interface_name  six0
        mtu             9000
    }
}
tunnel "narrow" {
    peer              198.51.100.2
    do_pmtu_discovery true
    session "lan" {
        remote_end_id   narrow
        pseudowire_type ethernet
        interface_name  narrow0
    }
}
tunnel "quiet" {
    peer          [2001:db8::2]:1701
    hello_timeout 1
}
CONF
wires 10.2 lan0 order0 tagged0 br0 six0 other0 narrow0
carries lan0 10.2.0.2 64 1500 9000
carries order0 10.2.1.2 64 1500
carries tagged0 10.2.2.2 64 1500
carries br0 10.2.3.2 64 1500
carries six0 10.2.4.2 64 1500 9000
wait_for 20 quietly here ping -c 1 -W 1 10.2.9.1
transfer here there 10.2.0.2 "$tcp"
transfer here there 10.2.1.2 "$tcp"
transfer here there 10.2.2.2 "$tcp"
transfer here there 10.2.3.2 "$tcp"
transfer here there 10.2.4.2 "$tcp"
transfer here there 10.2.9.1 "$tcp"

say "a VLAN pseudowire carries its own VLAN and no other"
! quietly here ping -c 2 -W 1 -I other0 10.2.5.2 || fail "VLAN 44 came out of VLAN 43"
has lns "session-list --json" '"rxWrongVlan": 0' || fail "every session has dropped frames of wrong VLANs"
l2tp lns session-list --json | grep -q '"rxWrongVlan": [1-9]' || fail "no frame of a wrong VLAN was counted"

say "a way that takes only smaller packets: the session's MTU follows what the router says"
carries narrow0 10.2.6.2 64
smaller() { here ping -c 1 -W 1 -s 1472 10.2.6.2; [ "$(here cat /sys/class/net/narrow0/mtu)" -lt 1400 ]; }
wait_for 10 quietly smaller
echo "MTU of narrow0: $(here cat /sys/class/net/narrow0/mtu)"
carries narrow0 10.2.6.2 "$(here cat /sys/class/net/narrow0/mtu)"

say "a tunnel without sessions stays up and says HELLO"
says_hello() { l2tp lac tunnel-show quiet --json > "$work/quiet" && grep -q '"tx_hello": [1-9]' "$work/quiet"; }
wait_for 10 says_hello
grep -q '"state": "established"' "$work/quiet" || fail "the quiet tunnel is not up"
grep -q '"authenticated": true' "$work/quiet" || fail "the peer did not authenticate"
l2tp lac tunnel-list
l2tp lac session-list
l2tp lns tunnel-list
l2tp lns session-list
l2tp lac session-show udp/order
echo "summary: $tcp MB of TCP through each of 9 wires, two of them VLANs"
