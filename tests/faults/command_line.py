#!/usr/bin/env python3
"""Ordinary misfortunes of the command line: exit code, one clear line, the older file untouched.

usage: command_line.py --program NERGRAPH
"""
import argparse
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

TEXT = "Israel and Syria met Russia in Geneva. Russia said that Israel and Syria had talked.\n"
GOLD = "".join(f"{word}\t{tag}\n" for word, tag in
               zip("Quorvel met Tibbuk in Zanthia .".split(), "B-PER O B-PER O B-LOC O".split())) + "\n"
problems = []


def shell(program, command, folder, **more):
    env = {**os.environ, "NERGRAPH": program, "LC_ALL": "C.UTF-8"}
    return subprocess.run(["bash", "-c", command], cwd=folder, env=env, capture_output=True, timeout=120, **more)


def expect(program, folder, command, code, contains=(), lines=1, out=None):
    """Runs; checks the exit code, how many lines standard error has, and what they contain."""
    done = shell(program, command, folder)
    err = done.stderr.decode("utf-8", "replace")
    said = [l for l in err.splitlines() if l.strip()]
    if done.returncode != code:
        problems.append(f"$ {command}\n  exit code {done.returncode}, not {code}: {err}")
    if lines is not None and len(said) != lines:
        problems.append(f"$ {command}\n  {len(said)} lines on standard error, not {lines}: {err}")
    for word in contains:
        if word not in err:
            problems.append(f"$ {command}\n  '{word}' is not said: {err}")
    if out is not None and done.stdout.decode("utf-8", "replace") != out:
        problems.append(f"$ {command}\n  standard output: {done.stdout[:300]!r}")
    return done


def prepare(folder):
    def put(name, data):
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    put("a.txt", TEXT.encode())
    put("empty.txt", b"")
    put("binary.bin.txt", bytes(range(256)) * 40)
    put("bad.txt", b"Israel met \xff\xfe Syria. \xc3\x28 Russia met Syria and Israel.\n")
    put("nul.txt", b"Israel met Syria.\x00 Russia met Syria and Israel.\n")
    put("old.svg", b"the older picture")
    put("old.json", b"the older graph")
    put("no-text/picture.jpg", b"\xff\xd8\xff\xe0 not text")
    os.mkdir(os.path.join(folder, "nothing"))


def check_inputs(program, folder):
    run = lambda *a, **k: expect(program, folder, *a, **k)
    run("$NERGRAPH empty.txt", 0, ["no actor"])
    run("$NERGRAPH extract empty.txt", 0, ["no actor"])
    run("$NERGRAPH graph empty.txt -o e.json -o e.svg -o e.csv -o e.dot -o e.png -o e.pdf", 0, ["no actor"])
    run("$NERGRAPH nothing", 0, ["nothing"], lines=None)
    run("$NERGRAPH no-text", 3, ["no-text"], lines=None)
    run("$NERGRAPH missing.txt", 5, ["missing.txt"], lines=None)
    run("$NERGRAPH missing.txt a.txt", 3, ["missing.txt"], lines=None)
    run("$NERGRAPH missing.txt a.txt --keep-going", 0, ["missing.txt"], lines=None)
    run("$NERGRAPH missing.txt a.txt --strict", 5, ["missing.txt"], lines=None)
    run("$NERGRAPH binary.bin.txt", 3, ["binary.bin.txt"], lines=None)
    run("$NERGRAPH graph binary.bin.txt -o old.json", 3, ["binary.bin.txt"], lines=None)
    run("$NERGRAPH /dev/zero", 5, ["/dev/zero"], lines=None)
    run("$NERGRAPH bad.txt", 0, lines=None)
    run("$NERGRAPH nul.txt", 0, lines=None)
    run("$NERGRAPH --files-from missing.list", 5, ["missing.list"])
    run("printf 'a.txt\\0' | $NERGRAPH -0", 0, lines=0)
    run("cat a.txt | $NERGRAPH", 0, lines=0)
    run("cat a.txt | $NERGRAPH extract -", 0, lines=0)
    if os.geteuid() != 0:
        os.chmod(os.path.join(folder, "a.txt"), 0)
        run("$NERGRAPH a.txt", 5, ["a.txt"], lines=None)
        os.chmod(os.path.join(folder, "a.txt"), 0o644)


def check_usage(program, folder):
    run = lambda *a, **k: expect(program, folder, *a, **k)
    run("$NERGRAPH --tpo 3 a.txt", 2, ["--tpo", "--top"])
    run("$NERGRAPH grph a.txt", 2, ["grph", "graph"])
    run("$NERGRAPH graph a.txt -o net.xyz", 2, ["net.xyz"])
    run("$NERGRAPH graph a.txt -o json:", 2)
    run("$NERGRAPH a.txt --by betweeness,nonsense", 2, ["betweeness"])
    run("$NERGRAPH a.txt --top x", 2, ["--top"])
    run("$NERGRAPH a.txt --scope window", 2, ["--scope"])
    run("$NERGRAPH a.txt --types -person,-country,-place", 2)
    run("$NERGRAPH draw a.txt", 2, ["-o"])
    run("$NERGRAPH evidence a.txt Israel", 2)
    run("$NERGRAPH evidence a.txt Israel Syria", 0, lines=0)
    run("$NERGRAPH evidence a.txt Israel Atlantis", 1, ["Atlantis"])
    run("$NERGRAPH explain a.txt Israel", 0, lines=0)
    run("$NERGRAPH graph a.txt --rules missing.tsv", 5, ["missing.tsv"])


def check_outputs(program, folder):
    run = lambda *a, **k: expect(program, folder, *a, **k)
    run("$NERGRAPH graph a.txt -o no/such/net.svg", 5, ["no/such"])
    for command in ("a.txt", "extract a.txt", "graph a.txt -o json:-", "graph a.txt -o dot:-", "graph a.txt -o svg:-",
                    "graph a.txt -o csv:-", "evidence a.txt Israel Syria", "explain a.txt Israel", "--help", "--version"):
        run(f"$NERGRAPH {command} > /dev/full", 5, ["standard output"])
        run(f"$NERGRAPH {command} >&-", 5, ["standard output"])
    for format_ in ("json", "dot", "svg", "png", "pdf", "csv"):
        run(f"$NERGRAPH graph a.txt -o {format_}:/dev/full", 5, ["/dev/full"])
    run("set -o pipefail; for i in $(seq 3000); do cat a.txt; echo; done | $NERGRAPH extract --format tsv | head -1", 141,
        lines=0)
    # the older file stays as it was
    run("NERGRAPH_DRAW=/bin/false $NERGRAPH graph a.txt -o old.svg", 5, lines=None)
    run("(ulimit -f 0; trap '' XFSZ; $NERGRAPH graph a.txt -o old.json)", 5, lines=None)
    for name, text in (("old.svg", b"the older picture"), ("old.json", b"the older graph")):
        if pathlib.Path(folder, name).read_bytes() != text:
            problems.append(f"{name} was changed by a run that failed")
    run("NERGRAPH_DRAW=/nowhere/nergraph-draw $NERGRAPH graph a.txt -o x.svg -o kept.json", 5, ["nergraph-draw"], lines=None)
    if not pathlib.Path(folder, "kept.json").exists():
        problems.append("the JSON was not written because the picture failed")


def check_training(program, folder):
    """A model is written whole or not at all; the older one stays."""
    run = lambda *a, **k: expect(program, folder, *a, **k)
    old = pathlib.Path(folder, "old.ngm")
    pathlib.Path(folder, "gold.bio").write_text(GOLD * 4, encoding="utf-8")
    pathlib.Path(folder, "long.bio").write_text(GOLD * 1000, encoding="utf-8")
    pathlib.Path(folder, "nameless.bio").write_text("It\tO\nrained\tO\n", encoding="utf-8")
    old.write_bytes(b"the older model")
    run("$NERGRAPH train -q gold.bio -o no/such/x.ngm", 5, ["no/such/x.ngm"])
    run("$NERGRAPH train -q gold.bio -o nothing", 5, ["nothing"])
    run("$NERGRAPH train -q gold.bio -o /dev/full", 5, ["/dev/full"])
    run("$NERGRAPH train -q gold.bio -o - > /dev/full", 5, ["standard output"])
    run("$NERGRAPH train -q gold.bio -o - >&-", 5, ["standard output"])
    run("$NERGRAPH train -q nameless.bio -o old.ngm", 3, ["nameless.bio"])
    run("$NERGRAPH train -q gold.bio nothere.bio -o old.ngm", 5, ["nothere.bio"])
    run("(ulimit -f 0; trap '' XFSZ; $NERGRAPH train -q gold.bio -o old.ngm)", 5, ["old.ngm"])
    if old.read_bytes() != b"the older model":
        problems.append("old.ngm was changed by a run that failed")
    run("$NERGRAPH train -q gold.bio -o old.ngm && $NERGRAPH extract --model old.ngm a.txt > /dev/null", 0, lines=0)
    old.write_bytes(b"the older model")
    before = set(os.listdir(folder))
    long = subprocess.Popen([program, "train", "-q", "long.bio", "--epochs", "1000", "--parts", "20", "-o", "old.ngm"],
                            cwd=folder, stderr=subprocess.PIPE)
    interrupt(long, "train")
    if set(os.listdir(folder)) != before or old.read_bytes() != b"the older model":
        problems.append(f"SIGINT of train left {set(os.listdir(folder)) - before}")
    check_resuming(program, folder)


def check_resuming(program, folder):
    """Interrupted and run again until it is done: the same bytes, and no part left."""
    command = [program, "train", "-q", "long.bio", "--silver", "long.bio", "--epochs", "6"]
    subprocess.run([*command, "-o", "whole.ngm"], cwd=folder, check=True)
    for rounds in range(100):
        process = subprocess.Popen([*command, "--resume", "-j2", "-o", "parts.ngm"], cwd=folder, stderr=subprocess.PIPE)
        try:
            process.communicate(timeout=0.2 + 0.02 * rounds)
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[1]
        if process.returncode != 130 or pathlib.Path(folder, "parts.ngm").exists():
            break  # the signal can come when all is done
        if b"the same command goes on" not in said:
            problems.append(f"--resume: an interruption says {said}")
    if not pathlib.Path(folder, "parts.ngm").exists():
        problems.append(f"--resume: exit code {process.returncode} after {rounds} interruptions")
    elif pathlib.Path(folder, "parts.ngm").read_bytes() != pathlib.Path(folder, "whole.ngm").read_bytes():
        problems.append("--resume: another model than without interruption")
    left = [n for n in os.listdir(folder) if ".part-" in n]
    if left:
        problems.append(f"--resume left {left}")


def interrupt(process, what):
    """Sends SIGINT after a while; the program has to end with 130."""
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        problems.append(f"SIGINT did not end {what}")
    if process.returncode != 130:
        problems.append(f"SIGINT of {what}: exit code {process.returncode}, not 130")


def check_interrupt(program, folder):
    process = subprocess.Popen([program, "graph", "-", "-o", "interrupted.json"], cwd=folder, stdin=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    process.stdin.write((TEXT * 200).encode())
    process.stdin.flush()
    interrupt(process, "graph")
    left = [n for n in os.listdir(folder) if "interrupted" in n]
    if left:
        problems.append(f"SIGINT left {left}")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True, type=pathlib.Path)
    program = str(ap.parse_args().program.resolve())
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        check_inputs(program, folder)
        check_usage(program, folder)
        check_outputs(program, folder)
        check_training(program, folder)
        check_interrupt(program, folder)
        left = [n for n in os.listdir(folder) if "tmp" in n]
        if left:
            problems.append(f"temporary files left: {left}")
    print("\n".join(problems) if problems else "every misfortune was met well")
    sys.exit(1 if problems else 0)


main()
