#!/usr/bin/env python3
"""The reference graphs in graphs/ are what the program makes of the sample texts today.

usage: reference.py --program NERGRAPH

JSON and DOT are compared byte for byte. Where names stand in an SVG depends on the fonts of the machine, so of the SVG
the names and the number of ties are compared. After a wanted change: scripts/graphs.sh, and read the diff.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def content(path):
    """Texts of an SVG and how many nodes and edges it has."""
    root = ElementTree.parse(path).getroot()
    groups = [g.get("class") for g in root.iter(SVG + "g")]
    return sorted("".join(t.itertext()) for t in root.iter(SVG + "text")), groups.count("node"), groups.count("edge")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True, type=pathlib.Path)
    program = ap.parse_args().program.resolve()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([ROOT / "scripts/graphs.sh", program, folder], check=True)
        made = sorted(pathlib.Path(folder).iterdir())
        for path in made:
            kept = ROOT / "graphs" / path.name
            if not kept.exists():
                wrong.append(f"graphs/{path.name} is missing")
            elif path.suffix == ".svg":
                if content(path) != content(kept):
                    wrong.append(f"graphs/{path.name}: other names or ties")
            elif path.read_bytes() != kept.read_bytes():
                wrong.append(f"graphs/{path.name} differs")
    print("\n".join(wrong) if wrong else f"{len(made)} reference graphs are as kept")
    if wrong:
        print("if the change is wanted: scripts/graphs.sh, and read the diff")
    sys.exit(1 if wrong or not made else 0)


main()
