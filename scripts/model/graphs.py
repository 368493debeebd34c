#!/usr/bin/env python3
"""Measures the graphs of documents against gold graphs, each by a model that has not seen it.

usage: graphs.py [--program P] [--models DIR] [--perfect] [--pronouns] [--shared DIR]
                 [--keep DIR] [--calibration] [SET...]

SET is gum, gum-news (its news and interviews) or litbank; all of them by default. Runs `nergraph
graph --scope sentence --states names` on each text with the model fold-K of its document, then
score_graph.py of the shared tools. With --perfect the named mentions of the gold are given
(--mentions), so that what is measured is how they are joined. With --pronouns the option of that
name is given to the program. --keep DIR leaves the graphs there.
With --calibration the confidence of edges is measured: an edge is right when the gold graph has it
(named mentions); expected calibration error and the curve in ten equal parts, the logistic
correction that would fit this set best, and for all sets together the error on documents that the
correction was not fitted on. Needs a Python with networkx and scipy (scripts/python.sh
makes one: out/venv).
"""
import argparse
import glob
import json
import math
import os
import subprocess
import sys
import tempfile

import common

SETS = {"gum": ("gum", ("",)), "gum-news": ("gum", ("GUM_news", "GUM_interview")),
        "litbank": ("litbank", ("",))}


def model_of(models, key):
    return os.path.join(models, "fold-%d.ngm" % common.fold_of(key))


def make_graph(a, path, folder):
    """Writes the graph of one document."""
    with open(path, encoding="utf-8") as lines:
        document = json.load(lines)
    name = os.path.basename(path)[:-5]
    record = json.dumps({"id": name, "text": document["text"]})
    if a.perfect:
        given = os.path.join(folder, name + ".mentions")
        with open(given, "w", encoding="utf-8") as out:
            out.write(json.dumps({"id": name, "mentions": gold_mentions(document)}) + "\n")
        source = ["--mentions", given]
    else:
        source = ["--model", model_of(a.models, document["doc"])]
    source += ["--pronouns"] * a.pronouns
    subprocess.run([a.program, "graph", "-q", "--scope", "sentence", "--states", "names", *source,
                    "-o", os.path.join(folder, name + ".json"), "-"],
                   input=record.encode(), check=True)


def gold_mentions(document):
    """The named mentions of persons and places, as `nergraph extract` would write them."""
    mentions = []
    for e in document["entities"]:
        if e["type"] not in ("person", "place") or e.get("group"):
            continue
        for m in e["mentions"]:
            if not m["named"]:
                continue
            name = m.get("name") or m["text"]  # within the whole phrase
            start = document["text"].find(name, m["start"])
            start = m["start"] if start < 0 or start > m["end"] else start
            mentions.append({"start": start, "end": start + len(name), "kind": e["type"],
                             "form": "name"})
    return mentions


def link(source, target, prefixes):
    """Links the files that begin so."""
    os.makedirs(target)
    for path in glob.glob(os.path.join(source, "*.json")):
        if os.path.basename(path).startswith(prefixes):
            os.symlink(path, os.path.join(target, os.path.basename(path)))


def measure(a, name, folder):
    collection, prefixes = SETS[name]
    gold, graphs = os.path.join(folder, name), os.path.join(folder, name + "-graphs")
    link(os.path.join(os.path.abspath(a.shared), "data", "graphgold", collection), gold, prefixes)
    os.makedirs(graphs)
    for path in sorted(glob.glob(os.path.join(gold, "*.json"))):
        make_graph(a, path, graphs)
    print("### %s" % name, flush=True)
    if a.calibration:
        pairs = list(edges_with_truth(a, gold, graphs))
        calibrate(pairs)
        return pairs
    subprocess.run([sys.executable, os.path.join(a.shared, "tools", "score_graph.py"), gold, graphs],
                   check=True)
    return []


def judge(a):
    """The functions of score_graph.py, without running it."""
    path = os.path.join(a.shared, "tools", "score_graph.py")
    with open(path, encoding="utf-8") as lines:
        source = lines.read().replace("\nmain()\n", "\n")
    names = {}
    exec(compile(source, path, "exec"), names)  # pylint: disable=exec-used
    return names


def edges_with_truth(a, gold, graphs):
    """(confidence, is right) of all edges, a list for each document."""
    tool = judge(a)
    for path in sorted(glob.glob(os.path.join(gold, "*.json"))):
        with open(path, encoding="utf-8") as lines:
            nodes = tool["gold_nodes"](json.load(lines))
        if len(nodes) < 5:
            continue
        other = os.path.join(graphs, os.path.basename(path))
        ours, _ = tool["predicted"](other)
        to_gold, _ = tool["match"](nodes, ours)
        edges, found = tool["gold_edges"](nodes, "named"), []
        with open(other, encoding="utf-8") as lines:
            graph = json.load(lines)
        number = {n["id"]: i for i, n in enumerate(
            n for n in graph["nodes"] if n["kind"] in ("person", "place", "country"))}
        for e in graph["edges"]:
            if e["source"] not in number or e["target"] not in number:
                continue
            i, j = number[e["source"]], number[e["target"]]
            right = i in to_gold and j in to_gold and \
                tuple(sorted((to_gold[i], to_gold[j]))) in edges
            found.append((e["confidence"], right))
        yield found


def log_odds(chance):
    chance = min(max(chance, 1e-4), 0.9999)
    return math.log(chance / (1 - chance))


def said(chance, correction):
    """The confidence after a logistic correction (slope, offset)."""
    return 1 / (1 + math.exp(-(correction[0] * log_odds(chance) + correction[1])))


def fit(pairs):
    """The correction that fits (confidence, is right) best."""
    from scipy.optimize import minimize

    def loss(x):
        return sum(math.log1p(math.exp(-z if right else z))
                   for z, right in ((x[0] * log_odds(c) + x[1], right) for c, right in pairs))
    return minimize(loss, [1.0, 0.0]).x


def calibration_error(pairs, shown):
    """Expected calibration error over ten parts of one size."""
    pairs = sorted(pairs)
    error = 0
    for i in range(10):
        part = pairs[i * len(pairs) // 10:(i + 1) * len(pairs) // 10]
        mean, true = (sum(p[k] for p in part) / len(part) for k in (0, 1))
        error += abs(mean - true) * len(part) / len(pairs)
        if shown:
            print("said %.3f, right %.3f (%d edges)" % (mean, true, len(part)))
    return error


def calibrate(pairs):
    """`pairs`: of each document, (confidence, is right) of its edges."""
    every = [p for document in pairs for p in document]
    error = calibration_error(every, True)
    print("expected calibration error %.3f; %d edges, %.3f right; best slope %.3f, offset %.3f"
          % (error, len(every), sum(r for _, r in every) / len(every), *fit(every)))


def cross_validate(pairs):
    """Every other document fits the correction that the rest is measured with."""
    halves = [[p for document in pairs[k::2] for p in document] for k in (0, 1)]
    errors = []
    for k in (0, 1):
        correction = fit(halves[k])
        errors.append(calibration_error([(said(c, correction), r) for c, r in halves[1 - k]],
                                        False))
    print("all sets: fitted on every other document, expected calibration error on the rest "
          "%.3f and %.3f" % tuple(errors))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=common.NERGRAPH)
    parser.add_argument("--models", default=os.path.join(common.OUT, "shipped"))
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--perfect", action="store_true")
    parser.add_argument("--pronouns", action="store_true")
    parser.add_argument("--keep")
    parser.add_argument("--calibration", action="store_true")
    parser.add_argument("sets", nargs="*", metavar="SET")
    a = parser.parse_args()
    if a.keep:
        os.makedirs(a.keep)
    with tempfile.TemporaryDirectory() as folder:
        pairs = []
        for name in a.sets or (("gum", "litbank") if a.calibration else SETS):
            pairs += measure(a, name, a.keep or folder)
        if pairs:
            cross_validate(pairs)


if __name__ == "__main__":
    main()
