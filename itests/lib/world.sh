# What the cases share: a world of their own, two hosts in it, appliances, and waiting. Each case runs in network, mount and
# pid namespaces that it makes itself, so that whatever it starts dies with it and nothing of the machine is touched.
#
#   . world.sh; isolate "$@"        runs the script again inside of new namespaces, once
#   two_hosts                       namespaces "here" and "there": 192.0.2.1 and 192.0.2.2, 2001:db8::1 and 2001:db8::2
#   appliance_begin NAME NAMESPACE [SECRETS]    starts an appliance; its l2tpd.conf comes from standard input
#   appliance NAME NAMESPACE [SECRETS]          the same, and waits until it answers
#   appliance_made NAME NAMESPACE [SECRETS]     writes its directories only, for a case that changes more in them
#   appliance_started NAME NAMESPACE [OPTION...]    starts one that is made so, and waits until it answers
#   write NAME                      its l2tpd.conf is replaced, from standard input
#   applied NAME                    how often its l2tpd.conf has been applied
#   logged NAME TEXT                whether its log has the text in it
#   wait_for SECONDS COMMAND...     until the command succeeds; the case fails when it does not in three times as many
#   transfer FROM TO ADDRESS MEGABYTES      so much over TCP from one namespace to an address of the other, every byte the same
# and what appliance.sh has: l2tp NAME COMMAND..., appliance_stop NAME.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
home=${ISTHMUS_HOME:-$root/target/isthmus}
work=/run/case
appliance_seconds=${CASE_APPLIANCE_SECONDS:-60} # what one may take to start
. "$root/itests/lib/appliance.sh"

say() { echo "-- $*"; }

fail() {
  echo "FAILED: $*" >&2
  local log
  for log in "$work"/*.log "$work"/*/out "$work"/*/log/l2tpd.log; do
    [ -e "$log" ] && { echo "---- $log" >&2; { tr '\r' '\n' <"$log" | grep -avE 'pax.logging|% \[=|^$' || true; } | tail -40 >&2; }
  done
  echo "FAILED: $*" >&2 # again, since what prints this shows the last lines
  exit 1
}

isolate() {
  if [ "${ISOLATED:-}" != yes ]; then
    [ "$(id -u)" = 0 ] || { echo "SKIPPED: this case makes network namespaces and so needs root" >&2; exit 77; }
    [ -x "$home/bin/l2tpd" ] || { echo "FAILED: there is no appliance in $home: ./run build makes it" >&2; exit 1; }
    exec env ISOLATED=yes unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private -- "$BASH" "$0" "$@"
  fi
  # Daemons write where they like: what they share with the machine is theirs alone in here, and so is what the case makes.
  # It goes with the namespace: nothing is left to clean up, whoever still writes.
  mount -t tmpfs none /run
  mkdir -p /run/netns
  mkdir "$work"
}

# Gives the case empty places of its own over directories of the machine.
private_dirs() {
  local dir
  for dir in "$@"; do mkdir -p "$dir" && mount -t tmpfs none "$dir"; done
}

needs() {
  local program file
  for program in "$@"; do
    file=$(command -v "$program") || { echo "SKIPPED: there is no $program on this machine" >&2; exit 77; }
    # In the guest of another user than root, root may read only what that user may.
    head -c 1 "$file" >/dev/null 2>&1 || { echo "SKIPPED: the user who runs this may not read $file" >&2; exit 77; }
  done
}

two_hosts() {
  local ns
  ip link set lo up
  ip netns add here
  ip netns add there
  ip link add here0 netns here type veth peer name there0 netns there
  ip -n here addr add 192.0.2.1/24 dev here0
  ip -n there addr add 192.0.2.2/24 dev there0
  ip -n here addr add 2001:db8::1/64 dev here0 nodad
  ip -n there addr add 2001:db8::2/64 dev there0 nodad
  for ns in here there; do
    ip -n $ns link set lo up
    ip -n $ns link set ${ns}0 up
  done
}

here() { ip netns exec here "$@"; }
there() { ip netns exec there "$@"; }

appliance_made() {
  appliance_make "$1"
  cat > "$work/$1/etc/l2tpd.conf"
  chmod 600 "$work/$1/etc/l2tpd.conf"
  [ $# -lt 3 ] || printf '%s\n' "$3" > "$work/$1/etc/l2tp-secrets"
}

appliance_begin() {
  appliance_made "$@"
  appliance_start "$1" "/run/netns/$2"
}

appliance_started() {
  appliance_start "$1" "/run/netns/$2" "${@:3}"
  wait_for "$appliance_seconds" appliance_answers "$1"
}

appliance() {
  appliance_begin "$@"
  wait_for "$appliance_seconds" appliance_answers "$1"
}

write() { cat > "$work/$1/etc/new" && mv "$work/$1/etc/new" "$work/$1/etc/l2tpd.conf"; }
log() { cat "$work/$1/log/l2tpd.log" 2>/dev/null; }
applied() { log "$1" | grep -c 'ConfigService: .* applied:' || true; }
logged() { log "$1" | grep -qF -- "$2"; }

transfer() {
  local answer
  [ -n "${transfers_PID:-}" ] || coproc transfers { exec python3 "$root/itests/lib/transfer.py"; }
  echo "$*" >&"${transfers[1]}"
  read -r answer <&"${transfers[0]}" || answer="it ended"
  [ "$answer" = ok ] || fail "TCP to $3: $answer"
}

is_gone() { ! kill -0 "$1" 2>/dev/null; }
quietly() { "$@" >/dev/null 2>&1; }

# has NAME COMMAND TEXT: whether the answer to a command has the text in it
has() { l2tp "$1" $2 2>/dev/null | tr -d ' \n' | grep -qF -- "$(echo "$3" | tr -d ' ')"; }

# Whoever waits loses nothing by waiting longer on a machine that is busy; how quick things are is for itests/benchmarks.
wait_for() { eventually $((3 * $1)) "${@:2}" || fail "not within $((3 * $1)) s: ${*:2}"; }
