#!/usr/bin/env bash
# What a protocol analyser (tshark) thinks of our messages: every message of both versions with every AVP that it may have,
# runs of the simulator, and what l2tp:capture writes of a tunnel between two appliances. None may be malformed or draw a
# warning, save those below, where tshark 4.0 is wrong.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
needs tshark python3
files=$root/target/check/analyser
if [ "${ISOLATED:-}" != yes ]; then
  mkdir -p "$files"
  rm -f "$files"/*
  "$root/itests/check/simulator.sh" captures "$files" >"$files/messages.txt"
fi
isolate "$@"
two_hosts

# analysed FILE SECRET FIELDS...: a line for each packet
analysed() { tshark -n -r "$1" -o "l2tp.shared_secret:$2" -T fields "${@:3}" 2>"$work/tshark.log"; }

# clean FILE SECRET [many]: fails for the packets that are malformed or draw a warning or an error, and shows them.
#   Vendor-Specific AVP data: tshark does not know the values of attributes 47 to 52 (RFC 3308, RFC 3437) and 76 to 79
#     (RFC 4951).
#   Incorrect Digest: tshark reads an LCP CONFREQ as if it were a PPP frame, which makes it forget the packet's addresses,
#     and takes the nonces in the wrong order: only in messages with one (protocols: ppp). In a StopCCN before any answer it
#     does not count the nonce of the SCCRQ. In runs of the simulator (third argument) it mixes up the nonces of several
#     control connections between one pair of addresses, and does not note that of an SCCRQ for both versions.
clean() {
  analysed "$1" "$2" -Y '_ws.malformed or _ws.expert.severity >= 0x600000' -E separator=';' -E aggregator=, \
    -e frame.number -e frame.protocols -e l2tp.avp.type -e _ws.expert.message -e _ws.malformed \
    -e l2tp.avp.message_type -e l2tp.ccid >"$work/findings"
  awk -F';' -v many="${3:-}" '{
      unknown = 0; n = split($3, types, ",")
      for (i = 1; i <= n; i++) if (types[i] >= 47 && types[i] <= 52 || types[i] >= 76 && types[i] <= 79) unknown++
      left = ""; m = split($4, words, ",")
      for (i = 1; i <= m; i++) {
        if (words[i] == "Vendor-Specific AVP data" && unknown-- > 0) continue
        if (words[i] == "Incorrect Digest" && (many || $2 ~ /:ppp/ || $6 == 4 && $7 ~ /^0(x0+)?$/)) continue
        left = left " " words[i]
      }
      if (left != "" || $5 != "") print "packet " $1 " (" $2 "):" left, $5
    }' "$work/findings" >"$work/complaints"
  [ ! -s "$work/complaints" ] || { head -20 "$work/complaints" >&2; fail "tshark complains about $1"; }
  say "clean: $(basename "$1"), $(analysed "$1" "$2" -e frame.number | wc -l) packets"
}

# The exceptions must not hide all: a message that is broken on purpose is found.
say "tshark finds what is broken"
tshark -r "$files/messages.pcapng" -w "$work/few.pcapng" -c 3 2>/dev/null
python3 - "$work/few.pcapng" <<'PYTHON'
import sys
data = open(sys.argv[1], "rb").read()
assert b"\x80\x08\0\0\0\0\0\1" in data
open(sys.argv[1], "wb").write(data.replace(b"\x80\x08\0\0\0\0\0\1", b"\xf3\xff\0\0\0\0\0\1"))
PYTHON
! (clean "$work/few.pcapng" x) >/dev/null 2>&1 || fail "tshark finds nothing wrong with an AVP that reaches beyond its message"

say "every message"
clean "$files/messages.pcapng" simulated
for version in 2 3; do
  analysed "$files/messages.pcapng" simulated -Y "l2tp.version == $version" -e l2tp.avp.message_type | sort -un | tr '\n' ' ' >"$work/types"
  say "message types of version $version: $(cat "$work/types")"
  for type in 1 2 3 4 6 7 8 9 10 11 12 14 15 16 21 22; do
    grep -qw $type "$work/types" || fail "no message of type $type in version $version"
  done
done
say "runs of the simulator"
for file in "$files"/{changing,storm}-*.pcapng; do clean "$file" simulated many; done

say "tunnels between two appliances: version 2, version 3 over UDP and over IP"
appliance lns there 'alice * "wonderland"' <<'CONF'
system {
  host_name lns
  listen_ip true
}
session profile "udp" {
  remote_end_id   udp
  pseudowire_type ethernet
  cookie_length   8
  interface_name  udp0
}
session profile "ip" {
  remote_end_id   ip
  pseudowire_type ethernet
  data_sequencing all
  interface_name  ip0
}
peer profile "all" {
  peer_ipaddr      0.0.0.0/0
  session_profiles "udp", "ip"
}
tunnel profile "default" {
  auth_mode challenge
  secret    "tunnelsecret"
  digest    sha1
}
ppp profile "default" { ip_pool_name users }
ippool "users" {
  range   10.9.0.2-10.9.0.254
  gateway 10.9.0.1
}
CONF
appliance lac here <<'CONF'
system { host_name lac }
tunnel profile "default" {
  auth_mode     challenge
  secret        "tunnelsecret"
  digest        sha1
  retry_timeout 1
}
tunnel "office" {
  persist   true
  version   l2tpv2
  hide_avps true
  peer      192.0.2.99
}
tunnel "udp" {
  version l2tpv3
  persist true
  peer    192.0.2.99
  session "udp" {
    remote_end_id   udp
    pseudowire_type ethernet
    cookie_length   4
    interface_name  udp0
  }
}
tunnel "ip" {
  version l2tpv3
  persist true
  encap   ip
  peer    192.0.2.99
  session "ip" {
    remote_end_id   ip
    pseudowire_type ethernet
    data_sequencing all
    interface_name  ip0
  }
}
CONF
capture=()
say "captured and traced from its first message on, over a peer that does not answer and one that does"
for name in office udp ip; do
  l2tp lac capture $name "$work/$name.pcapng" --data --seconds 25 >"$work/$name.log" &
  capture+=($!)
done
ISTHMUS_DATA=$work/lac/data timeout -s INT 20 "$home/bin/l2tp" trace office >"$work/trace.log" &
trace=$!
for name in office udp ip; do wait_for 10 grep -q Capturing "$work/$name.log"; done
wait_for 10 grep -q Tracing "$work/trace.log"
sed -i 's/192.0.2.99/192.0.2.2/; s/hide_avps true/hide_avps true\n  session "alice" {\n    user_name alice\n    user_password wonderland\n  }/' "$work/lac/etc/l2tpd.conf"
l2tp lac reload
for session in office/alice udp/udp ip/ip; do wait_for 20 has lac "session-show $session --json" '"state":"established"'; done
l2tp lac session-list
for name in udp ip; do
  for side in here there; do wait_for 10 quietly ip -n $side link show dev ${name}0; done
  network=$([ $name = udp ] && echo 10.8.1 || echo 10.8.2)
  ip -n here addr add $network.1/24 dev ${name}0
  ip -n there addr add $network.2/24 dev ${name}0
  wait_for 10 quietly here ping -c 1 -W 1 $network.2
done
wait_for 10 here ping -c 3 -i 0.2 -W 1 10.9.0.1
l2tp lac log:set TRACE org.isthmus.trace.office
for session in office/alice udp/udp ip/ip; do l2tp lac session-delete $session; done
wait_for 10 grep -q 'tunnel "office" to 192.0.2.2:1701: CDN tunnel' "$work/lac/log/l2tpd.log"
wait "$trace" || true
for pid in "${capture[@]}"; do wait "$pid" || fail "a capture did not end by itself"; done
tail -n 1 -q "$work"/{office,udp,ip}.log
head -60 "$work/trace.log"
[ "$(stat -c %a "$work/office.pcapng")" = 600 ] || fail "others can read the capture"
for line in '> SCCRQ tunnel 0' '< SCCRP' '> SCCCN' '> ICRQ' '< ICRP' '> ICCN' '> CDN' 'Challenge Response         16 octets' 'hidden, '; do
  grep -qF -- "$line" "$work/trace.log" || fail "the trace does not show: $line"
done
! grep -q 'wonderland\|tunnelsecret' "$work/trace.log" || fail "the trace shows a secret"
for name in office udp ip; do
  clean "$work/$name.pcapng" tunnelsecret
  [ "$(analysed "$work/$name.pcapng" x -o udp.check_checksum:TRUE -o ip.check_checksum:TRUE \
    -Y 'udp.checksum.status == 0 or ip.checksum.status == 0' -e frame.number | wc -l)" = 0 ] || fail "a checksum in the capture is wrong"
done
for name in udp ip; do
  digests=$(analysed "$work/$name.pcapng" x -Y l2tp.avp.message_digest -e frame.number | wc -l)
  wrong=$(analysed "$work/$name.pcapng" x -Y '_ws.expert.message contains "Incorrect Digest"' -e frame.number | wc -l)
  say "$name: $digests digests, of which with another secret $wrong would be wrong"
  [ "$wrong" -ge 8 ] || fail "tshark does not verify the digests of $name"
  data=$(analysed "$work/$name.pcapng" x -Y 'l2tp and not l2tp.avp.message_type and frame.len > 100' -e frame.number | wc -l)
  [ "$data" -ge 2 ] || fail "the data of $name is not in the capture"
done
[ "$(analysed "$work/office.pcapng" x -Y 'icmp' -e frame.number | wc -l)" -ge 6 ] || fail "the ping is not in the capture"
! l2tp lac capture office "$work/office.pcapng" --seconds 1 >"$work/again.log" || fail "a capture was overwritten"
grep -q 'is there already' "$work/again.log" || fail "it does not say that the file is there"
say "both go"
appliance_stop lac
appliance_stop lns
