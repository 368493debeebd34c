#!/usr/bin/env python3
"""How well the trainer's models find names in documents that they have not seen.

usage: held_out.py --program NERGRAPH [--shared DIR] [--fold K]

Trains on the annotated documents of ../shared/data/ner but for one fifth (by the hash of the id), with nothing
else: no silver, no word classes, so the model is weaker than the built-in one. Scores the fifth with `nergraph
score`. Exit 0 when each text collection reaches its floor, 1 with those that do not, 77 (skipped) when the texts
are not there. The floors are a little below what was measured; raise them, never lower them silently.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "scripts/model"))
import common  # noqa: E402  (the folds of the models)

SKIPPED = 77
TRAINED_ON = """gum/train wikigold/test crossner-politics/train crossner-politics/dev crossner-literature/train
crossner-literature/dev crossner-science/train crossner-science/dev litbank/train litbank/dev uner-ewt/dev
re3d/names wnut17/train wnut17/dev""".split()
# collection: F1 of persons and places together, exact spans, on fold 1
FLOORS = {
    "gum/train": 74.5,
    "wikigold/test": 81.0,
    "crossner-politics/dev": 88.0,
    "crossner-literature/dev": 89.0,
    "crossner-science/dev": 86.5,
    "uner-ewt/dev": 75.0,
    "re3d/names": 66.5,
    "litbank/dev": 85.0,
    "wnut17/dev": 70.5,
}


def split(path, fold):
    """(lines outside the fold, lines in it)."""
    outside, inside = [], []
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True):
        (inside if common.fold_of(str(json.loads(line)["id"])) == fold else outside).append(line)
    return outside, inside


def measure(program, model, gold, folder):
    """F1 of persons and places."""
    found = folder / "found.jsonl"
    with open(found, "wb") as out:
        subprocess.run([program, "extract", "-q", "--types", "+organization", "--model", model, gold],
                       stdout=out, check=True)
    report = subprocess.run([program, "score", "-q", "--format", "json", gold, found], capture_output=True,
                            check=True, text=True).stdout
    rows = {row["class"]: row for row in json.loads(report)["scores"]}
    return rows["person+place"]["f1"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--shared", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2].parent / "shared")
    parser.add_argument("--fold", type=int, default=1)
    a = parser.parse_args()
    texts = a.shared / "data/ner"
    if not texts.is_dir():
        print(f"skipped: no annotated texts at {texts}")
        return SKIPPED
    low = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        held_out = {}
        with open(folder / "gold.jsonl", "w", encoding="utf-8") as out:
            for collection in TRAINED_ON:
                outside, inside = split(texts / f"{collection}.jsonl", a.fold)
                out.writelines(outside)
                held_out[collection] = inside
        subprocess.run([a.program, "train", "-q", folder / "gold.jsonl", "-o", folder / "held-out.ngm"],
                       check=True)
        for collection, floor in FLOORS.items():
            gold = folder / "test.jsonl"
            gold.write_text("".join(held_out[collection]), encoding="utf-8")
            f1 = measure(a.program, folder / "held-out.ngm", gold, folder)
            print(f"{collection:24} persons and places F1 {f1}")
            if f1 < floor:
                low.append(f"{collection}: {f1} is below its floor {floor}")
    print("\n".join(low))
    return 1 if low else 0


sys.exit(main())
