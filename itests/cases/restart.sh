#!/usr/bin/env bash
# The process killed: one appliance after the other is killed with -9 under who keeps it while sessions of L2TPv2 and L2TPv3, PPP and
# Ethernet, carry probes and a TCP stream, and is started again; then restarted in order. Identifiers, addresses and times stay as they
# were, no tunnel or session goes down at either end, no control connection is reset, every byte of the stream arrives. What was kept is
# then spoiled: the appliance says so and begins with nothing. In the end a stop says goodbye, and the keeper ends with it.
# CASE_DATAPLANE says which data plane carries the packets, user by default; KILLED, who is killed; KEPT_BY, who keeps the LAC: its
# keeper, or systemd by the unit that is shipped.
# limit: 420
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
isolate "$@"
. "$root/itests/lib/traffic.sh"
needs ping python3
two_hosts
dataplane=${CASE_DATAPLANE:-user} sessions=${SESSIONS:-6} killed=${KILLED-lac lns both} kept_by=${KEPT_BY:-keeper}
[ "$kept_by" = keeper ] || . "$root/itests/lib/systemd.sh"

# Peers ask for a while whether we are there, as long as an appliance may take to start.
patient='tunnel profile "default" { max_retries 20 }'

of_tunnel() { # of_tunnel NAME NUMBER
  echo "peer profile \"$1\" { peer_host_name $1
    ppp_profile \"$1\"
    session_profiles \"wire\" }
  ppp profile \"$1\" { ip_pool_name \"$1\"
    ingress_filter false }
  ippool \"$1\" { range 10.9.$2.2-10.9.$2.250
    gateway 10.9.$2.1 }"
}
kept() { # kept NAME NAMESPACE WHO: an appliance that its keeper or systemd keeps; its l2tpd.conf comes from standard input
  appliance_made "$1" "$2" 'alice * "wonderland"'
  case $3 in
    keeper) appliance_start "$1" "/run/netns/$2" --keeper ;;
    systemd) systemd_start "$1" "$2" ;;
  esac
  wait_for $appliance_seconds appliance_answers "$1"
}
kept lns here keeper < <(
  echo "system { host_name lns
    dataplane $dataplane }
  $patient
  session profile \"wire\" { remote_end_id wire
    pseudowire_type ethernet
    interface_name wire0 }"
  of_tunnel two 4
  of_tunnel three 5
)
kept lac there "$kept_by" < <(
  echo "system { host_name lac
    dataplane $dataplane }
  $patient"
  for tunnel in two three; do
    echo "tunnel \"$tunnel\" {
      peer 192.0.2.1
      host_name $tunnel"
    if [ $tunnel = three ]; then
      echo 'version l2tpv3
      session "wire" { remote_end_id wire
        pseudowire_type ethernet
        interface_name wire0 }'
    fi
    for ((i = 0; i < sessions / 2; i++)); do echo "session \"s$i\" { user_name \"alice\" }"; done
    echo "}"
  done
)
process() { pgrep -P "${appliance_pid[$1]}" java; } # of the appliance itself, whom its keeper or systemd started
memory() { awk '/VmRSS|RssAnon/ { printf "%s %d kB ", $1, $2 }' "/proc/$1/status"; }

wait_for $((60 + appliance_seconds)) up lac
wait_for $appliance_seconds up lns
wait_for 20 quietly ip -n here link show wire0
wait_for 20 quietly ip -n there link show wire0
ip -n here addr add 10.8.0.1/24 dev wire0
ip -n there addr add 10.8.0.2/24 dev wire0
wait_for 20 quietly here ping -c 1 -W 1 10.8.0.2
# While a process is gone nobody answers ARP either: how long neighbours are believed in is not what is looked at here.
mac() { ip -n "$1" -o link show wire0 | sed 's/.*ether \([0-9a-f:]*\).*/\1/'; }
ip -n here neigh replace 10.8.0.2 lladdr "$(mac there)" dev wire0 nud permanent
ip -n there neigh replace 10.8.0.1 lladdr "$(mac here)" dev wire0 nud permanent
say "$sessions sessions of PPP are up and one of Ethernet; the $kept_by of the LAC: $(memory "${appliance_pid[lac]}")"

# Few enough that the interfaces' queues hold those that wait for a process.
# shellcheck disable=SC2046 # one word for each address
traffic_begin 50 $(addresses lac) 10.8.0.2
state_keep

downs() { log "$1" | grep -c "is down" || true; } # tunnels, sessions, and circuits, which may be down for a moment at first
downs lac > "$work/lac.downs"
downs lns > "$work/lns.downs"
gone_on() { [ "$(log "$1" | grep -c "of a process that is gone go on")" -ge "$2" ]; }
same() {
  local end
  state_same "$1"
  for end in lac lns; do
    [ "$(downs $end)" = "$(cat "$work/$end.downs")" ] || fail "$1: the $end lost something: $(log $end | grep 'is down')"
  done
}
end_of() { # end_of NAME COUNT COMMAND...: its process ends by that, and the next one goes on
  local began=${EPOCHREALTIME/./}
  "${@:3}"
  wait_for $appliance_seconds gone_on "$1" "$2"
  say "$1 goes on after $(((${EPOCHREALTIME/./} - began) / 1000)) ms: $(log "$1" | grep "of a process that is gone go on" | tail -1 | sed 's/.* - //')"
}
kill9() { kill -9 "$(process "$1")"; }
declare -A ends=([lac]=0 [lns]=0)
both() { kill9 lac; kill9 lns; }
for who in $killed; do
  say "killed: $who"
  case $who in
    both)
      ends[lac]=$((ends[lac] + 1))
      ends[lns]=$((ends[lns] + 1))
      end_of lns ${ends[lns]} both
      wait_for $appliance_seconds gone_on lac ${ends[lac]} ;;
    *)
      ends[$who]=$((ends[$who] + 1))
      end_of $who ${ends[$who]} kill9 $who ;;
  esac
  same "killed: $who"
done
say "the LNS restarts in order"
before=$(l2tp lns counters-show --json | tr -d ' \n' | grep -o '"ppp_established":[0-9]*')
end_of lns $((ends[lns] + 1)) l2tp lns restart
same "the LNS restarted"
[ "$(l2tp lns counters-show --json | tr -d ' \n' | grep -o '"ppp_established":[0-9]*')" = "$before" ] || fail "the LNS has forgotten what it counted"
here ping -c 3 -i 0.2 -W 2 10.8.0.2 >/dev/null || fail "no frames pass any more"

traffic_end
# What the process had in its hands may be lost with it; what the kernel carries may not.
lost=$(head -1 "$work/probes" | sed 's/.* \([0-9]*\) lost.*/\1/')
[ "$lost" -le "$([ "$dataplane" = kernel ] && echo 0 || echo 10)" ] || fail "$lost probes were lost"
for end in lac lns; do
  ! log $end | grep ' ERROR ' || fail "$end: $(log $end | grep ' ERROR ' | head -3)"
done

say "hellos are answered after all that"
[ "$(l2tp lac tunnel-list --json | tr -d ' \n' | grep -o '"state":"established"' | wc -l)" = 2 ] || fail "$(l2tp lac tunnel-list)"

say "what is kept of the LAC is spoiled before it is killed"
for file in "/proc/${appliance_pid[lac]}/fd"/*; do
  case "$(readlink "$file")" in *memfd:isthmus*) echo spoilt > "$file" ;; esac
done
kill9 lac
wait_for $appliance_seconds logged lac "cannot be used: the journal of "
wait_for $((60 + appliance_seconds)) up lac
say "it begins with nothing, and its tunnels come up anew"

say "a stop says goodbye"
wait_for $appliance_seconds appliance_answers lac
if [ "$kept_by" = systemd ]; then
  systemd_stop lac
else
  keeper=${appliance_pid[lac]}
  appliance_stop lac || true
  is_gone "$keeper" || fail "the keeper has not ended with the appliance"
fi
wait_for 30 logged lns "being shut down"
! quietly ip -n there link show wire0 || fail "an interface is left"
echo "restarts hold"
