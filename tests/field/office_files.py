"""Files and mails of อำเภอเด่นชัย for the tests of formats: one filled form, in whatever wrapping."""

import io
import zipfile
from email.message import EmailMessage
from functools import cache

import openpyxl

from bot.config.load import shipped_bureau
from parsers.read import read_file, read_message
from parsers.reading import FileRequest, Outcome

REPORTER, SENDER = "den-chai", "den-chai@district.phrae.example"
NAMES = ("ทต.แม่จั๊วะ", "ทต.เด่นชัย", "ทต.ปงป่าหวาย", "อบต.เด่นชัย", "อบต.แม่จั๊วะ", "อบต.ไทรย้อย", "อบต.ห้วยไร่")
HEAD = ("ที่", "ชื่อ อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ")
ROWS = (HEAD, *((str(n), name, "✓", "✓", "X", "X") for n, name in enumerate(NAMES, 1)))
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@cache
def catalogue():
    return shipped_bureau().catalogue()


def workbook(rows=ROWS, change=None):
    """The rows as an xlsx file, changed by ``change``."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([int(value) if value.isascii() and value.isdecimal() else value for value in row])
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data, part, change=lambda content: content, name=None):
    """A zip with one part changed, or under another name; ``part`` is how its name ends."""
    out, met = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename.endswith(part):
                met, changed = True, change(content)
                target.writestr(name or info.filename, changed)
            else:
                target.writestr(info.filename, content)
    assert met, f"no part {part}"
    return out.getvalue()


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def mail(*files, text="ขอส่งรายงานค่ะ", html=None):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, "office@phrae.example", "Re: [w5827] ส่งรายงาน"
    message["Message-ID"] = "<format@district.phrae.example>"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def read(name, data):
    """One file, as the district's."""
    return read_file(name, data, FileRequest(catalogue(), "w5827", REPORTER))


def read_mail(*files, **fields):
    return read_message(mail(*files, **fields), catalogue())


def codes(reading):
    return [str(found.code) for found in reading.findings]


def is_whole(reading):
    """All seven organisations were read, each as it was filled in."""
    values = [answer.value for answer in reading.answers]
    return reading.outcome is Outcome.ACCEPTED and values == [True, True, False, False] * 7 and not reading.findings
