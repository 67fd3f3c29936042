# What the cases share in which sessions go on while something of the appliance is replaced, or dies: what must not change, and traffic.
# Sourced after world.sh and isolate. A LAC in "there" and an LNS in "here", or the other way round, with $sessions sessions of PPP.
#
#   up NAME                         whether all sessions of PPP are up at one end
#   addresses NAME                  the addresses of its sessions
#   state_keep, state_same WHAT     what must not change, at both ends: kept, and compared
#   traffic_begin MILLIS ADDRESS... probes from "here" to each address in "there", one in so many milliseconds, and a TCP stream to the
#                                   first one, until traffic_end
#   silence                         the longest silence of the probes since this was asked last, in milliseconds, and how many have not
#                                   come back so far
#   traffic_end                     waits for both; $work/probes says how it went, and fails if a byte of TCP is lost

up() { [ "$(l2tp "$1" session-list --json | tr -d ' \n' | grep -o '"phase":"network"' | wc -l)" = "$sessions" ]; }

addresses() { l2tp "$1" session-list --json | tr -d ' \n' | grep -o '"localAddress":"[^"]*"' | cut -d'"' -f4 | sort -u; }

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
  local millis=$1 addresses=("${@:2}")
  rm -f "$work/stop"
  there python3 -c '
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("0.0.0.0", 7777))
while True:
    data, peer = s.recvfrom(100); s.sendto(data, peer)' &
  here python3 - "$work" "$millis" "${addresses[@]}" >"$work/probes" <<'PY' &
import os, select, socket, struct, sys, time
work, step, addresses = sys.argv[1], int(sys.argv[2]) / 1000, sys.argv[3:]
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.setblocking(False)
answered = False
while not answered: # until there is somebody who answers
    s.sendto(b"", (addresses[0], 7777))
    if select.select([s], [], [], 0.2)[0]:
        try: s.recv(100); answered = True
        except OSError: pass
time.sleep(1)
while select.select([s], [], [], 0)[0]: s.recv(100)
sent = 0; missing = {}; longest = late = silence = 0.0
following = looked = last = time.monotonic(); end = None
while end is None or time.monotonic() < end:
    now = time.monotonic()
    if end is None and os.path.exists(work + "/stop"): end = now + 3
    if now - looked > 0.2: # what the silence was since somebody asked last
        looked = now
        if os.path.exists(work + "/ask"):
            os.remove(work + "/ask")
            with open(work + "/told.new", "w") as told: told.write(f"{silence * 1000:.0f} {len(missing)}\n")
            os.rename(work + "/told.new", work + "/told"); silence = 0.0
    if end is None and now >= following:
        following += step
        try:
            to = addresses[sent % len(addresses)]
            s.sendto(struct.pack("!Id", sent, now), (to, 7777)); missing[sent] = (time.time(), to); sent += 1
        except OSError: pass
    if select.select([s], [], [], max(0, min(step, following - time.monotonic())))[0]:
        while True:
            try: data = s.recv(100)
            except BlockingIOError: break
            now = time.monotonic(); number, then = struct.unpack("!Id", data)
            missing.pop(number, None); longest = max(longest, now - last); silence = max(silence, now - last)
            late = max(late, now - then); last = now
print(f"{sent} probes, {len(missing)} lost, the longest silence {longest * 1000:.0f} ms, the slowest {late * 1000:.0f} ms")
for at, to in missing.values(): print(f"lost: the one to {to} at {time.strftime('%H:%M:%S', time.gmtime(at))}.{int(at % 1 * 1000):03}")
PY
  probes=$!
  there python3 - "${addresses[0]}" >"$work/received" <<'PY' &
import hashlib, socket, sys
server = socket.create_server((sys.argv[1], 5001)); peer, _ = server.accept()
digest, count = hashlib.sha256(), 0
while data := peer.recv(1 << 16): digest.update(data); count += len(data)
print(count, digest.hexdigest())
PY
  receiver=$!
  here python3 - "${addresses[0]}" "$work/stop" >"$work/sent" <<'PY' &
import hashlib, os, socket, sys, time
peer = None
while peer is None: # the other end may not listen yet
    try: peer = socket.create_connection((sys.argv[1], 5001))
    except ConnectionRefusedError: time.sleep(0.1)
digest, count = hashlib.sha256(), 0
while not os.path.exists(sys.argv[2]):
    block = os.urandom(16384); peer.sendall(block); digest.update(block); count += len(block); time.sleep(0.02)
peer.close()
print(count, digest.hexdigest())
PY
  sender=$!
  sleep 2
}
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
  say "traffic: $(head -1 "$work/probes"); $(cut -d' ' -f1 "$work/sent") bytes of TCP"
}
