# What the cases with real peers share. Each case runs in network, mount and pid namespaces of its own, so that whatever
# it starts dies with it and nothing of the machine is touched.
#
#   . lib.sh; isolate "$@"        runs the script again inside of new namespaces, once
#   two_hosts                     namespaces "here" and "there", 192.0.2.1 and 192.0.2.2, and IPv6
#   appliance DIR CONF            starts an appliance in "here" with this l2tpd.conf; ask DIR COMMAND asks it
#   wait_for SECONDS COMMAND...   until the command succeeds; fails loudly when it does not in time

say() { echo "-- $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }

isolate() {
  [ "${ISOLATED:-}" = yes ] && return
  exec env ISOLATED=yes unshare --net --mount --pid --fork --mount-proc --propagation private -- "$BASH" "$0" "$@"
}

# Daemons write where they like: give them empty places of their own.
private_dirs() {
  local dir
  mount -t tmpfs none /run
  mkdir -p /run/netns
  for dir in "$@"; do mount -t tmpfs none "$dir"; done
}

two_hosts() {
  ip link set lo up
  ip netns add here
  ip netns add there
  ip link add here0 netns here type veth peer name there0 netns there
  ip -n here addr add 192.0.2.1/24 dev here0
  ip -n there addr add 192.0.2.2/24 dev there0
  ip -n here addr add 2001:db8::1/64 dev here0 nodad
  ip -n there addr add 2001:db8::2/64 dev there0 nodad
  local ns
  for ns in here there; do
    ip -n $ns link set lo up
    ip -n $ns link set ${ns}0 up
  done
}

here() { ip netns exec here "$@"; }
there() { ip netns exec there "$@"; }

wait_for() {
  local seconds=$1 end
  shift
  end=$((SECONDS + seconds))
  until "$@"; do
    [ $SECONDS -lt $end ] || fail "not in $seconds s: $*"
    sleep 0.2
  done
}
