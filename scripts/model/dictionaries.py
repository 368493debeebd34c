#!/usr/bin/env python3
"""What each dictionary adds to the finding of names, on held-out folds.

usage: dictionaries.py [--only VARIANT,...] [--silver SHARE] [-j N]

For every variant - all tables; all tables with another sample of the silver text, which tells the
noise; all but one table or group - builds a program with these tables, trains five models that
have not seen one fifth of the gold and scores them (evaluate.py --parts folds). The models are
smaller than the shipped one: the gold, with its copies, and a part of the silver text.

Needs what build.sh leaves in out/model. Works in out/dictionaries; variants whose scores lie there
are not repeated. Prints a Markdown table: points of F1 (persons and places, mean of the nine
collections) that are lost without the table. Two minutes a variant on two cores.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys

import common

WORK = os.path.join(os.path.dirname(common.OUT), "dictionaries")
TABLES = os.path.join(common.ROOT, "src", "names", "tables")
HERE = os.path.dirname(os.path.abspath(__file__))
COPIES = ["--upper", "0.25", "--lower", "0.25"]
GROUPS = {
    "countries": ("country_names", "country_forms"),
    "demonyms, peoples": ("demonyms", "peoples"),
    "forenames": ("forenames", "given_extra", "nicknames"),
    "surnames": ("surnames", "family_extra"),
    "organizations": ("organizations", "org_words"),
    "place words": ("place_words", "place_context"),
    "given_extra": ("given_extra",), "family_extra": ("family_extra",),
    "nicknames": ("nicknames",), "cities": ("cities",), "subdivisions": ("subdivisions",),
    "geography": ("geography",), "metonyms": ("metonyms",), "languages": ("languages",),
    "titles": ("titles",), "person_words": ("person_words",), "particles": ("particles",),
    "not_names": ("not_names",), "common_words": ("common_words",),
}


def population(least):
    """Keeps cities of so many people and more."""
    return lambda row: int(row[4]) >= least


def heavier(least):
    """Keeps names of so much weight and more."""
    return lambda row: int(row[1]) >= least


PARTS = {  # a table and what stays of it
    "cities of 15,000 and more": ("cities", population(15000)),
    "cities of 50,000 and more": ("cities", population(50000)),
    "surnames above the least weight": ("surnames", heavier(15)),
}


def write_tables(folder, change):
    """Copies the tables; change(name) is None or tells which rows stay."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for name in sorted(os.listdir(TABLES)):
        keeps = change(name[:-4]) if name.endswith(".tsv") else None
        with open(os.path.join(TABLES, name), encoding="utf-8", newline="") as lines, \
                open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as out:
            for line in lines:
                if keeps is None or line.startswith("#") or keeps(line.rstrip("\n").split("\t")):
                    out.write(line)


def change_of(variant):
    """Which rows of which table a variant keeps."""
    if variant in GROUPS:
        return lambda name: (lambda row: False) if name in GROUPS[variant] else None
    if variant in PARTS:
        return lambda name: PARTS[variant][1] if name == PARTS[variant][0] else None
    return lambda name: None


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def build(variant):
    """The program with the variant's tables."""
    folder, tables = os.path.join(WORK, "build"), os.path.join(WORK, "tables")
    write_tables(tables, change_of(variant))
    run("cmake", "-S", common.ROOT, "-B", folder, "-G", "Ninja", "-DNERGRAPH_BUILD_TESTS=OFF",
        "-DNERGRAPH_NAME_TABLES=" + tables)
    run("ninja", "-C", folder, "nergraph")
    return os.path.join(folder, "nergraph")


def mixed(a, what, name, *options):
    """A file of mix.py, made once."""
    path = os.path.join(WORK, name)
    if not os.path.exists(path):
        run(sys.executable, os.path.join(HERE, "mix.py"), what, *options, "--shared", a.shared,
            "-o", path)
    return path


def score(a, variant, seed):
    """Trains the five models of a variant and scores them."""
    program, models = build(variant), os.path.join(WORK, "models")
    silver = mixed(a, "silver", "silver-%s.jsonl" % seed, "--share", str(a.silver), "--seed", seed)
    shutil.rmtree(models, ignore_errors=True)
    os.makedirs(models)
    for fold in range(5):
        gold = mixed(a, "gold", "gold-%d.jsonl" % fold, "--fold", str(fold), *COPIES)
        run(program, "train", "-q", gold, "--silver", silver, "--word-classes",
            os.path.join(common.OUT, "classes.tsv"), "-j", str(a.j),
            "-o", os.path.join(models, "fold-%d.ngm" % fold))
    out = os.path.join(WORK, "scores.json")
    run(sys.executable, os.path.join(HERE, "evaluate.py"), "--program", program, "--models", models,
        "--shared", a.shared, "--parts", "folds", "-o", out)
    with open(out, encoding="utf-8") as lines:
        folds = json.load(lines)["folds"]
    return {corpus: found["PERSON+PLACE"]["f1"] for corpus, found in folds.items()}


def mean(scores):
    return sum(scores.values()) / len(scores)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--silver", type=float, default=0.1)
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("-j", type=int, default=2)
    a = parser.parse_args()
    a.only = [name for name in a.only.split(",") if name]
    os.makedirs(WORK, exist_ok=True)
    kept = os.path.join(WORK, "scores.jsonl")
    done = {}
    if os.path.exists(kept):
        with open(kept, encoding="utf-8") as lines:
            done = dict(json.loads(line) for line in lines)
    variants = ["all tables", "all tables, other silver text", *GROUPS, *PARTS]
    for variant in variants:
        if variant in done or (a.only and variant not in a.only and variant != variants[0]):
            continue
        done[variant] = score(a, variant, "2" if variant == variants[1] else "1")
        with open(kept, "a", encoding="utf-8") as out:
            out.write(json.dumps([variant, done[variant]]) + "\n")
    corpora = sorted(done[variants[0]])
    print("| without | lost | %s |\n|%s" % (" | ".join(corpora), "---|" * (len(corpora) + 2)))
    for variant in variants:
        if variant in done:
            print("| %s | %.2f | %s |" % (variant, mean(done[variants[0]]) - mean(done[variant]),
                                          " | ".join("%.1f" % done[variant][c] for c in corpora)))


if __name__ == "__main__":
    main()
