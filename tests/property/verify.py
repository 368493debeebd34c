#!/usr/bin/env python3
"""Whether `nergraph verify` finds each change of a quote, and nothing else.

usage: verify.py --program NERGRAPH [--count N]

A small archive is counted; then, N (200) times, one letter of one document becomes another. Where a kept quote covers
it the document has to be named and the exit code to be 1; everywhere else all quotes have to stand.
"""
import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--count", type=int, default=200)
    a = parser.parse_args()
    texts = {p.stem: p.read_text(encoding="utf-8") for p in sorted(SAMPLES.glob("*.txt"))[:6]}
    rng, touched = random.Random(9), 0
    with tempfile.TemporaryDirectory() as folder:
        source, saved = os.path.join(folder, "a.jsonl"), os.path.join(folder, "a.ngr")

        def write(documents):
            with open(source, "w", encoding="utf-8") as out:
                for name, text in documents.items():
                    out.write(json.dumps({"id": name, "title": "About " + name, "text": text}) + "\n")

        write(texts)
        subprocess.run([a.program, "graph", "-q", "--evidence", "3", source, "-o", saved, "-o", saved + ".json"],
                       check=True)
        with open(saved + ".json", encoding="utf-8") as lines:
            quotes = [q for q in json.load(lines)["nergraph"]["evidence"] if not q["title"]]
        for _ in range(a.count):
            name = rng.choice(sorted(texts))
            at = rng.choice([i for i, c in enumerate(texts[name]) if c.isascii() and c.isalpha()])
            letter = rng.choice([c for c in "abcdefgh" if c != texts[name][at]])
            write({**texts, name: texts[name][:at] + letter + texts[name][at + 1:]})
            hit = sum(q["document"] == name and q["start"] <= at < q["end"] for q in quotes)
            touched += hit > 0
            found = subprocess.run([a.program, "verify", saved, source], capture_output=True, text=True)
            named = [line for line in found.stdout.splitlines() if line.endswith(": changed")]
            if found.returncode != (1 if hit else 0) or len(named) != hit or \
                    any(not line.startswith(name + ", ") for line in named):
                sys.exit("%s, character %d: %d quotes touched, exit code %d\n%s"
                         % (name, at, hit, found.returncode, found.stdout))
    if not 0 < touched < a.count:
        sys.exit("%d of %d changes touched a quote: the test shows nothing" % (touched, a.count))
    print("%d changes, %d of them in quotes, are told apart" % (a.count, touched))


if __name__ == "__main__":
    main()
