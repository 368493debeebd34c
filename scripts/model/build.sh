#!/usr/bin/env bash
# Builds the shipped models from nothing and measures them. usage: scripts/model/build.sh [--install]
#
# Fetches the teachers and labels the open text (silver.sh; half an hour), groups words into classes,
# mixes gold and silver, trains the model, a second one without CoreNLP's labels, and for each five
# more that have not seen one fifth of the gold (a quarter of an hour), measures them and writes the
# card. Everything lies in out/model; with --install the models, the card and the counts of the labels
# replace those in src/mentions/model. Steps whose results are there are not repeated; remove
# out/model to begin again. The data lie in ../shared beside the repository (or SHARED=...).
# Two cores, 8 GB of memory.
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export SHARED=${SHARED:-$ROOT/../shared}
model=$OUT/model
program=$OUT/release/nergraph
COPIES=(--upper 0.2 --lower 0.2 --titled 0.1 --careless 0.15 --swap 0.2 --twice uner-ewt,re3d,wikigold)
SILVER_COPIES=(--upper 0.05 --lower 0.05 --titled 0.04 --swap 0.05)

mix() { python3 "$here/mix.py" "$@" --shared "$SHARED"; }

# train NAME LABELS PARTS: NAME.ngm on everything and NAME/fold-0.ngm ... fold-4.ngm
train() {
    local name=$1 labels=$2 fold
    local silver=$model/silver-$labels.jsonl
    [ -s "$silver" ] || mix silver --labels "$labels" "${SILVER_COPIES[@]}" -o "$silver"
    mkdir -p "$model/$name"
    for fold in 0 1 2 3 4 full; do
        local gold=$model/gold-$fold.jsonl out=$model/$name/fold-$fold.ngm
        [ "$fold" != full ] || out=$model/$name/full.ngm
        [ ! -s "$out" ] || continue
        [ -s "$gold" ] || mix gold --fold "${fold/full/-1}" "${COPIES[@]}" -o "$gold"
        say "training $name, fold $fold"
        "$program" train "$gold" --silver "$silver" --word-classes "$model/classes.tsv" -o "$out"
    done
}

"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF
[ -s "$model/silver.tsv" ] || "$here/silver.sh"
if [ ! -s "$model/classes.tsv" ]; then
    say "word classes"
    OPENBLAS_NUM_THREADS=2 "$model/teachers/spacy/bin/python" "$here/classes.py"
fi
python3 "$here/labels.py" >"$model/LABELS.tsv"
cmp -s "$model/LABELS.tsv" "$ROOT/src/mentions/model/LABELS.tsv" ||
    say "the labels are not those of the shipped model (see LABELS.tsv): its bytes will differ"
train shipped vote
train without-corenlp pair
say "measuring"
for name in shipped without-corenlp; do
    python3 "$here/evaluate.py" --program "$program" --models "$model/$name" --shared "$SHARED" \
        -o "$model/$name/scores.json" >"$model/$name/scores.md"
done
python3 "$here/card.py" >"$model/CARD.md"
say "the models are $model/shipped/full.ngm and $model/without-corenlp/full.ngm, the card $model/CARD.md"
if [ "${1:-}" = --install ]; then
    cp "$model/shipped/full.ngm" "$ROOT/src/mentions/model/built_in.ngm"
    cp "$model/without-corenlp/full.ngm" "$ROOT/src/mentions/model/without_corenlp.ngm"
    cp "$model/CARD.md" "$model/LABELS.tsv" "$ROOT/src/mentions/model/"
    say "installed in src/mentions/model"
fi
