"""The rows of the report's table in the workbook: an organisation's answers, ยังไม่รายงาน where one is owed, and the totals."""

import math
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.documents.report.columns_and_headings import (
    EXEMPT,
    FIRST,
    NOT_ASKED,
    TOGETHER,
    UNREPORTED,
    adds_up,
    cell_value,
    first_column,
    marks_of,
    number_format,
    put_label,
    put_organisation,
    put_total_label,
    row_height,
    total_format,
)
from bot.documents.typography.worksheet import (
    Content,
    Page,
    line_count,
    line_height,
)
from bot.office.model.owed import open_questions
from bot.office.model.rollup import Line, Total, together
from parsers.form.form import Form, TableRow
from parsers.form.question import NUMERIC, Kind, Question
from parsers.reading import Value


def draw_lines(page: Page, form: Form, lines: Iterable[Line]) -> None:
    """One row for each organisation, or one for each of the form's rows."""
    for line in lines:
        blank = blanks(form, line)
        put_organisation(page, line.number, line.organisation, len(form.rows))
        for row in form.rows:
            put_label(page, form, row.label)
            _draw_row(page, form, row, line.values, blank)


def blanks(form: Form, line: Line) -> dict[str, str]:
    """What stands in the blank cells of a line where something is said of them, by question."""
    if line.exempt:
        return {question.key: EXEMPT for question in form.question}
    other = {q.key: NOT_ASKED for q in form.question if not q.is_for(line.organisation.type)}
    return other | dict.fromkeys(open_questions(form, line.organisation, line.values), UNREPORTED)


def _draw_row(
    page: Page, form: Form, row: TableRow, values: Mapping[str, Value | None], blank: Mapping[str, str]
) -> None:
    marks = marks_of(form)
    written: list[tuple[int, Content]] = [(FIRST, row.label)]
    for column, question in enumerate(row.questions, first_column(form)):
        value = values.get(question.key)
        if value is None:
            page.put(column, blank.get(question.key), "r-missing")
            continue
        content = cell_value(question, value, marks)
        cell = page.put(column, content, _style_of(question))
        if question.kind in NUMERIC:
            cell.number_format = number_format(form, question)
        written.append((column, content))
    page.next(row_height(page, written))


def _style_of(question: Question) -> str:
    if question.kind in NUMERIC:
        return "r-figure"
    return {Kind.TEXT: "r-name", Kind.DATE: "r-number"}.get(question.kind, "r-cell")


def draw_total(page: Page, form: Form, label: str, totals: Mapping[str, Total]) -> None:
    """The total below them: how many ticks, and the sum of each figure."""
    rows = put_total_label(page, form, label)
    height = line_height(math.ceil(line_count(label, page.span(1, 2)) / rows))
    for row in form.rows:
        put_label(page, form, row.label, "r-total-name")
        for column, question in enumerate(row.questions, first_column(form)):
            total = totals.get(question.key)
            if question.kind is Kind.TICK:
                page.put(column, f"{_plain(total.value if total else None)} แห่ง", "r-total")
                continue
            cell = page.put(column, total.value if total else None, "r-sum")
            if question.kind in NUMERIC:
                cell.number_format = total_format(form, question)
        page.next(max(height, row_height(page, [(FIRST, row.label)])))
    if adds_up(form):
        put_label(page, form, TOGETHER, "r-total-name")
        for place, question in enumerate(form.column):
            cell = page.put(first_column(form) + place, together(form, totals, place), "r-sum")
            if question.kind in NUMERIC:
                cell.number_format = total_format(form, question)
        page.next(height)


def _plain(value: Decimal | None) -> int:
    return int(value or 0)
