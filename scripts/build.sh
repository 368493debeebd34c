#!/usr/bin/env bash
# Builds into a folder (default out/release). usage: scripts/build.sh [FOLDER [CMAKE OPTION...]]
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

folder=${1:-$OUT/release}
[ $# -eq 0 ] || shift
mkdir -p "$folder"
if ! cmake -S "$ROOT" -B "$folder" -G Ninja "$@" >"$folder/configure.log" 2>&1; then
    cat "$folder/configure.log" >&2
    die "cmake could not configure $folder"
fi
cmake --build "$folder" --parallel "$JOBS"
