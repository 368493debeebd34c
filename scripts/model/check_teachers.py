#!/usr/bin/env python3
"""Scores the teachers on the gold files, the same way their labels on open text are made.

usage: check_teachers.py [--shared DIR] [--split-hyphens] [--keep] [TEACHER|vote...]

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
import vote

FILES = ("gum/train wikigold/test crossner-politics/dev crossner-literature/dev"
         " crossner-science/dev uner-ewt/dev re3d/names litbank/dev wnut17/dev").split()


def tokens_of(program, file, gold, folder, writer):
    """Writes the tokens of a gold file with ids FILE|ID; returns where they stand, by that id."""
    places, plain = {}, os.path.join(folder, "gold.jsonl")
    with open(gold, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    with open(plain, "w", encoding="utf-8") as out:
        for r in records:
            out.write(json.dumps({"id": str(r["id"]), "text": r["text"]}) + "\n")
    splits = open_text.program_output(program, plain)
    for r, (document, split) in zip(records, splits, strict=True):
        key, found = "%s|%s" % (file, document), open_text.glued(r["text"], split)
        if document != str(r["id"]) or found is None:
            sys.exit("error: tokens of %s are not in its text" % document)
        places[key], before = found, 0
        for words, spots in zip(split, found):
            rows = []
            for word, (start, end) in zip(words, spots):
                rows.append((word, "1" if start == before and start > 0 else "0"))
                before = end
            writer.sentence(key, rows)
    return places


def predictions(labels, places):
    """The mentions of a label file by document id, as the scorer reads them."""
    kinds = {"PER": "person", "LOC": "place", "ORG": "organization"}
    mentions = {document: [] for document in places}
    for document, number, rows in common.read_sentences(labels):
        spots = places[document][number]
        for start, end, kind in common.spans_of([row[1] for row in rows]):
            mentions[document].append({"start": spots[start][0], "end": spots[end - 1][1],
                                       "kind": kinds[kind]})
    return mentions


def score(gold, mentions, file, out, scorer):
    """F1 of person, place, organization and the first two of the documents of one file."""
    with open(out, "w", encoding="utf-8") as lines:
        for key, found in mentions.items():
            if key.startswith(file + "|"):
                lines.write(json.dumps({"id": key[len(file) + 1:], "mentions": found}) + "\n")
    printed = subprocess.run([sys.executable, scorer, gold, out], check=True,
                             stdout=subprocess.PIPE, encoding="utf-8").stdout
    return re.findall(r"F1 +([\d.]+)", printed)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teachers", nargs="*", default=["corenlp", "nlp4j", "spacy-md", "vote"])
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--nergraph", default=common.NERGRAPH)
    parser.add_argument("--split-hyphens", action="store_true")
    parser.add_argument("--keep", action="store_true", help="use labels that an earlier run made")
    a = parser.parse_args()
    folder = os.path.join(common.OUT, "check")
    os.makedirs(folder, exist_ok=True)
    tokens, places = os.path.join(folder, "gold.tok"), {}
    gold = {file: os.path.join(a.shared, "data", "ner", file + ".jsonl") for file in FILES}
    with open(tokens, "w", encoding="utf-8", newline="\n") as out:
        writer = common.Writer(out)
        for file in FILES:
            places.update(tokens_of(a.nergraph, file, gold[file], folder, writer))
    scorer = os.path.join(a.shared, "tools", "score_mentions.py")
    for teacher in a.teachers:
        labels = os.path.join(folder, teacher + ".bio")
        if teacher == "vote":
            subprocess.run([sys.executable, os.path.join(label.HERE, "vote.py"), "--bio", labels,
                            "-o", os.path.join(folder, "silver.tsv")]
                           + [os.path.join(folder, one + ".bio") for one in vote.TEACHERS],
                           check=True)
        elif not a.keep or not os.path.exists(labels):
            label.label(teacher, tokens, labels, a.split_hyphens)
        mentions = predictions(labels, places)
        for file in FILES:
            per, loc, org, both = score(gold[file], mentions, file,
                                        os.path.join(folder, "predicted.jsonl"), scorer)
            print("%-24s %-9s %5s / %5s / %5s  (organizations %5s)"
                  % (file, teacher, per, loc, both, org), flush=True)


if __name__ == "__main__":
    main()
