#!/usr/bin/env python3
"""Makes the web archives that the tests read: pages.warc and pages.warc.gz, by warcio.

usage: make_warc.py   (needs warcio: pip install warcio; the files are in the repository)

The records are of every kind that is read and of those that are not; ids and dates are fixed, so that
the same bytes come out.
"""
import gzip
import io
import pathlib
import zlib

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = pathlib.Path(__file__).resolve().parent
DATE = "2019-02-21T08:00:00Z"


def chunked(body, size=7):
    parts = [body[i:i + size] for i in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflated(body, bits):
    press = zlib.compressobj(wbits=bits)
    return press.compress(body) + press.flush()


def html(text):
    return f"<html><head><title>T</title></head><body><p>{text}</p></body></html>"


def main():
    pages = [  # name, status, header, body
        ("html", "200 OK", [("Content-Type", "text/html; charset=utf-8")], html("Köln").encode()),
        ("latin", "200 OK", [("content-type", "text/html; charset=\"iso-8859-1\"")], html("Köln").encode("latin-1")),
        ("chunked", "200 OK", [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")],
         chunked(html("In pieces").encode())),
        ("gzip", "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "gzip")],
         gzip.compress(html("By gzip").encode(), mtime=0)),
        ("gzip-chunked", "200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", "gzip"),
                                    ("Transfer-Encoding", "chunked")], chunked(gzip.compress(b"Both", mtime=0))),
        ("deflate", "200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", "deflate")],
         deflated(b"By zlib", 15)),
        ("deflate-bare", "200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", "deflate")],
         deflated(b"By bare deflate", -15)),
        ("br", "200 OK", [("Content-Type", "text/html"), ("Content-Encoding", "br")], b"\x0b\x02\x80<p>x</p>\x03"),
        ("was-br", "200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", "br")], b"Unpacked before"),
        ("was-gzip", "200 OK", [("Content-Type", "text/plain"), ("Content-Encoding", "gzip"),
                                ("Transfer-Encoding", "chunked")], b"Unpacked before"),
        ("gone", "404 Not Found", [("Content-Type", "text/html")], html("No").encode()),
        ("moved", "301 Moved", [("Content-Type", "text/html"), ("Location", "/html")], b""),
        ("image", "200 OK", [("Content-Type", "image/png")], b"\x89PNG\r\n\x1a\n"),
        ("pdf", "200 OK", [("Content-Type", "application/pdf")], b"%PDF-1.4\n"),
    ]
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="1.1")

    def add(kind, uri, payload, http=None, content_type="", number=[0]):
        number[0] += 1
        fixed = {"WARC-Date": DATE, "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{number[0]:012}>"}
        record = writer.create_warc_record(uri, kind, payload=io.BytesIO(payload), length=len(payload),
                                           warc_content_type=content_type, http_headers=http,
                                           warc_headers_dict=fixed)
        writer.write_record(record)

    add("warcinfo", None, b"software: by hand\r\n", content_type="application/warc-fields")
    for name, status, headers, body in pages:
        uri = f"http://example.org/{name}"
        add("request", uri, b"", StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True))
        add("response", uri, body, StatusAndHeaders(status, headers, protocol="HTTP/1.1"))
    add("resource", "http://example.org/resource", b"A resource", content_type="text/plain; charset=utf-8")
    add("conversion", "http://example.org/conversion", "Überführt".encode(), content_type="text/plain")
    add("metadata", "http://example.org/html", b"outlink: x\r\n", content_type="application/warc-fields")
    plain = out.getvalue()
    (HERE / "pages.warc").write_bytes(plain)
    # a member of gzip for each record, as crawlers write them
    starts = [i for i in range(len(plain)) if plain.startswith(b"WARC/1.1\r\n", i)] + [len(plain)]
    (HERE / "pages.warc.gz").write_bytes(b"".join(gzip.compress(plain[a:b], mtime=0)
                                                  for a, b in zip(starts, starts[1:])))


main()
