#!/usr/bin/env python3
"""Prints how much of the lists in the shared data the tables cover, and what is missing.

The lists (gaz/ in the folder given, default ../shared/data) are only compared with, never copied.
"""

import argparse
import csv
import os
import sys

import common


def rows_of(folder, name, delimiter="\t"):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def first_cells(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as lines:
        for line in lines:
            cell = line.split("\t")[0].strip()
            if cell:
                yield cell


def report(label, wanted, known, shown):
    """`wanted`: pairs of a form and the other forms that would do as well."""
    wanted = sorted(wanted)
    missing = [form for form, others in wanted
               if not any(common.fold(common.nfc(f)) in known for f in (form,) + others)]
    share = 100 * (len(wanted) - len(missing)) / max(1, len(wanted))
    print(f"{label}: {len(wanted) - len(missing)} of {len(wanted)} ({share:.1f} %)")
    if missing:
        more = f" ... and {len(missing) - shown} more" if len(missing) > shown else ""
        print("  missing: " + ", ".join(missing[:shown]) + more)


def known_forms(name, column=0):
    return {common.fold(row[column]) for row in common.read_table(name)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", default=os.path.join("..", "shared", "data"))
    parser.add_argument("--shown", type=int, default=40, help="how many missing forms to print")
    options = parser.parse_args()
    gaz = os.path.join(options.folder, "gaz")
    if not os.path.isdir(gaz):
        sys.exit(f"check: no lists in {gaz}; give the folder that holds gaz/. Nothing was checked.")

    countries = known_forms("country_names.tsv")
    by_hand = countries | known_forms("country_forms.tsv")
    factbook = list(rows_of(gaz, "factbook_countries.tsv"))
    for label, known in (("country_names.tsv", countries), ("with country_forms.tsv", by_hand)):
        report(f"{label}: short names of the Factbook",
               {(row["short"], ()) for row in factbook if row["short"] and row["iso2"]}, known, options.shown)
    report("country_names.tsv: local short names",
           {(row["local_short"], ()) for row in factbook if row["local_short"]}, by_hand, options.shown)

    cities = set()
    for row in common.read_table("cities.tsv"):
        cities.add(common.fold(row[1]))
        cities.update(common.fold(form) for form in row[7].split("|") if form)
    places = list(rows_of(gaz, "naturalearth_populated_places.tsv"))
    for least in (1000000, 100000, 0):
        report(f"cities.tsv: populated places of {least} and more",
               {(row["NAME"], (row["NAMEASCII"], row["name_en"])) for row in places
                if float(row["POP_MAX"] or 0) >= least}, cities, options.shown)
    report("cities.tsv: capitals of the Factbook",
           {(row["capital"].split(" (")[0].split(";")[0], ()) for row in factbook if row["capital"]},
           cities, options.shown)
    report("subdivisions.tsv: subdivisions of CLDR (two levels there)",
           {(line.split("\t")[1].strip(), ()) for line in open(os.path.join(gaz, "cldr_subdivisions_en.tsv"),
                                                             encoding="utf-8") if "\t" in line},
           known_forms("subdivisions.tsv"), 10)
    report("forenames.tsv", {(form, ()) for form in first_cells(gaz, "forenames.tsv")},
           known_forms("forenames.tsv"), options.shown)
    report("with given_extra.tsv", {(form, ()) for form in first_cells(gaz, "forenames.tsv")},
           known_forms("forenames.tsv") | known_forms("given_extra.tsv"), options.shown)
    report("surnames.tsv", {(form, ()) for form in first_cells(gaz, "surnames.tsv")},
           known_forms("surnames.tsv"), options.shown)


if __name__ == "__main__":
    main()
