#!/usr/bin/env bash
# The unit tests of all bundles, the features verified against the framework, the architecture.
set -uo pipefail
cd "$(dirname "$0")/../.."
find . -path '*/target/surefire-reports/*.xml' -delete
mvn -B -Dstyle.color=never --fail-at-end verify; status=$?
awk -F'"' '/<testsuite /{for (i = 1; i < NF; i++) { if ($i ~ / tests=$/) t += $(i + 1); if ($i ~ / failures=$| errors=$/) f += $(i + 1); if ($i ~ / skipped=$/) s += $(i + 1) }}
  END {printf "summary: %d tests, %d failed, %d skipped\n", t, f, s}' $(find . -path '*/target/surefire-reports/TEST-*.xml') /dev/null
exit $status
