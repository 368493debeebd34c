#!/usr/bin/env python3
"""nergraph-draw by hand: formats, exit codes, messages, whole files or none, the same bytes twice.

usage: drawing.py --draw NERGRAPH_DRAW
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree

STARTS = {"svg": b"<?xml", "png": b"\x89PNG\r\n", "pdf": b"%PDF-", "dot": b"graph nergraph {"}


def graph(count, edges, **drawing):
    nodes = [{"id": f"person:{i}", "label": f"Person {i}", "kind": "person", "mentions": i} for i in range(count)]
    ties = [{"source": f"person:{a}", "target": f"person:{b}", "weight": w} for a, b, w in edges]
    return {"nodes": nodes, "edges": ties, "drawing": drawing}


def chain(count, **drawing):
    return graph(count, [(i, i // 2, 1 + i % 5) for i in range(1, count)], **drawing)


class Drawing:
    def __init__(self, program):
        self.program = program

    def run(self, request, *arguments, **more):
        data = request if isinstance(request, bytes) else json.dumps(request).encode()
        return subprocess.run([self.program, *arguments], input=data, capture_output=True, timeout=120, **more)

    def fails(self, code, pattern, request, *arguments, **more):
        done = self.run(request, *arguments, **more)
        text = done.stderr.decode()
        assert done.returncode == code, f"{arguments}: exit {done.returncode}, wanted {code}: {text}"
        assert re.search(pattern, text), f"{arguments}: {text!r} has no {pattern!r}"
        assert not done.stdout, f"{arguments}: wrote something all the same"

    def draws(self, request, *arguments):
        done = self.run(request, *arguments)
        assert done.returncode == 0 and not done.stderr, f"{arguments}: exit {done.returncode}: {done.stderr.decode()}"
        return done.stdout


def check_formats(draw):
    for name, start in STARTS.items():
        for request in (chain(0), chain(1), chain(2), chain(17), graph(9, [])):
            data = draw.draws(request, "-T", name)
            assert data.startswith(start), f"{name}: begins with {data[:20]!r}"
            assert draw.draws(request, "-T", name) == data, f"{name}: two runs differ"
    first = draw.draws(chain(5), "-T", "pdf")
    time.sleep(1.1)
    again = draw.run(chain(5), "-T", "pdf", env={**os.environ, "TZ": "Asia/Tokyo"}).stdout
    assert again == first, "pdf: depends on the time of day or its zone"
    assert b"no actors found" in draw.draws(chain(0), "-T", "svg")
    assert draw.draws(chain(3, format="png")).startswith(STARTS["png"]), "the request's format"
    assert draw.draws(chain(3, format="png"), "-T", "dot").startswith(STARTS["dot"]), "-T goes first"


def check_sizes(draw):
    """One node, one edge in the SVG for each that is drawn; none outside the picture."""
    for count in (1, 2, 17, 61, 301):
        root = xml.etree.ElementTree.fromstring(draw.draws(chain(count), "-T", "svg"))
        classes = [g.get("class") for g in root.iter()]
        assert classes.count("node") == count and classes.count("edge") == count - 1, f"{count} nodes"
    text = draw.draws(chain(50, limits={"nodes": 10}), "-T", "svg").decode()
    assert text.count('class="node"') == 10 and "the strongest 10 of 50 actors" in text.replace("&#160;", " ")
    assert draw.draws(chain(50, limits={"nodes": 10}), "-T", "dot").count(b"label=\"Person") >= 44, "DOT is never cut"
    for engine in ("neato", "sfdp", "fdp", "circo", "twopi", "dot"):
        assert draw.draws(chain(9), "-K", engine).count(b'class="node"') == 9, engine


def check_failures(draw):
    draw.fails(3, r"input line 1: ", b"not json")
    draw.fails(3, r"no node-link JSON", b"[]")
    draw.fails(3, r"no node-link JSON", {"nodes": 7, "edges": []})
    draw.fails(3, r"nodes\[1\]: same .id. as nodes\[0\]", {"nodes": [{"id": "a"}, {"id": "a"}], "edges": []})
    draw.fails(3, r"nodes\[0\]: no .id.", {"nodes": [{"id": 1}], "edges": []})
    draw.fails(3, r"edges\[0\]: .target.", {"nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "b"}]})
    draw.fails(2, r"unknown format \"gif\"", chain(2), "-T", "gif")
    draw.fails(2, r"layout engine \"nosuch\"", chain(2), "-K", "nosuch")
    draw.fails(2, r"Usage", chain(2), "--nosuch")
    draw.fails(2, r"standard input, not from", chain(2), "net.json")
    draw.fails(5, r"/nonexistent/x.svg: No such file", chain(2), "-o", "/nonexistent/x.svg")
    if os.path.exists("/dev/full"):
        draw.fails(5, r"/dev/full: No space left", chain(2), "-o", "/dev/full", "-T", "svg")
    with tempfile.TemporaryDirectory() as folder:
        old = pathlib.Path(folder, "net.svg")
        old.write_text("old")
        draw.fails(3, r"input line", b"{", "-o", str(old))
        assert old.read_text() == "old" and os.listdir(folder) == ["net.svg"], "a failure leaves the old file alone"
        draw.draws(chain(3), "-o", str(old))
        assert old.read_bytes().startswith(STARTS["svg"]) and os.listdir(folder) == ["net.svg"]


def check_words(draw):
    assert b"Usage:" in draw.run(b"", "--help").stdout
    assert re.match(rb"nergraph-draw \d+\.\d+\.\d+ \(Graphviz \d", draw.run(b"", "--version").stdout)
    text = draw.draws(chain(3, title="Who & <whom>", unit="paragraphs with both actors"), "-T", "svg").decode()
    for words in ("Who &amp; &lt;whom&gt;", "more paragraphs with both actors", "Person", "3 actors, 2 ties"):
        assert words in text.replace("&#160;", " "), words


def check_emphasis(draw):
    """Bold are the few at the top, and never only some of those with one score."""
    def bold(request):
        text = draw.draws(request, "-T", "svg").decode()
        return set(re.findall(r'<text[^>]*font-weight="bold"[^>]*fill="#1f2933"[^>]*>([^<]*)<', text))
    assert bold(graph(12, [(0, i, 1) for i in range(1, 12)])) == {"Person 0"}
    assert not bold(graph(12, [(i, (i + 1) % 12, 1) for i in range(12)])), "a ring has no centre"
    assert len(bold(graph(40, [(i, k, 1) for i in range(8) for k in range(8, 40)]))) == 0, "eight equal ones, five at most"


def check_leaders(draw):
    """Whom the key of communities names has a name in the picture, too, however few names are asked for."""
    request = graph(12, [(0, i, 9) for i in range(1, 6)] + [(6, i, 1) for i in range(7, 12)],
                    color_by="community", labels=1, size_by="strength")
    for i, node in enumerate(request["nodes"]):
        node.update(community=1 + i // 6, strength=(45, 5)[i // 6] if i % 6 == 0 else 1)
    for limit, names, words in ((1, 2, "names of the 1 most central and of those below"), (0, 0, "names of the 0 most central."),
                                (12, 12, "12 actors, 10 ties.")):
        request["drawing"]["labels"] = limit
        text = draw.draws(request, "-T", "svg").decode().replace("&#160;", " ")
        labels = [re.findall(r">(Person \d+)</text>", group) for group in text.split('class="node"')]
        assert labels[0] == ["Person 0", "Person 6"], f"the key: {labels[0]}"
        assert sum(map(len, labels[1:])) == names, f"--labels {limit}: {labels[1:]}"
        assert words in text, words


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--draw", required=True)
    draw = Drawing(parser.parse_args().draw)
    for check in (check_formats, check_sizes, check_failures, check_words, check_emphasis, check_leaders):
        check(draw)
        print(f"drawing: {check.__name__[6:]}: good")
    return 0


if __name__ == "__main__":
    sys.exit(main())
