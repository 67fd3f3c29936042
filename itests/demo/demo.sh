#!/usr/bin/env bash
# Two appliances in two network namespaces, a LAC and an LNS: a tunnel, a session with MS-CHAPv2, and packets across it both ways.
# Everything lives in namespaces of this process and a temporary directory, and is gone at the end. Exit status 0 when no packet was lost.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
home=${ISTHMUS_HOME:-$here/../../target/isthmus}
seconds_of_throughput=${DEMO_THROUGHPUT_SECONDS:-3}

die() { echo "demo: $*" >&2; exit 1; }

# First a namespace of our own, then the same script again in it.
if [ -z "${DEMO_INSIDE:-}" ]; then
  [ -x "$home/bin/l2tpd" ] || die "nothing is built yet: type ./run demo in the project's directory"
  command -v ip >/dev/null || PATH=$PATH:/usr/sbin:/sbin
  command -v ip >/dev/null || die "the command ip is missing: install it (Debian: apt install iproute2)"
  command -v unshare >/dev/null && command -v nsenter >/dev/null || die "unshare and nsenter are missing: install them (Debian: apt install util-linux)"
  [ -c /dev/net/tun ] || die "there is no /dev/net/tun: type  sudo modprobe tun  (in a container: start it with --device /dev/net/tun)"
  { : <>/dev/net/tun; } 2>/dev/null || die "this user may not open /dev/net/tun: type  sudo ./run demo"
  own=(unshare -n); [ "$(id -u)" = 0 ] || own=(unshare -Urn)
  "${own[@]}" true 2>/dev/null || die "this user may not make network namespaces here: type  sudo ./run demo"
  export DEMO_INSIDE=1 PATH
  exec "${own[@]}" "$0" "$@"
fi

work=$(mktemp -d)
. "$here/../lib/appliance.sh"
began=$SECONDS
others=()
finish() {
  local status=$?
  trap - EXIT INT TERM
  appliances_stop
  [ ${#others[@]} -eq 0 ] || kill "${others[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$work" || true
  [ $status -eq 0 ] && echo "The demo took $((SECONDS - began)) s: all of it worked." || echo "The demo FAILED." >&2
  exit $status
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

failed() {
  echo "demo: $*" >&2
  local name
  for name in lac lns; do
    echo "--- what the $name logged:" >&2
    tail -n 25 "$work/$name/out" "$work/$name/log/l2tpd.log" >&2 || true
  done
  exit 1
}

step() { printf '\n== %s\n' "$*"; }

step "Two namespaces and a cable: LAC 192.0.2.1 ---- 192.0.2.2 LNS"
unshare -n sleep infinity & lns_ns=$!; others+=($lns_ns)
other_namespace() { [ "$(readlink /proc/self/ns/net)" != "$(readlink "/proc/$lns_ns/ns/net")" ]; }
eventually 5 other_namespace || die "the second namespace did not come up"
in_lns() { nsenter -t "$lns_ns" -n "$@"; }
ip link set lo up; in_lns ip link set lo up
ip link add cable0 type veth peer name cable1 netns "$lns_ns"
ip addr add 192.0.2.1/24 dev cable0; ip link set cable0 up
in_lns ip addr add 192.0.2.2/24 dev cable1; in_lns ip link set cable1 up

step "Starting both appliances"
for name in lns lac; do
  appliance_make $name
  cp "$here/$name.conf" "$work/$name/etc/l2tpd.conf"
  cp "$here/secrets" "$work/$name/etc/l2tp-secrets"; chmod 600 "$work/$name/etc/l2tp-secrets"
done
appliance_start lns "$lns_ns"
appliance_start lac
javac=javac; java=java; [ -z "${JAVA_HOME:-}" ] || { javac=$JAVA_HOME/bin/javac; java=$JAVA_HOME/bin/java; }
"$javac" -d "$work/probe" "$here/Probe.java"
probe=("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp "$work/probe" Probe)

established() { l2tp "$1" session-list --json 2>/dev/null | grep -q '"state": "established"'; }
tunnel_address() { "$@" ip -4 -o addr show | awk '$2 != "lo" && $2 !~ /^cable/ {sub("/.*", "", $4); print $4; exit}'; }
session_up() {
  kill -0 "${appliance_pid[lac]}" "${appliance_pid[lns]}" || failed "an appliance ended"
  lac_address=$(tunnel_address)
  [ -n "$lac_address" ] && [ -n "$(tunnel_address in_lns)" ] && established lac && established lns
}
eventually 60 session_up || failed "no session came up within a minute"
lns_address=10.64.0.1
echo "The session is up after $((SECONDS - began)) s: the LNS has lent $lac_address to alice."

step "Packets both ways"
# Started without a function between, so that $! is the process itself and not a shell that waits for it.
nsenter -t "$lns_ns" -n "${probe[@]}" serve $lns_address 7007 >"$work/served" & others+=($!)
"${probe[@]}" serve "$lac_address" 7007 >"$work/served.lac" & others+=($!)
served() { grep -q ready "$work/served" && grep -q ready "$work/served.lac"; }
eventually 20 served || failed "the probe's server did not start"
if command -v ping >/dev/null; then
  to_lns() { ping -c 20 -i 0.05 -W 2 $lns_address | tail -2; }
  to_lac() { in_lns ping -c 20 -i 0.05 -W 2 "$lac_address" | tail -2; }
else
  to_lns() { "${probe[@]}" echo $lns_address 7007 20; }
  to_lac() { in_lns "${probe[@]}" echo "$lac_address" 7007 20; }
fi
echo "LAC to LNS:"; to_lns | tee "$work/ping1"
echo "LNS to LAC:"; to_lac | tee "$work/ping2"
grep -q ' 0% packet loss' "$work/ping1" && grep -q ' 0% packet loss' "$work/ping2" || failed "packets were lost"

step "Throughput of one TCP connection through the tunnel, $seconds_of_throughput s each way"
printf 'LAC to LNS: '; "${probe[@]}" blast $lns_address 7007 "$seconds_of_throughput" || failed "no throughput to the LNS"
printf 'LNS to LAC: '; in_lns "${probe[@]}" blast "$lac_address" 7007 "$seconds_of_throughput" || failed "no throughput to the LAC"

for name in lac lns; do
  step "What the ${name^^} says"
  printf 'tunnel-list\nsession-list\n' | l2tp $name
done

step "Stopping the LAC: the LNS hears it (StopCCN) and forgets the tunnel"
appliance_stop lac || failed "the LAC ended with status $?"
no_tunnel() { ! l2tp lns tunnel-list --json 2>/dev/null | grep -q '"state": "established"'; }
eventually 10 no_tunnel || failed "the LNS still holds the tunnel"
appliance_stop lns || failed "the LNS ended with status $?"
