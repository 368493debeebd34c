#!/usr/bin/env python3
"""One line of N megabytes without a full stop, and a text of N megabytes on many lines without one.

usage: long_line.py --program NERGRAPH [--megabytes 20]

Both have to be read to the end: names at the start and at the end are found, sentences are cut at the stated length
(so that the two ends never share one), and a smaller --max-document-bytes refuses them with exit code 4. The size of
memory is checked against a generous bound; time is not.
"""
import argparse
import pathlib
import resource
import subprocess
import sys
import tempfile

MEMORY_PER_BYTE = 40   # of the document
MEMORY_AT_REST = 256 << 20


def write(path, megabytes, separator):
    """Lower-case words between two names, no mark of punctuation."""
    words = separator.join(["water flows over old stones and under the wooden bridge"] * 200)
    with open(path, "w", encoding="utf-8") as out:
        out.write("Angela Merkel went to Poland" + separator)
        while out.tell() < megabytes << 20:
            out.write(words + separator)
        out.write("Emmanuel Macron went to Japan")


def run(program, *arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def check(program, path):
    """Complaints about one file."""
    wrong = []
    code, out, err = run(program, "extract", "--format", "tsv", str(path))
    rows = [line.split("\t") for line in out.splitlines()[1:]]
    names = [row[6] for row in rows]
    if code != 0 or err:
        wrong.append(f"exit code {code}: {err.strip()}")
    if names != ["Angela Merkel", "Poland", "Emmanuel Macron", "Japan"]:
        wrong.append(f"found {names[:8]}")
    elif int(rows[1][11]) >= int(rows[2][11]):
        wrong.append("the two ends are in one sentence")
    elif int(rows[3][5]) != path.stat().st_size:
        wrong.append(f"the last name ends at byte {rows[3][5]} of {path.stat().st_size}")
    code, out, err = run(program, "extract", "--max-document-bytes", "1M", str(path))
    if code != 4 or out or "--max-document-bytes" not in err:
        wrong.append(f"with --max-document-bytes 1M: exit code {code}: {err.strip()}")
    return wrong


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True)
    ap.add_argument("--megabytes", type=int, default=20)
    a = ap.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory(prefix="nergraph-slow-") as folder:
        for name, separator in (("line.txt", " "), ("lines.txt", "\n")):
            path = pathlib.Path(folder, name)
            write(path, a.megabytes, separator)
            wrong += [f"{name}: {w}" for w in check(a.program, path)]
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if most > MEMORY_AT_REST + MEMORY_PER_BYTE * (a.megabytes << 20):
        wrong.append(f"{most >> 20} MiB of memory")
    print("\n".join(wrong) or f"done; at most {most >> 20} MiB of memory")
    sys.exit(1 if wrong else 0)


main()
