"""What the scripts of this folder share: token files, the labels' one convention, ids.

A token file holds `token TAB glue` (glue 1: no space before it), a blank line after each sentence,
and `-DOCSTART-` with `# doc_id = ID` before each document. A label file is the same with a BIO tag
(B-PER, I-PER, B-LOC, I-LOC, B-ORG, I-ORG, O) in the place of the glue; the same lines in both.

One convention for all sources: titles ("Mr.", "President") stay outside persons, "the" outside
places and organizations, a closing 's outside everything.
"""
import os

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
OUT = os.path.join(os.environ.get("NERGRAPH_OUT", os.path.join(ROOT, "out")), "model")
SHARED = os.path.normpath(os.path.join(ROOT, "..", "shared"))
NERGRAPH = os.path.join(os.environ.get("NERGRAPH_OUT", os.path.join(ROOT, "out")),
                        "release", "nergraph")

TITLES = set("""the mr mrs ms miss dr prof professor sir lady lord president minister chancellor
general gen senator sen rep gov governor king queen prince princess pope captain capt colonel col
judge justice aunt uncle madame father sgt lt rev m st""".split())
TITLE_PAIRS = {("vice", "president"), ("prime", "minister")}
SURNAMES_TOO = {"king", "prince", "pope", "judge", "justice", "m", "queen", "father"}
ARTICLE_KEPT = {"hague", "gambia", "bahamas"}
POSSESSIVE = {"'s", "’s", "'", "’"}
KIND = {"PER": "PER", "PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "LOCATION": "LOC",
        "ORG": "ORG", "ORGANIZATION": "ORG"}


def fnv1a64(text):
    """The 64-bit FNV-1a hash of the text's UTF-8 bytes."""
    value = 0xCBF29CE484222325
    for byte in text.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return value


def fold_of(document_id):
    """Which of the five folds a document is in."""
    return fnv1a64(document_id) % 5


def read_sentences(path):
    """Yields (document id, sentence number in it, [[column, ...], ...]) of a tab-separated file.

    Comment lines (first column starts with "# " and the line has no tab) are skipped but for ids;
    sentence comments of a corpus are lost."""
    document, number, rows = "", 0, []
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    yield document, number, rows
                    number, rows = number + 1, []
            elif line.startswith("-DOCSTART-"):
                document, number = "", 0
            elif line.startswith("# ") and "\t" not in line:
                if line.startswith("# doc_id = "):
                    document, number = line[11:], 0
            else:
                rows.append(line.split("\t"))
    if rows:
        yield document, number, rows


class Writer:
    """Writes sentences of rows, with the head of a document wherever the id changes."""

    def __init__(self, file):
        self.file, self.document = file, None

    def sentence(self, document, rows, weight=None):
        """One sentence; `weight` becomes a comment before it when it is not 1."""
        if document != self.document:
            self.file.write("-DOCSTART-\tO\n# doc_id = %s\n\n" % document)
            self.document = document
        if weight is not None and weight != 1:
            self.file.write("# weight = %g\n" % weight)
        self.file.write("".join("\t".join(row) + "\n" for row in rows) + "\n")


def spans_of(tags):
    """[(start, end, kind), ...] of BIO or IO tags; kinds that are not ours are left out."""
    spans, start, kind = [], 0, None
    for i, tag in enumerate(list(tags) + ["O"]):
        prefix, _, name = tag.partition("-") if "-" in tag else ("I", "", tag)
        if kind is not None and (prefix in "BUS" or name != kind):
            spans.append((start, i, kind))
            kind = None
        if tag != "O" and kind is None:
            start, kind = i, name
    return [(s, e, KIND[k]) for s, e, k in spans if k in KIND]


def tags_of(spans, count):
    """BIO tags of `count` tokens."""
    tags = ["O"] * count
    for start, end, kind in spans:
        tags[start] = "B-" + kind
        for i in range(start + 1, end):
            tags[i] = "I-" + kind
    return tags


def _without_titles(words, start, end):
    """Where the name begins after the titles of a person's span; `end` if it is bare."""
    at = start
    while at < end:
        pair = tuple(word.lower() for word in words[at:at + 2])
        if pair in TITLE_PAIRS:
            step = 2
        elif pair[0].rstrip(".") in TITLES:
            step = 1
        else:
            return at
        while at + step < end and words[at + step] == ".":
            step += 1
        if at + step >= end:
            last = words[at].lower().rstrip(".")
            return at if last in SURNAMES_TOO and words[at][0].isupper() else end
        at += step
    return at


def convention(words, spans, gold=False):
    """The spans in the one convention (see above); what becomes empty is left out.

    Gold keeps a capital "The"; some teachers take it into every name that opens a sentence."""
    kept = []
    for start, end, kind in spans:
        while end > start and words[end - 1] in POSSESSIVE:
            end -= 1
        if kind == "PER":
            start = _without_titles(words, start, end)
        elif end - start > 1 and words[start].lower() in ("the", "a", "an"):
            own = words[start][0].isupper() and (gold or (start > 0 and kind == "ORG"))
            if not own and not (words[start] == "The" and words[start + 1].lower() in ARTICLE_KEPT):
                start += 1
        while start < end and not any(c.isalnum() for c in words[start]):
            start += 1
        if start < end:
            kept.append((start, end, kind))
    return kept
