#!/usr/bin/env bash
# xl2tpd's control channel, both ways, as far as it goes where the kernel has no L2TP: tunnel up with challenge, HELLO,
# session set-up to ICCN, clean StopCCN.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
needs xl2tpd
isolate "$@"
. "$root/itests/lib/xl2tpd.sh"
two_hosts

xl2tpd_lns() {
  xl2tpd_with <<'CONF'
[lns default]
ip range = 10.2.0.2-10.2.0.9
local ip = 10.2.0.1
challenge = yes
CONF
}

profiles='
tunnel profile "default" {
  auth_mode     challenge
  secret        "tunnelsecret"
  hello_timeout 1
}
peer profile "default" { }
ppp profile "default" {
  local_ipaddr  10.1.0.1
  remote_ipaddr 10.1.0.2
}'

say "xl2tpd is the LAC, the appliance the LNS"
appliance lns here <<<"$profiles"
xl2tpd_with <<CONF
[lac isthmus]
lns = 192.0.2.1
autodial = yes
challenge = yes
redial = no
CONF
wait_for 20 has lns "tunnel-list --json" '"state":"established"'
wait_for 20 xl2tpd_logged 'Sending ICCN'
wait_for 20 xl2tpd_logged 'Call established with 192.0.2.1'
wait_for 20 xl2tpd_logged 'message type is Hello'
l2tp lns tunnel-list
l2tp lns counters-show | grep -E "sessions_established|tunnels_established"
has lns "counters-show --json" '"sessionsEstablished":1' || has lns "counters-show --json" '"sessions_established":1' \
  || fail "no session reached ICCN"
say "the appliance goes: xl2tpd is told"
appliance_stop lns
wait_for 10 xl2tpd_logged 'Connection closed to 192.0.2.1'
xl2tpd_end

say "xl2tpd is the LNS, the appliance the LAC"
xl2tpd_lns
appliance lac here <<CONF
$profiles
tunnel "xl" {
  peer 192.0.2.2
  session "one" {
    user_name     "alice"
    user_password "wonderland"
  }
}
CONF
wait_for 20 xl2tpd_logged 'Connection established to 192.0.2.1'
wait_for 20 xl2tpd_logged 'message type is Incoming-Call-Connected'
wait_for 20 xl2tpd_logged 'message type is Hello'
l2tp lac tunnel-list
l2tp lac session-list
say "xl2tpd closes the tunnel: the appliance is told"
tunnel=$(sed -n 's/^.*Connection established to 192.0.2.1.*Local: \([0-9]*\),.*/\1/p' "$work/xl2tpd.log" | tail -1)
xl2tpd_control disconnect-lac "$tunnel"
wait_for 15 has lac "tunnel-show xl --json" '"state":"down"'
l2tp lac tunnel-show xl
xl2tpd_end

say "asked for version 3, xl2tpd has only version 2: the tunnel comes up in that, and the console says so"
xl2tpd_lns
l2tp lac tunnel-create fallback peer=192.0.2.2 version=auto
wait_for 20 has lac "tunnel-show fallback --json" '"state":"established"'
l2tp lac tunnel-show fallback
has lac "tunnel-show fallback" "asked for L2TPv3, the peer has only L2TPv2" || fail "the console does not say that it is version 2"
has lac "tunnel-show fallback --json" '"version":2' || fail "the version is not 2"
l2tp lac tunnel-delete fallback
xl2tpd_end

say "something before xl2tpd drops every request that offers version 3: it is asked again in version 2 alone"
needs python3
xl2tpd_port=1702
xl2tpd_lns
# Attribute 61 of vendor 0, the Assigned Control Connection ID, is what makes a request one of version 3 too.
there python3 - > "$work/relay.log" 2>&1 <<'PY' &
import select, socket
outer = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); outer.bind(("192.0.2.2", 1701))
inner = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); inner.connect(("192.0.2.2", 1702))
client = None
while True:
    for ready in select.select([outer, inner], [], [])[0]:
        if ready is outer:
            datagram, client = outer.recvfrom(65535)
            if b"\0\0\0\x3d" in datagram:
                print("dropped", len(datagram), flush=True)
            else:
                inner.send(datagram)
        elif client:
            try:
                outer.sendto(inner.recv(65535), client)
            except ConnectionError:
                pass
PY
l2tp lac tunnel-create stubborn peer=192.0.2.2 version=auto max_retries=2
wait_for 30 has lac "tunnel-show stubborn --json" '"state":"established"'
grep -q dropped "$work/relay.log" || fail "no request for both versions was dropped"
l2tp lac tunnel-show stubborn
has lac "tunnel-show stubborn" "asked for L2TPv3, the peer has only L2TPv2" || fail "the console does not say that it is version 2"
grep "asked again in L2TPv2 alone" "$work/lac/log/l2tpd.log" || fail "the log does not say that version 2 was tried"
appliance_stop lac
echo "passed"
