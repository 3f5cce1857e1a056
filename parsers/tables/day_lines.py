"""The day of the data as a form's own line says it: ข้อมูล ณ วันที่ ...

Owns finding the line and reading its day. Whether the day can be believed is for others to say.
"""

import datetime
import re
from dataclasses import dataclass

from parsers.form import Form
from parsers.grid import Cell, CellKind, Grid
from parsers.tables.line_kinds import AS_OF, BESIDE, FILLING, LABEL_CAP
from parsers.thai.dates import from_excel, parse_date
from parsers.thai.text import ascii_digits

PROSE = 80  # characters before the words for the day; so far into a long text they belong to its prose
# "พ.ศ. 2567", "วันที่ เดือน พ.ศ.": printed, with nothing written into it.
_YEAR_ONLY = re.compile(r"^(?:วันที่|เดือน|พ\.?ศ\.?|\s)*(?:2[45]\d\d|\d{2})?$")


@dataclass(frozen=True)
class AsOf:
    """The day of the data: ``date`` is None when ``text`` could not be read."""

    date: datetime.date | None
    text: str
    cell: Cell


def as_of(
    grid: Grid,
    form: Form,
    near: datetime.date | None,
    inside: frozenset[int] = frozenset(),
    quoted: frozenset[datetime.date] = frozenset(),
) -> AsOf | None:
    """The day of the data; the lowest one that can be read, else the first that cannot. None where none is written.

    A note in the rows ``inside`` a table, a long text, a day that the circular itself ``quoted``, and a bracketed
    day beside the form's own line speak of other data.
    """
    # The words that everybody uses, and those of the circular.
    wanted = re.compile(AS_OF.pattern + "|" + re.escape(form.as_of_label))
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
    if _YEAR_ONLY.match(FILLING.sub("", ascii_digits(text))):
        return None
    # "29 /พ.ย. / 2567": blanks around the strokes of a printed date.
    day = parse_date(text, near) or parse_date(re.sub(r"(?:(?<!\s)\s++)?/\s*+", "/", text), near)
    return AsOf(day, text, label)
