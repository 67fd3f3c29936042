#!/usr/bin/env bash
# Ten million hostile datagrams from outside, and ten million of a peer: counters move, no tunnel is lost, no memory stays.
# limit: 1200
set -euo pipefail
cd "$(dirname "$0")/../.."
mvn -B test -pl bundles/protocol -DtestGroups=fuzz -DexcludedTestGroups= -Dtest=HostileTrafficTest
echo "summary: 20,000,000 datagrams"
