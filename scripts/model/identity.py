#!/usr/bin/env python3
"""Measures how the names of one party are joined.

usage: identity.py [--program P] [--shared DIR] [--list] [--rules] [SET...]

SET is gum, litbank or wikinews; all of them by default.

gum, litbank: the named mentions of the gold are given (--mentions); over all pairs of mentions of
one kind whose forms differ, precision and recall of "the same actor". Pairs of two entities to
which the gold gives one and the same name are listed apart: it cannot be told from names which of
them is meant ("Tom Devocht" and "Devocht" are two entities there, both named Devocht).

wikinews: mentions are found by the program. Of the persons, countries and places of the gold that
have at least two of their surface forms ("spots") found in the text, the share of which all forms
are one actor; how many entities were found at all; and Spearman's correlation of the human
salience with strength in the document's graph and with the count of mentions, averaged over
documents (needs scipy: out/venv).

--rules: instead, how often each rule of the ledger is right, beside the confidence that it says. A
join is right when the gold has the name and the actor's label in one entity. gum and litbank are
what the confidences were fitted on, wikinews is not; the expected calibration error is over all
joins of a set.
"""
import argparse
import collections
import glob
import itertools
import json
import os
import statistics
import subprocess
import unicodedata

import common
import graphs

KINDS = ("person", "country", "place")


def fold(text):
    text = unicodedata.normalize("NFD", text)
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def documents(a, name):
    for path in sorted(glob.glob(os.path.join(a.shared, "data", "graphgold", name, "*.json"))):
        with open(path, encoding="utf-8") as lines:
            yield json.load(lines)


def extract(a, records, *options):
    text = "\n".join(json.dumps(r) for r in records)
    found = subprocess.run([a.program, "extract", "-q", *options, "-"], input=text,
                           capture_output=True, text=True, check=True)
    return [json.loads(line) for line in found.stdout.splitlines()]


def gold_names(document, found):
    """(entity, kind, actor, form) of the gold mentions that were taken over."""
    actors = {(m["start"], m["end"]): m for m in found["mentions"]}
    for e in document["entities"]:
        if e["type"] not in ("person", "place") or e.get("group"):
            continue
        for g in graphs.gold_mentions({"entities": [e], "text": document["text"]}):
            m = actors.get((g["start"], g["end"]))
            if m:
                yield e["id"], e["type"], m["actor"], " ".join(m["text"].split())


def measure_pairs(a, name):
    gold = list(documents(a, name))
    given = os.path.join(a.work, name + ".jsonl")
    with open(given, "w", encoding="utf-8") as out:
        for d in gold:
            out.write(json.dumps({"id": d["doc"], "mentions": graphs.gold_mentions(d)}) + "\n")
    found = extract(a, [{"id": d["doc"], "text": d["text"]} for d in gold], "--states", "names",
                    "--mentions", given)
    n, listed = collections.Counter(), []
    for d, f in zip(gold, found):
        items = sorted(set(gold_names(d, f)))
        forms = collections.defaultdict(set)
        for entity, _, _, form in items:
            forms[entity].add(fold(form))
        for x, y in itertools.combinations(items, 2):
            if x[1] != y[1] or x[3] == y[3]:
                continue
            same, ours = x[0] == y[0], x[2] == y[2]
            shared = not same and forms[x[0]] & forms[y[0]]
            what = ("hit" if ours else "missed") if same else \
                ("shared" if shared else "false") if ours else ""
            n[what] += 1
            if what in ("missed", "false", "shared"):
                listed.append((what, d["doc"], x[3], y[3], x[2]))
    precision = n["hit"] / (n["hit"] + n["false"] + n["shared"])
    clean = n["hit"] / (n["hit"] + n["false"])
    recall = n["hit"] / (n["hit"] + n["missed"])
    print("%-10s pairs of different forms: precision %.3f (%.3f without %d of two entities with "
          "one name), recall %.3f of %d" % (name, precision, clean, n["shared"], recall,
                                             n["hit"] + n["missed"]))
    if a.list:
        for line in sorted(listed):
            print("  ", *line)


def joins(a, document, *options):
    """(actor, name, rule, confidence, count) of the joins in the graph of one document."""
    path = os.path.join(a.work, "graph.json")
    record = {"id": document["doc"], "text": document["text"]}
    subprocess.run([a.program, "graph", "-q", *options, "-o", path, "-"], check=True,
                   input=json.dumps(record).encode())
    with open(path, encoding="utf-8") as lines:
        graph = json.load(lines)
    labels = {n["id"]: n["label"] for n in graph["nodes"]}
    for d in graph["nergraph"]["ledger"]:
        if d["joined"]:
            yield d["node"], labels[d["node"]], d["name"], d["rule"], d["confidence"], d["count"]


def named_by_gold(a, name, d):
    """Options for the program, and by (actor, folded form) how often each entity is meant."""
    meant = collections.defaultdict(collections.Counter)
    if name == "wikinews":
        for e in d["entities"]:
            for s in e["spots"]:
                meant[fold(s[4:] if s.lower().startswith("the ") else s)][e["wiki"]] += 1
        return [], meant
    given = os.path.join(a.work, "given.jsonl")
    with open(given, "w", encoding="utf-8") as out:
        out.write(json.dumps({"id": d["doc"], "mentions": graphs.gold_mentions(d)}) + "\n")
    options = ["--states", "names", "--mentions", given]
    found = extract(a, [{"id": d["doc"], "text": d["text"]}], *options)[0]
    for entity, _, actor, form in gold_names(d, found):
        meant[actor, fold(form)][entity] += 1
    return options, meant


def measure_rules(a, name):
    right, said = collections.defaultdict(list), {}
    for d in documents(a, "wikinews-saliency" if name == "wikinews" else name):
        options, meant = named_by_gold(a, name, d)
        for actor, label, form, rule, confidence, _ in joins(a, d, *options):
            keys = [fold(form), fold(label)]
            if name != "wikinews":
                keys = [(actor, k) for k in keys]
            if keys[0] == keys[1] or not all(k in meant for k in keys):
                continue
            right[rule].append(bool(set(meant[keys[0]]) & set(meant[keys[1]])))
            if a.list and not right[rule][-1]:
                print("  ", rule, d["doc"], form, "->", label)
            said[rule] = confidence
    total = sum(map(len, right.values()))
    error = 0
    for rule in sorted(right, key=lambda r: -len(right[r])):
        share = sum(right[rule]) / len(right[rule])
        error += abs(share - said[rule]) * len(right[rule]) / total
        print("%-10s %-24s said %.2f, right %.2f of %d" % (name, rule, said[rule], share,
                                                            len(right[rule])))
    print("%-10s expected calibration error %.3f over %d joins" % (name, error, total))


def measure_spots(a):
    from scipy.stats import spearmanr
    gold = list(documents(a, "wikinews-saliency"))
    found = extract(a, [{"id": d["doc"], "text": d["text"]} for d in gold])
    n, rho, listed = collections.Counter(), collections.defaultdict(list), []
    for d, f in zip(gold, found):
        by_form = collections.defaultdict(set)
        counts = collections.Counter()
        for m in f["mentions"]:
            if m["kind"] in KINDS:
                by_form[fold(" ".join(m["text"].split()))].add(m["actor"])
                counts[m["actor"]] += 1
        strength = graph_strength(a, d)
        human, ours, plain = [], [], []
        for e in d["entities"]:
            spots = {fold(s[4:] if s.lower().startswith("the ") else s) for s in e["spots"]}
            seen = {s: by_form[s] for s in spots if s in by_form}
            if not seen:
                continue
            n["found"] += 1
            actors = set().union(*seen.values())
            human.append(e["saliency"])
            ours.append(max(strength.get(x, 0) for x in actors))
            plain.append(max(counts[x] for x in actors))
            if len(seen) > 1:
                n["several"] += 1
                one = bool(set.intersection(*seen.values()))
                n["one"] += one
                if not one:
                    listed.append((d["doc"], e["wiki"], sorted((s, *x) for s, x in seen.items())))
        if len(set(human)) > 1:
            for key, values in (("strength", ours), ("mentions", plain)):
                rho[key].append(float(spearmanr(human, values)[0]) if len(set(values)) > 1 else 0)
    print("wikinews   %d entities found as person, country or place; %d of %d with several forms "
          "found are one actor (%.1f %%)" % (n["found"], n["one"], n["several"],
                                              100 * n["one"] / n["several"]))
    for key, values in rho.items():
        print("wikinews   rho of human salience with %s %.3f (%d documents)"
              % (key, statistics.mean(values), len(values)))
    if a.list:
        for line in listed:
            print("  ", *line)


def graph_strength(a, document):
    path = os.path.join(a.work, "graph.json")
    subprocess.run([a.program, "graph", "-q", "-o", path, "-"], check=True,
                   input=json.dumps({"id": document["doc"], "text": document["text"]}).encode())
    with open(path, encoding="utf-8") as lines:
        return {node["id"]: node["strength"] for node in json.load(lines)["nodes"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=common.NERGRAPH)
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("sets", nargs="*", metavar="SET")
    a = parser.parse_args()
    a.work = os.path.join(os.path.dirname(common.OUT), "identity")
    os.makedirs(a.work, exist_ok=True)
    for name in a.sets or ("gum", "litbank", "wikinews"):
        if a.rules:
            measure_rules(a, name)
        elif name == "wikinews":
            measure_spots(a)
        else:
            measure_pairs(a, name)


if __name__ == "__main__":
    main()
