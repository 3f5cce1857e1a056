"""What stands around the tables of the form: the day of the data, and the remarks.

Owns which sheets speak for the whole reading, and when a day is not believed.
"""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from parsers.circulars.period import days_of_data
from parsers.circulars.tables_of_mail import Opened
from parsers.circulars.which_tables_count import Counting
from parsers.findings import Code, Ordered, finding, shown
from parsers.form import Form
from parsers.grid import Sheet
from parsers.reading import About, RemarkText
from parsers.secrets.mask import mask_secrets
from parsers.tables import remark_lines
from parsers.tables.day_lines import as_of as day_line
from parsers.tables.line_kinds import Lines
from parsers.tables.model import Found
from parsers.thai.dates import date_example, thai_date

EARLY, LATE = (
    datetime.timedelta(days=200),
    datetime.timedelta(days=400),
)  # of a day of the data, from the circular's day


def read_sheets(opened: Opened, count: Counting) -> list[Sheet]:
    """The visible sheets of the files that hold the form, those set aside and a body beside a form left out."""
    with_form = {table.sheet.at[0] for table in count.kept}
    if with_form - opened.lesser.body - opened.lesser.inner:
        with_form -= opened.lesser.body | opened.lesser.inner
    sheets = [s for at, file in enumerate(opened.files) if at in with_form for s in file.sheets]
    return [sheet for sheet in sheets if not sheet.grid.hidden and sheet.at not in count.barred]


def as_of(
    sheets: Sequence[Sheet], count: Counting, form: Form, near: datetime.date | None, about: About | None
) -> tuple[datetime.date | None, list[Ordered]]:
    """The day of the data: the first sheet's that has one that can be believed; else what could not be."""
    quoted = days_of_data(about, near)
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
        elif about and not about.dated - EARLY <= said.date <= about.dated + LATE:
            day, dated = thai_date(said.date), thai_date(about.dated)
            findings.append((at, finding(Code.DATE_DOUBTFUL, place, shown(said.text), day=day, dated=dated)))
        elif first and first != said.date:
            day, used = thai_date(said.date), thai_date(first)
            findings.append((at, finding(Code.DATES_DISAGREE, place, shown(said.text), day=day, used=used)))
        else:
            first = first or said.date
    unread = [pair for pair in findings if pair[1].code is Code.DATE_UNREADABLE]
    return first, [pair for pair in findings if first is None or pair not in unread]


def remarks(sheets: Sequence[Sheet], found: Sequence[Found], form: Form) -> tuple[RemarkText, ...]:
    """The remarks of all sheets, those of one key together at the place of the first."""
    lines = Lines(form)
    remarks: dict[str, RemarkText] = {}
    for sheet in sheets:
        tables = [each.table for each in found if each.sheet.at == sheet.at]
        headers = frozenset(row for table in tables for row in range(table.top, table.bottom + 1))
        in_columns = (said for table in tables for said in remark_lines.column_remarks(table, lines))
        inside = frozenset(at for t in tables for at in chain((r.row for r in t.rows), (r.row for r in t.totals)))
        for said in chain(in_columns, remark_lines.remarks(lines, sheet.grid, headers, inside)):
            text = mask_secrets(said.text)
            known = remarks.setdefault(said.key, RemarkText(said.key, text, sheet.place(said.cell)))
            if text not in known.text:
                remarks[said.key] = replace(known, text=f"{known.text}\n{text}"[: remark_lines.REMARK_CAP])
    return tuple(remarks.values())
