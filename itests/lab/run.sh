#!/usr/bin/env bash
# Runs cases one after the other on the kernel that is there, each within its time limit, and puts what they leave into the
# results; lab.sh starts it, as root of a guest or of new namespaces. For cases that say "# appliance: shared" one appliance
# is started once, in the background: it takes 40 s in an emulated guest; for those that say "# appliance: shared pair" a second
# one, "far". In a shell of the guest they stay until the end.
set -uo pipefail
lab=$(cd "$(dirname "$0")" && pwd -P)
root=${lab%/itests/lab}
home=${ISTHMUS_HOME:-$root/target/isthmus}
results=${LAB_RESULTS:?}
[ -n "${LAB_DO:-}" ] || mount -t tmpfs none /mnt # the guest has one already
export LAB_SHARED=/mnt/lab LAB_LOGS
work=$LAB_SHARED
mkdir -p "$work/proc"
mountpoint -q "$work/proc" || mount --bind /proc "$work/proc" # cases have process numbers of their own, without the appliances'
ulimit -n 65536
. "$root/itests/lib/appliance.sh"
. "$lab/case-file.sh"

empty='system { listen_ip true }'
declare -A namespace=([box]=here [far]=there)
# The shared appliances of a case: box, or box and far.
shared() { sed -n 's/^# appliance: shared pair.*/box far/p; s/^# appliance: shared *$/box/p' "$(case_file "$1")"; }
alive() { kill -0 "${appliance_pid[$1]:-}" 2>/dev/null; }

# start NAME: that which runs already in a guest with a shell is taken.
start() {
  local name=$1 network=$work/${namespace[$1]}
  appliance_pid[$name]=$(cat "$work/$name.pid" 2>/dev/null)
  alive "$name" && return
  if [ ! -e "$network" ]; then
    touch "$network"
    unshare --net="$network" true
    nsenter --net="$network" ip link set lo up
  fi
  rm -rf "${work:?}/$name"
  appliance_make "$name"
  (umask 077; echo "$empty" >"$work/$name/etc/l2tpd.conf")
  appliance_start "$name" "$network"
  echo "${appliance_pid[$name]}" >"$work/$name.pid"
}

# What a case leaves in the shared appliance would be found by the next, which gets a new one if it cannot be tidied.
tidy() {
  local id
  echo "$empty" >"$work/$1/etc/l2tpd.conf"
  l2tp "$1" reload >/dev/null || return
  for id in $(l2tp "$1" tunnel-list --no-format | cut -f2 | grep -E '^[0-9]+$'); do l2tp "$1" tunnel-delete "$id"; done >/dev/null
  eventually 20 nothing_left "$1" || { echo "FAILED: left behind after the case:"; remains "$1"; return 1; }
}
remains() {
  nsenter --net="$work/${namespace[$1]}" sh -c 'ip l2tp show tunnel; ip l2tp show session; ip -br link show' \
    | grep -vE '^(lo|l2tp0) ' || true
}
nothing_left() { [ -z "$(remains "$1")" ]; }
unwire() { [ ! -e "$work/here" ] || nsenter --net="$work/here" ip link del "wire$number" 2>/dev/null || true; }

# What the kernel said since the case began, and whether it complained.
kernel_log() { dmesg | awk '/lab: begins / {text = ""} {text = text $0 "\n"} END {printf "%s", text}'; }
complaints() { kernel_log | grep -E 'BUG:|Oops|WARNING: CPU|general protection fault|unregister_netdevice: waiting'; }

one() {
  local name=$1 began=$SECONDS status=0 log=$results/$1.log seconds appliance
  seconds=$(limit "$name")
  LAB_LOGS=$results/$name
  mkdir -p "$LAB_LOGS"
  echo "$name" >"$results/running"
  echo "lab: begins $name" >/dev/kmsg 2>/dev/null
  for appliance in $(shared "$name"); do alive "$appliance" || start "$appliance"; done
  for appliance in $(shared "$name"); do
    eventually 900 appliance_answers "$appliance" \
      || { echo "FAILED: the shared appliance $appliance did not start" >"$log"; cat "$work/$appliance/out" >>"$log"; status=1; }
  done
  if [ $status = 0 ]; then
    LAB_NUMBER=$number LAB_APPLIANCES=$(shared "$name") timeout --kill-after=20 "$seconds" "$(case_file "$name")" >"$log" 2>&1 </dev/null || status=$?
    [ $status != 137 ] || status=124 # it had to be killed at the end of its time
  fi
  unwire
  for appliance in $(shared "$name"); do
    alive "$appliance" || { echo "FAILED: the shared appliance $appliance has ended" >>"$log"; status=1; }
    tidy "$appliance" >"$work/tidy" 2>&1 || { status=1; cat "$work/tidy" >>"$log"; kill -KILL "${appliance_pid[$appliance]}"; }
    cp "$work/$appliance/log/l2tpd.log" "$LAB_LOGS/$([ "$appliance" = box ] || echo "$appliance-")l2tpd.log" 2>/dev/null
    cp "$work/$appliance/out" "$LAB_LOGS/$([ "$appliance" = box ] || echo "$appliance-")out" 2>/dev/null
  done
  kernel_log >"$LAB_LOGS/kernel.log"
  if complaints >>"$log"; then status=1; echo "FAILED: the kernel complained" >>"$log"; fi
  echo "$status $((SECONDS - began))" >"$results/$name.status.new"
  mv "$results/$name.status.new" "$results/$name.status"
}

number=0
for appliance in box far; do
  for name; do [[ " $(shared "$name") " = *" $appliance "* ]] && { start "$appliance"; break; }; done
done
for name; do number=$((number + 1)); one "$name"; done
[ "${LAB_DO:-}" = shell ] || appliances_stop
