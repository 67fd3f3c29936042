#!/usr/bin/env bash
# The local console as somebody uses it who sits at it: the prompt comes with the commands, TAB makes no other command of what was
# typed, a password is not echoed, what a command prints is seen while it runs, Ctrl-C ends the command and then the appliance.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
needs script
ip link set lo up
appliance_make box
cat >>"$work/box/etc/l2tpd.conf" <<'CONF'
peer profile "lab" {
    peer_ipaddr 127.0.0.0/8
    ppp_profile "lab"
}
ppp profile "lab" {
    ip_pool_name "lab"
}
ippool "lab" {
    range   10.64.0.0/24
    gateway 10.64.0.1
}
CONF
echo 'alice * wonderland' >"$work/box/etc/l2tp-secrets"

export ISTHMUS_ETC=$work/box/etc ISTHMUS_DATA=$work/box/data ISTHMUS_LOG=$work/box/log ISTHMUS_NO_ARCHIVE=1 TERM=xterm
mkfifo "$work/keys"
# What a script puts into the background ignores Ctrl-C, unless it is told not to. Without exec a shell may stay in between, and
# die of the Ctrl-C itself.
env --default-signal=INT script -qefc "exec $home/bin/l2tpd --console --small" /dev/null <"$work/keys" >"$work/screen" 2>&1 &
console=$!
exec 8>"$work/keys"
press() { printf '%b' "$1" >&8; }
# what of the screen has come since the last look
seen=0
shown() { tail -c +$((seen + 1)) "$work/screen" | sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g' | grep -qF -- "$1"; }
see() { wait_for 30 shown "$1"; }
next() { seen=$(stat -c %s "$work/screen"); press "$1"; }

see "admin@l2tpd>"
say "TAB"
next 'system-sx\t'; see system-sx
next '\x15tunnel-cr\t'; see "tunnel-create"
! shown system:shutdown || fail "TAB made another command of what was typed"
say "the tour"
next '\x15tunnel-create self peer=127.0.0.1 --wait 10\r'; see 'Tunnel "self" is up'
next 'session-create self alice user_name=alice user_password=? --wait 10\r'; see "user_password:"
next 'wonderland\r'; see 'Session "self/alice" is up'
! grep -qF wonderland "$work/screen" || fail "the password was echoed"
say "what a command prints is seen while it runs"
next 'trace self\r'; see 'Tracing tunnel "self"'
l2tp box session-create self bob user_name=alice user_password=wonderland
see "Call Serial Number"
next '\x03'; see "admin@l2tpd>"
say "Ctrl-C"
next '\x03'; see "Stopping"
status=0; wait $console || status=$?
[ $status = 0 ] || fail "it ended with status $status"
