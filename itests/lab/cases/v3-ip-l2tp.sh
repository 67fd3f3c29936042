#!/usr/bin/env bash
# Static L2TPv3 sessions against the kernel's own, made with "ip l2tp": Ethernet and a VLAN, over UDP and IP, IPv4 and IPv6,
# with no cookie and with cookies of 4 and 8 bytes, with the sublayer and without, with sequence numbers. Pings of 64 and 1,400
# bytes and TCP both ways, every byte the same.
# appliance: shared
# limit: 1800
# LAB_TCP_MB says how much TCP carries each way in each session, 2 by default; 0 for pings alone.
set -euo pipefail
. "$(dirname "$0")/../case.sh"
isolate "$@"
needs ip ping python3
shared_world
mb=${LAB_TCP_MB:-2}

# What is told apart: number, tunnel, pseudowire, cookie bytes, sublayer, sequence numbers. Over IP the kernel wants session
# ids that no other session of the namespace has.
sessions='11 udp4 ethernet 0 none    none
12 udp4 vlan     4 default all
13 udp4 ethernet 8 default none
21 udp6 ethernet 8 none    none
31 ip4  ethernet 0 none    none
32 ip4  vlan     4 none    none
33 ip4  ethernet 8 default all
41 ip6  ethernet 0 default none
42 ip6  vlan     8 default all'
ours() { echo "c0ffee0${1}c0ffee0$1" | cut -c "1-$(($2 * 2))"; }
theirs() { echo "0123456${1}89abcdef" | cut -c "1-$(($2 * 2))"; }

tunnel() { # tunnel NAME NUMBER ENCAP PEER OUR_ADDRESS
  echo "tunnel \"$1\" {
    static         true
    dataplane      $plane
    encap          $3
    peer           $4
    local_address  $5
    tunnel_id      10$2
    peer_tunnel_id 20$2"
  [ "$3" = ip ] || echo "    our_udp_port 500$2"
  while read -r number of what cookie sublayer sequence; do
    [ "$of" = "$1" ] || continue
    echo "    session \"s$number\" {
        session_id      10$number
        peer_session_id 20$number
        interface_name  v3s$number
        l2spec_type     $sublayer
        data_sequencing $sequence
        pseudowire_type $what"
    [ "$what" = ethernet ] || echo "        vlan_id         42"
    [ "$cookie" = 0 ] || echo "        cookie      $(ours "${number:0:1}" "$cookie")
        peer_cookie $(theirs "${number:0:1}" "$cookie")"
    echo "    }"
  done <<<"$sessions"
  echo "}"
}

modprobe -a l2tp_netlink l2tp_eth l2tp_ip l2tp_ip6
# The kernel's side, made anew for each data plane: it goes on with its sequence numbers, and one of ours begins with 0.
kernel_side() {
  local id number of what cookie sublayer sequence cookies their
  for id in 201 202 203 204; do quietly there ip l2tp del tunnel tunnel_id $id || true; done
  there ip l2tp add tunnel tunnel_id 201 peer_tunnel_id 101 encap udp local "$them" remote "$us" udp_sport 6001 udp_dport 5001 udp_csum on
  there ip l2tp add tunnel tunnel_id 202 peer_tunnel_id 102 encap udp local "$them6" remote "$us6" udp_sport 6002 udp_dport 5002
  there ip l2tp add tunnel tunnel_id 203 peer_tunnel_id 103 encap ip local "$them" remote "$us"
  there ip l2tp add tunnel tunnel_id 204 peer_tunnel_id 104 encap ip local "$them6" remote "$us6"
  while read -r number of what cookie sublayer sequence; do
    cookies=()
    [ "$cookie" = 0 ] || cookies=(cookie "$(ours "${number:0:1}" "$cookie")" peer_cookie "$(theirs "${number:0:1}" "$cookie")")
    [ "$sequence" = none ] || cookies+=(seq both)
    there ip l2tp add session tunnel_id "20${number:0:1}" session_id "20$number" peer_session_id "10$number" name "k$number" \
      l2spec_type "$sublayer" "${cookies[@]}"
    their=k$number
    if [ "$what" = vlan ]; then
      their=k$number.42
      there ip link set "k$number" up
      there ip link add link "k$number" name "$their" type vlan id 42
    fi
    there ip link set "$their" up mtu 1400
    ip -n there addr add "10.3.$number.2/24" dev "$their"
  done <<<"$sessions"
}

for plane in $dataplanes; do
  configure </dev/null
  kernel_side
  configure < <(
    tunnel udp4 1 udp "$them:6001" "$us"
    tunnel udp6 2 udp "[$them6]:6002" "$us6"
    tunnel ip4 3 ip "$them" "$us"
    tunnel ip6 4 ip "$them6" "$us6")
  l2tp box session-list

  while read -r number of what cookie sublayer sequence; do
    say "data plane $plane, $of, $what: cookie of $cookie bytes, sublayer $sublayer, sequence numbers $sequence"
    wait_for 60 quietly ip -n here link show dev "v3s$number"
    ip -n here link set "v3s$number" mtu 1400
    ip -n here addr add "10.3.$number.1/24" dev "v3s$number"
    wait_for 20 quietly here ping -c 1 -W 2 "10.3.$number.2"
    here ping -q -c 3 -i 0.2 -W 5 "10.3.$number.2"
    there ping -q -c 3 -i 0.2 -W 5 -M do -s 1372 "10.3.$number.1"
    [ "$mb" -gt 0 ] || continue
    transfer here there "10.3.$number.2" "$mb"
    transfer there here "10.3.$number.1" "$mb"
  done <<<"$sessions"

  # Frames without the tag are rightly dropped by a VLAN session: those of the kernel's own interface, below the VLAN.
  say "no packet of the kernel was dropped"
  l2tp box session-list --json >"$work/sessions-$plane"
  keep "$work/sessions-$plane"
  ! grep -E '"name"|"rx(WrongCookie|Errors)": [1-9]' "$work/sessions-$plane" | grep -B 1 '"rx' || fail "some were"
done
echo "summary: $(grep -c . <<<"$sessions") kinds of sessions, $mb MB each way, data planes: $dataplanes"
