"""An attachment's bytes to sheets, or to the finding that says why not and what to send instead.

Owns which reader opens which format and the Thai reason for each format that none does. Knows no form.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial

from parsers.files.containers import CONTAINERS, Member, unpack
from parsers.files.hide_secrets import elsewhere, guarded
from parsers.findings import Code, Finding, Place, finding
from parsers.formats.excel import xls, xlsb, xlsx, xml2003
from parsers.formats.opendocument import ods, odt
from parsers.formats.pdf import pdf
from parsers.formats.refused_formats import NAMED
from parsers.formats.sheets_read import Workbook
from parsers.formats.sniff import sniff
from parsers.formats.text import delimited, typed_table
from parsers.formats.unreadable import Unreadable
from parsers.formats.web import html, mhtml
from parsers.formats.word import docx, rtf
from parsers.grid import CellKind, Grid, Sheet
from parsers.mail.links_to_files import first_link, instead
from parsers.mail.words.typed_answers import typed_answers
from parsers.organisations.type_words import TypeWords
from parsers.tables.line_kinds import BESIDE
from parsers.thai import charsets
from parsers.thai.text import ascii_digits

# One reader per format; a format that is not here is answered with what to send instead.
READERS: dict[str, Callable[..., Workbook]] = {
    "xlsx": xlsx.read,
    "xlsm": xlsx.read,
    "xls": xls.read,
    "xlsb": xlsb.read,
    "xmlss": xml2003.read,
    "ods": ods.read,
    "fods": ods.read_flat,
    "odt": odt.read,
    "fodt": odt.read_flat,
    "csv": delimited.read,
    "docx": docx.read,
    "rtf": rtf.read,
    "pdf": pdf.read,
    "html": html.read,
    "mhtml": mhtml.read,
    "text": typed_table.read,
}
# Formats of which only names tell where the rows begin.
BY_NAMES = frozenset({"csv", "text"})
# Formats in which a form may be answered by lines of text alone.
OF_LINES = frozenset({"text", "docx", "odt", "fodt", "rtf", "pdf", "html", "mhtml"})

# Formats without a table that could be read: why, for the sentence of FORM_NOT_FOUND.
NO_TABLE: Mapping[str, str] = {
    "image": "ในรูปภาพ เพราะระบบอ่านเครื่องหมายและตัวเลขจากรูปภาพไม่ได้",
    "pptx": "ในไฟล์ PowerPoint เพราะระบบอ่านตารางจากไฟล์ PowerPoint ไม่ได้",
    "eml": "ในอีเมลที่แนบมา",
}
# Formats that could not be opened: why, for the sentence of FILE_UNREADABLE.
NOT_OPENED: Mapping[str, str] = {
    "zip": "เพราะเป็นไฟล์บีบอัด (.zip) ที่ไม่มีไฟล์อยู่ข้างใน",
    "tnef": "เพราะเป็นไฟล์ winmail.dat ของ Outlook ที่ไม่มีไฟล์แนบอยู่ข้างใน",
    "empty": "เพราะเป็นไฟล์ว่าง",
    "ole": "เพราะเป็นไฟล์เอกสารรุ่นเก่าที่ระบบไม่รองรับ",
    "killed": "เพราะไฟล์เสียหายหรือซับซ้อนเกินไป",
}
LINK_BYTES = 64 << 10  # a page or text that only leads elsewhere is short
BODY = "เนื้อหาอีเมล"  # what a mail's body is called beside its files
FORWARDED = "อีเมลที่ส่งต่อ"  # and what it passes on
UNKNOWN = "เพราะไม่ใช่ไฟล์ชนิดที่ระบบรองรับ"
# Files for which the mail's CPU did not suffice: why, for the sentence of FILE_TOO_SLOW.
COMPLEX = "เพราะไฟล์ใหญ่หรือซับซ้อนมาก"
AFTER_OTHERS = "เพราะไฟล์อื่นในอีเมลฉบับเดียวกันใช้เวลาอ่านไปมาก"


# "รหัสแบบ: w5827 / 5401": printed on our own forms, which a person may have retyped.
_CODE = re.compile(r"รหัสแบบ\s*+[::]?\s*+([a-z0-9][a-z0-9-]*+)\s*+[:/:]\s*+([a-z0-9][a-z0-9_.-]*+)", re.IGNORECASE)


@dataclass(frozen=True)
class Marks:
    """What a workbook says of itself: (circular, reporter) of the hidden mark and of the printed code."""

    mark: tuple[str, str] | None = None
    code: tuple[str, str] | None = None


@dataclass(frozen=True)
class File:
    """An attachment, opened as far as it could be."""

    name: str
    format: str
    size: int
    sheets: tuple[Sheet, ...] = ()
    marks: Marks = field(default_factory=Marks)
    trouble: Finding | None = None
    otherwise: Finding | None = None  # what to say when no form is found in it, if something better than that
    note: str = ""
    outer: str = ""  # name of the container it came out of
    holds: bool = False  # a container whose members stand beside it as files of their own
    secret: bool = False  # outside its cells
    by_lines: bool = False  # a document without a table, of which the lines are the sheet


@dataclass(frozen=True)
class Closed:
    """A file that was not opened yet. ``outer`` is the container it came out of; ``open`` takes its place in the mail."""

    name: str
    size: int
    open: Callable[[int], File] = field(repr=False)
    outer: str = ""


def killed(name: str, size: int, at: int) -> File:
    """A file that ended a process before; ``at`` is its place in the mail."""
    why = NOT_OPENED["killed"]
    trouble = finding(Code.FILE_UNREADABLE, Place(name), why=why)
    return File(name, "unknown", size, trouble=trouble, note=f"file {at + 1}: killed")


_LOCKS = {"smime": Code.SMIME_ENCRYPTED, "pgp": Code.PGP_ENCRYPTED, "rpmsg": Code.RPMSG_PROTECTED}


def locked(name: str, size: int, lock: str) -> File:
    """A mail or file that only its addressee's program opens; ``lock`` is smime, pgp or rpmsg."""
    return File(name, "encrypted", size, trouble=finding(_LOCKS[lock], Place(name)))


def too_slow(closed: Closed, at: int, *, reached: bool) -> File:
    """A file for which the mail's CPU did not suffice; ``reached`` says that it was begun."""
    trouble = finding(Code.FILE_TOO_SLOW, Place(closed.name), why=COMPLEX if reached else AFTER_OTHERS)
    note = f"file {at + 1}: {'too slow' if reached else 'not reached'}"
    return File(closed.name, "unknown", closed.size, trouble=trouble, note=note, outer=closed.outer)


def closed_all(name: str, data: bytes, names: TypeWords) -> list[Closed]:
    """An attachment as files still to be opened: a container is itself and the files in it. Never raises, opens no sheet.

    ``names`` are the words by which organisations are named.
    """
    kind = sniff(data)
    if kind not in CONTAINERS:
        return [Closed(name, len(data), partial(opened, name, data, names))]
    members = unpack(name, data)
    if [member.name for member in members] == [name]:  # it could not be opened, or nothing is in it
        alone = members[0]
        return [Closed(name, len(data), lambda at: replace(_member(alone, names, at), format=kind, size=len(data)))]
    holder = Closed(name, len(data), lambda _: _holder(name, kind, data))
    inner = ((member, partial(_inner, member, names, name)) for member in members)
    return [holder, *(Closed(member.name, len(member.data), opening, name) for member, opening in inner)]


def _inner(member: Member, names: TypeWords, outer: str, at: int) -> File:
    return replace(_member(member, names, at), outer=outer)


def _holder(name: str, kind: str, data: bytes) -> File:
    return File(name, kind, len(data), holds=True, secret=elsewhere(kind, data))


def _member(member: Member, names: TypeWords, at: int) -> File:
    if member.trouble is None:
        file = opened(member.name, member.data, names, at)
        return replace(file, secret=file.secret or member.secret)
    trouble = _said_of(member.trouble, Place(member.name))
    return File(member.name, "encrypted" if trouble.code is Code.FILE_ENCRYPTED else "unknown", 0, trouble=trouble)


def opened(name: str, data: bytes, names: TypeWords, at: int) -> File:
    """Open one file, the ``at``-th of its mail. Never raises."""
    kind = sniff(data)
    reader = READERS.get(kind)
    if reader and kind in BY_NAMES:
        reader = partial(reader, names=names)
    return replace(_read(name, data, kind, reader, at), secret=elsewhere(kind, data))


def _read(name: str, data: bytes, kind: str, reader: Callable[..., Workbook] | None, at: int) -> File:
    place = Place(name)
    if reader is None:
        trouble = _link(data, place) if kind == "link" else _refusal(kind, place)
        return File(name, kind, len(data), trouble=trouble)
    try:
        book = reader(data)
    except Unreadable as error:
        return File(name, kind, len(data), trouble=_said_of(error, place))
    except Exception as error:  # noqa: BLE001 - a reader's own fault must not cost the rest of the mail
        trouble = finding(Code.FILE_UNREADABLE, place, why="เพราะไฟล์เสียหายหรือไม่สมบูรณ์")
        return File(name, kind, len(data), trouble=trouble, note=f"attachment {at}: {type(error).__name__}")
    sheets = tuple(Sheet(name, (at, index), guarded(grid)) for index, grid in enumerate(book.grids))
    mark = (book.mark.circular.lower(), book.mark.reporter) if book.mark else None
    code = next((code for sheet in sheets if (code := printed_code(sheet.grid))), None)
    otherwise = _link(data, place, named=True) if kind in ("text", "html") and len(data) <= LINK_BYTES else None
    return File(name, kind, len(data), sheets, Marks(mark, code), otherwise=otherwise)


def _link(data: bytes, place: Place, *, named: bool = False) -> Finding | None:
    """That a file is only a link; None for one that must ``name`` a place where files lie and does not."""
    host = first_link([charsets.decode(data, None).replace("\0", "")])
    if named and not host:
        return None
    host = host or ("docs.google.com" if b'"doc_id"' in data or b'"resource_id"' in data else "")
    return finding(Code.LINK_NOT_FILE, place, host, what="ไฟล์นี้", instead=instead(host))


def mail_without_files(name: str, size: int) -> File:
    """A mail within the mail that brought words alone."""
    return File(name, "eml", size, trouble=_refusal("eml", Place(name)))


def bodies(html_body: str, plain_body: str, at: int, names: TypeWords, name: str = BODY) -> Iterator[File]:
    """A mail's body as files to look for the form in, each instead of an ``at``-th file of the mail. Never raises."""
    readers: tuple[tuple[str, str, Callable[[str], Iterable[Grid]]], ...] = (
        ("html", html_body, lambda source: html.read_text(source).grids),
        ("text", plain_body, lambda source: typed_table.read_text(source, names).grids),
        # The words of the mail's own body are read beside it, those of others are not.
        ("text", plain_body, lambda source: filter(None, [typed_answers(source, names, filed=name != BODY)])),
    )
    for kind, source, grids in readers:
        with suppress(Exception):  # a body is no file that anyone could be asked to send again
            sheets = tuple(Sheet(name, (at, index), guarded(grid)) for index, grid in enumerate(grids(source)))
            code = next((code for sheet in sheets if (code := printed_code(sheet.grid))), None)
            yield File(name, kind, len(source.encode("utf-8", "replace")), sheets, Marks(None, code))


def typed_lines(file: File, names: TypeWords) -> File | None:
    """A text or document without a table, with its plain lines as a sheet; None for any other."""
    cells = [cell for sheet in file.sheets for _, cell in sorted(sheet.grid.cells.items())]
    in_columns = file.format != "text" and any(cell.column > 1 or cell.kind is not CellKind.TEXT for cell in cells)
    if file.format not in OF_LINES or in_columns or not cells:
        return None
    grid = typed_answers("\n".join(cell.text for cell in cells), names, filed=True)
    sheet = Sheet(file.name, file.sheets[0].at, grid) if grid else None
    return replace(file, sheets=(sheet,), by_lines=file.format != "text") if sheet else None


def _said_of(error: Unreadable, place: Place) -> Finding:
    if error.code is Code.FILE_FORMAT:
        return _refusal(error.why, place)
    return finding(error.code, place, why=error.why, where=error.why)


def _refusal(kind: str, place: Place) -> Finding:
    if kind == "encrypted":
        return finding(Code.FILE_ENCRYPTED, place)
    if kind in NO_TABLE:
        return finding(Code.FORM_NOT_FOUND, place, where=NO_TABLE[kind])
    if kind in NAMED:
        return finding(Code.FILE_FORMAT, place, what=NAMED[kind].what, instead=NAMED[kind].instead)
    return finding(Code.FILE_UNREADABLE, place, why=NOT_OPENED.get(kind, UNKNOWN))


def printed_code(grid: Grid) -> tuple[str, str] | None:
    """(circular, reporter) of the visible form code ``รหัสแบบ: w5827:long`` anywhere on a sheet."""
    for at, cell in grid.cells.items():
        if cell.kind is CellKind.TEXT and "รหัสแบบ" in cell.text:
            beside = " ".join(grid.own(at[0], at[1] + step).text for step in range(1, BESIDE))
            found = _CODE.search(ascii_digits(f"{cell.text} {beside}"))
            if found:
                return found.group(1).lower(), found.group(2).lower()
    return None
