#!/usr/bin/env python3
"""Whether every name of a state leads to its code.

usage: states.py --program NERGRAPH [--shared DIR] [--list]

Names (short, long, local, former), abbreviations, nouns and adjectives of factbook_countries.tsv and the names of
cldr_territories_en.tsv in ../shared/data/gaz, cleaned of placeholders and remarks, each in three sentences of their
own. Right is a mention of exactly the name (with or without its article) whose actor has the code; of a form that
several states share the code of one of them. Prints the share by kind of name and, with --list, what is wrong.
Exit 0 when the share reaches the floor, 1 when it does not, 77 (skipped) when the lists are not there.
"""
import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys

SKIPPED = 77
WANTED, FLOOR = 99.5, 99.5
NAME_FRAMES = ("Officials from {} signed the treaty on Monday.", "The minister flew to {} yesterday.",
               "Relations between {} and Norway improved last year.")
ADJECTIVE_FRAMES = ("The {} government resigned on Monday.", "Two {} ministers arrived in Oslo.",
                    "A spokesman for the {} army denied it.")
NOUN_FRAMES = ("Several {} were arrested on Monday.", "The {} voted on Sunday.",
               "Two {} arrived in Oslo.")
EMPTY = {"", "none", "na", "n/a"}
NOT_NAMES = re.compile(r"^(note|about|still|current|former|and|along|includes|the island)\b", re.I)
# CLDR: no states but groups, tests and parts of states; islands that have a code inside another's
LEFT_OUT = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "EA", "IC", "CP", "CQ"}
ALSO = {"AC": "SH", "TA": "SH", "DG": "IO"}
SHARED = {"Virgin Islands": "VI VG", "Virgin Islander": "VI VG", "Virgin Islanders": "VI VG", "VI": "VI VG",
          "Danish West Indies": "VI VG", "Ruanda-Urundi": "BI RW",
          "Trust Territory of the Pacific Islands": "FM MH MP PW"}


def pieces(cell):
    """The names of a cell: remarks in brackets off, lists cut."""
    cell = re.sub(r"\((?:singular and plural|s)\)", lambda m: "(s)" if m.group() == "(s)" else "", cell)
    cell = re.sub(r"\((?!s\))[^)]*\)", "", cell)
    cell = re.sub(r"\[[^\]]*\]?|\]|;? *note\b.*", "", cell)
    if " and Oeno" not in cell and " and Yap" not in cell:  # lists that are one name
        cell = cell.replace(",", ";")
    for piece in re.split(r"[;/]|\bor\b", cell):
        piece = re.sub(r"\s+", " ", piece).strip(" .'")
        if piece.lower() not in EMPTY and not NOT_NAMES.match(piece) and " is " not in piece:
            yield piece


def singular_and_plural(noun):
    """Angolan(s) gives both."""
    if noun.endswith("(s)"):
        return [noun[:-3], noun[:-3] + "s"]
    return [noun]


def read_factbook(path):
    """(kind of name, name, code)."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    for line in lines[1:]:
        row = dict(zip(head, line.split("\t") + [""] * len(head)))
        if not re.fullmatch("[A-Z]{2}", row["iso2"]):
            continue
        for kind in ("short", "long", "local_short", "former", "abbr"):
            for name in pieces(row[kind].replace("Congo/", "Congo-")):
                yield kind, name, row["iso2"]
        for noun in pieces(row["noun"]):
            for form in singular_and_plural(noun):
                yield "noun", form, row["iso2"]
        for adjective in pieces(row["adj"]):
            yield "adjective", singular_and_plural(adjective)[0], row["iso2"]


def read_cldr(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, name = line.partition("\t")
        if re.fullmatch("[A-Z]{2}(-alt-.*)?", code) and name and code[:2] not in LEFT_OUT:
            yield "CLDR", name.replace(" - ", "-"), ALSO.get(code[:2], code[:2])


def frames_of(kind):
    return {"noun": NOUN_FRAMES, "adjective": ADJECTIVE_FRAMES}.get(kind, NAME_FRAMES)


def ask(program, sentences):
    """The mentions of each sentence."""
    lines = "".join(json.dumps({"id": str(i), "text": text}) + "\n" for i, text in enumerate(sentences))
    found = subprocess.run([program, "extract", "-q", "-"], input=lines, capture_output=True, check=True, text=True)
    return [json.loads(line)["mentions"] for line in found.stdout.splitlines()]


def is_right(mentions, text, name, codes):
    """One mention that is the name, or several that fill it ("Myanmar (Burma)"), all of a right code."""
    start = text.index(name)
    inside = [m for m in mentions if m["start"] < start + len(name) and m["end"] > start]
    rest = name
    for m in inside:
        rest = rest.replace(m["text"], "", 1)
    return bool(inside) and not re.sub(r"^the\b|\band\b|[\s()]", "", rest, flags=re.I) and \
        all(m["actor"] in {"country:" + c for c in codes} for m in inside)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--shared", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2] / ".." / "shared")
    parser.add_argument("--list", action="store_true")
    a = parser.parse_args()
    gaz = a.shared / "data" / "gaz"
    if not (gaz / "factbook_countries.tsv").exists():
        print("states.py: skipped, the lists are not in", gaz)
        return SKIPPED
    forms = collections.defaultdict(set)
    for kind, name, code in [*read_factbook(gaz / "factbook_countries.tsv"),
                             *read_cldr(gaz / "cldr_territories_en.tsv")]:
        forms[kind, name].add(code)
    codes = collections.defaultdict(set)
    for (_, name), own in forms.items():
        codes[name] |= own | set(SHARED.get(name, "").split())
    cases = [(kind, name, frame.format(name)) for kind, name in forms for frame in frames_of(kind)]
    counts, right = collections.Counter(), collections.Counter()
    for (kind, name, text), mentions in zip(cases, ask(a.program, [case[2] for case in cases])):
        is_good = is_right(mentions, text, name, codes[name])
        counts[kind] += 1
        right[kind] += is_good
        if a.list and not is_good:
            print("%s\t%s\t%s\t%s\t%s" % (kind, name, ",".join(sorted(codes[name])), text,
                                          [(m["text"], m["actor"]) for m in mentions]))
    for kind in counts:
        print("%-12s %5d of %5d  %6.2f %%" % (kind, right[kind], counts[kind], 100 * right[kind] / counts[kind]))
    share = 100 * sum(right.values()) / sum(counts.values())
    print("%-12s %5d of %5d  %6.2f %% (wanted: %.1f)" % ("all", sum(right.values()), sum(counts.values()), share,
                                                        WANTED))
    return 0 if share >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
