#!/bin/bash
# The lab's guest from when the machine's tree is its root: what a system needs, then the cases, or a shell, then off.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=${TERM:-linux}
while read -r setting; do export "${setting?}"; done <"$LAB_RESULTS/environment"
off() { echo "lab: end"; echo o >/proc/sysrq-trigger; sleep 60; }
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
ln -s /proc/self/fd /dev/fd
mkdir -p /dev/pts /dev/shm /run /tmp /lib/modules
mount -t devpts none /dev/pts
# Not on /tmp: the project may lie there, and what is written there stays in the guest anyway.
for dir in /dev/shm /run; do mount -t tmpfs none $dir; done
chmod 1777 /tmp /dev/shm
mount --bind "$LAB_KERNEL/lib/modules" /lib/modules # the kernel loads from there what it needs
modprobe -a tun ppp_generic # for their devices, which udev would make
hostname lab
echo 127.0.0.1 lab >>/etc/hosts
ip link set lo up
if [ "$LAB_DO" = shell ]; then
  cd "${LAB_GUEST%/*}"
  echo "A shell in the guest; exit ends it. ./run.sh CASE... runs cases, results go to $LAB_RESULTS."
  setsid -c bash -i </dev/ttyS0 >/dev/ttyS0 2>&1
else
  mapfile -t cases <"$LAB_RESULTS/cases"
  "${LAB_GUEST%/*}/run.sh" "${cases[@]}" </dev/null
fi
off
