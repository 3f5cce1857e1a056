"""The workbook หนังสือเวียนใหม่ as staff corrected it, back to what it says. Pure, and raises on no grid.

Law: a proposal written and read back is the same, but for its doubts. What cannot be read is left empty and said.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

from parsers.blank_form.corrected_questions import corrected_questions
from parsers.blank_form.proposal import Code, NewForm, NewLetter, Papers, Unsure
from parsers.blank_form.unsure import unsure
from parsers.blank_form.workbook_words import FREE_ROWS, LINES, QUESTIONS, SEVERAL_ROWS, SHEET
from parsers.grid import Cell, CellKind, Grid
from parsers.thai.dates import from_excel, parse_date
from parsers.thai.text import ascii_digits, heading_key

END_OF_DAY = datetime.time(16, 30)
# "๑๖.๓๐ น.", "08:30" behind a day.
_HOUR = re.compile(r"(?<![\d/.])(\d{1,2})[.:](\d{2})\s{0,3}(?:น\.?)?\s{0,3}$")
# "w5827", "c241120-2".
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,30}")
# "a@department.example, b@department.example".
_ADDRESS = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>]{1,190}", re.ASCII)


def is_corrected(grids: Sequence[Grid]) -> bool:
    """Whether sheets are this workbook's."""
    return {SHEET, QUESTIONS} <= {grid.sheet for grid in grids}


def read_corrected(grids: Sequence[Grid]) -> Papers:
    """What the workbook says. KeyError where it is another one."""
    sheets = {grid.sheet: grid for grid in grids}
    cells = dict(_lines(sheets[SHEET]))
    unread: list[Unsure] = []
    questions = corrected_questions(sheets[QUESTIONS], unread)
    days = {name: _moment(cells, name, unread) for name in ("opens", "reporters", "cutoff", "until")}
    letter = NewLetter(
        **{name: _text(cells, name) for name in ("number", "title", "department", "salutation", "unit", "phone")},
        dated=_day(cells, "dated", unread),
        to=tuple(_ADDRESS.findall(_text(cells, "to"))),
        reporters=days["reporters"],
        until=days["until"],
    )
    shape = _text(cells, "shape")
    form = NewForm(
        title=_text(cells, "form_title"),
        organisation_label=_text(cells, "organisation_label"),
        row_label=_text(cells, "row_label"),
        total_label=_text(cells, "total_label"),
        free=shape == FREE_ROWS,
        rows=_several(cells, "rows") if shape == SEVERAL_ROWS else (),
        questions=questions,
        remarks=_several(cells, "remarks"),
        note=_several(cells, "note"),
        report_note=_several(cells, "report_note"),
        yes=tuple(_text(cells, "yes").split()),
        no=tuple(_text(cells, "no").split()),
    )
    words = {name: _text(cells, name) for name in ("subject", "opening", "enclosed")}
    slug = _slug(cells, unread)
    return Papers(letter, form, tuple(unread), slug=slug, opens=days["opens"], cutoff=days["cutoff"], **words)


def _slug(cells: Mapping[str, Cell], unread: list[Unsure]) -> str:
    slug = _text(cells, "slug").casefold()
    if slug and not _SLUG.fullmatch(slug):
        unread.append(_of(cells, "slug"))
        return ""
    return slug


def _lines(grid: Grid) -> Iterator[tuple[str, Cell]]:
    """The value beside each label, wherever the line stands."""
    fields = {heading_key(label): field for field, label in LINES.items()}
    for (row, column), cell in sorted(grid.cells.items()):
        if cell.kind is CellKind.TEXT and (field := fields.get(heading_key(cell.text))):
            yield field, grid.own(row, column + 1)


def _of(cells: Mapping[str, Cell], field: str) -> Unsure:
    return unsure(Code.UNREAD, LINES[field], other=cells[field].text)


def _text(cells: Mapping[str, Cell], field: str) -> str:
    """A value in one line."""
    return " ".join(cells[field].text.split()) if field in cells else ""


def _several(cells: Mapping[str, Cell], field: str) -> tuple[str, ...]:
    """The lines of a value."""
    lines = cells[field].text.split("\n") if field in cells else []
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))


def _day(cells: Mapping[str, Cell], field: str, unread: list[Unsure]) -> datetime.date | None:
    cell = cells.get(field)
    if cell is None or cell.blank:
        return None
    day = from_excel(cell.date, None) if cell.kind is CellKind.DATE and cell.date else parse_date(cell.text)
    if day is None:
        unread.append(_of(cells, field))
    return day


def _moment(cells: Mapping[str, Cell], field: str, unread: list[Unsure]) -> datetime.datetime | None:
    """A day with its hour; the end of the office's day where none is written."""
    day = _day(cells, field, unread)
    if day is None:
        return None
    found = _HOUR.search(ascii_digits(cells[field].text)) if cells[field].kind is CellKind.TEXT else None
    hour, minute = (int(found[1]), int(found[2])) if found else (END_OF_DAY.hour, END_OF_DAY.minute)
    if hour > 23 or minute > 59:  # noqa: PLR2004 - of a day
        unread.append(_of(cells, field))
        hour, minute = END_OF_DAY.hour, END_OF_DAY.minute
    return datetime.datetime.combine(day, datetime.time(hour, minute))
