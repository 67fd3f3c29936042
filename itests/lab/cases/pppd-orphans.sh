#!/usr/bin/env bash
# An appliance whose PPP is pppd's is killed with a call up: its next start finds the pppd that was left behind and ends it, nothing
# of the call is left in the kernel, and the caller is served again.
# limit: 1500
set -euo pipefail
. "$(dirname "$0")/../case.sh"
isolate "$@"
needs xl2tpd pppd ping
. "$root/itests/lib/xl2tpd.sh"
two_hosts

pppd_secrets <<<'alice * "wonderland"'
pppd_user chap chap
printf '%s\n' '[lac chap]' 'lns = 192.0.2.1' 'challenge = yes' 'redial = no' 'pppoptfile = /etc/ppp/chap' | xl2tpd_with
appliance lns here 'alice * "wonderland"' <<'CONF'
system { dataplane kernel }
peer profile "xl" {
  peer_ipaddr    192.0.2.2
  tunnel_profile "xl"
  ppp_profile    "xl"
}
tunnel profile "xl" {
  auth_mode challenge
  secret    "tunnelsecret"
}
ppp profile "xl" {
  ppp_provider pppd
  ip_pool_name "xl"
}
ippool "xl" {
  range   10.4.0.2-10.4.0.250
  gateway 10.4.0.1
}
CONF

# xl2tpd calls nobody anew before it has given up the tunnel to a peer that was killed.
dials() { xl2tpd_control connect-lac chap; eventually 15 has_address there xl-chap; }
call() {
  wait_for 180 dials
  wait_for 30 quietly there ping -c 1 -W 2 10.4.0.1
}
ours() { find "$work/lns/data/pppd/run" -type f -printf '%f\n' 2>/dev/null | grep -E '^[0-9]+$' || true; }
in_kernel() { ip -n here l2tp show tunnel; ip -n here l2tp show session; ip -n here -o link show type ppp; }
nothing_in_kernel() { [ -z "$(in_kernel)" ]; }

say "a call, and its pppd"
call
pppd=$(ours)
[ "$(wc -w <<<"$pppd")" = 1 ] || fail "not one pppd is noted down: $pppd"
kill -0 "$pppd" || fail "pppd $pppd does not run"

say "the appliance is killed"
pid=${appliance_pid[lns]}
kill -9 $(cat "/proc/$pid/task/$pid/children") "$pid"
wait "$pid" 2>/dev/null || true
is_gone "$pppd" && echo "its pppd has gone with it" || echo "its pppd is still there"
xl2tpd_control disconnect-lac chap

say "it is started again"
rm -f "$work/lns/data/l2tpd.sock"
appliance_start lns /run/netns/here
wait_for "$appliance_seconds" appliance_answers lns
wait_for 60 is_gone "$pppd"
wait_for 60 nothing_in_kernel || in_kernel
grep -h "pppd" "$work/lns/log/l2tpd.log" | tail -5
call
[ "$(ours)" != "$pppd" ] || fail "the new call has the old pppd"
echo "summary: pppd $pppd was found and ended, the next call has another"
