#!/usr/bin/env python3
"""Runs the command-line cases: exact bytes of standard output, standard error and the exit code.

usage: run.py --program NERGRAPH [--accept] [NAME...]

A case is tests/cases/NAME.case:

    # what it shows
    $ nergraph extract --format tsv -      one line, run by sh in an empty folder
    < text of standard input               (optional, each line after "< ")
    @ file.txt                             (optional, a file made beside; its lines follow after "| ")
    | text of the file
    > expected standard output
    ! expected standard error
    ? 0                                    the exit code (0 when left out)

$SAMPLES is the folder tests/samples. A case whose first line is "# fails: REASON" is a known defect: it has to fail, and the run complains when it
passes. A case can hold several commands; they share the folder. `%` at the end of a `<` or `|` line means: no line break here.
In `<` and `|` lines \\xHH stands for a byte. --accept writes what came out into the case: read the diff.
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def unescape(line):
    end = b"" if line.endswith("%") else b"\n"
    raw = (line[:-1] if line.endswith("%") else line).encode("utf-8")
    return re.sub(rb"\\x([0-9A-Fa-f]{2})", lambda m: bytes([int(m.group(1), 16)]), raw) + end


def parse(path):
    """The blocks of a case: comments and commands with their input, files and expectations."""
    blocks, name = [], None
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, rest = line[:1], line[2:]
        if mark == "$":
            blocks.append({"command": rest, "input": b"", "out": "", "err": "", "code": 0})
        elif mark and mark in "<>!?":
            block = next(b for b in reversed(blocks) if "command" in b)
            if mark == "<":
                block["input"] += unescape(rest)
            elif mark == ">":
                block["out"] += rest + "\n"
            elif mark == "!":
                block["err"] += rest + "\n"
            else:
                block["code"] = int(rest)
        elif mark == "@":
            blocks.append({"file": rest, "content": b""})
        elif mark == "|":
            blocks[-1]["content"] += unescape(rest)
        else:
            blocks.append({"comment": line})
    return blocks


def prefixed(mark, text):
    return "".join(f"{mark} {l}".rstrip() + "\n" if l else f"{mark}\n" for l in text.splitlines())


def run_case(path, program, accept):
    source = path.read_text(encoding="utf-8")
    blocks, failures, actual = parse(path), [], []
    with tempfile.TemporaryDirectory(prefix="nergraph-case-") as folder:
        link = pathlib.Path(folder, "bin")
        link.mkdir()
        for name in ("nergraph", "nergraph-draw", "nergraph-pdf"):
            os.symlink(program.parent / name, link / name)
        work = pathlib.Path(folder, "work")
        work.mkdir()
        env = {"PATH": f"{link}:{os.environ['PATH']}", "HOME": folder, "LC_ALL": "C.UTF-8",
               "SAMPLES": str(HERE.parent / "samples"),
               **{k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}}
        for block in blocks:
            if "file" in block:
                target = work / block["file"]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(block["content"])
            if "command" not in block:
                continue
            done = subprocess.run(["sh", "-c", block["command"]], cwd=work, env=env, input=block["input"],
                                  capture_output=True, timeout=120)
            out, err = done.stdout.decode("utf-8", "backslashreplace"), done.stderr.decode("utf-8", "backslashreplace")
            actual.append((out, err, done.returncode))
            trim = lambda t: "".join(l.rstrip() + "\n" for l in t.splitlines())
            for what, have, want in (("standard output", trim(out), trim(block["out"])),
                                     ("standard error", trim(err), trim(block["err"])),
                                     ("exit code", done.returncode, block["code"])):
                if have != want:
                    failures.append(f"{path.name}: $ {block['command']}\n  {what}\n  expected: {want!r}\n  got:      {have!r}")
    if failures and accept:
        results, lines, skipping = iter(actual), [], False
        for line in source.splitlines():
            if line[:1] == "$":
                out, err, code = next(results)
                pending = prefixed(">", out) + prefixed("!", err) + (f"? {code}\n" if code else "")
                lines.append(line + "\n")
                lines.append(("pending", pending))
            elif line[:1] in (">", "!", "?"):
                continue
            elif line[:1] == "<":
                tail = lines.pop() if lines and isinstance(lines[-1], tuple) else None
                lines.append(line + "\n")
                if tail:
                    lines.append(tail)
            else:
                lines.append(line + "\n")
        path.write_text("".join(l if isinstance(l, str) else l[1] for l in lines), encoding="utf-8")
        print(f"accepted {path.name}: read the diff")
        return []
    return failures


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True, type=pathlib.Path)
    ap.add_argument("--accept", action="store_true")
    ap.add_argument("names", nargs="*")
    a = ap.parse_args()
    cases = [HERE / f"{n.removesuffix('.case')}.case" for n in a.names] or sorted(HERE.glob("*.case"))
    failures, known = [], 0
    for case in cases:
        first = case.read_text(encoding="utf-8").partition("\n")[0]
        is_known = first.startswith("# fails:")
        found = run_case(case, a.program.resolve(), a.accept and not is_known)
        if not is_known:
            failures += found
        elif found:
            known += 1
            print(f"fails as known: {case.name}: {first[8:].strip()}")
        else:
            failures.append(f"{case.name}: passes now; take its line \"# fails:\" out")
    print("\n".join(failures))
    print(f"{len(cases)} cases, {known} fail as known, {len(failures)} differences")
    sys.exit(1 if failures or not cases else 0)


main()
