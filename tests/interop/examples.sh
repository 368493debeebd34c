#!/usr/bin/env bash
# Runs every program of scripts/examples on a sample article and looks at what comes out. usage: examples.sh NERGRAPH PYTHON
# NPM GEPHI-JAR (an empty word: that one is not here, its examples are left out)
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/lib.sh"
nergraph=$1 python=$2 npm=$3 gephi=$4
examples=$ROOT/scripts/examples
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

"$nergraph" graph "$ROOT/graphs/strait-talks.txt" -q -o net.graphml -o net.gexf -o net.json -o net.cyjs

# What it prints must have the words; the file, if one is named, must be there and begin as its kind does.
check() {
    local name=$1 words=$2 file=$3 begins=$4
    shift 4
    "$@" >out.txt 2>err.txt || { cat out.txt err.txt >&2; die "$* failed"; }
    grep -q "$words" out.txt || { cat out.txt err.txt >&2; die "$*: printed no '$words'"; }
    [ -z "$file" ] || head -c 8 "$file" | grep -qa "$begins" || die "$*: $file is none"
    say "example $name: right"
}

if "$python" -c 'import networkx, matplotlib' 2>/dev/null; then
    check networkx_matplotlib.py "Denmark" net.png PNG "$python" "$examples/networkx_matplotlib.py" net.graphml net.png
fi
if "$python" -c 'import igraph' 2>/dev/null; then
    check python_igraph.py "19 actors, 39 ties" "" "" "$python" "$examples/python_igraph.py" net.graphml
fi
if command -v Rscript >/dev/null && Rscript -e 'library(igraph)' >/dev/null 2>&1; then
    check igraph.R "Denmark" net.pdf PDF Rscript "$examples/igraph.R" net.graphml net.pdf
fi
if [ -n "$npm" ]; then
    cp "$examples"/*.mjs "$examples"/*.cjs . # packages are looked for beside the file
    ln -s "$npm/node_modules" node_modules
    check d3.mjs "19 actors, 39 ties" net.svg "<svg" node d3.mjs net.json net.svg
    "$python" -c 'import sys, xml.etree.ElementTree as e; sys.exit(len(list(e.parse("net.svg").getroot())) != 39 + 2 * 19)' ||
        die "d3.mjs: not every actor and tie is in the picture"
    check cytoscape.cjs "19 actors, 39 ties; strongest: Denmark" "" "" node cytoscape.cjs net.cyjs
fi
if [ -n "$gephi" ]; then
    # a network through time: two sentences, one, three in adjacent months; Gephi must have all three weights
    printf '{"id":"1","date":"2023-12-30","text":"Anna Lindh met Olaf Scholz. Anna Lindh met Olaf Scholz."}\n{"id":"2","date":"2024-01-05","text":"Anna Lindh met Olaf Scholz in Peru."}\n{"id":"3","date":"2024-02-05","text":"Anna Lindh met Olaf Scholz. Olaf Scholz met Anna Lindh. Olaf Scholz met Anna Lindh."}\n' >months.jsonl
    "$nergraph" slice months.jsonl -q --period month -o months.gexf
    check "dynamic GEXF" '"person:anna-lindh","person:olaf-scholz",6.0' "" "" \
        java -Djava.awt.headless=true -cp "$(dirname "$gephi")/../classes:$gephi" GephiReader months.gexf
    check GephiPicture.java "19 actors, 39 ties" gephi.pdf PDF java -Djava.awt.headless=true -cp "$gephi" "$examples/GephiPicture.java" net.gexf gephi.pdf
fi
