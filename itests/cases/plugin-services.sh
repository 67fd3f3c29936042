#!/usr/bin/env bash
# Each plugin service in a running appliance (Pax Exam, itests/plugins): arrives late, leaves, is updated, throws, blocks.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
. "$root/itests/lib/plugins.sh"
isolate "$@"
needs mvn
ip link set lo up
plugin_repository
reports=$root/itests/plugins/target/surefire-reports
rm -rf "$root/itests/plugins/target/appliance" "$reports"
status=0
plugin_maven -f "$root/itests/plugins/pom.xml" verify -DskipServiceTests=false "$@" >"$work/maven.log" 2>&1 || status=$?
find "$root/itests/plugins/target/appliance" -name l2tpd.log -exec cp {} "$work/appliance.log" \; 2>/dev/null || true
if [ $status != 0 ]; then
  grep -a '^\[ERROR\]\|Error: \|Exception: ' "$work/maven.log" | head -n 60
  fail "the tests say: $(grep -am 5 'ERROR' "$work/maven.log")"
fi
awk -F'"' '/<testsuite /{for (i = 1; i < NF; i++) if ($i ~ / tests=$/) t += $(i + 1)} END {printf "summary: %d tests\n", t; exit t == 0}' "$reports"/TEST-*.xml
