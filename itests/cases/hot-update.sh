#!/usr/bin/env bash
# Hot upgrade: core is updated to a rebuilt version ten times at one end and three times at the other, then to a faulty one that does
# not start, and then each of the other bundles, while all sessions carry probes and a TCP stream. No tunnel and no session is lost, no
# control connection is reset, every byte of the stream arrives; threads, descriptors and class loaders stay as many as they were.
# SESSIONS, UPDATES and OTHERS say how much; CASE_DATAPLANE says which data plane carries the packets, auto by default. With that of the
# kernel, and no data plane among the others, no probe may be lost.
# limit: 600
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
needs jcmd
two_hosts
sessions=${SESSIONS:-20} updates=${UPDATES:-10} dataplane=${CASE_DATAPLANE:-auto}
others=${OTHERS-ippool config console ppp dataplane-user protocol}

# Each tunnel has a pool of its own, so that answers find the way back.
lns_conf() {
  local net=0
  echo "system { host_name lns
  dataplane $dataplane }"
  for tunnel in two three; do
    net=$((net + 4))
    echo "peer profile \"$tunnel\" { peer_host_name $tunnel
      ppp_profile \"$tunnel\" }
    ppp profile \"$tunnel\" { ip_pool_name \"$tunnel\"
      ingress_filter false }
    ippool \"$tunnel\" { range 10.9.$net.2-10.9.$((net + 3)).250
      gateway 10.9.$net.1 }"
  done
}
lac_conf() {
  local i
  echo "system { host_name lac
  dataplane $dataplane }"
  for tunnel in two three; do
    echo "tunnel \"$tunnel\" {"
    echo "  peer 192.0.2.1"
    echo "  host_name $tunnel"
    [ $tunnel = two ] || echo "  version l2tpv3"
    for ((i = 0; i < sessions / 2; i++)); do echo "  session \"s$i\" { user_name \"alice\" }"; done
    echo "}"
  done
}
appliance lns here 'alice * "wonderland"' < <(lns_conf)
appliance lac there 'alice * "wonderland"' < <(lac_conf)

up() { [ "$(l2tp "$1" session-list --json | tr -d ' \n' | grep -o '"phase":"network"' | wc -l)" = "$sessions" ]; }
wait_for $((60 + appliance_seconds)) up lac
wait_for $appliance_seconds up lns
say "$sessions sessions are up"

# What must not change, of every tunnel and session at one end.
identity() {
  { l2tp "$1" tunnel-list --json; l2tp "$1" session-list --json; } | python3 -c '
import json, sys
decoder, text, at = json.JSONDecoder(), sys.stdin.read(), 0
while at < len(text.rstrip()):
    value, at = decoder.raw_decode(text, at)
    while at < len(text) and text[at].isspace(): at += 1
    for one in value if isinstance(value, list) else value.get("tunnels", value.get("sessions", [value])):
        ppp = one.get("ppp") or {}
        print(*[one.get(k) for k in ("name", "tunnelName", "tunnelId", "peerTunnelId", "sessionId", "peerSessionId", "state", "upSince",
            "interfaceName")], ppp.get("localAddress"), ppp.get("remoteAddress"), ppp.get("userName"))
' | sort
}
cpu() { awk '{ print ($14 + $15) * 10 }' "/proc/${appliance_pid[$1]}/stat"; } # milliseconds of the processor so far
gauge() { # gauge NAME: threads, descriptors, class loaders of bundles after a collection
  local pid=${appliance_pid[$1]}
  jcmd "$pid" GC.run >/dev/null
  sleep 1
  echo "$(ls "/proc/$pid/task" | wc -l) $(ls "/proc/$pid/fd" | wc -l) $(jcmd "$pid" VM.classloader_stats | grep -c BundleClassLoader)"
}

# The same jar of another version, as a build of it would be.
rebuilt() { # rebuilt BUNDLE NUMBER
  local jar; jar=$(find "$home/system" -path "*org/isthmus/$1/*" -name "$1-*.jar" | head -1)
  python3 - "$jar" "$work/$1-$2.jar" "1.0.$((1000 + $2))" <<'PY'
import sys, zipfile, re
source, target, version = sys.argv[1:]
with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
    for entry in old.infolist():
        data = old.read(entry)
        if entry.filename == "META-INF/MANIFEST.MF":
            data = re.sub(rb"Bundle-Version: [^\r\n]*", b"Bundle-Version: " + version.encode(), data)
        new.writestr(entry, data)
PY
  echo "$work/$1-$2.jar"
}
goes_on() { [ "$(log "$1" | grep -c "go on .* ms after it left")" -ge "$2" ]; }
pauses() { log "$1" | sed -n 's/.* go on \([0-9]*\) ms after it left.*/\1/p' | tr '\n' ' '; }

say "probes to all sessions, and a TCP stream"
addresses=$(l2tp lac session-list --json | tr -d ' \n' | grep -o '"localAddress":"[^"]*"' | cut -d'"' -f4 | sort -u)
there python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("0.0.0.0", 7777))
while True:
    data, peer = s.recvfrom(100); s.sendto(data, peer)' &
here python3 - "$work/stop" $addresses >"$work/probes" <<'PY' &
import os, select, socket, struct, sys, time
stop, addresses = sys.argv[1], sys.argv[2:]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setblocking(False)
sent = received = 0; longest = 0.0; last = None; late = 0.0
following = time.monotonic()
end = None
while end is None or time.monotonic() < end:
    now = time.monotonic()
    if end is None and os.path.exists(stop): end = now + 2
    if end is None and now >= following:
        following += 0.005
        try:
            s.sendto(struct.pack("!d", now), (addresses[sent % len(addresses)], 7777)); sent += 1
        except OSError: pass
    if select.select([s], [], [], max(0, min(0.005, following - time.monotonic())))[0]:
        while True:
            try: data = s.recv(100)
            except BlockingIOError: break
            now = time.monotonic(); received += 1
            if last is not None and now - last > longest: longest = now - last
            late = max(late, now - struct.unpack("!d", data)[0]); last = now
print(f"{sent} probes, {sent - received} lost, the longest silence {longest * 1000:.0f} ms, the slowest {late * 1000:.0f} ms")
PY
probes=$!
stream_to=$(echo "$addresses" | head -1)
there python3 - "$stream_to" >"$work/received" <<'PY' &
import hashlib, socket, sys
server = socket.create_server((sys.argv[1], 5001)); peer, _ = server.accept()
digest, count = hashlib.sha256(), 0
while data := peer.recv(1 << 16): digest.update(data); count += len(data)
print(count, digest.hexdigest())
PY
receiver=$!
sleep 1
here python3 - "$stream_to" "$work/stop" >"$work/sent" <<'PY' &
import hashlib, os, socket, sys, time
peer = socket.create_connection((sys.argv[1], 5001)); digest, count = hashlib.sha256(), 0
while not os.path.exists(sys.argv[2]):
    block = os.urandom(16384); peer.sendall(block); digest.update(block); count += len(block); time.sleep(0.02)
peer.close()
print(count, digest.hexdigest())
PY
sender=$!
sleep 3
identity lac > "$work/lac.before"
identity lns > "$work/lns.before"
[ "$(wc -l < "$work/lac.before")" -ge "$sessions" ] || fail "the LAC shows only $(cat "$work/lac.before")"

# update NAME BUNDLE NUMBER COUNT
update() {
  local jar; jar=$(rebuilt "$2" "$3")
  l2tp "$1" "bundle:update org.isthmus.$2 file:$jar" || fail "$1: bundle:update $2"
  wait_for $appliance_seconds goes_on "$1" "$4"
}
same() {
  local end
  for end in lac lns; do
    wait_for $appliance_seconds appliance_answers $end
    wait_for $appliance_seconds up $end
    identity $end > "$work/$end.after"
    diff "$work/$end.before" "$work/$end.after" || fail "$1: the $end has changed"
  done
}
say "core of the LAC, $updates times"
update lac core 1 1
same "one update"
before=$(gauge lac)
used=$(cpu lac)
for ((i = 2; i <= updates; i++)); do update lac core $i $i; done
used=$((($(cpu lac) - used) / (updates - 1)))
same "$updates updates of the LAC"
after=$(gauge lac)
say "core of the LNS, 3 times"
for i in 1 2 3; do update lns core $i $i; sleep 1; done
same "3 updates of the LNS"

say "a faulty core, which lacks a class, and then a good one"
jar=$(rebuilt core 20)
python3 - "$jar" "$work/faulty.jar" <<'PY'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as old, zipfile.ZipFile(sys.argv[2], "w") as new:
    for entry in old.infolist():
        if not entry.filename.endswith("/WorkerCheckpoints.class"): new.writestr(entry, old.read(entry))
PY
l2tp lac "bundle:update org.isthmus.core file:$work/faulty.jar" || true
wait_for $appliance_seconds logged lac "this version cannot go on with the tunnels of the one before it"
update lac core 21 $((updates + 1))
same "a faulty version"
say "the good one goes on where the last good one was"

# One after the other: sessions and control connections stay, whatever is replaced.
say "others of the LAC, one after the other"
count=$((updates + 1))
# replace BUNDLE NUMBER [core]: updates it, and has others use the new version; with core, waits until that is back
replace() {
  local jar; jar=$(rebuilt "$1" "$2")
  l2tp lac "bundle:update org.isthmus.${1/-/.} file:$jar" || true # the console itself may go with it
  wait_for $appliance_seconds appliance_answers lac
  l2tp lac "bundle:refresh org.isthmus.${1/-/.}" || true
  if [ "${3:-}" = core ]; then count=$((count + 1)); wait_for $appliance_seconds goes_on lac $count; fi
  wait_for $appliance_seconds appliance_answers lac
  l2tp lac "bundle:list -t 0 --no-format" | grep -F "1.0.$((1000 + $2))" | grep -q Active || fail "$1 is not active: $(l2tp lac 'bundle:list -t 0 --no-format')"
  same "$1"
  say "$1: nothing is lost"
}
# (cli is not among them: it cannot be updated by a command that comes through its own socket.)
number=30
for bundle in $others; do
  number=$((number + 1))
  case $bundle in ppp | protocol) replace $bundle $number core ;; *) replace $bundle $number ;; esac
done

touch "$work/stop"
wait $sender $probes
wait $receiver || fail "the TCP stream broke"
[ "$(cat "$work/sent")" = "$(cat "$work/received")" ] || fail "the stream: $(cat "$work/sent") became $(cat "$work/received")"
for end in lac lns; do
  ! logged $end "is down" || fail "$end lost something: $(log $end | grep 'is down')"
  ! log $end | grep ' ERROR ' | grep -v 'cannot go on\|EngineComponent\|service.component' \
    || fail "$end: $(log $end | grep ' ERROR ' | head -3)"
done
say "pauses of core: LAC $(pauses lac)ms, LNS $(pauses lns)ms"
say "an update takes $used ms of a processor in all, traffic of that time included; load: $(cut -d' ' -f1-3 /proc/loadavg)"
say "traffic: $(cat "$work/probes"); $(cut -d' ' -f1 "$work/sent") bytes of TCP"
[ "$dataplane" != kernel ] || [[ $others == *dataplane* ]] || grep -q " 0 lost" "$work/probes" || fail "the kernel lost probes"
say "threads, descriptors, class loaders: after one update $before, after $updates $after"
read -r threads descriptors loaders <<<"$before"
read -r threads2 descriptors2 loaders2 <<<"$after"
[ $((threads2 - threads)) -le 3 ] && [ $((descriptors2 - descriptors)) -le 5 ] && [ $((loaders2 - loaders)) -le 1 ] \
  || fail "something is left of each update: $before became $after"
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
