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
