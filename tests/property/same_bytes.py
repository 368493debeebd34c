#!/usr/bin/env python3
"""The same input gives the same bytes: for any number of threads, any repeat, any locale.

usage: same_bytes.py --program NERGRAPH [--repeats N]
"""
import argparse
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile

GRAPHS = pathlib.Path(__file__).resolve().parents[2] / "graphs"
FILES = [GRAPHS / "strait-talks.txt", GRAPHS / "river-dam.txt", GRAPHS / "news.jsonl"]
OUTPUTS = ["net.json", "net.csv", "net-nodes.csv", "net.dot", "net.svg"]


GOLD = [("Quorvel met Tibbuk in Zanthia .", "B-PER O B-PER O B-LOC O"),
        ("The Brindle Company hired Tibbuk .", "O B-ORG I-ORG O B-PER O"),
        ("People in Morluk like Quorvel .", "O O B-LOC O B-PER O")]


def train(program, threads, env):
    """The bytes of a model of a few sentences, and what is found with it."""
    with tempfile.TemporaryDirectory() as folder:
        gold, model = pathlib.Path(folder, "gold.bio"), pathlib.Path(folder, "mine.ngm")
        with gold.open("w", encoding="utf-8") as out:
            for i in range(12):
                out.write(f"# doc_id = {i}\n")
                for words, tags in GOLD[i % 3:] + GOLD[:i % 2]:
                    out.writelines(f"{word}\t{tag}\n" for word, tag in zip(words.split(), tags.split()))
                    out.write("\n")
        subprocess.run([program, "train", "-q", f"-j{threads}", gold, "--silver", gold, "--parts", "4", "-o", model],
                       env=env, check=True)
        found = subprocess.run([program, "extract", "--model", model, "-"], env=env, check=True, capture_output=True,
                               input=b"Tibbuk hired Quorvel in Morluk.").stdout
        return [model.read_bytes(), found]


def digest(program, threads, locale):
    """Hashes of everything one run writes."""
    env = {**os.environ, "LC_ALL": locale}
    with tempfile.TemporaryDirectory() as folder:
        # many small documents, so that the threads have something to disagree about
        for i in range(40):
            text = FILES[i % 2].read_text(encoding="utf-8").split("\n\n")[i % 5:]
            pathlib.Path(folder, f"d{i:02}.txt").write_text("\n\n".join(text), encoding="utf-8")
        inputs = [folder, str(FILES[2])]
        out = pathlib.Path(folder, "out")
        out.mkdir()
        common = [f"-j{threads}", "-q"]
        subprocess.run([program, "graph", *inputs, *common, "-o", out / "net.json", "-o", out / "net.csv",
                        "-o", out / "net.dot", "-o", out / "net.svg"], env=env, check=True)
        texts = train(program, threads, env)
        texts += [(out / name).read_bytes() for name in OUTPUTS]
        for arguments in (["extract"], ["centrality", "--by", "all", "--format", "tsv"], ["centrality"]):
            texts.append(subprocess.run([program, *arguments, *inputs, *common], env=env, check=True,
                                        capture_output=True).stdout)
    assert all(texts), "an output is empty"
    return [hashlib.sha256(t).hexdigest() for t in texts]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True)
    ap.add_argument("--repeats", type=int, default=20)
    a = ap.parse_args()
    have = subprocess.run(["locale", "-a"], capture_output=True, text=True).stdout.lower().split()
    german = "de_DE.UTF-8" if "de_de.utf8" in have else None
    if not german:
        print("note: locale de_DE.UTF-8 is not installed; compared with C and C.UTF-8 only")
    expected = digest(a.program, 1, "C")
    wrong = 0
    for i in range(a.repeats):
        locale = ["C", german or "C.UTF-8"][i % 2]
        threads = [1, 3, 2][i % 3]
        if digest(a.program, threads, locale) != expected:
            print(f"run {i}: -j{threads} with LC_ALL={locale} wrote other bytes")
            wrong += 1
    print(f"{a.repeats} repeats, {wrong} different")
    sys.exit(1 if wrong else 0)


main()
