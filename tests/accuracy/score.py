#!/usr/bin/env python3
"""`nergraph score` says what the judge of ../shared (tools/score_mentions.py) says, to the digit.

usage: score.py --program NERGRAPH [--shared DIR]

Compared are the mentions found in the annotated texts of mentions.py, as JSON lines; the same annotations as
tokens with tags, some of them changed; and small hostile documents made here: titles within titles and in
letters that only look like it, odd white space, both apostrophes, signs of many bytes, spans on top of each
other, the same document twice or not at all. The table must be the judge's bytes, JSON and TSV the same numbers.

Exit 0 when all agree, 1 with what does not, 77 (skipped) when the judge is not there.
"""
import argparse
import csv
import io
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from mentions import FLOORS, SKIPPED

TITLES = ["the", "mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "lady", "lord", "president",
          "vice president", "prime minister", "minister", "chancellor", "general", "gen", "senator", "sen", "rep",
          "gov", "governor", "king", "queen", "prince", "princess", "pope", "captain", "capt", "colonel", "col",
          "judge", "justice", "aunt", "uncle", "madame", "father", "sgt", "lt", "rev", "m", "st",
          *["vice", "prime", "therapist", "Mrſ", "\u212aing", "m\u0131ss", "M\u0130SS", "\u017fir", "K\u0130NG", "S\u0130R",
            "vice\u00a0president", "Mr..", "ﬆ"] * 2]
SPACES = [" ", " ", " ", "\n", "\t", "  ", "\u00a0", "\u2003", "\u3000", "\x1c", "\x1f", "\x85", "\u200b", "\ufeff",
          "\u2028", "\u1680", "\u180e", "\r\n", ""]
WORDS = ["Ann", "Lee", "Søren", "İnci", "O'Neil", "王", "😀", "👩🏽‍🚀", "e\u0301", "s", "'s", "’s", "'S", "’", "'", ".",
         "of", "Oslo", "\x00", "ﬁ", "\u0301", "St", "m.", "M", "𝕬"]
ENDINGS = ["'s", "’s", "'s's", "s'", "'S", "ʼs", "", "", "", ""]
TYPES = ["PER", "PERSON", "LOC", "GPE", "PLACE", "COUNTRY", "ORG", "ORGANIZATION", "MISC-WORK", "MISC", "MISCELLANY",
         "per", "DATE", "", "misc-x"]
KINDS = ["person", "place", "country", "organization", "people", "PER", "Person", "loc", "MISC-WORK", ""]
FORMS = ["name", "name", "name", "demonym", "alias", None]

problems = []


def expect(same, what, *shown):
    if not same:
        problems.append("\n".join([what, *(each.rstrip() for each in shown)]))


def run(arguments):
    result = subprocess.run([str(each) for each in arguments], capture_output=True, timeout=600)
    return result.stdout.decode(), result.stderr.decode(), result.returncode


def numbers(report):
    """The lines of a report as {class: (P, R, F1, gold, predicted)}, all as they are printed."""
    names = {"PERSON": "person", "PLACE": "place", "ORG": "organization", "PERSON+PLACE": "person+place"}
    return {names[m.group(1)]: m.groups()[1:] for m in
            re.finditer(r"^(\S+) +P +(\S+) +R +(\S+) +F1 +(\S+) +\(gold (\d+), predicted (\d+)\)$", report, re.M)}


def compare(a, what, gold, predicted, judged_gold=None, judged_predicted=None):
    """Our score of two files against the judge's of the same two, or of two others that mean the same."""
    judge, said, code = run([sys.executable, a.shared / "tools/score_mentions.py", judged_gold or gold,
                             judged_predicted or predicted])
    if code != 0:
        sys.exit(f"{what}: the judge failed: {said}")
    ours, said, code = run([a.program, "score", gold, predicted])
    expect(code == 0, f"{what}: exit code {code}", said)
    expect(ours == judge, f"{what}: the tables differ", judge, ours)
    wanted = numbers(judge)
    expect(len(wanted) == 4, f"{what}: the judge's report could not be read", judge)
    data = run([a.program, "score", gold, predicted, "--format", "json"])[0]
    found = json.loads(data, parse_float=str, parse_int=str)
    absent = re.search(r"^documents without a prediction: (\d+)$", judge, re.M)
    rows = {each["class"]: tuple(each[key] for key in ("precision", "recall", "f1", "gold", "predicted"))
            for each in found["scores"]}
    expect(rows == wanted and found["absent"] == (absent.group(1) if absent else "0"),
           f"{what}: JSON differs", judge, data)
    for name, delimiter in [("tsv", "\t"), ("csv", ",")]:
        table = run([a.program, "score", gold, predicted, "--format", name])[0]
        rows = {each["class"]: tuple(each[key] for key in ("precision", "recall", "f1", "gold", "predicted"))
                for each in csv.DictReader(io.StringIO(table, newline=""), delimiter=delimiter)}
        expect(rows == wanted, f"{what}: {name} differs", judge, table)


def check_errors(a, what, gold, predicted):
    """All errors are as many as the counts say, a shorter list is part of the longer one, and each is where it says."""
    texts = {str(each["id"]): each["text"] for each in read_lines(gold)}
    report = json.loads(run([a.program, "score", gold, predicted, "--format", "json", "--errors", "1000000"])[0])
    few = json.loads(run([a.program, "score", gold, predicted, "--format", "json", "--errors", "5"])[0])
    errors = report["errors"]
    count = sum(each["gold"] + each["predicted"] - 2 * each["hits"] for each in report["scores"][:3])
    expect(len(errors) == count, f"{what}: {len(errors)} errors, not {count}")
    expect(len(few["errors"]) == min(5, count) and all(each in errors for each in few["errors"]),
           f"{what}: five errors are not part of all")
    for each in errors:
        text = texts[each["document"]]
        start, end = each["start"], each["end"]
        expect(text[start:end] == each["text"] and text[max(0, start - 40):end + 40] == each["context"],
               f"{what}: an error stands elsewhere", json.dumps(each))


def read_lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def write_lines(path, records, chosen=random.Random(2)):
    path.write_text("".join(json.dumps(each, ensure_ascii=chosen.random() < 0.5) + "\n" for each in records),
                    encoding="utf-8", newline="")
    return path


# ---- annotated texts ----

def check_texts(a, folder):
    for name in FLOORS:
        gold, found = a.shared / f"data/ner/{name}.jsonl", folder / "found.jsonl"
        if not gold.is_file():
            problems.append(f"{name}: not there")
            continue
        with open(found, "wb") as f:
            subprocess.run([a.program, "extract", "--types", "+organization", str(gold)], stdout=f, check=True)
        compare(a, name, gold, found)
        check_errors(a, name, gold, found)
        tokens = gold.with_suffix(".bio")
        if tokens.is_file():
            check_tokens(a, f"{name}.bio", tokens, folder)


def spans_of(tags):
    """[[first token, token behind the last, type]] of a sentence's tags."""
    spans = []
    for i, tag in enumerate(tags):
        if tag[:1] == "I" and spans and spans[-1][1] == i and spans[-1][2] == tag[2:]:
            spans[-1][1] = i + 1
        elif tag != "O":
            spans.append([i, i + 1, tag[2:]])
    return spans


def record_of(name, sentences):
    """A document of [(token, tag)] lists as the record that means the same."""
    text, entities = "", []
    for sentence in sentences:
        starts, ends = [], []
        for i, (token, _) in enumerate(sentence):
            text += (" " if i else "\n" if text else "")
            starts.append(len(text))
            text += token
            ends.append(len(text))
        entities += [[starts[first], ends[behind - 1], kind]
                     for first, behind, kind in spans_of([tag for _, tag in sentence])]
    return {"id": name, "text": text, "entities": entities}


def as_mentions(record):
    return {"id": record["id"], "mentions": [{"start": s, "end": e, "kind": k} for s, e, k in record["entities"]]}


def check_tokens(a, what, tokens, folder):
    """The file against itself with some tags changed."""
    chosen = random.Random(3)
    documents, changed = [], []
    for line in tokens.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# doc_id = "):
            documents.append((line[11:], [[]]))
        elif "\t" in line and not line.startswith("-DOCSTART-"):
            documents[-1][1][-1].append(tuple(line.split("\t")))
        elif documents and documents[-1][1][-1]:
            documents[-1][1].append([])
    for name, sentences in documents:
        changed.append((name, [[(token, chosen.choice(["O", "B-PER", "I-PER", "I-LOC", "B-ORG"])
                                 if chosen.random() < 0.08 else tag) for token, tag in sentence]
                               for sentence in sentences]))
    predicted = folder / "changed.bio"
    predicted.write_text("".join(
        f"-DOCSTART-\tO\n\n# doc_id = {name}\n" + "\n".join("".join(f"{token}\tx\t{tag}\n" for token, tag in each)
                                                          for each in sentences) + "\n"
        for name, sentences in changed), encoding="utf-8", newline="")
    compare(a, what, tokens, predicted, write_lines(folder / "gold.jsonl", [record_of(*each) for each in documents]),
            write_lines(folder / "predicted.jsonl", [as_mentions(record_of(*each)) for each in changed]))


# ---- hostile documents ----

def hostile_text(chosen):
    """A text, and of each name in it the places where it may begin (before and behind its titles) or end."""
    text, names = "", []
    for _ in range(chosen.randrange(0, 12)):
        begins, ends = [len(text)], []
        for _ in range(chosen.choice([0, 1, 1, 1, 2, 3])):
            title = chosen.choice(TITLES)
            text += chosen.choice([title, title.upper(), title.capitalize()]) + chosen.choice(["", "", ".", ","])
            text += chosen.choice(SPACES)
            begins.append(len(text))
        for part in range(chosen.choice([0, 1, 1, 2])):
            text += (" " if part else "") + chosen.choice(WORDS)
        ends.append(len(text))
        text += chosen.choice(ENDINGS)
        ends.append(len(text))
        text += chosen.choice(SPACES)
        ends.append(len(text))
        names.append((begins, ends))
    return text, names


def hostile_span(chosen, text, names):
    if not names or chosen.random() < 0.1:
        return sorted(chosen.randrange(len(text) + 1) for _ in "ab")
    begins, ends = chosen.choice(names)
    return sorted([chosen.choice(begins), chosen.choice(ends)])


def hostile_document(chosen, number):
    """A gold record and a prediction for it."""
    text, names = hostile_text(chosen)
    entities, mentions = [], []
    for each in names:
        kind = chosen.choice(TYPES[:2] if chosen.random() < 0.7 else TYPES)
        if chosen.random() < 0.9:
            entities += [[*hostile_span(chosen, text, [each]), kind, "x"]] * chosen.choice([1, 1, 2])
        if chosen.random() < 0.9:
            start, end = hostile_span(chosen, text, [each])
            kind = kind.lower() if chosen.random() < 0.9 else chosen.choice(KINDS)
            mention = {"start": start, "end": end, "kind": kind, "form": chosen.choice(FORMS)}
            mentions += [mention] * chosen.choice([1, 2])
    for _ in range(chosen.randrange(0, 3)):
        entities.append([*hostile_span(chosen, text, names), chosen.choice(TYPES)])
        start, end = hostile_span(chosen, text, names)
        mentions.append({"start": start, "end": end, "kind": chosen.choice(KINDS), "form": chosen.choice(FORMS)})
    mentions = [{key: value for key, value in each.items() if value is not None} for each in mentions]
    chosen.shuffle(mentions)
    name = chosen.choice([number, f"d{number}", f"d {number} é\n", -number])
    return {"id": name, "text": text, "entities": entities}, {"id": str(name), "mentions": mentions}


def check_hostile(a, folder):
    chosen, number = random.Random(4), 0
    for group in range(60):
        gold, predicted = [], []
        for _ in range(5):
            number += 1
            record, found = hostile_document(chosen, number)
            gold.append(record)
            if chosen.random() < 0.9:
                predicted.append(found)
            if chosen.random() < 0.1: # another prediction for the same, or the same document again
                predicted.append({"id": str(record["id"]), "mentions": found["mentions"][::2]})
            if chosen.random() < 0.1:
                gold.append(record)
            if chosen.random() < 0.1:
                predicted.append({"id": f"nowhere {number}", "mentions": found["mentions"]})
        chosen.shuffle(predicted)
        what = f"hostile documents {number - 4} to {number}"
        paths = write_lines(folder / "gold.jsonl", gold), write_lines(folder / "predicted.jsonl", predicted)
        compare(a, what, *paths)
        check_errors(a, what, *paths)
    one = [{"id": 1, "text": "Ann", "entities": [[0, 3, "PER"]], "mentions": []}]
    for what, gold, predicted in [("nothing", [], []), ("no prediction", one, []), ("no gold", [], one)]:
        compare(a, what, write_lines(folder / "gold.jsonl", gold), write_lines(folder / "predicted.jsonl", predicted))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--shared", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parents[2].parent / "shared")
    a = parser.parse_args()
    if not (a.shared / "tools/score_mentions.py").is_file() or not (a.shared / "data/ner").is_dir():
        print(f"skipped: no judge and texts at {a.shared}")
        return SKIPPED
    with tempfile.TemporaryDirectory(prefix="nergraph-score-") as folder:
        check_texts(a, pathlib.Path(folder))
        check_hostile(a, pathlib.Path(folder))
    print("\n\n".join(problems[:20]) if problems else "the same as the judge, to the digit")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
