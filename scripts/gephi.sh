#!/usr/bin/env bash
# Lets Gephi's toolkit write graphs and reads them: tests/property/importers.py with its part for Gephi.
# Needs Java 17 and Maven (packages openjdk-17-jdk-headless, maven); the toolkit is fetched, pinned, into out/gephi.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

for tool in java javac mvn; do
    command -v "$tool" >/dev/null || { say "no $tool: Gephi's toolkit is left out"; exit 77; }
done
. "$ROOT/scripts/python.sh"
"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF >/dev/null

folder=$OUT/gephi
if ! ls "$folder"/jars/gephi-toolkit-*-all.jar >/dev/null 2>&1; then
    mvn -B -q -f "$ROOT/tests/interop/gephi.pom.xml" \
        org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
        -DoutputDirectory="$folder/jars"
fi
jar=$(ls "$folder"/jars/gephi-toolkit-*-all.jar)
mkdir -p "$folder/classes"
javac -d "$folder/classes" -cp "$jar" "$ROOT/tests/interop/GephiWriter.java"
rm -rf "$folder/graphs"
java -Djava.awt.headless=true -cp "$folder/classes:$jar" GephiWriter "$folder/graphs" 20 2>"$folder/java.log" ||
    { tail -n 20 "$folder/java.log" >&2; die "Gephi's toolkit wrote no graphs"; }
"$NG_TEST_PYTHON" "$ROOT/tests/property/importers.py" --program "$OUT/release/nergraph" --gephi "$folder/graphs"
