#!/usr/bin/env python3
"""Counts over unlabelled texts: src/names/tables/common_words.tsv and scripts/names/attested.tsv.

Apart from build.py because it needs the texts, whose folder is the argument (default ../shared/data).
common_words.tsv says how often a word is written in lower case away from the start of a sentence;
attested.tsv says which alternate names of cities English texts really write, for build.py.
"""

import argparse
import collections
import glob
import json
import lzma
import os
import re
import sys
import tempfile

import cities
import common
import sources

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
CLITIC = re.compile(r"['’](?:s|ll|re|ve|d|m)$", re.IGNORECASE)
STARTS = frozenset(".!?:\"“”‘*•\n\r")
MIN_TOTAL, MIN_PERCENT, MAX_ROWS = 8, 20, 40000


def texts(folder):
    paths = sorted(glob.glob(os.path.join(folder, "open", "*.jsonl.xz")))
    paths.append(os.path.join(folder, "bench", "text.jsonl"))
    for path in paths:
        print("reading", os.path.basename(path), file=sys.stderr)
        with (lzma.open if path.endswith(".xz") else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)["text"]


def is_start(text, start):
    """True when nothing but a mark that ends a sentence or opens a quotation stands before."""
    i = start - 1
    while i >= 0 and text[i] in " \t\u00a0":
        i -= 1
    return i < 0 or text[i] in STARTS


def count(folder, candidates):
    lower, other, attested = (collections.Counter() for _ in range(3))
    for text in texts(folder):
        run, run_end = [], -2
        for match in WORD.finditer(text):
            word = match.group()
            cut = CLITIC.search(word)
            if cut:
                word = word[:cut.start()]
            start = match.start()
            if word[0].isupper():
                gap = text[run_end:start] if run else ""
                run = run[-2:] if gap in (" ", "-", "\n") else []
                run = [part + (gap if gap == "-" else " ") if i == len(run) - 1 else part
                       for i, part in enumerate(run)]
                run.append(word)
                run_end = start + len(word)
                for i in range(len(run)):
                    form = "".join(run[i:])
                    if form in candidates:
                        attested[form] += 1
                if cut:
                    run = []
            else:
                run = []
            if ("'" in word or "’" in word) or is_start(text, start):
                continue
            if word.islower():
                lower[word] += 1
            else:
                other[word.lower()] += 1
    return lower, other, attested


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", default=os.path.join("..", "shared", "data"))
    parser.add_argument("--cache", help="folder that keeps the downloaded packages")
    options = parser.parse_args()
    if not os.path.isdir(os.path.join(options.folder, "open")):
        sys.exit(f"count_words: no texts in {options.folder}; give the folder that holds open/ and bench/")
    with tempfile.TemporaryDirectory() as temporary:
        paths, _ = sources.fetch(["geonames"], options.cache or temporary)
        candidates = cities.candidates(paths)
    print(len(candidates), "candidate names of cities", file=sys.stderr)
    lower, other, attested = count(options.folder, candidates)
    rows = []
    for word, n in lower.items():
        total = n + other[word]
        percent = int(100 * n / total + 0.5)
        if total >= MIN_TOTAL and percent >= MIN_PERCENT:
            rows.append((total, word, percent))
    rows.sort(key=lambda row: (-row[0], row[1]))
    common.write_table("common_words.tsv", ("count_words.py", "open texts (see SOURCES.md)"),
                       "word, count, per cent written in lower case",
                       [(word, total, percent) for total, word, percent in rows[:MAX_ROWS]])
    common.write_table(common.ATTESTED, ("count_words.py", "open texts (see SOURCES.md)"),
                       "form of a city's name, count", [r for r in attested.items() if r[1] >= 2])


if __name__ == "__main__":
    main()
