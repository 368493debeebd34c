"""Writes documents that make many pairs: each one sentence of names, drawn from so many.

10,000 documents of 142 names make 100 million pair updates; of 13,000 names, 58 million pairs differ.
"""
import argparse
import json
import random

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--documents", type=int, default=10000)
parser.add_argument("--names", type=int, default=13000)
parser.add_argument("--per-document", type=int, default=142)
parser.add_argument("--out", required=True)
parser.add_argument("--rules", required=True, help="where the rule goes that finds the names")
options = parser.parse_args()


def letters(number):
    text = ""
    for _ in range(4):
        text += chr(ord("a") + number % 26)
        number //= 26
    return text


def write():
    names = [f"Q{letters(i * 7919 % 456976)} Z{letters(i * 104729 % 456976)}" for i in range(options.names)]
    chance = random.Random(20261126)
    with open(options.rules, "w") as rules:
        rules.write("pattern\tperson\t\\bQ[a-z]{4} Z[a-z]{4}\\b\n")
    with open(options.out, "w") as out:
        for i in range(options.documents):
            text = ", ".join(chance.sample(names, options.per_document)) + " met."
            out.write(json.dumps({"id": f"p{i}", "text": text}) + "\n")


write()
