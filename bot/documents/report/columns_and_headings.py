"""The official table of a circular as the department drew it: columns, two-level heading, one row per organisation.

The pre-filled form and the report are both built on it, so they look alike and read alike.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import groupby

from bot.documents.typography.worksheet import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    Content,
    Page,
    line_count,
    line_height,
    text_width,
)
from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Kind, Question
from parsers.reading import Organisation, Value

DONE = "✓"
NOT_DONE = "X"  # the department's own mark; a circular's first word of ``no`` takes its place
FIRST = 3  # column after number and organisation
UPRIGHT_COLUMNS = 5  # more questions than this lie on landscape paper
NUMBER_WIDTH = 7.0
NAME_WIDTH = 32.0  # the longest common names in one line, and on a telephone a tick beside them
LABEL_WIDTHS = (16.0, 30.0)  # of the column of row labels, at least and at most
# In cells that are blank, for which of three reasons.
UNREPORTED, NOT_ASKED, EXEMPT = "ยังไม่รายงาน", "ไม่ต้องตอบ", "ได้รับยกเว้น"
TOGETHER = "รวม"  # the label of the total of all rows together
LATIN = 1.45  # units that a letter of a Latin word takes in a heading, in the widest font
LABEL_ROOM = 5.0  # units beside a label: padding and indent
NARROWEST = {  # units a column needs at least for what stands in it
    Kind.MONEY: 17.0,  # ten millions with two decimals, and a province's total of them
    Kind.DECIMAL: 13.0,
    Kind.DATE: 14.0,
    Kind.TEXT: 20.0,
    Kind.CHOICE: 14.0,
    Kind.PROGRESS: 14.0,
    Kind.CHOICES: 20.0,
}
NARROW = 11.0
FORMATS = {  # an answer in percent stands as 74.42, not as 0.7442, so it must not carry a % format
    Kind.INTEGER: "#,##0",
    Kind.DECIMAL: "#,##0.00##",
    Kind.MONEY: "#,##0.00",
    Kind.PERCENT: "0.00##",
}


@dataclass(frozen=True)
class Marks:
    """How yes and no are written in this form's cells."""

    yes: str
    no: str


def marks_of(form: Form) -> Marks:
    """✓ for yes; for no the circular's own first word, else X."""
    return Marks(DONE, form.no[0] if form.no else NOT_DONE)


def is_landscape(form: Form) -> bool:
    """Whether the form has too many columns for upright paper."""
    return len(form.column) + bool(form.row) > UPRIGHT_COLUMNS


def first_column(form: Form) -> int:
    """The column of the first question: after number and organisation, and the row's label where there are several."""
    return FIRST + bool(form.row)


def fixed_headings(form: Form) -> tuple[str, ...]:
    """The headings left of the questions'."""
    return (form.number_label, form.organisation_label, *((form.row_label,) if form.row else ()))


def _label_width(form: Form) -> tuple[float, ...]:
    if not form.row:
        return ()
    widest = max(text_width(text) for text in (form.row_label, *(row.label for row in form.row)))
    return (max(LABEL_WIDTHS[0], min(LABEL_WIDTHS[1], widest + LABEL_ROOM)),)


def _paper_width(form: Form) -> float:
    return LANDSCAPE_WIDTH if is_landscape(form) else PORTRAIT_WIDTH


def column_widths(form: Form) -> tuple[float, ...]:
    """Widths in units: the paper's width shared out, texts twice a tick, and no word of a heading broken."""
    fixed = (NUMBER_WIDTH, NAME_WIDTH, *_label_width(form))
    left = _paper_width(form) - sum(fixed)
    shares = [2.0 if q.kind in {Kind.TEXT, *LISTED} else 1.0 for q in form.column]
    each = left / sum(shares)
    fair = [
        max(_narrowest(form, q), share * each, _longest_word(q)) for share, q in zip(shares, form.column, strict=True)
    ]
    return (*fixed, *fair)


def paper_scale(form: Form) -> float:
    """The scale at which the form's columns fit on its paper, at most 1."""
    return min(1.0, _paper_width(form) / sum(column_widths(form)))


def _narrowest(form: Form, question: Question) -> float:
    """Units for what stands in the column; a sum is longer than what it adds up."""
    if question.kind is Kind.COMPUTED:
        return max(NARROWEST.get(kind, NARROW) for kind in form.kinds_in(question)) + 2
    return NARROWEST.get(question.kind, NARROW)


def _longest_word(question: Question) -> float:
    words = [word for word in question.label.split() if word.isascii()]
    return max((len(word) * LATIN + 1 for word in words), default=0.0)


def number_format(form: Form, question: Question) -> str:
    """How this question's figures are shown; nothing for a question that has none. A sum looks like what it adds up."""
    if question.kind is Kind.COMPUTED:
        kinds = form.kinds_in(question)
        return FORMATS[kinds.pop()] if len(kinds) == 1 else FORMATS[Kind.DECIMAL]
    return FORMATS.get(question.kind, "")


def total_format(form: Form, question: Question) -> str:
    """The same for a total, with its unit."""
    unit = total_unit(question)
    return number_format(form, question) + (f'" {unit}"' if unit else "")


def total_unit(question: Question) -> str:
    """The unit that stands after a total, where the heading does not say it."""
    unit = question.unit.replace('"', "")
    return "" if unit in question.group + question.label else unit


def heading_levels(form: Form) -> int:
    """How many rows the heading has: two where questions share a group."""
    return 2 if any(question.group for question in form.column) else 1


def draw_header(page: Page, form: Form) -> tuple[int, int]:
    """The heading at the current row: one level, or two where questions share a group. Gives its first and last row."""
    top = page.row
    levels = heading_levels(form)
    bottom = top + levels - 1
    for column, text in enumerate(fixed_headings(form), 1):
        page.merge(page.put(column, text, "r-head" if column > 1 else "r-head-number"), bottom, column)
    column = first_column(form)
    tallest = 1
    for group, members in groupby(form.column, key=lambda question: question.group):
        questions = tuple(members)
        last = column + len(questions) - 1
        if group:
            page.merge(page.put(column, group, "r-head"), top, last)
            tallest = max(tallest, line_count(group, page.span(column, last)))
        page.row = bottom
        for place, question in enumerate(questions, column):
            page.row = bottom if group else top
            page.merge(page.put(place, question.label, "r-head"), bottom, place)
        page.row = top
        column = last + 1
    if levels == 2:  # noqa: PLR2004 - the group's row above the labels' row
        page.next(line_height(tallest))
    page.next(line_height(_label_lines(page, form, tallest if levels > 1 else 0)))
    return top, bottom


def _label_lines(page: Page, form: Form, above: int) -> int:
    """Lines of the lowest heading row; ungrouped headings may also use the ``above`` lines of the row over it."""
    counts = [
        line_count(question.label, page.widths[column - 1]) - (0 if question.group else above)
        for column, question in enumerate(form.column, first_column(form))
    ]
    fixed = [line_count(text, page.widths[at]) - above for at, text in enumerate(fixed_headings(form)) if at]
    return max(*counts, *fixed, 1)


def put_organisation(page: Page, number: int, organisation: Organisation, rows: int = 1) -> None:
    """Number and official name at the current row, over as many ``rows`` as the organisation has."""
    below = page.row + rows - 1
    if rows > 1:
        page.blocks.append((page.row, below))
    page.merge(page.put(1, number, "r-number"), below, 1)
    page.merge(page.put(2, organisation.printed_name, "r-organisation"), below, 2)


def put_label(page: Page, form: Form, label: str, style: str = "r-name") -> None:
    """The label of one of several rows, left of its answers."""
    if form.row:
        page.put(FIRST, label, style)


def adds_up(form: Form) -> bool:
    """Whether the several rows of an organisation come to something together: figures do, ticks and shares do not."""
    return bool(form.row) and any(map(form.has_sum, form.column))


def put_total_label(page: Page, form: Form, label: str) -> int:
    """The label of a total at the current row: over a row for each label and one of all together. Gives how many."""
    rows = len(form.rows) + adds_up(form)
    if rows > 1:
        page.blocks.append((page.row, page.row + rows - 1))
    page.merge(page.put(1, label, "r-total"), page.row + rows - 1, 2)
    return rows


def row_height(page: Page, texts: Iterable[tuple[int, Content]]) -> float:
    """The height in points a row needs for these (column, content) pairs."""
    lines = [line_count(text, page.widths[column - 1]) for column, text in texts if isinstance(text, str) and text]
    return line_height(max(lines, default=1))


def cell_value(question: Question, value: Value, marks: Marks) -> Content:
    """What stands in the table for an answer: a mark, a number, a date as d/m/Buddhist year, or the text itself."""
    if isinstance(value, bool):
        return marks.yes if value else marks.no
    if question.kind in NUMERIC:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        return number if number.is_finite() else value
    if question.kind is Kind.DATE:
        try:
            day = datetime.date.fromisoformat(value)
        except ValueError:
            return value
        return f"{day.day}/{day.month}/{day.year + 543}"
    return value
