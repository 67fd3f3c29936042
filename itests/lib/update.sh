# What the cases of hot upgrade share: a LAC and an LNS with sessions in two tunnels, one of each version, under traffic, and new
# versions of bundles. Sourced after world.sh and isolate.
#
#   sessions_up COUNT DATAPLANE     starts both ends and waits until so many sessions are up
#   sessions_traffic                probes to all sessions and a TCP stream, until traffic_end
#   rebuilt BUNDLE NUMBER           the same jar of version 1.0.(1000 + NUMBER), as a build of it would be; prints its path
#   without JAR ENTRY...            the same without some entries
#   faulty NUMBER CLASS SED         core with a class whose source is changed by a sed script, as version 1.0.(1000 + NUMBER)
#   upgrade NAME ARGUMENTS...       l2tp:upgrade --yes at an appliance; its answer goes to $work/answer
#   gauge NAME                      threads, descriptors, class loaders of bundles and kilobytes of heap, after a collection

. "${BASH_SOURCE[0]%/*}/traffic.sh"

# Each tunnel has a pool of its own, so that answers find the way back.
lns_conf() {
  local net=0
  echo "system { host_name lns
  dataplane $1 }"
  for tunnel in two three; do
    net=$((net + 4))
    echo "peer profile \"$tunnel\" { peer_host_name $tunnel
      ppp_profile \"$tunnel\" }
    ppp profile \"$tunnel\" { ip_pool_name \"$tunnel\"
      ingress_filter false }
    ippool \"$tunnel\" { range 10.9.$net.2-10.9.$((net + 3)).250
      gateway 10.9.$net.1 }"
  done
}
lac_conf() {
  local i
  echo "system { host_name lac
  dataplane $1 }"
  for tunnel in two three; do
    echo "tunnel \"$tunnel\" {"
    echo "  peer 192.0.2.1"
    echo "  host_name $tunnel"
    [ $tunnel = two ] || echo "  version l2tpv3"
    for ((i = 0; i < sessions / 2; i++)); do echo "  session \"s$i\" { user_name \"alice\" }"; done
    echo "}"
  done
}

sessions_up() {
  sessions=$1
  appliance lns here 'alice * "wonderland"' < <(lns_conf "$2")
  appliance lac there 'alice * "wonderland"' < <(lac_conf "$2")
  wait_for $((60 + appliance_seconds)) up lac
  wait_for $appliance_seconds up lns
  say "$sessions sessions are up"
}
sessions_traffic() {
  # shellcheck disable=SC2046 # one word for each address
  traffic_begin 5 $(addresses lac)
}

built_jar() { find "$home/system" -path "*org/isthmus/$1/*" -name "$1-*.jar" | head -1; }

rebuilt() {
  python3 "$root/itests/lib/jar.py" version "$(built_jar "$1")" "$work/$1-$2.jar" "1.0.$((1000 + $2))"
  echo "$work/$1-$2.jar"
}
without() { python3 "$root/itests/lib/jar.py" without "$@"; }
faulty() {
  local jar source=$root/bundles/core/src/main/java/org/isthmus/core/$2.java place=$work/faulty-$1
  jar=$(rebuilt core "$1")
  mkdir -p "$place/source" "$place/classes"
  sed "$3" "$source" > "$place/source/$(basename "$2").java"
  ! cmp -s "$source" "$place/source/$(basename "$2").java" || fail "the source of $2 is not what this case takes it for"
  # What the annotations of components say stands in the jar already; they are in no bundle of the appliance.
  python3 - "$place/source/$(basename "$2").java" <<'PY'
import re, sys
text = open(sys.argv[1]).read()
text = re.sub(r"import org\.osgi\.service\.component\.annotations\..*;", "", text)
text = re.sub(r"@(Component|Activate|Deactivate|Reference)\b(\s*\([^()]*\))?", "", text)
open(sys.argv[1], "w").write(text)
PY
  javac -nowarn -proc:none -d "$place/classes" -cp "$(find "$home/system" -name '*.jar' | paste -sd:)" "$place/source/"*.java >&2 \
    || fail "the changed $2 cannot be compiled"
  python3 "$root/itests/lib/jar.py" put "$jar" "$place/classes"
  echo "$jar"
}

upgrade() { l2tp "$1" "l2tp:upgrade --yes ${*:2}" >"$work/answer" 2>&1; }
answered() { grep -qF -- "$1" "$work/answer" || fail "no \"$1\" in the answer: $(cat "$work/answer")"; }
runs() { l2tp "$1" "bundle:list -t 0 -s --no-format" | grep -F "$2" | grep -F "$3" | grep -q Active; } # runs NAME SYMBOLIC-NAME VERSION

gauge() {
  local pid=${appliance_pid[$1]}
  jcmd "$pid" GC.run >/dev/null
  sleep 1
  echo "$(ls "/proc/$pid/task" | wc -l) $(ls "/proc/$pid/fd" | wc -l) $(jcmd "$pid" VM.classloader_stats | grep -c BundleClassLoader)" \
    "$(jcmd "$pid" GC.class_histogram | awk '/^Total/ { print int($3 / 1024) }')"
}
