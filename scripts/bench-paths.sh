#!/usr/bin/env bash
# Speed of shortest-path centralities against igraph (C and Python), NetworKit, graph-tool and NetworkX, one core
# each, the same graph and the same lengths, in one run: tests/bench/paths.py. usage: scripts/bench-paths.sh [OPTION]...
# graph-tool comes with the package python3-graph-tool and is asked if it is there; the others are fetched by pip.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/scripts/build.sh" "$OUT/release" -DNERGRAPH_BUILD_TESTS=OFF >/dev/null
venv=$OUT/bench-paths-venv
if [ ! -x "$venv/bin/python" ]; then
    "${PYTHON:-python3}" -m venv "$venv"
    "$venv/bin/pip" install -q --disable-pip-version-check networkx igraph networkit numpy scipy
fi
# shellcheck disable=SC2046
cc -O2 "$ROOT/tests/bench/igraph_paths.c" -o "$OUT/igraph_paths" $(pkg-config --cflags --libs igraph)
export OMP_NUM_THREADS=1 # one core for everybody but nergraph's second thread
exec "$venv/bin/python" "$ROOT/tests/bench/paths.py" --library "$OUT/release/libnergraph.so" --igraph "$OUT/igraph_paths" "$@"
