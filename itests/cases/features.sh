#!/usr/bin/env bash
# Parts of an appliance that runs are uninstalled one by one and installed again. It runs on without each of them, says what is missing
# when it is asked for it, and what to install; tunnels and sessions stay.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
two_hosts

appliance lns here 'alice * "wonderland"' <<'CONF'
system { host_name lns
  dataplane user }
peer profile "users" { peer_host_name users
  ppp_profile "here" }
ppp profile "here" { ip_pool_name "users" }
ippool "users" { range 10.9.0.2-10.9.0.250
  gateway 10.9.0.1 }
CONF
lac() {
  cat <<CONF
system { host_name lac
  dataplane user }
tunnel "office" { peer 192.0.2.1
  host_name users
  persist yes
  session "alice" { user_name "alice"
    user_password "wonderland" } }
CONF
}
appliance lac there 'nobody * "x"' < <(lac)
session_up() { [ "$(l2tp lac session-list --json | tr -d ' \n' | grep -o '"phase":"network"' | wc -l)" -ge 1 ]; }
wait_for 40 session_up
since=$(l2tp lac tunnel-show office --json | grep -o '"upSince"[^,]*')
pings() { quietly there ping -c 1 -W 1 10.9.0.1; }
without() { l2tp lns "feature:uninstall $1" || fail "feature:uninstall $1: $(log lns | tail -5)"; say "without $1"; }
with() { l2tp lns "feature:install $1" || fail "feature:install $1"; }
wait_for 10 pings
says() { wait_for 20 logged lns "$1"; }

# What a call says without it is in ProvidedPppTest: only the kernel's data plane gets that far.
provider() { l2tp lns plugins | grep -q "PPP provider.*pppd"; }
provider || fail "there is no pppd: $(l2tp lns plugins)"
without l2tp-pppd
! provider || fail "pppd is still there"
with l2tp-pppd
wait_for 20 provider

without l2tp-ippool
l2tp lac session-create office s2 user_name=alice user_password=wonderland >/dev/null
says 'nobody lends addresses: install the feature l2tp-ippool'
wait_for 10 pings
with l2tp-ippool
l2tp lac session-create office s3 user_name=alice user_password=wonderland --wait 20 >/dev/null || fail "no address after l2tp-ippool is back"
[ -z "$(l2tp lac session-list --json | tr -d ' \n' | grep -o '"remoteAddress":"[^"]*"' | sort | uniq -d | grep -v 10.9.0.1)" ] || fail "an address is lent twice"

without l2tp-dataplane-kernel
l2tp lns tunnel-create far peer=192.0.2.2 dataplane=kernel >/dev/null
says 'there is no data plane "kernel": install the feature l2tp-dataplane-kernel'
with l2tp-dataplane-kernel
l2tp lns tunnel-delete far >/dev/null || true

without l2tp-config
answer=$(l2tp lns check-config 2>&1 || true)
[[ $answer == *"feature:install"* ]] || fail "check-config without l2tp-config says: $answer"
wait_for 10 pings
with l2tp-config

without l2tp-console
answer=$(l2tp lns tunnel-list 2>&1 || true)
[[ $answer == *l2tp-console* ]] || fail "tunnel-list without l2tp-console says: $answer"
with l2tp-console
wait_for 20 appliance_answers lns

without l2tp-dataplane-user
says 'there is no data plane'
with l2tp-dataplane-user
wait_for 40 pings

without l2tp-foreground
with l2tp-foreground
[ "$(l2tp lac tunnel-show office --json | grep -o '"upSince"[^,]*')" = "$since" ] || fail "the tunnel was lost"
session_up || fail "the session was lost"
! log lac | grep 'tunnel office.* is down' || fail "the tunnel was lost"
echo "runs without each of its parts"
