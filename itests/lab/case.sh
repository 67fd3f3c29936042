# What the lab's cases share beyond itests/lib/world.sh, which it sources. A case that says "# appliance: shared" gets
#
#   shared_world            namespaces "here", in which the shared appliance "box" runs, and "there", the case's own, and a
#                           wire between them: $us and $them, $us6 and $them6 are the addresses, different for each case.
#                           With "# appliance: shared pair" a second one, "far", runs in "there"
#   xl2tpd_world            shared_world for a case whose peer is xl2tpd with pppd; in place of isolate, with the case's arguments
#   configure [PARAMETER...] <<CONF     gives box this l2tpd.conf, in place of all it had; the parameters are the system's, each
#                           "name value", and only those that take effect at once
#   configure_far [PARAMETER...] <<CONF     the same for far
#   secrets <<SECRETS       and this file of secrets; before configure
#   $dataplanes             the data planes to show a thing with, "dataplane" of a tunnel (LAB_DATAPLANES takes some of them)
#   $ways                   data planes with who runs PPP, DATAPLANE:PROVIDER (LAB_WAYS takes some of them)
#   box_log                 what box has logged since the case began; logged TEXT: whether the text is in it
#   descriptors PID         what box, or a child of its, has open: numbers and what they are; PID as box's log has it
# and every case
#   capture NAME NAMESPACE INTERFACE [OPTION...]    records the interface to NAME.pcapng in the results, until the case ends, with
#                           these options of dumpcap
#   captured NAME TEXT      whether a packet with that text in it has been recorded
#   has_address NAMESPACE INTERFACE     whether it has an IPv4 address; is_gone_from: whether there is none such
#   carries_ppp INTERFACE ADDRESS MB    pings over a PPP interface of "there" to the peer's address, IPv4 with 1,400 bytes
#                           both ways and IPv6, and TCP, MB from there and a tenth of it from here; $seconds is how long that took
#   keep FILE...            copies files to the results
# target/check/lab/CASE/ is where they are on the machine.

. "$(dirname "${BASH_SOURCE[0]}")/../lib/world.sh"
dataplanes=${LAB_DATAPLANES:-user kernel}
ways=${LAB_WAYS:-user:internal kernel:internal kernel:pppd}
# megabytes WAY: how much TCP is to carry in it; packets of the user's data plane take an emulated guest twenty times as long
megabytes() { case $1 in kernel*) echo "${LAB_TCP_MB:-100}" ;; *) echo "${LAB_TCP_MB:-5}" ;; esac; }
appliance_seconds=900 # an emulated guest is slow, the more so on a busy machine

xl2tpd_world() {
  isolate "$@"
  needs xl2tpd pppd ping python3
  . "$root/itests/lib/xl2tpd.sh"
  shared_world
}

shared_world() {
  ln -s "$LAB_SHARED/box" "$work/box"
  [ ! -e "$LAB_SHARED/far" ] || ln -s "$LAB_SHARED/far" "$work/far"
  log_began=$(wc -c <"$work/box/log/l2tpd.log")
  us=198.18.$LAB_NUMBER.1 them=198.18.$LAB_NUMBER.2 us6=2001:db8:$LAB_NUMBER::1 them6=2001:db8:$LAB_NUMBER::2
  wire=wire$LAB_NUMBER
  ip link set lo up
  touch /run/netns/here
  mount --bind "$LAB_SHARED/here" /run/netns/here
  if [ "$LAB_APPLIANCES" = "box far" ]; then
    touch /run/netns/there
    mount --bind "$LAB_SHARED/there" /run/netns/there
  else
    ip netns add there
  fi
  ip link add "$wire" netns here type veth peer name there0 netns there
  ip -n here addr add "$us/24" dev "$wire"
  ip -n there addr add "$them/24" dev there0
  ip -n here addr add "$us6/64" dev "$wire" nodad
  ip -n there addr add "$them6/64" dev there0 nodad
  ip -n there link set lo up
  ip -n there link set there0 up
  ip -n here link set "$wire" up
}

configure() { configure_one box "$@"; }
configure_far() { configure_one far "$@"; }
configure_one() {
  (umask 077; { printf '%s\n' 'system {' 'listen_ip true' "${@:2}" '}'; cat; } | put "$1" l2tpd.conf)
  l2tp "$1" reload || fail "the configuration was not taken"
}

secrets() { put box l2tp-secrets; }

# put NAME FILE: a file of its etc comes from standard input, all at once
put() {
  (umask 077; cat >"$work/$1/etc/new")
  mv "$work/$1/etc/new" "$work/$1/etc/$2"
}

box_log() { tail -c "+$log_began" "$work/box/log/l2tpd.log"; }
logged() { box_log | grep -qF -- "$1"; }
descriptors() { (cd "$LAB_SHARED/proc/$1/fd" && for number in *; do echo "$number $(readlink "$number" || true)"; done); }

capture() {
  ip netns exec "$2" dumpcap -q -i "$3" "${@:4}" -w "$LAB_LOGS/$1.pcapng" >/dev/null 2>&1 &
  wait_for 30 test -s "$LAB_LOGS/$1.pcapng"
}

captured() { grep -qaF -- "$2" "$LAB_LOGS/$1.pcapng"; }

is_gone_from() { ! ip -n "$1" link show dev "$2" >/dev/null 2>&1; }
has_address() { ip -n "$1" -4 -o addr show dev "$2" 2>/dev/null | grep -q inet; }

carries_ppp() {
  local address peer6
  address=$(ip -n there -4 -o addr show dev "$1" | awk '{sub("/.*", "", $4); print $4}')
  wait_for 20 quietly there ping -c 1 -W 2 "$2"
  there ping -q -c 3 -i 0.2 -W 5 -M do -s 1372 "$2"
  here ping -q -c 3 -i 0.2 -W 5 -M do -s 1372 "$address"
  peer6=$(ip -n there -6 -o addr show dev "$1" | sed -n 's/.* peer \(fe80[^/]*\).*/\1/p')
  there ping -q -c 3 -i 0.2 -W 5 "$peer6%$1"
  seconds=$SECONDS
  transfer there here "$2" "$3"
  transfer here there "$address" $((($3 + 9) / 10))
  seconds=$((SECONDS - seconds))
}

keep() { cp -- "$@" "$LAB_LOGS/"; }
