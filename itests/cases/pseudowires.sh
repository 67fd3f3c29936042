#!/usr/bin/env bash
# Every pseudowire between two appliances: PPP and Ethernet, a VLAN and a bridge, over UDP and over IP, IPv4 and IPv6, with a
# control channel and without. What goes in comes out at the other end: frames of 1,500 and 9,000 bytes, TCP, and of a VLAN
# only its own.
# limit: 240
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

# transfer ADDRESS MEGABYTES: so much over TCP from here to there, every byte the same
transfer() {
  there timeout 60 python3 - "$1" >"$work/received" <<'PY' &
import hashlib, socket, sys
server = socket.create_server((sys.argv[1], 5001))
peer, _ = server.accept()
digest, count = hashlib.sha256(), 0
while data := peer.recv(1 << 20):
    digest.update(data); count += len(data)
print(count, digest.hexdigest())
PY
  local receiver=$!
  here timeout 60 python3 - "$1" "$2" >"$work/sent" <<'PY'
import hashlib, os, socket, sys, time
for attempt in range(100):
    try:
        peer = socket.create_connection((sys.argv[1], 5001)); break
    except OSError:
        time.sleep(0.1)
digest, count, block = hashlib.sha256(), 0, os.urandom(1 << 20)
for i in range(int(sys.argv[2])):
    peer.sendall(block); digest.update(block); count += len(block)
peer.close()
print(count, digest.hexdigest())
PY
  wait $receiver || fail "TCP to $1 did not end"
  [ "$(cat "$work/sent")" = "$(cat "$work/received")" ] || fail "TCP to $1: $(cat "$work/sent") became $(cat "$work/received")"
}

# addresses INTERFACE HERE THERE: the two ends of a wire
addresses() { ip -n here addr add "$2" dev "$1"; ip -n there addr add "$3" dev "$1"; }
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
conf 192.0.2.1 192.0.2.2 1 2 2001:db8::2 | appliance one here
conf 192.0.2.2 192.0.2.1 2 1 2001:db8::1 | appliance two there
for name in static0 static1 static2 static3 static4; do
  wait_for 30 interface here $name
  wait_for 30 interface there $name
done

# The bridge at each end gets a port behind which somebody is.
addresses static0 10.1.0.1/24 10.1.0.2/24
addresses static1 10.1.1.1/24 10.1.1.2/24
addresses static2 10.1.2.1/24 10.1.2.2/24
addresses br0 10.1.3.1/24 10.1.3.2/24
addresses static4 10.1.4.1/24 10.1.4.2/24
carries static0 10.1.0.2 64 1500 9000
carries static1 10.1.1.2 64 1500
carries static2 10.1.2.2 64 1500
carries br0 10.1.3.2 64 1500
carries static4 10.1.4.2 64 1500 9000
transfer 10.1.0.2 "$tcp"
transfer 10.1.4.2 "$tcp"
has one "tunnel-list" "v3 static" || fail "tunnel-list does not say that a tunnel is static"
has one "tunnel-list" "v3 ip static" || fail "tunnel-list does not say that a tunnel goes over IP"
l2tp one tunnel-list
l2tp one session-list
l2tp one session-show udp/guarded
! l2tp one session-show udp/guarded --json | grep -qi c0ffee || fail "a cookie is shown"
