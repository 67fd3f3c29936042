#!/usr/bin/env bash
# A real LNS that ends PPP itself: l2tpns, with freeradius behind it. The appliance is LAC and PPP client at once: tunnel
# with authentication, session, CHAP and PAP judged by RADIUS, addresses from the LNS, ping through the tunnel, and a
# clean end from either side.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
needs l2tpns freeradius ping
isolate "$@"
private_dirs /etc/l2tpns /var/log
two_hosts

say "freeradius, which knows alice"
cp -r /etc/freeradius/3.0 "$work/raddb"
printf 'alice Cleartext-Password := "wonderland"\n\tService-Type = Framed-User, Framed-Protocol = PPP\n' \
  > "$work/raddb/mods-config/files/authorize"
printf 'client local {\n ipaddr = 127.0.0.1\n secret = radsecret\n}\n' > "$work/raddb/clients.conf"
mkdir -p /var/log/freeradius /run/freeradius
chown -R freerad "$work/raddb" /var/log/freeradius /run/freeradius
chmod 755 "$work"
ip netns exec there freeradius -d "$work/raddb" -l stdout -f > "$work/radius.log" 2>&1 &

lns() {
  cat > /etc/l2tpns/startup-config <<CONF
set debug 4
set log_file "/var/log/l2tpns"
set pid_file "/run/l2tpns.pid"
set hostname "l2tpns"
set l2tp_secret "tunnelsecret"
set primary_radius 127.0.0.1
set primary_radius_port 1812
set radius_secret "radsecret"
set radius_authtypes "$1"
set bind_address 192.0.2.2
set peer_address 10.99.0.1
set iftun_address 10.99.0.1
set primary_dns 10.99.0.53
set cluster_interface there0
set cluster_hb_interval 1
set cluster_hb_timeout 5
CONF
  echo 10.10.10.0/24 > /etc/l2tpns/ip_pool
  touch /etc/l2tpns/users
  ip netns exec there setsid l2tpns > "$work/l2tpns.log" 2>&1 &
  lns_pid=$!
  wait_for 20 there_is_tun
}
there_is_tun() { there ip -4 addr show dev tun0 2>/dev/null | grep -q 10.99.0.1; }

try() {
  say "l2tpns asks for $1"
  lns "$1"
  appliance lac here <<CONF
system { listen false }
tunnel profile "default" {
  secret        "tunnelsecret"
  auth_mode     challenge
  hello_timeout 2
}
ppp profile "default" {
  ask_dns true
  route   10.99.0.0/24
}
tunnel "lns" {
  peer 192.0.2.2
  session "alice" {
    user_name     "alice"
    user_password "wonderland"
  }
}
CONF
  wait_for 30 has lac "session-show lns/alice --json" '"phase":"network"'
  wait_for 10 has lac "session-show lns/alice --json" '10.99.0.53'
  l2tp lac tunnel-list
  l2tp lac session-list
  wait_for 10 quietly here ping -c 1 -W 1 10.99.0.1
  here ping -c 20 -i 0.1 -W 2 10.99.0.1 | tail -2 | tee "$work/ping.txt"
  grep -q ' 0% packet loss' "$work/ping.txt" || fail "packets were lost"
  here ping -c 3 -i 0.2 -W 2 -s 1400 10.99.0.1 >/dev/null || fail "1,400 bytes do not pass"
}

try chap
say "the appliance goes: l2tpns is told"
appliance_stop lac
wait_for 5 grep -qi "stopccn\|Received StopCCN\|shutdown" /var/log/l2tpns
kill "$lns_pid"
wait_for 10 is_gone "$lns_pid"
rm -f /var/log/l2tpns

try pap
say "l2tpns goes: the appliance is told and says why"
kill -QUIT "$lns_pid"
wait_for 60 has lac "tunnel-show lns --json" '"state":"down"'
l2tp lac tunnel-show lns
appliance_stop lac
echo "passed"
