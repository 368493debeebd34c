#!/usr/bin/env python3
"""Prints what the teachers' labels are: a line a file with its SHA-256 and counts.

usage: labels.py > LABELS.tsv

With the same labels the trainer gives the same bytes, so this file says whether a model can be
made again byte for byte: tokens, gold, word classes, each teacher's labels, and the vote.
"""
import hashlib
import os

import common

FILES = ("text.tok", "gold.jsonl", "classes.tsv", "labels-corenlp.bio", "labels-nlp4j.bio",
         "labels-spacy-md.bio", "silver.tsv")


def describe(path):
    """(SHA-256, bytes, lines, lines that begin a person, place, organization in the last column)."""
    digest, lines, names = hashlib.sha256(), 0, {"PER": 0, "LOC": 0, "ORG": 0}
    with open(path, "rb") as file:
        for line in file:
            digest.update(line)
            lines += 1
            columns = line.rstrip(b"\n").split(b"\t")
            tag = columns[4 if len(columns) > 5 else -1].decode("utf-8", "replace")
            if path.endswith((".bio", ".tsv")) and tag.startswith("B-") and tag[2:] in names:
                names[tag[2:]] += 1
    return [digest.hexdigest(), os.path.getsize(path), lines] + list(names.values())


def main():
    print("# the files that the models are trained on, made by scripts/model/build.sh")
    print("# file\tsha256\tbytes\tlines\tpersons\tplaces\torganizations")
    for name in FILES:
        print("\t".join(map(str, [name] + describe(os.path.join(common.OUT, name)))))


if __name__ == "__main__":
    main()
