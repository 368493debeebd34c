#!/usr/bin/env python3
"""Checks how the house is built: doors, direction, foreign libraries, banned calls.

usage: scripts/house.py   (from any directory; prints each violation as file:line, exit 1 when any)

Rules: a room is entered by its door src/ROOM/ROOM.h; rooms include only rooms above them; a foreign
library lives in the files named here; cli sees include/ alone; the calls in banned.txt are not made.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
ROOMS = ["base", "documents", "tokens", "names", "mentions", "actors", "cooccurrence", "graph", "measures",
         "writers", "training", "run"]
APART = ["drawing", "pdf", "cli"]  # programs of their own: they include no room
FOREIGN = {"igraph": ["measures/igraph.c"], "csv": ["graph/edge_list.c", "documents/table.c"], "libxml": ["graph/graphml.c", "documents/xml.c"], "pcre2": ["mentions/patterns.c"], "graphviz/cgraph": ["drawing/dot.c", "drawing/read.c"],
           "graphviz/gvc": ["drawing/render.c"], "utf8proc": ["base/utf8.c", "base/fold.c"], "nettle": ["base/digest.c"],
           "archive": ["documents/archive.c", "documents/package.c"], "uchardet": ["documents/encoding.c"], "iconv": ["documents/encoding.c", "documents/html_charset.c"],
           "gmime": ["documents/mail.c"], "poppler": ["pdf/read.c"], "glib.h": ["pdf/apart.c", "pdf/flow.c"], "zlib": ["documents/inflate.c"],
           "jansson": ["documents/record.c", "documents/html_json.c", "graph/load.c", "graph/import.h", "training/records.c",
                       "drawing/spec.c", "drawing/drawing_internal.h"]}
HEAP = {"base/memory.c", "base/status.c"}           # malloc and free stand here
NUMBERS = {"base/view.c"}                           # strtod stands here, around the locale
PUBLIC_LIMIT = 8

problems = []


def complain(path, line, text):
    problems.append(f"{path.relative_to(ROOT)}:{line}: {text}")


def bare(text):
    """The text with comments and strings blanked, line breaks kept."""
    keep = lambda m: re.sub(r"[^\n]", " ", m.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', keep, text, flags=re.S)


def check_include(path, number, target, room):
    name = str(path.relative_to(ROOT / "src"))
    for library, homes in FOREIGN.items():
        if target.startswith(f"<{library}") and name not in homes:
            complain(path, number, f"{library} belongs in {' or '.join('src/' + h for h in homes)}")
    if not target.startswith('"'):
        return
    base = ROOT / "src" if not (path.parent / target.strip('"')).exists() else path.parent
    included = (base / target.strip('"')).resolve()
    if not included.is_relative_to(ROOT / "src"):
        return
    other = included.relative_to(ROOT / "src").parts[0]
    if other == room:
        return
    if other == "names" and name.startswith("names/"):
        return
    if room in APART:
        complain(path, number, f"{room} stands apart and may not include {other}")
    elif included.name != other + ".h":
        complain(path, number, f"{target} is private to {other}; include its door {other}/{other}.h")
    elif room not in ROOMS or other not in ROOMS or ROOMS.index(other) > ROOMS.index(room):
        complain(path, number, f"{room} may not include {other}: the direction is one way")


def check_source(path, banned):
    room = path.relative_to(ROOT / "src").parts[0]
    name = str(path.relative_to(ROOT / "src"))
    text = path.read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if m := re.match(r'\s*#\s*include\s*([<"][^>"]+[>"])', line):
            check_include(path, number, m.group(1), room)
        if len(line) > 100 and not line.startswith("#"):
            complain(path, number, f"a line of {len(line)} characters (100 at most)")
    for number, line in enumerate(bare(text).splitlines(), 1):
        for call in banned:
            if call.startswith(("malloc", "calloc")) and (name in HEAP or room in APART):
                continue
            if call == "strtod" and name in NUMBERS:
                continue
            if call == "fopen" and room in APART:
                continue
            if call == "exit(" and room in APART:
                continue
            if re.search(rf"(?<![\w>.]){re.escape(call.rstrip('('))}\s*\(", line):
                complain(path, number, f"{call.rstrip('(')} is not to be called here (scripts/banned.txt)")


def main():
    banned = [l.strip() for l in (ROOT / "scripts/banned.txt").read_text().splitlines()
              if l.strip() and not l.startswith("#")]
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        if path.relative_to(ROOT / "src").parts[0] not in ROOMS + APART:
            complain(path, 1, "is in no known room")
        else:
            check_source(path, banned)
    public = sorted((ROOT / "include/nergraph").glob("*.h"))
    if len(public) > PUBLIC_LIMIT:
        complain(public[-1], 1, f"{len(public)} public headers ({PUBLIC_LIMIT} at most)")
    for path in public:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.match(r'\s*#\s*include\s*"', line):
                complain(path, number, "a public header includes only <nergraph/...> and the C library")
    for table in sorted((ROOT / "src/names/tables").glob("*.tsv")):
        with open(table, encoding="utf-8") as f:
            if not f.readline().startswith(("# made by scripts/", "# written by hand")):
                complain(table, 1, "line 1 says which script made the table, or that it is written by hand")
    print("\n".join(problems) if problems else "the house is in order")
    sys.exit(1 if problems else 0)


main()
