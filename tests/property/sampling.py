#!/usr/bin/env python3
"""Shortest paths from a sample of the sources: what is said of their errors holds.

    sampling.py LIBRARY [COUNT]

COUNT (60) random graphs of several components are measured exactly and from 10 to 60 sources of each component.
Components without more nodes must have the exact scores. No score may be farther off than the bound that is said to
hold with a chance of 95 % for all nodes at once (such bounds are wide: none is missed in hundreds of graphs), and no
more than 8 % of the nodes farther than the usual error, which is that of the node that is least sure. The errors of
all nodes, in both directions, must cancel out: else the estimate is biased. Threads change no bit.

Exit codes: 0 all holds, 1 it does not (printed), 77 a judge is not installed.
"""
import json
import random
import sys

from centrality import HOPS, INTEGER, INVERSE, check_graphs, is_close, nx

MEASURES = ["betweenness", "closeness", "harmonic"]


def make_graph(random_):
    """A large component, by preferential attachment or at random, and small ones."""
    count = random_.randint(80, 400)
    graph = nx.barabasi_albert_graph(count, random_.randint(1, 4), random_.randint(0, 1 << 30))
    if random_.random() < 0.3:
        graph = nx.gnm_random_graph(count, 3 * count, random_.randint(0, 1 << 30))
    for size in (1, 2, 3, 6, 9):
        graph = nx.disjoint_union(graph, nx.path_graph(size))
    graph = nx.relabel_nodes(graph, {node: f"n{node}" for node in graph})
    for edge in graph.edges:
        graph.edges[edge]["weight"] = random_.randint(1, 20)
    return graph


def check_graph(library, seed, path, totals):
    """Complaints about one graph; adds its signed errors to the totals."""
    random_ = random.Random(seed)
    graph = make_graph(random_)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(nx.node_link_data(graph, edges="links"), file)
    sample = random_.randint(10, 60)
    for distance in (HOPS, INTEGER, INVERSE):
        exact = library.scores(path, distance, MEASURES)
        drawn = library.scores(path, distance, MEASURES, sample=sample)
        if repr(drawn) != repr(library.scores(path, distance, MEASURES, sample=sample, threads=5)):
            yield "threads change the scores"
        small = {node for part in nx.connected_components(graph) if len(part) <= sample for node in part}
        for measure in MEASURES:
            most, usual = drawn["errors"][measure]
            errors = {node: drawn[measure][node] - exact[measure][node] for node in graph}
            for node in small:
                if not is_close(errors[node], 0):
                    yield f"{measure} of {node}, in a small component, is off by {errors[node]}"
            if max(map(abs, errors.values())) > most:
                yield f"{measure} is off by {max(map(abs, errors.values()))}, more than {most}"
            if sum(abs(error) > usual for error in errors.values()) > 0.08 * len(graph):
                yield f"{measure} is off by more than {usual} for many"
            scale = max(exact[measure].values())
            totals.setdefault(measure, []).append(sum(errors.values()) / len(errors) / scale)
        edges = {edge: drawn["edges"][edge] - exact["edges"][edge] for edge in exact["edges"]}
        totals.setdefault("edges", []).append(sum(edges.values()) / len(edges) / max(exact["edges"].values()))
    everybody = library.scores(path, HOPS, MEASURES, sample=len(graph))
    exact = library.scores(path, HOPS, MEASURES)
    for measure in MEASURES + ["edges"]:
        for key, score in exact[measure].items():
            if not is_close(everybody[measure][key], score):
                yield f"{measure} of {key} from all sources is {everybody[measure][key]}, not {score}"


def main():
    totals = {}
    code = check_graphs(lambda library, seed, path: check_graph(library, seed, path, totals), "what is said of errors", 60)
    for measure, means in totals.items():
        mean = sum(means) / len(means)
        deviation = (sum((each - mean) ** 2 for each in means) / len(means) ** 2) ** 0.5
        if abs(mean) > 4 * deviation + 0.002:
            print(f"{measure} is biased: {mean:.5f} of the largest score, give or take {deviation:.5f}")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
