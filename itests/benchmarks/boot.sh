#!/usr/bin/env bash
# How long the appliance takes from its start to the first SCCRP, and what it holds when idle. Prints a table; the goals are
# under 2 s and, with --small, under 120 MB.
#   boot.sh [rounds]
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
. "$here/../lib/world.sh"
isolate "$@"
rounds=${1:-3}
ip link set lo up
cp -rL "$home/etc" "$work/etc"
cat >"$work/etc/l2tpd.conf" <<CONF
peer profile "default" { deny true }
peer profile "bench" { peer_ipaddr 127.0.0.0/8 }
CONF
javac -d "$work" "$here/BootProbe.java"
printf '%s\n' "load of the machine: $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores"
printf '%-10s %-34s %12s %12s %12s %10s\n' settings start 'SCCRP ms' 'CPU ms' 'idle MB' 'stop ms'
measure() { # settings, what, further options
  local figures
  figures=$(ISTHMUS_ETC=$work/etc ISTHMUS_DATA=$work/data ISTHMUS_LOG=$work/log java -cp "$work" BootProbe "$home/bin/l2tpd" --server ${3:-})
  # shellcheck disable=SC2086 # four words
  printf '%-10s %-34s %12s %12s %12s %10s\n' "$1" "$2" $figures
}
for settings in small full; do
  option=; [ $settings = full ] || option=--small
  rm -rf "$work/data"
  measure $settings 'the first, from the tar.gz' $option
  for ((i = 0; i < rounds; i++)); do measure $settings 'again, with the class archive' $option; done
done
