#!/usr/bin/env python3
"""Makes training files of gold and silver: JSON lines of documents with entities.

usage: mix.py gold   [--fold K] [--only A,B] [--without A,B] [--twice A,B] [augmentation]
                     -o GOLD.jsonl
       mix.py silver [--labels vote|corenlp|nlp4j|spacy-md|pair] [--least-agreement A]
                     [--share S] [augmentation] -o SILVER.jsonl

gold: the documents of gold.jsonl but for those whose id's hash is in fold K (FNV-1a 64 of the id,
modulo 5); those of the files --twice stand twice, as there is little of their kind. silver: the documents of silver.tsv with the teachers' labels: `vote` of three, one
teacher alone, or `pair`, NLP4J's where spaCy agrees (a model without CoreNLP); a sentence is left
out when the teachers agree on less than A of the tokens that any of them calls a name.

Augmented copies of documents, chosen by the hash of the id, follow their originals: --upper and
--lower (without case), --titled (a capital on every longer word), --careless (names in small
letters), --swap (other persons' names in
the place of persons', from every region of the world, none of them held out by regions.py). The
same input gives the same bytes.
"""
import argparse
import json
import os

import common
import regions

COLUMN = {"corenlp": 1, "nlp4j": 2, "spacy-md": 3, "vote": 4, "pair": 2}
SMALL = set("a an and as at but by for from in of on or over the to vs with".split())


def chance(seed, *what):
    """A number in 0-1 that depends on the arguments alone."""
    return common.fnv1a64("\t".join((seed,) + tuple(map(str, what)))) / 2.0 ** 64


# ---- copies ----

def mapped(text, change):
    """The text changed letter by letter; a letter that would become several stays."""
    return "".join(new if len(new := change(c)) == 1 else c for c in text)


def titled(text):
    """The text with a capital on every longer word."""
    words = text.split(" ")
    return " ".join(w if w.lower() in SMALL else mapped(w[:1], str.upper) + w[1:] for w in words)


class Names:
    """Names of people to put in others' places, each region alike often."""

    def __init__(self, path, seed):
        _, free = regions.split_names(path)
        self.lists = [names for names in free.values() if names]
        self.seed = seed

    def pick(self, key, last):
        """The name that stands for the persons with this surname in one document."""
        ours = self.lists[int(chance(self.seed, key, last, "region") * len(self.lists))]
        return ours[int(chance(self.seed, key, last) * len(ours))]

    def swap(self, key, text, entities):
        """The document with other persons; bare surnames stay bare; one name, one other name."""
        out, moved, at = [], [], 0
        size = 0
        for start, end, kind in sorted(entities):
            name = text[start:end]
            if kind == "PER":
                parts = name.split()
                name = self.pick(key, parts[-1])
                name = name if len(parts) > 1 else name.split()[-1]
            out += [text[at:start], name]
            size += start - at
            moved.append((size, size + len(name), kind))
            size += len(name)
            at = end
        return "".join(out) + text[at:], moved


def careless(a, key, text, entities):
    """The text with three in five names in small letters."""
    out = list(text)
    for start, end, _ in entities:
        if chance(a.seed, key, start, "careless") < 0.6:
            out[start:end] = mapped(text[start:end], str.lower)
    return "".join(out)


def copies(a, names, key, text, entities):
    """Yields (name, text, entities) of the augmented copies of a document."""
    if names and any(kind == "PER" for _, _, kind in entities) \
            and chance(a.seed, key, "swap") < a.swap:
        yield ("swap",) + names.swap(key, text, entities)
    for name, share, change in (("upper", a.upper, lambda t: mapped(t, str.upper)),
                                ("lower", a.lower, lambda t: mapped(t, str.lower)),
                                ("titled", a.titled, titled)):
        if chance(a.seed, key, name) < share:
            yield name, change(text), entities
    if chance(a.seed, key, "careless") < a.careless:
        yield "careless", careless(a, key, text, entities), entities


# ---- the two sources ----

def gold_documents(a):
    """Yields (id, text, entities) of the gold outside the fold."""
    only = tuple(filter(None, a.only.split(","))) or ("",)
    without = tuple(filter(None, a.without.split(","))) or ("\0",)
    with open(a.gold, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            file, _, name = record["id"].partition("|")
            if common.fold_of(name) != a.fold and file.startswith(only) \
                    and not file.startswith(without):
                yield record["id"], record["text"], record["entities"]


def agreement(rows, labels):
    """How far the teachers agree with the label used, 0-1, on tokens that any calls a name."""
    if labels == "pair":
        both = [(row[2], row[3]) for row in rows if row[2] != "O" or row[3] != "O"]
        return sum(a == b for a, b in both) / len(both) if both else 1.0
    column, shares = COLUMN[labels], []
    for row in rows:
        if row[1] != "O" or row[2] != "O" or row[3] != "O":
            shares.append(sum(row[i] == row[column] for i in (1, 2, 3)) / 3)
    return sum(shares) / len(shares) if shares else 1.0


def sentence_text(words, glue, tags, start):
    """The text of a sentence that begins at code point `start`, and its entities."""
    spots, at, parts = [], start, []
    for i, (word, glued) in enumerate(zip(words, glue)):
        if i > 0 and not glued:
            parts.append(" ")
            at += 1
        parts.append(word)
        spots.append((at, at + len(word)))
        at += len(word)
    spans = [(spots[s][0], spots[e - 1][1], kind) for s, e, kind in common.spans_of(tags)]
    return "".join(parts), spans


def silver_documents(a):
    """Yields (id, text, entities) of the labelled open text, a paragraph a sentence."""
    document, parts, entities, size = None, [], [], 0
    both = zip(common.read_sentences(a.tokens), common.read_sentences(a.silver), strict=True)
    for (_, _, glues), (name, _, rows) in both:
        if name != document:
            if parts:
                yield document, "\n\n".join(parts), entities
            document, parts, entities, size = name, [], [], 0
        if agreement(rows, a.labels) < a.least_agreement:
            continue
        text, spans = sentence_text([r[0] for r in rows], [g[1] == "1" for g in glues],
                                    [r[COLUMN[a.labels]] for r in rows], size)
        parts.append(text)
        entities += spans
        size += len(text) + 2
    if parts:
        yield document, "\n\n".join(parts), entities


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", choices=("gold", "silver"))
    parser.add_argument("-o", required=True)
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--gold", default=os.path.join(common.OUT, "gold.jsonl"))
    parser.add_argument("--tokens", default=os.path.join(common.OUT, "text.tok"))
    parser.add_argument("--silver", default=os.path.join(common.OUT, "silver.tsv"))
    parser.add_argument("--fold", type=int, default=-1, help="this fifth of the gold stays out")
    parser.add_argument("--only", default="", help="gold files whose names begin so, by commas")
    parser.add_argument("--without", default="", help="not these, by commas")
    parser.add_argument("--twice", default="", help="these gold files stand twice, by commas")
    parser.add_argument("--labels", choices=sorted(COLUMN), default="vote")
    parser.add_argument("--least-agreement", type=float, default=0)
    parser.add_argument("--share", type=float, default=1, help="this part of the documents")
    for name in ("upper", "lower", "titled", "careless", "swap"):
        parser.add_argument("--" + name, type=float, default=0, metavar="SHARE")
    parser.add_argument("--seed", default="1")
    a = parser.parse_args()
    names = None
    if a.swap:
        names = Names(os.path.join(a.shared, "data", "gaz", "politician_names.tsv"), a.seed)
    documents = gold_documents(a) if a.source == "gold" else silver_documents(a)
    twice = tuple(filter(None, a.twice.split(","))) or ("\0",)
    count = copied = 0
    with open(a.o, "w", encoding="utf-8", newline="\n") as out:
        for key, text, entities in documents:
            if a.share < 1 and chance(a.seed, key, "share") >= a.share:
                continue
            out.write(json.dumps({"id": key, "text": text, "entities": entities},
                                 ensure_ascii=False) + "\n")
            count += 1
            if a.source == "gold" and key.startswith(twice):
                out.write(json.dumps({"id": key, "text": text, "entities": entities},
                                     ensure_ascii=False) + "\n")
                count += 1
            for name, new_text, new_entities in copies(a, names, key, text, entities):
                out.write(json.dumps({"id": key + "~" + name, "text": new_text,
                                      "entities": new_entities}, ensure_ascii=False) + "\n")
                copied += 1
    print("%s: %d documents and %d copies" % (a.o, count, copied))


if __name__ == "__main__":
    main()
