# What the lab's cases share beyond itests/lib/world.sh, which it sources. A case that says "# appliance: shared" gets
#
#   shared_world            namespaces "here", in which the shared appliance "box" runs, and "there", the case's own, and a
#                           wire between them: $us and $them, $us6 and $them6 are the addresses, different for each case
#   configure <<CONF        gives box this l2tpd.conf, in place of all it had
#   logged TEXT             whether box has logged the text since the case began
# and every case
#   capture NAME NAMESPACE INTERFACE    records the interface to NAME.pcapng in the results, until the case ends
#   keep FILE...            copies files to the results
# target/check/lab/CASE/ is where they are on the machine.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/world.sh"

shared_world() {
  ln -s "$LAB_SHARED/box" "$work/box"
  log_began=$(wc -c <"$work/box/log/l2tpd.log")
  us=198.18.$LAB_NUMBER.1 them=198.18.$LAB_NUMBER.2 us6=2001:db8:$LAB_NUMBER::1 them6=2001:db8:$LAB_NUMBER::2
  wire=wire$LAB_NUMBER
  ip link set lo up
  touch /run/netns/here
  mount --bind "$LAB_SHARED/here" /run/netns/here
  ip netns add there
  ip link add "$wire" netns here type veth peer name there0 netns there
  ip -n here addr add "$us/24" dev "$wire"
  ip -n there addr add "$them/24" dev there0
  ip -n here addr add "$us6/64" dev "$wire" nodad
  ip -n there addr add "$them6/64" dev there0 nodad
  ip -n there link set lo up
  ip -n there link set there0 up
  ip -n here link set "$wire" up
}

configure() {
  (umask 077; cat >"$work/box/etc/new")
  mv "$work/box/etc/new" "$work/box/etc/l2tpd.conf"
  l2tp box reload || fail "the configuration was not taken"
}

logged() { tail -c "+$log_began" "$work/box/log/l2tpd.log" | grep -qF -- "$1"; }

capture() {
  ip netns exec "$2" dumpcap -q -i "$3" -w "$LAB_LOGS/$1.pcapng" >/dev/null 2>&1 &
}

keep() { cp -- "$@" "$LAB_LOGS/"; }
