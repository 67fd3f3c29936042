#!/usr/bin/env bash
# The archetype of plugins: makes a project for each service, as an author does, which builds and tests as it is; what they make is
# dropped into deploy/ of an appliance that runs and plugs in.
set -euo pipefail
. "$(dirname "$0")/../lib/world.sh"
. "$root/itests/lib/plugins.sh"
isolate "$@"
needs mvn
two_hosts
services=(Authenticator AddressPool Dataplane PppProvider L2tpListener Quirk)
artifact() { echo "my-${1,,}"; }

plugin_repository
{ echo '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId>'
  echo '<artifactId>all</artifactId><version>1</version><packaging>pom</packaging><modules>'
  for service in "${services[@]}"; do echo "<module>$(artifact "$service")</module>"; done
  echo '</modules></project>'; } >"$work/all.xml"
for service in "${services[@]}"; do
  say "a project for $service"
  plugin_make "$service" "$(artifact "$service")"
done
say "all are built and tested"
mv "$work/all.xml" "$work/projects/pom.xml"
plugin_build . >"$work/maven.log" 2>&1 || fail "they do not build: $(tail -n 30 "$work/maven.log")"

appliance_with_deploy lns here <<'CONF'
system { host_name lns
  dataplane user }
CONF
say "all are dropped into deploy/"
for service in "${services[@]}"; do deploy "$work/projects/$(artifact "$service")/target/$(artifact "$service")-1.0.0.jar" lns; done
wait_for 40 plugged lns my-authenticator authenticator
wait_for 10 plugged lns com.example.plugin.MyAddressPool 'address pool'
wait_for 10 plugged lns my-dataplane 'data plane'
wait_for 10 plugged lns my-pppprovider 'PPP provider'
wait_for 10 plugged lns com.example.plugin.MyL2tpListener listener
wait_for 10 plugged lns my-quirk quirk
! plugins lns | grep -v 'org.isthmus' | awk -F'|' '$5 > 0' | grep . || fail "calls failed: $(plugins lns)"
say "one as a KAR in the place of the bundle"
rm "$work/lns/deploy/my-quirk-1.0.0.jar"
wait_for 20 unplugged lns my-quirk
deploy "$work/projects/my-quirk/target/my-quirk-1.0.0.kar" lns
wait_for 30 plugged lns my-quirk quirk
echo "what the archetype makes builds, and plugs in"
