#!/usr/bin/env bash
# Hot upgrade on the kernel's data plane: the case of the same name, with fewer sessions and updates unless SESSIONS, UPDATES and
# BUNDLES say how much. The kernel loses no packet.
# nightly
# limit: 1500
exec env CASE_DATAPLANE=kernel CASE_APPLIANCE_SECONDS=300 SESSIONS="${SESSIONS:-2}" UPDATES="${UPDATES:-2}" \
  BUNDLES="${BUNDLES:-ippool core dataplane-kernel linux api}" "$(dirname "$0")/../../cases/hot-update.sh"
