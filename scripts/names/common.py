"""Small things shared by the dictionary scripts."""

import os
import re
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
TABLES = os.path.normpath(os.path.join(HERE, "..", "..", "src", "names", "tables"))
ATTESTED = os.path.join(HERE, "attested.tsv")

SPECIAL = str.maketrans({
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe",
    "þ": "th", "ə": "e", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "‐": "-", "–": "-",
})
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏƏəḀ-ỿ](?:[A-Za-zÀ-ÖØ-öø-ɏƏəḀ-ỿ'’ʻʼ.-]*)$")


def nfc(text):
    """NFC with plain apostrophes and single spaces."""
    text = unicodedata.normalize("NFC", text)
    for mark in "’‘ʼʻ`":
        text = text.replace(mark, "'")
    return " ".join(text.split())


def fold(text):
    """Lower case without accents, as the program compares names."""
    text = unicodedata.normalize("NFC", text).lower().translate(SPECIAL)
    text = unicodedata.normalize("NFD", text)
    return "".join(c for c in text if not unicodedata.combining(c))


def is_latin(text):
    return bool(text) and all(LATIN_WORD.match(word) for word in text.split())


def count_letters(text):
    return sum(c.isalpha() for c in text)


def write_table(name, sources, columns, rows, folder=TABLES):
    """Writes rows (tuples of text or integers) sorted by bytes, each once. Returns rows and bytes."""
    lines = set()
    for row in rows:
        cells = [unicodedata.normalize("NFC", str(cell)) for cell in row]
        assert not any("\t" in cell or "\n" in cell for cell in cells), cells
        lines.add("\t".join(cells).encode())
    head = f"# made by scripts/names/{sources[0]} from {sources[1]}\n# columns: {columns}\n".encode()
    data = head + b"".join(line + b"\n" for line in sorted(lines))
    path = name if os.path.isabs(name) else os.path.join(folder, name)
    with open(path, "wb") as out:
        out.write(data)
    print(f"{os.path.basename(path)}: {len(lines)} rows, {len(data)} bytes")
    return len(lines), len(data)


def read_table(path):
    """Rows of a table as lists of cells; empty when the file is not there."""
    path = path if os.path.isabs(path) else os.path.join(TABLES, path)
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8", newline="") as lines:
        return [line.rstrip("\n").split("\t") for line in lines
                if line.strip() and not line.startswith("#")]


def read_common_words(min_percent):
    """Words which the counted texts write in lower case at least so often, in per cent."""
    return {row[0] for row in read_table("common_words.tsv") if int(row[2]) >= min_percent}
