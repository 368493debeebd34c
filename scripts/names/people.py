"""Forenames and surnames."""

import ast
import glob
import math
import os
import re
import unicodedata

import common

DEFAULT_WEIGHT = 50
# Function words, particles and abbreviations that lists of names hold.
NOT_NAMES = set("""am an as at be bin bint by dr ibn if in is it jc jr me mr mrs my no of on or sr the un
up us we wm""".split())
NAME = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*$")
O_NAMES = set("""bannon banion beirne berry boyle brian brien bryan bryant byrne cain callaghan callahan
carroll conner connell connor day dea dell doherty donnell donoghue donohoe donohue donovan
dougherty dowd driscoll dwyer
fallon farrell flaherty flanagan flynn gara gorman grady gwynn hagan halloran hanlon hara hare hearn hern
kane keefe keeffe kelley kelly laughlin leary loughlin mahoney mahony malley mara meara melia neal neale
neill neil nealy quinn quin rear regan reilly riley riordan roark rorke rourke ryan shaughnessy shea
steen sullivan toole""".split())
D_NAMES = set("""agostino alessandro amato ambrosio amico amore andrea angelo annunzio antonio arcy
augustine avanzo elia eramo ercole errico onofrio orazio souza urso""".split())

# Lists of Faker taken, by their own comments, from a collection under the GFDL or from sites that keep
# their rights, whatever the package's licence says.
UNCLEAR = {"de_LU", "en_IN", "en_KE", "en_NG", "en_PK", "ig_NG", "mk_MK", "sw"}

RUSSIAN = dict(zip("абвгдезийклмнопрстуфыэ", "a b v g d e z i y k l m n o p r s t u f y e".split()))
RUSSIAN.update({"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
                "ъ": "", "ь": "", "ю": "yu", "я": "ya"})
UKRAINIAN = dict(RUSSIAN, г="h", ґ="g", и="y", і="i", ї="i", є="ie")
BULGARIAN = dict(RUSSIAN, щ="sht", ъ="a", х="h")
MACEDONIAN = dict(RUSSIAN, ј="j", љ="lj", њ="nj", ѓ="gj", ќ="kj", џ="dj", ѕ="dz", ц="c", х="h")
GREEK = dict(zip("αβγδεζηικλμνοπρσςτυφω", "a v g d e z i i k l m n o p r s s t y f o".split()))
GREEK.update({"θ": "th", "ξ": "x", "χ": "ch", "ψ": "ps", "ου": "ou", "αυ": "av", "ευ": "ef", "μπ": "b",
              "ντ": "nt", "γγ": "ng", "γκ": "gk"})
GEORGIAN = dict(zip("აბგდევზთიკლმნოპრსტუფქყჯჰ", "a b g d e v z t i k l m n o p r s t u p k q j h".split()))
GEORGIAN.update({"ჟ": "zh", "ღ": "gh", "შ": "sh", "ჩ": "ch", "ც": "ts", "ძ": "dz", "წ": "ts", "ჭ": "ch",
                 "ხ": "kh"})
ARMENIAN = dict(zip("աբգդեզէըթիլկհմյնոպջռսվտրքֆօ", "a b g d e z e y t i l k h m y n o p j r s v t r k f o".split()))
ARMENIAN.update({"ժ": "zh", "խ": "kh", "ծ": "ts", "ձ": "dz", "ղ": "gh", "ճ": "ch", "շ": "sh", "չ": "ch",
                 "ց": "ts", "փ": "p", "և": "ev", "ու": "u"})
LETTERS = {"ru": RUSSIAN, "uk": UKRAINIAN, "bg": BULGARIAN, "mk": MACEDONIAN, "el": GREEK, "ka": GEORGIAN,
           "hy": ARMENIAN}


def romanise(word, language):
    """The spellings newspapers use for a word in another alphabet; none for scripts not known here."""
    letters = LETTERS.get(language)
    if not letters:
        return []
    word = word.lower()
    if language == "el":
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    out, i = "", 0
    while i < len(word):
        pair = word[i:i + 2]
        if len(pair) == 2 and pair in letters:
            out, i = out + letters[pair], i + 2
        elif word[i] in letters:
            out, i = out + letters[word[i]], i + 1
        elif word[i] in "'-ʼ’":
            out, i = out + ("-" if word[i] == "-" else ""), i + 1
        else:
            return []
    forms = {out}
    if language == "ru":
        if word.startswith("е"):
            forms.add("y" + out)
        if word.endswith(("ий", "ый")):
            forms = {f[:-2] + end for f in forms for end in (("y", "i") if word.endswith("ий") else ("y",))}
        if word.endswith(("ей", "ай")):
            forms |= {f[:-1] + "i" for f in forms}
        if "ё" in word:
            forms |= {f.replace("yo", "e") for f in forms}
        forms |= {f.replace("ks", "x") for f in forms}
        forms |= {re.sub("(?<=[ln])iya$", "ia", f) for f in forms}
        forms |= {f[:-3] + "ia" for f in forms if f.endswith("iya")}
    if language == "uk":
        if word.startswith("є"):
            forms = {"ye" + f[2:] for f in forms}
        if word.startswith("ї"):
            forms = {"y" + f for f in forms}
        forms |= {f.replace("ks", "x") for f in forms}
    return sorted(forms)


def title(word):
    """Title case of a name written in one case; mixed case stays."""
    if word.isupper() or word.islower():
        word = "-".join("'".join(part[:1].upper() + part[1:].lower() for part in piece.split("'"))
                        for piece in word.split("-"))
    return word


def census_surname(word, known):
    low = word.lower()
    if low.startswith("mc") and len(low) > 4:
        return "Mc" + low[2:].capitalize()
    if low.startswith("mac") and len(low) > 6 and "mc" + low[3:] in known:
        return "Mac" + low[3:].capitalize()
    if low[0] == "o" and low[1:] in O_NAMES:
        return "O'" + low[1:].capitalize()
    if low[0] == "d" and low[1:] in D_NAMES:
        return "D'" + low[1:].capitalize()
    return low.capitalize()


def read_census(path):
    with open(path, encoding="ascii") as lines:
        for line in lines:
            cells = line.split()
            if len(cells) >= 2:
                yield cells[0], float(cells[1])


def weight(share, largest):
    return max(1, round(1000 * math.sqrt(max(share, 0.0002) / largest)))


def faker_lists(folder):
    """(language, kind, gender, names) of the Python package: kind "first" or "last"."""
    for path in sorted(glob.glob(os.path.join(folder, "faker", "providers", "person", "*", "__init__.py"))):
        locale = os.path.basename(os.path.dirname(path))
        language = locale[:2]
        if locale in UNCLEAR:
            continue
        with open(path, encoding="utf-8") as source:
            tree = ast.parse(source.read())
        for node in ast.walk(tree):
            if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            label = getattr(target, "id", "")
            match = re.search(r"(?:^|_)(first|last)(?:_romanized)?_names?(?:_|$)", label)
            if not match:
                continue
            gender = "f" if "female" in label else "m" if "male" in label else "u"
            yield language, match.group(1), gender, [
                leaf.value for leaf in ast.walk(node.value)
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str)]


def fakerjs_lists(folder):
    """The same of the JavaScript package, whose lists are `a.b.c`.split(`.`) or [`a`,`b`]."""
    strings = re.compile(r"`((?:[^`\\]|\\.)*)`(?:\.split\(`(.)`\))?")
    for path in sorted(glob.glob(os.path.join(folder, "dist", "*.js"))):
        locale = os.path.basename(path).split("-")[0]
        # en: partly from elsewhere, and the census has it; the others are jokes or invented.
        if locale in ("en", "en_US", "en_AU_ocker", "en_BORK", "eo", "base", "index"):
            continue
        with open(path, encoding="utf-8") as source:
            text = source.read()
        at = text.find("person:{")
        if at < 0:
            continue
        for kind in ("first", "last"):
            start = text.find(kind + "_name:{", at)
            if start < 0:
                continue
            depth, i, gender, end = 0, start + len(kind) + 6, "u", len(text)
            while i < end:
                match = strings.match(text, i)
                key = re.compile(r"(generic|female|male):").match(text, i)
                if match:
                    names = match.group(1)
                    names = names.split(match.group(2)) if match.group(2) else [names]
                    yield locale[:2], kind, gender, names
                    i = match.end()
                    continue
                if key:
                    gender = {"generic": "u", "female": "f", "male": "m"}[key.group(1)]
                    i = key.end()
                    continue
                depth += {"{": 1, "}": -1}.get(text[i], 0)
                i += 1
                if depth == 0:
                    break


def parts(name, kind, language):
    """The words of a listed name that are names by themselves."""
    name = common.nfc(name).replace("{{", "").strip()
    if not name or "." in name or "{" in name:
        return []
    words = name.split()
    word = words[0] if kind == "first" else words[-1]
    if not common.is_latin(word):
        return [form[:1].upper() + form[1:] for form in romanise(word, language)]
    return [word]


def good(word):
    return bool(NAME.match(word)) and word.lower() not in NOT_NAMES and common.is_latin(word) and len(word) >= 2 and word[0].isupper()


def build(paths):
    """Rows of forenames.tsv and of surnames.tsv."""
    folder = os.path.join(paths["census"], "names-0.3.0", "names")
    census = {g: dict(read_census(os.path.join(folder, f"dist.{w}.first"))) for g, w in (("m", "male"), ("f", "female"))}
    largest = max(max(names.values()) for names in census.values())
    forenames = {}  # form -> [genders, weight]
    for word in sorted(set(census["m"]) | set(census["f"])):
        m, f = census["m"].get(word, 0), census["f"].get(word, 0)
        gender = "u" if min(m, f) * 5 >= max(m, f) else "m" if m > f else "f"
        forenames[word.capitalize()] = [{gender}, weight(m + f, largest), True]
    shares = dict(read_census(os.path.join(folder, "dist.all.last")))
    known = {word.lower() for word in shares}
    top_share = max(shares.values())
    surnames = {}
    for word, share in shares.items():
        form = census_surname(word, known)
        surnames[form] = max(surnames.get(form, 0), weight(share, top_share))
    for lists in (faker_lists(paths["faker"]), fakerjs_lists(paths["fakerjs"])):
        for language, kind, gender, names in lists:
            for name in names:
                for word in parts(name, kind, language):
                    word = title(word)
                    if not good(word):
                        continue
                    if kind == "last":
                        surnames.setdefault(word, DEFAULT_WEIGHT)
                        continue
                    entry = forenames.setdefault(word, [set(), DEFAULT_WEIGHT, False])
                    if not entry[2]:
                        entry[0].add(gender)
    rows = []
    for form, (genders, w, _) in forenames.items():
        genders = genders - {"u"} if len(genders) > 1 else genders
        if good(form):
            rows.append((form, min(genders) if len(genders) == 1 else "u", min(w, 1000)))
    return rows, [(form, min(w, 1000)) for form, w in surnames.items() if good(form)]
