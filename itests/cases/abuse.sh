#!/usr/bin/env bash
# A forged request for a tunnel draws no more bytes than it brought; a flood of them leaves the tunnel of a good peer alone,
# lets a known peer in, and costs no memory that grows with it. itests/benchmarks/abuse.sh shows the same beside other LNSes.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
two_hosts
ip -n here addr add 192.0.2.3/24 dev here0
javac -d "$work/probe" "$root/itests/benchmarks/L2tpProbe.java"
probe() { here java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$work/probe" L2tpProbe "$@"; }
appliance lns there <<CONF
peer profile "default" { }
peer profile "good" {
  peer_ipaddr 192.0.2.3
}
CONF

say "one SCCRQ of 53 bytes from somebody who never answers"
read -r datagrams bytes < <(probe one 192.0.2.2 20)
echo "   $datagrams datagrams, $bytes bytes came back in 20 s"
[ "$bytes" -gt 0 ] || fail "nothing came back: the appliance did not answer at all"
[ "$bytes" -le 53 ] || fail "more came back than was sent"

say "5,000 SCCRQs in a second from one address, while a good peer has a tunnel"
memory() { awk '/VmRSS/ {print $2}' "/proc/$(cat "$work/lns/data/l2tpd.pid")/status"; }
probe hold 192.0.2.2 12 192.0.2.3 > "$work/hold" &
holder=$!
wait_for 20 has lns "tunnel-list --json" '"state":"established"'
before=$(memory)
read -r sent answered bytes < <(probe flood 192.0.2.2 5000 1000)
after=$(memory)
newcomer=$(probe open 192.0.2.2 20 192.0.2.3)
wait "$holder"
read -r up hellos acked worst < "$work/hold"
echo "   $answered of $sent answered; memory $((before / 1024)) -> $((after / 1024)) MB; the good peer: $acked of $hellos HELLOs" \
  "acknowledged, worst $worst ms; a known peer that came after: in after $newcomer ms"
l2tp lns counters-show | grep -E 'sccrq|half_open'
[ "$acked" = "$hellos" ] || fail "the good peer's HELLOs were not all acknowledged"
[ "$newcomer" -ge 0 ] || fail "the known peer was locked out"
[ $((after - before)) -lt 24576 ] || fail "memory grew by $(((after - before) / 1024)) MB"
[ "$answered" -le 200 ] || fail "$answered requests of one unknown address were answered"
appliance_stop lns
echo "passed"
