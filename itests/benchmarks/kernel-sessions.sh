#!/usr/bin/env bash
# What a PPP session in the kernel costs an LNS: the appliance with its own PPP beside xl2tpd with a pppd for each, one after the
# other in one boot, called by the same LAC. Needs a kernel with L2TP: ./check lab kernel-sessions. Prints a table in Markdown.
#   BENCHMARK_SESSIONS    so many of the appliance, 2,000 by default
#   BENCHMARK_XL2TPD      so many of xl2tpd, 200 by default
# Both the LAC and the LNS are appliances that the lab's cases share. The LAC's sessions are of the userspace data plane, which
# costs the least.
# appliance: shared pair
# limit: 3000
set -euo pipefail
. "$(dirname "$0")/../lab/case.sh"
needs xl2tpd pppd ping
isolate "$@"
. "$root/itests/lib/xl2tpd.sh"
shared_world
ours=${BENCHMARK_SESSIONS:-2000}
others=${BENCHMARK_XL2TPD:-200}
modprobe -a l2tp_netlink l2tp_ppp

# dial COUNT [:PORT]: the LAC has a tunnel to "there" with so many calls in it, and waits as long as an LNS of one thread on a slow
# machine may take for all of them
dial() {
  local i
  configure 'session_establish_timeout 0' < <(
    echo "tunnel \"lns\" {
      peer        $them${2:-}
      dataplane   user
      max_retries 100
      ppp_profile \"patient\""
    for ((i = 1; i <= $1; i++)); do echo "session \"s$i\" { user_name \"alice\" }"; done
    echo "}"
    echo "ppp profile \"patient\" {
      lcp_max_config_requests  100
      auth_max_requests        100
      ipcp_max_config_requests 100
    }")
}
hang_up() { configure </dev/null; }
secrets <<<'alice * "wonderland"'

# What is up is what the LNS's kernel has: a PPP interface with an address.
up() { ip -n there -o -4 addr show 2>/dev/null | grep -c ' peer 10\.9\.' || true; }
ppp_interfaces() { ip -n there -o link show type ppp 2>/dev/null | wc -l; }
no_interfaces() { [ "$(ppp_interfaces)" = 0 ]; }
kernel_sessions() { there ip l2tp show session | grep -c '^Session' || true; }
calculate() { awk "BEGIN {printf \"%.1f\", $1}"; }
no_sessions() { [ -z "$(there ip l2tp show tunnel)" ]; }
millis() { echo $(($(date +%s%N) / 1000000)); }
# Resident memory of the LNS with all its processes, and what the system has left, in kB.
resident() { local pid; for pid in $("$1_processes"); do cat "$proc/$pid/status" 2>/dev/null; done | awk '/^VmRSS/ {sum += $2} END {print sum + 0}'; }
available() { awk '/^MemAvailable/ {print $2}' /proc/meminfo; }

# measure NAME COUNT LIMIT [:PORT]: the LNS is there; $rate is sessions per second from when its kernel has the first one, $memory and $system kB per session
measure() {
  local name=$1 count=$2 deadline=$((SECONDS + $3)) before left now began=0 ended
  before=$(resident "$name") left=$(available)
  dial "$count" "${4:-}" &
  local dialling=$!
  while now=$(up); [ "$now" -lt "$count" ]; do
    [ "$began" != 0 ] || [ "$(kernel_sessions)" = 0 ] || began=$(millis)
    [ $SECONDS -lt $deadline ] || fail "$name: $now of $count sessions are up after $3 s"
    sleep 0.2
  done
  ended=$(millis)
  wait $dialling
  [ "$(kernel_sessions)" -ge "$count" ] || fail "$name: the kernel has $(kernel_sessions) sessions instead of $count"
  rate=$(calculate "$count * 1000 / ($ended - $began)")
  memory=$((($(resident "$name") - before) / count))
  system=$(((left - $(available)) / count))
  say "$name: $count sessions, $rate in a second"
}

# ends NAME LIMIT: the LAC hangs up; $seconds is how long the LNS's kernel has interfaces after that
ends() {
  local began
  hang_up
  began=$(millis)
  wait_for "$2" no_interfaces
  seconds=$(calculate "($(millis) - $began) / 1000")
  [ "$1" != isthmus ] || [ "$(kernel_sessions)" = 0 ] || fail "the kernel has $(kernel_sessions) sessions after all have gone"
}
row() { printf '| %s | %d | %s | %d kB | %d kB | %s s |\n' "$1" "$2" "$rate" "$memory" "$system" "$seconds"; }

say "the appliance"
put far l2tp-secrets <<<'alice * "wonderland"'
configure_far 'dataplane kernel' <<CONF
peer profile "lac" {
    peer_ipaddr $us
    ppp_profile "many"
}
ppp profile "many" { ip_pool_name "many" }
ippool "many" {
    range   10.9.0.2-10.9.31.254
    gateway 10.9.0.1
}
CONF
isthmus_processes() { cat "$LAB_SHARED/far.pid"; }
proc=$LAB_SHARED/proc
measure isthmus "$ours" $((120 + ours))
here ping -q -c 3 -W 10 10.9.0.1 # by the one session of the LAC that has the way to us: we are the peer of all of them
l2tp far system-show
ends isthmus $((60 + ours / 2))
our_rate=$rate our_memory=$memory
table=$(row "the appliance, its own PPP" "$ours")
configure_far </dev/null

say "xl2tpd with pppd"
cat >/etc/xl2tpd/xl2tpd.conf <<CONF
[global]
port = 1702
[lns default]
ip range = 10.9.0.2-10.9.31.254
local ip = 10.9.0.1
require pap = yes
pppoptfile = /etc/ppp/many
CONF
printf '%s\n' nodefaultroute ipcp-accept-local ipcp-accept-remote nobsdcomp nodeflate novj noccp 'lcp-echo-interval 0' require-pap >/etc/ppp/many
pppd_secrets <<<'alice * "wonderland" *'
mkdir -p /run/xl2tpd
ip netns exec there xl2tpd -D -p /run/xl2tpd.pid -C /run/xl2tpd.control -c /etc/xl2tpd/xl2tpd.conf >"$work/xl2tpd.log" 2>&1 &
xl2tpd=$!
proc=/proc
xl2tpd_processes() { pgrep -x xl2tpd; pgrep -x pppd; }
measure xl2tpd "$others" $((120 + others * 4)) :1702
ends xl2tpd $((60 + others))
kill "$xl2tpd"
wait_for 60 no_sessions # the namespace is others' too
table+=$'\n'$(row "xl2tpd, a pppd for each" "$others")

echo "| LNS | sessions | set up in a second | memory of its processes for each | of the whole system | gone after |"
echo "| --- | --- | --- | --- | --- | --- |"
echo "$table"
echo "summary: $ours sessions, $our_rate/s and $our_memory kB each, xl2tpd with pppd $others sessions, $rate/s and $memory kB each: $(calculate "$our_rate / $rate") times as fast, $(calculate "$memory / $our_memory") times less memory"
