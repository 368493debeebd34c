#!/usr/bin/env python3
"""Writes the model card from the measurements of evaluate.py. usage: card.py > CARD.md

Reads scores.md of each model in out/model and card_notes.md beside this script, which holds what a
person wrote: data, licences, recipe, what was tried and did not help, limits.
"""
import os

import common

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = (("shipped", "The built-in model"), ("without-corenlp", "The model without CoreNLP's labels"))


def section(text, level):
    """The Markdown with its headings `level` levels lower."""
    lines = text.splitlines()
    return "\n".join("#" * level + line if line.startswith("#") else line for line in lines)


def main():
    with open(os.path.join(HERE, "card_notes.md"), encoding="utf-8") as notes:
        before, _, after = notes.read().partition("<!-- scores -->\n")
    print(before.rstrip())
    for name, title in MODELS:
        folder = os.path.join(common.OUT, name)
        size = os.path.getsize(os.path.join(folder, "full.ngm"))
        print("\n## %s: what was measured\n" % title)
        print("%.1f MB. Every gold document was found in by a model that had not seen it." % (size / 1e6))
        with open(os.path.join(folder, "scores.md"), encoding="utf-8") as scores:
            print(section(scores.read().rstrip(), 0))
    print("\n" + after.rstrip())


if __name__ == "__main__":
    main()
