#!/usr/bin/env python3
"""No name is hidden by another: the boxes of the names in SVG pictures do not overlap.

usage: overlaps.py --draw NERGRAPH-DRAW [--nodes N...] [--keep FOLDER]

Graphs of the shape of co-occurrence (hubs, small circles, heavy-tailed weights) with names of 4 to 30 characters, of 17, 60,
300 (and on request more) actors; each is drawn, and the boxes around the names are compared pair by pair. Names are words of
our own making. --keep writes the pictures to a folder and says how long each took.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import time
import xml.etree.ElementTree

SVG = "{http://www.w3.org/2000/svg}"
FIRST = "Anna Boris Carla Dmitri Elena Farid Greta Hakim Ines Jonas Katya Liam Mona Nikos Olga Pavel Rosa Samir Tove Yusuf".split()
LAST = ("Lind Moser Okafor Serikbaeva Whitcomb Benjelloun Ferreira Wierzbicki Tanabe Osterloh Falconer Sandberg Daronov Haddad "
        "Eriksen Novak Castellanos Petrov Adeyemi Karimov").split()
PLACES = ("Tashkent Port Vale Aldermoor Nyhavn Carthew Bellarine Ostrava Zell Marrow Quarantine Bay Upper Lindley Saint Orr "
          "Dunmore Castle Hollin Keswater").split()


def make_graph(count, seed=1):
    rng = random.Random(seed)
    nodes, ends, pairs = [], [], {}
    for i in range(count):
        kind = rng.choice(["person", "person", "country", "place"])
        name = f"{rng.choice(FIRST)} {rng.choice(LAST)}" if kind == "person" else " ".join(rng.sample(PLACES, rng.choice([1, 1, 2])))
        nodes.append({"id": f"{kind}:{i}", "label": name, "kind": kind, "strength": 0, "mentions": 1})
        for _ in range(rng.choice([1, 1, 2, 3]) if i else 0):
            other = rng.choice(ends) if ends and rng.random() < 0.75 else rng.randrange(i)
            pairs[other, i] = pairs.get((other, i), 0) + max(1, int(rng.paretovariate(1.2)))
            ends += [other, i]
    for (a, b), weight in pairs.items():
        nodes[a]["strength"] += min(weight, 60)
        nodes[b]["strength"] += min(weight, 60)
    edges = [{"source": nodes[a]["id"], "target": nodes[b]["id"], "weight": min(weight, 60)} for (a, b), weight in pairs.items()]
    return {"nodes": nodes, "edges": edges}


def boxes_of(svg):
    """{node: (left, top, right, bottom)} of the outlines of names."""
    root = xml.etree.ElementTree.fromstring(svg)
    boxes = {}
    for group in root.iter(f"{SVG}g"):
        if group.get("class") != "node":
            continue
        numbers = []
        for item in group.iter():
            if item.tag in (f"{SVG}polygon", f"{SVG}path", f"{SVG}polyline"):
                numbers += [float(n) for n in re.findall(r"-?[\d.]+", item.get("points") or item.get("d"))]
            elif item.tag == f"{SVG}ellipse":
                x, y, rx, ry = (float(item.get(name)) for name in ("cx", "cy", "rx", "ry"))
                numbers += [x - rx, y - ry, x + rx, y + ry]
        boxes[group.get("id")] = (min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2]))
    return boxes


def overlapping(boxes):
    """Pairs that overlap by more than a point, left to right."""
    order = sorted(boxes.items(), key=lambda item: item[1][0])
    found = []
    for i, (name, box) in enumerate(order):
        for other, next_box in order[i + 1:]:
            if next_box[0] >= box[2] - 1:
                break
            if next_box[1] < box[3] - 1 and next_box[3] > box[1] + 1:
                found.append((name, other))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", required=True)
    parser.add_argument("--nodes", type=int, nargs="*", default=[17, 60, 300])
    parser.add_argument("--keep")
    a = parser.parse_args()
    failures = 0
    for count in a.nodes:
        for drawing in ({}, {"labels": count // 5, "theme": "dark"}):
            request = {**make_graph(count), "drawing": {"title": f"{count:,} made-up actors", "limits": {"nodes": 5000},
                                                        **drawing}}
            start = time.monotonic()
            done = subprocess.run([a.draw, "-T", "svg"], input=json.dumps(request).encode(), capture_output=True)
            took = time.monotonic() - start
            if done.returncode != 0:
                sys.exit(f"{count} actors: {done.stderr.decode()}")
            boxes = boxes_of(done.stdout)
            pairs = overlapping(boxes)
            wanted = min(count, 5000)
            if len(boxes) != wanted or pairs:
                print(f"{count} actors, {drawing}: {len(boxes)} names, {len(pairs)} overlap, first {pairs[:3]}")
                failures += 1
            if a.keep:
                print(f"{count} actors, {drawing}: {took:.1f} s, {len(pairs)} overlap")
                name = f"actors-{count}{'-dark' if drawing else ''}.svg"
                pathlib.Path(a.keep, name).write_bytes(done.stdout)
    print(f"{len(a.nodes)} graphs, two pictures each: {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
