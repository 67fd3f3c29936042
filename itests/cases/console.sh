#!/usr/bin/env bash
# The console as people and scripts use it: no way in over SSH until a key is given, then by that key only; each role can
# what the access list says and no more; answers for scripts; failures that say why and end with status 1.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
needs ssh ssh-keygen
two_hosts

appliance box here <<'CONF'
tunnel profile "branch" {
    secret     "hush \"hush\""
    auth_mode  challenge
}
tunnel "nowhere" {
    peer     192.0.2.99
    profile  "branch"
    persist  true
}
CONF

for user in alice mary vic; do ssh-keygen -q -t ecdsa -b 384 -N '' -C $user -f "$work/$user"; done
ssh-keygen -q -t ed25519 -N '' -f "$work/modern"
# login USER COMMAND...: over SSH, as a script does
login() {
  here timeout 30 ssh -F none -i "$work/$1" -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=no \
    -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p 8101 "$1@127.0.0.1" "${*:2}" </dev/null 2>/dev/null
}
# refused USER COMMAND...: the user may not, and is not told that the command exists, or why it does not
refused() { ! login "$@" >"$work/answer" || fail "$1 may: ${*:2}"; }
# says TEXT: whether the last answer has the text in it
says() { grep -qF -- "$1" "$work/answer" || { cat "$work/answer" >&2; fail "it does not say: $1"; }; }
open_ports() { here ss -ltnH | grep -c ':8101 ' || true; }

say "closed until there is a key, and an Ed25519 key is none"
[ "$(open_ports)" = 0 ] || fail "SSH is open without a key"
! l2tp box ssh-key-add vic "$work/modern.pub" > "$work/answer" 2>&1 || fail "an Ed25519 key was taken"
says "Ed25519 keys do not work here"
[ "$(open_ports)" = 0 ] || fail "SSH is open after a key was refused"

say "the first key opens it, on this machine only"
l2tp box ssh-key-add alice "$work/alice.pub" > "$work/answer"
says "The SSH server was switched on"
wait_for 60 quietly login alice l2tp:system-show
here ss -ltnH | grep ':8101 ' | grep -q '127.0.0.1' || fail "SSH listens elsewhere than on 127.0.0.1"
l2tp box ssh-key-add --role manager mary "$work/mary.pub" > "$work/answer"
l2tp box ssh-key-add --role viewer vic "$work/vic.pub" > "$work/answer"

say "a viewer sees"
login vic l2tp:tunnel-list --no-format > "$work/answer"
says "nowhere"
login vic l2tp:tunnel-show nowhere --json > "$work/answer"
says '"name": "nowhere"'
! grep -q $'\033' "$work/answer" || fail "there are colours in JSON"
for command in 'l2tp:tunnel-delete nowhere' l2tp:drain l2tp:reload l2tp:check-config l2tp:ssh-key-list \
    'l2tp:tunnel-create x peer=192.0.2.98' 'shell:exec id' 'config:property-set --pid x a b' 'bundle:stop org.isthmus.core' \
    'feature:install http' system:shutdown; do
  refused vic $command
done

say "a manager operates"
login mary l2tp:tunnel-create extra peer=192.0.2.98 > "$work/answer"
says 'Tunnel "extra" is being opened to 192.0.2.98'
login mary l2tp:tunnel-delete extra > "$work/answer"
login mary l2tp:check-config > "$work/answer"
says 'nothing would change'
login mary l2tp:drain > "$work/answer"
login mary l2tp:undrain > "$work/answer"
for command in 'l2tp:check-config /etc/shadow' 'l2tp:check-config --json /etc/shadow' l2tp:ssh-key-list \
    'l2tp:ssh-key-add eve /etc/hostname' 'shell:exec id' 'bundle:stop org.isthmus.core'; do
  refused mary $command
  ! grep -q 'root:' "$work/answer" || fail "it shows /etc/shadow to mary"
done

say "failures say why, with status 1"
! login alice l2tp:tunnel-show nowhre > "$work/answer" || fail "status 0 for a tunnel that is not there"
says 'There is no tunnel "nowhre". Did you mean "nowhere"?'
! login alice l2tp:tunnel-create x peer=192.0.2.98 secret=? > "$work/answer" || fail "a secret was asked of a script"
says 'secret=? needs a console to ask at'

say "the configuration in force is a file again, without its secrets"
login alice l2tp:config-show > "$work/shown"
! grep -q hush "$work/shown" || fail "a secret is shown"
login alice l2tp:check-config "$work/shown" > "$work/answer" || { cat "$work/shown" "$work/answer" >&2; fail "config-show is no l2tpd.conf"; }

say "a key that is taken away opens nothing"
l2tp box ssh-key-remove vic > "$work/answer"
! login vic l2tp:tunnel-list > "$work/answer" || fail "vic is let in without a key"
! here timeout 30 ssh -F none -o PubkeyAuthentication=no -o BatchMode=yes -o StrictHostKeyChecking=no \
  -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -p 8101 karaf@127.0.0.1 l2tp:tunnel-list </dev/null >/dev/null 2>&1 \
  || fail "somebody is let in without a key"
! grep -rqE 'hush' "$work/box/log" || fail "a secret is in the log"

say "after an upgrade, which forgets what was installed, a key still opens it"
appliance_stop box || fail "it does not stop cleanly"
rm -rf "$work/box/data/cache"
appliance_start box /run/netns/here
wait_for 60 quietly login alice l2tp:system-show
appliance_stop box || fail "it does not stop cleanly"
