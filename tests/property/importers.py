#!/usr/bin/env python3
"""Graphs that NetworkX and python-igraph write (and Gephi's toolkit, with --gephi) are read whole.

usage: importers.py --program NERGRAPH [--count N] [--gephi FOLDER]

Random graphs with isolated nodes, whole and broken weights, one or several edges of a pair, loops, directed or not, and
names in several scripts with quotes, brackets, commas and entities are written as GraphML, GML, Pajek, DOT, edge lists
and node-link JSON, read by `nergraph graph FILE -o json:-` and compared: names, pairs, and weights to nine digits.
FOLDER holds files that Gephi's toolkit wrote (scripts/gephi.sh), each beside a .json with what must come out. Exit 77
(skipped) without the packages.
"""
import argparse
import csv
import glob
import json
import math
import os
import random
import subprocess
import sys
import tempfile

try:
    import igraph
    import networkx as nx
except ImportError:
    sys.exit(77)

NAMES = ["Anna Lindh", "Karl \"der Große\"", "Łódź", "O'Neill & Söhne", "<b>Moser</b>", "Владимир Путин", "习近平", "a, b; c",
         "tab\there", "back\\slash", "{curly} [square]", "100 %", "name: value", "İstanbul", "*star", "# hash", "émile",
         "\U0001F600 smile", "x", "Vertices", "&amp;", "-1", "007", "graph", "node", "edge", "true", "NaN?", "=SUM(A1)"]


def draw_graph(rng, directed, multiple):
    kinds = {(False, False): nx.Graph, (True, False): nx.DiGraph, (False, True): nx.MultiGraph,
             (True, True): nx.MultiDiGraph}
    graph = kinds[directed, multiple]()
    names = rng.sample(NAMES, rng.randint(1, len(NAMES)))
    graph.add_nodes_from(names)
    for _ in range(rng.randint(0, 3 * len(names))):
        a, b = rng.choice(names), rng.choice(names)
        graph.add_edge(a, b, weight=rng.choice([1, 2, 5, 0.5, rng.random() * 100]))
    return graph


def wanted_of(graph):
    """Names, and the weight of each pair: directions do not count, loops are left out, the rest adds up."""
    weights = {}
    for a, b, data in graph.edges(data=True):
        if a != b:
            pair = tuple(sorted((a, b)))
            weights[pair] = weights.get(pair, 0) + data["weight"]
    return sorted(graph.nodes), weights


def read(program, path):
    done = subprocess.run([program, "graph", path, "-q", "-o", "json:-"], capture_output=True)
    if done.returncode != 0:
        sys.exit(f"{path}: {done.stderr.decode()}")
    graph = json.loads(done.stdout)
    labels = {node["id"]: node["label"] for node in graph["nodes"]}
    weights = {tuple(sorted((labels[e["source"]], labels[e["target"]]))): e["weight"] for e in graph["edges"]}
    return sorted(labels.values()), weights


def compare(program, path, names, weights, what):
    got_names, got_weights = read(program, path)
    if got_names != names:
        sys.exit(f"{what}: names {sorted(set(names) ^ set(got_names))[:6]} differ")
    if got_weights.keys() != weights.keys():
        sys.exit(f"{what}: pairs {list(got_weights.keys() ^ weights.keys())[:6]} differ")
    for pair, weight in weights.items():
        if not math.isclose(got_weights[pair], weight, rel_tol=1e-8):
            sys.exit(f"{what}: {pair}: {got_weights[pair]}, wanted {weight}")


def as_igraph(graph):
    number = {name: i for i, name in enumerate(graph.nodes)}
    made = igraph.Graph(n=len(number), edges=[(number[a], number[b]) for a, b in graph.edges()],
                        directed=graph.is_directed())
    made.vs["name"] = list(number)
    made.es["weight"] = [data["weight"] for _, _, data in graph.edges(data=True)]
    return made


def write_all(graph, folder):
    """Yields the files of every writer; (path, does it keep isolated nodes)."""
    def path(name):
        return os.path.join(folder, name)
    nx.write_graphml(graph, path("nx.graphml"))
    yield path("nx.graphml"), True
    nx.write_gml(graph, path("nx.gml"))
    yield path("nx.gml"), True
    # what NetworkX does not quote it cannot write: a tab or a quote in a name, and no blank
    if not any(c in name for name in graph.nodes for c in "\"\t"):
        nx.write_pajek(graph, path("nx.net"))
        yield path("nx.net"), True
    with open(path("nx.json"), "w", encoding="utf-8") as out:
        json.dump(nx.node_link_data(graph, edges="links"), out)
    yield path("nx.json"), True
    with open(path("table.csv"), "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["Target", "note", "Weight", "Source"])
        rows.writerows([b, "x,y", data["weight"], a] for a, b, data in graph.edges(data=True))
    yield path("table.csv"), False
    other = as_igraph(graph)
    other.write_graphml(path("igraph.graphml"))
    yield path("igraph.graphml"), True
    other.write_gml(path("igraph.gml"))
    yield path("igraph.gml"), True
    other.vs["id"] = other.vs["name"]
    other.write_pajek(path("igraph.net"))
    yield path("igraph.net"), True
    if not graph.is_multigraph():
        with open(path("by_hand.dot"), "w", encoding="utf-8") as out:
            def quote(name):
                return '"%s"' % name.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
            arrow = "->" if graph.is_directed() else "--"
            out.write("/* a comment */ %s \"my graph\" {\n" % ("digraph" if graph.is_directed() else "graph"))
            for i, name in enumerate(graph.nodes):
                out.write('  n%d [label=%s, color="#ff0000"];\n' % (i, quote(name)))
            number = {name: i for i, name in enumerate(graph.nodes)}
            for a, b, data in graph.edges(data=True):
                out.write("  n%d %s n%d [weight=%r];\n" % (number[a], arrow, number[b], data["weight"]))
            out.write("}\n")
        yield path("by_hand.dot"), True


def check_own(program, graph, folder, names, weights, what):
    """What we write of such a graph we read again; DOT has blanks for tabs."""
    source, count = os.path.join(folder, "nx.json"), 0
    for ending in ("dot", "csv", "json"):
        path = os.path.join(folder, "ours." + ending)
        subprocess.run([program, "graph", source, "-q", "-o", path], check=True)
        as_is = (lambda name: name.replace("\t", " ")) if ending == "dot" else (lambda name: name)
        compare(program, path, sorted(map(as_is, names)),
                {tuple(sorted(map(as_is, pair))): weight for pair, weight in weights.items()}, f"{what}, our {ending}")
        count += 1
    return count


def check_gephi(program, folder):
    count = 0
    for path in sorted(glob.glob(os.path.join(folder, "*.json"))):
        with open(path, encoding="utf-8") as lines:
            wanted = json.load(lines)
        weights = {tuple(sorted(pair)): weight for *pair, weight in wanted["edges"]}
        for other in sorted(glob.glob(path[:-5] + ".*")):
            if not other.endswith(".json"):
                compare(program, other, sorted(wanted["names"]), weights, f"Gephi's {other}")
                count += 1
    return count


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--count", type=int, default=25)
    parser.add_argument("--gephi")
    a = parser.parse_args()
    rng, count = random.Random(11), 0
    for number in range(a.count):
        graph = draw_graph(rng, number % 2 == 1, number % 4 > 1)
        names, weights = wanted_of(graph)
        connected = sorted({name for edge in graph.edges() for name in edge[:2]})
        with tempfile.TemporaryDirectory() as folder:
            for path, has_isolates in write_all(graph, folder):
                compare(a.program, path, names if has_isolates else connected, weights,
                        f"graph {number}, {os.path.basename(path)}")
                count += 1
            count += check_own(a.program, graph, folder, names, weights, f"graph {number}")
    print(f"{count} files of NetworkX, python-igraph, our own and by hand are read whole")
    if a.gephi:
        print(f"{check_gephi(a.program, a.gephi)} files of Gephi's toolkit are read whole")


if __name__ == "__main__":
    main()
