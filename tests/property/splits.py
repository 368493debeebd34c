#!/usr/bin/env python3
"""Parts of an archive, merged in any order and grouping, give the bytes of one run.

usage: splits.py --program NERGRAPH --text TEXT.jsonl [--count N]

Each round deals the documents to two to eight parts at random, counts each part, and merges them in a random
order: two or three at a time, until one file is left; now and then a part is given twice. The result is compared
byte for byte with the graph of the whole text.
"""
import argparse
import filecmp
import os
import random
import subprocess
import sys
import tempfile

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--program", required=True)
parser.add_argument("--text", required=True)
parser.add_argument("--count", type=int, default=100)
options = parser.parse_args()


def run(*words):
    done = subprocess.run([options.program, *words, "-q"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr}")


def merge_all(chance, files, folder):
    """Two or three files at a time become one."""
    made = 0
    while len(files) > 1:
        chance.shuffle(files)
        size = chance.randint(2, 3)
        taken, files = files[:size], files[size:]
        target = f"{folder}/merged{made}.ngr"
        made += 1
        run("merge", *taken, *(taken[:1] if chance.random() < 0.2 else []), "-o", target)
        files.append(target)
    return files[0]


def main():
    if not os.path.exists(options.text):
        print(f"splits.py: {options.text} is not there; nothing was tested")
        sys.exit(77)
    with open(options.text, "rb") as file:
        lines = file.readlines()
    chance = random.Random(6)
    with tempfile.TemporaryDirectory() as folder:
        run("graph", options.text, "-o", f"{folder}/whole.ngr")
        for number in range(options.count):
            parts = chance.randint(2, 8)
            dealt = [[] for _ in range(parts)]
            for line in lines:
                chance.choice(dealt).append(line)
            files = []
            for i, part in enumerate(dealt):
                with open(f"{folder}/part{i}.jsonl", "wb") as file:
                    file.writelines(part)
                run("graph", f"{folder}/part{i}.jsonl", "-o", f"{folder}/part{i}.ngr")
                files.append(f"{folder}/part{i}.ngr")
            if not filecmp.cmp(merge_all(chance, files, folder), f"{folder}/whole.ngr", shallow=False):
                sys.exit(f"splits.py: round {number}: {parts} parts give other bytes than the whole")
    print(f"{options.count} random splits of {len(lines)} documents: the same bytes")


main()
