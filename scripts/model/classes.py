#!/usr/bin/env python3
"""Word classes from unlabelled text: words that stand in the same company share a class.

usage: classes.py TEXT.tok OUT.tsv [--words 40000] [--classes 512]

Counts each word's neighbours (left and right kept apart), takes positive pointwise mutual information, reduces it to 64
dimensions (Levy and Goldberg 2014), and groups the words by k-means on the unit sphere, twice: few and many classes.
Deterministic for one version of numpy and scipy. OUT: word TAB class of few TAB class of many.
"""
import argparse
import collections

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

CONTEXTS = 3000


def sentences(path):
    with open(path, encoding="utf-8") as f:
        line_words = []
        for line in f:
            word = line.rstrip("\n").split("\t")[0]
            if not word or word.startswith("# ") or word == "-DOCSTART-":
                if line_words:
                    yield line_words
                line_words = []
            else:
                line_words.append("0" if word[0].isdigit() else word.lower())
        if line_words:
            yield line_words


def group(vectors, count, rounds=12):
    """k-means by cosine; starts at evenly spaced frequent words."""
    centres = vectors[np.linspace(0, min(len(vectors) - 1, 8 * count), count).astype(int)].copy()
    for _ in range(rounds):
        nearest = np.concatenate([np.argmax(part @ centres.T, axis=1) for part in np.array_split(vectors, 20)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        norm = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norm > 0, sums / np.maximum(norm, 1e-9), centres)
    return nearest


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("text")
    ap.add_argument("out")
    ap.add_argument("--words", type=int, default=40000)
    ap.add_argument("--classes", type=int, default=512)
    a = ap.parse_args()
    counts = collections.Counter()
    for words in sentences(a.text):
        counts.update(words)
    kept = [w for w, n in sorted(counts.items(), key=lambda x: (-x[1], x[0]))[:a.words] if n >= 5]
    number = {w: i for i, w in enumerate(kept)}
    pairs = collections.Counter()
    for words in sentences(a.text):
        ids = [number.get(w, -1) for w in words]
        for left, right in zip(ids, ids[1:]):
            if left >= 0 and 0 <= right < CONTEXTS:
                pairs[left, right] += 1
            if right >= 0 and 0 <= left < CONTEXTS:
                pairs[right, left + CONTEXTS] += 1
    keys = np.array(list(pairs.keys()), dtype=np.int64)
    values = np.array(list(pairs.values()), dtype=np.float64)
    total = values.sum()
    row = np.bincount(keys[:, 0], values, minlength=len(kept))
    column = np.bincount(keys[:, 1], values, minlength=2 * CONTEXTS) ** 0.75
    column *= total / column.sum()
    information = np.log(np.maximum(values * total / (row[keys[:, 0]] * column[keys[:, 1]]), 1e-12))
    good = information > 0
    matrix = sparse.csr_matrix((information[good], (keys[good, 0], keys[good, 1])), shape=(len(kept), 2 * CONTEXTS))
    u, s, _ = svds(matrix, k=64, v0=np.ones(min(matrix.shape)), random_state=1)
    vectors = u * np.sqrt(s)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    few, many = group(vectors, 64), group(vectors, a.classes)
    with open(a.out, "w", encoding="utf-8") as f:
        for word, x, y in zip(kept, few, many):
            f.write(f"{word}\t{x}\t{y}\n")
    print(f"{len(kept)} words")


main()
