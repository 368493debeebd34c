#!/usr/bin/env python3
"""Scores of random graphs, judged by NetworkX and python-igraph.

    centrality.py LIBRARY [COUNT]

Makes COUNT (200) seeded graphs: weights whole or real, few distinct (many ties) or many, with
isolated nodes, several components, edges of weight 0, loops, parallel edges. Each goes through a node-link file as
NetworkX writes it, is loaded and measured by LIBRARY (libnergraph.so, the public calls), and
compared with both judges after their results are brought to our conventions. Then the same graph
with other node ids: the scores must follow the nodes.

Exit codes: 0 all agree, 1 a difference (printed), 77 a judge is not installed.
"""
import ctypes
import fractions
import json
import math
import os
import random
import sys
import tempfile

try:
    import igraph
    import networkx as nx
    import numpy
except ImportError as missing:
    print(f"skipped: {missing}; install networkx, scipy and igraph, or name a Python that has "
          "them with -DNG_TEST_PYTHON=...")
    sys.exit(77)

MEASURES = ["degree", "strength", "betweenness", "closeness", "harmonic", "eigenvector", "pagerank"]
STRUCTURE = ["katz", "coreness", "clustering", "constraint", "participation", "within_module_degree",
             "community_brokerage", "kind_brokerage", "community", "component"]  # those that follow
INTEGER, INVERSE, HOPS = range(3)
TOLERANCE = 1e-9
UNIT = 27720


class View(ctypes.Structure):
    _fields_ = [("data", ctypes.c_char_p), ("size", ctypes.c_size_t)]


class MeasureOptions(ctypes.Structure):
    _fields_ = [("distance", ctypes.c_int), ("thread_count", ctypes.c_uint32), ("edges", ctypes.c_bool),
                ("communities", ctypes.c_int), ("sample", ctypes.c_uint32)]


class Edge(ctypes.Structure):  # the beginning of ng_edge
    _fields_ = [("source", ctypes.c_uint32), ("target", ctypes.c_uint32)]


class Node(ctypes.Structure):  # the beginning of ng_node
    _fields_ = [("id", View), ("label", View)]


class Library:
    """The public calls that are needed."""

    def __init__(self, path):
        call = self.call = ctypes.CDLL(path)
        call.ng_ctx_new.restype = ctypes.c_void_p
        call.ng_ctx_error.restype = ctypes.c_char_p
        call.ng_ctx_error.argtypes = [ctypes.c_void_p]
        call.ng_graph_load.argtypes = [ctypes.c_void_p, ctypes.c_char_p,
                                       ctypes.POINTER(ctypes.c_void_p)]
        call.ng_graph_node_count.restype = ctypes.c_size_t
        call.ng_graph_node_count.argtypes = [ctypes.c_void_p]
        call.ng_graph_node.restype = ctypes.POINTER(Node)
        call.ng_graph_node.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        call.ng_graph_edge_count.restype = ctypes.c_size_t
        call.ng_graph_edge_count.argtypes = [ctypes.c_void_p]
        call.ng_graph_edge.restype = ctypes.POINTER(Edge)
        call.ng_graph_edge.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        call.ng_scores_edge_betweenness.restype = ctypes.POINTER(ctypes.c_double)
        call.ng_scores_edge_betweenness.argtypes = [ctypes.c_void_p]
        call.ng_scores_compute.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32,
                                           ctypes.POINTER(MeasureOptions), ctypes.POINTER(ctypes.c_void_p)]
        call.ng_scores_get.restype = ctypes.POINTER(ctypes.c_double)
        call.ng_scores_get.argtypes = [ctypes.c_void_p, ctypes.c_int]
        call.ng_scores_error.restype = ctypes.c_double
        call.ng_scores_error.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_double)]
        call.ng_scores_free.argtypes = [ctypes.c_void_p]
        call.ng_graph_free.argtypes = [ctypes.c_void_p]
        self.context = call.ng_ctx_new()

    def check(self, status):
        if status != 0:
            sys.exit(f"status {status}: {self.call.ng_ctx_error(self.context).decode()}")

    def scores(self, path, distance, measures=MEASURES, communities=0, sample=0, threads=2):
        """The measures of a saved graph: {measure: {node: score}}, {"edges": {(node, node): score}} and, of samples,
        {"errors": {measure: (most, usual)}}."""
        graph, scores = ctypes.c_void_p(), ctypes.c_void_p()
        numbers = [(MEASURES + STRUCTURE).index(measure) for measure in measures]
        options = MeasureOptions(distance, threads, True, communities, sample)
        self.check(self.call.ng_graph_load(self.context, path.encode(), ctypes.byref(graph)))
        self.check(self.call.ng_scores_compute(self.context, graph, sum(1 << number for number in numbers),
                                               ctypes.byref(options), ctypes.byref(scores)))
        count = self.call.ng_graph_node_count(graph)
        ids = []
        for index in range(count):
            id = self.call.ng_graph_node(graph, index).contents.id
            ids.append(ctypes.string_at(id.data, id.size).decode())
        result = {}
        for number, measure in zip(numbers, measures):
            values = self.call.ng_scores_get(scores, number)
            result[measure] = {ids[index]: values[index] for index in range(count)}
        values = self.call.ng_scores_edge_betweenness(scores)
        result["edges"] = {}
        for index in range(self.call.ng_graph_edge_count(graph)):
            edge = self.call.ng_graph_edge(graph, index).contents
            result["edges"][tie(ids[edge.source], ids[edge.target])] = values[index]
        for number, measure in zip(numbers, measures):
            usual = ctypes.c_double()
            most = self.call.ng_scores_error(scores, number, ctypes.byref(usual))
            if sample > 0:
                result.setdefault("errors", {})[measure] = (most, usual.value)
        self.call.ng_scores_free(scores)
        self.call.ng_graph_free(graph)
        return result


def tie(a, b):
    """An edge, from either end."""
    return min(a, b), max(a, b)


def make_graph(random_):
    """A random graph; nodes are called n0, n1 ..."""
    node_count = random_.choice([1, 2, 3, 5, 8, 13, 21, 34])
    density = random_.choice([0.05, 0.1, 0.2, 0.5, 1.0])
    weight = random_.choice([lambda: 1, lambda: random_.randint(1, 3),
                             lambda: random_.randint(1, 60), lambda: random_.randint(1, 100000),
                             lambda: random_.uniform(0.001, 2), lambda: random_.expovariate(0.1)])
    graph = nx.Graph()
    graph.add_nodes_from(f"n{i}" for i in range(node_count))
    for i in range(node_count):
        for j in range(i):
            if random_.random() < density:
                zero = random_.random() < 0.02
                graph.add_edge(f"n{i}", f"n{j}", weight=0 if zero else weight())
    return graph


def length(weight, distance):
    """How long an edge is for paths."""
    if distance == INTEGER:
        return max(1, round(UNIT / weight))
    return 1 / weight if distance == INVERSE else 1


def ways(graph, distance):
    """The graph without edges of weight 0, with lengths."""
    result = nx.Graph()
    result.add_nodes_from(graph)
    for a, b, weight in graph.edges(data="weight"):
        if weight > 0:
            result.add_edge(a, b, length=length(weight, distance), weight=weight)
    return result


def networkx_scores(graph, distance):
    count = len(graph)
    roads = ways(graph, distance)
    unit = UNIT if distance == INTEGER else 1
    harmonic = nx.harmonic_centrality(roads, distance="length")
    result = {
        "degree": dict(graph.degree()),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(roads, weight="length"),
        "closeness": {node: score * unit for node, score in
                      nx.closeness_centrality(roads, distance="length").items()},
        "harmonic": {node: score * unit / max(1, count - 1) for node, score in harmonic.items()},
        "edges": {tie(*edge): 0 for edge in graph.edges()} | {tie(*edge): score for edge, score in
                  nx.edge_betweenness_centrality(roads, weight="length").items()},
        "pagerank": nx.pagerank(graph, tol=1e-14, max_iter=10000),
    }
    if count > 1 and nx.is_connected(roads):
        vector = nx.eigenvector_centrality_numpy(roads, weight="weight") if count > 2 else \
            {node: 1.0 for node in graph}
        largest = max(vector.values())
        result["eigenvector"] = {node: score / largest for node, score in vector.items()}
    return result


def exact_betweenness(graph):
    """NetworkX's betweenness over 1/weight in fractions: equal ways are equal."""
    roads = ways(graph, INVERSE)
    for _, _, data in roads.edges(data=True):
        data["length"] = 1 / fractions.Fraction(data["weight"])
    edges = nx.edge_betweenness_centrality(roads, weight="length")
    return {"betweenness": nx.betweenness_centrality(roads, weight="length"),
            "edges": {tie(*edge): score for edge, score in edges.items()}}


def igraph_scores(graph, distance):
    count = len(graph)
    roads = ways(graph, distance)
    nodes = list(roads)
    number = {node: index for index, node in enumerate(nodes)}
    edges = [(number[a], number[b]) for a, b in roads.edges()]
    other = igraph.Graph(n=count, edges=edges)
    lengths = [data["length"] for _, _, data in roads.edges(data=True)]
    weights = [data["weight"] for _, _, data in roads.edges(data=True)]
    unit = UNIT if distance == INTEGER else 1
    reached = [len(nx.node_connected_component(roads, node)) - 1 for node in nodes]
    pairs = max(1, (count - 1) * (count - 2) / 2)
    closeness = other.closeness(weights=lengths) if edges else [math.nan] * count
    harmonic = other.harmonic_centrality(weights=lengths) if edges else [0] * count
    result = {
        "betweenness": [score / pairs for score in other.betweenness(weights=lengths)],
        "closeness": [0 if math.isnan(score) else score * unit * reached[index] / (count - 1)
                      for index, score in enumerate(closeness)],
        "harmonic": [0 if math.isnan(score) else score * unit for score in harmonic],
        "pagerank": other.pagerank(weights=weights),
    }
    if count > 1 and nx.is_connected(roads):
        result["eigenvector"] = other.eigenvector_centrality(weights=weights)
    result = {measure: dict(zip(nodes, scores)) for measure, scores in result.items()}
    pairs = max(1, count * (count - 1) / 2)
    result["edges"] = {tie(*edge): score / pairs for edge, score in
                       zip(roads.edges(), other.edge_betweenness(weights=lengths) if edges else [])}
    return result


def largest_part(graph):
    """The nodes of the largest component, of several the one with the smallest id."""
    parts = [part for part in nx.connected_components(ways(graph, HOPS)) if len(part) > 1]
    return min(parts, key=lambda part: (-len(part), min(part)), default=set())


def is_close(a, b):
    return abs(a - b) <= TOLERANCE * max(1, abs(a), abs(b))


def compare(what, ours, theirs):
    """Complaints about measures that differ."""
    for measure, scores in theirs.items():
        for node, score in scores.items():
            if not is_close(ours[measure][node], score):
                yield f"{what}: {measure} of {node} is {ours[measure][node]!r}, not {score!r}"


def check_laws(graph, ours):
    """What must hold whatever the judges say."""
    if not is_close(sum(ours["pagerank"].values()), 1):
        yield "pagerank does not sum to 1"
    part = largest_part(graph)
    defined = {node for node, score in ours["eigenvector"].items() if not math.isnan(score)}
    if defined != part:
        yield f"eigenvector is defined on {sorted(defined)}, not on {sorted(part)}"
    if part and max(ours["eigenvector"][node] for node in part) != 1:
        yield "the largest eigenvector score is not 1"
    if part:
        numbers = nx.to_numpy_array(graph, sorted(part))
        vector = numpy.array([ours["eigenvector"][node] for node in sorted(part)])
        value = numpy.linalg.eigvalsh(numbers)[-1]
        if numpy.abs(numbers @ vector - value * vector).max() > TOLERANCE * value:
            yield "the eigenvector is none"


def save(graph, path, random_):
    """Writes it as NetworkX does, edges under either name; some edges in two parts, some loops."""
    name = random_.choice(["edges", "links"])
    data = nx.node_link_data(graph, edges=name)
    for edge in list(data[name]):
        if isinstance(edge["weight"], int) and edge["weight"] > 1 and random_.random() < 0.1:
            part = random_.randint(1, edge["weight"] - 1)
            data[name].append({"source": edge["target"], "target": edge["source"], "weight": part})
            edge["weight"] -= part
    for node in graph:
        if random_.random() < 0.05:
            data[name].append({"source": node, "target": node, "weight": random_.randint(1, 9)})
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file)


def check_graph(library, seed, path):
    """Complaints about one graph."""
    random_ = random.Random(seed)
    graph = make_graph(random_)
    save(graph, path, random_)
    for distance in (INTEGER, HOPS, INVERSE):
        ours = library.scores(path, distance)
        theirs = networkx_scores(graph, distance)
        others = igraph_scores(graph, distance)
        if distance == INVERSE:  # rounding breaks ties there: ways differ between programs
            theirs |= exact_betweenness(graph)
            for measure in ("betweenness", "edges"):
                others.pop(measure)
        yield from compare(f"distance {distance}, NetworkX", ours, theirs)
        yield from compare(f"distance {distance}, igraph", ours, others)
        yield from check_laws(graph, ours)
    ours = library.scores(path, INTEGER)
    if repr(ours) != repr(library.scores(path, INTEGER)):
        yield "a second run gives other bits"
    shuffled = list(graph)
    random_.shuffle(shuffled)
    names = dict(zip(graph, (f"m{number}" for number in range(len(shuffled)))))
    names = dict(zip(shuffled, names.values()))
    save(nx.relabel_nodes(graph, names), path, random_)
    renamed = library.scores(path, INTEGER)
    ours.pop("eigenvector")  # of several largest components the ids choose
    followed = {measure: {node: renamed[measure][names[node]] for node in graph}
                for measure in ours if measure != "edges"}
    followed["edges"] = {(a, b): renamed["edges"][tie(names[a], names[b])] for a, b in ours["edges"]}
    yield from compare("other ids", followed, ours)


def check_graphs(check, who, otherwise=200):
    """Asks `check` about the graphs of so many seeds (the second argument of the program) and says what it complains of."""
    library = Library(os.path.abspath(sys.argv[1]))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else otherwise
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            complaints = list(check(library, seed, os.path.join(folder, "graph.json")))
            for line in complaints[:5]:
                print(f"graph {seed}: {line}")
            failures += bool(complaints)
    print(f"{count - failures} of {count} graphs agree with {who}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(check_graphs(check_graph, f"NetworkX {nx.__version__} and python-igraph {igraph.__version__}"))
