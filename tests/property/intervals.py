#!/usr/bin/env python3
"""Intervals of ranks hold the ranks of the process that archives are drawn from.

usage: intervals.py --program NERGRAPH [--count N] [--report]

A process writes documents: a document has a topic and a number of sentences, a sentence names two or three countries,
drawn by the topic's weights. What the process says of each pair is known without drawing (the expected number of
sentences with both), and so is the rank of each country in the process's own graph. Archives are drawn from it, and
`nergraph centrality --intervals 200` tells between which ranks each country is. For every cell (process, documents in
an archive, measure) the rank of the process must lie there for 92 % of the countries of all archives.

The mean width (ranks in an interval) is compared with the spread of the rank over the archives (the places that a
country takes in them, from 2.5 to 97.5 %; equal scores share their places): it must not be more than 1.5 times as
wide.
"""
import argparse
import csv
import io
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

COUNTRIES = ("France Germany Italy Spain Portugal Poland Hungary Austria Sweden Norway Finland Denmark Greece Turkey "
             "Egypt Morocco Algeria Kenya Ghana Nigeria Brazil Peru Bolivia Japan").split()
MEASURES = ["strength", "pagerank", "harmonic", "betweenness"]
COVERED, WIDE = 0.92, 1.5

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--program", required=True)
parser.add_argument("--count", type=int, default=20, help="archives a cell")
parser.add_argument("--report", action="store_true", help="print every cell")
options = parser.parse_args()


class Process:
    """Topics with their chances; each has weights of countries and a mean length of documents."""

    def __init__(self, seed, topic_count, steepness, with_rare=False):
        chance = random.Random(seed)
        self.topics = []
        for _ in range(topic_count):
            order = COUNTRIES[:]
            chance.shuffle(order)
            weights = [(rank + 2) ** -steepness for rank in range(len(order))]
            total = sum(weights)
            self.topics.append((order, [w / total for w in weights], chance.uniform(2, 9)))
        shares = [chance.uniform(0.5, 1.5) for _ in range(topic_count)]
        if with_rare:  # few long documents about other countries than the rest
            self.topics[0] = (self.topics[0][0][::-1], self.topics[0][1], 40)
            shares[0] = 0.05 * sum(shares[1:])
        self.shares = [s / sum(shares) for s in shares]

    def expected(self):
        """Sentences with both countries of each pair in one document, on average."""
        pairs = {}
        for share, (order, weights, length) in zip(self.shares, self.topics):
            chances = dict(zip(order, weights))
            for a, b in itertools.permutations(order, 2):
                both = chances[a] * chances[b] / (1 - chances[a])  # a is drawn first, b second
                key = tuple(sorted((a, b)))
                pairs[key] = pairs.get(key, 0) + share * length * both
        return pairs

    def document(self, chance):
        order, weights, length = chance.choices(self.topics, self.shares)[0]
        sentences = []
        count = 1
        while chance.random() > 1 / length:  # geometric, with this mean
            count += 1
        for _ in range(count):
            first = chance.choices(order, weights)[0]
            second = first
            while second == first:
                second = chance.choices(order, weights)[0]
            sentences.append(f"Talks between {first} and {second} went on.")
        return " ".join(sentences)


def rank(words, measure, **more):
    """The rows of a ranking."""
    done = subprocess.run([options.program, "centrality", *words, "--by", measure, "--distance", "inverse", "--format",
                           "csv", "-q", *more.get("options", [])], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"nergraph centrality {' '.join(words)}: {done.stderr}")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def ranks_of(rows, measure):
    """The first and the last place of each country: those of equal scores share their places."""
    scores = {row["label"]: float(row[measure]) for row in rows}
    return {name: (1 + sum(s > score for s in scores.values()), sum(s >= score for s in scores.values()))
            for name, score in scores.items()}


def truth(process, measure, folder):
    """The ranks in the process's own graph, the middle one of those that are shared."""
    graph = {"nodes": [{"id": f"country:{name.lower()}", "label": name} for name in COUNTRIES],
             "links": [{"source": f"country:{a.lower()}", "target": f"country:{b.lower()}", "weight": weight}
                       for (a, b), weight in process.expected().items()]}
    path = os.path.join(folder, "process.json")
    with open(path, "w") as file:
        json.dump(graph, file)
    return {name: sum(places) / 2 for name, places in ranks_of(rank([path], measure), measure).items()}


def spread(places):
    """Places from 2.5 % of the first ones to 97.5 % of the last ones."""
    firsts, lasts = sorted(first for first, _ in places), sorted(last for _, last in places)
    low = firsts[int(0.025 * (len(places) - 1) + 0.5)]
    high = lasts[int(0.975 * (len(places) - 1) + 0.5)]
    return high - low + 1


def check_cell(name, process, documents, folder):
    """Draws archives; true when the intervals hold."""
    chance = random.Random(f"{name} {documents}")
    true_ranks = {measure: truth(process, measure, folder) for measure in MEASURES}
    held = {m: 0 for m in MEASURES}
    told = {m: 0 for m in MEASURES}
    widths = {m: 0 for m in MEASURES}
    drawn = {m: {} for m in MEASURES}
    path = os.path.join(folder, "archive.jsonl")
    for _ in range(options.count):
        with open(path, "w") as file:
            for number in range(documents):
                file.write(json.dumps({"id": str(number), "text": process.document(chance)}) + "\n")
        for measure in MEASURES:
            rows = rank([path], measure, options=["--intervals", "200"])
            for country, place in ranks_of(rows, measure).items():
                drawn[measure].setdefault(country, []).append(place)
            for row in rows:
                low, high = int(row["rank_low"]), int(row["rank_high"])
                assert low <= int(row["rank"]) <= high
                held[measure] += low <= true_ranks[measure][row["label"]] <= high
                told[measure] += 1
                widths[measure] += high - low + 1
    is_good = True
    for measure in MEASURES:
        coverage = held[measure] / told[measure]
        width = widths[measure] / told[measure]
        usual = sum(map(spread, drawn[measure].values())) / len(drawn[measure])
        bad = coverage < COVERED or width > WIDE * usual
        is_good = is_good and not bad
        if bad or options.report:
            print(f"{name}, {documents} documents, {measure}: covered {coverage:.3f}, width {width:.2f}, "
                  f"spread of fresh draws {usual:.2f}, ratio {width / usual:.2f}")
    return is_good


def main():
    processes = [("one topic", Process(1, 1, 0.8)), ("five topics", Process(2, 5, 1.0)),
                 ("a rare topic", Process(3, 4, 1.0, with_rare=True))]
    is_good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, process in processes:
            for documents in (60, 250):
                is_good = check_cell(name, process, documents, folder) and is_good
    print(f"{options.count} archives in each of {2 * len(processes)} cells of {len(MEASURES)} measures")
    sys.exit(0 if is_good else 1)


main()
