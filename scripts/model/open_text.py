#!/usr/bin/env python3
"""Tokenises the open text as nergraph does and writes what the teachers shall label.

usage: open_text.py [--shared DIR] [--nergraph PROGRAM] [--take N] [-o FILE]

Tokens and sentences come from `nergraph extract --format conll`; each token is found again in
its document to know whether a space stood before it. A sentence that repeats another (letters
alike but for case, digits and punctuation, or the same three smallest hashes of its runs of four
words) is left out. Of wikipedia-current-events all is taken, of every other source whole
documents, in the order of their ids' hashes, up to --take tokens. Prints a line for each source.
"""
import argparse
import glob
import json
import lzma
import os
import subprocess
import sys
import zlib

import common

WHOLE = {"wikipedia-current-events"}
LONGEST = 200
SHORTEST_SHINGLED = 10


def documents_of(path):
    """(id, title and text) of each document of a compressed file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            yield str(record["id"]), record.get("title", ""), record["text"]


def program_output(program, plain):
    """Yields (id, [sentence, ...]) as the program splits the documents of the file `plain`."""
    command = [program, "extract", "--format", "conll", "--no-progress", "-q", plain]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8",
                          errors="replace") as process:
        name, sentences, words = None, [], []
        for line in process.stdout:
            if line.startswith("# newdoc id = ") and "\t" not in line:
                if name is not None:
                    yield name, sentences
                name, sentences, words = line[14:-1], [], []
            elif line != "\n":
                words.append(line.split("\t", 1)[0])
            elif words:
                sentences.append(words)
                words = []
        if words:
            sentences.append(words)
        if name is not None:
            yield name, sentences
    if process.returncode != 0:
        sys.exit("error: %s ended with %d" % (program, process.returncode))


def tokenised(program, path, folder):
    """Yields the same for a compressed file."""
    plain = os.path.join(folder, os.path.basename(path)[:-3])
    with lzma.open(path) as packed, open(plain, "wb") as out:
        while chunk := packed.read(1 << 20):
            out.write(chunk)
    yield from program_output(program, plain)
    os.unlink(plain)


def glued(text, sentences):
    """[[(start, end), ...], ...]: where each token stands in the text; None if one is not there."""
    at, found = 0, []
    for words in sentences:
        places = []
        for word in words:
            start = text.find(word, at)
            if start < 0 or start > at + 4000:
                return None
            at = start + len(word)
            places.append((start, at))
        found.append(places)
    return found


class Repeats:
    """Knows the sentences seen so far by what they say."""

    def __init__(self):
        self.seen = set()

    def has(self, words):
        """Whether such a sentence was seen; from now on it was."""
        plain = ["".join("0" if c.isdigit() else c for c in w.lower())
                 for w in words if any(c.isalnum() for c in w)]
        keys = [hash(tuple(zlib.crc32(w.encode()) for w in plain))]
        if len(plain) >= SHORTEST_SHINGLED:
            runs = {zlib.crc32(" ".join(plain[i:i + 4]).encode()) for i in range(len(plain) - 3)}
            keys.append(tuple(sorted(runs)[:3]))
        known = any(key in self.seen for key in keys)
        self.seen.update(keys)
        return known


def take(source, documents, limit, writer, repeats):
    """Writes the documents of one source up to `limit` tokens; prints what it took."""
    tokens = sentences = dropped = count = 0
    for name, text, split in documents:
        if tokens >= limit:
            break
        places = glued(text, split)
        if places is None:
            print("warning: tokens of %s are not in its text" % name, file=sys.stderr)
            continue
        count += 1
        before = 0
        for words, spots in zip(split, places):
            rows = []
            for word, (start, end) in zip(words, spots):
                rows.append((word, "1" if start == before and start > 0 else "0"))
                before = end
            if len(words) > LONGEST or repeats.has(words):
                dropped += 1
                continue
            writer.sentence("%s/%s" % (source, name), rows)
            tokens, sentences = tokens + len(words), sentences + 1
    print("%-26s %6d documents %8d sentences %9d tokens, %d sentences left out"
          % (source, count, sentences, tokens, dropped), flush=True)
    return tokens


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=common.SHARED)
    parser.add_argument("--nergraph", default=common.NERGRAPH)
    parser.add_argument("--take", type=int, default=600000, help="tokens of each other source")
    parser.add_argument("-o", default=os.path.join(common.OUT, "text.tok"))
    a = parser.parse_args()
    folder = os.path.dirname(os.path.abspath(a.o))
    os.makedirs(folder, exist_ok=True)
    total, repeats = 0, Repeats()
    with open(a.o, "w", encoding="utf-8", newline="\n") as out:
        writer = common.Writer(out)
        for path in sorted(glob.glob(os.path.join(a.shared, "data", "open", "*.jsonl.xz"))):
            source = os.path.basename(path)[:-len(".jsonl.xz")]
            documents = []
            for (ours, split), (name, title, text) in zip(
                    tokenised(a.nergraph, path, folder), documents_of(path)):
                if name != ours:
                    sys.exit("error: document %s came back as %s" % (name, ours))
                documents.append((name, title + "\n\n" + text, split))
            documents.sort(key=lambda d: common.fnv1a64(d[0]))
            limit = sys.maxsize if source in WHOLE else a.take
            total += take(source, documents, limit, writer, repeats)
    print("%-26s %9d tokens" % ("all", total))


if __name__ == "__main__":
    main()
