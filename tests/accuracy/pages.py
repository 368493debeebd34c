#!/usr/bin/env python3
"""The words of an article are found in a saved web page: the thirty pages of tests/pages, counted word by word.

usage: pages.py [--command 'CMD {file}'] [--peer] [--floor F1] [--pages FOLDER] [--peer-python PYTHON]

CMD is run once for each page with {file} replaced by its path, and writes the text of the article in UTF-8 to
standard output. What counts are the words, lower-cased runs of letters, digits and apostrophes, each as often as it
stands there; their order does not. Precision is the share of the words written that are in the gold text, recall
the share of the gold text that was written, F1 their harmonic mean. The mean is that of the pages, so that a short
article weighs as much as a long one.

--peer reads the same pages with trafilatura (without comments, with tables), which --peer-python must have.

Exit 0 when the mean F1 of CMD reaches the floor and the peer's, 1 with the numbers when it does not, 2 when a page
or its gold text is missing or the peer cannot be run. Without --command nothing is held to the floor.
"""
import argparse
import collections
import json
import pathlib
import re
import shlex
import subprocess
import sys

PAGES = pathlib.Path(__file__).resolve().parents[1] / "pages"
# Run by the peer's Python: reads the pages that it is given, writes their texts as one JSON list.
PEER = """
import json, pathlib, sys, trafilatura
texts = [trafilatura.extract(pathlib.Path(page).read_bytes(), include_comments=False, include_tables=True) or ""
         for page in sys.argv[1:]]
json.dump(texts, sys.stdout)
"""


def read_gold(folder):
    """The pages of the folder in the order of their names, each with its gold text."""
    pages = []
    for page in sorted(folder.glob("*.html")):
        gold = page.with_suffix(".json")
        if not gold.is_file():
            raise FileNotFoundError(f"{page.name} has no gold text; write {gold.name}")
        pages.append((page, json.loads(gold.read_text(encoding="utf-8"))["text"]))
    if not pages:
        raise FileNotFoundError(f"there are no pages in {folder}; name their folder with --pages")
    return pages


def words(text):
    """How often each word is in the text."""
    return collections.Counter(re.findall(r"[\w']+", text.lower()))


def score(found, gold):
    """Precision, recall and F1 of the words found."""
    found, gold = words(found), words(gold)
    common = sum((found & gold).values())
    precision = common / found.total() if found else 0.0
    recall = common / gold.total() if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def run_command(command, page):
    """What the command writes for one page; nothing, with a line on standard error, when it fails."""
    arguments = [part.replace("{file}", str(page)) for part in shlex.split(command)]
    done = subprocess.run(arguments, capture_output=True, check=False)
    if done.returncode != 0:
        message = done.stderr.decode("utf-8", "replace").strip()
        print(f"{page.name}: the command ended with {done.returncode}: {message}", file=sys.stderr)
        return ""
    return done.stdout.decode("utf-8", "replace")


def run_peer(python, pages):
    """What trafilatura reads in the pages."""
    done = subprocess.run([python, "-c", PEER, *map(str, pages)], capture_output=True, check=False)
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise OSError(f"trafilatura cannot be run by {python}: {' '.join(last)}")
    return json.loads(done.stdout)


def show(name, texts, pages):
    """Prints a line for each page and the mean; returns the mean F1."""
    scores = [score(text, gold) for text, (_, gold) in zip(texts, pages)]
    means = [sum(column) / len(scores) for column in zip(*scores)]
    print(f"{name:<28}{'precision':>10}{'recall':>10}{'F1':>10}")
    for (page, _), numbers in zip(pages, scores):
        print(f"{page.stem:<28}" + "".join(f"{number:10.3f}" for number in numbers))
    print(f"{'mean':<28}" + "".join(f"{number:10.4f}" for number in means))
    return means[2]


def main():
    """Scores the command, the peer or both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--floor", type=float, default=0.95)
    parser.add_argument("--pages", type=pathlib.Path, default=PAGES)
    parser.add_argument("--peer-python", default="/tmp/venv9/bin/python")
    options = parser.parse_args()
    if options.command is None and not options.peer:
        parser.error("nothing to score: give --command, --peer or both")
    if options.command is not None and "{file}" not in options.command:
        parser.error("the command must say where the page goes: put {file} into it")
    try:
        pages = read_gold(options.pages)
        peer = run_peer(options.peer_python, [page for page, _ in pages]) if options.peer else None
    except OSError as error:
        print(error, file=sys.stderr)
        return 2
    least = options.floor
    if peer is not None:
        least = max(least, show("trafilatura", peer, pages))
    if options.command is None:
        return 0
    mean = show("command", [run_command(options.command, page) for page, _ in pages], pages)
    if mean < least:
        print(f"the mean F1 is {mean:.4f}, below {least:.4f}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
