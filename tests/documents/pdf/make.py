#!/usr/bin/env python3
"""Writes the PDF files of this folder: made-up text in Helvetica, each byte in its place.

usage: make.py   (encrypted.pdf needs qpdf; without it that file stays as it is)

  pages.pdf      two pages with a running head and numbers: a sentence goes on from one to the other, words are
                 divided, a paragraph is indented; title, author and date
  columns.pdf    two columns far apart
  narrow.pdf     two columns a letter apart, below a title and above a line across both
  scan.pdf       a page with a line on it and no text
  encrypted.pdf  pages.pdf behind a password
"""
import pathlib
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
INFO = "<< /Title (Talks \\(in Berlin\\)) /Author (Ann Lee) /CreationDate (D:20190221233000-08'00') >>"

# Each text: x, y (upwards), size, words.
PAGES = [
    [(72, 740, 9, "Annual report"), (72, 700, 18, "Talks in Berlin"),
     (72, 660, 12, "Angela Merkel met Vladimir Putin in Moscow on Monday and spoke with the for-"),
     (72, 646, 12, "eign minister of France. Hafez Al-Assad, said to be ill, sent a telegram to Al-"),
     (72, 632, 12, "Jazeera and to others."),
     (84, 618, 12, "Emmanuel Macron waited in Paris until the evening. He was told by telephone"),
     (72, 604, 12, "that guests from abroad were on their way to Berlin, among them President Joe"), (300, 40, 9, "1")],
    [(72, 740, 9, "Annual report"), (72, 700, 12, "Biden and others."),
     (72, 672, 12, "Kenya agreed."), (300, 40, 9, "2")],
]
COLUMNS = [[(60, 700 - 14 * i, 11, left) for i, left in enumerate(
    ["Angela Merkel flew to", "Warsaw on Monday and", "spoke with Donald Tusk."])]
    + [(330, 700 - 14 * i, 11, right) for i, right in enumerate(
        ["Emmanuel Macron flew", "to Rome on Tuesday and", "spoke with Mario Draghi."])]]

LEFT = ["Angela Merkel flew to Warsaw on Monday and spoke", "with Donald Tusk about the harvest and about the",
        "price of grain, which had doubled within a year. On", "Tuesday she met farmers in Kielce and promised that",
        "Germany would buy what they could not sell. Jean"]
RIGHT = ["Castex was there, too, and said little. Emmanuel", "Macron flew to Rome and spoke with Mario Draghi",
         "about the same. Nobody in Italy had expected it, but", "the farmers of Puglia came in hundreds and waited",
         "for him at the gates, with songs and with flags."]
NARROW = [[(60, 740, 16, "Grain and flags in Warsaw and in Rome, all the summer long")]
          + [(60, 700 - 14 * i, 10, left) for i, left in enumerate(LEFT)]
          + [(306, 700 - 14 * i, 10, right) for i, right in enumerate(RIGHT)]
          + [(60, 610, 10, "Both come home on Friday, as the offices of the two said to reporters in Brussels on Monday.")]]


def escape(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def content(page):
    if not page:
        return "72 400 m 500 400 l S"
    return "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({escape(words)}) Tj ET" for x, y, size, words in page)


def pdf(pages, info):
    count = len(pages)
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(count))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", info]
    for i, page in enumerate(pages):
        text = content(page)
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
                       f"/Resources << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * i} 0 R >>")
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (f"{out}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n"
            f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n").encode("ascii")


def main():
    (HERE / "pages.pdf").write_bytes(pdf(PAGES, INFO))
    (HERE / "columns.pdf").write_bytes(pdf(COLUMNS, "<< /Title (Microsoft Word - report.doc) >>"))
    (HERE / "narrow.pdf").write_bytes(pdf(NARROW, "<< >>"))
    (HERE / "scan.pdf").write_bytes(pdf([[]], "<< >>"))
    try:
        subprocess.run(["qpdf", "--static-id", "--encrypt", "secret", "secret", "256", "--", HERE / "pages.pdf",
                        HERE / "encrypted.pdf"], check=True)
    except FileNotFoundError:
        print("qpdf is missing: encrypted.pdf was not made")


main()
