#!/usr/bin/env bash
# The simulator of the protocol (docs/simulator.md): several engines in virtual time over a bad network, each run from one seed.
#   simulator.sh                                     ten thousand seeds each in changing weather and in a storm
#   simulator.sh nightly                             a hundred thousand each
#   simulator.sh seeds COUNT [WEATHER] [FIRST]       that many; WEATHER is changing or storm
#   simulator.sh seed SEED [WEATHER] [FILE]          replays one with its trace, and writes its datagrams to FILE (pcapng)
#   simulator.sh captures FOLDER                     writes every message that there is, and some runs, as pcapng files
set -euo pipefail
cd "$(dirname "$0")/../.."
if [[ ${1:-} =~ ^seeds?$ ]] && ! [[ ${2:-} =~ ^-?[0-9]+$ && ${3:-changing} =~ ^(changing|storm)$ ]]; then
  echo "simulator $*: a number comes first, then the weather, changing or storm: ./check seed 7 storm" >&2
  exit 2
fi
module=bundles/protocol
classpath=$module/target/simulator.classpath
mkdir -p target/check
exec 9>target/check/simulator.lock
flock 9
log=$(mktemp)
mvn -q -B test-compile dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/simulator.classpath -pl $module -am \
  >"$log" 2>&1 || { cat "$log"; rm -f "$log"; exit 1; }
rm -f "$log"
exec 9>&-
simulate() {
  java -Xmx1g -XX:+UseSerialGC -cp "$module/target/test-classes:$module/target/classes:$(cat $classpath)" \
    org.isthmus.protocol.simulator.Simulator "$@"
}
case "${1:-}" in
  '') count=10000 ;;
  nightly) count=100000 ;;
  *) simulate "$@"; exit ;;
esac
simulate seeds $count
simulate seeds $count storm
