#!/usr/bin/env bash
# Outgoing calls: an LNS asks its LAC to place a call, the LAC connects it at once and is the user of its PPP, and a ping
# passes. The LAC says no where its profile does not allow it, or the speed does not suit. An asynchronous line is told what to
# escape (SLI), a subscriber's line and a service class are told (RFC 5515, RFC 3308), a new speed while the call is up
# (CSUN), and the end of PPP in its own terms (RFC 3145).
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
needs ping
isolate "$@"
two_hosts

shows() { l2tp "$1" session-show "$2" 2>/dev/null | grep -qF -- "$3"; }

lac='system { host_name "lac" }
peer profile "lns" {
  peer_ipaddr     192.0.2.1
  tunnel_profile  "calls"
  session_profile "line"
}
tunnel profile "calls" {
  take_outgoing_calls true
  session_dscp        10
}
session profile "line" {
  user_name     "alice"
  connect_speed 64000
}'

say "a LAC that places calls for its LNS, and the LNS"
appliance_begin lac there 'alice * "wonderland"' <<<"$lac"
appliance_begin lns here 'alice * "wonderland"' <<'CONF'
system { host_name "lns" }
ppp profile "default" { ip_pool_name "users" }
ippool "users" {
  range   10.9.0.2-10.9.0.9
  gateway 10.9.0.1
}
tunnel "branch" {
  peer         192.0.2.2
  persist      true
  session_dscp 46
  session "dial" {
    session_type  lnoc
    called_number "0456"
    framing_type  async
    maximum_bps   64000
  }
}
CONF
wait_for 90 has lns "session-show branch/dial --json" '"phase":"network"'
wait_for 10 there ping -c 3 -i 0.2 -W 1 10.9.0.1
shows lns branch/dial 'lnoc (we are the LNS, an outgoing call)' || fail "the LNS does not say what call it is"
id=$(l2tp lac session-list --json | tr -d ' \n' | sed -n 's/.*"sessionId":\([0-9]*\).*/\1/p')
l2tp lac session-show "$id"
for line in 'laoc (we are the LAC, an outgoing call)' '0456' '0xffffffff sending' 'Agreed DSCP           10'; do
  shows lac "$id" "$line" || fail "the LAC does not show \"$line\""
done
has lns "session-show branch/dial --json" '"dscp":10' || fail "the LAC's service class was not taken"
has lns "tunnel-show branch --json" '"tx_sli":1' || fail "no SLI was sent"

say "a LAC that is asked too much, or not allowed, says why"
write lac <<<"${lac/64000/64001}"
wait_for 15 logged lac 'connect_speed'
l2tp lns session-delete branch/dial >/dev/null
l2tp lns session-create branch dial session_type=lnoc called_number=0456 maximum_bps=64000 >/dev/null
wait_for 15 shows lns branch/dial 'not between the 0 and 64000 bit/s asked for'
write lac <<<"${lac/take_outgoing_calls true/take_outgoing_calls false}"
wait_for 15 logged lac 'take_outgoing_calls'
l2tp lns session-delete branch/dial >/dev/null
l2tp lns session-create branch dial session_type=lnoc >/dev/null
wait_for 15 shows lns branch/dial 'this end places no calls for its peer'

say "a line of a subscriber, its speeds, and a password that is wrong"
write lac <<<"$lac
tunnel \"office\" {
  peer 192.0.2.1
  session \"home\" {
    session_type     laic
    user_name        \"alice\"
    agent_circuit_id \"dslam-1 eth 3/0\"
    speed_updates    true
    connect_speed    50000000
  }
}"
wait_for 30 has lac "session-show office/home --json" '"phase":"network"'
at_lns() { l2tp lns session-list --json | tr -d ' \n' | grep -qF -- "$1"; }
wait_for 10 at_lns '"accessLine":"Agent-Circuit-Iddslam-1eth3/0"'
at_lns '"txSpeed":50000000' || fail "the LNS does not know the speed of the line"
write lac <<<"$(sed 's/50000000/20000000/' "$work/lac/etc/l2tpd.conf")"
wait_for 15 at_lns '"txSpeed":20000000'
wait_for 5 logged lns 'CSUN: speeds 20000000'
l2tp lac session-delete office/home >/dev/null
l2tp lac session-create office home user_name=alice user_password=nonsense >/dev/null
wait_for 20 logged lns 'PPP: normal disconnection, LCP Terminate-Request sent'
wait_for 20 shows lac office/home "refuses name 'alice'"
say "calls of both directions work and say what they are"
