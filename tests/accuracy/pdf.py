#!/usr/bin/env python3
"""PDF files say the words that pdftotext reads in them.

usage: pdf.py --program NERGRAPH_PDF [--chromium PROGRAM]

Each text of tests/samples is made a PDF by groff (in one column and in two) and, where there is a Chromium, printed by
it from a page. What nergraph-pdf reads is compared with pdftotext: F of their words, in order, at least 0.98 each.
Exit 0, 1 with the first that is worse, 77 (skipped) without groff or pdftotext.
"""
import argparse
import difflib
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FLOOR = 0.98
COLUMNS = ".nr PO 1i\n.nr LL 6.5i\n"


def words(text):
    return re.findall(r"\w+", text.lower())


def agreement(ours, theirs):
    same = sum(block.size for block in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks())
    return 2 * same / (len(ours) + len(theirs)) if ours or theirs else 1.0


def roff(text, columns):
    paragraphs = [line for part in re.split(r"\n\s*\n", text) for line in (" ".join(part.split()),) if line]
    body = "\n".join(".PP\n" + ("\\&" if part[0] in ".'" else "") + part.replace("\\", "\\e") for part in paragraphs)
    return (".2C\n" if columns == 2 else "") + body + "\n"


def by_groff(text, columns, target):
    made = subprocess.run(["groff", "-Tpdf", "-K", "utf8", "-ms"], input=roff(text, columns).encode(), capture_output=True, check=True)
    target.write_bytes(made.stdout)


def by_chromium(program, text, target):
    page = target.with_suffix(".html")
    page.write_text("<meta charset=utf-8><body>" + "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", text)))
    subprocess.run([program, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}", "--no-pdf-header-footer", str(page)],
                   check=True, capture_output=True, timeout=120)


def read(program, path):
    answer = subprocess.run([program, "60", "0"], input=path.read_bytes(), capture_output=True, check=True).stdout
    head, _, rest = answer.partition(b"\n")
    title, author, date, text = map(int, head.split()[2:])
    assert title + author + date + text == len(rest)
    return rest[title + author + date:].decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--chromium", default=shutil.which("chromium"))
    arguments = parser.parse_args()
    if not shutil.which("groff") or not shutil.which("pdftotext") or not pathlib.Path(arguments.program).exists():
        print("pdf: skipped: needs groff, pdftotext (poppler-utils) and a build with poppler")
        sys.exit(77)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for sample in sorted((HERE.parent / "samples").glob("*.txt")):
            text = sample.read_text(encoding="utf-8")
            makers = {"groff": lambda target: by_groff(text, 1, target), "two columns": lambda target: by_groff(text * 4, 2, target)}
            if arguments.chromium:
                makers["chromium"] = lambda target: by_chromium(arguments.chromium, text * 3, target)
            for name, make in makers.items():
                target = pathlib.Path(folder, f"{sample.stem}-{name.replace(' ', '-')}.pdf")
                make(target)
                theirs = subprocess.run(["pdftotext", str(target), "-"], capture_output=True, check=True).stdout.decode()
                ours = read(arguments.program, target)
                value = agreement(words(ours), words(theirs))
                found.setdefault(name, []).append(value)
                if value < FLOOR:
                    sys.exit(f"{sample.name}, {name}: {value:.4f} of the words agree with pdftotext, {FLOOR} are needed\n{ours[:1500]}")
    for name, values in found.items():
        print(f"{name}: {len(values)} files, words that agree with pdftotext: {sum(values) / len(values):.4f}, at least {min(values):.4f}")


if __name__ == "__main__":
    main()
