#!/usr/bin/env bash
# From a fresh machine to all tests passed: installs what is missing (and says what), builds and
# tests a release, builds and tests again with AddressSanitizer and UndefinedBehaviorSanitizer,
# then runs the checks of scripts/check.sh that need no build. Can be repeated; works anywhere.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/scripts/install-packages.sh" --tests --checks
. "$ROOT/scripts/python.sh"

say "release"
"$ROOT/scripts/build.sh" "$OUT/test-release" -DNERGRAPH_WARNINGS_ARE_ERRORS=ON \
    -DNG_TEST_PYTHON="$NG_TEST_PYTHON"
ctest --test-dir "$OUT/test-release" --output-on-failure --parallel "$JOBS"

say "AddressSanitizer and UndefinedBehaviorSanitizer"
"$ROOT/scripts/build.sh" "$OUT/test-asan" -DCMAKE_BUILD_TYPE=Debug \
    -DNERGRAPH_SANITIZE=address,undefined -DNG_TEST_PYTHON="$NG_TEST_PYTHON"
ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions="$ROOT/tests/lsan.supp":print_suppressions=0 \
    ctest --test-dir "$OUT/test-asan" --output-on-failure --parallel "$JOBS"

say "files opened by other programs"
"$ROOT/scripts/interop.sh"

"$ROOT/scripts/check.sh" house
say "all passed"
