#!/usr/bin/env bash
# Coverage-guided fuzzing with Jazzer, one target for its 30 s.
#   fuzz.sh list              the targets: Class.method of each @FuzzTest
#   fuzz.sh Class.method      runs one
set -euo pipefail
cd "$(dirname "$0")/../.."

sources() { find bundles -path '*/src/test/java/*FuzzTest.java' | sort; }
# The method behind each @FuzzTest of a file.
methods() { awk '/@FuzzTest/ {found = 1} found && /^ *(public )?void [a-zA-Z0-9]+\(/ {sub(/^ *(public )?void /, ""); sub(/\(.*/, ""); print; found = 0}' "$1"; }

if [ "$1" = list ]; then
  for file in $(sources); do for method in $(methods "$file"); do echo "$(basename "$file" .java).$method"; done; done
  exit
fi
class=${1%%.*} method=${1#*.}
file=$(sources | grep "/$class.java\$")
module=${file%%/src/*}
work=target/check/fuzz; mkdir -p "$work"
console=$(echo "$PWD"/$work/junit-platform-console-standalone-*.jar)
classpath=$module/target/fuzz.classpath
if [ ! -e "$console" ] || [ ! -e "$classpath" ]; then
  exec 9>"$work/lock"; flock 9
  if [ ! -e "$classpath" ]; then
    modules=$(sources | sed 's#/src/.*##' | sort -u | paste -sd,)
    mvn -q -B -N dependency:copy@junit-console
    mvn -q -B package dependency:build-classpath -DskipTests -Dmdep.includeScope=test -Dmdep.outputFile=target/fuzz.classpath -pl "$modules" -am
  fi
  exec 9>&-
  console=$(echo "$PWD"/$work/junit-platform-console-standalone-*.jar)
fi
qualified=$(sed -n 's/^package \(.*\);/\1/p' "$file").$class
signature=$(sed -n "s/^ *\(public \)\{0,1\}void $method(\(.*\)) .*/\2/p" "$file" | head -n 1)
case $signature in
  byte*) argument='byte[]' ;;
  FuzzedDataProvider*) argument=com.code_intelligence.jazzer.api.FuzzedDataProvider ;;
  *) argument=$(echo "$signature" | sed 's/ [a-zA-Z0-9]*\(,\|$\)/\1/g; s/ //g') ;;
esac
out=$PWD/$work/$1.out
cd "$module"
status=0
JAZZER_FUZZ=1 java -Xmx1g -XX:-OmitStackTraceInFastThrow \
  -cp "target/test-classes:target/classes:$(cat target/fuzz.classpath):$console" \
  org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=tree --fail-if-no-tests --select-method "$qualified#$method($argument)" >"$out" 2>&1 || status=$?
grep -av '^INFO: ' "$out" | tail -n 60
grep -aoE '^#[0-9]+' "$out" | tail -n 1 | sed 's/#\(.*\)/summary: \1 inputs/'
exit $status
