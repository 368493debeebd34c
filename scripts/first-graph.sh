#!/usr/bin/env bash
# From a fresh machine to a first ranked, drawn graph: installs what is missing (and says what),
# builds a release, reads a sample article, prints the ranking, leaves the picture and the DOT file.
# Can be repeated; works from any directory.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/scripts/install-packages.sh"
say "building into $OUT/release"
"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF
sample=$ROOT/graphs/strait-talks.txt
mkdir -p "$OUT/first"
say "nergraph graphs/strait-talks.txt"
"$OUT/release/nergraph" "$sample"
"$OUT/release/nergraph" graph "$sample" --title "Four neighbours, one strait" \
    -o "$OUT/first/strait-talks.dot" -o "$OUT/first/strait-talks.svg" \
    -o "$OUT/first/strait-talks.png" -o "$OUT/first/strait-talks.json"
say "the picture:  $OUT/first/strait-talks.png (and .svg)"
say "the DOT file: $OUT/first/strait-talks.dot"
say "the program:  $OUT/release/nergraph"
