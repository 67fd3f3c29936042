#!/usr/bin/env bash
# The appliance as it is delivered, with no network to fetch anything from: all of it starts, nothing complains, no door is open
# that should not be, every command scope has its access list, each signal stops it cleanly, and a broken feature of ours
# leaves the commands.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
ip link set lo up
ip netns add here

say "first start"
appliance box here < "$home/etc/l2tpd.conf"
l2tp box 'feature:list --installed --no-format' > "$work/features"
for feature in l2tp-core l2tp-config l2tp-dataplane-user l2tp-dataplane-kernel l2tp-ippool l2tp-console l2tp-upgrade l2tp-cli; do
  grep "^$feature" "$work/features" | grep -q Started || fail "the feature $feature is not started"
done
l2tp box 'bundle:list -t 0 --no-format' > "$work/bundles"
! grep -E '^ *[0-9]' "$work/bundles" | grep -vE $'\tActive|Hosts:' || fail "not all bundles are active"
! grep -E ' (WARN|ERROR) ' "$work/box/log/l2tpd.log" || fail "it complains"

say "doors: 1701 for peers, nothing for the console"
here ss -lnH -t -u > "$work/doors"
grep -q ':1701 ' "$work/doors" || fail "1701 is not open"
! grep -v ':1701 ' "$work/doors" || fail "another port is open"
[ "$(stat -c %a "$work/box/data/l2tpd.sock")" = 600 ] || fail "the command socket is not for its owner alone"

say "access lists"
l2tp box help | sed 's/\x1b\[[0-9;]*m//g' | grep -oE '^[a-z]+:[a-z]' | cut -d: -f1 | sort -u > "$work/scopes"
[ "$(wc -l < "$work/scopes")" -ge 7 ] || fail "help lists only: $(paste -sd' ' "$work/scopes")"
while read -r scope; do
  [ -e "$work/box/etc/org.apache.karaf.command.acl.$scope.cfg" ] || fail "the scope $scope has no access list"
done < "$work/scopes"
! grep -vE '^ *(#|$)' "$root/etc/users.properties" || fail "a password is delivered"
! grep -vE '^ *(#|$)' "$root/etc/keys.properties" || fail "a key is delivered"

say "SIGTERM"
appliance_stop box || fail "its exit status is $?"
! grep -E ' (WARN|ERROR) ' "$work/box/log/l2tpd.log" || fail "it complains at the end"
[ ! -e "$work/box/data/l2tpd.sock" ] || fail "the command socket is left over"

say "a second start, ended by SIGINT as by Ctrl-C"
set -m   # else the shell has what it starts ignore SIGINT
rm -rf "$work/box/etc"
appliance box here < "$home/etc/l2tpd.conf"
set +m
wait_for 20 has box system-show 'Data plane user'
kill -INT "${appliance_pid[box]}"
wait "${appliance_pid[box]}" || [ $? = 130 ] || fail "its exit status is $?"
unset 'appliance_pid[box]'
[ ! -e "$work/box/data/l2tpd.sock" ] || fail "SIGINT did not stop it in order"

say "the engine's bundle is broken: the commands are there"
mkdir "$work/broken"
cp -a "$home/bin" "$home/lib" "$home/system" "$work/broken"
cp -RL "$home/etc" "$work/broken/etc"
rm "$work"/broken/system/org/isthmus/core/*/core-*.jar
home=$work/broken
appliance_make half
appliance_start half /run/netns/here
wait_for 60 quietly l2tp half feature:list
! l2tp half 'feature:list --installed --no-format' | grep -q '^l2tp-core' || fail "it claims that the engine is installed"
wait_for 30 logged half ERROR
appliance_stop half || fail "its exit status is $?"
echo "summary: $(grep -cE '^ *[0-9]' "$work/bundles") bundles, $(wc -l < "$work/scopes") command scopes"
