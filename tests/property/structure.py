#!/usr/bin/env python3
"""Measures of structure of random graphs, judged by NetworkX, python-igraph and plain counting.

    structure.py LIBRARY [COUNT]

The graphs are those of centrality.py, with kinds of actors. Katz centrality, coreness, clustering, constraint and
components are compared with the judges; participation, the degree within the module and both kinds of brokerage are
counted anew from their definitions, for the communities that LIBRARY found; the summary likewise. Communities must be connected, numbered by
size, the same every time, and as good (by modularity) as the best of ten runs of python-igraph, less one per cent.

Exit codes: 0 all agree, 1 a difference (printed), 77 a judge is not installed.
"""
import ctypes
import itertools
import math
import random
import sys

from centrality import STRUCTURE, MeasureOptions, check_graphs, compare, igraph, make_graph, numpy, nx, save, ways

class Summary(ctypes.Structure):
    """ng_summary."""
    _fields_ = ([(name, ctypes.c_size_t) for name in ("node_count", "edge_count", "isolate_count")] +
                [("kind_count", ctypes.c_size_t * 5)] +
                [(name, ctypes.c_size_t) for name in ("component_count", "largest_component", "community_count",
                                                      "largest_community", "largest_degree")] +
                [(name, ctypes.c_double) for name in ("mean_degree", "density", "degree_centralization",
                                                      "transitivity", "mean_clustering", "kind_assortativity",
                                                      "degree_assortativity", "modularity")])


def summarize(library, path):
    """The summary of a saved graph."""
    graph, scores, summary = ctypes.c_void_p(), ctypes.c_void_p(), Summary()
    call, mask = library.call, sum(1 << 7 + STRUCTURE.index(name) for name in ("clustering", "community", "component"))
    call.ng_summary_make.argtypes = [ctypes.c_void_p] * 3 + [ctypes.POINTER(Summary)]
    library.check(call.ng_graph_load(library.context, path.encode(), ctypes.byref(graph)))
    library.check(call.ng_scores_compute(library.context, graph, mask, ctypes.byref(MeasureOptions()),
                                         ctypes.byref(scores)))
    library.check(call.ng_summary_make(library.context, graph, scores, ctypes.byref(summary)))
    call.ng_scores_free(scores)
    call.ng_graph_free(graph)
    return summary


def check_summary(summary, graph, network, kinds, communities):
    """Complaints about the summary; NetworkX gives NaN, 0 or an error where we have NaN."""
    count = len(graph)
    parts = list(nx.connected_components(network))
    degrees = [degree for _, degree in network.degree]
    wanted = {"node_count": count, "edge_count": len(graph.edges), "isolate_count": degrees.count(0),
              "component_count": len(parts), "largest_component": max(map(len, parts)),
              "community_count": len(communities), "largest_community": max(map(len, communities), default=0),
              "largest_degree": max(degrees), "mean_degree": sum(degrees) / count,
              "mean_clustering": nx.average_clustering(network)}
    if count > 1:
        wanted["density"] = nx.density(network)
    if count > 2:
        wanted["degree_centralization"] = sum(max(degrees) - d for d in degrees) / ((count - 1) * (count - 2))
    if max(degrees) > 1:
        wanted["transitivity"] = nx.transitivity(network)
    ends = [kinds[node] for edge in network.edges for node in edge]
    if len(set(ends)) > 1:
        nx.set_node_attributes(network, kinds, "kind")
        wanted["kind_assortativity"] = nx.attribute_assortativity_coefficient(network, "kind")
    if len({network.degree(node) for edge in network.edges for node in edge}) > 1:
        wanted["degree_assortativity"] = nx.degree_assortativity_coefficient(network)
    if communities:
        connected = network.subgraph(set().union(*communities))
        wanted["modularity"] = nx.community.modularity(connected, communities)
    for name, value in wanted.items():
        if not abs(getattr(summary, name) - value) <= 1e-9 * max(1, abs(value)):
            yield f"{name} is {getattr(summary, name)}, not {value}"
    if [summary.kind_count[i] for i in range(5)] != [list(kinds.values()).count(kind) for kind in KINDS]:
        yield "kinds are not counted right"


KINDS = ["person", "country", "place", "organization", "people"]
LEIDEN, LOUVAIN = range(2)


def judged_scores(graph, network):
    """What NetworkX and igraph say; `network` is the graph without edges of weight 0."""
    nodes = list(graph)
    other = igraph.Graph(len(nodes), [(nodes.index(a), nodes.index(b)) for a, b in network.edges])
    weights = [weight for _, _, weight in network.edges(data="weight")]
    constraint = other.constraint(weights=weights) if weights else [math.nan] * len(nodes)
    result = {"coreness": dict(zip(nodes, other.coreness())),
              "clustering": nx.clustering(network),
              "constraint": {node: score for node, score in zip(nodes, constraint) if network.degree(node)}}
    matrix = nx.to_numpy_array(network, nodes)
    largest = numpy.linalg.eigvalsh(matrix)[-1] if weights else 1
    katz = numpy.linalg.solve(numpy.eye(len(nodes)) - 0.85 / largest * matrix, numpy.ones(len(nodes)))
    result["katz"] = dict(zip(nodes, katz / katz.max()))
    parts = sorted(nx.connected_components(network), key=lambda part: (-len(part), min(part)))
    result["component"] = {node: number for number, part in enumerate(parts, 1) for node in part}
    return result


def brokerage(network, group):
    """Pairs of neighbours of different groups without a tie."""
    return {node: sum(group[a] != group[b] and not network.has_edge(a, b)
                      for a, b in itertools.combinations(network[node], 2)) for node in network}


def counted_scores(network, group, kinds):
    """What the definitions say of these communities (Guimera and Amaral 2005)."""
    strength = dict(network.degree(weight="weight"))
    connected = [node for node in network if network.degree(node)]
    inside = {node: sum(edge["weight"] for other, edge in network[node].items() if group[other] == group[node])
              for node in connected}
    participation, degree = {}, {}
    for node in connected:
        parts = {}
        for other, edge in network[node].items():
            parts[group[other]] = parts.get(group[other], 0) + edge["weight"]
        participation[node] = 1 - sum((part / strength[node]) ** 2 for part in parts.values())
        members = [inside[other] for other in connected if group[other] == group[node]]
        spread = numpy.std(members)
        degree[node] = (inside[node] - numpy.mean(members)) / spread if spread > 1e-9 * max(members) else 0
    return {"participation": participation, "within_module_degree": degree,
            "community_brokerage": brokerage(network, group), "kind_brokerage": brokerage(network, kinds)}


def check_communities(network, group):
    """Complaints about the communities themselves."""
    communities = {}
    for node, number in group.items():
        if math.isnan(number) != (network.degree(node) == 0):
            yield f"{node} has {network.degree(node)} neighbours and community {number}"
        elif not math.isnan(number):
            communities.setdefault(number, set()).add(node)
    order = sorted(communities.values(), key=lambda part: (-len(part), min(part)))
    if [communities.get(number + 1.0) for number in range(len(order))] != order:
        yield f"communities are not numbered by size: {communities}"
    for number, part in communities.items():
        if not nx.is_connected(network.subgraph(part)):
            yield f"community {number} falls apart"
    if order:
        nodes = [node for node in network if network.degree(node)]
        other = igraph.Graph(len(nodes), [(nodes.index(a), nodes.index(b)) for a, b in network.edges])
        weights = [weight for _, _, weight in network.edges(data="weight")]
        best = max(other.community_leiden("modularity", weights, n_iterations=10).modularity for _ in range(10))
        ours = nx.community.modularity(network.subgraph(nodes), order)
        if ours < best - 0.01:
            yield f"modularity {ours:.4f}, python-igraph has {best:.4f}"


def check_graph(library, seed, path):
    """Complaints about one graph."""
    random_ = random.Random(seed)
    igraph.set_random_number_generator(random.Random(seed))
    graph = make_graph(random_)
    kinds = {node: random_.choice(KINDS) for node in graph}
    nx.set_node_attributes(graph, kinds, "kind")
    save(graph, path, random_)
    network = ways(graph, 2)
    ours = library.scores(path, 0, STRUCTURE)
    yield from compare("judges", ours, judged_scores(graph, network))
    for method in (LEIDEN, LOUVAIN):
        found = library.scores(path, 0, STRUCTURE, method)
        group = found["community"]
        if repr(found) != repr(library.scores(path, 0, STRUCTURE, method)):
            yield "a second run gives other bits"
        if method == LEIDEN:  # Louvain may leave a community that falls apart
            yield from check_communities(network, group)
            communities = {}
            for node, number in group.items():
                communities.setdefault(number, set()).add(node)
            communities = [part for number, part in communities.items() if not math.isnan(number)]
            yield from check_summary(summarize(library, path), graph, network, kinds, communities)
        yield from compare(f"method {method}", found, counted_scores(network, group, kinds))


if __name__ == "__main__":
    sys.exit(check_graphs(check_graph, f"NetworkX {nx.__version__}, python-igraph {igraph.__version__} and the definitions"))
