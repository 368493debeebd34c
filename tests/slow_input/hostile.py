#!/usr/bin/env python3
"""Inputs that make naive code quadratic, each through `extract` and `graph -o json:-`.

usage: hostile.py --program NERGRAPH [--only NAME] [--seconds]

Nothing is timed here: a run that does not end is stopped by the time limit of the test. A run has to
end with exit code 0, or 4 (a stated limit) with a message.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

MEGABYTE = 1 << 20


def fill(piece, size=MEGABYTE):
    return piece * (size // len(piece.encode()))


def letters(number):
    """A different word of small letters for each number."""
    word = ""
    for _ in range(5):
        number, rest = divmod(number, 26)
        word += chr(ord("a") + rest)
    return word


COUNTRIES = ["France", "Peru", "Japan", "Chad", "Iran", "Cuba", "Mali", "Oman", "Laos", "Togo"]

INPUTS = {
    "capitals": lambda: fill("LONDON PARIS MERKEL PUTIN "),
    "capitalised": lambda: fill("Karen Holm Angela Merkel Peru Berlin "),
    "hyphens": lambda: fill("Holm-") + "Holm",
    "initials": lambda: "A. B. C. D. " * 50000,
    "initials_and_name": lambda: "A. B. C. Smith " * 20000,
    "quotes": lambda: fill("\u201c\u2018\"'"),
    "brackets": lambda: fill("(") + fill(")"),
    "newlines": lambda: "\n" * 1000000,
    "tabs": lambda: "\t" * 1000000,
    "surnames": lambda: "".join(f"John {letters(i).title()} left. " for i in range(100000)),
    "forenames": lambda: "".join(f"{letters(i).title()} Smith left. " for i in range(50000)),
    "known_forename_surnames": lambda: "Smith spoke. "
        + "".join(f"Mr. John {letters(i).title()} met Smith. John left. " for i in range(20000)),
    "bullets": lambda: "".join("  " * (i % 500) + "- Karen Holm\n" for i in range(2000)),
    "apostrophes": lambda: fill("'"),
    "possessives": lambda: fill("Holm's "),
    "marks": lambda: "Holm" + fill("\u0301") + " left.",
    "countries": lambda: ", ".join(COUNTRIES[i % 10] for i in range(5000)) + " agreed.",
    "particles": lambda: fill("van der de la "),
    "titles": lambda: fill("President Prime Minister "),
    "of": lambda: fill("University of the Republic of "),
    "dots": lambda: fill("."),
    "ampersands": lambda: fill("Holm & "),
}


def run(program, arguments):
    """A complaint, or None; and seconds."""
    start = time.monotonic()
    done = subprocess.run([program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = done.stderr.decode("utf-8", "replace").strip()
    good = done.returncode == 0 or (done.returncode == 4 and message)
    return None if good else f"exit code {done.returncode}: {message[-600:]}", time.monotonic() - start


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True)
    ap.add_argument("--only", choices=sorted(INPUTS))
    ap.add_argument("--seconds", action="store_true", help="say how long each took")
    a = ap.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory(prefix="nergraph-slow-") as folder:
        path = pathlib.Path(folder, "input.txt")
        for name in [a.only] if a.only else INPUTS:
            path.write_text(INPUTS[name](), encoding="utf-8", newline="")
            for command in (["extract", str(path)], ["graph", str(path), "-o", "json:-"]):
                complaint, seconds = run(a.program, command)
                if complaint:
                    wrong.append(f"{name}: {command[0]}: {complaint}")
                if a.seconds:
                    print(f"{name:24} {command[0]:8} {seconds:6.2f}", flush=True)
    print("\n".join(wrong) or "done")
    sys.exit(1 if wrong else 0)


main()
