#!/usr/bin/env python3
"""Parts of random graphs, judged by NetworkX.

usage: backbones.py --program NERGRAPH [--count N] [--netbone FOLDER]

Random weighted graphs with ties, isolated actors and several components, as node-link files. The disparity filter is
worked out again from its definition (and by the package netbone, when the folder of its source is given), the
k-core by networkx.k_core, what is around an actor by networkx.ego_graph; a spanning forest must have the weight of
networkx.maximum_spanning_tree and join what was joined; the k heaviest edges are those of sorted lists, with ties.
Exit 77 (skipped) without networkx.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile

try:
    import networkx as nx
except ImportError:
    sys.exit(77)


def random_graph(rng):
    graph = nx.gnm_random_graph(rng.randrange(2, 40), rng.randrange(0, 120), seed=rng.randrange(1 << 30))
    for _, _, data in graph.edges(data=True):
        data["weight"] = rng.choice([rng.randrange(1, 6), rng.random() * 10, 0])
    return nx.relabel_nodes(graph, lambda n: "person:p%d" % n)


def part(program, path, out, *options):
    subprocess.run([program, "graph", "-q", path, "-o", out, *options], check=True)
    with open(out, encoding="utf-8") as lines:
        found = json.load(lines)
    edges = {frozenset((e["source"], e["target"])) for e in found["edges"]}
    return {n["id"] for n in found["nodes"]}, edges


def as_sets(edges):
    return {frozenset(e) for e in edges}


def disparity(graph, alpha):
    kept = set()
    for node in graph:
        strength, degree = graph.degree(node, weight="weight"), graph.degree(node)
        for other in graph[node]:
            if degree > 1 and (1 - graph[node][other]["weight"] / strength) ** (degree - 1) < alpha:
                kept.add(frozenset((node, other)))
    return kept


def netbone_disparity(function, graph, alpha):
    class Kept:
        def __init__(self, graph, **_):
            self.graph = graph
    function.__globals__["Backbone"] = Kept
    data = function(graph).graph.edges(data="p_value")
    return {frozenset((a, b)) for a, b, p in data if p is not None and p < alpha}


def heaviest(graph, k):
    kept = set()
    for node in graph:
        edges = sorted(graph.edges(node, data="weight"), key=lambda e: -e[2])
        if edges:
            least = edges[min(k, len(edges)) - 1][2]
            kept |= {frozenset(e[:2]) for e in edges if e[2] >= least}
    return kept


def check(is_right, what, graph):
    if not is_right:
        sys.exit("%s differs for %s" % (what, json.dumps(nx.node_link_data(graph, edges="edges"))))


def check_graph(program, folder, rng, netbone):
    graph = random_graph(rng)
    path, out = os.path.join(folder, "g.json"), os.path.join(folder, "o.json")
    with open(path, "w", encoding="utf-8") as lines:
        json.dump(nx.node_link_data(graph, edges="edges"), lines)
    heavy = graph.copy()
    heavy.remove_edges_from([(a, b) for a, b, w in graph.edges(data="weight") if w <= 0])
    alpha, k, hops = rng.choice([0.01, 0.05, 0.2, 0.5]), rng.randrange(1, 5), rng.randrange(0, 3)
    _, edges = part(program, path, out, "--backbone", "disparity:%g" % alpha)
    check(edges == disparity(heavy, alpha), "disparity", graph)
    if netbone:
        check(edges == netbone_disparity(netbone, heavy, alpha), "netbone's disparity", graph)
    _, edges = part(program, path, out, "--backbone", "core:%d" % k)
    check(edges == as_sets(nx.k_core(heavy, k).edges()), "core", graph)
    _, edges = part(program, path, out, "--backbone", "top:%d" % k)
    check(edges == heaviest(heavy, k), "top", graph)
    _, edges = part(program, path, out, "--backbone", "spanning")
    tree = nx.maximum_spanning_tree(heavy)
    mine = nx.Graph([tuple(e) for e in edges])
    mine.add_nodes_from(graph)
    weight = sum(heavy[a][b]["weight"] for a, b in map(tuple, edges))
    check(abs(weight - tree.size(weight="weight")) < 1e-9 and len(edges) == tree.number_of_edges() and
          nx.number_connected_components(mine) == nx.number_connected_components(heavy), "spanning", graph)
    centre = rng.choice(sorted(graph))
    nodes, edges = part(program, path, out, "--around", centre, "--hops", str(hops))
    near = nx.ego_graph(graph, centre, radius=hops)
    check(nodes == set(near) and edges == as_sets(near.edges()), "around", graph)
    least = rng.random() * 5
    _, edges = part(program, path, out, "--min-weight", "%g" % least)
    check(edges == {frozenset((a, b)) for a, b, w in graph.edges(data="weight") if w >= float("%g" % least)},
          "min-weight", graph)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--netbone")
    a = parser.parse_args()
    netbone = None
    if a.netbone:
        names = {}
        with open(os.path.join(a.netbone, "netbone", "statistical", "disparity.py"), encoding="utf-8") as lines:
            source = "\n".join(l for l in lines.read().split("\n")
                               if not l.startswith(("from netbone", "import pandas")))
        exec("import types\npd = types.SimpleNamespace(DataFrame=())\nthreshold_filter = fraction_filter = None\n"
             + source, names)  # pylint: disable=exec-used
        netbone = names["disparity"]
    rng = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(a.count):
            check_graph(a.program, folder, rng, netbone)
    print("%d graphs agree with networkx%s" % (a.count, " and netbone" if netbone else ""))


if __name__ == "__main__":
    main()
