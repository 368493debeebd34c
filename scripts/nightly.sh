#!/usr/bin/env bash
# What takes longer than a change should wait for: everything of scripts/test-all.sh, then valgrind
# on the command line. (Long fuzzing and fault loops join it as they are written.)
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

"$ROOT/scripts/test-all.sh"
"$ROOT/scripts/check.sh"
"$ROOT/scripts/valgrind.sh"
