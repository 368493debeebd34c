"""Reads a graph of nergraph with python-igraph and says who belongs together.

    nergraph graph article.txt -o net.graphml
    python3 python_igraph.py net.graphml
"""
import random
import sys

import igraph

igraph.set_random_number_generator(random.Random(1))  # the same communities every time
graph = igraph.Graph.Read_GraphML(sys.argv[1])
communities = graph.community_leiden("modularity", weights="weight", n_iterations=10)
print(f"{graph.vcount()} actors, {graph.ecount()} ties, modularity {communities.modularity:.3f}")
for members in sorted(communities, key=len, reverse=True):
    if len(members) > 1:
        members.sort(key=lambda node: -graph.vs[node]["strength"])
        print(", ".join(graph.vs[node]["label"] for node in members))
