"""The report's sheets to be searched and filtered in the file: the plain list of all answers, and where each came from.

They are long and not set to be printed: paper gets their first lines, which say so.
"""

from collections.abc import Mapping
from dataclasses import replace

from openpyxl.utils import get_column_letter

from bot.documents.report.annexes import WHERE, WHO, draw_columns, draw_row, headings, shortened
from bot.documents.report.columns_and_headings import cell_value, marks_of
from bot.documents.typography.print_setup import OFF_PAPER, keep_off_paper, set_up_print
from bot.documents.typography.worksheet import Content, Page
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.queries import Query
from bot.office.model.recorded_answer import Recorded
from bot.office.model.rollup import Rollup
from bot.office.model.written_sums import written_and_counted
from parsers.form.form import SUM, Form
from parsers.form.question import heading
from parsers.thai.dates import thai_short_moment

_TRACE = (
    ("ลำดับ", 7.0),
    (WHO, 27.0),
    (WHERE, 14.0),
    ("ช่อง", 27.0),
    ("ค่า", 12.0),
    ("ผู้ส่ง", 27.0),
    ("เรื่องของอีเมล", 32.0),
    ("วันที่ได้รับ", 18.0),
    ("ไฟล์", 20.0),
    ("แผ่นงาน", 13.0),
    ("เซลล์", 8.0),
    ("เลขที่อีเมล", 8.0),
    ("หลักฐานที่เขียนไว้", 32.0),
    ("คำชี้แจง", 40.0),
)
TRACE_WIDTHS = tuple(width for _, width in _TRACE)


def draw_trace(page: Page, form: Form, rollup: Rollup, names: Mapping[str, str]) -> None:
    """One row per answer: the mail, the file, the sheet and the cell it was read from, what proves a tick or explains a figure.

    Below an organisation's answers stand its sums that do not fit, at the end the totals of reporters: ``names``, by key.
    """
    page.line("ที่มาของข้อมูลทุกช่อง", "r-title", 18)
    page.line(OFF_PAPER, "r-hint")
    head = draw_columns(page, headings(form, _TRACE))
    marks = marks_of(form)
    sums: dict[str, list[Query]] = {}
    for query in rollup.queries:
        if query.answer.question.startswith(SUM):
            sums.setdefault(query.answer.organisation, []).append(query)
    for line in rollup.lines:
        whose = line.number, line.organisation.printed_name, line.organisation.district
        for question in form.question:
            if answer := line.answers.get(question.key):
                draw_row(page, (*whose, heading(question), cell_value(question, answer.value, marks), *_source(answer)))
        for query in sums.pop(line.organisation.code, ()):
            draw_row(page, (*whose, *_sum(query)))
    for query in (each for several in sums.values() for each in several):
        reporter = query.answer.organisation
        draw_row(page, (None, names.get(reporter, reporter), None, *_sum(query)))
    set_up_print(page, head, landscape=True)
    keep_off_paper(page, head[0] - 1)


def _source(answer: Recorded) -> tuple[Content, ...]:
    return (
        answer.sender,
        shortened(answer.subject),
        thai_short_moment(answer.received.astimezone(BANGKOK)),
        answer.place.file,
        answer.place.sheet,
        answer.place.cell,
        answer.message,
        answer.evidence or None,
        answer.explanation or None,
    )


def _sum(query: Query) -> tuple[Content, ...]:
    """A sum that does not fit, with the figure that it is not in the place of what proves an answer."""
    written, counted = written_and_counted(query.answer.value)
    answer = replace(query.answer, evidence=f"คำนวณได้ {counted}")
    return f"ยอดรวมที่เขียนไว้: {heading(query.question)}", written, *_source(answer)


def each_widths(form: Form) -> tuple[float, ...]:
    """Widths for ``draw_each``: number, district, organisation, a label where rows have one, then each column."""
    return (7.0, 16.0, 34.0, *((26.0,) if form.row else ()), *(22.0 for _ in form.column))


def draw_each(page: Page, form: Form, rollup: Rollup) -> None:
    """The official form's rows as a plain list to sort, filter and count: nothing merged, the district in a column."""
    page.line("ข้อมูลรายแห่ง", "r-title", 18)
    page.line(OFF_PAPER, "r-hint")
    labels = ["ลำดับ", form.naming.district, form.naming.called, *((form.row_label,) if form.row else ())]
    head = draw_columns(page, [*labels, *(heading(question) for question in form.column)])
    marks = marks_of(form)
    for line in rollup.lines:
        for row in form.rows:
            label = (row.label,) if form.row else ()
            values = ((question, line.values.get(question.key)) for question in row.questions)
            shown = [None if value is None else cell_value(question, value, marks) for question, value in values]
            draw_row(page, (line.number, line.organisation.district, line.organisation.printed_name, *label, *shown))
    page.sheet.auto_filter.ref = f"A{head[0]}:{get_column_letter(page.columns)}{page.row - 1}"
    set_up_print(page, head, landscape=True)
    keep_off_paper(page, head[0] - 1)
