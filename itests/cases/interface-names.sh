#!/usr/bin/env bash
# Where the kernel has given away all the 32,768 names that it numbers, sessions without a name of their own say so, and those that
# autoname_interfaces names come up.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
needs ip
two_hosts
names=32768

conf() { # conf AUTONAME
  cat <<CONF
system {
    autoname_interfaces $1
    dataplane           user
    session_persist_pend_timeout 5
}
session profile "default" {
    pseudowire_type ethernet
}
tunnel "office" {
    static         true
    persist        true
    encap          udp
    peer           192.0.2.2:5000
    local_address  192.0.2.1
    our_udp_port   5000
    tunnel_id      11
    peer_tunnel_id 21
    session "lan" {
        session_id      111
        peer_session_id 211
    }
}
CONF
}
is_up() { l2tp box session-list | grep -q "established.* $1 "; }

say "$names interfaces that the kernel could have numbered so"
for ((i = 0; i < names; i++)); do echo "link add l2tpeth$i type ifb"; done | ip -n here -b -

say "without autoname_interfaces"
appliance box here < <(conf false)
wait_for 60 logged box "autoname_interfaces true has us"
log box | grep autoname_interfaces

say "with it"
conf true | write box
l2tp box reload
wait_for 60 is_up l2tpe30000006f
l2tp box session-list
appliance_stop box || fail "it did not end well"
