"""An attachment's bytes to sheets, or to the finding that says why not and what to send instead.

Owns which reader opens which format and the Thai reason for each format that none does. Knows no form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from parsers.findings import Code, Finding, Place, finding
from parsers.formats import xlsx
from parsers.formats.book import Workbook
from parsers.formats.errors import Unreadable
from parsers.formats.sniff import sniff
from parsers.lines import printed_code
from parsers.recognise import Marks
from parsers.rows import Sheet

# One reader per format; a format that is not here is answered with what to send instead.
READERS: dict[str, Callable[[bytes], Workbook]] = {"xlsx": xlsx.read, "xlsm": xlsx.read}

# Formats without a table that could be read: why, for the sentence of FORM_NOT_FOUND.
NO_TABLE: Mapping[str, str] = {
    "image": "ในรูปภาพ เพราะระบบอ่านเครื่องหมายและตัวเลขจากรูปภาพไม่ได้",
    "pdf": "ในไฟล์ PDF เพราะระบบยังอ่านตารางจากไฟล์ PDF ไม่ได้",
    "docx": "ในไฟล์ Word เพราะระบบยังอ่านตารางจากไฟล์ Word ไม่ได้",
    "pptx": "ในไฟล์ PowerPoint เพราะระบบอ่านตารางจากไฟล์ PowerPoint ไม่ได้",
    "rtf": "ในไฟล์เอกสาร RTF เพราะระบบอ่านตารางจากไฟล์นี้ไม่ได้",
    "html": "ในไฟล์หน้าเว็บ เพราะระบบยังอ่านตารางจากไฟล์นี้ไม่ได้",
    "csv": "ในไฟล์ข้อความ เพราะระบบยังอ่านตารางจากไฟล์นี้ไม่ได้",
    "text": "ในไฟล์ข้อความ เพราะระบบยังอ่านตารางจากไฟล์นี้ไม่ได้",
    "eml": "ในอีเมลที่แนบมา",
}
# Formats that could not be opened: why, for the sentence of FILE_UNREADABLE.
NOT_OPENED: Mapping[str, str] = {
    "xls": "เพราะเป็น Excel รุ่นเก่า (.xls)",
    "xlsb": "เพราะเป็น Excel แบบไบนารี (.xlsb)",
    "ods": "เพราะเป็นไฟล์ OpenDocument (.ods)",
    "zip": "เพราะเป็นไฟล์บีบอัด (.zip)",
    "tnef": "เพราะเป็นไฟล์ winmail.dat ของ Outlook",
    "empty": "เพราะเป็นไฟล์ว่าง",
    "ole": "เพราะเป็นไฟล์เอกสารรุ่นเก่าที่ระบบไม่รองรับ",
    "killed": "เพราะไฟล์เสียหายหรือซับซ้อนเกินไป",
}
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


def killed(name: str, size: int, at: int) -> File:
    """A file that ended a process before; ``at`` is its index in the mail."""
    why = NOT_OPENED["killed"]
    trouble = finding(Code.FILE_UNREADABLE, Place(name), why=why)
    return File(name, "unknown", size, trouble=trouble, note=f"attachment {at}: killed")


def opened(name: str, data: bytes, at: int) -> File:
    """Open one file, the ``at``-th of its mail. Never raises."""
    kind = sniff(data)
    reader = READERS.get(kind)
    place = Place(name)
    if reader is None:
        return File(name, kind, len(data), trouble=_refusal(kind, place))
    try:
        book = reader(data)
    except Unreadable as error:
        return File(name, kind, len(data), trouble=finding(error.code, place, why=error.why))
    except Exception as error:  # noqa: BLE001 - a reader's own fault must not cost the rest of the mail
        trouble = finding(Code.FILE_UNREADABLE, place, why="เพราะไฟล์เสียหายหรือไม่สมบูรณ์")
        return File(name, kind, len(data), trouble=trouble, note=f"attachment {at}: {type(error).__name__}")
    sheets = tuple(Sheet(name, (at, index), grid) for index, grid in enumerate(book.grids))
    mark = (book.mark.circular.lower(), book.mark.reporter) if book.mark else None
    code = next((code for sheet in sheets if (code := printed_code(sheet.grid))), None)
    return File(name, kind, len(data), sheets, Marks(mark, code))


def _refusal(kind: str, place: Place) -> Finding:
    if kind == "encrypted":
        return finding(Code.FILE_ENCRYPTED, place)
    if kind in NO_TABLE:
        return finding(Code.FORM_NOT_FOUND, place, where=NO_TABLE[kind])
    return finding(Code.FILE_UNREADABLE, place, why=NOT_OPENED.get(kind, UNKNOWN))
