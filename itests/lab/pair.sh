# Lets a case of itests/cases that has two appliances, one in "here" and one in "there", run with the lab's shared ones: it sources
# this in the place of world.sh where CASE_WORLD says so, as its file in cases/ does. Of the system's parameters it may set those
# that take effect at once.

. "$(dirname "${BASH_SOURCE[0]}")/case.sh"

two_hosts() {
  shared_world
  ip -n here addr add 192.0.2.1/24 dev "$wire"
  ip -n there addr add 192.0.2.2/24 dev there0
}

appliance_begin() {
  local shared=far
  [ "$2" = there ] || shared=box
  rm -f "${work:?}/$1"
  ln -s "$LAB_SHARED/$shared" "$work/$1"
  [ $# -lt 3 ] || printf '%s\n' "$3" | put "$1" l2tp-secrets
  sed '0,/^system {/s//system {\n    listen_ip true/' | put "$1" l2tpd.conf
  l2tp "$1" reload || fail "the configuration of $1 was not taken"
}

# It is emptied, and so has nothing up.
appliance_stop() {
  echo 'system { listen_ip true }' | put "$1" l2tpd.conf
  l2tp "$1" reload
}
