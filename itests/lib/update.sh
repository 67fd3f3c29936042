# What the cases of hot upgrade share: a LAC and an LNS with sessions in two tunnels, one of each version, under traffic, and new
# versions of bundles. Sourced after world.sh and isolate.
#
#   sessions_up COUNT DATAPLANE     starts both ends and waits until so many sessions are up
#   traffic_begin                   probes to all sessions and a TCP stream, until traffic_end
#   traffic_end                     waits for both; $work/probes says how it went, and fails if a byte of TCP is lost
#   state_keep, state_same WHAT     what must not change, at both ends: kept, and compared
#   rebuilt BUNDLE NUMBER           the same jar of version 1.0.(1000 + NUMBER), as a build of it would be; prints its path
#   without JAR ENTRY...            the same without some entries
#   faulty NUMBER CLASS SED         core with a class whose source is changed by a sed script, as version 1.0.(1000 + NUMBER)
#   upgrade NAME ARGUMENTS...       l2tp:upgrade --yes at an appliance; its answer goes to $work/answer
#   gauge NAME                      threads, descriptors, class loaders of bundles and kilobytes of heap, after a collection

# Each tunnel has a pool of its own, so that answers find the way back.
lns_conf() {
  local net=0
  echo "system { host_name lns
  dataplane $1 }"
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
  dataplane $1 }"
  for tunnel in two three; do
    echo "tunnel \"$tunnel\" {"
    echo "  peer 192.0.2.1"
    echo "  host_name $tunnel"
    [ $tunnel = two ] || echo "  version l2tpv3"
    for ((i = 0; i < sessions / 2; i++)); do echo "  session \"s$i\" { user_name \"alice\" }"; done
    echo "}"
  done
}

up() { [ "$(l2tp "$1" session-list --json | tr -d ' \n' | grep -o '"phase":"network"' | wc -l)" = "$sessions" ]; }

sessions_up() {
  sessions=$1
  appliance lns here 'alice * "wonderland"' < <(lns_conf "$2")
  appliance lac there 'alice * "wonderland"' < <(lac_conf "$2")
  wait_for $((60 + appliance_seconds)) up lac
  wait_for $appliance_seconds up lns
  say "$sessions sessions are up"
}

# What must not change, of every tunnel and session at one end: all but counters and what passes.
identity() {
  { l2tp "$1" tunnel-list --json; l2tp "$1" session-list --json; } | python3 -c '
import json, sys
decoder, text, at = json.JSONDecoder(), sys.stdin.read(), 0
while at < len(text.rstrip()):
    value, at = decoder.raw_decode(text, at)
    while at < len(text) and text[at].isspace(): at += 1
    for one in value if isinstance(value, list) else value.get("tunnels", value.get("sessions", [value])):
        for passing in ("counters", "data"): one.pop(passing, None)
        print(json.dumps(one, sort_keys=True))
' | sort
}
state_keep() {
  local end
  for end in lac lns; do identity $end > "$work/$end.before"; done
  [ "$(wc -l < "$work/lac.before")" -ge "$sessions" ] || fail "the LAC shows only $(cat "$work/lac.before")"
}
state_same() {
  local end
  for end in lac lns; do
    wait_for $appliance_seconds appliance_answers $end
    wait_for $appliance_seconds up $end
    identity $end > "$work/$end.after"
    diff "$work/$end.before" "$work/$end.after" || fail "$1: the $end has changed"
  done
}

traffic_begin() {
  rm -f "$work/stop"
  local addresses; addresses=$(l2tp lac session-list --json | tr -d ' \n' | grep -o '"localAddress":"[^"]*"' | cut -d'"' -f4 | sort -u)
  there python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("0.0.0.0", 7777))
while True:
    data, peer = s.recvfrom(100); s.sendto(data, peer)' &
  here python3 - "$work" $addresses >"$work/probes" <<'PY' &
import os, select, socket, struct, sys, time
work, addresses = sys.argv[1], sys.argv[2:]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setblocking(False)
sent = received = 0; longest = 0.0; last = None; late = silence = 0.0
following = looked = time.monotonic()
end = None
while end is None or time.monotonic() < end:
    now = time.monotonic()
    if end is None and os.path.exists(work + "/stop"): end = now + 2
    if now - looked > 0.2: # what the silence was since somebody asked last
        looked = now
        if os.path.exists(work + "/ask"):
            os.remove(work + "/ask")
            with open(work + "/told.new", "w") as told: told.write(f"{silence * 1000:.0f} {sent - received}\n")
            os.rename(work + "/told.new", work + "/told"); silence = 0.0
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
            if last is not None: longest = max(longest, now - last); silence = max(silence, now - last)
            late = max(late, now - struct.unpack("!d", data)[0]); last = now
print(f"{sent} probes, {sent - received} lost, the longest silence {longest * 1000:.0f} ms, the slowest {late * 1000:.0f} ms")
PY
  probes=$!
  local stream_to; stream_to=$(echo "$addresses" | head -1)
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
  sleep 1
}
# The longest silence of the probes since this was asked last, in milliseconds, and how many have not come back so far.
silence() {
  rm -f "$work/told"; touch "$work/ask"
  wait_for 10 test -e "$work/told"
  cat "$work/told"
}
traffic_end() {
  touch "$work/stop"
  wait $sender $probes
  wait $receiver || fail "the TCP stream broke"
  [ "$(cat "$work/sent")" = "$(cat "$work/received")" ] || fail "the stream: $(cat "$work/sent") became $(cat "$work/received")"
  say "traffic: $(cat "$work/probes"); $(cut -d' ' -f1 "$work/sent") bytes of TCP"
}

built_jar() { find "$home/system" -path "*org/isthmus/$1/*" -name "$1-*.jar" | head -1; }

rebuilt() {
  python3 - "$(built_jar "$1")" "$work/$1-$2.jar" "1.0.$((1000 + $2))" <<'PY'
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
without() {
  python3 - "$@" <<'PY'
import os, sys, zipfile
jar, gone = sys.argv[1], sys.argv[2:]
with zipfile.ZipFile(jar) as old, zipfile.ZipFile(jar + ".new", "w", zipfile.ZIP_DEFLATED) as new:
    for entry in old.infolist():
        if entry.filename not in gone: new.writestr(entry, old.read(entry))
os.rename(jar + ".new", jar)
PY
}
faulty() {
  local jar source=$root/bundles/core/src/main/java/org/isthmus/core/$2.java place=$work/faulty-$1
  jar=$(rebuilt core "$1")
  mkdir -p "$place/source" "$place/classes"
  sed "$3" "$source" > "$place/source/$(basename "$2").java"
  ! cmp -s "$source" "$place/source/$(basename "$2").java" || fail "the source of $2 is not what this case takes it for"
  # What the annotations of components say stands in the jar already; they are in no bundle of the appliance.
  python3 - "$place/source/$(basename "$2").java" <<'PY'
import re, sys
text = open(sys.argv[1]).read()
text = re.sub(r"import org\.osgi\.service\.component\.annotations\..*;", "", text)
text = re.sub(r"@(Component|Activate|Deactivate|Reference)\b(\s*\([^()]*\))?", "", text)
open(sys.argv[1], "w").write(text)
PY
  javac -nowarn -proc:none -d "$place/classes" -cp "$(find "$home/system" -name '*.jar' | paste -sd:)" "$place/source/"*.java >&2 \
    || fail "the changed $2 cannot be compiled"
  (cd "$place/classes" && python3 -m zipfile -l "$jar" >/dev/null && python3 - "$jar" <<'PY'
import os, sys, zipfile
jar = sys.argv[1]
changed = {os.path.relpath(os.path.join(folder, name), ".") for folder, _, names in os.walk(".") for name in names}
with zipfile.ZipFile(jar) as old, zipfile.ZipFile(jar + ".new", "w", zipfile.ZIP_DEFLATED) as new:
    for entry in old.infolist():
        if entry.filename not in changed: new.writestr(entry, old.read(entry))
    for name in changed: new.write(name)
os.rename(jar + ".new", jar)
PY
  )
  echo "$jar"
}

upgrade() { l2tp "$1" "l2tp:upgrade --yes ${*:2}" >"$work/answer" 2>&1; }
answered() { grep -qF -- "$1" "$work/answer" || fail "no \"$1\" in the answer: $(cat "$work/answer")"; }
runs() { l2tp "$1" "bundle:list -t 0 -s --no-format" | grep -F "$2" | grep -F "$3" | grep -q Active; } # runs NAME SYMBOLIC-NAME VERSION

gauge() {
  local pid=${appliance_pid[$1]}
  jcmd "$pid" GC.run >/dev/null
  sleep 1
  echo "$(ls "/proc/$pid/task" | wc -l) $(ls "/proc/$pid/fd" | wc -l) $(jcmd "$pid" VM.classloader_stats | grep -c BundleClassLoader)" \
    "$(jcmd "$pid" GC.class_histogram | awk '/^Total/ { print int($3 / 1024) }')"
}
