#!/usr/bin/env bash
# The shared appliance answers, takes a configuration, and is reached over the wire of the case.
# appliance: shared
# limit: 300
set -euo pipefail
. "$(dirname "$0")/../case.sh"
isolate "$@"
shared_world

configure <<'CONF'
tunnel profile "shared" { hello_timeout 7 }
CONF
l2tp box config-show
has box config-show 'tunnel profile "shared"' || fail "the configuration is not in force"
there ping -c 1 -W 5 "$us"
