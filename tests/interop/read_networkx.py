"""What NetworkX reads from one of our files. usage: read_networkx.py FORMAT FILE (prints one JSON object)"""
import csv
import json
import sys
import warnings

import networkx as nx

warnings.simplefilter("ignore")
how, path = sys.argv[1:]


def load(name):
    with open(name, encoding="utf-8") as file:
        return json.load(file)


if how in ("edges", "links"):
    graph = nx.node_link_graph(load(path), edges=how)
elif how == "cyjs":
    graph = nx.cytoscape_graph(load(path))
elif how == "csv":
    graph = nx.Graph()
    with open(path.replace(".csv", "-nodes.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line.replace("\0", "\ue000") for line in file):
            graph.add_node(row["Id"], label=row["Label"].replace("\ue000", "\0"), kind=row["kind"], first=row["first"])
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(line.replace("\0", "\ue000") for line in file):
            graph.add_edge(row["Source"], row["Target"], weight=float(row["Weight"]), first=row["first"])
else:
    graph = {"gexf": nx.read_gexf, "graphml": nx.read_graphml, "gml": nx.read_gml,
             "net": lambda name: nx.Graph(nx.read_pajek(name))}[how](path)


def id_of(node):
    """GML has our id as `actor`; Pajek has none, only labels."""
    return graph.nodes[node].get("actor", node)


def label_of(node, data):
    label = node if how in ("gml", "net") else data.get("label", data.get("name"))
    return "" if label is None else str(label)


print(json.dumps({
    "nodes": [[id_of(node), label_of(node, data), data.get("kind"), data.get("first") or ""]
              for node, data in graph.nodes(data=True)],
    "edges": [[id_of(a), id_of(b), float(data["weight"]), data.get("first") or ""] for a, b, data in graph.edges(data=True)]}))
