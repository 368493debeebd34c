#!/usr/bin/env bash
# Opens every graph file with every program that reads it and compares what comes out with docs/interop.md:
# tests/interop/matrix.py; runs scripts/examples before. usage: scripts/interop.sh [--accept]
# What is missing is fetched: R's igraph from Debian, graphology, Cytoscape.js and D3 from npm, Gephi's toolkit from Maven. What
# cannot be fetched is left out, and said.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$ROOT/scripts/python.sh"

"$ROOT/scripts/install-packages.sh" --interop || say "not all programs could be installed"
"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF >/dev/null

options=()
npm=$OUT/interop-npm
if command -v npm >/dev/null && command -v node >/dev/null; then
    mkdir -p "$npm"
    if [ ! -d "$npm/node_modules/graphology-gexf" ]; then
        npm install --prefix "$npm" --silent --no-audit --no-fund graphology@0.26.0 graphology-gexf@0.13.2 \
            graphology-graphml@0.5.2 cytoscape@3.35.0 d3-force@3.0.1 >/dev/null 2>&1 || say "npm could not fetch its packages"
    fi
    [ ! -d "$npm/node_modules/graphology-gexf" ] || options+=(--npm "$npm")
fi

gephi=$OUT/gephi
if command -v mvn >/dev/null && command -v javac >/dev/null; then
    if ! ls "$gephi"/jars/gephi-toolkit-*-all.jar >/dev/null 2>&1; then
        mvn -B -q -f "$ROOT/tests/interop/gephi.pom.xml" \
            org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
            -DoutputDirectory="$gephi/jars" >/dev/null 2>&1 || say "Maven could not fetch Gephi's toolkit"
    fi
    if jar=$(ls "$gephi"/jars/gephi-toolkit-*-all.jar 2>/dev/null); then
        mkdir -p "$gephi/classes"
        javac -d "$gephi/classes" -cp "$jar" "$ROOT/tests/interop/GephiReader.java"
        options+=(--gephi "$gephi/classes:$jar")
    fi
fi

"$NG_TEST_PYTHON" -c 'import matplotlib' 2>/dev/null || "$NG_TEST_PYTHON" -m pip install -q --disable-pip-version-check \
    matplotlib==3.11.2 2>/dev/null || say "matplotlib could not be fetched"
"$ROOT/tests/interop/examples.sh" "$OUT/release/nergraph" "$NG_TEST_PYTHON" \
    "$([ ! -d "$npm/node_modules/d3-force" ] || echo "$npm")" "${jar:-}"
exec "$NG_TEST_PYTHON" "$ROOT/tests/interop/matrix.py" --program "$OUT/release/nergraph" --table "$ROOT/docs/interop.md" \
    "${options[@]}" "$@"
