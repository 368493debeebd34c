#!/usr/bin/env python3
"""Lists what the program finds wrongly or not at all in gold texts, by category, to be mended.

usage: errors.py [--program P] [--models DIR] [--no-model] [--shared DIR] [--kinds person,place,org]
                 [--only CATEGORY] [--strings N] [--list N] CORPUS...

CORPUS is a gold file (gum/train, wikigold/test …) or regions/NAME: the held-out names of a region
("regions/africa") in the sentences of frames.py, persons alone. Categories, in the order in which
they are tried:
  demonym     the name is there but as a word for a people or state ("Israeli")
  kind        the same words as another kind (person as place …)
  border      the same kind with other ends
  both        another kind with other ends
  missed      nothing is found there
  spurious    something is found where there is no name
Counts by category and kinds, the most frequent strings (gold => ours), then --list mentions of each
category with their context, chosen by hash. The texts may not be ours to publish: nor is the list.
"""
import argparse
import collections
import os
import sys

import common
import frames
import judge
import regions

CATEGORIES = ("demonym", "kind", "border", "both", "missed", "spurious")
AROUND = 45


def overlaps(one, other):
    """Whether two spans share a letter."""
    return one[0] < other[1] and other[0] < one[1]


def category(span, wrong, demonyms):
    """(category, our span or None) of a gold span that was not found."""
    if any(overlaps(span, other) for other in demonyms):
        return "demonym", None
    touching = [other for other in wrong if overlaps(span, other)]
    for other in touching:
        if other[:2] == span[:2]:
            return "kind", other
    for other in touching:
        if other[2] == span[2]:
            return "border", other
    return ("both", touching[0]) if touching else ("missed", None)


def errors_of(a_judge, record, mentions):
    """Yields (category, gold span or None, our span or None) of one document."""
    gold, ours = a_judge.gold(record), set(a_judge.ours(record, mentions))
    demonyms = [(m["start"], m["end"]) for m in mentions if m.get("form") == "demonym"]
    wrong = sorted(ours - gold)
    used = set()
    for span in sorted(gold - ours):
        kind, other = category(span, wrong, demonyms)
        used.add(other)
        yield kind, span, other
    for other in wrong:
        if other not in used and not any(overlaps(other, span) for span in gold - ours):
            yield "spurious", None, other


def shown(text, span):
    """The words of a span on one line."""
    return " ".join(text[span[0]:span[1]].split())


def context(text, spans):
    """The text around the spans, gold in [ ] and ours in { }."""
    marks = []
    for span, (opened, closed) in zip(spans, ("[]", "{}")):
        if span:
            marks += [(span[0], 1, -span[1], opened), (span[1], 0, -span[0], closed)]
    start, end = min(m[0] for m in marks), max(m[0] for m in marks)
    out, at = "", max(0, start - AROUND)
    for place, _, _, mark in sorted(marks):
        out, at = out + text[at:place] + mark, place
    return " ".join((out + text[at:end + AROUND]).split())


def read(a_judge, finder, corpus, shared):
    """(records, {id: mentions}) of a corpus or of a region."""
    if corpus.startswith("regions/"):
        held, _ = regions.split_names(os.path.join(shared, "data", "gaz", "politician_names.tsv"))
        if corpus[8:] not in held:
            sys.exit("error: no region '%s'; there are %s" % (corpus[8:], "; ".join(held)))
        records = frames.records(held[corpus[8:]])
        return records, finder.find(records, "full")
    records = judge.read_records(a_judge.gold_path(corpus))
    return records, finder.find_in_folds(records)


def collect(a_judge, records, found, kinds):
    """[(category, gold class, our class, gold words, our words, context, id), ...]."""
    rows = []
    for record in records:
        text = record["text"]
        for name, span, other in errors_of(a_judge, record, found[record["id"]]):
            classes = [s[2] if s else "–" for s in (span, other)]
            if kinds & set(classes):
                rows.append((name, *classes, *(shown(text, s) if s else "–" for s in (span, other)),
                             context(text, (span, other)), record["id"]))
    return rows


def tell(corpus, rows, a):
    """Prints the counts, the frequent strings, and some in full."""
    print("\n## %s: %d errors" % (corpus, len(rows)))
    for name in CATEGORIES:
        ours = [row for row in rows if row[0] == name]
        if not ours or a.only and name != a.only:
            continue
        pairs = collections.Counter(row[1:3] for row in ours)
        print("\n### %s: %d (%s)" % (name, len(ours), ", ".join(
            "%s => %s %d" % (*pair, count) for pair, count in pairs.most_common())))
        strings = collections.Counter(row[3:5] for row in ours)
        for (gold, other), count in strings.most_common(a.strings):
            print("%5d  %s => %s" % (count, gold, other))
        chosen = sorted(ours, key=lambda row: (common.fnv1a64(row[6] + row[5]), row))[:a.list]
        for _, gold, other, _, _, around, document in chosen:
            print("  %s => %s | %s | %s" % (gold, other, document, around))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="+", metavar="CORPUS")
    judge.add_options(parser)
    parser.add_argument("--kinds", default="person,place,org")
    parser.add_argument("--only", choices=CATEGORIES)
    parser.add_argument("--strings", type=int, default=15, metavar="N")
    parser.add_argument("--list", type=int, default=10, metavar="N")
    a = parser.parse_args()
    a_judge = judge.Judge(a.shared)
    finder = judge.Finder(a.program, None if a.no_model else a.models)
    kinds = set(a.kinds.upper().split(","))
    if not kinds <= set(judge.CLASSES):
        sys.exit("error: --kinds has person, place and org")
    for corpus in a.corpora:
        records, found = read(a_judge, finder, corpus, a.shared)
        ours = {"PERSON"} if corpus.startswith("regions/") else kinds
        tell(corpus, collect(a_judge, records, found, ours), a)


if __name__ == "__main__":
    main()
