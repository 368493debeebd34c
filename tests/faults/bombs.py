#!/usr/bin/env python3
"""Inputs that lie about their size, shape or kind: each is named with the right exit code, within bounds of memory and
time, and the document beside it is counted all the same.

usage: bombs.py --program NERGRAPH [--large]     (--large: those of a gigabyte)
"""
import argparse
import bz2
import gzip
import io
import lzma
import os
import pathlib
import resource
import subprocess
import sys
import tarfile
import tempfile
import zipfile

GOOD = "Ana Silva met Bo Berg in Lima."
MEGABYTE = 1 << 20


def packed(method, size, filler=b"\0"):
    """`size` megabytes of one byte, packed piece by piece."""
    out = io.BytesIO()
    with method(out, "wb") as file:
        for _ in range(size):
            file.write(filler * MEGABYTE)
    return out.getvalue()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def tarred(members):
    """Names as they are, whatever they are; None is a link."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        for name, content in members:
            info = tarfile.TarInfo(name)
            if content is None:
                info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
                file.addfile(info)
            else:
                info.size = len(content)
                file.addfile(info, io.BytesIO(content))
    return out.getvalue()


def encrypted():
    """A zip archive whose only file is encrypted, written by hand: flag bit 0, and 12 bytes of a header that means nothing."""
    plain = zipped({"a.txt": GOOD * 10})
    local = plain.index(b"PK\x03\x04")
    central = plain.index(b"PK\x01\x02")
    data = bytearray(plain)
    data[local + 6] |= 1
    data[central + 8] |= 1
    return bytes(data)


def nested(levels):
    content = zipped({"a.txt": GOOD})
    for level in range(levels):
        content = zipped({f"inner{level}.zip": content})
    return content


# name: (file name, bytes, exit code beside a good document, words of the message)
SMALL = {
    "gzip of zeros": ("z.gz", lambda: packed(gzip.open, 300), 0, ""),  # the end of a tar archive, says libarchive
    "gzip of a program": ("z.gz", lambda: packed(gzip.open, 300, b"\1"), 3, "binary"),
    "gzip of letters": ("a.txt.gz", lambda: packed(gzip.open, 300, b"a"), 4, "larger than"),
    "bzip2 of zeros in a text's name": ("z.txt.bz2", lambda: packed(bz2.BZ2File, 300, b"\2"), 3, "binary"),
    "xz of letters": ("a.jsonl.xz", lambda: packed(lzma.LZMAFile, 300, b"a"), 4, "larger than"),
    "zip of many large files": ("b.zip", lambda: zipped({f"{i}.txt": b"a" * (60 * MEGABYTE) for i in range(30)}), 4, "--max-unpack-ratio"),
    "tar of large files that are passed over": ("t.tar.gz", lambda: gzip.compress(tarred([(f"{i}.png", b"\0" * (100 * MEGABYTE)) for i in range(6)])), 4,
                                               "--max-unpack-ratio"),
    "archives within archives": ("n.zip", lambda: nested(5), 3, "an archive within archives"),
    "truncated zip": ("t.zip", lambda: zipped({"a.txt": GOOD * 1000, "b.txt": GOOD * 1000})[:120], 3, "t.zip"),
    "truncated gzip": ("t.txt.gz", lambda: gzip.compress(os.urandom(1000).hex().encode())[:300], 3, "truncated"),
    "encrypted zip": ("e.zip", encrypted, 3, "encrypted"),
    "paths that climb": ("p.tar", lambda: tarred([("../../etc/x.txt", GOOD.encode()), ("/abs/y.txt", GOOD.encode()), ("l.txt", None)]), 0, ""),
    "an empty gzip": ("e.gz", lambda: b"\x1f\x8b", 3, "e.gz"),
    "a name that lies": ("x.zip", lambda: b"no archive", 3, "something else than its name says"),
    "a wrong character set": ("u.html", lambda: b"<html><meta charset=utf-16><body><p>" + GOOD.encode() * 5 + b"</p></body></html>", 0, ""),
    "a page of 100,000 tags deep": ("d.html", lambda: b"<html><body>" + b"<div>" * 100000 + GOOD.encode(), 0, ""),
    "mail of 1,000 parts in each other": ("m.eml", lambda: b"MIME-Version: 1.0\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(1000)) + b"\n" + GOOD.encode(), 0, ""),
    "a WARC that lies about its length": ("w.warc", lambda: b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\nx", 3, "w.warc"),
    "a table whose quote is not closed": ("q.csv", lambda: b'id,text\n1,"' + b"a,\n" * (30 * MEGABYTE), 4, "quote"),
    "JSON of a million brackets": ("b.json", lambda: b'{"text":' + b"[" * MEGABYTE, 3, "b.json"),
}
LARGE = {
    "a line of 1 GB": ("l.jsonl", b'{"text":"', b"a b c d ", 4, "larger than"),
    "a text of 1 GB without a full stop": ("s.txt", b"", b"word and ", 4, "larger than"),
}


def check(program, folder, name, code, words, seconds=100, megabytes=400, arguments=(), source=None):
    """Runs on the folder; the good document must be counted."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (4000 * MEGABYTE, 4000 * MEGABYTE))
    process = subprocess.Popen([program, "extract", "-q", "--format", "tsv", "-j", "2", *arguments, *([] if source else [str(folder)]), *(
        [str(folder / "good.txt"), "-"] if source else [])], stdin=source or subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=limit, text=True, errors="replace")
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        sys.exit(f"{name}: not done after {seconds} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    problem = (f"ended with {process.returncode}, not {code}" if process.returncode != code else
               f"says {err!r}, nothing of {words!r}" if words not in err else
               "the good document is not counted" if "Ana Silva" not in out or "good.txt" not in out else
               f"took {peak:.0f} MB" if peak > megabytes else None)
    if problem:
        sys.exit(f"{name}: {problem}\n{err[:500]}")
    print(f"{name}: {err.strip().splitlines()[0][:110] if err.strip() else 'read'} (up to {peak:.0f} MB)", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--large", action="store_true")
    arguments = parser.parse_args()
    program = str(pathlib.Path(arguments.program).resolve())
    with tempfile.TemporaryDirectory() as top:
        for number, (name, (file, make, code, words)) in enumerate(SMALL.items()):
            folder = pathlib.Path(top, str(number))
            folder.mkdir()
            (folder / "good.txt").write_text(GOOD)
            (folder / file).write_bytes(make())
            check(program, folder, name, code, words)
            (folder / file).unlink()
        folder = pathlib.Path(top, "links")
        (folder / "in").mkdir(parents=True)
        (folder / "good.txt").write_text(GOOD)
        (folder / "in" / "loop").symlink_to("..")
        (folder / "self.txt").symlink_to("self.txt")
        os.mkfifo(folder / "pipe.txt")
        check(program, folder, "links in a ring, a FIFO", 0, "")
        endless = subprocess.Popen(["yes", "Ana met Bo"], stdout=subprocess.PIPE)
        check(program, folder, "a pipe without end", 4, "larger than", source=endless.stdout)
        endless.kill()
        for name, (file, beginning, filler, code, words) in LARGE.items() if arguments.large else ():
            folder = pathlib.Path(top, file)
            folder.mkdir()
            (folder / "good.txt").write_text(GOOD)
            with open(folder / file, "wb") as out:
                out.write(beginning)
                for _ in range(1024):
                    out.write(filler * (MEGABYTE // len(filler)))
            check(program, folder, name, code, words)
            (folder / file).unlink()
    print("all bombs are duds")


if __name__ == "__main__":
    main()
