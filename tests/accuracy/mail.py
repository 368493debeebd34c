#!/usr/bin/env python3
"""Messages of mail are read as Python's email library reads them: their words, subjects and dates.

usage: mail.py --program NERGRAPH [--messages N] [--seed N] [--keep FOLDER]

Fifty messages are made here: any of the character sets and transfer encodings below, alternatives, attachments,
related pictures, forwarded messages and digests within each other, flowed text, quoted replies, encoded subjects and
names, both line ends. One in five goes through a mailbox. The reference is Python's own parse, of which the same is
taken: plain text before HTML, marks of quoted text away. FLOOR is the least share of words that must be the same,
in their order.

Exit 0 when the floor holds, 1 with the worst messages, 77 (skipped) when nergraph was built without GMime.
"""
import argparse
import datetime
import difflib
import email
import email.base64mime
import email.message
import email.policy
import html.parser
import json
import pathlib
import quopri
import random
import re
import subprocess
import sys
import tempfile
from email.header import Header
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.utils import format_datetime, formataddr

FLOOR = 0.98
SKIPPED = 77
WORDS = {
    "us-ascii": "Angela Merkel met Vladimir Putin in Moscow while French officials and the king of Spain waited",
    "iso-8859-1": "Köln Müller François José Zürich Angela außen Señor président café naïve Malmö",
    "iso-8859-2": "Łódź Wałęsa Győr Dvořák Čapek Šibenik Žižek prezydent město főváros",
    "iso-8859-15": "cœur Élysée Müller São Tomé Angela préfecture Œuvre Šibenik",
    "windows-1252": "Köln café Señor président François Malmö naïve Zürich",
    "iso-8859-7": "Αθήνα Κυριάκος Μητσοτάκης υπουργός Θεσσαλονίκη πρόεδρος",
    "windows-1251": "Владимир Путин Ангела Меркель Москва президент встретился Берлин",
    "koi8-r": "Владимир Путин Ангела Меркель Москва президент встретился Берлин",
    "shift_jis": "東京 首相 大統領 アンゲラ メルケル プーチン 会談",
    "iso-2022-jp": "東京 首相 大統領 アンゲラ メルケル プーチン 会談",
    "gb2312": "北京 总统 会谈 德国 法国 总理",
    "big5": "臺北 總統 會談 德國 法國",
    "euc-kr": "서울 대통령 회담 독일 프랑스",
    "utf-8": "Köln Łódź Αθήνα Москва 東京 Erdoğan São Zürich Señor Angela Merkel",
}


def words(text):
    return re.findall(r"\w+", text)


class Made:
    """One message, made of random parts."""

    def __init__(self, rng):
        self.rng = rng

    def sentence(self, charset):
        pool = WORDS[charset].split() + WORDS["us-ascii"].split()
        return " ".join(self.rng.choice(pool) for _ in range(self.rng.randint(3, 14))) + "."

    def lines(self, charset):
        rng, out = self.rng, []
        for _ in range(rng.randint(1, 6)):
            depth = rng.choice([0, 0, 0, 1, 1, 2])
            for _ in range(rng.randint(1, 3)):
                out.append((depth, self.sentence(charset)))
            if rng.random() < 0.5:
                out.append((0, ""))
        return out

    def part(self, text, subtype, charset):
        """A text part; its transfer encoding is one of those that can hold it."""
        encoding = self.rng.choice(["quoted-printable", "base64", "8bit"])
        if charset in ("us-ascii", "iso-2022-jp"):
            encoding = self.rng.choice(["7bit", "quoted-printable", "base64"])
        raw = text.encode(charset)
        if encoding == "base64":
            body = email.base64mime.body_encode(raw)
        elif encoding == "quoted-printable":
            body = quopri.encodestring(raw).decode("ascii")
        else:
            body = raw.decode("ascii", "surrogateescape")
        part = email.message.Message()
        part["Content-Type"] = f"text/{subtype}; charset={self.rng.choice([charset, charset.upper()])}"
        part["Content-Transfer-Encoding"] = encoding
        part.set_payload(body)
        return part

    def plain(self):
        charset = self.rng.choice(list(WORDS))
        if self.rng.random() < 0.25:
            return self.flowed()
        text = "\n".join(">" * depth + (" " if depth else "") + line for depth, line in self.lines(charset))
        return self.part(text + "\n", "plain", charset)

    def flowed(self):
        lines = []
        for _ in range(self.rng.randint(1, 4)):
            depth, pieces = self.rng.choice([0, 0, 1, 2]), self.sentence("utf-8").split(" ")
            for i in range(0, len(pieces), 3):
                end = " " if i + 3 < len(pieces) else ""
                lines.append(">" * depth + (" " if depth else "") + " ".join(pieces[i:i + 3]) + end)
        part = self.part("\n".join(lines) + "\n", "plain", "utf-8")
        part.set_param("format", "flowed")
        return part

    def page(self):
        charset = self.rng.choice(["utf-8", "iso-8859-1", "windows-1251", "us-ascii"])
        body = "\n".join(f"<p>{line} AT&amp;T</p>" for _, line in self.lines(charset))
        return self.part(f"<html><head><style>p {{ color: red }}</style></head><body>{body}</body></html>", "html", charset)

    def attachment(self):
        part = email.message.Message()
        part["Content-Type"] = "application/octet-stream; name=x.bin"
        part["Content-Transfer-Encoding"] = "base64"
        part["Content-Disposition"] = "attachment; filename=x.bin"
        part.set_payload(email.base64mime.body_encode(self.rng.randbytes(300)))
        return part

    def body(self, depth):
        rng = self.rng
        kinds = ["plain", "plain", "html", "alternative", "related"]
        kind = rng.choice(kinds + (["mixed", "mixed", "forward", "digest"] if depth < 4 else []))
        if kind == "plain":
            return self.plain()
        if kind == "html":
            return self.page()
        if kind == "forward":
            return MIMEMessage(self.message(depth + 1))
        holder = MIMEMultipart(kind, boundary=f"=_{rng.getrandbits(64):x}_{depth}")
        if kind == "alternative":
            parts = [self.plain(), self.page()]
        elif kind == "related":
            parts = [self.page(), self.attachment()]
        elif kind == "digest":
            parts = [MIMEMessage(self.message(depth + 1)) for _ in range(2)]
        else:
            parts = [self.body(depth + 1) if rng.random() < 0.7 else self.attachment() for _ in range(rng.randint(1, 4))]
        for part in parts:
            holder.attach(part)
        return holder

    def message(self, depth=0):
        rng, message = self.rng, self.body(depth)
        charset = rng.choice(["us-ascii", "utf-8", "iso-8859-1", "koi8-r", "iso-2022-jp"])
        subject = " ".join(rng.choice(WORDS[charset].split()) for _ in range(rng.randint(1, 9)))
        name = " ".join(rng.choice(WORDS[charset].split()) for _ in range(2))
        zone = datetime.timezone(datetime.timedelta(hours=rng.randint(-11, 12)))
        when = datetime.datetime(rng.randint(1995, 2024), rng.randint(1, 12), rng.randint(1, 28), rng.randint(0, 23), 5,
                                 tzinfo=zone)
        message["Subject"] = Header(subject, charset, header_name="Subject")
        message["From"] = formataddr((name, "someone@example.org"), charset if charset != "us-ascii" else "utf-8")
        message["To"] = "other@example.org"
        message["Date"] = format_datetime(when)
        message["MIME-Version"] = "1.0"
        message["Message-ID"] = f"<{rng.getrandbits(64):x}@example.org>"
        return message


class Page(html.parser.HTMLParser):
    """The text of a page, without its head."""

    def __init__(self, source):
        super().__init__()
        self.text, self.hidden = "", 0
        self.feed(source)

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script", "head")
        self.text += "\n"

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script", "head")
        self.text += "\n"

    def handle_data(self, data):
        self.text += "" if self.hidden else data


def reference(message):
    """What is to be read of a message that Python parsed."""
    kind = message.get_content_type()
    if kind == "multipart/alternative":
        parts = list(message.iter_parts())
        plain = [part for part in parts if part.get_content_type() == "text/plain"]
        return reference((plain or parts)[0])
    if message.get_content_maintype() == "multipart":
        return "\n\n".join(reference(part) for part in message.iter_parts())
    if kind == "message/rfc822":
        inner = message.get_content()
        return "\n\n".join([inner["From"].addresses[0].display_name, str(inner["Subject"]), reference(inner)])
    if kind == "text/html":
        return Page(message.get_content()).text
    if kind != "text/plain":
        return ""
    text = message.get_content()
    return re.sub(r"^(?:> ?)+", "", text, flags=re.M)


def run(program, *arguments):
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, timeout=600)
    if b"built without GMime" in done.stderr:
        print("built without GMime")
        sys.exit(SKIPPED)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, arguments))}: exit code {done.returncode}: {done.stderr.decode()}")
    return done.stdout.decode()


def tokens_of(conll):
    """{id: tokens} of CoNLL."""
    found = {}
    for line in conll.split("\n"):
        if line.startswith("# newdoc id = "):
            found[line[14:]] = now = []
        elif "\t" in line:
            now.append(line.split("\t")[0])
    return found


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--program", required=True)
    ap.add_argument("--messages", type=int, default=50)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--keep", help="write the messages here, too")
    a = ap.parse_args()
    wanted, box = {}, b""
    with tempfile.TemporaryDirectory(prefix="nergraph-mail-") as temporary:
        folder = pathlib.Path(a.keep or temporary)
        folder.mkdir(exist_ok=True)
        for number in range(a.messages):
            rng = random.Random(f"{a.seed}/{number}")
            made = Made(rng).message()
            raw = made.as_bytes(policy=made.policy.clone(linesep=rng.choice(["\n", "\r\n"]), mangle_from_=True))
            parsed = email.message_from_bytes(raw, policy=email.policy.default)
            name = f"{number:03}.eml"
            if number % 5 == 4:
                name = parsed["Message-ID"].strip().strip("<>")
                box += b"From - Thu Feb 21 08:00:00 2019\n" + raw + b"\n\n"
            else:
                (folder / name).write_bytes(raw)
            wanted[name] = (words(str(parsed["Subject"]) + "\n" + reference(parsed)), str(parsed["Subject"]),
                            parsed["Date"].datetime.date().isoformat())
        (folder / "box.mbox").write_bytes(box)
        found = tokens_of(run(a.program, "extract", "-q", "--format", "conll", folder))
        records = [json.loads(line) for line in run(a.program, "extract", "-q", folder).splitlines()]
    complaints, same, all_words, scores = [], 0, 0, []
    for record in records:
        _, subject, day = wanted[record["id"]]
        if record["date"] != day:
            complaints.append(f"{record['id']}: date {record['date']}, not {day}")
        if record["title"].split() != subject.split():
            complaints.append(f"{record['id']}: title {record['title']!r}, not {subject!r}")
    for name, (expected, _, _) in wanted.items():
        got = [word for token in found.get(name, []) for word in words(token)]
        matcher = difflib.SequenceMatcher(None, expected, got, autojunk=False)
        equal = sum(block.size for block in matcher.get_matching_blocks())
        most = max(len(expected), len(got))
        same, all_words = same + equal, all_words + most
        scores.append((equal / most if most else 1.0, name))
    share = same / all_words
    print(f"{len(records)} messages, {all_words} words, {100 * share:.2f} % the same (floor {100 * FLOOR:.0f} %)")
    if len(records) != a.messages:
        complaints.append(f"{len(records)} documents of {a.messages} messages")
    if share < FLOOR:
        complaints += [f"{name}: {100 * score:.1f} %" for score, name in sorted(scores)[:5]]
    for complaint in complaints:
        print(complaint)
    sys.exit(1 if complaints else 0)


main()
