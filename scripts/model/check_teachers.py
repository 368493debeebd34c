#!/usr/bin/env python3
"""Scores the teachers on the gold files, the same way their labels on open text are made.

usage: check_teachers.py [--shared DIR] [--split-hyphens] [TEACHER...]

Each gold text goes through nergraph's tokens, the teacher, the one convention, and the scorer
tools/score_mentions.py; a table of F1 person / place (organization) comes out. A teacher that
scores strangely is wired wrongly.
"""
import argparse
import json
import os
import re
import subprocess
import sys

import common
import label
import open_text

FILES = ("gum/train wikigold/test crossner-politics/dev crossner-literature/dev"
         " crossner-science/dev uner-ewt/dev re3d/names litbank/dev wnut17/dev").split()


def tokens_of(program, path, folder):
    """Writes the token file of a gold file; returns where each token stands, by document."""
    places, name = {}, os.path.join(folder, "gold.jsonl")
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    with open(name, "w", encoding="utf-8") as out:
        for r in records:
            out.write(json.dumps({"id": str(r["id"]), "text": r["text"]}) + "\n")
    with open(os.path.join(folder, "gold.tok"), "w", encoding="utf-8", newline="\n") as out:
        writer = common.Writer(out)
        splits = open_text.program_output(program, name)
        for r, (document, split) in zip(records, splits, strict=True):
            places[document] = open_text.glued(r["text"], split)
            if document != str(r["id"]) or places[document] is None:
                sys.exit("error: tokens of %s are not in its text" % document)
            before = 0
            for words, spots in zip(split, places[document]):
                rows = []
                for word, (start, end) in zip(words, spots):
                    rows.append((word, "1" if start == before and start > 0 else "0"))
                    before = end
                writer.sentence(document, rows)
    return places


def predictions(labels, places, out):
    """Turns a label file into the JSON lines that the scorer reads."""
    kinds = {"PER": "person", "LOC": "place", "ORG": "organization"}
    mentions = {document: [] for document in places}
    for document, number, rows in common.read_sentences(labels):
        spots = places[document][number]
        for start, end, kind in common.spans_of([row[1] for row in rows]):
            mentions[document].append({"start": spots[start][0], "end": spots[end - 1][1],
                                       "kind": kinds[kind]})
    with open(out, "w", encoding="utf-8") as file:
        for document, found in mentions.items():
            file.write(json.dumps({"id": document, "mentions": found}) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teachers", nargs="*", default=sorted(label.COMMANDS))
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--nergraph", default=common.NERGRAPH)
    parser.add_argument("--split-hyphens", action="store_true")
    a = parser.parse_args()
    folder = os.path.join(common.OUT, "check")
    os.makedirs(folder, exist_ok=True)
    for file in FILES:
        gold = os.path.join(a.shared, "data", "ner", file + ".jsonl")
        places = tokens_of(a.nergraph, gold, folder)
        for teacher in a.teachers:
            labels = os.path.join(folder, file.replace("/", "-") + "." + teacher)
            rest = [] if not a.split_hyphens else ["--split-hyphens"]
            subprocess.run([sys.executable, os.path.join(label.HERE, "label.py"), teacher,
                            os.path.join(folder, "gold.tok"), "-o", labels + ".bio"] + rest,
                           check=True, stdout=subprocess.DEVNULL)
            predictions(labels + ".bio", places, labels + ".jsonl")
            scores = subprocess.run(
                [sys.executable, os.path.join(a.shared, "tools", "score_mentions.py"), gold,
                 labels + ".jsonl"], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
            per, loc, org, both = re.findall(r"F1 +([\d.]+)", scores)
            print("%-22s %-9s %5s / %5s / %5s  (organizations %5s)"
                  % (file, teacher, per, loc, both, org), flush=True)


if __name__ == "__main__":
    main()
