#!/usr/bin/env python3
"""Every graph file, opened by every program that is here: a table of what each pair gave.

usage: matrix.py --program NERGRAPH --table docs/interop.md [--accept] [--npm FOLDER] [--gephi CLASSPATH]

Five graphs: one of documents with dates, an empty one, one of a single actor, one of 10,000 names made to break formats,
one of 20,000 actors and 60,000 ties. A cell says "equal" when actors, ties, ids, labels, weights, kinds and dates are ours
(after the replacements that a format states, see tests/property/hostile_formats.py), else what is not. The table must be
the one in the file; --accept writes it there, to be read by a person. Programs that are not here are left out, and said.
"""
import argparse
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "property"))
from hostile_formats import blank, in_xml, parted
from hostile_names import make_graph

GRAPHS = {"documents": "documents", "empty": "nobody", "one": "one actor", "hostile": "10,000 hostile names",
          "large": "20,000 actors"}
FILES = {"edges": "json", "links": "json", "vosviewer": "vos.json"}
READERS = [("NetworkX", how) for how in ("edges", "links", "gexf", "graphml", "gml", "net", "cyjs", "csv")] + \
    [("python-igraph", how) for how in ("graphml", "gml", "net", "csv")] + \
    [("R igraph", how) for how in ("graphml", "gml", "net", "csv")] + \
    [("graphology", how) for how in ("gexf", "graphml")] + [("Cytoscape.js", "cyjs"), ("D3", "links")] + \
    [("Gephi's toolkit", how) for how in ("gexf", "graphml", "gml", "net", "csv")] + \
    [("Graphviz", "dot"), ("VOSviewer's rules", "vosviewer")]
NAMES = {"edges": "node-link JSON (`edges`)", "links": "node-link JSON (`links`)", "gexf": "GEXF", "graphml": "GraphML",
         "gml": "GML", "net": "Pajek", "cyjs": "Cytoscape.js JSON", "csv": "CSV pair", "dot": "DOT",
         "vosviewer": "VOSviewer JSON"}


def run(words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, timeout=600, **more)
    if done.returncode != 0:
        lines = [line for line in done.stderr.decode(errors="replace").splitlines() if "rror" in line]
        raise RuntimeError(lines[-1:] or ["failed"])
    return done.stdout.decode()


# ---- the graphs ----

def large_graph(rng):
    count = 20000
    nodes = [{"id": f"person:p{i}", "label": f"Person {i}", "kind": "person"} for i in range(count)]
    pairs = {tuple(sorted((rng.randrange(count), int(count * rng.random() ** 2)))) for _ in range(66000)}
    pairs = sorted(pair for pair in pairs if pair[0] != pair[1])[:60000]
    edges = [{"source": nodes[a]["id"], "target": nodes[b]["id"], "weight": rng.randint(1, 40)} for a, b in pairs]
    return {"directed": False, "multigraph": False, "graph": {}, "nodes": nodes, "edges": edges}


def with_dates(graph, rng):
    for item in graph["nodes"] + graph["edges"]:
        if rng.random() < 0.5:
            item["first"] = item["last"] = f"20{rng.randint(10, 24)}-{rng.randint(10, 12)}-{rng.randint(10, 28)}"
    return graph


def write_graphs(program, folder):
    """Makes every file of every graph; {graph: what must come out}."""
    rng = random.Random(11)
    source = folder / "source.json"
    wanted = {}
    for name in GRAPHS:
        if name == "documents":
            inputs = [HERE.parent.parent / "graphs" / file for file in ("news.jsonl", "strait-talks.txt", "river-dam.txt")]
        else:
            graph = {"hostile": lambda: make_graph(rng, 10000), "large": lambda: large_graph(rng),
                     "empty": lambda: {"graph": {}, "nodes": [], "edges": []},
                     "one": lambda: {"graph": {}, "nodes": [{"id": "person:a", "label": "Anna Lindh", "kind": "person"}],
                                     "edges": []}}[name]()
            graph.pop("links", None)
            source.write_text(json.dumps(with_dates(graph, rng)), encoding="utf-8")
            inputs = [source]
        stem = folder / name
        outputs = [f"{stem}.json", f"{stem}.gexf", f"{stem}.graphml", f"{stem}.gml", f"{stem}.net", f"{stem}.cyjs", f"{stem}.csv",
                   f"{stem}.dot", f"vosviewer:{stem}.vos.json"]
        run([program, "graph", *inputs, "-q", "--measures", "degree,strength,community", "--max-drawn-nodes", "100000",
             "--draw-seconds", "600", "--engine", "sfdp", *(word for out in outputs for word in ("-o", out))])
        wanted[name] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return wanted


# ---- the readers ----

class Readers:
    def __init__(self, npm, gephi):
        self.npm, self.gephi = npm, gephi

    def is_here(self, tool):
        if tool in ("NetworkX", "python-igraph"):
            import importlib.util
            return importlib.util.find_spec({"NetworkX": "networkx", "python-igraph": "igraph"}[tool]) is not None
        if tool == "R igraph":
            return shutil.which("Rscript") is not None and subprocess.run(
                ["Rscript", "-e", "library(igraph)"], capture_output=True).returncode == 0
        if tool in ("graphology", "Cytoscape.js", "D3"):
            return bool(self.npm) and shutil.which("node") is not None
        return {"Gephi's toolkit": bool(self.gephi) and shutil.which("java") is not None,
                "Graphviz": shutil.which("gvpr") is not None}.get(tool, True)

    def read(self, tool, how, path):
        """{"nodes": [[id, label, kind, first]], "edges": [[id, id, weight, first]]}"""
        if tool == "NetworkX":
            return json.loads(run([sys.executable, HERE / "read_networkx.py", how, path]))
        if tool == "python-igraph":
            return json.loads(run([sys.executable, HERE / "read_igraph.py", how, path]))
        if tool == "R igraph":
            run(["Rscript", HERE / "read_igraph.R", how, path, f"{path}.r"], env={**os.environ, "LC_ALL": "C.UTF-8"})
            return from_r(pathlib.Path(f"{path}.r").read_text(encoding="utf-8"))
        if tool in ("graphology", "Cytoscape.js", "D3"):
            name = {"Cytoscape.js": "cytoscape", "D3": "d3"}.get(tool, tool)
            return json.loads(run(["node", HERE / "read_node.js", name, how, path],
                                  env={**os.environ, "NODE_PATH": f"{self.npm}/node_modules"}))
        if tool == "Gephi's toolkit":
            read = json.loads(run(["java", "-Djava.awt.headless=true", "-cp", self.gephi, "GephiReader", path]))
            if "failed" in read:
                raise RuntimeError([read["failed"]])
            return read
        if tool == "Graphviz":
            return from_dot(path)
        return from_vosviewer(json.loads(pathlib.Path(path).read_text(encoding="utf-8")))


def from_r(text):
    def plain(cell):
        return re.sub(r"\\x(..)", lambda m: chr(int(m[1], 16)), cell)
    read = {"nodes": [], "edges": []}
    for line in text.split("\n"):
        cells = [plain(cell) for cell in line.split("\t")]
        if cells[0] == "n":
            read["nodes"].append(cells[1:])
        elif cells[0] == "e":
            read["edges"].append([cells[1], cells[2], float(cells[3]), cells[4]])
    return read


def from_dot(path):
    """Through gvpr, which reads with cgraph; labels of pictures may be HTML-like, so `name` is compared."""
    text = run(["gvpr", 'N{printf("n\\t%s\\t%s\\t%s\\n", $.id, gsub(gsub($.name2, "\\n", " "), "\\t", " "), $.kind)} '
                        'E{printf("e\\t%s\\t%s\\t%s\\n", $.tail.id, $.head.id, $.weight)}', path])
    read = {"nodes": [], "edges": []}
    for line in text.splitlines():
        cells = line.split("\t")
        if cells[0] == "n":
            read["nodes"].append([cells[1], None, cells[3], None])
        else:
            read["edges"].append([cells[1], cells[2], float(cells[3]), None])
    return read


def from_vosviewer(file):
    """What VOSviewer asks of a file, checked; kinds and dates have no place in it."""
    items, links = file["network"]["items"], file["network"]["links"]
    ids = {item["id"] for item in items}
    problems = []
    if len(ids) != len(items) or "" in ids:
        problems.append("ids repeat or are empty")
    if any(not 1 <= item.get("cluster", 1) <= 1000 for item in items):
        problems.append("clusters")
    if any(weight < 0 for item in items for weight in item["weights"].values()):
        problems.append("weights below 0")
    if any(link["strength"] < 0 or {link["source_id"], link["target_id"]} - ids for link in links):
        problems.append("links")
    if any("<" in item["description"] for item in items):
        problems.append("HTML")
    if problems:
        raise RuntimeError(problems)
    return {"nodes": [[item["id"], item["label"], None, None] for item in items],
            "edges": [[link["source_id"], link["target_id"], link["strength"], None] for link in links]}


# ---- the comparison ----

def replaced(how, nodes):
    """The labels that a format may have, by id."""
    if how in ("gexf", "graphml"):
        return {n["id"]: in_xml(n["label"]) for n in nodes}
    if how == "gml":
        return parted(nodes, blank)
    if how == "net":
        return parted(nodes, lambda text: blank(text).replace('"', "'").replace("\\", "/"))
    if how == "csv":
        return {n["id"]: ("'" if n["label"][:1] in tuple("=+-@\t\0") else "") + n["label"] for n in nodes}
    return {n["id"]: n["label"] for n in nodes}


def share(wrong, count):
    return "no" if wrong == count and count > 1 else f"{wrong:,} of {count:,}"


def compare(how, wanted, read):
    """"equal", or what is not."""
    labels = replaced(how, wanted["nodes"])
    nodes = {n["id"]: n for n in wanted["nodes"]}
    if how == "net":  # it has no ids, kinds and dates
        by_label = {label: i for i, label in labels.items()}
        ids = {row[0]: by_label.get(row[1], row[1]) for row in read["nodes"]}
        read = {"nodes": [[ids[row[0]], row[1], None, None] for row in read["nodes"]],
                "edges": [[ids.get(a, a), ids.get(b, b), weight, None] for a, b, weight, _ in read["edges"]]}
    words = []
    if len(read["nodes"]) != len(nodes):
        words.append(f"{len(read['nodes']):,} actors")
    got = {row[0]: row for row in read["nodes"]}
    wrong = [sum(i in got and got[i][1] is not None and got[i][1] != labels[i] for i in nodes),
             sum(i in got and got[i][2] is not None and got[i][2] != n["kind"] for i, n in nodes.items()),
             sum(i in got and got[i][3] is not None and got[i][3] != n.get("first", "") for i, n in nodes.items())]
    lost = sum(i not in got for i in nodes)
    if lost:
        words.append(f"ids: {share(lost, len(nodes))}")
    for what, count in zip(("labels", "kinds", "dates"), wrong):
        if count:
            words.append(f"{what}: {share(count, len(nodes))} differ" if share(count, len(nodes)) != "no" else f"no {what}")
    edges = {(*sorted((e["source"], e["target"])),): e for e in wanted["edges"]}
    if len(read["edges"]) != len(edges):
        words.append(f"{len(read['edges']):,} ties")
    ties = {(*sorted((a, b)),): (weight, first) for a, b, weight, first in read["edges"]}
    if not lost:
        away = sum(pair not in ties for pair in edges)
        heavy = sum(pair in ties and abs(ties[pair][0] - e["weight"]) > 1e-9 * abs(e["weight"]) for pair, e in edges.items())
        late = sum(pair in ties and ties[pair][1] is not None and ties[pair][1] != e.get("first", "")
                   for pair, e in edges.items())
        for what, count in (("ties", away), ("weights", heavy), ("dates of ties", late)):
            if count:
                words.append(f"{what}: {share(count, len(edges))} differ" if share(count, len(edges)) != "no" else f"no {what}")
    return ", ".join(words) or "equal"


def cell(readers, tool, how, path, wanted):
    try:
        read = readers.read(tool, how, path)
    except (RuntimeError, ValueError, subprocess.TimeoutExpired) as problem:
        words = problem.args[0][0] if problem.args and isinstance(problem.args[0], list) else str(problem)
        return "fails: " + re.sub(r"[|`\n]", " ", str(words))[:70]
    return compare(how, wanted, read)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--table", required=True)
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--npm", help="folder with node_modules of graphology, cytoscape, d3-force")
    parser.add_argument("--gephi", help="class path with GephiReader and the toolkit")
    a = parser.parse_args()
    readers = Readers(a.npm, a.gephi)
    path = pathlib.Path(a.table)
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    known = {tuple(c.strip() for c in line.split("|")[1:3]): line for line in before.splitlines() if line.startswith("| ")}
    rows, missing, differences = [], set(), []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        wanted = write_graphs(a.program, folder)
        for tool, how in READERS:
            if not readers.is_here(tool):
                missing.add(tool)
                rows.append(known.get((tool, NAMES[how]), ""))
                continue
            cells = [cell(readers, tool, how, f"{folder / graph}.{FILES.get(how, how)}", wanted[graph]) for graph in GRAPHS]
            row = f"| {tool} | {NAMES[how]} | {' | '.join(cells)} |"
            rows.append(row)
            if row != known.get((tool, NAMES[how])):
                differences.append(row)
            print(row, flush=True)
    for tool in sorted(missing):
        print(f"{tool} is not here: left out")
    if a.accept:
        table = "\n".join([f"| program | format | {' | '.join(GRAPHS.values())} |", "|---" * (2 + len(GRAPHS)) + "|", *rows])
        head, _, tail = before.partition("<!-- table -->")
        _, _, tail = tail.partition("<!-- end -->")
        path.write_text(f"{head}<!-- table -->\n{table}\n<!-- end -->{tail}", encoding="utf-8")
        return 0
    for row in differences:
        print(f"not as in {a.table}: {row}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
