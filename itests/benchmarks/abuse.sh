#!/usr/bin/env bash
# What one forged request and a flood of them cost an LNS, and what its good peers notice: the appliance beside xl2tpd and
# l2tpns, each alone in a network of its own, all in one run. Prints a table in Markdown.
#
#   abuse.sh [isthmus] [xl2tpd] [l2tpns]     default: all three
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
private_dirs /etc/l2tpns /etc/xl2tpd /var/log
two_hosts
ip -n here addr add 192.0.2.3/24 dev here0
javac -d "$work/probe" "$root/itests/benchmarks/L2tpProbe.java"
probe() { here java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$work/probe" L2tpProbe "$@"; }

start_isthmus() {
  appliance lns there <<CONF
peer profile "default" { }
peer profile "good" {
  peer_ipaddr 192.0.2.3
}
CONF
  server=$(pgrep -f "karaf.data=$work/lns/data" | head -1)
}
stop_isthmus() { appliance_stop lns; }

start_xl2tpd() {
  printf '[global]\nport = 1701\n[lns default]\nip range = 10.2.0.2-10.2.0.9\nlocal ip = 10.2.0.1\n' > /etc/xl2tpd/xl2tpd.conf
  ip netns exec there xl2tpd -D -p /run/xl2tpd.pid -C /run/xl2tpd.control -c /etc/xl2tpd/xl2tpd.conf >/dev/null 2>&1 &
  server=$!
}
stop_xl2tpd() { kill -KILL "$server"; }

start_l2tpns() {
  printf 'set log_file "/var/log/l2tpns"\nset pid_file "/run/l2tpns.pid"\nset bind_address 192.0.2.2\nset cluster_interface there0\nset cluster_hb_interval 1\nset cluster_hb_timeout 5\n' \
    > /etc/l2tpns/startup-config
  touch /etc/l2tpns/users /etc/l2tpns/ip_pool
  ip netns exec there setsid l2tpns >/dev/null 2>&1 &
  server=$!
  wait_for 20 quietly there ip link show tun0
}
stop_l2tpns() { kill -KILL "$server"; }

rss() { awk '/VmRSS/ {printf "%.1f", $2 / 1024}' "/proc/$server/status"; }

port_is_free() { [ -z "$(ip netns exec there ss -Huan 'sport = 1701')" ]; }

# Ready is a server that has answered somebody: some listen long before they do. The kernel may take a moment to take the
# port back from the one before it.
fresh() {
  wait_for 10 port_is_free
  "start_$1"
  disown
  [ "$(probe open 192.0.2.2 40 192.0.2.3)" -ge 0 ] || fail "$1 answers nobody"
}

measure() {
  local name=$1 datagrams bytes sent answered up hellos acked worst before after newcomer
  fresh "$name"
  read -r datagrams bytes < <(probe one 192.0.2.2 45)
  "stop_$name"
  fresh "$name"
  probe hold 192.0.2.2 14 192.0.2.3 > "$work/hold" &
  local holder=$!
  read -rt 4 _ < <(sleep 4) || true
  before=$(rss)
  read -r sent answered _ < <(probe flood 192.0.2.2 5000 1000)
  after=$(rss)
  newcomer=$(probe open 192.0.2.2 20 192.0.2.3)
  wait "$holder"
  read -r up hellos acked worst < "$work/hold"
  "stop_$name"
  printf '| %s | %d datagrams, %d bytes, %.1fx | %d of %d | %s -> %s MB | %d of %d HELLOs, worst %d ms | %s |\n' \
    "$name" "$datagrams" "$bytes" "$(echo "$bytes / 53" | bc -l)" "$answered" "$sent" "$before" "$after" \
    "$acked" "$hellos" "$worst" "$([ "$newcomer" -ge 0 ] && echo "in after $newcomer ms" || echo "locked out")"
}

echo "| LNS | one SCCRQ of 53 bytes, never answered, brings back | of 5,000 SCCRQs in 1 s from one address answered | memory | a peer that is up | a known peer that comes after |"
echo "| --- | --- | --- | --- | --- | --- |"
for name in ${*:-isthmus xl2tpd l2tpns}; do measure "$name"; done
