#!/usr/bin/env bash
# Runs the way of one article under valgrind: any error or leak of ours fails.
# usage: scripts/valgrind.sh [ARTICLE]   (default graphs/strait-talks.txt)
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

article=${1:-$ROOT/graphs/strait-talks.txt}
command -v valgrind >/dev/null || die "valgrind is not installed"
"$ROOT/scripts/build.sh" "$OUT/valgrind" -DCMAKE_BUILD_TYPE=Debug -DNERGRAPH_BUILD_TESTS=OFF >/dev/null
program=$OUT/valgrind/nergraph
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
check() {
    say "$*"
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,indirect \
        --errors-for-leak-kinds=definite,indirect --suppressions="$ROOT/tests/valgrind.supp" \
        "$@" >/dev/null
}
check "$program" -j2 "$article"
check "$program" extract "$article"
check "$program" graph "$article" -o "$folder/net.json" -o "$folder/net.csv" -o "$folder/net.svg"
check "$program" centrality "$folder/net.json" --by all --format json
say "no error, no leak of ours"
