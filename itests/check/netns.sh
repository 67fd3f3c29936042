#!/usr/bin/env bash
# The JUnit tests that need a network namespace of their own (group "netns"), in one that is thrown away.
set -uo pipefail
cd "$(dirname "$0")/../.."
own=(unshare -n); [ "$(id -u)" = 0 ] || own=(unshare -Urn)
"${own[@]}" true 2>/dev/null || { echo "SKIPPED: this user may not make network namespaces"; exit 77; }
modules=$(grep -rl --include='*.java' '@Tag("netns")' bundles itests 2>/dev/null | sed 's#/src/.*##' | sort -u | paste -sd,)
[ -n "$modules" ] || { echo "SKIPPED: no test is in the group netns"; exit 77; }
find . -path '*/target/surefire-reports/*.xml' -delete
# Offline: there is no network in there, and the unit tests have fetched what Maven needs.
"${own[@]}" sh -c 'ip link set lo up; exec mvn -B -o -Dstyle.color=never verify -DtestGroups=netns -DexcludedTestGroups=fuzz -pl "$0" -am' "$modules"; status=$?
reports=$(find . -path '*/target/surefire-reports/TEST-*.xml')
awk -F'"' '/<testsuite /{for (i = 1; i < NF; i++) { if ($i ~ / tests=$/) t += $(i + 1); if ($i ~ / skipped=$/) s += $(i + 1) }}
  END {printf "summary: %d tests, %d skipped\n", t, s; exit t > s ? 0 : 1}' $reports /dev/null || { echo "none of the tests ran"; exit 1; }
exit $status
