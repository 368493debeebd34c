"""What python-igraph reads from one of our files. usage: read_igraph.py FORMAT FILE (prints one JSON object)"""
import csv
import json
import sys

import igraph

how, path = sys.argv[1:]


def rows(name):
    with open(name, encoding="utf-8", newline="") as file:
        return [{key: value.replace("\ue000", "\0") for key, value in row.items()}
                for row in csv.DictReader(line.replace("\0", "\ue000") for line in file)]


if how == "csv":
    nodes, edges = rows(path.replace(".csv", "-nodes.csv")), rows(path)
    graph = igraph.Graph.DictList(vertices=[{**row, "name": row["Id"]} for row in nodes],
                                  edges=[{**row, "weight": float(row["Weight"])} for row in edges],
                                  vertex_name_attr="name", edge_foreign_keys=("Source", "Target"))
    ids, labels = graph.vs["name"] if nodes else [], graph.vs["Label"] if nodes else []
else:
    graph = igraph.Graph.Read(path, format={"net": "pajek"}.get(how, how))
    names = graph.vs.attributes()
    key = {"graphml": "id", "gml": "actor", "net": "id" if "id" in names else "name"}[how]
    ids = graph.vs[key] if key in names else []
    label = "name" if how == "net" and "name" in names else "label" if "label" in names else key
    labels = graph.vs[label] if label in names else ids


def values(sequence, name, count):
    return sequence[name] if name in sequence.attributes() else [None] * count


count = graph.vcount()
nodes = list(zip(ids, labels, values(graph.vs, "kind", count), values(graph.vs, "first", count)))
print(json.dumps({
    "nodes": [[i, label, kind, first or ""] for i, label, kind, first in nodes],
    "edges": [[ids[edge.source], ids[edge.target], float(weight), first or ""]
              for edge, weight, first in zip(graph.es, values(graph.es, "weight", graph.ecount()),
                                             values(graph.es, "first", graph.ecount()))]}))
