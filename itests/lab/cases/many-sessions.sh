#!/usr/bin/env bash
# A hundred PPP sessions in the kernel, all up and all gone again, beside xl2tpd with pppd: the benchmark kernel-sessions with
# fewer sessions.
# appliance: shared pair
# limit: 600
export BENCHMARK_SESSIONS=${BENCHMARK_SESSIONS:-100} BENCHMARK_XL2TPD=${BENCHMARK_XL2TPD:-20}
exec "$(dirname "$0")/../../benchmarks/kernel-sessions.sh"
