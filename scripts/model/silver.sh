#!/usr/bin/env bash
# Makes gold.jsonl and silver.tsv in out/model from nothing. usage: scripts/model/silver.sh
#
# Builds nergraph, fetches the teachers, tokenises the open text and the gold, labels and votes. The
# data lie in ../shared beside the repository (or SHARED=...). Half an hour on two cores, 8 GB of
# memory. Afterwards mix.py writes files to train on. `check_teachers.py` scores the teachers on gold.
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
shared=${SHARED:-$ROOT/../shared}

[ -d "$shared/data/open" ] || die "no data in $shared/data; say SHARED=FOLDER"
"$ROOT/scripts/build.sh"
"$here/fetch.sh"
python3 "$here/open_text.py" --shared "$shared"
python3 "$here/gold_text.py" --shared "$shared"
for teacher in corenlp nlp4j spacy-md; do
    python3 "$here/label.py" "$teacher"
done
python3 "$here/vote.py"
