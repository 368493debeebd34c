"""Counts many pairs in little memory and in as much as it takes: the same bytes? How much memory?

10,000 documents, each one sentence of 142 names out of 13,000, make 100 million pair updates; 58
million of the pairs differ. Takes some five minutes, 9 GB of memory and 4 GB of disk; exit 1 when the
files differ or the limit is passed.
"""
import argparse
import filecmp
import json
import os
import random
import subprocess
import sys
import tempfile
import time

LIMIT_MIB = 512

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--program", default="out/release/nergraph")
parser.add_argument("--documents", type=int, default=10000)
parser.add_argument("--names", type=int, default=13000)
parser.add_argument("--per-document", type=int, default=142)
options = parser.parse_args()


def letters(number):
    return "".join(chr(ord("a") + number // 26**i % 26) for i in range(4))


def write_documents(folder):
    """The documents, and the rule that finds their names."""
    names = [f"Q{letters(i * 7919 % 456976)} Z{letters(i * 104729 % 456976)}" for i in range(options.names)]
    chance = random.Random(20261126)
    with open(f"{folder}/rules.tsv", "w") as rules:
        rules.write("pattern\tperson\t\\bQ[a-z]{4} Z[a-z]{4}\\b\n")
    with open(f"{folder}/documents.jsonl", "w") as out:
        for i in range(options.documents):
            text = ", ".join(chance.sample(names, options.per_document)) + " met."
            out.write(json.dumps({"id": f"p{i}", "text": text}) + "\n")


def count(folder, name, *more):
    """Seconds and the most memory, in MiB."""
    start = time.monotonic()
    child = subprocess.Popen([options.program, "graph", f"{folder}/documents.jsonl", "--rules", f"{folder}/rules.tsv",
                              "--evidence", "0", "-q", "-o", f"{folder}/{name}.ngr", *more],
                             env=dict(os.environ, TMPDIR=folder), stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"pairs.py: nergraph ended with status {status}")
    return time.monotonic() - start, usage.ru_maxrss / 1024


def count_pairs(path):
    """Records of the blocks of pairs (docs/ngr.md)."""
    pairs = 0
    with open(path, "rb") as file:
        file.seek(8)
        while head := file.read(41):
            records, size = int.from_bytes(head[1:5], "little"), int.from_bytes(head[5:9], "little")
            pairs += records if head[:1] == b"E" else 0
            file.seek(size, 1)
    return pairs


with tempfile.TemporaryDirectory() as folder:
    write_documents(folder)
    little = count(folder, "little", "--memory", f"{LIMIT_MIB}M")
    much = count(folder, "much")
    is_same = filecmp.cmp(f"{folder}/little.ngr", f"{folder}/much.ngr", shallow=False)
    updates = options.documents * options.per_document * (options.per_document - 1) // 2
    print(f"{updates / 1e6:.1f} million updates, {count_pairs(folder + '/much.ngr') / 1e6:.1f} million pairs")
    print(f"--memory {LIMIT_MIB}M: {little[0]:.0f} s, at most {little[1]:.0f} MiB")
    print(f"in memory: {much[0]:.0f} s, at most {much[1]:.0f} MiB")
    print("the same bytes" if is_same else "DIFFERENT BYTES")
sys.exit(0 if is_same and little[1] <= LIMIT_MIB else 1)
