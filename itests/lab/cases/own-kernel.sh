#!/usr/bin/env bash
# A machine whose own kernel has L2TP and PPP runs the lab's cases in namespaces: the guest is such a machine, and runs some so.
# nightly
# limit: 1200
set -euo pipefail
. "$(dirname "$0")/../case.sh"
isolate "$@"
inner=$root/target/check/lab
mount -t tmpfs none "$inner" # with results of its own
lab() { env -i PATH="$PATH" HOME=/root APPLIANCE_DATA="${APPLIANCE_DATA:-}" ${JAVA_HOME:+JAVA_HOME="$JAVA_HOME"} "$root/itests/lab/lab.sh" "$@"; }
[ "$(lab way)" = namespaces ] || fail "the way taken is $(lab way)"
lab run kernel-has shared link-loss
for name in kernel-has shared link-loss; do
  read -r status seconds <"$inner/$name.status" || fail "$name was not run"
  say "$name: status $status after $seconds s, $(grep -h '^summary: ' "$inner/$name.log" || tail -1 "$inner/$name.log")"
  [ "$status" = 0 ] || fail "$name: $(cat "$inner/$name.log")"
done
echo "summary: three cases in namespaces of the kernel's own"
