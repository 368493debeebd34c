#!/usr/bin/env python3
"""Office documents and books say the words that others read in them.

usage: office.py --extract EXTRACT_TEXT [--python PYTHON] [--keep FOLDER]

Each text of tests/samples, with a heading, a list, a table and notes put around it, is made a .docx, an .odt and an
.epub by pandoc. What nergraph reads of it (tests/extract_text prints that) is compared with what `pandoc -t plain`
reads of the same file: F of their words, in order. .docx files are compared with python-docx, too, where PYTHON has it:
paragraphs and cells, without the notes. FLOOR is the least F of each format; title, author and date must be the same.

Exit 0 when the floors hold, 1 with what is worst, 77 (skipped) without pandoc or when nergraph was built without
libarchive.
"""
import argparse
import difflib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FLOOR = 0.98
SKIPPED = 77
FORMATS = ("docx", "odt", "epub")
NOTE = "Reykjavík wrote that Kari Nordmann of Norway had said so."
READER = r"""
import sys, docx
from docx.table import Table
def walk(part):
    for block in part.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    walk(cell)
        else:
            print(block.text)
walk(docx.Document(sys.argv[1]))
"""


def words(text):
    return re.findall(r"\w+", text)


def f_score(expected, got):
    matcher = difflib.SequenceMatcher(None, expected, got, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same, len(expected), len(got)


def decorated(number, text):
    """The text as Markdown with what office documents have."""
    paragraphs = [re.sub(r"([\\`*_{}\[\]<>#|~^$@'\"-])", r"\\\1", p) for p in text.strip().split("\n\n")]
    head = f"# Story {number}\n\n" + paragraphs[0] + "[^1]\n\n"
    rows = "\n".join(f"| {c} | {n} |" for c, n in (("Kenya", "Grace Otieno"), ("Ghana", "Kofi Mensah")))
    extra = f"1. Chile\n2. Peru\n\n| Country | Delegate |\n|---|---|\n{rows}\n\n> Quoted from *Köln*.\n\n"
    return head + extra + "\n\n".join(paragraphs[1:]) + f"\n\n[^1]: {NOTE}\n"


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, timeout=300, **more)
    if b"built without libarchive" in done.stderr:
        print("built without libarchive")
        sys.exit(SKIPPED)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode("utf-8")


def plain(path, format_):
    """What pandoc reads. It puts no marks of notes and no rules of tables into words."""
    text = run("pandoc", "-f", format_, "-t", "plain", "--wrap=none", path)
    return re.sub(r"\[\d+\]", " ", text).replace("↩︎", " ")


def without_title(got, expected):
    """pandoc takes title, author and date of an office document out of its text."""
    matcher = difflib.SequenceMatcher(None, got, expected, autojunk=False)
    first = next((b for b in matcher.get_matching_blocks() if b.size > 3), None)
    return got[first.a:] if first and first.b == 0 and first.a <= 20 else got


def check(a, folder):
    totals = {name: [0, 0, 0] for name in (*FORMATS, "python-docx")}
    complaints = []
    has_docx = a.python and subprocess.run([a.python, "-c", "import docx"], capture_output=True).returncode == 0
    samples = sorted((HERE.parent / "samples").glob("*.txt"))
    for number, sample in enumerate(samples):
        source = folder / (sample.stem + ".md")
        source.write_text(decorated(number, sample.read_text(encoding="utf-8")), encoding="utf-8")
        title, author, day = f"{sample.stem.title()} & more", "Ann Lee", "2019-02-21"
        for format_ in FORMATS:
            path = folder / f"{sample.stem}.{format_}"
            run("pandoc", source, "-s", "-o", path, "-M", f"title={title}", "-M", f"author={author}", "-M", f"date={day}",
                env={**os.environ, "SOURCE_DATE_EPOCH": "1550736000"})
            said = run(a.extract, "--meta", path).splitlines()
            if said != [title, author, day]:
                complaints.append(f"{path.name}: title, author, date: {said}")
            expected = words(plain(path, format_))
            got = words(run(a.extract, path))
            comparisons = [(format_, expected, without_title(got, expected))]
            if format_ == "docx" and has_docx:
                comparisons.append(("python-docx", words(run(a.python, "-c", READER, path)), got[:len(got) - len(words(NOTE))]))
            for name, wanted, found in comparisons:
                counts = f_score(wanted, found)
                totals[name] = [x + y for x, y in zip(totals[name], counts)]
                if 2 * counts[0] < FLOOR * (counts[1] + counts[2]):
                    complaints.append(f"{path.name} ({name}): F {2 * counts[0] / (counts[1] + counts[2]):.4f}\n"
                                      f"  wanted {' '.join(wanted)[:300]}\n  found  {' '.join(found)[:300]}")
    return totals, complaints


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--extract", required=True, help="the program tests/extract_text")
    ap.add_argument("--python", help="a Python that has python-docx")
    ap.add_argument("--keep", help="write the documents here")
    a = ap.parse_args()
    if not shutil.which("pandoc"):
        print("no pandoc here")
        sys.exit(SKIPPED)
    with tempfile.TemporaryDirectory(prefix="nergraph-office-") as temporary:
        folder = pathlib.Path(a.keep or temporary)
        folder.mkdir(exist_ok=True)
        totals, complaints = check(a, folder)
    for name, (same, expected, got) in totals.items():
        if not expected:
            print(f"{name}: not there")
            continue
        score = 2 * same / (expected + got)
        print(f"{name}: {expected} words, {got} found, F {score:.4f} (floor {FLOOR})")
        if score < FLOOR:
            complaints.append(f"{name}: F {score:.4f} is below {FLOOR}")
    print("\n".join(complaints), end="\n" if complaints else "")
    sys.exit(1 if complaints else 0)


main()
