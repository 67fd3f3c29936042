#!/usr/bin/env bash
# Runs cases one after the other on the kernel that is there, each within its time limit, and puts what they leave into the
# results; lab.sh starts it, as root of a guest or of new namespaces. For cases that say "# appliance: shared" one appliance
# is started once, in the background: it takes 40 s in an emulated guest.
set -uo pipefail
lab=$(cd "$(dirname "$0")" && pwd -P)
root=${lab%/itests/lab}
home=${ISTHMUS_HOME:-$root/target/isthmus}
results=${LAB_RESULTS:?}
mountpoint -q /mnt || mount -t tmpfs none /mnt
export LAB_SHARED=/mnt/lab LAB_LOGS
work=$LAB_SHARED
mkdir -p "$work"
. "$root/itests/lib/appliance.sh"

shares() { grep -q '^# appliance: shared' "$lab/cases/$1.sh"; }
limit() { sed -n 's/^# limit: \([0-9]*\).*/\1/p' "$lab/cases/$1.sh" | grep . || echo 300; }
alive() { kill -0 "${appliance_pid[box]}" 2>/dev/null; }

start_box() {
  if [ ! -e "$work/here" ]; then
    touch "$work/here"
    unshare --net="$work/here" true
    nsenter --net="$work/here" ip link set lo up
  fi
  rm -rf "$work/box"
  appliance_make box
  echo 'system { }' >"$work/box/etc/l2tpd.conf"
  chmod 600 "$work/box/etc/l2tpd.conf"
  appliance_start box "$work/here"
}

# What a case leaves in the shared appliance would be found by the next.
tidy_box() {
  echo 'system { }' >"$work/box/etc/l2tpd.conf"
  l2tp box reload >/dev/null || return
  local id
  for id in $(l2tp box tunnel-list --no-format | cut -f2 | grep -E '^[0-9]+$'); do l2tp box tunnel-delete "$id"; done >/dev/null
  eventually 20 nothing_left || { echo "FAILED: left behind after the case:"; remains; return 1; }
}
remains() {
  nsenter --net="$work/here" sh -c 'ip l2tp show tunnel; ip l2tp show session; ip -br link show' \
    | grep -vE '^(lo|l2tp0) ' || true
}
nothing_left() { [ -z "$(remains)" ]; }

# What the kernel said since the case began, and whether it complained.
kernel_log() { dmesg | sed -n "/lab: begins $1\$/,\$p"; }
complaints() { kernel_log "$1" | grep -E 'BUG:|Oops|WARNING: CPU|general protection fault|unregister_netdevice: waiting'; }

one() {
  local name=$1 began=$SECONDS status=0 log=$results/$1.log seconds
  seconds=$(limit "$name")
  LAB_LOGS=$results/$name
  mkdir -p "$LAB_LOGS"
  echo "$name" >"$results/running"
  echo "lab: begins $name" >/dev/kmsg 2>/dev/null
  if shares "$name"; then
    { [ -n "${appliance_pid[box]:-}" ] && alive; } || start_box
    eventually 400 appliance_answers box || { echo "FAILED: the shared appliance did not start" >"$log"; cat "$work/box/out" >>"$log"; status=1; }
  fi
  if [ $status = 0 ]; then
    LAB_NUMBER=$number timeout --kill-after=20 "$seconds" "$lab/cases/$name.sh" >"$log" 2>&1 </dev/null || status=$?
    [ $status != 137 ] || status=124 # it had to be killed at the end of its time
  fi
  if shares "$name"; then
    alive || { echo "FAILED: the shared appliance has ended" >>"$log"; status=1; }
    [ $status != 0 ] && [ $status != 77 ] || tidy_box >>"$log" 2>&1 || status=1
    cp "$work/box/log/l2tpd.log" "$work/box/out" "$LAB_LOGS/" 2>/dev/null
    [ $status = 0 ] || [ $status = 77 ] || appliance_stop box # the next case gets a new one
  fi
  kernel_log "$name" >"$LAB_LOGS/kernel.log"
  if complaints "$name" >>"$log"; then status=1; echo "FAILED: the kernel complained" >>"$log"; fi
  echo "$status $((SECONDS - began))" >"$results/$name.status.new"
  mv "$results/$name.status.new" "$results/$name.status"
}

number=0
for name; do shares "$name" && { start_box; break; }; done
for name; do number=$((number + 1)); one "$name"; done
appliances_stop
