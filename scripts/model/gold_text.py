#!/usr/bin/env python3
"""Writes all gold files as one file of the one convention: gold.jsonl.

usage: gold_text.py [--shared DIR] [--nergraph PROGRAM] [-o GOLD.jsonl]

The texts go through `nergraph extract --format conll`, so that gold and silver have the same
tokens and sentences; a gold name that ends inside a token takes the whole token, and titles stay
outside. Document ids are FILE|ID: the part after the bar decides the fold. Prints what each file
holds.
"""
import argparse
import collections
import json
import os
import sys

import common
import open_text

FILES = """gum/train wikigold/test crossner-politics/train crossner-politics/dev
crossner-literature/train crossner-literature/dev crossner-science/train crossner-science/dev
litbank/train litbank/dev uner-ewt/dev re3d/names wnut17/train wnut17/dev""".split()


def spans_in(entities, spots):
    """The entities as (first token, end, kind) of one sentence, and how many had other ends."""
    spans, moved = [], 0
    for start, end, kind in entities:
        inside = [i for i, (s, e) in enumerate(spots) if s < end and start < e]
        if inside:
            moved += spots[inside[0]][0] != start or spots[inside[-1]][1] != end
            spans.append((inside[0], inside[-1] + 1, kind))
    taken, kept = set(), []
    for start, end, kind in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if not taken & set(range(start, end)):
            kept.append((start, end, kind))
            taken |= set(range(start, end))
    return sorted(kept), moved


def write(program, file, path, folder, gold):
    """Adds the documents of one gold file; prints their counts."""
    plain = os.path.join(folder, "gold-text.jsonl")
    with open(path, encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    with open(plain, "w", encoding="utf-8") as out:
        for r in records:
            out.write(json.dumps({"id": str(r["id"]), "text": r["text"]}) + "\n")
    kinds, tokens, moved, cut = collections.Counter(), 0, 0, 0
    splits = open_text.program_output(program, plain)
    for r, (document, split) in zip(records, splits, strict=True):
        found = open_text.glued(r["text"], split)
        if document != str(r["id"]) or found is None:
            sys.exit("error: tokens of %s are not in its text" % document)
        entities = sorted((e[0], e[1], common.KIND[e[2]]) for e in r["entities"]
                          if e[2] in common.KIND)
        placed, kept = 0, []
        for words, spots in zip(split, found):
            here = [e for e in entities if e[0] < spots[-1][1] and spots[0][0] < e[1]]
            spans, odd = spans_in(here, spots)
            placed, moved = placed + len(spans), moved + odd
            spans = common.convention(words, spans, gold=True)
            kinds.update(kind for _, _, kind in spans)
            tokens += len(words)
            kept += [(spots[s][0], spots[e - 1][1], kind) for s, e, kind in spans]
        gold.write(json.dumps({"id": "%s|%s" % (file, document), "text": r["text"],
                               "entities": kept}, ensure_ascii=False) + "\n")
        cut += placed - len(entities)
    os.unlink(plain)
    print("%-26s %5d documents %7d tokens PER %d LOC %d ORG %d; other ends %d, other count %+d"
          % (file, len(records), tokens, kinds["PER"], kinds["LOC"], kinds["ORG"], moved, cut))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--nergraph", default=common.NERGRAPH)
    parser.add_argument("-o", default=os.path.join(common.OUT, "gold.jsonl"))
    a = parser.parse_args()
    folder = os.path.dirname(os.path.abspath(a.o))
    with open(a.o, "w", encoding="utf-8", newline="\n") as out:
        for file in FILES:
            path = os.path.join(a.shared, "data", "ner", file + ".jsonl")
            write(a.nergraph, file, path, folder, out)


if __name__ == "__main__":
    main()
