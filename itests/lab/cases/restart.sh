#!/usr/bin/env bash
# The process killed and started again on the kernel's data plane: the case of the same name, with fewer sessions. Packets pass while the
# process is gone, and none is lost.
# nightly
# limit: 1500
exec env CASE_DATAPLANE=kernel CASE_APPLIANCE_SECONDS=300 SESSIONS=2 KILLED="lac lns" "$(dirname "$0")/../../cases/restart.sh"
