#!/usr/bin/env python3
"""Names made to break formats go through JSON, DOT and SVG and come back the same.

Readers are others' programs: NetworkX for JSON, Graphviz for DOT, an XML parser for SVG. Nodes,
edges and ids must be the same, labels the same after the replacements that drawing states: at most
256 bytes (then an ellipsis), control bytes and U+FEFF as spaces, U+FFFE and U+FFFF as U+FFFD, long labels
broken into lines at spaces. JSON replaces nothing.

usage: hostile_names.py --program NERGRAPH [--names N] [--seed N]
"""
import argparse
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

PIECES = [
    '"', "'", "\\", "\\N", "\\G", "\\l", "\\\\", "<", ">", "<b>", "</b>", "<B>x</B>", "<TABLE>", "<!--", "-->", "<![CDATA[",
    "]]>", "&", "&amp;", "&#0;", "&nosuch;", "&lt", ";", ",", "=1+2", "+", "-", "--", "->", "@", "|", "{", "}", "[", "]", "%s%n",
    "%", "$(x)", "`", "\n", "\r\n", "\t", "\0", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe",
    "\uffff", "\U0001fffe", "\U0010ffff", "\u202e", "\u200f", "e\u0301", "\u0301", "ß", "İ", "é", "שלום", "محمد", "李明", "ไทย",
    "👩‍👩‍👧", "🎉", " ", "  ", "\u00a0", "//", "/*", "#", "node", "graph", "strict", "n1", "true", "null", "NaN", "0", "http://x/",
    "javascript:alert(1)", "Israel", "Anna", "of", "the", "x" * 40, "word " * 30, "長" * 100,
]
TEXT = "{http://www.w3.org/2000/svg}text"


def hostile(rng):
    """One name; now and then a very long one. A name is never empty."""
    count = rng.choice([1, 1, 2, 3, 5, 8, 13, 60 if rng.random() < 0.1 else 2])
    name = "".join(rng.choice(PIECES) for _ in range(count))
    if rng.random() < 0.01:
        name *= 10000 // len(name.encode()) + 1
    return name


def make_graph(rng, count):
    nodes = [{"id": f"person:h{i}", "label": hostile(rng), "kind": rng.choice(["person", "country", "place", "organization"])}
             for i in range(count)]
    for node in nodes:
        node["id"] = f"{node['kind']}:{node['id'][7:]}"
        node["name"] = node["label"]
    pairs = {tuple(sorted(rng.sample(range(count), 2))) for _ in range(2 * count)}
    edges = [{"source": nodes[a]["id"], "target": nodes[b]["id"], "weight": rng.randint(1, 9)} for a, b in sorted(pairs)]
    return {"directed": False, "multigraph": False, "graph": {}, "nodes": nodes, "edges": edges, "links": edges}


def drawn(label):
    """The label as drawing states to change it, with runs of spaces as one."""
    data = label.encode()
    if len(data) > 256:
        label = data[:253].decode(errors="ignore") + "…"
    label = re.sub("[\x00-\x1f\x7f\ufeff]", " ", label)
    return squeezed(re.sub("[\ufffe\uffff]", "\ufffd", label))


def squeezed(text):
    return re.sub("[ \n\u00a0]+", " ", text).strip()


def spaceless(text):
    return re.sub(r"\s", "", text)


def run(arguments, **more):
    done = subprocess.run(arguments, capture_output=True, timeout=120, **more)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"{arguments}: exit {done.returncode}: {done.stderr.decode(errors='replace')[:500]}")
    return done.stdout


def edge_set(edges):
    return {(*sorted((e["source"], e["target"])), e["weight"]) for e in edges}


def check_json(graph, path, networkx):
    saved = json.loads(path.read_text(encoding="utf-8"))
    read = networkx.node_link_graph(saved, edges="edges")
    wanted = {n["id"]: (n["label"], n["kind"]) for n in graph["nodes"]}
    assert {i: (d["label"], d["kind"]) for i, d in read.nodes(data=True)} == wanted, "JSON: nodes"
    assert {(*sorted((a, b)), d["weight"]) for a, b, d in read.edges(data=True)} == edge_set(graph["edges"]), "JSON: edges"


def dot_label(value):
    """The text that a label attribute stands for."""
    if value.startswith("\n"):  # HTML-like: ours, and no plain value, begin with a raw newline
        root = xml.etree.ElementTree.fromstring(f"<x>{value.replace('<BR/>', ' ')}</x>")
        return squeezed("".join(root.itertext()).replace("\\\\", "\\"))
    value = re.sub(r"\\(.)", lambda m: " " if m[1] == "n" else m[1], value, flags=re.S)
    return squeezed(value.replace("&amp;", "&"))


def check_dot(graph, path):
    text = run(["dot", "-Ksfdp", "-Tdot_json", str(path)])
    # Graphviz writes the node's name and our attribute `name` under one key; the first is the node's
    read = json.loads(text, object_pairs_hook=lambda pairs: dict(reversed(pairs)))
    nodes = read.get("objects", [])
    wanted = {n["id"]: drawn(n["label"]) for n in graph["nodes"]}
    got = {n["id"]: dot_label(n["label"]) for n in nodes}
    for i in wanted:
        assert got.get(i) == wanted[i], f"DOT: {i}: {got.get(i)!r} != {wanted[i]!r}"
    assert len(nodes) == len(wanted), "DOT: node count"
    assert all(re.fullmatch(r"n\d+", n["name"]) for n in nodes), "DOT: node names are ours"
    ids = {n["_gvid"]: n["id"] for n in nodes}
    got_edges = {(*sorted((ids[e["tail"]], ids[e["head"]])), int(e["weight"])) for e in read["edges"]}
    assert got_edges == edge_set(graph["edges"]), "DOT: edges"


def check_svg(graph, path):
    root = xml.etree.ElementTree.parse(path).getroot()
    groups = {g.get("id"): g for g in root.iter() if g.get("class") == "node"}
    assert len(groups) == len(graph["nodes"]), "SVG: node count"
    for node in graph["nodes"]:
        lines = [t.text or "" for t in groups[node["id"]].iter(TEXT)]
        got, wanted = squeezed(" ".join(lines)), drawn(node["label"])
        assert got == wanted, f"SVG: {node['id']}: {got!r} != {wanted!r}"
        title = next(t.text for t in groups[node["id"]] if t.tag.endswith("}title"))
        assert spaceless(title) == spaceless(f"{wanted}: {node['kind']}"), f"SVG: title {title!r} of {wanted!r}"
    edges = [g for g in root.iter() if g.get("class") == "edge"]
    assert len(edges) == len(graph["edges"]), "SVG: edge count"
    check_elements(root)


def check_elements(root):
    names = {e.tag.rpartition("}")[2] for e in root.iter()} - {"g", "svg", "title", "path", "polygon", "polyline", "text", "a"}
    assert not names, f"SVG: unexpected elements {names}"
    # the one link there is says what it is made of
    assert not any("href" in name for e in root.iter() for name in e.keys()), "SVG: a link"


def part_of(graph, nodes):
    ids = {n["id"] for n in nodes}
    edges = [e for e in graph["edges"] if e["source"] in ids and e["target"] in ids]
    return {**graph, "nodes": nodes, "edges": edges, "links": edges}


def check_changes(program, graph, folder):
    """Two thirds of the graph become the other two thirds."""
    third = len(graph["nodes"]) // 3
    old, new, svg = (folder / name for name in ("old.json", "new.json", "changes.svg"))
    old.write_text(json.dumps(part_of(graph, graph["nodes"][:2 * third])), encoding="utf-8")
    new.write_text(json.dumps(part_of(graph, graph["nodes"][third:])), encoding="utf-8")
    run([program, "diff", old, new, "-o", svg, "--top", "0", "--title", graph["nodes"][0]["label"].replace("\0", " ")])
    root = xml.etree.ElementTree.parse(svg).getroot()
    check_elements(root)
    labels = {n["id"]: drawn(n["label"]) for n in graph["nodes"]}
    groups = [g for g in root.iter() if g.get("class") == "node"]
    for group in groups:
        got = squeezed(" ".join(t.text or "" for t in group.iter(TEXT)))
        title = next(t.text for t in group if t.tag.endswith("}title"))
        assert got == labels[group.get("id")], f"changes: {got!r} != {labels[group.get('id')]!r}"
        assert spaceless(title).startswith(spaceless(got) + ":"), f"changes: title {title!r} of {got!r}"
    assert {g.get("id") for g in groups} >= {n["id"] for n in graph["nodes"][2 * third:]}, "changes: new actors"


def check_panels(program, graph, rng):
    """Panels whose names are as hostile as the actors'."""
    nodes = graph["nodes"][:12]
    panels = [{"name": hostile(rng), "scores": [[i, i + 1] for i in range(len(nodes))], "edges": [[0, 1, 2.5]]} for _ in range(3)]
    request = json.dumps({**part_of(graph, nodes), "panels": panels}).encode()
    root = xml.etree.ElementTree.fromstring(run([pathlib.Path(program).with_name("nergraph-draw"), "-T", "svg"], input=request))
    check_elements(root)
    titles = [spaceless(t.text or "") for t in root.iter() if t.tag.endswith("}title")]
    texts = [spaceless(" ".join(t.text or "" for t in g.iter(TEXT))) for g in root.iter() if g.get("class") == "node"]
    for panel in panels:
        name = spaceless(drawn(panel["name"]))
        assert name in titles and name in texts, f"panels: {name!r} is nowhere"
        for i, node in enumerate(nodes):
            title = spaceless(f"{drawn(node['label'])}, {drawn(panel['name'])}: {node['kind']}, strength {i + 1}")
            assert title in titles, f"panels: no title {title!r}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--names", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    try:
        import networkx
    except ImportError:
        print("hostile_names: skipped: this Python has no networkx (pip install networkx, or set NG_TEST_PYTHON)")
        return 77
    if not shutil.which("dot"):
        print("hostile_names: skipped: no program `dot` (install graphviz)")
        return 77
    rng = random.Random(args.seed)
    size = 50
    with tempfile.TemporaryDirectory() as folder:
        source, saved, dot, svg = (pathlib.Path(folder, n) for n in ("in.json", "out.json", "out.dot", "out.svg"))
        for start in range(0, args.names, size):
            graph = make_graph(rng, min(size, max(2, args.names - start)))
            if start == 0:  # the longest that one byte becomes, as long as an attribute may be: `dot` reads 16 KiB
                graph["nodes"][0]["label"] = graph["nodes"][0]["name"] = "&" * 5000
            source.write_text(json.dumps(graph), encoding="utf-8")
            try:
                run([args.program, "draw", source, "-o", saved, "-o", dot, "-o", svg])
                check_json(graph, saved, networkx)
                check_dot(graph, dot)
                check_svg(graph, svg)
                if start < 10 * size:
                    check_changes(args.program, graph, pathlib.Path(folder))
                    check_panels(args.program, graph, rng)
            except (AssertionError, ValueError, xml.etree.ElementTree.ParseError) as problem:
                kept = pathlib.Path(tempfile.mkdtemp(prefix="nergraph-hostile-"))
                for path in (source, saved, dot, svg):
                    if path.exists():
                        shutil.copy(path, kept)
                print(f"hostile_names: seed {args.seed}, names from {start}: {problem}\nfiles kept in {kept}")
                return 1
    print(f"hostile_names: {args.names} names went through JSON, DOT and SVG unharmed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
