"""The records of an old Excel workbook (.xls), looked over before xlrd gets them.

Owns the way into the OLE file, the caps, and the blanking of records that only make trouble: names, notes, drawings,
links and conditional formats, none of which a reader of cells needs.
"""

import io
import re
import struct
from dataclasses import dataclass, field

from xlrd.compdoc import SIGNATURE, CompDoc

from parsers.findings import Code
from parsers.formats.excel.xls_shared_texts import held
from parsers.formats.office_zip.checked_package import CELLS_CAP, SHEETS_CAP
from parsers.formats.office_zip.sheet_range_merges_formulas import MERGES_CAP
from parsers.formats.sheets_read import META_PROPERTY, Mark, mark_of
from parsers.formats.unreadable import Unreadable, too_large

SIZE_CAP = 32 << 20  # xlrd takes some ten times the size of a file
BLANKS_CAP = 4_000_000  # styled cells without content cost two bytes in the file and a dozen in memory
ROWS_CAP = 600_000  # over all sheets, counted to the last one: xlrd makes each row before it

_SUMMARY = "\x05DocumentSummaryInformation"
_BEGINNINGS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
# Types of records: SST and Continue (MS-XLS, 2.3.2).
_TEXTS, _CONTINUE = 0x00FC, 0x003C
# BoundSheet8, FilePass, MergeCells and SupBook (MS-XLS, 2.3.2).
_SHEET, _PASSWORD, _MERGES, _BOOK = 0x0085, 0x002F, 0x00E5, 0x01AE
_ONE_CELL = frozenset(
    {0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406}
)
_BLANK, _BLANKS, _NUMBERS = frozenset({0x0001, 0x0201}), 0x00BE, 0x00BD
_STYLE = 0x00E0  # XF (MS-XLS, 2.4.353): the look of cells, by number
# Names, notes, objects, texts and pictures of drawings, conditional formats, hyperlinks and their tips, checks of input.
_NEEDLESS = frozenset(
    {0x0018, 0x0218, 0x0023, 0x0223, 0x001C, 0x005D, 0x01B6, 0x00EB, 0x00EC, 0x00ED, 0x01B0, 0x01B1, 0x01B8, 0x0800}
    | {0x01B2, 0x01BE}
    | {0x0293, _BLANKS, *_BLANK}  # named styles, and cells that only have a look
)
_IGNORED = 0x0FFF  # a code that no program knows
_OWN_BOOKS = (b"\x01\x04", b"\x01\x3a")  # this workbook itself, and add-in functions


@dataclass(frozen=True)
class Stream:
    """The records of a workbook, made tame. ``links`` tells of links to other files."""

    data: bytes = field(repr=False)
    links: bool
    mark: Mark | None


class Nowhere(io.TextIOBase):
    """Where xlrd's remarks go."""

    def write(self, words: str) -> int:
        """Take the words and forget them."""
        return len(words)


def tame(data: bytes) -> Stream:
    """The records of an .xls file. Raises Unreadable, and what xlrd and struct raise on damage."""
    if len(data) > SIZE_CAP:
        raise too_large(f"เกิน {SIZE_CAP >> 20} เมกะไบต์")
    if not data.startswith(SIGNATURE):
        return _Scan(bytearray(data)).stream(None)
    store = CompDoc(data, logfile=Nowhere())
    records = store.get_named_stream("Workbook") or store.get_named_stream("Book")
    if not records:
        raise Unreadable(Code.FILE_UNREADABLE, "ไม่พบแผ่นงานในไฟล์")
    return _Scan(bytearray(records)).stream(_mark(store))


def _mark(store: CompDoc) -> Mark | None:
    """Our mark in the custom properties: the name, and a text that looks like its value, are proof enough."""
    try:
        summary = store.get_named_stream(_SUMMARY) or b""
    except Exception:  # noqa: BLE001 - broken properties are no reason not to read the sheets
        return None
    summary = summary.replace(b"\0", b"")
    # "w5827:5401" behind 0x1E, the type of a string of bytes (MS-OLEPS, 2.15), of which the zeros were taken out.
    found = re.search(rb"\x1e[^:]{0,4}?(?<![\w.-])([A-Za-z0-9][\w.-]{0,79}):([\w.-]{0,80})", summary)
    if META_PROPERTY.encode() not in summary or not found:
        return None
    return mark_of(
        {"ruam": "1", "circular": found[1].decode("ascii", "replace"), "reporter": found[2].decode("ascii", "replace")}
    )


class _Scan:
    """One walk over the records: counting, and blanking what is not needed."""

    def __init__(self, records: bytearray) -> None:
        self._records = records
        self._sheets = self._cells = self._blanks = self._merges = 0
        self._rows = self._last_row = self._styles = 0
        self._links = False

    def stream(self, mark: Mark | None) -> Stream:
        """Walk, check, and hand over."""
        at, end = 0, len(self._records)
        while at + 4 <= end:
            code, size = struct.unpack_from("<HH", self._records, at)
            if code == size == 0:  # the rest is padding
                break
            self._take(code, at + 4, min(size, end - at - 4))
            if code == _TEXTS:
                self._count_texts(at)
            if code in _NEEDLESS:
                struct.pack_into("<H", self._records, at, _IGNORED)
            at += 4 + size
        self._check()
        return Stream(bytes(self._records), self._links, mark)

    def _count_texts(self, at: int) -> None:
        """Let the table of texts at ``at`` state no more texts than there are."""
        pieces: list[bytes] = []
        start = at
        while at + 4 <= len(self._records):
            code, size = struct.unpack_from("<HH", self._records, at)
            if code != (_CONTINUE if pieces else _TEXTS):
                break
            pieces.append(bytes(self._records[at + 4 : at + 4 + size]))
            at += 4 + size
        if len(pieces[0]) >= 8:  # noqa: PLR2004 - the two counts
            stated = struct.unpack_from("<i", self._records, start + 8)[0]
            struct.pack_into("<i", self._records, start + 8, min(stated, held(pieces)))

    def _take(self, code: int, at: int, size: int) -> None:
        if code in _ONE_CELL:
            self._cells += 1
            self._check_style(at + 4, at + size)
        elif code == _NUMBERS:
            self._cells += max(size - 6, 0) // 6
            for style in range(at + 4, at + size - 2, 6):
                self._check_style(style, at + size)
        elif code == _BLANKS:
            self._blanks += max(size - 6, 0) // 2
        elif code in _BLANK:
            self._blanks += 1
        else:
            self._other(code, at, size)
            return
        if size >= 2:  # noqa: PLR2004 - where the row is said
            self._last_row = max(self._last_row, int.from_bytes(self._records[at : at + 2], "little") + 1)

    def _check_style(self, at: int, end: int) -> None:
        """Let a cell that names a style which is not there have the first one; the font of a tick is then not known."""
        if at + 2 <= end and int.from_bytes(self._records[at : at + 2], "little") >= self._styles > 0:
            struct.pack_into("<H", self._records, at, 0)

    def _other(self, code: int, at: int, size: int) -> None:
        if code in _BEGINNINGS:
            self._check()
            self._rows, self._last_row = self._rows + self._last_row, 0
        elif code == _PASSWORD:
            raise Unreadable(Code.FILE_ENCRYPTED)
        elif code == _SHEET:
            self._sheets += 1
        elif code == _STYLE:
            self._styles += 1
        elif code == _MERGES and size >= 2:  # noqa: PLR2004 - where they are counted
            held_here = (size - 2) // 8
            struct.pack_into("<H", self._records, at, held_here)
            self._merges += held_here
        elif code == _BOOK:
            self._links = self._links or bytes(self._records[at + 2 : at + 4]) not in _OWN_BOOKS

    def _check(self) -> None:
        if self._sheets > SHEETS_CAP:
            raise too_large(f"มีแผ่นงานเกิน {SHEETS_CAP} แผ่น")
        if self._cells > CELLS_CAP:
            raise too_large(f"มีข้อมูลเกิน {CELLS_CAP:,} ช่อง")
        if self._merges > MERGES_CAP:
            raise too_large(f"มีช่องที่ผสานเกิน {MERGES_CAP:,} แห่ง")
        if self._blanks > BLANKS_CAP or self._rows + self._last_row > ROWS_CAP:
            raise too_large("มีช่องว่างที่จัดรูปแบบไว้มากเกินไป")
