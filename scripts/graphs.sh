#!/usr/bin/env bash
# Rebuilds the reference graphs in graphs/ from the sample texts beside them.
# usage: scripts/graphs.sh [NERGRAPH [FOLDER]]   (default out/release/nergraph, graphs/)
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

program=${1:-$OUT/release/nergraph}
folder=${2:-$ROOT/graphs}
[ -x "$program" ] || die "$program is not there; run scripts/build.sh first"
cd "$ROOT/graphs"
draw() { # SOURCE NAME TITLE
    "$program" graph "$1" --title "$3" -o "$folder/$2.json" -o "$folder/$2.dot" -o "$folder/$2.svg"
}
draw strait-talks.txt strait-talks "Four neighbours, one strait"
draw river-dam.txt river-dam "The dam above the valley"
draw news.jsonl news "Three ports, one ticket"
