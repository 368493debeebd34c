#!/usr/bin/env bash
# What every change runs, in under ten minutes on two cores.
# usage: scripts/check.sh            everything below
#        scripts/check.sh house      doors, direction, foreign libraries, banned calls, public headers, symbols
#        scripts/check.sh format     clang-format
#        scripts/check.sh tidy       clang-tidy
#        scripts/check.sh test       build with warnings as errors, run the tests
#        scripts/check.sh cases --accept NAME...   take a case's new output as the expected one
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$ROOT"

check_house() {
    say "doors, direction, banned calls"
    python3 scripts/house.py
    say "public headers compile alone, as C11 and as C++"
    local header
    for header in include/nergraph/*.h; do
        printf '#include <%s>\nint main(void) { return 0; }\n' "${header#include/}" >"$OUT/header.c"
        gcc -std=c11 -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only "$OUT/header.c"
        if command -v g++ >/dev/null; then
            g++ -x c++ -Wall -Wextra -Werror -Iinclude -fsyntax-only "$OUT/header.c"
        fi
    done
    local library
    library=$(ls -t "$OUT"/{test-release,check,release}/libnergraph.so 2>/dev/null | head -n 1 || true)
    if [ -z "$library" ]; then
        say "exported symbols: no libnergraph.so built yet, not compared"
        return
    fi
    say "exported symbols as listed in scripts/exported_symbols.txt"
    nm -D --defined-only "$library" | awk '{print $3}' | grep -v '^_' | LC_ALL=C sort |
        diff scripts/exported_symbols.txt -
}

check_format() {
    say "clang-format"
    find src include tests -name '*.[ch]' -print0 | xargs -0 clang-format --dry-run -Werror
}

check_tidy() {
    say "clang-tidy"
    [ -f "$OUT/check/compile_commands.json" ] || "$ROOT/scripts/build.sh" "$OUT/check" >/dev/null
    # the build is gcc's, which has an omp.h; clang need not have one
    find src -name '*.c' -print0 | xargs -0 -P "$JOBS" -n 4 clang-tidy -p "$OUT/check" --quiet \
        --extra-arg=-fno-openmp 2> >(grep -vE '^[0-9]+ warnings? generated\.$' >&2)
}

check_test() {
    . scripts/python.sh
    ./scripts/build.sh "$OUT/check" -DNERGRAPH_WARNINGS_ARE_ERRORS=ON -DNG_TEST_PYTHON="$NG_TEST_PYTHON"
    ctest --test-dir "$OUT/check" --output-on-failure --parallel "$JOBS"
}

mkdir -p "$OUT"
case ${1:-all} in
house) check_house ;;
format) check_format ;;
tidy) check_tidy ;;
test) check_test ;;
cases)
    shift
    program=$(ls -t "$OUT"/{check,test-release,release}/nergraph 2>/dev/null | head -n 1 || true)
    [ -n "$program" ] || die "build first: scripts/build.sh"
    exec python3 tests/cases/run.py --program "$program" "$@"
    ;;
all)
    check_format
    check_test
    check_house
    check_tidy
    say "all checks passed"
    ;;
*) die "check.sh: unknown part '$1'; there are house, format, tidy, test, cases" ;;
esac
