"""The report's sheet of free rows: every organisation's list, row by row, and what the figures come to."""

from decimal import Decimal

from bot.documents.report.annexes import draw_columns
from bot.documents.report.columns_and_headings import cell_value, marks_of, number_format, row_height
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import Content, Page
from bot.office.model.rollup import Line, Rollup
from parsers.form.form import Form
from parsers.form.free_rows import BLANK, NONE, ROWS, items_of, value_of
from parsers.form.question import NUMERIC, Kind, Question, heading

ITEMS = "รายการรายแห่ง"


def item_widths(form: Form) -> tuple[float, ...]:
    """Widths for ``draw_items``: number, organisation, district, the row's label, then each column."""
    return (7.0, 34.0, 16.0, 34.0, *(20.0 for _ in form.listed))


def draw_items(page: Page, form: Form, rollup: Rollup) -> None:
    """One row for each row of each list; who has nothing to list, or has not reported, has one that says so."""
    page.line(f"{form.row_label}ของแต่ละแห่ง", "r-title", 18)
    fixed = [form.number_label, form.naming.called, form.naming.district, form.row_label]
    head = draw_columns(page, [*fixed, *(heading(question) for question in form.listed)])
    for line in rollup.lines:
        _draw_list(page, form, line)
    _draw_sums(page, form, rollup)
    set_up_print(page, head, landscape=True)


def _draw_list(page: Page, form: Form, line: Line) -> None:
    answer, marks = line.values.get(ROWS), marks_of(form)
    nothing = (NONE if isinstance(answer, str) else "ยังไม่รายงาน", *len(form.listed) * (BLANK,))
    items = items_of(answer, len(form.listed)) if isinstance(answer, str) else []
    for label, *parts in items or [nothing]:
        values = [value_of(question, part) for question, part in zip(form.listed, parts, strict=True)]
        shown = [
            None if value is None else cell_value(question, value, marks)
            for question, value in zip(form.listed, values, strict=True)
        ]
        _draw(page, form, [line.number, line.organisation.printed_name, line.organisation.district, label, *shown])


def _draw_sums(page: Page, form: Form, rollup: Rollup) -> None:
    found = [rollup.totals.get(question.key) for question in form.listed]
    sums: list[Content] = [
        total.value if total and question in _figures(form) else None
        for question, total in zip(form.listed, found, strict=True)
    ]
    _draw(page, form, [None, form.total_label, None, None, *sums])


def _figures(form: Form) -> list[Question]:
    return [question for question in form.listed if question.kind in NUMERIC and question.kind is not Kind.PERCENT]


def _draw(page: Page, form: Form, row: list[Content]) -> None:
    texts = list(enumerate(row, 1))
    for column, value in texts:
        cell = page.put(column, value, "r-figure" if isinstance(value, Decimal) else "r-name")
        if isinstance(value, Decimal):
            cell.number_format = number_format(form, form.listed[column - 5])
    page.next(row_height(page, texts))
