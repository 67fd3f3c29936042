# xl2tpd, with pppd where the kernel has PPP, as a peer in the namespace "there"; sourced after world.sh, used after isolate.
#
#   xl2tpd_with <<SECTIONS          starts it; what follows [global] comes from standard input. It shares the secret
#                                   "tunnelsecret" with everybody and logs to $work/xl2tpd.log; its port is $xl2tpd_port, or
#                                   1701
#   xl2tpd_logged TEXT              whether it has logged that since
#   xl2tpd_control COMMAND...       connect-lac NAME, disconnect-lac NAME-OR-TUNNEL
#   xl2tpd_end                      ends it at once, without a word to its peer
#   pppd_options NAME [OPTION...]   /etc/ppp/NAME for a "pppoptfile": what all of them have, and these
#   pppd_user NAME METHOD [OPTION...]   the same for one who calls: alice, who proves it by pap, chap or mschap-v2 alone; the
#                                   interface is xl-NAME
#   pppd_secrets <<SECRETS          its users, for PAP and CHAP
#   pppd_tells_of_users             from now on each that is up is a line of $work/users: name, interface, the user's address

private_dirs /etc/xl2tpd /etc/ppp

xl2tpd_with() {
  { cat <<CONF; cat; } > /etc/xl2tpd/xl2tpd.conf
[global]
port = ${xl2tpd_port:-1701}
auth file = /etc/xl2tpd/l2tp-secrets
debug tunnel = yes
debug network = yes
debug avp = yes
debug state = yes
CONF
  echo '* * tunnelsecret' > /etc/xl2tpd/l2tp-secrets
  chmod 600 /etc/xl2tpd/l2tp-secrets
  mkdir -p /run/xl2tpd
  ip netns exec there xl2tpd -D -p /run/xl2tpd.pid -C /run/xl2tpd.control -c /etc/xl2tpd/xl2tpd.conf > "$work/xl2tpd.log" 2>&1 &
  xl2tpd_pid=$!
}

xl2tpd_logged() { grep -q -- "$1" "$work/xl2tpd.log"; }

xl2tpd_control() { ip netns exec there xl2tpd-control -c /run/xl2tpd.control "$@"; }

xl2tpd_end() {
  kill -KILL "$xl2tpd_pid"
  wait_for 10 is_gone "$xl2tpd_pid"
}

pppd_options() {
  printf '%s\n' nodefaultroute ipcp-accept-local ipcp-accept-remote +ipv6 nobsdcomp nodeflate novj mtu\ 1400 mru\ 1400 \
    lcp-echo-interval\ 0 debug "logfile $work/pppd-$1.log" "${@:2}" > "/etc/ppp/$1"
}

pppd_user() {
  local method refuse=()
  for method in pap chap mschap mschap-v2 eap; do [ $method = "$2" ] || refuse+=("refuse-$method"); done
  pppd_options "$1" noauth 'user alice' usepeerdns "ifname xl-$1" "${refuse[@]}" "${@:3}"
}

pppd_secrets() {
  (umask 077; cat > /etc/ppp/pap-secrets)
  cp /etc/ppp/pap-secrets /etc/ppp/chap-secrets
}

pppd_tells_of_users() {
  printf '#!/bin/sh\necho "$PEERNAME $1 $5" >>%s\n' "$work/users" > /etc/ppp/ip-up
  chmod +x /etc/ppp/ip-up
}
