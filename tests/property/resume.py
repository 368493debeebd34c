#!/usr/bin/env python3
"""A run that is killed and resumed gives the bytes of one that was not.

Documents are made up (boilerplate, copies, documents that cannot be used among them), counted once
without interruption, then again and again with `kill -9` at random moments, until done.

usage: resume.py --program NERGRAPH [--times N] [--megabytes N] [--seed N]
"""
import argparse
import hashlib
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

FIRST = "Ana Bo Carl Dora Eva Frank Gina Hans Ida Jon Karin Leo Mia Nils Olga Pia Rolf Sara Tom Uma".split()
LAST = "Silva Berg Dahl Lopez Stone Holm Jonas Vega Moor Ross Hill Gomez Petrov Okafor Tanaka Haddad".split()
PLACES = "Lima Quito Oslo Paris Cairo Tunis Accra Hanoi Delhi Rome".split()
FOOTERS = [f"The {place} Gazette is printed in {place} and owned by {FIRST[i]} {LAST[i]} and {FIRST[-i]} {LAST[-i]} of the town."
           for i, place in enumerate(PLACES)]


def text(rng):
    """A few paragraphs; a footer often, a text of before now and then."""
    def person():
        return f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    paragraphs = []
    for _ in range(rng.randint(2, 12)):
        paragraphs.append(" ".join(
            f"{person()} met {person()} in {rng.choice(PLACES)} on day {rng.randint(1, 9999)} of the long talks."
            for _ in range(rng.randint(1, 6))))
    if rng.random() < 0.4:
        paragraphs.append(rng.choice(FOOTERS))
    return "\n\n".join(paragraphs)


def write_documents(path, size, rng):
    old = []
    with open(path, "w") as out:
        number = 0
        while out.tell() < size:
            number += 1
            content = rng.choice(old) if old and rng.random() < 0.05 else text(rng)
            if len(old) < 200:
                old.append(content)
            if rng.random() < 0.002:
                out.write("no record at all\n")
            out.write(json.dumps({"id": f"d{number}", "text": content}) + "\n")


def run(arguments, kill_after=None):
    """The exit code; None when it was killed."""
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        return process.wait(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--megabytes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    rng = random.Random(arguments.seed)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        documents = folder / "news.jsonl"
        write_documents(documents, arguments.megabytes * 1000000, rng)
        whole = folder / "whole.ngr"
        begin = time.monotonic()
        code = run([program, "graph", "-q", str(documents), "-o", str(whole)])
        seconds = time.monotonic() - begin
        assert code in (0, 3), f"the undisturbed run ended with {code}"
        wanted = hashlib.sha256(whole.read_bytes()).hexdigest()
        kills = resumed = 0
        for time_number in range(arguments.times):
            target = folder / f"part{time_number}.ngr"
            command = [program, "graph", "-q", str(documents), "-o", str(target), "--resume", "-j", str(rng.randint(1, 3))]
            kill_after = rng.uniform(0.1, 1.0) * seconds
            while True:
                again = (folder / f"{target.name}.resume" / "state").exists()
                got = run(command, kill_after)
                resumed += again
                if got is not None:
                    break
                kills += 1
                kill_after *= 1.5  # else a short time would never reach the first checkpoint
            assert got == code, f"the resumed run ended with {got}, the undisturbed one with {code}"
            found = hashlib.sha256(target.read_bytes()).hexdigest()
            if found != wanted:
                print(f"seed {arguments.seed}, time {time_number}: other bytes after {kills} kills", file=sys.stderr)
                sys.exit(1)
            assert not (folder / f"{target.name}.resume").exists(), "the folder of the checkpoints is still there"
        if kills == 0 or resumed == 0:
            print("nothing was killed, or nothing resumed: the documents are too few", file=sys.stderr)
            sys.exit(1)
        print(f"{arguments.times} runs, {kills} kills, {resumed} resumed at a checkpoint: the same bytes")


if __name__ == "__main__":
    main()
