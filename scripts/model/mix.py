#!/usr/bin/env python3
"""Mixes silver and gold into one training file of `token TAB tag`.

usage: mix.py [--fold K] [--labels vote|corenlp|nlp4j|spacy-md|pair] [OPTION...] -o TRAIN.bio

Gold documents whose id's hash is in fold K (FNV-1a 64 of the id, modulo 5) stay out; without
--fold all stay in. Which of the teachers' labels the silver has: `vote` of three, one teacher
alone, or `pair`, NLP4J's weighed by how far spaCy agrees (a model without CoreNLP). A comment line
`# weight = W` stands before a sentence that weighs other than 1: gold weighs --gold-weight; silver
--silver-weight times the share of agreement on the tokens that any teacher calls a name.

Augmented copies of sentences, chosen by hash, follow their originals: --caseless (half in lower
case, half in capitals), --titled (a capital on every longer word), --plain (names without accents,
of the sentences that have some), --swap (persons replaced by names of another region, none of them
held out by regions.py, of the sentences that name persons). The same input gives the same bytes.
"""
import argparse
import os
import unicodedata

import common
import regions

COLUMN = {"corenlp": 1, "nlp4j": 2, "spacy-md": 3, "vote": 4, "pair": 2}
LETTERS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "đ": "d", "Đ": "D",
                         "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "ð": "d", "þ": "th"})
SMALL = set("a an and as at but by for from in of on or over the to vs with".split())


def chance(seed, *what):
    """A number in 0–1 that depends on the arguments alone."""
    return common.fnv1a64("\t".join((seed,) + tuple(map(str, what)))) / 2.0 ** 64


def agreement(rows, labels):
    """How far the teachers agree with the label used, 0–1, on tokens that any calls a name."""
    if labels == "pair":
        both = [(row[2], row[3]) for row in rows if row[2] != "O" or row[3] != "O"]
        return sum(0.5 + 0.5 * (a == b) for a, b in both) / len(both) if both else 1.0
    column, shares = COLUMN[labels], []
    for row in rows:
        if row[1] != "O" or row[2] != "O" or row[3] != "O":
            shares.append(sum(row[i] == row[column] for i in (1, 2, 3)) / 3)
    return sum(shares) / len(shares) if shares else 1.0


def bare(word):
    """The word without accents."""
    parts = unicodedata.normalize("NFD", word.translate(LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))


class Names:
    """Names of people to put in others' places, each region alike often."""

    def __init__(self, path, seed):
        _, free = regions.split_names(path)
        self.lists = [names for names in free.values() if names]
        self.seed = seed

    def swap(self, key, words, tags):
        """The sentence with other persons; bare surnames stay bare; one name, one other name."""
        out_words, out_tags, at, given = [], [], 0, {}
        for start, end, kind in common.spans_of(tags):
            if kind != "PER":
                continue
            out_words += words[at:start]
            out_tags += tags[at:start]
            last = words[end - 1]
            if last not in given:
                ours = self.lists[int(chance(self.seed, key, last, "region") * len(self.lists))]
                given[last] = ours[int(chance(self.seed, key, last) * len(ours))]
            parts = given[last].split() if end - start > 1 else given[last].split()[-1:]
            name = [piece for part in parts for piece in split_hyphens(part)]
            out_words += name
            out_tags += ["B-PER"] + ["I-PER"] * (len(name) - 1)
            at = end
        return out_words + words[at:], out_tags + tags[at:]


def split_hyphens(word):
    """A word as nergraph's tokens: a hyphen is one of its own."""
    pieces = word.replace("-", " - ").split()
    return pieces or [word]


def copies(a, names, key, words, tags):
    """Yields the augmented copies of a sentence."""
    if names and any(t == "B-PER" for t in tags) and chance(a.seed, key, "swap") < a.swap:
        yield names.swap(key, words, tags)
    draw = chance(a.seed, key, "case")
    if draw < a.caseless / 2:
        yield [w.lower() for w in words], tags
    elif draw < a.caseless:
        yield [w.upper() for w in words], tags
    elif draw < a.caseless + a.titled and any(t != "O" for t in tags):
        yield [w if w in SMALL and i else w[0].upper() + w[1:] for i, w in enumerate(words)], tags
    accented = any(t != "O" and not w.isascii() and bare(w) != w for w, t in zip(words, tags))
    if accented and chance(a.seed, key, "plain") < a.plain:
        yield [bare(w) or w for w in words], tags


def write(a, writer, names, document, number, words, tags, weight):
    """Writes a sentence and its copies; returns how many tokens."""
    key, total = "%s#%d" % (document, number), len(words)
    weight = round(weight, 2)
    writer.sentence(document, list(zip(words, tags)), weight)
    for new_words, new_tags in copies(a, names, key, words, tags):
        writer.sentence(document, list(zip(new_words, new_tags)), weight)
        total += len(new_words)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", required=True)
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--gold", default=os.path.join(common.OUT, "gold.bio"))
    parser.add_argument("--silver", default=os.path.join(common.OUT, "silver.tsv"))
    parser.add_argument("--fold", type=int, default=-1, help="this fifth of the gold stays out")
    parser.add_argument("--only", default="", help="gold files whose names begin so, by commas")
    parser.add_argument("--without", default="", help="not these, by commas")
    parser.add_argument("--labels", choices=sorted(COLUMN), default="vote")
    parser.add_argument("--silver-share", type=float, default=1, help="this part of the documents")
    parser.add_argument("--silver-weight", type=float, default=1)
    parser.add_argument("--gold-weight", type=float, default=1)
    parser.add_argument("--least-agreement", type=float, default=0)
    for name in ("caseless", "titled", "plain", "swap"):
        parser.add_argument("--" + name, type=float, default=0, metavar="SHARE")
    parser.add_argument("--seed", default="1")
    a = parser.parse_args()
    names = None
    if a.swap:
        names = Names(os.path.join(a.shared, "data", "gaz", "politician_names.tsv"), a.seed)
    only = tuple(filter(None, a.only.split(","))) or ("",)
    without = tuple(filter(None, a.without.split(",")))
    silver = gold = 0
    with open(a.o, "w", encoding="utf-8", newline="\n") as out:
        writer = common.Writer(out)
        for document, number, rows in common.read_sentences(a.gold):
            file, _, name = document.partition("|")
            if common.fold_of(name) == a.fold or not file.startswith(only) \
                    or file.startswith(without or ("\0",)):
                continue
            words, tags = [r[0] for r in rows], [r[1] for r in rows]
            gold += write(a, writer, names, document, number, words, tags, a.gold_weight)
        for document, number, rows in common.read_sentences(a.silver):
            share = agreement(rows, a.labels)
            if share < a.least_agreement or \
                    (a.silver_share < 1 and chance(a.seed, document) >= a.silver_share):
                continue
            words, tags = [r[0] for r in rows], [r[COLUMN[a.labels]] for r in rows]
            silver += write(a, writer, names, document, number, words, tags,
                            a.silver_weight * share)
    print("%s: gold %d tokens, silver %d tokens" % (a.o, gold, silver))


if __name__ == "__main__":
    main()
