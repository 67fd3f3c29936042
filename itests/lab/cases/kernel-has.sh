#!/usr/bin/env bash
# The kernel of the lab has what the other cases need: L2TP tunnels of both versions and their sessions, PPP, MPPE, ESP, VLANs.
# limit: 300
set -euo pipefail
. "$(dirname "$0")/../case.sh"
isolate "$@"
two_hosts

here ip l2tp add tunnel tunnel_id 1 peer_tunnel_id 2 encap udp local 192.0.2.1 remote 192.0.2.2 udp_sport 5000 udp_dport 5000
here ip l2tp add session tunnel_id 1 session_id 1 peer_session_id 2 name eth1
here ip l2tp add tunnel tunnel_id 3 peer_tunnel_id 4 encap ip local 192.0.2.1 remote 192.0.2.2
here ip l2tp add tunnel tunnel_id 5 peer_tunnel_id 6 encap ip local 2001:db8::1 remote 2001:db8::2
here ip l2tp show tunnel
here ip l2tp show session
here ip -br link show eth1
modprobe ppp_generic
modprobe ppp_mppe
modprobe l2tp_ppp
[ -c /dev/ppp ] || fail "there is no /dev/ppp"
here ip link add link here0 name here0.42 type vlan id 42
here ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x100 mode transport \
  aead 'rfc4106(gcm(aes))' 0x0102030405060708090a0b0c0d0e0f1011121314 128
echo "summary: $(uname -r)"
