#!/usr/bin/env bash
# The appliance is the LNS of Debian's xl2tpd with pppd, on both data planes, with our own PPP and with our pppd: PAP, CHAP,
# MS-CHAPv2 and MPPE; IPv4 with packets of 1,400 bytes and IPv6; TCP both ways; and a password that is wrong.
# appliance: shared
# limit: 1800
# LAB_TCP_MB says how much TCP carries from the LAC in each call, 100 in the kernel and 5 otherwise by default, and a tenth of it
# back. On a busy machine an emulated guest needs a minute for 100.
set -euo pipefail
. "$(dirname "$0")/../case.sh"
xl2tpd_world "$@"
calls=()
capture wire there there0 -s 160

secrets <<<'alice * "wonderland"'
pppd_secrets <<<'alice * "wonderland"'
pppd_user pap pap
pppd_user chap chap
pppd_user mschapv2 mschap-v2
pppd_user mppe mschap-v2 require-mppe 'mtu 1404' 'mru 1404' # MPPE takes 4 bytes of it
pppd_user wrong chap 'password "looking-glass"'
for call in pap chap mschapv2 mppe wrong; do
  printf '%s\n' "[lac $call]" "lns = $us" 'challenge = yes' 'redial = no' "pppoptfile = /etc/ppp/$call"
done | xl2tpd_with

# offers WAY [PARAMETER...]: what the appliance has for calls
offers() {
  configure <<CONF
peer profile "xl" {
  peer_ipaddr    $them
  tunnel_profile "xl"
  ppp_profile    "xl"
}
tunnel profile "xl" {
  auth_mode challenge
  secret    "tunnelsecret"
  dataplane ${1%:*}
}
ppp profile "xl" {
  ppp_provider ${1#*:}
  ip_pool_name "xl"
  dns_ipaddr   10.4.0.53
$(printf '  %s\n' "${@:2}")
}
ippool "xl" {
  range   10.4.0.2-10.4.0.250
  gateway 10.4.0.1
}
CONF
}

# call WAY KIND WORDS: a call that pppd has agreed on in these words carries everything
call() {
  say "$1: $2"
  : >"$work/pppd-$2.log"
  xl2tpd_control connect-lac "$2"
  wait_for 60 has_address there "xl-$2"
  wait_for 20 grep -q "remote LL address" "$work/pppd-$2.log"
  wait_for 20 grep -q -- "$3" "$work/pppd-$2.log"
  wait_for 20 grep -q "primary .*DNS address 10.4.0.53" "$work/pppd-$2.log"
  carries_ppp "xl-$2" 10.4.0.1 "$(megabytes "$1")"
  there ping -q -c 2 -i 0.2 -W 5 -p "$(printf '%s' "${#calls[@]}-$2" | od -An -v -tx1 | tr -d ' \n')" 10.4.0.1
  echo "TCP took $seconds s"
  calls+=("$2")
  hang_up "$2"
}

hang_up() {
  xl2tpd_control disconnect-lac "$1"
  wait_for 30 is_gone_from there "xl-$1"
}

for way in $ways; do
  offers "$way"
  call "$way" pap 'PAP authentication succeeded'
  call "$way" chap 'auth chap MD5'
  call "$way" mschapv2 'auth chap MS-v2'

  say "$way: a wrong password"
  : >"$work/pppd-wrong.log"
  log_began=$(wc -c <"$work/box/log/l2tpd.log")
  xl2tpd_control connect-lac wrong
  wait_for 60 grep -q 'CHAP authentication failed' "$work/pppd-wrong.log"
  case $way in
    *:pppd) wait_for 60 logged 'exit status 11: the peer did not prove who it is' ;; # the LAC may clear the call before it ends
    *) wait_for 60 logged 'is down: PPP: the peer failed to authenticate by CHAP-MD5' ;;
  esac
  xl2tpd_control disconnect-lac wrong
done
for way in $ways; do
  offers "$way" 'mppe require' 'auth_pap false' 'auth_chap false'
  call "$way" mppe 'MPPE 128-bit stateless compression enabled'
done

say "only with MPPE is nothing to be read on the wire"
for i in "${!calls[@]}"; do
  [ "${calls[i]}" = mppe ] || wait_for 20 captured wire "$i-${calls[i]}"
done
! captured wire -mppe || fail "what was to be encrypted can be read on the wire"
keep "$work"/*.log
echo "summary: ${#calls[@]} calls, $(megabytes kernel) MB each, of the data plane user $(megabytes user), $ways"
