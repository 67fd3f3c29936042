#!/usr/bin/env bash
# Circuits of L2TPv3 on the kernel's data plane: the case of the same name.
# appliance: shared pair
# nightly
# limit: 600
export CASE_DATAPLANE=kernel CASE_WORLD=${0%/cases/*}/pair.sh
exec "${0%/lab/cases/*}/cases/${0##*/}"
