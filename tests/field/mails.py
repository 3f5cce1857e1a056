"""Mails as other programs and servers write them, around one filled form of a district; and what is read from them."""

import base64
import dataclasses
from collections.abc import Iterable

from parsers.read import read_message
from parsers.reading import Reading
from tests.forms.drawing import DENCHAI, book, html_table, official, rows
from tests.forms.judging import corpus_bureau

BUREAU = corpus_bureau()
CATALOGUE = BUREAU.catalogue()
SHORT = {organisation.code: organisation.short_name for organisation in BUREAU.roster.organisations}
ALL = set(DENCHAI)
PAGE = official(rows(DENCHAI))
FORM = book(PAGE)
TABLE = html_table(PAGE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEAD = (
    "From: den-chai@district.phrae.example",
    "To: office@phrae.example",
    "Subject: Re: [w5827] report",
    "Date: Wed, 27 Nov 2024 14:05:00 +0700",
    "Message-ID: <made@district.phrae.example>",
    "MIME-Version: 1.0",
)
WORDS = "ส่งรายงานตามที่แจ้งครับ"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


def picture(width: int, height: int, size: int = 400) -> bytes:
    """The beginning of a PNG of that many pixels."""
    return (PNG + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0").ljust(size, b"\1")


def entity(content: bytes, *lines: str) -> bytes:
    """A part: its header lines and its content, in base64 unless a line says how."""
    if not any(line.lower().startswith("content-transfer-encoding") for line in lines):
        lines = (*lines, "Content-Transfer-Encoding: base64")
        content = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + content


def words(said: str = WORDS, kind: str = "text/plain; charset=utf-8") -> bytes:
    return entity(said.encode(), f"Content-Type: {kind}")


def form(*lines: str, content: bytes = FORM) -> bytes:
    """The filled form as an attachment; further header lines go before the usual ones."""
    said = (*lines, f'Content-Type: {XLSX}; name="form.xlsx"', 'Content-Disposition: attachment; filename="form.xlsx"')
    return entity(content, *said)


def multipart(kind: str, *parts: bytes, boundary: str = "=_b") -> bytes:
    """Parts as one entity; ``kind`` as mixed or signed, with further parameters behind a semicolon."""
    inner = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    return head.encode() + inner + f"--{boundary}--\r\n".encode()


def mail(entity_: bytes, head: Iterable[str] = HEAD) -> bytes:
    return "".join(f"{line}\r\n" for line in head).encode() + entity_


def read(raw: bytes, *, nil: bool = False) -> Reading:
    """The reading of a mail; with ``nil`` against a circular that takes "nothing to report"."""
    catalogue = CATALOGUE
    if nil:
        allowed = catalogue.forms["w5827"].model_copy(update={"nil": "allowed"})
        catalogue = dataclasses.replace(catalogue, forms={**catalogue.forms, "w5827": allowed})
    return read_message(raw, catalogue)


def recorded(reading: Reading) -> set[str]:
    """Short names of the organisations of which something may be recorded."""
    return {SHORT[answer.organisation] for answer in reading.standing()}


def files(reading: Reading) -> list[str]:
    return [file.name for file in reading.files]


def said(reading: Reading) -> list[str]:
    return [found.code.value for found in reading.findings]
