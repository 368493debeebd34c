#!/usr/bin/env python3
"""Measures a model for its card: kinds of text, case, names of the world, confidence.

usage: evaluate.py [--program P] [--models DIR] [--no-model] [--shared DIR]
                   [--parts folds,case,regions,calibration] [-o SCORES.json]

Prints Markdown tables; the same numbers go into out/model/scores.json.
  folds        F1 of exact spans on gold texts, each document by the model fold-K that has not
               seen it (K is the hash of its id modulo 5), beside other programs and the target
  case         how many points of F1 are lost when the text is all in capitals or small letters
  regions      how many of 1,000 held-out names of each region of the world are found by the model
               "full" in thirty sentences each; names that stand in the open texts apart
  calibration  how often a mention is right that says it is right with 0.9
"""
import argparse
import collections
import json
import os
import re
import sys

import common
import frames
import judge
import open_text
import regions

# corpus: spaCy md, CoreNLP 3-class (person, place, both), the least F1 of both wanted
PEERS = {
    "gum/train": ((68.6, 56.3, 62.8), (78.8, 70.0, 74.7), 78),
    "wikigold/test": ((72.8, 68.9, 70.9), (85.1, 78.9, 82.0), 84),
    "crossner-politics/dev": ((80.1, 59.5, 72.4), (88.7, 71.2, 82.2), 84),
    "crossner-literature/dev": ((77.8, 66.4, 74.9), (90.6, 74.7, 86.8), 88),
    "crossner-science/dev": (None, None, None),
    "uner-ewt/dev": ((57.8, 71.9, 65.1), (80.1, 75.3, 77.7), 82),
    "re3d/names": ((41.7, 53.8, 50.0), (51.7, 60.6, 57.8), 61),
    "litbank/dev": ((74.0, 67.2, 72.9), (78.0, 70.7, 76.8), 80),
    "wnut17/dev": ((60.9, 45.9, 58.6), (61.5, 54.4, 60.6), 61),
}
CASES = {"capitals": str.upper, "small letters": str.lower}
CASE_CORPORA = ("gum/train", "wikigold/test")
MOST_LOST, LEAST_RECALL, MOST_SPREAD, MOST_ERROR = 8, 0.93, 0.05, 0.05
BINS = 15
OUTCOMES = ("exact", "other border", "place", "organization", "nothing")
ARABIC = re.compile(r"\b(al|el|ul|ash|as|bin|ben|ibn|bint|ould|abd|abu)\b", re.I)
ROMANCE = re.compile(r"(?<![\w-])(de|da|do|dos|di|del|du|la|y|van|von|der)(?![\w-])", re.I)
TRAITS = {
    "with al-, el-, bin, ould, abd …": lambda words: bool(ARABIC.search(" ".join(words))),
    "with de, da, di, van, von …": lambda words: bool(ROMANCE.search(" ".join(words))),
    "with a hyphen": lambda words: any("-" in w for w in words),
    "with an apostrophe": lambda words: any(c in w for w in words for c in "'’‘ʻʼ"),
    "with letters beyond ASCII": lambda words: any(c.isalpha() and c > "\x7f"
                                                   for w in words for c in w),
    "with a word in small letters": lambda words: any(w.islower() for w in words),
    "with a word of one or two letters": lambda words: any(len(w) <= 2 and w.isalpha()
                                                           for w in words),
    "with initials": lambda words: any(re.fullmatch(r"(\w\.)+", w) for w in words),
    "with a Roman number": lambda words: bool(regions.ROMAN.match(words[-1])),
    "of two words": lambda words: len(words) == 2,
    "of three words": lambda words: len(words) == 3,
    "of four or five words": lambda words: len(words) > 3,
}


class Report:
    """Prints tables and keeps what they say."""

    def __init__(self):
        self.values, self.verdicts = {}, []

    def table(self, title, head, rows):
        """One Markdown table."""
        print("\n### %s\n\n| %s |\n|%s" % (title, " | ".join(head), "---|" * len(head)))
        for row in rows:
            print("| %s |" % " | ".join(map(str, row)), flush=True)

    def reached(self, what, is_reached):
        """"yes" or "no"; counted for the last line."""
        self.verdicts.append((what, is_reached))
        return "yes" if is_reached else "**no**"

    def end(self):
        """The last lines: which targets were not reached."""
        failed = [what for what, is_reached in self.verdicts if not is_reached]
        print("\nTargets reached: %d of %d.%s" % (
            len(self.verdicts) - len(failed), len(self.verdicts),
            " Not reached: " + ", ".join(failed) + "." if failed else ""))


class Corpora:
    """The gold texts with what the fold models find in them, each found once."""

    def __init__(self, finder, a_judge):
        self.finder, self.judge, self.cache = finder, a_judge, {}

    def get(self, corpus):
        """(records, {id: mentions})."""
        if corpus not in self.cache:
            records = judge.read_records(self.judge.gold_path(corpus))
            self.cache[corpus] = records, self.finder.find_in_folds(records)
        return self.cache[corpus]


def three(scores):
    """F1 of persons, places and both as "a / b / c"."""
    return " / ".join("%.1f" % score for score in scores) if scores else "–"


def measure_folds(corpora, report):
    """F1 of each corpus beside other programs."""
    rows, values = [], {}
    for corpus, (spacy, corenlp, target) in PEERS.items():
        _, found = corpora.get(corpus)
        scores = values[corpus] = corpora.judge.scores(corpus, found)
        both = scores["PERSON+PLACE"]["f1"]
        rows.append((corpus, three([scores[c]["f1"] for c in ("PERSON", "PLACE", "PERSON+PLACE")]),
                     scores["ORG"]["f1"], scores["PERSON+PLACE"]["p"], scores["PERSON+PLACE"]["r"],
                     three(spacy), three(corenlp), target or "–",
                     report.reached(corpus, both >= target) if target else "–"))
    report.table("Kinds of text: F1 of persons / places / both, exact spans",
                 ("text", "nergraph", "organizations", "precision", "recall", "spaCy md",
                  "CoreNLP", "target", "reached"), rows)
    report.values["folds"] = values


def changed(text, change):
    """The text in another case; letters that would become several stay, so that places stay."""
    return "".join(new if len(new := change(c)) == 1 else c for c in text)


def measure_case(corpora, report):
    """What is lost without case. The judge reads the text as it was: places are the same."""
    rows, values = [], {}
    for corpus in CASE_CORPORA:
        records, found = corpora.get(corpus)
        usual = corpora.judge.scores(corpus, found)["PERSON+PLACE"]["f1"]
        for name, change in CASES.items():
            texts = [dict(r, text=changed(r["text"], change)) for r in records]
            scores = corpora.judge.scores(corpus, corpora.finder.find_in_folds(texts))
            f1 = [scores[c]["f1"] for c in ("PERSON", "PLACE", "PERSON+PLACE")]
            lost = round(usual - f1[2], 1)
            values.setdefault(corpus, {})[name] = {"scores": scores, "lost": lost}
            rows.append((corpus, name, usual, three(f1), lost,
                         report.reached("%s in %s" % (corpus, name), lost <= MOST_LOST)))
    report.table("Text without case: F1 of persons / places / both, at most %d lost" % MOST_LOST,
                 ("text", "case", "both as written", "nergraph", "lost", "reached"), rows)
    report.values["case"] = values


def names_in_text(names, shared):
    """Those of the names that stand, letter for letter, in the open texts."""
    starting, seen = {}, set()
    for name in names:
        words = [word.rstrip(".") for word in name.split()]
        starting.setdefault(words[0], []).append((name, words))
    folder = os.path.join(shared, "data", "open")
    for file in sorted(os.listdir(folder)):
        if not file.endswith(".jsonl.xz"):
            continue
        for _, title, text in open_text.documents_of(os.path.join(folder, file)):
            words = (title + "\n" + text).split()
            for at, word in enumerate(words):
                for name, ours in starting.get(word.strip(".,;:()[]“”\"'‘’"), ()):
                    if name not in seen and stands(ours, words[at:at + len(ours)]):
                        seen.add(name)
    return seen


def stands(ours, words):
    """Whether the words of the text are the words of the name, but for marks around them."""
    plain = [re.sub(r"['’]s$", "", word.strip(",;:()[]“”\"!?")).strip(".'‘’,") for word in words]
    return plain == [word.strip("'‘’") for word in ours]


def outcome(judge_, record, mentions):
    """What became of the one name of a record: one of OUTCOMES.

    The point of "Jr." may be the sentence's: a point more or less at the end is no difference."""
    (slot,) = judge_.gold(record)
    ours = judge_.ours(record, mentions)
    text = record["text"]
    plain = {(start, start + len(text[start:end].rstrip(".")), kind) for start, end, kind in ours}
    if (slot[0], slot[0] + len(text[slot[0]:slot[1]].rstrip(".")), slot[2]) in plain:
        return "exact"
    touching = {span[2] for span in ours if span[0] < slot[1] and slot[0] < span[1]}
    for kind, name in zip(judge.CLASSES, OUTCOMES[1:]):
        if kind in touching:
            return name
    return "nothing"


def count_region(finder, judge_, names):
    """{(name, frame): outcome} of the names of one region in all sentences."""
    records = frames.records(names)
    found, counts = finder.find(records, "full"), {}
    for record in records:
        frame, _, name = record["id"].partition("|")
        counts[name, int(frame)] = outcome(judge_, record, found[record["id"]])
    return counts


def recall(outcomes):
    """Share of exact ones; None of nothing."""
    outcomes = list(outcomes)
    return round(outcomes.count("exact") / len(outcomes), 4) if outcomes else None


def percent(share):
    """A share as text."""
    return "–" if share is None else "%.1f" % (100 * share)


def measure_regions(finder, judge_, shared, report):
    """Recall of held-out names by region, by sentence, and by what the names are like."""
    held, _ = regions.split_names(os.path.join(shared, "data", "gaz", "politician_names.tsv"))
    known = names_in_text([name for names in held.values() for name in names], shared)
    counts = {region: count_region(finder, judge_, names) for region, names in held.items()}
    tell_regions(counts, known, report)
    tell_sentences(counts, report)
    tell_traits(counts, report)


def tell_regions(counts, known, report):
    """The table of the regions."""
    rows, values = [], {}
    for region, found in counts.items():
        value = values[region] = {
            "recall": recall(found.values()),
            "in open texts": recall(o for (name, _), o in found.items() if name in known),
            "not in open texts": recall(o for (name, _), o in found.items() if name not in known),
            "names in open texts": len({name for name, _ in found if name in known}),
            "outcomes": dict(collections.Counter(found.values()))}
        lost = [percent(value["outcomes"].get(o, 0) / len(found)) for o in OUTCOMES[1:]]
        rows.append((region, percent(value["recall"]), percent(value["in open texts"]),
                     percent(value["not in open texts"]), value["names in open texts"], *lost,
                     report.reached(region, value["recall"] >= LEAST_RECALL)))
    all_recalls = [value["recall"] for value in values.values()]
    spread = round(max(all_recalls) - min(all_recalls), 4)
    report.table("Names of the world: recall in %%, at least %d each" % (100 * LEAST_RECALL),
                 ("region", "recall", "of names in the open texts", "of other names",
                  "names in the open texts", *OUTCOMES[1:], "reached"), rows)
    print("\nBest less worst: %.1f points (at most %d): %s" % (
        100 * spread, 100 * MOST_SPREAD, report.reached("spread", spread <= MOST_SPREAD)))
    report.values["regions"] = {"regions": values, "spread": spread}


def tell_sentences(counts, report):
    """The table of the thirty sentences."""
    rows, values = [], {}
    for frame, (genre, sentence) in enumerate(frames.SENTENCES):
        row = {region: recall(o for (_, f), o in found.items() if f == frame)
               for region, found in counts.items()}
        values[sentence] = row
        rows.append((genre, sentence.replace("{}", "~"), *map(percent, row.values())))
    report.table("Names of the world by sentence: recall in %", ("genre", "sentence", *counts), rows)
    report.values["regions"]["sentences"] = values


def tell_traits(counts, report):
    """The table of what names are like."""
    rows, values = [], {}
    for trait, has in TRAITS.items():
        ours = {region: {name for name, _ in found if has(name.split())}
                for region, found in counts.items()}
        row = {region: recall(o for (name, _), o in found.items() if name in ours[region])
               for region, found in counts.items()}
        values[trait] = row
        rows.append((trait, *("%s (%d)" % (percent(share), len(ours[region]))
                              for region, share in row.items())))
    report.table("Names of the world by what they are like: recall in % (names)",
                 ("names", *counts), rows)
    report.values["regions"]["traits"] = values


def judged(corpora, corpus):
    """[(confidence, whether right, class), ...] of the mentions that the judge counts."""
    records, found = corpora.get(corpus)
    pairs = []
    for record in records:
        gold = corpora.judge.gold(record)
        for span, mention in corpora.judge.ours(record, found[record["id"]]).items():
            pairs.append((mention["confidence"], span in gold, span[2]))
    return pairs


def wide_bins(pairs):
    """Fifteen parts of 0–1 of the same width."""
    bins = [[] for _ in range(BINS)]
    for pair in pairs:
        bins[min(int(pair[0] * BINS), BINS - 1)].append(pair)
    return bins


def full_bins(pairs):
    """Fifteen parts with as many mentions each; which of equals comes first is by the text."""
    ordered = sorted(pairs, key=lambda pair: pair[0])
    return [ordered[len(ordered) * i // BINS:len(ordered) * (i + 1) // BINS] for i in range(BINS)]


def means(part):
    """Mean confidence and share of right ones."""
    return sum(pair[0] for pair in part) / len(part), sum(pair[1] for pair in part) / len(part)


def calibration_error(bins):
    """Expected difference of confidence and truth."""
    total = sum(map(len, bins))
    return sum(len(part) * abs(means(part)[0] - means(part)[1]) for part in bins if part) / total


def curve(bins):
    """[[mentions, least, most, mean confidence, share right], ...] of the parts not empty."""
    return [[len(part), min(part)[0], max(part)[0], *(round(m, 4) for m in means(part))]
            for part in bins if part]


def measure_calibration(corpora, report):
    """What confidence is worth: on all gold texts together, by kind of name, on each text."""
    by_corpus = {corpus: judged(corpora, corpus) for corpus in PEERS}
    pooled = [pair for pairs in by_corpus.values() for pair in pairs]
    by_class = {"all, " + kind: [pair for pair in pooled if pair[2] == kind]
                for kind in judge.CLASSES}
    rows, values = [], {}
    for corpus, pairs in {"all": pooled, **by_class, **by_corpus}.items():
        if not pairs:
            continue
        wide, full = (calibration_error(bins(pairs)) for bins in (wide_bins, full_bins))
        confidence, right = means(pairs)
        values[corpus] = {"mentions": len(pairs), "confidence": round(confidence, 4),
                          "right": round(right, 4), "ece_width": round(wide, 4),
                          "ece_mass": round(full, 4)}
        verdict = report.reached("calibration", max(wide, full) <= MOST_ERROR) \
            if corpus == "all" else "–"
        rows.append((corpus, len(pairs), "%.3f" % confidence, "%.3f" % right, "%.3f" % wide,
                     "%.3f" % full, verdict))
    report.table("Confidence: expected calibration error, at most %.2f" % MOST_ERROR,
                 ("text", "mentions", "mean confidence", "right", "%d bins of one width" % BINS,
                  "%d bins of one size" % BINS, "reached"), rows)
    report.values["calibration"] = {"texts": values}
    for name, bins in (("width", wide_bins(pooled)), ("size", full_bins(pooled))):
        points = report.values["calibration"]["curve_" + name] = curve(bins)
        report.table("Confidence against truth, bins of one " + name,
                     ("mentions", "from", "to", "mean confidence", "right"),
                     [(n, "%.3f" % low, "%.3f" % high, "%.3f" % mean, "%.3f" % right)
                      for n, low, high, mean, right in points])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    judge.add_options(parser)
    parser.add_argument("--parts", default="folds,case,regions,calibration")
    parser.add_argument("-o", default=os.path.join(common.OUT, "scores.json"))
    a = parser.parse_args()
    finder = judge.Finder(a.program, None if a.no_model else a.models)
    report, corpora = Report(), Corpora(finder, judge.Judge(a.shared))
    parts = {"folds": lambda: measure_folds(corpora, report),
             "case": lambda: measure_case(corpora, report),
             "regions": lambda: measure_regions(finder, corpora.judge, a.shared, report),
             "calibration": lambda: measure_calibration(corpora, report)}
    wanted = a.parts.split(",")
    for part in wanted:
        if part not in parts:
            sys.exit("error: unknown part '%s'; there are %s" % (part, ", ".join(parts)))
    for part in wanted:
        parts[part]()
    report.values["targets"] = {what: is_reached for what, is_reached in report.verdicts}
    report.end()
    os.makedirs(os.path.dirname(os.path.abspath(a.o)), exist_ok=True)
    with open(a.o, "w", encoding="utf-8") as out:
        json.dump(report.values, out, ensure_ascii=False, indent=1, sort_keys=True)
        out.write("\n")


if __name__ == "__main__":
    main()
