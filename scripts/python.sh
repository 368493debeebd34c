# Sourced: makes a Python with the packages that the tests compare with, in out/venv, and sets
# NG_TEST_PYTHON. Versions are pinned; nothing outside the repository is touched.
PYTHON_PACKAGES=(networkx==3.6.1 igraph==1.0.0 numpy==2.3.4 scipy==1.16.3 statsmodels==0.14.5 python-docx==1.2.0)
NG_TEST_PYTHON=$OUT/venv/bin/python
if [ "$(cat "$OUT/venv/made-of" 2>/dev/null)" != "${PYTHON_PACKAGES[*]}" ]; then
    say "a Python environment for the tests: ${PYTHON_PACKAGES[*]}"
    rm -rf "$OUT/venv"
    mkdir -p "$OUT"
    python3 -m venv "$OUT/venv"
    "$OUT/venv/bin/pip" install -q --disable-pip-version-check "${PYTHON_PACKAGES[@]}"
    printf '%s' "${PYTHON_PACKAGES[*]}" >"$OUT/venv/made-of"
fi
export NG_TEST_PYTHON
