#!/usr/bin/env bash
# 1 GB of TCP through each pseudowire, every byte checked: the case of the same name, with more to carry.
exec env PSEUDOWIRE_TCP_MB="${1:-1024}" "$(dirname "$0")/../cases/pseudowires.sh"
