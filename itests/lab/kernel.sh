#!/usr/bin/env bash
# Debian's stock kernel for the lab, without installing it: the package that linux-image-amd64 depends on and busybox-static,
# fetched with apt-get download and unpacked below a cache of the user. Nothing of the machine's own /boot and /lib/modules is
# read or written, and nobody need be root.
#   kernel.sh            prints the folder: vmlinuz, initrd, and lib/modules/VERSION
# What cannot be is said on the error output with exit status 77.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
source=$(cd "$(dirname "$0")" && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/isthmus/kernel-lab
skip() { echo "SKIPPED: $*" >&2; exit 77; }

[ "$(uname -m)" = x86_64 ] || skip "the kernel lab emulates x86-64, and this machine is $(uname -m)"
for program in apt-get dpkg depmod modprobe cpio; do
  command -v $program >/dev/null || skip "there is no $program on this machine (the lab needs Debian with kmod and cpio)"
done
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9

# unpack PACKAGE FOLDER
unpack() {
  rm -rf "$2.new" && mkdir -p "$2.new"
  (cd "$2.new" && apt-get download -q "$1" >download.log 2>&1 && dpkg -x "$1"_*.deb . && rm "$1"_*.deb) \
    || { cat "$2.new/download.log" >&2; skip "the package $1 could not be fetched"; }
  mv "$2.new" "$2"
}

package=$(apt-cache depends linux-image-amd64 2>/dev/null | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
[ -n "$package" ] || package=$(cd "$cache" && ls -d linux-image-*-amd64 2>/dev/null | sort -V | tail -n 1)
[ -n "$package" ] || skip "apt knows no linux-image-amd64: run apt-get update as root"
kernel=$cache/$package
if [ ! -e "$kernel/vmlinuz" ]; then
  echo "Fetching $package ..." >&2
  unpack "$package" "$kernel"
  version=$(ls "$kernel/lib/modules")
  depmod -b "$kernel" "$version"
  ln -s "boot/vmlinuz-$version" "$kernel/vmlinuz"
fi
[ -e "$cache/busybox-static/bin/busybox" ] || unpack busybox-static "$cache/busybox-static"

# The first file system: what is needed to reach the machine's tree.
if [ ! -e "$kernel/initrd" ] || [ "$source/init" -nt "$kernel/initrd" ] || [ "$0" -nt "$kernel/initrd" ]; then
  version=$(ls "$kernel/lib/modules")
  tree=$(mktemp -d "$kernel/initrd.XXXXXX")
  mkdir -p "$tree/bin" "$tree/modules"
  cp "$cache/busybox-static/bin/busybox" "$tree/bin/"
  cp "$source/init" "$tree/init"
  chmod 755 "$tree/init"
  for module in virtio_pci 9pnet_virtio 9p overlay; do modprobe -D -d "$kernel" -S "$version" $module; done \
    | awk '$1 == "insmod" && !seen[$2]++ {print $2}' | while read -r file; do
    cp "$file" "$tree/modules/"
    basename "$file" >>"$tree/modules/order"
  done
  (cd "$tree" && find . | cpio -o -H newc -R 0:0 --quiet | gzip -1) >"$kernel/initrd.new"
  rm -rf "$tree"
  mv "$kernel/initrd.new" "$kernel/initrd"
fi
echo "$kernel"
