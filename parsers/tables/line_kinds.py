"""What a line of text in a form is: a total's label, a line below the table, the label of a remark, the day of the data.

Owns the words by which such lines are known, and reading the remarks, the day and the printed form code around a table.
Knows nothing of columns and rows of data.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import islice, takewhile

from parsers.form import Form
from parsers.grid import Cell, CellKind, Grid
from parsers.organisations.type_words import ANY_KIND, is_head_of_office
from parsers.thai.dates import from_excel, parse_date
from parsers.thai.text import ascii_digits, heading_key

REMARK_CAP = 2000  # characters kept of one remark
LABEL_CAP = 160  # characters of a label that goes on before its colon
PROSE = 80  # characters before the words for the day; so far into a long text they belong to its prose
BESIDE = 12  # cells to the right of a label that are looked at

_TOTAL = re.compile(
    r"^(?:ยอด|ผล)?รวม(?:$|ทั้ง|ดำเนินการ|จำนวน|แห่ง|อำเภอ|จังหวัด|หน้า|ยอด|เงิน|ทุก|ผล|สะสม|\d|ร้อยละ|ที่|แล้ว|ยัง|ไม่|เป็น)"
    rf"|^(?:ยอด|ผล)?รวม{ANY_KIND}"
    r"|^(?:ทั้งสิ้น|ทั้งหมด|total|grandtotal|subtotal|sum$|คิดเป็นร้อยละ|ร้อยละ|เฉลี่ย|ค่าเฉลี่ย)"
)
_BELOW = re.compile(
    r"^[(\[\"“]?\s*(?:ลงชื่อ|ลงนาม|ผู้รายงาน|ผู้รับรอง|ผู้จัดทำ|ผู้ตรวจ|หมายเหตุ|\(?[.…_]{3,}|ตำแหน่ง|โทรศัพท์|โทร\s*[.\d]|เบอร์โทร|ท้องถิ่นจังหวัด|ท้องถิ่นอำเภอ"
    r"|QR\s*Code|รหัสแบบ|ข้อมูล\s*ณ|คำชี้แจง|คำอธิบาย|ขอรับรอง|จึงเรียน)"
    r"|ใส่เครื่องหมาย|ผู้รายงาน\s*$",
    re.IGNORECASE,
)
_PERSON = re.compile(r"^(?:นายอำเภอ|ปลัดอำเภอ|[(\[](?:นาย|นาง|นางสาว|น\.ส\.|ว่าที่\s*ร)[^()]+[)\]]\s*$)")
_DOTS = " .…_"
_LEADING = re.compile(r"^[\s\d.)(\-–•*]+")
_FILLING = re.compile(r"[\s._…·•⋯‧\-–—:/\\()]+")
_AS_OF = re.compile(r"ข้อมูล\s*+ณ\s*+(?:วัน)?\s*+(?:ที่)?")
_YEAR_ONLY = re.compile(r"^(?:วันที่|เดือน|พ\.?ศ\.?|\s)*(?:2[45]\d\d|\d{2})?$")

_Labels = Mapping[tuple[int, int], tuple[str, str]]  # by place: key of the remark, text after its label


class Line(Enum):
    """What sort of line a text begins."""

    TOTAL = "total"
    CARRIED = "carried"  # a page's sum carried over to the next
    BELOW = "below"  # remark, day of the data, signature, note: no row of data
    PERSON = "person"  # a name or position under a signature, unless the row has answers
    OTHER = "other"


@dataclass(frozen=True)
class Said:
    """A remark's text and the cell it was read from."""

    key: str
    text: str
    cell: Cell


@dataclass(frozen=True)
class AsOf:
    """The day of the data: ``date`` is None when ``text`` could not be read."""

    date: datetime.date | None
    text: str
    cell: Cell


def blank_filling(text: str) -> bool:
    """Only dots, lines and brackets, as printed to be written on."""
    return not _FILLING.sub("", text)


class Lines:
    """A form's lines outside its table."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._known: dict[str, Line] = {}

    @cached_property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """Heading keys of each remark's wordings, longest first."""
        return {
            remark.key: tuple(sorted((heading_key(w) for w in (remark.label, *remark.aliases)), key=len, reverse=True))
            for remark in self.form.remark
        }

    @cached_property
    def total(self) -> str:
        """The heading key of the form's own total label."""
        return heading_key(self.form.total_label)

    def sort_of(self, text: str) -> Line:
        """What sort of line ``text`` begins."""
        if text not in self._known:
            self._known[text] = self._sort(text)
        return self._known[text]

    def _sort(self, text: str) -> Line:
        if not text:
            return Line.OTHER
        key = heading_key(text[:LABEL_CAP])
        if key.startswith("ยอดยก"):
            return Line.CARRIED
        if _TOTAL.match(key) or (len(self.total) > len("รวม") and key.startswith(self.total)):
            return Line.TOTAL
        if _BELOW.search(text) or self.remark_of(text) or _AS_OF.match(text.lstrip("( ")):
            return Line.BELOW
        return Line.PERSON if _PERSON.match(text) or is_head_of_office(text) else Line.OTHER

    def remark_of(self, text: str) -> tuple[str, str] | None:
        """(key of the remark, text after its label) when ``text`` begins with a remark's label."""
        bare = _LEADING.sub("", text)
        key = heading_key(bare[:LABEL_CAP])
        for name, wordings in self.labels.items():
            for wording in wordings:
                if wording and key.startswith(wording):
                    return name, _after_label(bare, wording)
        return None

    def remarks(
        self, grid: Grid, headers: frozenset[int] = frozenset(), inside: frozenset[int] = frozenset()
    ) -> Iterator[Said]:
        """The remarks of a sheet: after the label, right of it, or in the rows below.

        No label stands in the rows ``headers``; no remark goes on into these or the rows ``inside`` a table.
        """
        rows: dict[int, list[Cell]] = {}
        for at in sorted(grid.cells):
            if not grid.cells[at].blank:
                rows.setdefault(at[0], []).append(grid.cells[at])
        order = sorted(rows)
        barred = headers | inside
        texts = (cell for row in order if row not in headers for cell in rows[row] if cell.kind is CellKind.TEXT)
        found = {(cell.row, cell.column): begun for cell in texts if (begun := self.remark_of(cell.text))}
        labels = self._true_labels(grid, found)
        for place, row in enumerate(order):
            for column, cell in enumerate(rows[row]):
                if (row, cell.column) in labels:
                    right = rows[row][column + 1 : column + 1 + BESIDE]
                    below = (rows[r] for r in takewhile(lambda r: r not in barred, islice(order, place + 1, None)))
                    said = self._said(labels, cell, right, below)
                    if said:
                        yield said

    def _true_labels(self, grid: Grid, found: _Labels) -> _Labels:
        """Of the texts that begin with a remark's label those that are one: a remark may begin with another's label.

        Where the form's label stands by itself or before a colon or dots, a longer text that begins alike is no label.
        """
        plain = {at for at, (key, _) in found.items() if self._stands_alone(grid.cells[at].text, key)}
        sure = {found[at][0] for at in plain}
        return {at: said for at, said in found.items() if at in plain or said[0] not in sure}

    def _stands_alone(self, text: str, key: str) -> bool:
        bare = _LEADING.sub("", text)
        head = re.split(r":|[.…_]{2,}|\n", bare[:LABEL_CAP], maxsplit=1)[0]
        return heading_key(head) in self.labels[key] or head != bare[:LABEL_CAP]

    def _said(self, labels: _Labels, label: Cell, right: list[Cell], below: Iterable[list[Cell]]) -> Said | None:
        key, rest = labels[label.row, label.column]
        parts = [] if blank_filling(rest) else [(rest, label)]
        for cell in right:
            if self._begins_another(cell, labels):
                return _said(key, parts)
            parts += [] if blank_filling(cell.text) else [(cell.text, cell)]
        room = REMARK_CAP
        for cells in below:
            if room < 0 or any(self._ends(cell, labels) for cell in cells):
                break
            more = [(cell.text, cell) for cell in cells if not blank_filling(cell.text)]
            room -= sum(len(text) for text, _ in more)
            parts += more
        return _said(key, parts)

    def _ends(self, cell: Cell, labels: _Labels) -> bool:
        """Whether a remark ends before a cell below its label."""
        if (cell.row, cell.column) not in labels and self.remark_of(cell.text.lstrip(_DOTS)):
            return False
        return self.sort_of(cell.text.lstrip(_DOTS)) is not Line.OTHER

    def _begins_another(self, cell: Cell, labels: _Labels) -> bool:
        """Whether a text beside a remark's label is another part of the form; a remark may begin like a total."""
        if (cell.row, cell.column) in labels:
            return True
        printed = ".." in cell.text and self.sort_of(cell.text) is Line.BELOW
        return printed or bool(_AS_OF.match(cell.text.lstrip("( ")))

    def as_of(
        self,
        grid: Grid,
        near: datetime.date | None,
        inside: frozenset[int] = frozenset(),
        quoted: frozenset[datetime.date] = frozenset(),
    ) -> AsOf | None:
        """The day of the data; the lowest one that can be read, else the first that cannot. None where none is written.

        A note in the rows ``inside`` a table, a long text, a day that the circular itself ``quoted``, and a bracketed
        day beside the form's own line speak of other data.
        """
        wanted = re.compile(_AS_OF.pattern + "|" + re.escape(self.form.as_of_label))
        best: AsOf | None = None
        bracketed: AsOf | None = None
        own_line = False
        for at in sorted(grid.cells):
            cell = grid.cells[at]
            label = wanted.search(cell.text) if cell.kind is CellKind.TEXT and at[0] not in inside else None
            if not label or (label.start() > PROSE and len(cell.text) > LABEL_CAP):
                continue
            aside = cell.text.lstrip().startswith(("(", "[")) and label.start() <= len("((ณ")
            own_line = own_line or (label.start() == 0)
            found = _day(grid, cell, cell.text[label.end() :], near)
            if found is None or found.date in quoted:
                continue
            if aside:
                bracketed = found if found.date or bracketed is None else bracketed
            elif found.date or best is None:
                best = found
        return best if best or own_line else bracketed


def _after_label(text: str, wording: str) -> str:
    """What follows the label in its own cell: after its colon, else after the word that ends the label."""
    head, colon, rest = text.partition(":")
    if colon and len(head) <= LABEL_CAP and heading_key(head).startswith(wording):
        return rest.strip()
    for end in range(1, len(text) + 1):
        if heading_key(text[:end]) == wording:
            # The label may go on ("...จากการตามพระราชบัญญัติฯ") up to the next space or row of dots.
            return re.sub(r"^[^\s.…_]*", "", text[end:], count=1).strip()
    return ""


def _said(key: str, parts: list[tuple[str, Cell]]) -> Said | None:
    texts = [re.sub(r"^[.…_\s]{2,}|(?<![.…_\s])[.…_\s]{3,}+$", "", text).strip() for text, _ in parts]
    text = "\n".join(t for t in texts if t)[:REMARK_CAP]
    return Said(key, text, parts[0][1]) if text else None


def _day(grid: Grid, label: Cell, rest: str, near: datetime.date | None) -> AsOf | None:
    """The day after a label, in its cell or right of it; None for a blank that was left blank."""
    parts = [rest]
    for step in range(1, BESIDE):
        cell = grid.own(label.row, label.column + step)
        if cell.kind is CellKind.DATE and cell.date:
            return AsOf(from_excel(cell.date, near), cell.text, cell)
        parts.append(cell.text)
    # "..29../..พ.ย../2567" is written on the printed dots.
    text = re.sub(r"[.…_]{2,}", " ", " ".join(part for part in parts if part)).strip(" )]")
    if _YEAR_ONLY.match(_FILLING.sub("", ascii_digits(text))):
        return None
    day = parse_date(text, near) or parse_date(re.sub(r"(?:(?<!\s)\s++)?/\s*+", "/", text), near)
    return AsOf(day, text, label)
