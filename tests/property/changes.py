#!/usr/bin/env python3
"""Pictures of differences and of slices say what the tables say.

usage: changes.py --program NERGRAPH

Random archives in two states. The DOT of `nergraph diff` has the ties that its TSV lists, each with what became of it;
actors that are new and gone are the same. The DOT of `nergraph slice` has every actor at one place of its frame in all
panels, and in each panel those that the table has a value for. Two runs give the same bytes.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile

NAMES = ["Anna Lindh", "Karl Moser", "Olaf Scholz", "Angela Merkel", "Donald Tusk", "Petra Novak", "Jan Marsalek",
         "Martin Keller", "Eva Brandstetter", "Franz Huber", "Peter Fischer", "Maria Schneider"]
KINDS = {"new tie": "new", "lost tie": "gone"}


def archive(path, rng, names):
    with open(path, "w", encoding="utf-8") as out:
        for i in range(30):
            here = rng.sample(names, rng.randint(1, 3))
            record = {"id": f"d{i}", "date": f"20{10 + i % 4}-01-01", "text": "It was said that %s met." % " and ".join(here)}
            out.write(json.dumps(record) + "\n")


def run(program, *words):
    done = subprocess.run([program, *words, "-q"], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(words)}: {done.stderr}")
    return done.stdout


def read_dot(path):
    """Attributes of nodes and edges; values hold no quotes here but escaped ones."""
    nodes, edges = {}, []
    with open(path, encoding="utf-8") as lines:
        text = lines.read()
    for name, other, body in re.findall(r"^\t(\w+)(?: -- (\w+))?\t? ?\[((?:[^\]\"]|\"(?:[^\"\\\\]|\\\\.)*\")*)\]", text, re.M | re.S):
        values = {k: v[1:-1] if v.startswith('"') else v
                  for k, v in re.findall(r'(\w+)=("(?:[^"\\\\]|\\\\.)*"|[^,\s\]]+)', body)}
        if other:
            edges.append((name, other, values))
        elif name not in ("graph", "node", "edge"):
            nodes[name] = values
    return nodes, edges


def check_diff(program, folder, number):
    old, new, dot = (os.path.join(folder, name) for name in ("old.jsonl", "new.jsonl", "d.dot"))
    rows = [line.split("\t") for line in run(program, "diff", old, new, "--format", "tsv").splitlines()]
    head, rows = rows[0], rows[1:]
    wanted = {}
    for row in rows:
        item = dict(zip(head, row))
        if item["what"].endswith("tie"):
            change = KINDS.get(item["what"])
            if not change:
                change = "stronger" if float(item["after"]) > float(item["before"]) else "weaker"
            wanted[tuple(sorted((item["a"], item["b"])))] = change
    run(program, "diff", old, new, "-o", dot, "--top", "0")
    nodes, edges = read_dot(dot)
    got = {tuple(sorted((nodes[a]["id"], nodes[b]["id"]))): values["change"] for a, b, values in edges
           if values.get("change", "same") != "same"}
    if got != wanted:
        sys.exit(f"archive {number}: the picture has {got.items() ^ wanted.items()}")
    return len(wanted)


def check_slice(program, folder, number):
    text, dot, table = (os.path.join(folder, name) for name in ("new.jsonl", "s.dot", "s.json"))
    run(program, "slice", text, "--period", "year", "-o", dot, "--top", "8")
    run(program, "slice", text, "--period", "year", "--format", "json", "-o", table, "--top", "8")
    nodes, _ = read_dot(dot)
    frames, places, there = {}, {}, {}
    for name, values in nodes.items():
        if name.startswith("f"):
            frames[name[1:]] = values
    for name, values in nodes.items():
        if not name.startswith("n"):
            continue
        node, panel = name[1:].split("p")
        frame = [float(v) for v in frames[panel]["pos"].split(",")]
        here = [float(v) for v in values["pos"].split(",")]
        offset = (round(here[0] - frame[0], 1), round(here[1] - frame[1], 1))
        if abs(places.setdefault(node, offset)[0] - offset[0]) > 0.11 or abs(places[node][1] - offset[1]) > 0.11:
            sys.exit(f"archive {number}: {values['label']} moves from panel to panel")
        there.setdefault(frames[panel]["label"], set()).add(values["label"].replace("\\n", " "))
    wanted = {}
    with open(table, encoding="utf-8") as lines:
        for row in json.load(lines):
            for part in row["values"]:
                wanted.setdefault(part, set()).add(row["label"])
    if there != wanted:
        sys.exit(f"archive {number}: panels {there}, wanted {wanted}")
    with open(dot, "rb") as file:
        before = file.read()
    run(program, "slice", text, "--period", "year", "-o", dot, "--top", "8", "-j", "1")
    with open(dot, "rb") as file:
        if file.read() != before:
            sys.exit("two runs give different pictures")
    return len(places)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    a = parser.parse_args()
    rng, ties, actors = random.Random(5), 0, 0
    for number in range(10):
        with tempfile.TemporaryDirectory() as folder:
            archive(os.path.join(folder, "old.jsonl"), rng, NAMES[:9])
            archive(os.path.join(folder, "new.jsonl"), rng, NAMES[2:])
            ties += check_diff(a.program, folder, number)
            actors += check_slice(a.program, folder, number)
    print(f"{ties} changes of ties and {actors} actors of panels as in the tables")


if __name__ == "__main__":
    main()
