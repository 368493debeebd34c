#!/usr/bin/env python3
"""Whether the built-in model still fits the program: persons and places of annotated texts (../shared/data/ner).

The model has learned from these texts, so the numbers are no measure of accuracy (held_out.py and the model's card
have those); they fall when the features of the program are no longer those of the model.

usage: mentions.py --program NERGRAPH [--shared DIR]

Exit 0 when every text collection reaches its floor, 1 with the ones that do not, 77 (skipped) when the
texts are not there. The floors are a little below what was measured; raise them, never lower them silently.
"""
import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77
# collection: F1 of persons and places, exact spans
FLOORS = {
    "wikigold/test": 95.5,
    "gum/train": 88.5,
    "uner-ewt/dev": 90.5,
    "crossner-politics/dev": 92.5,
    "crossner-literature/dev": 94.0,
    "crossner-science/dev": 92.0,
    "re3d/names": 76.0,
    "litbank/dev": 89.5,
    "wnut17/dev": 77.5,
}


def measure(program, shared, gold):
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as found:
        subprocess.run([program, "extract", "--types", "+organization", str(gold)], stdout=found, check=True)
        report = subprocess.run([sys.executable, shared / "tools/score_mentions.py", gold, found.name],
                                capture_output=True, text=True, check=True).stdout
    return {m.group(1): (float(m.group(2)), float(m.group(3)), float(m.group(4))) for m in
            re.finditer(r"^(\S+)\s+P\s+([\d.]+)\s+R\s+([\d.]+)\s+F1\s+([\d.]+)", report, re.M)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--shared", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2].parent / "shared")
    a = parser.parse_args()
    texts = a.shared / "data/ner"
    if not texts.is_dir() or not (a.shared / "tools/score_mentions.py").is_file():
        print(f"skipped: no annotated texts at {texts}")
        return SKIPPED
    low = []
    for name, floor in FLOORS.items():
        gold = texts / f"{name}.jsonl"
        if not gold.is_file():
            low.append(f"{name}: not there")
            continue
        scores = measure(a.program, a.shared, gold)
        print(f"{name:24}", "  ".join(f"{kind} P {p} R {r} F1 {f}" for kind, (p, r, f) in scores.items()))
        if scores["PERSON+PLACE"][2] < floor:
            low.append(f"{name}: {scores['PERSON+PLACE'][2]} is below its floor {floor}")
    print("\n".join(low))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
