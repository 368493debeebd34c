"""What evaluate.py and errors.py share: the program's mentions of gold texts, and the judge's eye.

The judge is tools/score_mentions.py of the shared folder. Scores come from running it; what a
single mention is worth comes from its own span() and CLASS, read out of it without running it.
"""
import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import types

import common

CLASSES = ("PERSON", "PLACE", "ORG")
ROW = re.compile(r"^(\S+)\s+P +([\d.]+)\s+R +([\d.]+)\s+F1 +([\d.]+)"
                 r"\s+\(gold (\d+), predicted (\d+)\)", re.M)


def read_records(path):
    """The documents of a gold file, their ids as text."""
    with open(path, encoding="utf-8") as lines:
        return [dict(record, id=str(record["id"])) for record in map(json.loads, lines)]


class Finder:
    """Runs the program with one of the models, or with its built-in finder when there are none."""

    def __init__(self, program, models):
        self.program, self.models = program, models

    def find(self, records, model):
        """{id: mentions} of the records as `model` ("full", "fold-0" …) has them."""
        if not records:
            return {}
        command = [self.program, "extract", "--types", "+organization", "-q", "--no-progress"]
        if self.models:
            command += ["--model", os.path.join(self.models, model + ".ngm")]
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as texts:
            for record in records:
                texts.write(json.dumps({"id": record["id"], "text": record["text"]}) + "\n")
            texts.flush()
            with subprocess.Popen(command + [texts.name], stdout=subprocess.PIPE,
                                  encoding="utf-8") as process:
                found = {d["id"]: d["mentions"] for d in map(json.loads, process.stdout)}
        if process.returncode != 0 or len(found) != len(records):
            sys.exit("error: %s ended with %d after %d of %d documents" % (
                " ".join(command), process.returncode, len(found), len(records)))
        return found

    def find_in_folds(self, records):
        """{id: mentions}, each document by the model that has not seen it."""
        found = {}
        for fold in range(5):
            ours = [record for record in records if common.fold_of(record["id"]) == fold]
            found.update(self.find(ours, "fold-%d" % fold))
        return found


def add_options(parser):
    """The options that both scripts have."""
    parser.add_argument("--program", default=common.NERGRAPH)
    parser.add_argument("--models", default=common.OUT, metavar="DIR",
                        help="has fold-0.ngm … fold-4.ngm and full.ngm")
    parser.add_argument("--no-model", action="store_true", help="the program's built-in finder")
    parser.add_argument("--shared", default=common.SHARED)


class Judge:
    """The judge of a shared folder."""

    def __init__(self, shared):
        self.path = os.path.join(shared, "tools", "score_mentions.py")
        self.texts = os.path.join(shared, "data", "ner")
        with open(self.path, encoding="utf-8") as source:
            tree = ast.parse(source.read(), self.path)
        tree.body = [part for part in tree.body
                     if not (isinstance(part, ast.Expr) and isinstance(part.value, ast.Call))]
        module = types.ModuleType("score_mentions")
        exec(compile(tree, self.path, "exec"), module.__dict__)
        self.span, self.kinds = module.span, module.CLASS

    def gold_path(self, corpus):
        """Where the gold of FOLDER/FILE is."""
        return os.path.join(self.texts, corpus + ".jsonl")

    def scores(self, corpus, found):
        """{PERSON, PLACE, ORG, PERSON+PLACE: {p, r, f1, gold, predicted}} of a whole corpus."""
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
            for document, mentions in found.items():
                out.write(json.dumps({"id": document, "mentions": mentions}) + "\n")
            out.flush()
            printed = subprocess.run([sys.executable, self.path, self.gold_path(corpus), out.name],
                                     check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
        if "without a prediction" in printed:
            sys.exit("error: %s: %s" % (corpus, printed.splitlines()[-1]))
        return {m[1]: {"p": float(m[2]), "r": float(m[3]), "f1": float(m[4]), "gold": int(m[5]),
                       "predicted": int(m[6])} for m in ROW.finditer(printed)}

    def gold(self, record):
        """The spans (start, end, class) that are to be found."""
        return {self.span(record["text"], entity[0], entity[1], self.kinds[entity[2]])
                for entity in record["entities"] if entity[2] in self.kinds}

    def ours(self, record, mentions):
        """{span: mention} of the mentions that the judge counts."""
        other = [e[:2] for e in record["entities"] if e[2].startswith("MISC")]
        spans = {}
        for mention in mentions:
            kind = self.kinds.get(mention["kind"].upper())
            if kind and mention.get("form") != "demonym":
                span = self.span(record["text"], mention["start"], mention["end"], kind)
                if not any(span[0] < end and start < span[1] for start, end in other):
                    spans[span] = mention
        return spans
