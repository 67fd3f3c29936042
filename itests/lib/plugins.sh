# Plugins under test, for cases that have sourced world.sh: appliances with folders deploy/ of their own, and projects made from the
# archetype as an author makes them. Maven works offline with what the build of Isthmus itself has fetched.
#
#   appliance_with_deploy NAME NAMESPACE [SECRETS]    as appliance, with its deploy/ in $work/NAME/deploy
#   deploy FILE NAME                copies a file there as one piece
#   plugged NAME PLUGIN [KIND]      whether a plugin is in l2tp:plugins
#   plugin_repository               a repository in $work/m2 that has what ~/.m2 has, and of ours the api and the archetype of this build
#   plugin_make SERVICE ARTIFACT    generates the project $work/projects/ARTIFACT
#   plugin_build ARTIFACT           builds and tests it

plugin_version=1.0.0-SNAPSHOT

appliance_with_deploy() {
  mkdir -p "$work/$1/deploy"
  appliance_made "$@"
  sed -i "s|^felix.fileinstall.dir .*|felix.fileinstall.dir = $work/$1/deploy|" "$work/$1/etc/org.apache.felix.fileinstall-deploy.cfg"
  appliance_started "$1" "$2"
}

# What is half written must not be picked up.
deploy() { cp "$1" "$work/$2/$(basename "$1").part" && mv "$work/$2/$(basename "$1").part" "$work/$2/deploy/$(basename "$1")"; }

# plugins NAME: lines of kind, name, version, calls, failures
plugins() {
  l2tp "$1" plugins --json 2>/dev/null | python3 -c '
import json, sys
read = json.load(sys.stdin)
for one in read if isinstance(read, list) else read["plugins"]:
    print(one["kind"], one["name"], one["version"], one["calls"], one["failures"], one["lastFailure"], sep="|")' 2>/dev/null || true
}
plugged() { plugins "$1" | grep -q "^${3:-[^|]*}|$2|"; }
unplugged() { appliance_answers "$1" && ! plugged "$@"; }

plugin_repository() {
  local all=${MAVEN_REPOSITORY:-$HOME/.m2/repository} entry artifact
  mkdir -p "$work/m2/org/isthmus/isthmus/$plugin_version" "$work/projects"
  for entry in "$all"/*; do [ "$(basename "$entry")" = org ] || ln -s "$entry" "$work/m2/"; done
  for entry in "$all"/org/*; do [ "$(basename "$entry")" = isthmus ] || ln -s "$entry" "$work/m2/org/"; done
  cp "$root/pom.xml" "$work/m2/org/isthmus/isthmus/$plugin_version/isthmus-$plugin_version.pom"
  for artifact in api:bundles/api isthmus-plugin-archetype:bundles/examples/archetype; do
    entry=$work/m2/org/isthmus/${artifact%%:*}/$plugin_version/${artifact%%:*}-$plugin_version
    mkdir -p "$(dirname "$entry")"
    cp "$root/${artifact#*:}/pom.xml" "$entry.pom"
    cp "$root/${artifact#*:}/target/${artifact%%:*}-$plugin_version.jar" "$entry.jar"
  done
}

plugin_maven() { mvn -q -o -B -Dstyle.color=never "-Dmaven.repo.local=$work/m2" "$@" </dev/null; }

plugin_make() {
  local archetype
  archetype=$(sed -n 's/.*<maven.archetype.version>\(.*\)<.*/\1/p' "$root/pom.xml")
  (cd "$work/projects" && plugin_maven "org.apache.maven.plugins:maven-archetype-plugin:$archetype:generate" -DarchetypeCatalog=internal \
    -DarchetypeGroupId=org.isthmus -DarchetypeArtifactId=isthmus-plugin-archetype "-DarchetypeVersion=$plugin_version" \
    -DgroupId=com.example "-DartifactId=$2" -Dversion=1.0.0 -Dpackage=com.example.plugin "-Dservice=$1")
}

plugin_build() { (cd "$work/projects/$1" && plugin_maven verify); }
