"""The day of the data as a form's own line says it: ข้อมูล ณ วันที่ ...

Owns finding the line, reading its day, and when a day is not believed.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from parsers.circulars.period import days_of_data
from parsers.circulars.which_tables_count import Counting
from parsers.findings import Code, Ordered, finding, shown
from parsers.form.form import Form
from parsers.grid import Cell, CellKind, Grid, Sheet
from parsers.reading import About
from parsers.tables.line_kinds import AS_OF, BESIDE, FILLING, LABEL_CAP
from parsers.thai.dates import date_example, from_excel, parse_date, thai_date
from parsers.thai.text import ascii_digits

# Of a day of the data, from the circular's day: figures of the last quarter are four months old at most, and พ.ค. written for
# พ.ย. makes them half a year; a report may come a year late.
EARLY, LATE = datetime.timedelta(days=125), datetime.timedelta(days=400)
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
    sheets: Sequence[Sheet], count: Counting, form: Form, near: datetime.date | None, about: About | None
) -> tuple[datetime.date | None, list[Ordered]]:
    """The day of the data: the first sheet's that has one that can be believed; else what could not be."""
    quoted = days_of_data(about, near)
    # The circular quotes how all stood at a day of its own: a form of before that tells nothing of what came of it.
    known = [min(quoted)] if quoted else []
    first: datetime.date | None = None
    findings: list[Ordered] = []
    for sheet in sheets:
        inside = frozenset(row.row for each in count.kept if each.sheet.at == sheet.at for row in each.table.rows)
        said = day_line(sheet.grid, form, near, inside, quoted)
        if said is None:
            continue
        at, place = sheet.order(said.cell.row, said.cell.column), sheet.place(said.cell)
        if said.date is None:
            findings.append((at, finding(Code.DATE_UNREADABLE, place, shown(said.text), example=date_example(near))))
        elif about and not max([about.dated - EARLY, *known]) <= said.date <= about.dated + LATE:
            day, dated = thai_date(said.date), thai_date(about.dated)
            findings.append((at, finding(Code.DATE_DOUBTFUL, place, shown(said.text), day=day, dated=dated)))
        elif first and first != said.date:
            day, used = thai_date(said.date), thai_date(first)
            findings.append((at, finding(Code.DATES_DISAGREE, place, shown(said.text), day=day, used=used)))
        else:
            first = first or said.date
    unread = [pair for pair in findings if pair[1].code is Code.DATE_UNREADABLE]
    return first, [pair for pair in findings if first is None or pair not in unread]


def day_line(
    grid: Grid,
    form: Form,
    near: datetime.date | None,
    inside: frozenset[int] = frozenset(),
    quoted: frozenset[datetime.date] = frozenset(),
) -> AsOf | None:
    """The day of one sheet's data; the lowest one that can be read, else the first that cannot. None where none is written.

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
