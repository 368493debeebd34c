#!/usr/bin/env python3
"""Names made to break formats go through the graph files of other programs and come back the same.

Readers are others' programs: NetworkX (GEXF, GraphML, GML, Pajek, Cytoscape.js), Python's csv and json. Nodes, edges,
weights, ids, kinds and labels must be the same after the replacements that a format states:

  GEXF, GraphML  control characters but tab and line ends are spaces, U+FFFE and U+FFFF are U+FFFD
  GML            control characters are spaces; a label that repeats has its id behind it (and [] and (), lists to
                 NetworkX)
  Pajek          the same, and a quote is an apostrophe, a backslash a slash
  Cytoscape.js, VOSviewer's JSON   nothing
  CSV            an apostrophe before what a spreadsheet would run

usage: hostile_formats.py --program NERGRAPH [--names N] [--seed N]
"""
import argparse
import collections
import csv
import html
import json
import pathlib
import random
import re
import sys
import tempfile
import warnings

from hostile_names import edge_set, make_graph, run

FORMATS = {"gexf": "gexf:x.gexf", "graphml": "graphml:x.graphml", "gml": "gml:x.gml", "net": "net:x.net",
           "cyjs": "cyjs:x.cyjs", "vosviewer": "vosviewer:x.json", "csv": "csv:x.csv", "vosmap": "vosmap:x-map.txt"}


def in_xml(text):
    return re.sub("[\ufffe\uffff]", "\ufffd", re.sub("[\0-\x08\x0b\x0c\x0e-\x1f]", " ", text))


def blank(text):
    return re.sub("[\0-\x1f\x7f]", " ", text)


def parted(nodes, replace):
    """Labels by id, those that repeat with the id behind."""
    labels = {n["id"]: replace(n["label"]) for n in nodes}
    seen = collections.Counter(labels.values())
    return {i: f"{label} ({i})" if seen[label] > 1 or label in ("[]", "()") else label for i, label in labels.items()}


def compare(what, graph, labels, kinds, edges):
    """All three as the reader has them: by id, and pairs with weights."""
    for node in graph["nodes"]:
        assert labels.get(node["id"]) == node["wanted"], f"{what}: {labels.get(node['id'])!r}, not {node['wanted']!r}"
        assert kinds is None or kinds.get(node["id"]) == node["kind"], f"{what}: kind of {node['id']}"
    assert len(labels) == len(graph["nodes"]), f"{what}: {len(labels)} nodes"
    assert set(edges) == edge_set(graph["edges"]) and len(edges) == len(graph["edges"]), f"{what}: edges"


def want(graph, labels):
    for node in graph["nodes"]:
        node["wanted"] = labels[node["id"]]


def check_networkx(graph, what, read, label):
    """A graph whose nodes are our ids."""
    compare(what, graph, {i: d[label] for i, d in read.nodes(data=True)}, {i: d["kind"] for i, d in read.nodes(data=True)},
            [(*sorted((a, b)), d["weight"]) for a, b, d in read.edges(data=True)])


def check_xml(graph, folder, networkx):
    want(graph, {n["id"]: in_xml(n["label"]) for n in graph["nodes"]})
    check_networkx(graph, "GEXF", networkx.read_gexf(folder / "x.gexf"), "label")
    check_networkx(graph, "GraphML", networkx.read_graphml(folder / "x.graphml"), "label")
    check_networkx(graph, "GraphML", networkx.read_graphml(folder / "x.graphml"), "name")


def check_gml(graph, folder, networkx):
    want(graph, parted(graph["nodes"], blank))
    read = networkx.read_gml(folder / "x.gml")
    ids = {label: d["actor"] for label, d in read.nodes(data=True)}
    compare("GML", graph, {actor: label for label, actor in ids.items()}, {d["actor"]: d["kind"] for _, d in read.nodes(data=True)},
            [(*sorted((ids[a], ids[b])), d["weight"]) for a, b, d in read.edges(data=True)])
    for _, data in read.nodes(data=True):
        label = next(n["label"] for n in graph["nodes"] if n["id"] == data["actor"])
        assert data["name"] in (blank(label), [], ()), f"GML: name {data['name']!r}, not {blank(label)!r}"


def check_pajek(graph, folder):
    """Line by line, as Pajek's manual has it; NetworkX splits at spaces that are none."""
    labels = parted(graph["nodes"], lambda text: blank(text).replace('"', "'").replace("\\", "/"))
    want(graph, labels)
    lines = (folder / "x.net").read_text(encoding="utf-8").split("\n")
    count = int(lines[0].split()[1])
    by_label = {label: i for i, label in labels.items()}
    ids, read = {}, {}
    for line in lines[1:count + 1]:
        number, label = re.fullmatch(r'(\d+) "([^"]*)"', line).groups()
        ids[int(number)] = by_label.get(label, "")
        read[by_label.get(label, "")] = label
    assert lines[count + 1] == "*Edges" and lines[-1] == ""
    edges = [line.split() for line in lines[count + 2:-1]]
    compare("Pajek", graph, read, None, [(*sorted((ids[int(a)], ids[int(b)])), float(w)) for a, b, w in edges])


def check_json(graph, folder, networkx):
    want(graph, {n["id"]: n["label"] for n in graph["nodes"]})
    read = json.loads((folder / "x.cyjs").read_text(encoding="utf-8"))
    check_networkx(graph, "Cytoscape.js", networkx.cytoscape_graph(read), "name")
    read = json.loads((folder / "x.json").read_text(encoding="utf-8"))["network"]
    compare("VOSviewer", graph, {i["id"]: i["label"] for i in read["items"]}, None,
            [(*sorted((e["source_id"], e["target_id"])), e["strength"]) for e in read["links"]])
    for item in read["items"]:  # descriptions are HTML: a reader sees the kind first, and no element
        assert "<" not in item["description"] and ">" not in item["description"], "VOSviewer: HTML"
        assert html.unescape(item["description"]).split(",")[0] in ("person", "country", "place", "organization")


def check_csv(graph, folder):
    want(graph, {n["id"]: ("'" if n["label"][:1] in tuple("=+-@\t\0") else "") + n["label"] for n in graph["nodes"]})
    with open(folder / "x-nodes.csv", encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(line.replace("\0", "\ue000") for line in file))
    with open(folder / "x.csv", encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(line.replace("\0", "\ue000") for line in file))
    compare("CSV", graph, {n["Id"]: n["Label"].replace("\ue000", "\0") for n in nodes}, {n["Id"]: n["kind"] for n in nodes},
            [(*sorted((e["Source"], e["Target"])), float(e["Weight"])) for e in edges])


def check_map(graph, folder):
    """Tabs and line ends part cells and rows, nothing else does."""
    lines = (folder / "x-map.txt").read_text(encoding="utf-8").split("\n")
    width = lines[0].count("\t")
    assert len(lines) == len(graph["nodes"]) + 2 and all(line.count("\t") == width for line in lines[:-1]), "map: shape"
    links = (folder / "x-map-network.txt").read_text(encoding="utf-8").splitlines()
    assert len(links) == len(graph["edges"]) and all(re.fullmatch(r"\d+\t\d+\t\d+", link) for link in links), "network: shape"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--names", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    try:
        import networkx
    except ImportError:
        print("hostile_formats: skipped: this Python has no networkx (pip install networkx, or set NG_TEST_PYTHON)")
        return 77
    warnings.simplefilter("ignore")
    rng = random.Random(args.seed)
    size = 250
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for start in range(0, args.names, size):
            graph = make_graph(rng, min(size, max(2, args.names - start)))
            (folder / "in.json").write_text(json.dumps(graph), encoding="utf-8")
            outputs = [word for how in FORMATS.values() for word in ("-o", how.replace(":", f":{folder}/"))]
            try:
                run([args.program, "graph", folder / "in.json", *outputs])
                check_xml(graph, folder, networkx)
                check_gml(graph, folder, networkx)
                check_pajek(graph, folder)
                check_json(graph, folder, networkx)
                check_csv(graph, folder)
                check_map(graph, folder)
            except (AssertionError, ValueError, SyntaxError) as problem:
                print(f"hostile_formats: seed {args.seed}, names from {start}: {problem}")
                return 1
    print(f"hostile_formats: {args.names} names went through {', '.join(FORMATS)} unharmed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
