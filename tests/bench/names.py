"""Joining many names: one document of 200,000 mentions of some 67,000 different people, `nergraph extract`.

Three mentions each on average: the full name, and now and then the surname alone. Prints the median of three runs.
"""
import argparse
import os
import random
import statistics
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--program", default="out/release/nergraph")
options = parser.parse_args()


def read(table):
    with open(f"{HERE}/../../src/names/tables/{table}.tsv", encoding="utf-8") as lines:
        return [line.split("\t")[0] for line in lines if not line.startswith("#")]


def main():
    chance = random.Random(3)
    forenames, surnames = read("forenames"), read("surnames")
    people = [f"{chance.choice(forenames)} {chance.choice(surnames)}" for _ in range(67000)]
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/names.txt"
        with open(path, "w", encoding="utf-8") as out:
            for i in range(100000):
                out.write(f"{chance.choice(people)} met {chance.choice(people)}.\n")
                if i % 10 == 9:
                    out.write("\n")
        seconds = []
        for _ in range(3):
            start = time.monotonic()
            said = subprocess.run([options.program, "extract", "-q", path, "--max-document-bytes", "1G"],
                                  capture_output=True, check=True).stdout
            seconds.append(time.monotonic() - start)
        mentions = said.count(b'"byte_start"')
        print(f"{os.path.getsize(path) / 1e6:.1f} MB, {mentions} mentions, {len(set(people))} names: "
              f"{statistics.median(seconds):.1f} s")


main()
