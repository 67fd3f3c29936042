#!/usr/bin/env bash
# The appliance is the LAC of Debian's xl2tpd with pppd, and the user of its PPP, on both data planes, with our own PPP and
# with our pppd: PAP, CHAP, MS-CHAPv2 and MPPE at a time in one tunnel; IPv4 with packets of 1,400 bytes and IPv6; TCP both
# ways; and a password that is wrong. Our pppd are started at no higher rate than allowed, and inherit six descriptors alone.
# appliance: shared
# limit: 1800
# LAB_TCP_MB says how much TCP carries to us in each call, 100 in the kernel and 5 otherwise by default, and a tenth of it back.
set -euo pipefail
. "$(dirname "$0")/../case.sh"
xl2tpd_world "$@"
calls=0

secrets <<'SECRETS'
pap      * "wonderland"
chap     * "wonderland"
mschapv2 * "wonderland"
mppe     * "wonderland"
second   * "wonderland"
third    * "wonderland"
wrong    * "looking-glass"
SECRETS
pppd_secrets <<'SECRETS'
* * "wonderland" *
SECRETS
pppd_tells_of_users
xl2tpd_with <<'CONF'
[lns default]
ip range = 10.5.0.101-10.5.0.199
local ip range = 10.5.0.1-10.5.0.99
challenge = yes
pppoptfile = /etc/ppp/lns
CONF

# places WAY KIND...: the appliance has a tunnel with a call of each kind
places() {
  local way=$1 kind
  log_began=$(wc -c <"$work/box/log/l2tpd.log")
  shift
  { echo "tunnel profile \"xl\" {
      auth_mode challenge
      secret    \"tunnelsecret\"
      dataplane ${way%:*}
    }
    tunnel \"$way\" {
      peer           $them
      profile        \"xl\""
    for kind; do echo "session \"$kind\" {
      user_name   \"$kind\"
      ppp_profile \"$kind\"
    }"; done
    echo "}"
    for kind; do echo "ppp profile \"$kind\" {
      ppp_provider  ${way#*:}
      ask_dns       true
      auth_pap      $(only "$kind" pap)
      auth_chap     $(only "$kind" chap wrong)
      auth_mschapv2 $(only "$kind" mschapv2 mppe second third)
      mppe          $(if [ "$(only "$kind" mppe second third)" = true ]; then echo require; else echo off; fi)
    }"; done
  } >"$work/calls"
  : >"$work/users"
  : >"$work/pppd-lns.log"
  configure 'ppp_startup_rate_limit 1' <"$work/calls"
}
only() { [[ " ${*:2} " = *" $1 "* ]] && echo true || echo false; }

# carries KIND WORDS: a call that pppd has agreed on in these words carries everything
carries() {
  local user interface address
  say "$way: $1"
  wait_for 60 grep -q "^$1 " "$work/users"
  grep -qE -- "$2" "$work/pppd-lns.log" || fail "pppd does not say $2"
  read -r user interface address < <(grep "^$1 " "$work/users")
  wait_for 20 there ping -q -c 1 -W 2 "$address"
  carries_ppp "$interface" "$address" "$(megabytes "$way")"
  echo "TCP took $seconds s"
  calls=$((calls + 1))
}

# When our pppd were started, of which calls.
starts() { box_log | sed -n 's/^\([^ ]*\) .*session "[^"]*\/\([a-z0-9]*\)": pppd \([0-9]*\) is started.*/\1 \2 \3/p'; }

# pppd has nothing of the appliance's but what it is given.
pppd_inherits_nothing() {
  local pid intended
  say "descriptors of pppd"
  pid=$(starts | awk '$2 == "chap" {print $3}')
  descriptors "$pid" | tee "$work/of-pppd"
  for intended in '0 /memfd:pppd-input' '1 pipe:' '2 pipe:' '3 socket:' '4 /memfd:pppd-options' '5 /memfd:pppd-users'; do
    grep -q "^$intended" "$work/of-pppd" || fail "pppd has no descriptor $intended"
  done
  descriptors "$(cat "$LAB_SHARED/box.pid")" >"$work/of-box"
  grep -q 'eventpoll' "$work/of-box" || fail "those are not the appliance's descriptors"
  if grep -v '^[0-5] ' "$work/of-pppd" | cut -d' ' -f2- | grep -vxE '/dev/(ppp|null)' | grep -Fx -f <(cut -d' ' -f2- "$work/of-box"); then
    fail "pppd has inherited these"
  fi
}

# The programs have been read by now, so that three pppd would be started within a second if one waited for no other.
pppd_wait_for_their_turn() {
  local times first last
  say "rate of pppd"
  starts
  times=$(starts | cut -d' ' -f1)
  first=$(date -d "$(head -n 1 <<<"$times")" +%s%3N) last=$(date -d "$(tail -n 1 <<<"$times")" +%s%3N)
  [ $((last - first)) -ge 1500 ] || fail "three pppd were started within $((last - first)) ms, one in a second is allowed"
}

for way in $ways; do
  pppd_options lns auth refuse-eap require-pap require-chap require-mschap-v2 'ms-dns 10.5.0.53'
  places "$way" pap chap mschapv2 wrong
  carries pap 'PAP peer authentication succeeded for pap'
  carries chap 'CHAP Response id=0x[0-9a-f]* <[0-9a-f]{32}>, name = "chap"'
  carries mschapv2 'CHAP Response id=0x[0-9a-f]* <[0-9a-f]{98}>, name = "mschapv2"'
  case $way in
    *:pppd) wait_for 20 logged 'exit status 19: the peer does not accept who we are: look at user_name and user_password' ;;
    *) wait_for 20 logged "PPP: the peer refuses name 'wrong' and its password by CHAP-MD5" ;;
  esac
  [ "$way" != kernel:pppd ] || pppd_inherits_nothing
  l2tp box session-list --json >"$work/sessions-$way"
  [ "$(grep -c '"10.5.0.53"' "$work/sessions-$way")" -ge 3 ] || fail "not all calls have name servers: $(cat "$work/sessions-$way")"
done

pppd_options lns auth refuse-eap require-mschap-v2 require-mppe 'mtu 1404' 'mru 1404' # MPPE takes 4 bytes of it
for way in $ways; do
  places "$way" mppe second third
  carries mppe 'MPPE 128-bit stateless compression enabled'
  if [ "$way" = kernel:pppd ]; then
    wait_for 60 grep -q '^third ' "$work/users"
    pppd_wait_for_their_turn
  fi
done
keep "$work"/*.log
echo "summary: $calls calls, $(megabytes kernel) MB each, of the data plane user $(megabytes user), $ways"
