#!/usr/bin/env bash
# Failover on the kernel's data plane: the case of the same name, where either appliance is killed and started again.
# limit: 900
exec env CASE_DATAPLANE=kernel CASE_APPLIANCE_SECONDS=300 "$(dirname "$0")/../../cases/failover.sh"
