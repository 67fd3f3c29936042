#!/usr/bin/env bash
# The kernel lab (README.md): cases on a kernel that has L2TP and PPP. Where the machine's own has them and we are root, in
# namespaces of it; elsewhere on Debian's stock kernel in QEMU, all cases in one boot.
#   lab.sh list            the cases
#   lab.sh list nightly    those that say "# nightly": they take so long that they run then, or by name
#   lab.sh run CASE...     runs them, or a benchmark that needs such a kernel; target/check/lab/CASE.log is there when one
#                          begins, CASE.status (exit status and seconds) as soon as it has ended
#   lab.sh shell           a shell in the guest
#   lab.sh way             says which way is taken here
# LAB_WAY=qemu or LAB_WAY=namespaces takes one of the ways, LAB_MEMORY says how many MB the guest has (4096), LAB_LIMIT how
# many seconds a case may take.
set -uo pipefail
PATH=$PATH:/usr/sbin:/sbin
lab=$(cd "$(dirname "$0")" && pwd -P)
root=${lab%/itests/lab}
results=$root/target/check/lab

case_names() { local file; [ $# -gt 0 ] || set -- "$lab"/cases/*.sh; for file; do basename "$file" .sh; done; }
. "$lab/case-file.sh"

own_kernel() {
  [ "$(id -u)" = 0 ] || return 1
  local module
  for module in l2tp_netlink l2tp_eth l2tp_ip l2tp_ip6 l2tp_ppp ppp_mppe; do modprobe -q $module 2>/dev/null; done
  ip l2tp show tunnel >/dev/null 2>&1 && [ -c /dev/ppp ]
}
way() { if [ -n "${LAB_WAY:-}" ]; then echo "$LAB_WAY"; elif own_kernel; then echo namespaces; else echo qemu; fi; }

# boot ACCELERATOR SECONDS COMMAND_LINE [options]: the guest until it is off, or for so long
boot() {
  timeout --foreground --kill-after=5 "$2" qemu-system-x86_64 -accel "$1" -smp 2 -cpu max -m "${LAB_MEMORY:-4096}" \
    -display none -vga none -monitor none -net none -no-reboot -kernel "$kernel/vmlinuz" -initrd "$kernel/initrd" \
    -append "console=ttyS0 panic=-1 quiet $3" "${@:4}"
}

# KVM is worth having only where it works: on some machines /dev/kvm is there and a guest does not come up.
# It is tried once until the machine is started anew.
accelerator() {
  local tried=$kernel/kvm-$(cat /proc/sys/kernel/random/boot_id)
  if [ -w /dev/kvm ] && [ ! -e "$tried" ]; then
    rm -f "$kernel"/kvm-*
    boot kvm 10 "" -serial stdio </dev/null 2>/dev/null | grep -aq '^lab: up' && echo kvm >"$tried" || echo tcg,thread=multi,tb-size=1024 >"$tried"
  fi
  cat "$tried" 2>/dev/null || echo tcg,thread=multi,tb-size=1024
}

# guest DO SECONDS [options]: what of our environment is meant for the cases goes with it
guest() {
  [ ! -e "$root/target/lab-warm" ] || export APPLIANCE_DATA=$root/target/lab-warm/box/data
  printenv | grep -E '^(PATH|APPLIANCE_DATA|JAVA_HOME|ISTHMUS_HOME|LAB_DATAPLANES|LAB_WAYS|LAB_TCP_MB|LAB_LIMIT|BENCHMARK_[A-Z0-9_]*|ISOLATION_SESSIONS|SESSIONS|UPDATES|BUNDLES|KILLED)=' >"$results/environment"
  boot "$accelerator" "$2" "LAB_DO=$1 LAB_GUEST=$lab/guest.sh LAB_RESULTS=$results LAB_KERNEL=$kernel" "${@:3}" \
    -virtfs local,path=/,mount_tag=machine,security_model=none,multidevs=remap,readonly=on \
    -virtfs "local,path=$results,mount_tag=results,security_model=none,multidevs=remap"
}

prepare_qemu() {
  command -v qemu-system-x86_64 >/dev/null || { echo "SKIPPED: there is no qemu-system-x86_64 on this machine (apt install qemu-system-x86)" >&2; exit 77; }
  kernel=$("$lab/kernel.sh") || exit
  accelerator=$(accelerator)
  echo "The lab's way: ${kernel##*/} in QEMU, $accelerator."
  warm
}

# The first start of an appliance unpacks its bundles and keeps its classes for later ones, which are half the work for it: in an
# emulated guest that is a minute. So there is one on this machine, in a network of its own, from whose data those of the guest begin.
warm() {
  local home=${ISTHMUS_HOME:-$root/target/isthmus} work=$root/target/lab-warm data=$root/target/lab-warm/box/data own
  [ ! -e "$data/ready" ] || [ -n "$(find "$home/system" -maxdepth 0 -cnewer "$data/ready")" ] || return 0
  own=(unshare -n); [ "$(id -u)" = 0 ] || own=(unshare -Urn)
  rm -rf "$work"
  mkdir -p "$work"
  home=$home work=$work "${own[@]}" "$BASH" -euc '. "$0"
    appliance_make box
    echo "system { }" >"$work/box/etc/l2tpd.conf"
    ISTHMUS_NO_ARCHIVE=
    appliance_start box
    eventually 60 appliance_answers box && appliance_stop box' "$root/itests/lib/appliance.sh" >"$work/log" 2>&1 || { rm -rf "$work"; return 0; }
  rm -rf "$data/instances" "$data/lock" "$data"/*.pid
  touch "$data/ready"
}

# All cases in one boot; when the guest ends in the middle of one, that one has failed and the others get another boot.
in_qemu() {
  local cases=("$@") seconds name running
  while [ ${#cases[@]} -gt 0 ]; do
    printf '%s\n' "${cases[@]}" >"$results/cases"
    rm -f "$results/running"
    seconds=1200 # for the boot and the shared appliance
    for name in "${cases[@]}"; do seconds=$((seconds + $(limit "$name") + 30)); done
    guest cases $seconds -serial "file:$results/console.log" </dev/null || echo "qemu ended with status $?"
    while [ ${#cases[@]} -gt 0 ] && [ -e "$results/${cases[0]}.status" ]; do cases=("${cases[@]:1}"); done
    [ ${#cases[@]} -gt 0 ] || break
    running=$(cat "$results/running" 2>/dev/null)
    ended "${cases[0]}" "the guest ended $([ -n "$running" ] && echo "while this case ran" || echo "before this case"): $(last_words)"
    [ -n "$running" ] || for name in "${cases[@]:1}"; do ended "$name" "the guest did not come up"; done
    [ -n "$running" ] || break
    cases=("${cases[@]:1}")
  done
}
ended() { { echo "FAILED: $2"; tail -n 40 "$results/console.log"; } >>"$results/$1.log" 2>&1; echo "1 0" >"$results/$1.status"; }
last_words() { grep -aE 'Kernel panic|^lab: ' "$results/console.log" 2>/dev/null | tail -n 1 | grep . || echo "it did not say why, or its time was up"; }

in_namespaces() {
  echo "The lab's way: namespaces of this machine's own kernel $(uname -r)."
  LAB_RESULTS=$results unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private -- "$lab/run.sh" "$@"
}

case "${1:-}" in
  list) if [ "${2:-}" = nightly ]; then case_names $(grep -l '^# nightly$' "$lab"/cases/*.sh); else case_names; fi ;;
  way) way ;;
  shell)
    mkdir -p "$results"
    prepare_qemu
    guest shell 86400 -chardev stdio,id=console,signal=off -serial chardev:console ;;
  run)
    shift
    rm -rf "$results" && mkdir -p "$results"
    for name; do case_file "$name" >/dev/null || { echo "no case of the lab is called $name: $(case_names | paste -sd' ')" >&2; exit 2; }; done
    if [ "$(way)" = namespaces ]; then in_namespaces "$@"; else prepare_qemu; in_qemu "$@"; fi ;;
  *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0"; exit 2 ;;
esac
