#!/usr/bin/env bash
# The process killed under systemd: the case "restart" on the kernel's data plane, with a LAC that a real systemd starts by the unit
# that is shipped, keeps the descriptors of, and starts again.
# nightly
# limit: 1500
exec env CASE_DATAPLANE=kernel CASE_APPLIANCE_SECONDS=300 SESSIONS=2 KILLED=lac KEPT_BY=systemd "$(dirname "$0")/../../cases/restart.sh"
