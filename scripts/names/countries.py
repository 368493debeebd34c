"""Names of countries and of their states and provinces."""

import json
import os
import re

import common

# What newspapers write where CLDR's standard name is something else.
CANONICAL = {
    "BA": "Bosnia and Herzegovina", "CC": "Cocos Islands", "CD": "DR Congo",
    "CG": "Republic of the Congo", "CI": "Ivory Coast", "HK": "Hong Kong",
    "MM": "Myanmar", "MO": "Macau", "PS": "Palestine", "SZ": "Eswatini", "TL": "East Timor",
    "TR": "Turkey", "VA": "Vatican City", "AG": "Antigua and Barbuda",
    "KN": "Saint Kitts and Nevis", "LC": "Saint Lucia", "PM": "Saint Pierre and Miquelon",
    "SH": "Saint Helena", "BL": "Saint Barthélemy", "MF": "Saint Martin",
    "VC": "Saint Vincent and the Grenadines", "ST": "São Tomé and Príncipe",
    "TT": "Trinidad and Tobago", "TC": "Turks and Caicos Islands", "WF": "Wallis and Futuna",
    "GS": "South Georgia and the South Sandwich Islands", "HM": "Heard Island and McDonald Islands",
    "SJ": "Svalbard and Jan Mayen", "VI": "US Virgin Islands", "UM": "US Outlying Islands",
    "BQ": "Caribbean Netherlands", "FK": "Falkland Islands",
}
NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
# Two countries share it, or it is an ordinary abbreviation, a long or a former name: written by hand.
NOT_NAMES = {"congo", "us", "uk", "usa", "un", "korea", "swaziland", "burma", "samoa american", "maurice"}
LONG = re.compile(r"(?i)\b(republic|state|states|kingdom|federation|territory) of\b|, | - |\(|people's|"
                  r"\bsar\b|\barab republic\b|r[eé]p[uú]blica? moldova|r[eé]publi(que|ca) (d[eu]|democr)|democrática")


def territories(paths, locale):
    path = os.path.join(paths["localenames"], "main", locale, "territories.json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as data:
        main = json.load(data)["main"]
    return next(iter(main.values()))["localeDisplayNames"]["territories"]


def spellings(name):
    """The name, and with "and" for "&" and "Saint" for "St."."""
    name = common.nfc(name)
    yield name
    plain = name.replace(" & ", " and ")
    yield plain
    if plain.startswith("St. "):
        yield "Saint " + plain[4:]
        yield "St " + plain[4:]
    if plain.startswith("Saint "):
        yield "St. " + plain[6:]


def official_languages(paths, code):
    path = os.path.join(paths["core"], "supplemental", "territoryInfo.json")
    with open(path, encoding="utf-8") as data:
        info = json.load(data)["supplemental"]["territoryInfo"]
    for language, facts in info.get(code, {}).get("languagePopulation", {}).items():
        if facts.get("_officialStatus") in ("official", "de_facto_official"):
            yield language.replace("_", "-")


def build_countries(paths):
    english = territories(paths, "en")
    with open(os.path.join(paths["iso"], "langs", "en.json"), encoding="utf-8") as data:
        iso = json.load(data)["countries"]
    codes = sorted(c for c in english if re.fullmatch("[A-Z]{2}", c) and c not in NOT_COUNTRIES)
    rows, taken = [], {}
    for code in codes:
        name = CANONICAL.get(code, common.nfc(english[code]).replace(" & ", " and "))
        rows.append((name, code, "canonical"))
        assert common.fold(name) not in taken, name
        taken[common.fold(name)] = code
    for code in codes:
        others = [v for k, v in sorted(english.items()) if k == code or k.startswith(code + "-alt")]
        extra = iso.get(code, [])
        others += [extra] if isinstance(extra, str) else extra
        forms = [form for name in [r[0] for r in rows if r[1] == code and r[2] == "canonical"] + others
                 for form in spellings(name)]
        for form in forms:
            key = common.fold(form)
            if key in NOT_NAMES or LONG.search(form) or common.count_letters(form) < 4:
                continue
            if taken.setdefault(key, code) == code and (form, code, "canonical") not in rows:
                rows.append((form, code, "name"))
    local = set()
    ordinary = common.read_common_words(20)
    for code in codes:
        for language in official_languages(paths, code):
            names = territories(paths, language)
            for key, name in sorted(names.items()):
                if key != code and key != code + "-alt-variant":
                    continue
                name = common.nfc(name)
                folded = common.fold(name)
                if (common.is_latin(name) and name[0].isupper() and common.count_letters(name) >= 4
                        and not LONG.search(name) and folded not in ordinary and folded not in taken
                        and folded not in NOT_NAMES):
                    local.add((name, code, "local"))
    by_form = {}
    for name, code, _ in local:
        by_form.setdefault(common.fold(name), set()).add(code)
    rows += [row for row in local if len(by_form[common.fold(row[0])]) == 1]
    seen, unique = set(), []
    for row in rows:
        if row[:2] not in seen:
            seen.add(row[:2])
            unique.append(row)
    return unique


GENERIC = re.compile(r" (Province|Region|Governorate|Oblast|Krai|County|Department|District|State|"
                     r"Prefecture|Voivodeship|Municipality|Canton|Parish|Division|Emirate)$")


def build_subdivisions(paths, countries):
    with open(os.path.join(paths["subdivisions"], "subdivisions", "en", "en.json"), encoding="utf-8") as data:
        names = json.load(data)["subdivisions"]["localeDisplayNames"]["subdivisions"]
    with open(os.path.join(paths["core"], "supplemental", "subdivisionContainment.json"), encoding="utf-8") as data:
        tree = json.load(data)["supplemental"]["subdivisionContainment"]
    first = {sub for country, subs in tree.items() if re.fullmatch("[A-Z]{2}", country)
             for sub in subs.get("_contains", [])}
    country_forms = {common.fold(form): code for form, code, _ in countries}
    ordinary = common.read_common_words(40)
    rows, dropped = set(), []
    for sub, name in sorted(names.items()):
        if sub not in first:
            continue
        country = sub[:2].upper()
        code = f"{country}-{sub[2:].upper()}"
        base = common.nfc(re.sub(r"\s*\(.*?\)", "", name)).replace(" & ", " and ")
        for form in {base, GENERIC.sub("", base)}:
            folded = common.fold(form)
            if not common.is_latin(form) or common.count_letters(form) < 4 or not form[0].isupper():
                continue
            # Overseas parts have country codes of their own.
            if folded in country_forms and country in ("US", "FR", "NL", "CN", "FI", "NO"):
                if (folded, country) != ("georgia", "US"):
                    continue
            if folded in ordinary or folded in ("central", "north", "south", "northern", "southern",
                                                "eastern", "western", "centre", "capital",
                                                "east", "west", "coast", "highlands", "lakes"):
                dropped.append(form)
                continue
            rows.add((form, code, country))
    print("subdivisions left out as ordinary words:", ", ".join(sorted(set(dropped))))
    return rows
