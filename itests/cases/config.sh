#!/usr/bin/env bash
# l2tpd.conf is applied by itself when it changes, and only the difference: a tunnel that is up stays up. A wrong file, and
# secrets that others may read, change nothing and are named by place. No secret is seen anywhere.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
two_hosts

secrets='@office * "sesame-shared"
alice * "sesame-alice"'
lns='system { max_tunnels 10 }
peer profile "default" { deny true }
peer profile "lac" {
  peer_ipaddr    192.0.2.2
  tunnel_profile "office"
  ppp_profile    "users"
}
tunnel profile "office" {
  auth_mode challenge
  secret    @office
}
ppp profile "users" { ip_pool_name "users" }
ippool "users" {
  range   10.64.0.0/24
  gateway 10.64.0.1
}'
lac='system { listen false }
tunnel "office" {
  peer      192.0.2.1
  auth_mode challenge
  secret    @office
  persist   true
  session "one" { user_name "alice" }
}'
# start NAME NAMESPACE: with the secrets beside the file, which comes from standard input
start() {
  appliance "$1" "$2"
  printf '%s\n' "$secrets" > "$work/$1/etc/l2tp-secrets"
}
tunnel() { l2tp lac tunnel-list --json | tr -d ' \n' | grep -oE '"(id|ourId|tunnelId|localId)":[0-9]+' | head -n 1; }

say "an LNS whose secrets come later"
start lns here <<<"$lns"
wait_for 15 logged lns 'l2tpd.conf: nothing was changed, 1 problem'
wait_for 5 logged lns 'l2tpd.conf:10:13: the secrets file has no line for this @name'
wait_for 15 logged lns 'applied:'

say "a LAC whose secrets others may read"
appliance_make lac
printf '%s\n' "$secrets" > "$work/lac/etc/l2tp-secrets"
chmod 644 "$work/lac/etc/l2tp-secrets"
cat > "$work/lac/etc/l2tpd.conf" <<<"$lac"
appliance_start lac /run/netns/there
wait_for 60 logged lac "type: chmod 600 $work/lac/etc/l2tp-secrets"
[ "$(applied lac)" = 0 ] || fail "secrets that others may read were used"
chmod 600 "$work/lac/etc/l2tp-secrets"
wait_for 30 has lac "session-list --json" '"state":"established"'
before=$(tunnel)
[ -n "$before" ] || fail "tunnel-list does not tell the tunnel's id"

say "a change elsewhere leaves the tunnel alone"
write lns <<<"${lns/max_tunnels 10/max_tunnels 20}"
write lac <<<"$lac
ppp profile \"unused\" { mru 1400 }"
wait_for 15 logged lns 'system: changed (max_tunnels)'
wait_for 15 logged lac 'ppp profile "unused": created'
[ "$(tunnel)" = "$before" ] || fail "the tunnel was made anew"

say "the same file twice does nothing"
count=$(applied lns)
write lns <<<"# a comment
${lns/max_tunnels 10/max_tunnels 20}"
l2tp lns reload --json | tr -d ' \n' | grep -qF '"changes":[]' || fail "the same file changes something"
[ "$(applied lns)" = $((count + 1)) ] || fail "the file was applied more often than by the command"

say "a wrong file changes nothing"
write lac <<'CONF'
system { listen false }
tunel "office" {
  dest_ipaddr 192.0.2.1
  secret      "sesame-shared
}
CONF
wait_for 15 logged lac 'l2tpd.conf:2:1: there is no kind of block "tunel": did you mean tunnel?'
wait_for 5 logged lac 'l2tpd.conf:3:3: tunnel has no parameter "dest_ipaddr": here it is peer'
wait_for 5 logged lac 'l2tpd.conf:4:15: the quote is not closed'
! l2tp lac check-config > "$work/lac/check" 2>&1 || fail "check-config finds the file right"
grep -qF 'did you mean tunnel?' "$work/lac/check" || fail "check-config does not name the error"
[ "$(tunnel)" = "$before" ] || fail "the tunnel was touched"

say "a tunnel that the file no longer has goes"
write lac <<<'system { listen false }'
wait_for 15 logged lac 'tunnel "office": removed'
wait_for 15 logged lns 'removed from the configuration'

say "no secret is seen"
for name in lns lac; do
  l2tp $name config-show > "$work/$name/shown" 2>&1
  ! grep -rF sesame "$work/$name/log" "$work/$name/out" "$work/$name/shown" "$work"/lac/check || fail "a secret is shown"
done
