# Where a case of the lab is, and how long it may take; sourced by what has set $lab.

case_file() {
  local file
  for file in "$lab/cases/$1.sh" "$lab/../benchmarks/$1.sh"; do [ -x "$file" ] && echo "$file" && return; done
  return 1
}

limit() { [ -z "${LAB_LIMIT:-}" ] || { echo "$LAB_LIMIT"; return; }; sed -n 's/^# limit: \([0-9]*\).*/\1/p' "$(case_file "$1")" | grep . || echo 300; }
