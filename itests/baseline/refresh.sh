#!/usr/bin/env bash
# Makes the bundles as they are built now the release that exported packages are measured against from here on.
#   refresh.sh VERSION      VERSION is below that of the next build, for example 1.0.0 when the poms say 1.1.0-SNAPSHOT
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
version=${1:?usage: refresh.sh VERSION}
mvn -q -B package -DskipTests -P '!baseline'
rm -rf itests/baseline/org
for jar in bundles/*/target/*.jar; do
  name=$(basename "$(dirname "$(dirname "$jar")")")
  case $(basename "$jar") in "$name"-[0-9]*.jar) ;; *) continue ;; esac
  # jnr's packages are another project's.
  [ "$name" != jnr ] && unzip -p "$jar" META-INF/MANIFEST.MF | grep -q '^Export-Package' || continue
  folder=itests/baseline/org/isthmus/$name/$version
  mkdir -p "$folder"
  cp "$jar" "$folder/$name-$version.jar"
  # Bundles are measured too: the build's version must be above this one.
  printf 'Bundle-Version: %s\n' "$version" >target/bundle-version
  jar --update --file "$folder/$name-$version.jar" --manifest target/bundle-version 2>/dev/null
  cat >"$folder/$name-$version.pom" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.isthmus</groupId>
  <artifactId>$name</artifactId>
  <version>$version</version>
</project>
POM
  cat >"$folder/../maven-metadata.xml" <<METADATA
<metadata>
  <groupId>org.isthmus</groupId>
  <artifactId>$name</artifactId>
  <versioning><release>$version</release><versions><version>$version</version></versions></versioning>
</metadata>
METADATA
done
echo "Exported packages are now measured against $version:"
find itests/baseline/org -name '*.jar'
