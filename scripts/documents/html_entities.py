#!/usr/bin/env python3
"""Writes src/documents/html_entities.inc: the named character references of HTML, by name.

usage: scripts/documents/html_entities.py   (Python's own list, which is that of the HTML standard)

A name that may stand without its semicolon is there twice, once with it.
"""
import html.entities
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def main():
    rows = []
    for name, text in sorted(html.entities.html5.items(), key=lambda item: item[0].encode()):
        points = [ord(c) for c in text] + [0]
        rows.append('{ "%s", 0x%X, 0x%X },' % (name, points[0], points[1]))
    lines, line = [], ""
    for row in rows:
        if line and len(line) + len(row) > 98:
            lines.append(line)
            line = ""
        line += (" " if line else "") + row
    lines.append(line)
    path = ROOT / "src/documents/html_entities.inc"
    path.write_text("/* made by scripts/documents/html_entities.py: name, code point, second code point or 0 */\n"
                    + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path}: {len(rows)} names, the longest of {max(map(len, html.entities.html5))} bytes")


main()
