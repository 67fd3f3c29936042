#!/usr/bin/env bash
# 2,000 PPP sessions in the kernel, all up and all gone again, beside 100 of xl2tpd with pppd: the benchmark kernel-sessions.
# appliance: shared pair
# limit: 1500
export BENCHMARK_XL2TPD=${BENCHMARK_XL2TPD:-100}
exec "$(dirname "$0")/../../benchmarks/kernel-sessions.sh"
