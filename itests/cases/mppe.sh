#!/usr/bin/env bash
# Encryption (MPPE): ping and TCP pass between a LAC and an LNS, and what is in them is nowhere on the wire, with a key for each
# packet and with one for 256, and while packets are lost. A peer that does not encrypt is refused.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
needs ping python3 nft
isolate "$@"
two_hosts

treasure=4973746d75732d7472656173757265 # "Istmus-treasure", 15 bytes

# records SECONDS: all that passes the link to "there" in that time, as it is, into a file; "ready" when it listens
records() {
  rm -f "$work/wire" "$work/ready"
  there python3 - "$1" "$work" <<'PY' &
import socket, sys, time
wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
wire.bind(("there0", 0))
wire.settimeout(0.2)
end = time.monotonic() + float(sys.argv[1])
with open(sys.argv[2] + "/wire.part", "wb") as file:
    open(sys.argv[2] + "/ready", "w").close()
    while time.monotonic() < end:
        try:
            file.write(wire.recv(65536))
        except socket.timeout:
            pass
PY
  recorder=$!
  wait_for 10 test -e "$work/ready"
}

# on_the_wire: whether the treasure is in what passed while it was sent ten times each way
on_the_wire() {
  records 4
  there ping -c 10 -i 0.2 -W 2 -s 400 -p "$treasure" 10.9.0.1 >"$work/ping" || fail "no ping: $(cat "$work/ping")"
  wait "$recorder"
  [ "$(stat -c %s "$work/wire.part")" -gt 8000 ] || fail "hardly anything was recorded"
  grep -qaF 'Istmus-treasure' "$work/wire.part"
}

lns='system { host_name "lns" }
peer profile "all" { peer_ipaddr 0.0.0.0/0 }
ppp profile "default" {
  ip_pool_name "users"
  PPP
}
ippool "users" {
  range   10.9.0.2-10.9.0.9
  gateway 10.9.0.1
}'
lac='system { host_name "lac" }
ppp profile "default" { PPP }
tunnel "office" {
  peer    192.0.2.1
  persist true
  session "SESSION" { user_name "alice" }
}'

up() { wait_for 60 has lac "session-show office/$1 --json" '"phase":"network"' && wait_for 20 there ping -c 1 -W 1 10.9.0.1 >/dev/null; }

applied_again() { [ "$(applied "$1")" -gt "$2" ]; }
# rewrite NAME: its l2tpd.conf is replaced, from standard input, and in force
rewrite() {
  local before
  before=$(applied "$1")
  write "$1"
  wait_for 10 applied_again "$1" "$before"
}

# both SESSION SETTINGS: from now on the profiles of both ends have these settings, for a new session
both() {
  rewrite lns <<<"${lns/PPP/$2}"
  local conf=${lac/PPP/$2}
  write lac <<<"${conf/SESSION/$1}"
  up "$1"
}

say "without encryption the treasure is there for everybody"
conf=${lac/PPP/}
appliance_begin lac there 'alice * "wonderland"' <<<"${conf/SESSION/plain}"
appliance_begin lns here 'alice * "wonderland"' <<<"${lns/PPP/}"
wait_for 90 appliance_answers lac
wait_for 90 appliance_answers lns
up plain
on_the_wire || fail "the treasure was not found where nothing is encrypted: this case would see nothing"

say "with a key for each packet"
both stateless 'mppe require'
l2tp lac session-show office/stateless | grep -F 'MPPE 128 bits stateless' || fail "the LAC does not say how packets are encrypted"
has lac "session-show office/stateless --json" '"encryption":"MPPE128bitsstateless"' || fail "nor to a program"
! on_the_wire || fail "the treasure is on the wire"
transfer there here 10.9.0.1 8
transfer here there "$(l2tp lac session-show office/stateless | sed -n 's/.*Our address *//p')" 8

say "with one key for 256 packets"
both stateful 'mppe require
  mppe_stateful prefer'
has lac "session-show office/stateful --json" 'MPPE128bitsstateful' || fail "the LAC does not say that there is state"
! on_the_wire || fail "the treasure is on the wire"

transfer there here 10.9.0.1 8

say "while two packets in a hundred are lost"
there nft -f - <<'NFT'
table inet lossy {
  chain in { type filter hook input priority 0; udp sport 1701 numgen random mod 50 == 0 drop; }
  chain out { type filter hook output priority 0; udp dport 1701 numgen random mod 50 == 0 drop; }
}
NFT
transfer there here 10.9.0.1 2
there nft delete table inet lossy
wait_for 10 there ping -c 1 -W 1 10.9.0.1 >/dev/null # it takes a packet each way to find out that one was lost

say "a peer that does not encrypt is refused, and both say why"
rewrite lns <<<"${lns/PPP/mppe require}"
conf=${lac/PPP/mppe off}
write lac <<<"${conf/SESSION/clear}"
wait_for 30 logged lac 'compulsory encryption'
! has lac "session-show office/clear --json" '"phase":"network"' || fail "the session is up in clear"
wait_for 10 logged lns 'encryption is required, and the peer refuses it'
say "encrypted or not at all"
