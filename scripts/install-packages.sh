#!/usr/bin/env bash
# Installs what building needs and is missing, and says what. --tests adds what the tests need,
# --checks what scripts/check.sh needs; --interop installs what scripts/interop.sh opens files with.
# On Debian and its relatives by apt; elsewhere it lists the packages and leaves them to you.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

packages=(gcc libc6-dev cmake ninja-build pkg-config libigraph-dev libpcre2-dev libgraphviz-dev
    graphviz libjansson-dev libcsv-dev libxml2-dev libutf8proc-dev nettle-dev libarchive-dev libuchardet-dev libpoppler-glib-dev zlib1g-dev libgmime-3.0-dev
    fonts-inter fonts-liberation2)
for argument in "$@"; do
    case $argument in
    --tests) packages+=(libcmocka-dev python3 python3-venv locales-all libxml2-utils qpdf groff poppler-utils pandoc) ;;
    --interop) packages+=(r-cran-igraph)
        command -v npm >/dev/null || packages+=(nodejs npm)
        command -v mvn >/dev/null || packages+=(maven)
        command -v javac >/dev/null || packages+=(default-jdk-headless) ;;
    --checks) packages+=(clang clang-format clang-tidy git valgrind) ;;
    *) die "install-packages.sh: unknown option $argument; there are --tests, --checks and --interop" ;;
    esac
done

if ! command -v dpkg-query >/dev/null; then
    say "not a Debian system: please install what these packages hold, then repeat"
    printf '   %s\n' "${packages[@]}"
    command -v cmake >/dev/null && command -v pkg-config >/dev/null || exit 1
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
if [ ${#missing[@]} -eq 0 ]; then
    say "every package is there"
    exit 0
fi

say "installing: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "run this as root, or install sudo, or install by hand: ${missing[*]}"
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >"${TMPDIR:-/tmp}/nergraph-apt.log" 2>&1 ||
    { tail -n 20 "${TMPDIR:-/tmp}/nergraph-apt.log" >&2; die "apt-get could not install them"; }
