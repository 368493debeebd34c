#!/usr/bin/env python3
"""Scores of graphs that everybody knows are those of the literature.

usage: known.py NERGRAPH_LIBRARY

Zachary's karate club (1977), Padgett's Florentine families (1993) and the characters of Les Miserables (Knuth 1993), as
NetworkX has them; the values are those printed in textbooks (Wasserman and Faust 1994; Newman 2010; Hanneman and Riddle
2005; Knuth's own counts). Exit 77 (skipped) without NetworkX.
"""
import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import centrality  # exits 77 without the packages
import networkx as nx

HOPS = centrality.HOPS
KNOWN = [
    ("karate club", nx.karate_club_graph(), {
        "degree": {0: 16, 33: 17, 32: 12, 2: 10},
        "betweenness": {0: 0.4376, 33: 0.3041, 32: 0.1452, 2: 0.1437, 31: 0.1383},
        "closeness": {0: 0.5690, 2: 0.5593, 33: 0.5500},
        "eigenvector": {33: 1.0, 0: 0.9521, 2: 0.8496}}),
    ("Florentine families", nx.florentine_families_graph(), {
        "degree": {"Medici": 6, "Strozzi": 4, "Guadagni": 4},
        "betweenness": {"Medici": 0.5220, "Guadagni": 0.2546, "Albizzi": 0.2125, "Salviati": 0.1429, "Ridolfi": 0.1136,
                        "Strozzi": 0.1026, "Pazzi": 0.0},
        "closeness": {"Medici": 0.5600, "Ridolfi": 0.5000, "Albizzi": 0.4828, "Pazzi": 0.2857}}),
    ("Les Miserables", nx.les_miserables_graph(), {
        "degree": {"Valjean": 36, "Gavroche": 22, "Marius": 19, "Javert": 17},
        "betweenness": {"Valjean": 0.5700, "Myriel": 0.1768, "Gavroche": 0.1651, "Marius": 0.1320, "Fantine": 0.1296},
        "closeness": {"Valjean": 0.6441}}),
]


def main():
    library = centrality.Library(sys.argv[1])
    count = 0
    for name, graph, known in KNOWN:
        plain = {"nodes": [{"id": str(n)} for n in graph],
                 "links": [{"source": str(a), "target": str(b)} for a, b in graph.edges()]}
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "graph.json")
            with open(path, "w", encoding="utf-8") as out:
                json.dump(plain, out)
            ours = library.scores(path, HOPS)
        for measure, values in known.items():
            for node, value in values.items():
                got = ours[measure][str(node)]
                if abs(got - value) > 0.00006:
                    sys.exit(f"{name}: {measure} of {node} is {got:.4f}, in the literature {value}")
                count += 1
    print(f"{count} values as in the literature")


if __name__ == "__main__":
    main()
