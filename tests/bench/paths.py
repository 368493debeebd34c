"""Betweenness, closeness and harmonic centrality: nergraph against its peers, one core each, in one run.

usage: paths.py --library libnergraph.so [--igraph igraph_paths] [--nodes N --edges M] [--sources K] [--quick]

A random graph of the shape of co-occurrence (hubs, triangles, heavy-tailed weights), with edges as one step each, with
whole lengths round(27720 / weight), and with 1 / weight. Everybody gets the same lengths. igraph's C library is asked for
its three calls; python-igraph for the same; NetworKit, graph-tool and NetworkX for betweenness alone where they have no
more (and say so), NetworkX and igraph with lengths from a sample of the sources, scaled up. With --sources everybody
searches from so many sources alone, and nothing is scaled but NetworkX. Medians of three runs of
nergraph, one of the others. Two threads of nergraph are timed, too.
"""
import argparse
import ctypes
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "property"))
import centrality  # the harness around the library


def make(nodes, edges, seed=1):
    rng = random.Random(seed)
    ends, found = [], {}
    for i in range(1, nodes):
        j = rng.choice(ends) if ends and rng.random() < 0.9 else rng.randrange(i)
        found[min(i, j), max(i, j)] = 1
        ends += [i, j]
    while len(found) < edges:
        a, b = rng.choice(ends), rng.choice(ends)
        if a != b:
            found[min(a, b), max(a, b)] = 1
            ends += [a, b]
    return [(a, b, max(1, int(1 / (rng.random() ** 0.7 + 1e-3)))) for a, b in found]


def write(edges, path):
    with open(path, "w") as out:
        out.write("source,target,weight\n")
        out.writelines(f"{a},{b},{w}\n" for a, b, w in edges)
    return path


class Ours(centrality.Library):
    def load(self, path):
        self.graph = ctypes.c_void_p()
        self.check(self.call.ng_graph_load(self.context, path.encode(), ctypes.byref(self.graph)))

    def seconds(self, distance, threads, sample=0, repeats=3):
        times = []
        for _ in range(repeats):
            scores = ctypes.c_void_p()
            start = time.monotonic()
            self.check(self.call.ng_scores_compute(self.context, self.graph, 1 << 2 | 1 << 3 | 1 << 4,
                                                   ctypes.byref(centrality.MeasureOptions(distance, threads, False, 0,
                                                                                                  sample)),
                                                   ctypes.byref(scores)))
            times.append(time.monotonic() - start)
            self.call.ng_scores_free(scores)
        return statistics.median(times)


def timed(function, *arguments, **options):
    start = time.monotonic()
    function(*arguments, **options)
    return time.monotonic() - start


def peers(edges, nodes, lengths, sample, scale):
    """Yields (who, seconds, what it did). What takes `sample` sources is scaled by `scale`."""
    try:
        import igraph
        graph = igraph.Graph(n=nodes, edges=[e[:2] for e in edges])
        weights = lengths
        ids = range(sample)
        took = timed(graph.betweenness, sources=list(ids), weights=weights) if sample < nodes else timed(
            graph.betweenness, weights=weights)
        took += timed(graph.closeness, list(ids), weights=weights)
        took += timed(graph.harmonic_centrality, list(ids), weights=weights)
        yield "python-igraph " + igraph.__version__, took * scale, "three calls"
    except ImportError:
        pass
    try:
        import networkit
        networkit.setNumberOfThreads(1)
        graph = networkit.Graph(nodes, weighted=lengths is not None)
        for i, (a, b, _) in enumerate(edges):
            graph.addEdge(a, b, lengths[i] if lengths else 1)
        how = networkit.centrality.Betweenness(graph) if scale * sample == nodes else (
            networkit.centrality.EstimateBetweenness(graph, sample))
        yield "NetworKit " + networkit.__version__, timed(how.run), "betweenness alone"
    except ImportError:
        pass
    try:
        import networkx as nx
        graph = nx.Graph()
        graph.add_nodes_from(range(nodes))
        graph.add_edges_from((a, b, {"length": lengths[i] if lengths else 1}) for i, (a, b, _) in enumerate(edges))
        few, whole = 40, scale * sample
        took = timed(nx.betweenness_centrality, graph, k=few, weight="length" if lengths else None, seed=1)
        yield "NetworkX " + nx.__version__, took * whole / few, f"betweenness alone, scaled from {few} sources"
    except ImportError:
        pass


GRAPH_TOOL = r"""
import sys, time
import graph_tool.all as gt
gt.openmp_set_num_threads(1)
rows = [line.split() for line in open(sys.argv[1])]
nodes = int(rows[0][0]); g = gt.Graph(directed=False); g.add_vertex(nodes)
g.add_edge_list([(int(a), int(b)) for a, b, _ in rows[1:]])
w = None
if sys.argv[2] == "lengths":
    w = g.new_edge_property("double"); w.a = [float(x) for _, _, x in rows[1:]]
few = int(sys.argv[3])
start = time.monotonic()
if few:
    import numpy
    gt.betweenness(g, pivots=numpy.arange(few, dtype="uint64"), weight=w)
else:
    gt.betweenness(g, weight=w); gt.closeness(g, weight=w); gt.closeness(g, weight=w, harmonic=True)
print(time.monotonic() - start)
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", help="libnergraph.so")
    parser.add_argument("--igraph")
    parser.add_argument("--nodes", type=int, default=10000)
    parser.add_argument("--edges", type=int, default=60000)
    parser.add_argument("--sample", type=int, help="sources that igraph is asked for where lengths count (default: 2000)")
    parser.add_argument("--sources", type=int, default=0, help="search from so many sources alone")
    parser.add_argument("--write", metavar="FILE", help="only write the graph, as a table of edges")
    parser.add_argument("--quick", action="store_true", help="nergraph and igraph's C library alone")
    a = parser.parse_args()
    edges = make(a.nodes, a.edges)
    if a.write:
        write(edges, a.write)
        return
    ours = Ours(a.library)
    kinds = [("steps", 2, None), ("whole lengths", 0, [max(1, round(27720 / w)) for *_, w in edges]),
             ("1 / weight", 1, [1 / w for *_, w in edges])]
    with tempfile.TemporaryDirectory() as folder:
        ours.load(write(edges, os.path.join(folder, "graph.csv")))
        for name, distance, lengths in kinds:
            sample = a.sources or min(a.nodes, a.sample or (2000 if lengths else a.nodes))
            scale = 1 if a.sources else a.nodes / sample
            one, two = ours.seconds(distance, 1, a.sources), ours.seconds(distance, 2, a.sources)
            whole = f"{a.sources} sources of " if a.sources else ""
            print(f"{whole}{a.nodes} nodes, {len(edges)} edges, {name}: nergraph {one:.2f} s; two threads {two:.2f} s, "
                  f"{one / two:.2f} times as fast", flush=True)
            path = os.path.join(folder, "plain.txt")
            with open(path, "w") as out:
                out.write(f"{a.nodes} {len(edges)}\n")
                out.writelines(f"{x} {y} {lengths[i] if lengths else 1!r}\n" for i, (x, y, _) in enumerate(edges))
            how = "lengths" if lengths else "steps"
            if a.igraph:
                took = float(subprocess.run([a.igraph, path, how, str(sample)], capture_output=True, text=True,
                                            check=True).stdout) * scale
                print(f"  igraph's C library, three calls{' (scaled)' if scale > 1 else ''}: {took:.1f} s, "
                      f"nergraph {took / one:.1f} times as fast", flush=True)
            if a.quick:
                continue
            for who, took, what in peers(edges, a.nodes, lengths, sample, scale):
                print(f"  {who}, {what}: {took:.1f} s, nergraph {took / one:.1f} times as fast", flush=True)
            done = subprocess.run(["/usr/bin/python3", "-c", GRAPH_TOOL, path, how, str(a.sources)], capture_output=True, text=True)
            if done.returncode == 0:
                print(f"  graph-tool, {'betweenness alone' if a.sources else 'three calls'}: {float(done.stdout):.1f} s, nergraph {float(done.stdout) / one:.1f} times "
                      "as fast", flush=True)


if __name__ == "__main__":
    main()
