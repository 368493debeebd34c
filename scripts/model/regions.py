"""Six regions of the world for names of people, and which names are never trained on.

usage: regions.py [NAMES.tsv]  prints the counts

Names are the full names (two words or more) of politician_names.tsv; a name belongs to the region
of its country. The 1,000 names of each region with the smallest hash are held out: they measure
and stand in no training text that is made from the list. A name of two regions counts in neither.

The list was made from tables and scanned books: a role before a name is taken off ("Mr.", "The
Honourable", "President-elect") and "al- Abadi" is closed up. What nobody would write in running
text is left out: one word alone, a surname that begins with its particle ("van Roijen", "De
Michelis"), a last word in small letters ("Kuan hua"), words in capitals other than Roman numbers
("DI Lutete", "FAISAL"; initials have points), "X of Y", letters that are not Latin, stray marks
and points ("Padilla. Nervo").
"""
import os
import re
import sys
import unicodedata

import common

HELD_OUT = 1000
ROLES = set("""the honourable honorable reverend rev mr mrs ms miss dr prof sir lady president-elect
chancellor-elect president-designate co-prince president chancellor premier prime minister secretary
king queen prince princess general gen lt-gen lieutenant lieutenant-general senator serene highness
majesty ambassador h.m chief executive crown""".split())
PARTICLES = set("de da di del della dos das do du von der".split())
NOT_IN_NAMES = set("of the and see state member minister minster president".split())
ROMAN = re.compile(r"[IVX]+\Z")
MARKS = ".-'’‘ʻʼ "
REGIONS = {
    "africa": """Angola|Benin|Botswana|Burkina Faso|Burundi|CAR|Cabo Verde|Cameroon|Cape Verde
        |Central African Republic|Chad|Comoros|Congo|Cote d'Ivoire|Côte d'Ivoire|Ivory Coast|DRC
        |Democratic Republic of the Congo|Republic of the Congo|Dahomey|Djibouti|Equatorial Guinea
        |Eritrea|Eswatini|Swaziland|Ethiopia|Gabon|Gambia|The Gambia|Ghana|Guinea|Guinea-Bissau
        |Kenya|Lesotho|Liberia|Madagascar|Malawi|Mali|Mauritania|Mauritius|Mozambique|Namibia|Niger
        |Nigeria|Rwanda|Sao Tome and Principe|Senegal|Seychelles|Sierra Leone|Somalia|South Africa
        |South Sudan|Sudan|Tanzania|United Republic of Tanzania|Tanzania, United Republic of|Togo
        |Uganda|Upper Volta|Zaire|Zambia|Zimbabwe""",
    "middle east": """Afghanistan|Algeria|Armenia|Azerbaijan|Bahrain|Egypt|Iran|Iraq|Israel|Jordan
        |Kazakhstan|Kuwait|Kyrgyzstan|Lebanon|Libya|Morocco|Oman|Palestine|State of Palestine|Qatar
        |Saudi Arabia|Syria|Syrian Arab Republic|Tajikistan|Tunisia|Turkey|Turkmenistan|UAE
        |United Arab Emirates|United Arab Republic|Uzbekistan|Yemen|Democratic Yemen""",
    "asia and pacific": """Bangladesh|Bhutan|Brunei|Brunei Darussalam|Burma|Myanmar|Cambodia
        |East Timor|Timor-Leste|India|Indonesia|Laos|Lao People's Democratic Republic|Malaysia
        |Maldives|Nepal|Pakistan|Philippines|Singapore|Sri Lanka|Thailand|Viet Nam|Vietnam
        |North Vietnam|South Vietnam|Karnataka|China|China, People’s Republic of
        |People's Republic of China|Japan|Korea|Korea, Republic of|Republic of Korea|South Korea
        |North Korea|Mongolia|Taiwan|Hong Kong|Cook Islands|Fiji|Kiribati|Marshall Islands
        |Marshall islands|Micronesia|Federated States of Micronesia|Nauru|Palau|Papua New Guinea
        |Samoa|Western Samoa|Solomon Islands|Solomon islands|Tonga|Tuvalu|Vanuatu""",
    "latin america": """Antigua and Barbuda|Argentina|Bahamas|The Bahamas|Barbados|Belize|Bolivia
        |Bolivia, Plurinational State of|Brazil|Chile|Colombia|Costa Rica|Cuba|Dominica
        |Dominican Republic|Ecuador|El Salvador|Grenada|Guatemala|Guyana|Haiti|Honduras|Jamaica
        |Mexico|Nicaragua|Panama|Paraguay|Peru|Saint Kitts and Nevis|Saint Lucia|Suriname
        |Saint Vincent and the Grenadines|Trinidad and Tobago|Uruguay|Venezuela""",
    "europe": """Albania|Andorra|Austria|Belarus|Belgium|Bosnia and Herzegovina|Bulgaria|Croatia
        |Cyprus|Czech Republic|Czechia|Czechoslovakia|Denmark|East Germany|Estonia|Finland|France
        |Georgia|Germany|Germany, Federal Republic of|Greece|Hungary|Iceland|Ireland
        |Italy|Kosovo|Latvia|Liechtenstein|Lithuania|Luxembourg|Macedonia|Malta|Moldova|Monaco
        |Montenegro|Netherlands|North Macedonia|Northern Ireland|Norway|Poland|Portugal
        |Republic of Ireland|Romania|Russia|Russian Federation|San Marino|Scotland|Serbia|Slovakia
        |Slovenia|Soviet Union|Spain|Sweden|Switzerland|UK|USSR|Ukraine|United Kingdom|Wales
        |Yugoslavia""",
    "north america, australia, new zealand": """United States|United States of America|USA|Canada
        |Australia|New Zealand|New South Wales|South Australia""",
}


def is_latin(c):
    """Whether a letter is Latin, so that no letter of another script hides among look-alikes."""
    return not c.isalpha() or unicodedata.name(c, "").startswith(("LATIN", "MODIFIER"))


def cleaned(name):
    """The name as running text has it; None if it would not stand there (see above)."""
    words = re.sub(r"^(Mrs?|Dr)\.(?=\w)", "", re.sub(r"(?<=\w-) ", "", name)).split()
    while words and words[0].lower().rstrip(".") in ROLES:
        del words[0]
    if not 2 <= len(words) <= 5 or not words[0].lstrip(MARKS)[:1].isupper():
        return None
    if words[0].lower() in PARTICLES or words[-1].islower() and not re.search(r"[-'’]", words[-1]):
        return None
    if any(re.match(r"\w{3,}\.", word) for word in words):
        return None
    for word in words:
        shouted = any(a.isupper() and b.isupper() for a, b in zip(word, word[1:]))
        if word.lower() in NOT_IN_NAMES or word[-1] == "-" or shouted and not ROMAN.match(word):
            return None
        if "Minister" in word or not all(is_latin(c) and (c.isalpha() or c in MARKS) for c in word):
            return None
    return " ".join(words)


def read_names(path):
    """{region: [name, ...]}, each list in the order of the names' hashes."""
    region_of = {" ".join(country.split()): region for region, countries in REGIONS.items()
                 for country in countries.split("|")}
    regions = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, country = line.rstrip("\n").split("\t")[:2]
            name = cleaned(name)
            if name and country in region_of:
                regions.setdefault(name, set()).add(region_of[country])
    names = {region: [] for region in REGIONS}
    for name in sorted(regions, key=lambda n: (common.fnv1a64(n), n)):
        if len(regions[name]) == 1:
            names[next(iter(regions[name]))].append(name)
    return names


def split_names(path):
    """({region: held-out names}, {region: names that may be trained on})."""
    names = read_names(path)
    return ({region: ours[:HELD_OUT] for region, ours in names.items()},
            {region: ours[HELD_OUT:] for region, ours in names.items()})


def main():
    path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(
        common.SHARED, "data", "gaz", "politician_names.tsv")
    held, free = split_names(path)
    for region in REGIONS:
        print("%-38s held out %d, free %d" % (region, len(held[region]), len(free[region])))


if __name__ == "__main__":
    main()
