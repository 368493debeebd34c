#!/usr/bin/env python3
"""The acceptance example: one real article with its mentions, actors and edges by hand (../shared/seed).

usage: seed.py --program NERGRAPH [--shared DIR]

Exit 0 when everything holds, 1 with what differs, 77 (skipped) when the article is not there.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SKIPPED = 77
AUTHOR = "person:ilan-i-berman"
SAME_PERSON = {"person:donald-trump": "person:trump"}  # the gold's note: both are right


def run(program, *arguments):
    return subprocess.run([program, *arguments], capture_output=True, text=True, check=True).stdout


def check_mentions(a, shared, seed, problems):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as found:
        found.write(run(a.program, "extract", "--types", "+organization", str(seed / "gold.jsonl")))
        found.flush()
        report = subprocess.run([sys.executable, shared / "tools/score_mentions.py", seed / "gold.jsonl", found.name,
                                 "--errors", "20"], capture_output=True, text=True, check=True).stdout
    print(report)
    for line in report.splitlines():
        if m := re.match(r"(PERSON\+PLACE|PERSON|PLACE)\s+P\s+([\d.]+)\s+R\s+([\d.]+)", line):
            if float(m.group(2)) < 95 or float(m.group(3)) < 95:
                problems.append(f"mentions: {line}")


def check_graph(a, seed, problems):
    gold = json.loads((seed / "gold.json").read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        run(a.program, "graph", str(seed / "article.txt"), "-o", f"{folder}/article.json")
        graph = json.loads(pathlib.Path(folder, "article.json").read_text(encoding="utf-8"))
    name = lambda i: SAME_PERSON.get(i, i)
    ours = {name(n["id"]): n for n in graph["nodes"]}
    want = {x["id"]: x for x in gold["actors"] if x["kind"] != "organization"}
    problems += [f"actor missed: {i}" for i in want if i not in ours]
    problems += [f"false actor: {i} ({n['aliases']})" for i, n in ours.items() if i not in want]
    for i in want.keys() & ours.keys():
        if ours[i]["kind"] != want[i]["kind"]:
            problems.append(f"{i}: kind {ours[i]['kind']}, not {want[i]['kind']}")
        missing = set(want[i]["forms"]) - set(ours[i]["aliases"].split(" | "))
        if missing:
            problems.append(f"{i}: forms not joined: {sorted(missing)}")
    pair = lambda e: tuple(sorted((name(e["source"]), name(e["target"]))))
    have = {pair(e): e["weight"] for e in graph["edges"]}
    gold_edges = {pair(e): e["weight"] for e in gold["edges_sentence"]}
    right = sum(have.get(p) == w for p, w in gold_edges.items())
    f1 = 2 * right / (len(have) + len(gold_edges))
    print(f"edges with their weights: {right} of {len(gold_edges)}, {len(have)} found, F1 {f1:.3f}")
    if f1 < 0.95:
        problems.append(f"edges: F1 {f1:.3f} < 0.95")
        problems += [f"  edge {p}: {have.get(p)} instead of {w}" for p, w in gold_edges.items() if have.get(p) != w]
        problems += [f"  false edge {p}: {w}" for p, w in have.items() if p not in gold_edges]
    first = sorted(graph["nodes"], key=lambda n: -n["strength"])[:2]
    if {n["id"] for n in first} != {"country:SY", "country:IL"}:
        problems.append(f"highest by strength: {[n['id'] for n in first]}")
    if ours.get(AUTHOR, {}).get("degree", 0) != 0:
        problems.append("the author has an edge")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True)
    ap.add_argument("--shared", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[3] / "shared")
    a = ap.parse_args()
    seed = a.shared / "seed"
    if not (seed / "gold.json").exists():
        print(f"SKIPPED: the acceptance example is not there ({seed})")
        sys.exit(SKIPPED)
    problems = []
    check_mentions(a, a.shared, seed, problems)
    check_graph(a, seed, problems)
    print("\n".join(problems) if problems else "the acceptance example holds")
    sys.exit(1 if problems else 0)


main()
