#!/usr/bin/env bash
# l2tp:upgrade under traffic: what cannot be taken over is refused before anything is stopped; faulty versions of core (one that throws at
# its start with the tunnels in its hands, one that throws at its first message, one that loses a session, one that hangs, one that lacks a
# class) are rolled back by themselves, and no tunnel and no session is lost at either end; a good version stays after a restart of the process.
# limit: 480
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
. "$root/itests/lib/update.sh"
needs javac
two_hosts
sessions_up "${SESSIONS:-20}" auto
sessions_traffic
state_keep

say "what it would do"
core=$(rebuilt core 1)
l2tp lac "l2tp:upgrade --plan $core" >"$work/answer"
answered "Replaces org.isthmus.core 1.0.0"
answered "by 1.0.1001"
answered "handed over: all tunnels, sessions and control connections"
answered "Expected pause: 250 ms (by experience elsewhere)"
l2tp lac "l2tp:upgrade --plan $(rebuilt protocol 1)" >"$work/answer"
answered "Restarts org.isthmus.core"
answered "Restarts org.isthmus.console"
l2tp lac "l2tp:upgrade --plan --json $core" | python3 -c '
import json, sys
plan = json.load(sys.stdin)["plan"]
assert plan["replaced"][0]["bundle"] == "org.isthmus.core" and plan["refusals"] == [] and plan["pause"]["millis"] == 250, plan'
! l2tp lac "l2tp:upgrade $core" >"$work/answer" || fail "it did not ask: $(cat "$work/answer")"
answered "Nobody answers here: give --yes"

say "what is refused"
refuses() { # refuses WORDS ARGUMENTS...
  ! upgrade lac "${@:2}" || fail "it was not refused: $(cat "$work/answer")"
  answered "$1"
}
changed() { # changed JAR OLD NEW: its manifest, changed
  python3 "$root/itests/lib/jar.py" manifest "$@"
  echo "$1"
}
refuses "Refused: org.isthmus.jnr: its native parts stay loaded" "$(rebuilt jnr 1)"
answered "l2tp:restart"
refuses "Refused: org.isthmus.handover: it keeps what the others leave" "$(rebuilt handover 1)"
refuses "Refused: org.isthmus.upgrade: it carries this command" "$(rebuilt upgrade 1)"
refuses "leaves version 1 of core.engine, and 1.0.1002 reads 7" "$(changed "$(rebuilt core 2)" 'reads="1"' 'reads="7"')"
refuses "it imports org.isthmus.handover [9.1,10), and there is 1" "$(changed "$(rebuilt core 2)" 'org.isthmus.handover;version="[1.' 'org.isthmus.handover;version="[9.1,10)",org.isthmus.handover.fields;version="[1.')"
refuses "org.isthmus.core 1.0.0.SNAPSHOT needs" "$(changed "$(rebuilt protocol 2)" 'org.isthmus.protocol.wire;version="2.' 'org.isthmus.protocol.wire;version="3.')"
refuses "no bundle of that name is installed" "$(changed "$(rebuilt core 2)" 'Bundle-SymbolicName: org.isthmus.core' 'Bundle-SymbolicName: org.isthmus.crane')"
refuses "is older than" "$(changed "$(rebuilt core 2)" 'Bundle-Version: 1.0.1002' 'Bundle-Version: 0.9.0')"
refuses "is neither a file nor a feature" l2tp-nothing
refuses "cannot be read as a bundle" "$work/lac/etc/logback.xml"
state_same "refusing"
! logged lac "go on" || fail "something was stopped"

say "a core that throws at its start, with the tunnels in its hands"
rolls_back() { # rolls_back WORDS JAR
  ! upgrade lac --watch 5 "$2" || fail "it was not rolled back: $(cat "$work/answer")"
  answered "Rolled back: "
  answered "$1"
  answered "no tunnel and no session is lost"
  runs lac org.isthmus.core 1.0.0.SNAPSHOT || fail "the version before does not run: $(l2tp lac 'bundle:list -t 0 -s')"
  state_same "$1"
  say "   $(grep -o 'Rolled back: .*first stop' "$work/answer")"
}
jar=$(faulty 10 admin/EngineComponent \
  's/^        left.ifPresent(parcel -> orLeave(() -> {$/        if (left.isPresent()) throw new IllegalStateException("at start");\n&/')
rolls_back "EngineComponent does not start: java.lang.IllegalStateException: at start" "$jar"
say "a core that throws at its first message"
jar=$(faulty 11 engine/Dispatch \
  's/^    public void arrived(Arrival arrival) {/&\n        if (arrival != null) throw new IllegalStateException("first message");/')
rolls_back "the engine met a defect" "$jar"
say "a core that loses a session"
jar=$(faulty 12 engine/WorkerCheckpoints \
  '/LiveSessionCheckpoint session :/s/ : before.sessions()) {/ : before.sessions().stream().filter(one -> !one.name().equals("s1")).toList()) {/')
rolls_back '/s1" ' "$jar"
say "a core that hangs at its first message"
jar=$(faulty 13 engine/Dispatch \
  's/^    public void arrived(Arrival arrival) {/&\n        try { Thread.sleep(Long.MAX_VALUE); } catch (InterruptedException woken) { throw new IllegalStateException(woken); }/')
rolls_back " within " "$jar" # whoever asks it first: it itself when it goes on, or the upgrade
say "a core that lacks a class"
jar=$(rebuilt core 14)
without "$jar" org/isthmus/core/engine/WorkerCheckpoints.class
rolls_back "EngineComponent does not start" "$jar"
say "a data plane that lacks a class"
jar=$(rebuilt dataplane-user 15)
without "$jar" org/isthmus/dataplane/user/UserTunnel.class
! upgrade lac "$jar" || fail "it was not rolled back: $(cat "$work/answer")"
answered "Rolled back: "
state_same "a faulty data plane"

say "a feature and a KAR"
mkdir -p "$work/kar/repository/org/isthmus/pppd/1.0.1017"
cp "$(rebuilt pppd 17)" "$work/kar/repository/org/isthmus/pppd/1.0.1017/pppd-1.0.1017.jar"
(cd "$work/kar" && python3 -c 'import shutil; shutil.make_archive("../pppd", "zip", ".")') && mv "$work/pppd.zip" "$work/pppd.kar"
upgrade lac --watch 1 "$work/pppd.kar" || fail "$(cat "$work/answer")"
runs lac org.isthmus.pppd 1.0.1017 || fail "the bundle of the KAR does not run"
cat >"$work/features.xml" <<XML
<features name="newer" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
  <feature name="l2tp-ippool" version="1.0.1016">
    <feature>l2tp-core</feature>
    <bundle start-level="50">file:$(rebuilt ippool 16)</bundle>
  </feature>
</features>
XML
l2tp lac "feature:repo-add file:$work/features.xml" >/dev/null
upgrade lac --watch 1 l2tp-ippool || fail "$(cat "$work/answer")"
answered "Replaces org.isthmus.ippool 1.0.0.SNAPSHOT by 1.0.1016"
runs lac org.isthmus.ippool 1.0.1016 || fail "the bundle of the feature does not run"
l2tp lac "feature:list -i --no-format" | grep l2tp-ippool | grep -q 1.0.1016 || fail "the feature does not count as installed: $(cat "$work/answer"; l2tp lac 'feature:list -i --no-format' | grep l2tp)"
upgrade lac l2tp-ippool || fail "$(cat "$work/answer")"
answered "Nothing is to be replaced"
state_same "a feature"

say "a good core, and a restart of the process"
upgrade lac --watch 2 "$core" || fail "$(cat "$work/answer")"
answered "no tunnel and no session is lost"
state_same "a good version"
traffic_end
# The calls that the version placed which had lost two are over with it; of what was before nothing is.
for end in lac lns; do
  ! log $end | grep "is down" | grep -v "it is not known here any more" || fail "$end lost something"
done
l2tp lac "feature:install l2tp-ssh" >/dev/null || fail "feature:install"
wait_for "$appliance_seconds" runs lac org.isthmus.core 1.0.1001 # a feature does not bring the old version back
appliance_stop lac || true
appliance_start lac /run/netns/there
wait_for "$appliance_seconds" appliance_answers lac
wait_for "$appliance_seconds" runs lac org.isthmus.core 1.0.1001
appliance_stop lac || true
rm -rf "$work/lac/data/cache"
appliance_start lac /run/netns/there
wait_for "$appliance_seconds" appliance_answers lac
wait_for "$appliance_seconds" runs lac org.isthmus.core 1.0.1001 # without its cache too
say "versions: $(l2tp lac "bundle:list -t 0 -s --no-format" | grep isthmus.core)"
echo "upgrades are rolled back"
