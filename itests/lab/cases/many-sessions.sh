#!/usr/bin/env bash
# 2,000 PPP sessions in the kernel, all up and all gone again, beside xl2tpd with pppd: the benchmark kernel-sessions.
# appliance: shared pair
# limit: 1500
exec "$(dirname "$0")/../../benchmarks/kernel-sessions.sh"
