#!/usr/bin/env python3
"""Pictures of differences and of slices say what the tables say.

usage: changes.py --program NERGRAPH

Random archives in two states. The DOT of `nergraph diff` has the ties that its TSV lists, each with what became of it;
actors that are new and gone are the same, and its SVG has words for as many. The SVG of `nergraph slice` has every actor
at one place of its frame in all panels, no two boxes over each other, and in each panel those that the table has a value
for, with that value. Two runs give the same bytes.
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

NAMES = ["Anna Lindh", "Karl Moser", "Olaf Scholz", "Angela Merkel", "Donald Tusk", "Petra Novak", "Jan Marsalek",
         "Martin Keller", "Eva Brandstetter", "Franz Huber", "Peter Fischer", "Maria Schneider"]
KINDS = {"new tie": "new", "gone tie": "gone"}


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
    svg = os.path.join(folder, "d.svg")
    run(program, "diff", old, new, "-o", svg, "--top", "0")
    titles = [title.rpartition(": ")[2] for title, _ in boxes(svg)]
    for word in ("new", "gone"):
        there = sum(title.endswith(f", {word}") for title in titles)
        if there != sum(row[0] == f"{word} actor" for row in rows):
            sys.exit(f"archive {number}: {there} actors are {word}")
        changes = "".join(open(svg, encoding="utf-8")).count(f": {word}, ")
        if changes != sum(change == word for change in wanted.values()):
            sys.exit(f"archive {number}: {changes} ties are {word}")
    return len(wanted)


def boxes(path):
    """Title and bounds of each node in an SVG file."""
    found = []
    for group in xml.etree.ElementTree.parse(path).getroot().iter():
        if group.get("class") != "node":
            continue
        points = []
        for shape in group:
            points += re.findall(r"(-?[\d.]+),(-?[\d.]+)", shape.get("points") or shape.get("d") or "")
        across, down = [float(x) for x, _ in points], [float(y) for _, y in points]
        title = next(t.text for t in group if t.tag.endswith("}title"))
        found.append((title, (min(across), min(down), max(across), max(down)) if points else None))
    return found


def check_panel(number, panel, frame, actors, places):
    """Everything within the frame, apart from each other, and where it was in the panels before."""
    for label, (left, top, right, bottom) in actors.items():
        if left < frame[0] or top < frame[1] or right > frame[2] or bottom > frame[3]:
            sys.exit(f"archive {number}: {label} leaves the panel {panel}")
        here = ((left + right) / 2 - frame[0], (top + bottom) / 2 - frame[1])
        before = places.setdefault(label, here)
        if abs(here[0] - before[0]) > 0.6 or abs(here[1] - before[1]) > 0.6:  # Graphviz rounds places to half points
            sys.exit(f"archive {number}: {label} moves from {before} to {here} in {panel}")
        for other, box in actors.items():
            if other != label and left < box[2] and box[0] < right and top < box[3] and box[1] < bottom:
                sys.exit(f"archive {number}: {label} and {other} overlap in {panel}")


def lines(path):
    """Of each edge in an SVG file points of its curve."""
    for group in xml.etree.ElementTree.parse(path).getroot().iter():
        if group.get("class") == "edge":
            (curve,) = [shape.get("d") for shape in group if shape.tag.endswith("}path")]
            at = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", curve)]
            yield [tuple(sum(weight * point[axis] for weight, point in zip(
                ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3), at)) for axis in (0, 1))
                for t in (i / 200 for i in range(201))]


def check_lines(number, svg, frames, panels):
    """No line runs behind a third actor, or out of its frame: it would seem to end there."""
    for points in lines(svg):
        (panel,) = [name for name, box in frames.items() if is_in(box, points[0], 0)]
        ends = [label for label, box in panels[panel].items() if is_in(box, points[0], 1) or is_in(box, points[-1], 1)]
        if len(ends) != 2:
            sys.exit(f"archive {number}: a line of {panel} ends at {ends}")
        for point in points:
            if not is_in(frames[panel], point, 0):
                sys.exit(f"archive {number}: a line leaves {panel}")
            for label, box in panels[panel].items():
                if label not in ends and is_in(box, point, 0):
                    sys.exit(f"archive {number}: the line of {ends} runs behind {label} in {panel}")


def is_in(box, point, more):
    return (box[0] - more <= point[0] <= box[2] + more) and (box[1] - more <= point[1] <= box[3] + more)


def check_slice(program, folder, number):
    text, svg, table = (os.path.join(folder, name) for name in ("new.jsonl", "s.svg", "s.json"))
    run(program, "slice", text, "--period", "year", "-o", svg, "--top", "8")
    run(program, "slice", text, "--period", "year", "--format", "json", "-o", table, "--top", "8")
    frames, panels, values, places = {}, {}, {}, {}
    for title, box in boxes(svg):
        label, comma, rest = title.rpartition(", ")[0].partition(", ")
        if not comma and box:
            frames[title] = box
        elif comma:
            panel = rest.partition(":")[0]
            panels.setdefault(panel, {})[label] = box
            values.setdefault(panel, {})[label] = float(title.rpartition(" ")[2])
    for panel, actors in panels.items():
        check_panel(number, panel, frames[panel], actors, places)
    check_lines(number, svg, frames, panels)
    wanted = {}
    with open(table, encoding="utf-8") as lines:
        for row in json.load(lines):
            for part, value in row["values"].items():
                wanted.setdefault(part, {})[row["label"]] = value
    if values != wanted:
        sys.exit(f"archive {number}: panels {values}, wanted {wanted}")
    with open(svg, "rb") as file:
        before = file.read()
    run(program, "slice", text, "--period", "year", "-o", svg, "--top", "8", "-j", "1")
    with open(svg, "rb") as file:
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
