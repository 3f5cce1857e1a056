"""The report's further sheets: which organisations still owe answers, and the source of every answer.

For the office and its auditors; the department may throw them away without losing a figure.
"""

from collections.abc import Sequence

from bot.documents.official import cell_value, marks_of, put_organisation, row_height
from bot.documents.sheet import Content, Page, line_count, line_height, set_up_print
from bot.office.circular import BANGKOK
from bot.office.rollup import Rollup
from parsers.dates import thai_moment
from parsers.form import Form, heading

TRACE_POINTS = 14
_TRACE = (
    ("ลำดับ", 7.0),
    ("องค์กรปกครองส่วนท้องถิ่น", 30.0),
    ("ช่อง", 30.0),
    ("ค่า", 12.0),
    ("ผู้ส่ง", 28.0),
    ("เรื่องของอีเมล", 30.0),
    ("วันที่ได้รับ", 20.0),
    ("ไฟล์", 20.0),
    ("แผ่นงาน", 14.0),
    ("เซลล์", 8.0),
    ("เลขที่อีเมล", 9.0),
)
_OWED = (("ลำดับ", 7.0), ("องค์กรปกครองส่วนท้องถิ่น", 36.0), ("อำเภอ", 15.0), ("ช่องที่ยังไม่ได้รายงาน", 34.0))
TRACE_WIDTHS = tuple(width for _, width in _TRACE)
OWED_WIDTHS = tuple(width for _, width in _OWED)


def draw_owed(page: Page, form: Form, rollup: Rollup) -> None:
    """The organisations that still owe an answer, each with what it owes."""
    page.line(f"องค์กรปกครองส่วนท้องถิ่นที่ยังรายงานไม่ครบ {len(rollup.unreported)} แห่ง", "r-title", 18)
    head = _draw_columns(page, [name for name, _ in _OWED])
    values = {line.organisation.code: line.values for line in rollup.lines}
    for number, organisation in enumerate(rollup.unreported, 1):
        given = values.get(organisation.code, {})
        owed = [question for question in form.asked if given.get(question.key) is None]
        text = "ทุกช่อง" if len(owed) == len(form.asked) else "\n".join(heading(question) for question in owed)
        put_organisation(page, number, organisation)
        page.put(3, organisation.district, "r-name")
        page.put(4, text, "r-name")
        page.next(row_height(page, [(2, organisation.official_name), (4, text)]))
    set_up_print(page, head, landscape=False)


def _draw_columns(page: Page, names: Sequence[str]) -> tuple[int, int]:
    row = page.row
    for column, name in enumerate(names, 1):
        page.put(column, name, "r-head")
    page.next(row_height(page, list(enumerate(names, 1))))
    return row, row


def draw_trace(page: Page, form: Form, rollup: Rollup) -> None:
    """One row per answer: the mail, the file, the sheet and the cell it was read from."""
    page.line("ที่มาของข้อมูลทุกช่อง", "r-title", 18)
    head = _draw_columns(page, [name for name, _ in _TRACE])
    marks = marks_of(form)
    for line in rollup.lines:
        for question in form.question:
            answer = line.answers.get(question.key)
            if answer is None:
                continue
            row: tuple[Content, ...] = (
                line.number,
                line.organisation.official_name,
                heading(question),
                cell_value(question, answer.value, marks),
                answer.sender,
                answer.subject,
                thai_moment(answer.received.astimezone(BANGKOK), "arabic"),
                answer.place.file,
                answer.place.sheet,
                answer.place.cell,
                answer.message,
            )
            for column, value in enumerate(row, 1):
                page.put(column, value, "r-trace")
            lines = max(
                line_count(text, page.widths[column], TRACE_POINTS)
                for column, text in enumerate(row)
                if isinstance(text, str)
            )
            page.next(line_height(lines, TRACE_POINTS))
    set_up_print(page, head, landscape=True)
