#!/usr/bin/env bash
# Hot upgrade: sessions under probes and TCP at both ends. Every bundle of the project, one after another, is replaced by a rebuilt
# version with l2tp:upgrade at one end; then core is updated many times in a row there, and at the other end. No tunnel and no
# session is lost, no control connection is reset, every byte of the stream arrives, and what is shown of tunnels and sessions is the
# same before and after; threads, descriptors, class loaders and heap stay as they were. Prints the pause of each bundle.
# SESSIONS, UPDATES and BUNDLES say how much; CASE_DATAPLANE says which data plane carries the packets, auto by default. With that of the
# kernel no probe may be lost.
# limit: 600
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
. "$root/itests/lib/update.sh"
needs jcmd
two_hosts
updates=${UPDATES:-50} dataplane=${CASE_DATAPLANE:-auto}
bundles=${BUNDLES-foreground cli ippool config console pppd dataplane-kernel core dataplane-user ppp protocol linux api}
sessions_up "${SESSIONS:-200}" "$dataplane"
sessions_traffic
state_keep

goes_on() { [ "$(log "$1" | grep -c "go on .* ms after it left")" -ge "$2" ]; }
pauses() { log "$1" | sed -n 's/.* go on \([0-9]*\) ms after it left.*/\1/p'; }
logged_after() { log "$2" | tail -n "+$(($1 + 1))" | grep -qF -- "$3"; } # logged_after LINE NAME TEXT
cpu() { awk '{ print ($14 + $15) * 10 }' "/proc/${appliance_pid[$1]}/stat"; } # milliseconds of the processor so far

say "every bundle of the LAC, one after the other"
number=0 lost=$(silence | cut -d' ' -f2)
for bundle in $bundles; do
  number=$((number + 1))
  jar=$(rebuilt "$bundle" $number)
  silence >/dev/null
  mark=$(log lac | wc -l)
  if ! upgrade lac --watch 1 "$jar"; then
    # The commands come through the bundle itself: it goes on, and the log says how it ends.
    [ "$bundle" = cli ] || fail "$bundle: $(cat "$work/answer")"
    wait_for $appliance_seconds logged lac "Done: org.isthmus.cli"
  fi
  wait_for $appliance_seconds appliance_answers lac
  runs lac "org.isthmus.${bundle/-/.}" "1.0.$((1000 + number))" || fail "$bundle does not run: $(l2tp lac 'bundle:list -t 0 -s')"
  state_same "$bundle"
  read -r silent lost_now <<<"$(silence)"
  say "   $bundle: $(log lac | sed -n 's/.*All of it runs again after \([0-9]* ms\).*/\1/p' | tail -1) from the first stop to the last start," \
    "silence of the probes $silent ms, lost or still on their way $((lost_now - lost))"
  case $bundle in
    foreground | cli | ippool | config | console) ! logged_after "$mark" lac " go on " || fail "$bundle is not on the way of packets, and the engine restarted" ;;
  esac
  lost=$lost_now
done
for bundle in jnr handover upgrade; do
  ! upgrade lac "$(rebuilt $bundle 99)" || fail "$bundle was not refused"
  answered "Refused: org.isthmus.$bundle"
done
state_same "refusing"
say "   jnr, handover, upgrade: refused, as they have to be"
l2tp lac "bundle:update org.isthmus.upgrade file:$work/upgrade-99.jar"
runs lac org.isthmus.upgrade 1.0.1099 || fail "upgrade was not updated by hand, as its refusal says"
state_same "upgrade"

# One client for all of them: a client is a Java that would take the processor.
bulk() { # bulk NAME COUNT FIRST: core of that appliance, so many times; the log says when each goes on
  local i went
  went=$(pauses "$1" | wc -l)
  for i in 1 2; do rebuilt core $(($3 + i)) >/dev/null; done
  { for ((i = 0; i < $2; i++)); do
      echo "bundle:update org.isthmus.core file:$work/core-$(($3 + 1 + i % 2)).jar"
      wait_for $appliance_seconds goes_on "$1" $((went + i + 1)) >&2
      sleep 0.3
    done; } | l2tp "$1" >/dev/null
}
say "core of the LAC, $updates times"
bulk lac 3 100
state_same "three updates"
sleep 12 # idle threads of the versions before end
before=$(gauge lac)
used=$(cpu lac) went=$(pauses lac | wc -l)
bulk lac "$updates" 100
used=$((($(cpu lac) - used) / updates))
state_same "$updates updates of the LAC"
# Idle threads, which end after some seconds, may hold the last versions until then.
nothing_left() {
  after=$(gauge lac)
  read -r threads descriptors loaders heap <<<"$before"
  read -r threads2 descriptors2 loaders2 heap2 <<<"$after"
  [ $((threads2 - threads)) -le 3 ] && [ $((descriptors2 - descriptors)) -le 5 ] && [ $((loaders2 - loaders)) -le 1 ] \
    && [ $((heap2 - heap)) -le 3000 ]
}
eventually 40 nothing_left || fail "something is left of each update: $before became $after"
say "   pauses of core: $(pauses lac | tail -n "$updates" | sort -n | awk '{ a[NR] = $1 } END { print "median", a[int((NR + 1) / 2)] " ms, longest", a[NR] " ms" }')"
say "   an update takes $used ms of a processor in all, traffic of that time included; load: $(cut -d' ' -f1-3 /proc/loadavg)"
say "core of the LNS, 3 times"
bulk lns 3 100
state_same "3 updates of the LNS"
say "   pauses of core: $(pauses lns | tr '\n' ' ')ms"

traffic_end
for end in lac lns; do
  ! logged $end "is down" || fail "$end lost something: $(log $end | grep 'is down')"
  ! log $end | grep ' ERROR ' || fail "$end: $(log $end | grep ' ERROR ' | head -3)"
done
[ "$dataplane" != kernel ] || grep -q " 0 lost" "$work/probes" || fail "the kernel lost probes"
say "threads, descriptors, class loaders, kilobytes of heap: before $before, after $updates updates $after"
say "an operator's stop says goodbye, and so does a shutdown"
l2tp lns "bundle:stop org.isthmus.core" || true
wait_for $appliance_seconds logged lac "being shut down"
l2tp lns "bundle:start org.isthmus.core"
again() { l2tp lac tunnel-create again peer=192.0.2.1 --wait 5 >/dev/null 2>&1 || has lac "tunnel-show again --json" '"state":"established"'; }
wait_for $appliance_seconds again
appliance_stop lac
told() { [ "$(log lns | grep -c "being shut down")" -ge 3 ]; } # two tunnels by the stop, one by the shutdown
wait_for 30 told
echo "hot update holds"
