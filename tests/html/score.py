#!/usr/bin/env python3
"""Compares what html_text reads from pages with what a person would keep.

usage: score.py HTML_TEXT FOLDER [--trafilatura] [--diff]

FOLDER holds NAME.html and NAME.txt: lines "title:", "author:", "date:", an empty line, the text.
Of each page the F1 of words is printed (words as a bag, letters and digits alone, case folded), and
of title, author and date whether they are the same. Exit 1 when a page is below FLOOR, the mean below
MEAN, or a title, author or date differs. --trafilatura prints its F1, too (it must be installed);
--diff the words that are missing and those that are too many.
"""
import collections
import pathlib
import re
import subprocess
import sys

FLOOR, MEAN = 0.96, 0.99


def words(text):
    return collections.Counter(re.findall(r"\w+", text.casefold()))


def f1(found, wanted):
    common = sum((found & wanted).values())
    total = sum(found.values()) + sum(wanted.values())
    return 2 * common / total if total else 1.0


def main():
    options = {a for a in sys.argv[1:] if a.startswith("--")}
    program, folder = [a for a in sys.argv[1:] if not a.startswith("--")]
    failures, scores, theirs = [], [], []
    for page in sorted(pathlib.Path(folder).glob("*.html")):
        head, _, text = page.with_suffix(".txt").read_text(encoding="utf-8").partition("\n\n")
        given = dict(line.split(": ", 1) if ": " in line else (line.rstrip(":"), "")
                     for line in head.splitlines())
        run = lambda *extra: subprocess.run([program, *extra, page], capture_output=True, check=True).stdout.decode()
        meta = dict(line.split(": ", 1) for line in run("--meta").splitlines())
        found, wanted = words(run()), words(text)
        score = f1(found, wanted)
        scores.append(score)
        wrong = [f"{k}: {meta[k]!r}, not {given.get(k, '')!r}" for k in ("title", "author", "date")
                 if meta[k] != given.get(k, "")]
        line = f"{page.stem:28} {score:.3f}"
        if "--trafilatura" in options:
            import trafilatura
            other = trafilatura.extract(page.read_bytes(), include_comments=False) or ""
            theirs.append(f1(words(other), wanted))
            line += f"  trafilatura {theirs[-1]:.3f}"
        print(line + "".join("\n    " + w for w in wrong))
        if "--diff" in options and score < 0.995:
            print("    missing:", " ".join((wanted - found).elements())[:600])
            print("    too many:", " ".join((found - wanted).elements())[:600])
        if score < FLOOR:
            failures.append(f"{page.stem}: F1 {score:.3f} is below {FLOOR}")
        failures += [f"{page.stem}: {w}" for w in wrong]
    if not scores:
        failures.append("no pages")
    mean = sum(scores) / max(1, len(scores))
    print(f"mean of {len(scores)} pages: {mean:.4f}"
          + (f"  trafilatura {sum(theirs) / len(theirs):.4f}" if theirs else ""))
    if mean < MEAN:
        failures.append(f"mean {mean:.4f} is below {MEAN}")
    print("\n".join(failures))
    sys.exit(1 if failures else 0)


main()
