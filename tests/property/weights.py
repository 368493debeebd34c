#!/usr/bin/env python3
"""Weights and tests of edges against scipy and statsmodels.

usage: weights.py --program NERGRAPH

Random archives with rare and common names, few and many sentences; of every edge (more than 1,000 in all) NPMI,
Jaccard, cosine, G2 and association strength are worked out again from the counts in the file, Fisher's exact test
by scipy.stats.hypergeom and, where it can, scipy.stats.fisher_exact, Benjamini and Hochberg's q-values by
scipy.stats.false_discovery_control and statsmodels' multipletests. All must agree to 1e-9 of their size (p- and
q-values stand rounded in the file). Exit 77 (skipped) without scipy or statsmodels.
"""
import argparse
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile

try:
    from scipy import stats
    from statsmodels.stats.multitest import multipletests
except ImportError:
    sys.exit(77)

NAMES = ["Anna Lindh", "Karl Moser", "Olaf Scholz", "Angela Merkel", "Emmanuel Macron", "Donald Tusk", "Mark Rutte",
         "Pedro Sánchez", "Boris Johnson", "Jens Stoltenberg", "Petra Novak", "Jan Marsalek", "Martin Keller",
         "Eva Brandstetter", "Lukas Moravec", "Franz Huber", "Johanna Berger", "Thomas Wagner", "Peter Fischer",
         "Maria Schneider"]
WEIGHTS = ["count", "npmi", "jaccard", "cosine", "g2", "association"]


def archive(path, sentences, names, seed):
    rng = random.Random(seed)
    chance = [rng.choice([0.001, 0.01, 0.05, 0.2, 0.6]) for _ in names]
    with open(path, "w", encoding="utf-8") as out:
        for start in range(0, sentences, 50):
            text = []
            for _ in range(start, min(start + 50, sentences)):
                here = [n for n, p in zip(names, chance) if rng.random() < p]
                rng.shuffle(here)
                text.append("It was said that %s were there." % " and ".join(here) if here else "Nothing was said.")
            out.write(json.dumps({"id": "d%d" % start, "text": " ".join(text)}) + "\n")


def expected(both, left, right, total):
    """Each weight by its definition."""
    def part(seen, wanted):
        return seen * math.log(seen / wanted) if seen else 0
    g2 = 2 * (part(both, left * right / total) + part(left - both, left * (total - right) / total)
              + part(right - both, (total - left) * right / total)
              + part(total - left - right + both, (total - left) * (total - right) / total))
    return {"count": both, "npmi": math.log(both * total / (left * right)) / -math.log(both / total),
            "jaccard": both / (left + right - both), "cosine": both / math.sqrt(left * right), "g2": g2,
            "association": both * total / (left * right)}


def check(got, wanted, what, is_rounded=True):
    """1e-9 of its size, and what rounding to the nine significant digits of a file may take."""
    rounding = 0.5 * 10 ** (math.floor(math.log10(abs(wanted))) - 8) if is_rounded and wanted else 0
    if abs(got - wanted) > 1e-9 * abs(wanted) + rounding + 1e-300:
        sys.exit("%s: %r, wanted %r" % (what, got, wanted))


def check_archive(program, folder, seed, sentences):
    text, saved = os.path.join(folder, "a.jsonl"), os.path.join(folder, "a.ngr")
    archive(text, sentences, NAMES[:4 + seed % 17], seed)
    subprocess.run([program, "graph", "-q", text, "-o", saved], check=True)
    edges, nodes = {}, {}
    for weight in WEIGHTS:
        path = os.path.join(folder, weight + ".csv")
        subprocess.run([program, "graph", "-q", saved, "--weight", weight, "-o", path, "-o", path[:-3] + "json"],
                       check=True)
        with open(path, encoding="utf-8", newline="") as lines:
            edges[weight] = list(csv.DictReader(lines))
    with open(os.path.join(folder, "count.json"), encoding="utf-8") as lines:
        graph = json.load(lines)
    total = int(graph["graph"]["units"])
    nodes = {n["id"]: n["units"] for n in graph["nodes"]}
    p_values = []
    for i, edge in enumerate(edges["count"]):
        both, left, right = int(edge["units"]), nodes[edge["Source"]], nodes[edge["Target"]]
        for weight, wanted in expected(both, left, right, total).items():
            check(float(edges[weight][i]["Weight"]), wanted, (weight, both, left, right, total), False)
        check(float(edge["npmi"]), expected(both, left, right, total)["npmi"], "npmi")
        p = float(stats.hypergeom.sf(both - 1, total, left, right))
        p_values.append(p)
        if p > 1e-250:
            check(float(edge["p_value"]), p, ("p", both, left, right, total))
            check(float(edge["p_value"]), float(stats.fisher_exact(
                [[both, left - both], [right - both, total - left - right + both]], "greater")[1]), "fisher")
    if not p_values:
        return 0
    of_scipy = stats.false_discovery_control(p_values, method="bh")
    of_statsmodels = multipletests(p_values, method="fdr_bh")[1]
    for edge, q, other in zip(edges["count"], of_scipy, of_statsmodels):
        if q > 1e-250:
            check(float(edge["q_value"]), float(q), "q")
            check(float(edge["q_value"]), float(other), "q of statsmodels")
    return len(p_values)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    a = parser.parse_args()
    count = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(60):
            count += check_archive(a.program, folder, seed, [20, 200, 2000][seed % 3])
    if count < 1000:
        sys.exit("only %d edges" % count)
    print("%d edges agree with scipy and statsmodels" % count)


if __name__ == "__main__":
    main()
