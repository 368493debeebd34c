#!/usr/bin/env bash
# Fuzzes every target of tests/fuzz for a while, one after the other, and keeps what crashes.
# usage: scripts/fuzz.sh [SECONDS [NAME...]]   (default 60 seconds, all targets)
#
# A crasher is saved in tests/fuzz/NAME/, where every build replays it as an ordinary test from then
# on: commit it with the fix. What the fuzzer learned stays in out/fuzz/corpus. Needs clang.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seconds=${1:-60}
[ $# -eq 0 ] || shift
[[ $seconds =~ ^[1-9][0-9]*$ ]] || die "not a number of seconds: $seconds"
if ! command -v clang >/dev/null; then
    say "no clang: the fuzzers are left out (the saved inputs run as tests all the same)"
    exit 0
fi

if [ $# -gt 0 ]; then
    names=("$@")
else
    names=()
    for source in "$ROOT"/tests/fuzz/fuzz_*.c; do
        name=${source##*/fuzz_}
        names+=("${name%.c}")
    done
fi

folder=$OUT/fuzz
flags="-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all"
mkdir -p "$folder"
cmake -S "$ROOT" -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=None -DCMAKE_C_COMPILER=clang \
    -DCMAKE_C_FLAGS="$flags" -DNERGRAPH_FUZZ=ON >"$folder/configure.log" 2>&1 ||
    { cat "$folder/configure.log" >&2; die "cmake could not configure $folder"; }
cmake --build "$folder" --parallel "$JOBS" --target "${names[@]/#/fuzz_}"

failed=()
for name in "${names[@]}"; do
    corpus=$folder/corpus/$name
    seeds=$ROOT/tests/fuzz/$name
    mkdir -p "$corpus"
    say "fuzz $name, $seconds s"
    if ! "$folder/tests/fuzz_$name" -max_total_time="$seconds" -max_len=4096 -timeout=20 \
        -rss_limit_mb=4096 -artifact_prefix="$seeds/" "$corpus" "$seeds" >"$folder/$name.log" 2>&1; then
        failed+=("$name")
        grep -E "^broken|ERROR|runtime error|Test unit written" "$folder/$name.log" >&2 || true
        echo "fuzz $name failed: the input is in tests/fuzz/$name/, all of it in $folder/$name.log" >&2
    else
        tail -n 1 "$folder/$name.log"
    fi
done
[ ${#failed[@]} -eq 0 ] || die "crashed: ${failed[*]}"
