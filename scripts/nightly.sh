#!/usr/bin/env bash
# What takes longer than a change should wait for: everything of scripts/test-all.sh, then valgrind
# on the command line, long fuzzing, and inputs that make naive code slow.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/scripts/test-all.sh"
"$ROOT/scripts/check.sh"
"$ROOT/scripts/valgrind.sh"
"$ROOT/scripts/fuzz.sh" 600
python3 "$ROOT/tests/slow_input/hostile.py" --program "$OUT/test-release/nergraph"
NERGRAPH_NAME_SETS=1000000 "$OUT/test-release/tests/unit_actors_random"
python3 "$ROOT/tests/property/splits.py" --program "$OUT/test-release/nergraph" \
    --text "$ROOT/../shared/data/bench/text.jsonl" || [ $? -eq 77 ]
python3 "$ROOT/tests/bench/pairs.py" --program "$OUT/test-release/nergraph"
python3 "$ROOT/tests/property/verify.py" --program "$OUT/test-release/nergraph" --count 1000
"$ROOT/scripts/gephi.sh" || [ $? -eq 77 ]
NERGRAPH_REPEATS=50 "$OUT/test-release/tests/unit_measures_scores"
"$OUT/venv/bin/python" "$ROOT/tests/property/centrality.py" "$OUT/test-release/libnergraph.so" 10000
python3 "$ROOT/tests/property/intervals.py" --program "$OUT/test-release/nergraph" --count 500 --report
"$OUT/venv/bin/python" "$ROOT/tests/property/structure.py" "$OUT/test-release/libnergraph.so" 2000
python3 "$ROOT/tests/property/resume.py" --program "$OUT/test-release/nergraph" --times 20 --megabytes 150
"$OUT/venv/bin/python" "$ROOT/tests/property/hostile_names.py" --program "$OUT/test-release/nergraph" --names 1000000
"$OUT/venv/bin/python" "$ROOT/tests/property/hostile_formats.py" --program "$OUT/test-release/nergraph" --names 1000000
python3 "$ROOT/tests/faults/bombs.py" --program "$OUT/test-release/nergraph" --large
