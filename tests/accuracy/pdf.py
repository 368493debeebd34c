#!/usr/bin/env python3
"""PDF files are read as pdftotext reads them: their words, in order; and their paragraphs are whole.

usage: pdf.py --program NERGRAPH [--keep FOLDER] [--report]

The samples in tests/samples are printed by groff (one column and two, justified, words divided) and, where it is
installed, by Chromium (wide lines; lines two apart with indented paragraphs; two columns one letter apart).
`nergraph-pdf`, beside the program, reads them. WORDS is the least share of words that are the same, in order, as
pdftotext's, and as the samples'; of columns, which pdftotext mixes, pdftotext's words are compared in any order.
PARAGRAPHS is the least share of the samples' paragraphs that come out whole. We keep the hyphen of "al-" "Tom".

Exit 0 when the floors hold, 1 when not, 77 (skipped) when groff, pdftotext or nergraph-pdf is missing.
"""
import argparse
import collections
import difflib
import html
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata

WORDS = 0.98
PARAGRAPHS = 0.95
SKIPPED = 77
SAMPLES = pathlib.Path(__file__).resolve().parent.parent / "samples"
STYLES = {"wide": "", "indented": "body{line-height:2.2;font-family:serif;text-align:justify}h2{margin:1em 0}"
                                  "p{margin:0;text-indent:2em}",
          "two columns": "body{columns:2;text-align:justify;font-size:10pt}"}


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def run(*command, data=None):
    return subprocess.run([str(c) for c in command], input=data, capture_output=True, check=True, timeout=180).stdout


def groff_pdf(articles, columns):
    source = [".LP"] if columns == 1 else [".2C", ".LP"]
    for article in articles:
        for i, paragraph in enumerate(article):
            clean = re.sub(r"^([.'])", r"\\&\1", paragraph.replace("\\", "\\e"), flags=re.M)
            source.append((".SH\n" if i == 0 else ".PP\n") + clean)
    return run("groff", "-Kutf8", "-ms", "-Tpdf", data="\n".join(source).encode())


def chromium_pdf(articles, style, folder):
    parts = "".join(("<h2>" if i == 0 else "<p>") + html.escape(p) for a in articles for i, p in enumerate(a))
    page, target = folder / "page.html", folder / "page.pdf"
    page.write_text(f"<!doctype html><meta charset=utf-8><title>Articles</title><style>{style}</style>{parts}",
                    encoding="utf-8")
    run("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={target}", page)
    return target.read_bytes()


def in_order(a, b):
    """The share of words in the longest sequence that both have (Hyyrö 2004, one bit a word of `a`)."""
    places, mask = collections.defaultdict(int), (1 << len(a)) - 1
    for i, word in enumerate(a):
        places[word] |= 1 << i
    bits = mask
    for word in b:
        here = bits & places.get(word, 0)
        bits = (bits + here | bits - here) & mask
    return (len(a) - bin(bits).count("1")) / max(len(a), len(b))


def compare(name, pdf, articles, program, report):
    """The shares of words, as pdftotext and as the source has them, and of paragraphs."""
    wanted = words(run("pdftotext", "-", "-", data=pdf).decode())
    begin = time.monotonic()
    text = run(program, "--text", data=pdf).decode()
    seconds = time.monotonic() - begin
    ours = words(text)
    same = in_order(wanted, ours)
    if "columns" in name:
        same = sum((collections.Counter(wanted) & collections.Counter(ours)).values()) / max(len(wanted), len(ours))
    true = in_order(words(" ".join(p for a in articles for p in a)), ours)
    squeeze = lambda t: " ".join(unicodedata.normalize("NFKC", t).replace("\u2019", "'").split())
    have = {squeeze(p) for p in text.split("\n\n")}
    paragraphs = [squeeze(p) for a in articles for p in a]
    lost = [p for p in paragraphs if p not in have]
    whole = 1 - len(lost) / len(paragraphs)
    print(f"{name}: {len(wanted)} words, {same:.4f} as pdftotext, {true:.4f} as the source; {whole:.4f} of {len(paragraphs)} paragraphs whole")
    if report:
        print(f"  {len(pdf)} bytes in {seconds:.3f} s: {len(pdf) / 1e6 / seconds:.2f} MB/s of PDF")
        for operation, a, b, c, d in difflib.SequenceMatcher(None, wanted, ours, autojunk=False).get_opcodes():
            if operation != "equal" and "columns" not in name:
                print("  ", operation, wanted[a:b], ours[c:d])
        for paragraph in lost:
            print("   not whole:", paragraph[:90])
    return same, true, whole


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--report", action="store_true")
    arguments = parser.parse_args()
    program = arguments.program.resolve().with_name("nergraph-pdf")
    missing = [tool for tool in ("groff", "pdftotext") if not shutil.which(tool)]
    if missing or not program.exists():
        print("skipped:", ", ".join(missing) or "nergraph was built without poppler-glib", "is missing")
        sys.exit(SKIPPED)
    articles = [[" ".join(p.split()) for p in f.read_text(encoding="utf-8").strip().split("\n\n")]
                for f in sorted(SAMPLES.glob("*.txt"))] * 3
    with tempfile.TemporaryDirectory(prefix="nergraph-pdf-") as scratch:
        folder = pathlib.Path(scratch)
        files = {"groff": groff_pdf(articles, 1), "groff, two columns": groff_pdf(articles, 2)}
        if shutil.which("chromium"):
            try:
                for name, style in STYLES.items():
                    files["chromium, " + name] = chromium_pdf(articles, style, folder)
            except (subprocess.SubprocessError, OSError):
                print("chromium does not run here: groff alone")
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (arguments.keep / (name.replace(", ", "-").replace(" ", "-") + ".pdf")).write_bytes(data)
    shares = [compare(name, data, articles, program, arguments.report) for name, data in files.items()]
    sys.exit(0 if all(same >= WORDS and true >= WORDS and whole >= PARAGRAPHS for same, true, whole in shares) else 1)


main()
