"""Reads a graph of nergraph with NetworkX, ranks the actors, draws them with matplotlib.

    nergraph graph article.txt -o net.graphml
    python3 networkx_matplotlib.py net.graphml net.png
"""
import sys

import matplotlib

matplotlib.use("Agg")  # a file, no window
import matplotlib.pyplot as plt
import networkx as nx

COLOURS = {"person": "#D9772B", "country": "#2F6DB5", "place": "#3E9A6B", "organization": "#8A5BB0", "people": "#B04A6E"}

graph = nx.read_graphml(sys.argv[1])
graph.remove_nodes_from(list(nx.isolates(graph)))
for node, data in sorted(graph.nodes(data=True), key=lambda item: -item[1]["strength"])[:5]:
    print(f"{data['label']}: strength {data['strength']:g}, betweenness {data['betweenness']:.3f}")

places = nx.spring_layout(graph, weight="weight", seed=1)
plt.figure(figsize=(12, 8))
nx.draw_networkx_edges(graph, places, width=[0.5 + data["weight"] ** 0.5 for _, _, data in graph.edges(data=True)],
                       edge_color="#5B6B7C", alpha=0.5)
nx.draw_networkx_nodes(graph, places, node_size=[60 + 40 * data["strength"] for _, data in graph.nodes(data=True)],
                       node_color=[COLOURS[data["kind"]] for _, data in graph.nodes(data=True)])
nx.draw_networkx_labels(graph, places, labels=nx.get_node_attributes(graph, "label"), font_size=8)
plt.axis("off")
plt.savefig(sys.argv[2], dpi=150, bbox_inches="tight")
