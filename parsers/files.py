"""An attachment's bytes to sheets, or to the finding that says why not and what to send instead.

Owns which reader opens which format and the Thai reason for each format that none does. Knows no form.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from parsers.findings import Code, Finding, Place, finding
from parsers.formats import delimited, docx, html, ods, pdf, typed, xls, xlsb, xlsx
from parsers.formats.book import Workbook
from parsers.formats.container import CONTAINERS, Member, unpack
from parsers.formats.errors import Unreadable
from parsers.formats.sniff import sniff
from parsers.lines import printed_code
from parsers.recognise import Marks
from parsers.rows import Sheet
from parsers.secrecy import elsewhere, guarded

# One reader per format; a format that is not here is answered with what to send instead.
READERS: dict[str, Callable[[bytes], Workbook]] = {
    "xlsx": xlsx.read,
    "xlsm": xlsx.read,
    "xls": xls.read,
    "xlsb": xlsb.read,
    "ods": ods.read,
    "csv": delimited.read,
    "docx": docx.read,
    "pdf": pdf.read,
    "html": html.read,
    "text": typed.read,
}

# Formats without a table that could be read: why, for the sentence of FORM_NOT_FOUND.
NO_TABLE: Mapping[str, str] = {
    "image": "ในรูปภาพ เพราะระบบอ่านเครื่องหมายและตัวเลขจากรูปภาพไม่ได้",
    "pptx": "ในไฟล์ PowerPoint เพราะระบบอ่านตารางจากไฟล์ PowerPoint ไม่ได้",
    "rtf": "ในไฟล์เอกสาร RTF เพราะระบบอ่านตารางจากไฟล์นี้ไม่ได้",
    "eml": "ในอีเมลที่แนบมา",
}
# Formats that could not be opened: why, for the sentence of FILE_UNREADABLE.
NOT_OPENED: Mapping[str, str] = {
    "zip": "เพราะเป็นไฟล์บีบอัด (.zip) ที่ไม่มีไฟล์อยู่ข้างใน",
    "tnef": "เพราะเป็นไฟล์ winmail.dat ของ Outlook ที่ไม่มีไฟล์แนบอยู่ข้างใน",
    "rar": "เพราะเป็นไฟล์บีบอัดชนิด .rar",
    "7z": "เพราะเป็นไฟล์บีบอัดชนิด .7z",
    "empty": "เพราะเป็นไฟล์ว่าง",
    "ole": "เพราะเป็นไฟล์เอกสารรุ่นเก่าที่ระบบไม่รองรับ",
    "killed": "เพราะไฟล์เสียหายหรือซับซ้อนเกินไป",
}
BODY = "เนื้อหาอีเมล"  # what a mail's body is called beside its files
UNKNOWN = "เพราะไม่ใช่ไฟล์ชนิดที่ระบบรองรับ"


@dataclass(frozen=True)
class File:
    """An attachment, opened as far as it could be."""

    name: str
    format: str
    size: int
    sheets: tuple[Sheet, ...] = ()
    marks: Marks = field(default_factory=Marks)
    trouble: Finding | None = None
    note: str = ""
    outer: str = ""  # name of the container it came out of
    holds: bool = False  # a container whose members stand beside it as files of their own
    secret: bool = False  # outside its cells


def killed(name: str, size: int, at: int) -> File:
    """A file that ended a process before; ``at`` is its index in the mail."""
    why = NOT_OPENED["killed"]
    trouble = finding(Code.FILE_UNREADABLE, Place(name), why=why)
    return File(name, "unknown", size, trouble=trouble, note=f"attachment {at}: killed")


def opened_all(name: str, data: bytes, at: int) -> list[File]:
    """Open one attachment. A container becomes itself and the files in it, numbered from ``at`` on. Never raises."""
    kind = sniff(data)
    if kind not in CONTAINERS:
        return [opened(name, data, at)]
    members = unpack(name, data)
    if [member.name for member in members] == [name]:  # it could not be opened, or nothing is in it
        return [replace(_member(members[0], at), format=kind, size=len(data))]
    inside = [replace(_member(member, number), outer=name) for number, member in enumerate(members, at + 1)]
    return [File(name, kind, len(data), holds=True, secret=elsewhere(kind, data)), *inside]


def _member(member: Member, at: int) -> File:
    if member.trouble is None:
        file = opened(member.name, member.data, at)
        return replace(file, secret=file.secret or member.secret)
    trouble = finding(member.trouble.code, Place(member.name), why=member.trouble.why)
    return File(member.name, "encrypted" if trouble.code is Code.FILE_ENCRYPTED else "unknown", 0, trouble=trouble)


def opened(name: str, data: bytes, at: int) -> File:
    """Open one file, the ``at``-th of its mail. Never raises."""
    kind = sniff(data)
    return replace(_read(name, data, kind, at), secret=elsewhere(kind, data))


def _read(name: str, data: bytes, kind: str, at: int) -> File:
    reader = READERS.get(kind)
    place = Place(name)
    if reader is None:
        return File(name, kind, len(data), trouble=_refusal(kind, place))
    try:
        book = reader(data)
    except Unreadable as error:
        return File(name, kind, len(data), trouble=finding(error.code, place, why=error.why, where=error.why))
    except Exception as error:  # noqa: BLE001 - a reader's own fault must not cost the rest of the mail
        trouble = finding(Code.FILE_UNREADABLE, place, why="เพราะไฟล์เสียหายหรือไม่สมบูรณ์")
        return File(name, kind, len(data), trouble=trouble, note=f"attachment {at}: {type(error).__name__}")
    sheets = tuple(Sheet(name, (at, index), guarded(grid)) for index, grid in enumerate(book.grids))
    mark = (book.mark.circular.lower(), book.mark.reporter) if book.mark else None
    code = next((code for sheet in sheets if (code := printed_code(sheet.grid))), None)
    return File(name, kind, len(data), sheets, Marks(mark, code))


def bodies(html_body: str, plain_body: str, at: int) -> Iterator[File]:
    """A mail's body as files to look for the form in, each instead of an ``at``-th file of the mail. Never raises."""
    for kind, source, reader in (("html", html_body, html.read_text), ("text", plain_body, typed.read_text)):
        with suppress(Exception):  # a body is no file that anyone could be asked to send again
            sheets = tuple(Sheet(BODY, (at, index), guarded(grid)) for index, grid in enumerate(reader(source).grids))
            code = next((code for sheet in sheets if (code := printed_code(sheet.grid))), None)
            yield File(BODY, kind, len(source.encode("utf-8", "replace")), sheets, Marks(None, code))


def _refusal(kind: str, place: Place) -> Finding:
    if kind == "encrypted":
        return finding(Code.FILE_ENCRYPTED, place)
    if kind in NO_TABLE:
        return finding(Code.FORM_NOT_FOUND, place, where=NO_TABLE[kind])
    return finding(Code.FILE_UNREADABLE, place, why=NOT_OPENED.get(kind, UNKNOWN))
