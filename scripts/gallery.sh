#!/usr/bin/env bash
# Makes the pictures of the README's gallery, docs/gallery/*.svg, from texts of our own.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF >/dev/null
nergraph=$OUT/release/nergraph gallery=$ROOT/docs/gallery
mkdir -p "$gallery"
cd "$ROOT"

"$nergraph" graph graphs/strait-talks.txt -q -o "$gallery/night.svg" --theme dark --title "Talks about the strait"
"$nergraph" graph graphs/*.txt graphs/news.jsonl tests/samples -q -o "$gallery/circles.svg" --color-by community --labels 45 \
    --title "Eleven texts and their circles"
"$nergraph" graph graphs/river-dam.txt -q -o "$gallery/paper.svg" --theme print --size-by betweenness \
    --title "A dam on the river: who stands between the others"
"$nergraph" slice graphs/news.jsonl -q --period month -o "$gallery/months.svg" --title "Three months, the same actors"
