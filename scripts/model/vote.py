#!/usr/bin/env python3
"""Lays the labels of three teachers side by side and votes.

usage: vote.py [CORENLP.bio NLP4J.bio SPACY.bio] [-o SILVER.tsv] [--bio VOTE.bio]

A line of SILVER.tsv: token, CoreNLP, NLP4J, spaCy, the vote, and how many of the three say the
same as the vote of this token (0-3). Spans are voted, not tokens: a span that two teachers give
alike stands; of the others that are left CoreNLP's person or place stands, then NLP4J's, then
CoreNLP's organization, unless both other teachers see no name on its tokens. Prints counts.
"""
import argparse
import collections
import os

import common

TEACHERS = ("corenlp", "nlp4j", "spacy-md")


def vote(labels):
    """The spans that three lists of spans (CoreNLP, NLP4J, spaCy) make together."""
    votes = collections.Counter(span for spans in labels for span in spans)
    seen = [{i for s, e, _ in spans for i in range(s, e)} for spans in labels]

    def rank(span):
        if votes[span] >= 2:
            return 0
        if span in labels[0]:
            return 1 if span[2] != "ORG" else 3
        return 2 if span in labels[1] else 4

    taken, kept = set(), []
    for span in sorted(votes, key=lambda s: (rank(s), s)):
        tokens = set(range(span[0], span[1]))
        alone = votes[span] < 2 and sum(bool(tokens & there) for there in seen) < 2
        if not alone and not tokens & taken:
            kept.append(span)
            taken |= tokens
    return sorted(kept)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    default = [os.path.join(common.OUT, "labels-%s.bio" % t) for t in TEACHERS]
    parser.add_argument("labels", nargs="*", default=default)
    parser.add_argument("-o", default=os.path.join(common.OUT, "silver.tsv"))
    parser.add_argument("--bio", help="the vote alone, in the format of one teacher's labels")
    a = parser.parse_args()
    names, exact = collections.Counter(), collections.Counter()
    agree, on_names, pairs = collections.Counter(), collections.Counter(), collections.Counter()
    with open(a.o, "w", encoding="utf-8", newline="\n") as out, \
            open(a.bio or os.devnull, "w", encoding="utf-8", newline="\n") as plain:
        writer, bio = common.Writer(out), common.Writer(plain)
        for three in zip(*map(common.read_sentences, a.labels), strict=True):
            document, _, rows = three[0]
            words = [row[0] for row in rows]
            if any(words != [row[0] for row in other[2]] for other in three):
                raise SystemExit("error: not the same tokens in %s" % document)
            tags = [[row[1] for row in one[2]] for one in three]
            spans = [common.spans_of(one) for one in tags]
            voted = vote(spans)
            tags.append(common.tags_of(voted, len(words)))
            same = [sum(t == tags[3][i] for t in (tags[0][i], tags[1][i], tags[2][i]))
                    for i in range(len(words))]
            writer.sentence(document, [(w, *four, str(n))
                                       for w, *four, n in zip(words, *tags, same)])
            bio.sentence(document, list(zip(words, tags[3])))
            agree.update(same)
            on_names.update(n for i, n in enumerate(same) if any(t[i] != "O" for t in tags[:3]))
            for who, found in zip(TEACHERS + ("vote",), spans + [voted]):
                names.update((who, kind) for _, _, kind in found)
            exact.update(sum(span in found for found in spans) for span in voted)
            for i, j in ((0, 1), (0, 2), (1, 2)):
                pairs[i, j] += len(set(spans[i]) & set(spans[j]))
    for who in TEACHERS + ("vote",):
        counts = [names[who, kind] for kind in ("PER", "LOC", "ORG")]
        print("%-9s PER %d LOC %d ORG %d" % (who, *counts))
    total = sum(agree.values())
    print("tokens %d; three of three %d, two %d, fewer %d" % (
        total, agree[3], agree[2], agree[1] + agree[0]))
    print("tokens that any teacher calls a name: %d; three of three %d, two %d, fewer %d" % (
        sum(on_names.values()), on_names[3], on_names[2], on_names[1] + on_names[0]))
    print("voted names: given by three %d, two %d, one %d" % (exact[3], exact[2], exact[1]))
    for (i, j), both in sorted(pairs.items()):
        of = sum(names[TEACHERS[x], k] for x in (i, j) for k in ("PER", "LOC", "ORG"))
        print("F1 of %s with %s: %.1f" % (TEACHERS[i], TEACHERS[j], 200 * both / max(of, 1)))


if __name__ == "__main__":
    main()
