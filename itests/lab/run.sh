#!/usr/bin/env bash
# Runs cases one after the other on the kernel that is there, each within its time limit, and puts what they leave into the
# results; lab.sh starts it, as root of a guest or of new namespaces. For cases that say "# appliance: shared" one appliance
# is started once, in the background: it takes 40 s in an emulated guest. In a shell of the guest it stays until the end.
set -uo pipefail
lab=$(cd "$(dirname "$0")" && pwd -P)
root=${lab%/itests/lab}
home=${ISTHMUS_HOME:-$root/target/isthmus}
results=${LAB_RESULTS:?}
[ -n "${LAB_DO:-}" ] || mount -t tmpfs none /mnt # the guest has one already
export LAB_SHARED=/mnt/lab LAB_LOGS
work=$LAB_SHARED
mkdir -p "$work"
. "$root/itests/lib/appliance.sh"
. "$lab/case-file.sh"

empty='system { listen_ip true }'
shares() { grep -q '^# appliance: shared' "$(case_file "$1")"; }
alive() { kill -0 "${appliance_pid[box]:-}" 2>/dev/null; }

# The one that runs already in a guest with a shell is taken.
start_box() {
  appliance_pid[box]=$(cat "$work/box.pid" 2>/dev/null)
  alive && return
  if [ ! -e "$work/here" ]; then
    touch "$work/here"
    unshare --net="$work/here" true
    nsenter --net="$work/here" ip link set lo up
    mkdir "$work/proc"
    mount --bind /proc "$work/proc" # cases have process numbers of their own and do not see the appliance's
  fi
  rm -rf "$work/box"
  appliance_make box
  (umask 077; echo "$empty" >"$work/box/etc/l2tpd.conf")
  appliance_start box "$work/here"
  echo "${appliance_pid[box]}" >"$work/box.pid"
}

# What a case leaves in the shared appliance would be found by the next, which gets a new one if it cannot be tidied.
tidy_box() {
  echo "$empty" >"$work/box/etc/l2tpd.conf"
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
kernel_log() { dmesg | awk '/lab: begins / {text = ""} {text = text $0 "\n"} END {printf "%s", text}'; }
complaints() { kernel_log | grep -E 'BUG:|Oops|WARNING: CPU|general protection fault|unregister_netdevice: waiting'; }

one() {
  local name=$1 began=$SECONDS status=0 log=$results/$1.log seconds
  seconds=$(limit "$name")
  LAB_LOGS=$results/$name
  mkdir -p "$LAB_LOGS"
  echo "$name" >"$results/running"
  echo "lab: begins $name" >/dev/kmsg 2>/dev/null
  if shares "$name"; then
    alive || start_box
    eventually 900 appliance_answers box || { echo "FAILED: the shared appliance did not start" >"$log"; cat "$work/box/out" >>"$log"; status=1; }
  fi
  if [ $status = 0 ]; then
    LAB_NUMBER=$number timeout --kill-after=20 "$seconds" "$(case_file "$name")" >"$log" 2>&1 </dev/null || status=$?
    [ $status != 137 ] || status=124 # it had to be killed at the end of its time
  fi
  if shares "$name"; then
    alive || { echo "FAILED: the shared appliance has ended" >>"$log"; status=1; }
    tidy_box >"$work/tidy" 2>&1 || { status=1; cat "$work/tidy" >>"$log"; kill -KILL "${appliance_pid[box]}"; }
    cp "$work/box/log/l2tpd.log" "$work/box/out" "$LAB_LOGS/" 2>/dev/null
  fi
  kernel_log >"$LAB_LOGS/kernel.log"
  if complaints >>"$log"; then status=1; echo "FAILED: the kernel complained" >>"$log"; fi
  echo "$status $((SECONDS - began))" >"$results/$name.status.new"
  mv "$results/$name.status.new" "$results/$name.status"
}

number=0
for name; do shares "$name" && { start_box; break; }; done
for name; do number=$((number + 1)); one "$name"; done
[ "${LAB_DO:-}" = shell ] || appliances_stop
