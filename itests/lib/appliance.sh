# Appliances under test, each with directories of its own; sourced by the demo, the cases and the benchmarks.
#
#   appliance_make NAME         etc and data for NAME in $work/NAME; the caller writes etc/l2tpd.conf and etc/l2tp-secrets (stdin)
#   appliance_start NAME [NETNS] [options of l2tpd]   starts it, in the network namespace of that process or file if one is
#                               given ("-": here)
#   appliance_answers NAME      whether it takes commands
#   l2tp NAME COMMAND...        gives it a command and prints the answer
#   appliance_stop NAME         SIGTERM, and waits for the end; its exit status
#   eventually SECONDS COMMAND...   runs the command until it succeeds; fails after so many seconds
# $home is the unpacked appliance, $work a directory of the caller's. With APPLIANCE_DATA the data of an appliance begin as those of
# one that was started and stopped before, whose start that of a new one goes on from.

: "${home:?}" "${work:?}"
declare -gA appliance_pid=()

appliance_make() {
  mkdir -p "$work/$1/data" "$work/$1/log"
  if [ -n "${APPLIANCE_DATA:-}" ]; then
    cp -R "$APPLIANCE_DATA/cache" "$APPLIANCE_DATA/unpacked" "$work/$1/data/"
    touch "$work/$1/data/unpacked"
    ln -s "$APPLIANCE_DATA"/l2tpd-*.jsa "$work/$1/data/"
  fi
  cp -RL "$home/etc" "$work/$1/etc"
  chmod 600 "$work/$1/etc/l2tp-secrets"
}

appliance_start() {
  local name=$1 namespace=${2:--} enter=()
  shift; [ $# -eq 0 ] || shift
  case "$namespace" in
    -) ;;
    /*) enter=(nsenter --net="$namespace") ;;
    *) enter=(nsenter -t "$namespace" -n) ;;
  esac
  ISTHMUS_ETC=$work/$name/etc ISTHMUS_DATA=$work/$name/data ISTHMUS_LOG=$work/$name/log ISTHMUS_NO_ARCHIVE=${ISTHMUS_NO_ARCHIVE-1} \
    "${enter[@]}" "$home/bin/l2tpd" --server --small "$@" </dev/null >"$work/$name/out" 2>&1 &
  appliance_pid[$name]=$!
}

# The socket comes first: a client is a Java that would take the processor from the appliance that starts.
appliance_answers() { [ -S "$work/$1/data/l2tpd.sock" ] && l2tp "$1" system-show >/dev/null 2>&1; }

l2tp() { ISTHMUS_DATA=$work/$1/data "$home/bin/l2tp" "${@:2}"; }

appliance_stop() {
  local pid=${appliance_pid[$1]:-} status=0
  [ -n "$pid" ] || return 0
  unset "appliance_pid[$1]"
  kill "$pid" 2>/dev/null || true
  ( for ((i = 0; i < 300; i++)); do kill -0 "$pid" 2>/dev/null || exit 0; sleep 0.1; done; kill -9 "$pid" ) 2>/dev/null &
  local watch=$!
  wait "$pid" || status=$?
  kill "$watch" 2>/dev/null || true
  wait "$watch" 2>/dev/null || true
  return $status
}

appliances_stop() { local name; for name in "${!appliance_pid[@]}"; do appliance_stop "$name" || true; done; }

eventually() {
  local deadline=$((SECONDS + $1)); shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}
