# A systemd of the case's own that knows one service: an appliance by the unit that is shipped, etc/systemd/l2tpd.service. Sourced
# after world.sh and isolate.
#
#   systemd_start NAME NAMESPACE    starts it in a network namespace, and with it the appliance NAME, which is made already;
#                                   appliance_pid[NAME] is systemd's
#   systemd_stop NAME               stops the service
#
# The unit's paths (/opt/isthmus, /etc/isthmus, ...) are the appliance's in a mount namespace of systemd's, so that nothing of the
# machine is written. Other units it does not have: nothing else of a system starts.

needs /lib/systemd/systemd systemctl

systemd_start() {
  local box=$work/$1 group=$work/cgroup started target
  mkdir -p "$group" "$box/units/l2tpd.service.d" "$box/units/multi-user.target.wants"
  mountpoint -q "$group" || mount -t cgroup2 none "$group"
  mkdir "$group/isthmus-$1"
  cp "$home/etc/systemd/l2tpd.service" "$box/units/"
  ln -s ../l2tpd.service "$box/units/multi-user.target.wants/"
  for target in sysinit basic shutdown network-online multi-user; do
    printf '[Unit]\nDefaultDependencies=no\n' >"$box/units/$target.target"
  done
  cat >"$box/units/l2tpd.service.d/case.conf" <<'CONF'
[Service]
Environment=ISTHMUS_NO_ARCHIVE=1 "JAVA_OPTS=-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
StandardOutput=append:/var/log/isthmus/out
StandardError=inherit
CONF
  (
    echo 0 >"$group/isthmus-$1/cgroup.procs" # of cgroups too it sees its own only
    # shellcheck disable=SC2016 # expanded by the bash that it is for
    exec env -i PATH="$PATH" container=isthmus SYSTEMD_UNIT_PATH="$box/units" SYSTEMD_GENERATOR_PATH=/nowhere \
      nsenter --net="/run/netns/$2" unshare --mount --pid --fork --kill-child --cgroup --mount-proc --propagation private -- \
      "$BASH" -euc '
        home=$1 box=$2
        mkdir -p /run/home && mount --bind "$home" /run/home
        mkdir -p /run/etc/{changes,work} && mount -t overlay -o lowerdir=/etc,upperdir=/run/etc/changes,workdir=/run/etc/work none /etc
        for dir in /opt /var/lib /var/log /tmp /var/tmp; do mount -t tmpfs -o mode=1777 none $dir; done
        mkdir /opt/isthmus /etc/isthmus /var/lib/isthmus /var/log/isthmus
        mount --move /run/home /opt/isthmus
        mount --bind "$box/etc" /etc/isthmus
        mount --bind "$box/data" /var/lib/isthmus
        mount --bind "$box/log" /var/log/isthmus
        umount -R /sys/fs/cgroup 2>/dev/null || true
        mount -t cgroup2 none /sys/fs/cgroup
        exec /lib/systemd/systemd --system --unit=multi-user.target --log-target=kmsg --log-level=notice --show-status=no
      ' systemd "$home" "$box"
  ) </dev/null >"$box/out" 2>&1 &
  started=$!
  wait_for "$appliance_seconds" pgrep -P $started -x systemd >/dev/null
  appliance_pid[$1]=$(pgrep -P $started -x systemd)
}

systemd_stop() { nsenter -t "${appliance_pid[$1]}" -m -p -C systemctl stop l2tpd; }
