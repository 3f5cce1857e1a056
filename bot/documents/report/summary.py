"""What the answers come to that have no sum: how often each choice was made, the least and the largest figure and whose it is."""

from collections.abc import Sequence
from decimal import Decimal

from bot.documents.report.annexes import WHO, draw_columns, headings
from bot.documents.report.columns_and_headings import number_format, row_height
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import Content, Page
from bot.office.model.answer_counts import bounds, chosen
from bot.office.model.rollup import Line, Rollup
from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Question, heading

MOST_NAMES = 3  # of those who share the least or the largest figure
_COLUMNS = (("ช่อง", 34.0), ("รายการ", 26.0), ("ค่า", 20.0), ("จำนวน", 24.0), (WHO, 36.0))
SUMMARY_WIDTHS = tuple(width for _, width in _COLUMNS)


def has_summary(form: Form) -> bool:
    """Whether the form asks for a choice or a figure."""
    return any(question.kind in LISTED or question.kind in NUMERIC for question in form.question)


def draw_summary(page: Page, form: Form, rollup: Rollup) -> None:
    """Every choice with its count and share, every figure with its bounds."""
    page.line("สรุปคำตอบ จำนวนของแต่ละตัวเลือก และค่าน้อยที่สุดกับมากที่สุด", "r-title", 18)
    head = draw_columns(page, headings(form, _COLUMNS))
    for question in form.question:
        if question.kind in LISTED:
            _draw_choices(page, form, question, rollup.lines)
        elif question.kind in NUMERIC:
            _draw_bounds(page, form, question, rollup.lines)
    set_up_print(page, head, landscape=True)


def _draw_choices(page: Page, form: Form, question: Question, lines: Sequence[Line]) -> None:
    counts = chosen(lines, question)
    answered = sum(line.values.get(question.key) is not None for line in lines)
    for choice, count in counts:
        _draw(page, (heading(question), choice, None, f"{count:,} แห่ง ({100 * count / max(answered, 1):.2f}%)", None))
    unasked = sum(form.is_asked(question, line.organisation.type, line.values) is False for line in lines)
    if silent := len(lines) - answered - unasked:
        _draw(page, (heading(question), "ยังไม่รายงาน", None, f"{silent:,} แห่ง", None))


def _draw_bounds(page: Page, form: Form, question: Question, lines: Sequence[Line]) -> None:
    for label, bound in zip(("น้อยที่สุด", "มากที่สุด"), bounds(lines, question), strict=False):
        whose = bound.organisations
        names = [f"{who.official_name} {form.naming.district}{who.district}" for who in whose[:MOST_NAMES]]
        if len(whose) > MOST_NAMES:
            names.append(f"และอีก {len(whose) - MOST_NAMES:,} แห่ง")
        row = (heading(question), label, bound.value, f"{len(whose):,} แห่ง", "\n".join(names))
        _draw(page, row, number_format(form, question))


def _draw(page: Page, row: Sequence[Content], number: str = "") -> None:
    texts = list(enumerate(row, 1))
    for column, value in texts:
        cell = page.put(column, value, "r-figure" if isinstance(value, Decimal) else "r-name")
        if isinstance(value, Decimal):
            cell.number_format = number
    page.next(row_height(page, texts))
