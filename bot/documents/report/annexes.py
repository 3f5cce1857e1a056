"""The report's further sheets: districts side by side, what is owed, what changed, remarks with their sources.

For the office and its auditors; the department may throw them away without losing a figure.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from bot.documents.report.columns_and_headings import (
    EXEMPT,
    FIRST,
    NOT_ASKED,
    UNREPORTED,
    UPRIGHT_COLUMNS,
    cell_value,
    first_column,
    marks_of,
    number_format,
    put_label,
    put_organisation,
    row_height,
)
from bot.documents.typography.cell_styles import TRACE_POINTS
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import Content, Page, line_count, line_height, portions
from bot.office.model.answer_counts import chosen
from bot.office.model.asked_files import short_digests
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.owed import open_questions
from bot.office.model.rollup import Line, Rollup, Section
from parsers.form.form import Form
from parsers.form.naming import LOCAL
from parsers.form.question import LISTED, Kind, Question, heading
from parsers.thai.dates import Digits, thai_date, thai_short_moment

WHO, WHERE = "{organisations}", "{district}"  # headings that are the roster's own words
LONGEST = 60  # characters of a mail's subject or a remark in a list that leads to the rest
_OWED = (("ลำดับ", 7.0), (WHO, 36.0), (WHERE, 15.0), ("ช่องที่ยังไม่ได้รายงาน", 34.0))
_REMARKS = (
    ("หัวข้อ", 24.0),
    ("ผู้รายงาน", 24.0),
    ("ข้อความ", 60.0),
    ("วันที่ได้รับ", 18.0),
    ("ไฟล์", 20.0),
    ("แผ่นงาน", 14.0),
    ("เซลล์", 8.0),
    ("เลขที่อีเมล", 9.0),
)
_CHANGES = (
    (WHO, 32.0),
    ("ช่อง", 32.0),
    ("ค่าเดิม", 15.0),
    ("ค่าใหม่", 15.0),
    ("ผู้ส่ง", 28.0),
    ("วันที่ได้รับ", 18.0),
)
_FILES = (
    (WHO, 27.0),
    (WHERE, 13.0),
    ("ไฟล์ที่ขอ", 26.0),
    ("ชื่อไฟล์ที่ได้รับ", 28.0),
    ("ผู้ส่ง", 26.0),
    ("วันที่ได้รับ", 16.0),
    ("เลขที่อีเมล", 8.0),
    ("SHA-256 (ส่วนต้น)", 14.0),
)
_EXEMPT = (("ลำดับ", 7.0), (WHO, 36.0), (WHERE, 15.0), ("เหตุผลที่ยกเว้น", 44.0))
EXEMPT_WIDTHS = tuple(width for _, width in _EXEMPT)
FILE_WIDTHS = tuple(width for _, width in _FILES)
REMARK_WIDTHS = tuple(width for _, width in _REMARKS)
CHANGE_WIDTHS = tuple(width for _, width in _CHANGES)
OWED_WIDTHS = tuple(width for _, width in _OWED)


def district_widths(form: Form) -> tuple[float, ...]:
    """Widths for ``draw_districts``: the district, how many reported, a label where rows have one, then each column."""
    return (22.0, 16.0, *((26.0,) if form.row else ()), *(23.0 for _ in form.column))


def draw_districts(page: Page, form: Form, rollup: Rollup) -> None:
    """Districts side by side: how many reported in full, and each question's total; of ticks the share as well."""
    page.line(f"สรุปราย{form.naming.district}", "r-title", 18)
    labels = [form.naming.district, "รายงานครบ", *((form.row_label,) if form.row else ())]
    head = draw_columns(page, [*labels, *(_in_two_lines(question) for question in form.column)])
    open_codes = {organisation.code for organisation in rollup.incomplete}
    for section in rollup.sections:
        _draw_district(page, form, section, open_codes)
    whole = "รวมทั้งจังหวัด" if form.naming.district == LOCAL.district else "รวมทั้งหมด"
    _draw_district(page, form, Section(whole, rollup.lines, rollup.totals), open_codes)
    set_up_print(page, head, landscape=len(form.column) > UPRIGHT_COLUMNS - 2)


def _draw_district(page: Page, form: Form, section: Section, open_codes: Collection[str]) -> None:
    lines, below = section.lines, page.row + len(form.rows) - 1
    asked = [line for line in lines if not line.exempt]
    done = sum(line.organisation.code not in open_codes for line in asked)
    if form.row:
        page.blocks.append((page.row, below))
    page.merge(page.put(1, section.district, "r-name"), below, 1)
    page.merge(page.put(2, f"{done} จาก {len(asked)}", "r-number"), below, 2)
    for row in form.rows:
        put_label(page, form, row.label)
        written: list[tuple[int, Content]] = [(1, section.district), (FIRST, row.label)]
        for column, question in enumerate(row.questions, first_column(form)):
            total = section.totals.get(question.key)
            if question.kind in LISTED:
                counts = "\n".join(f"{choice} {count:,}" for choice, count in chosen(lines, question) if count)
                page.put(column, counts or None, "r-name")
                written.append((column, counts))
            elif total is None or total.value is None:
                page.put(column, None, "r-cell")
            elif question.kind is Kind.TICK:
                page.put(column, f"{total.value} แห่ง ({100 * total.value / max(total.asked, 1):.2f}%)", "r-number")
            else:
                page.put(column, total.value, "r-figure").number_format = number_format(form, question)
        page.next(row_height(page, written))


def _in_two_lines(question: Question) -> str:
    return f"{question.group}\n{question.label}" if question.group else question.label


def shortened(text: str) -> str:
    """A long text for a cell of a list."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def draw_changes(page: Page, form: Form, rollup: Rollup, names: Mapping[str, str], digits: Digits) -> None:
    """Every figure and remark that differs from the table before, what it was and who changed it."""
    before = rollup.before or rollup
    page.line(f"รายการที่เปลี่ยนแปลงจากร่างรายงานฉบับก่อน (ข้อมูล ณ วันที่ {thai_date(before.as_of, digits)})", "r-title", 18)
    head = draw_columns(page, headings(form, _CHANGES))
    earlier = {line.organisation.code: line for line in before.lines}
    for line in rollup.lines:
        then = earlier.get(line.organisation.code, replace(line, values={}))
        for question in form.question:
            was = then.values.get(question.key)
            now = line.values.get(question.key)
            if was == now:
                continue
            answer = line.answers.get(question.key)
            row: tuple[Content, ...] = (
                line.organisation.printed_name,
                heading(question),
                _shown(form, question, then),
                _shown(form, question, line),
                answer.sender if answer else "",
                thai_short_moment(answer.received.astimezone(BANGKOK)) if answer else "",
            )
            draw_row(page, row)
    _draw_changed_remarks(page, form, rollup, before, names)
    if page.row == head[1] + 1:
        page.line("ไม่มีรายการเปลี่ยนแปลง", "r-plain")
    set_up_print(page, head, landscape=True)


def _shown(form: Form, question: Question, line: Line) -> Content:
    value = line.values.get(question.key)
    if line.exempt:
        return EXEMPT
    if value is None:
        return NOT_ASKED if form.is_asked(question, line.organisation.type, line.values) is False else UNREPORTED
    return cell_value(question, value, marks_of(form))


def _draw_changed_remarks(page: Page, form: Form, rollup: Rollup, before: Rollup, names: Mapping[str, str]) -> None:
    now, earlier = ({(r.key, r.reporter): r for r in each.remarks} for each in (rollup, before))
    labels = {remark.key: remark.label for remark in form.remark}
    for key in dict.fromkeys((*now, *earlier)):
        texts = [shortened(each[key].text) if key in each else "ไม่มีข้อความ" for each in (earlier, now)]
        if key not in now or key not in earlier or now[key].text != earlier[key].text:
            when = thai_short_moment(now[key].received.astimezone(BANGKOK)) if key in now else ""
            draw_row(page, (names.get(key[1], key[1]), labels.get(key[0], key[0]), *texts, "", when))


def draw_remarks(page: Page, form: Form, rollup: Rollup, names: Mapping[str, str]) -> None:
    """Every remark with who made it and the cell it stood in. ``names`` are the reporters' by key."""
    page.line("ปัญหาอุปสรรคและข้อเสนอแนะ พร้อมที่มา", "r-title", 18)
    head = draw_columns(page, [name for name, _ in _REMARKS])
    labels = {remark.key: remark.label for remark in form.remark}
    for remark in rollup.remarks:
        if remark.text.strip():
            when = thai_short_moment(remark.received.astimezone(BANGKOK))
            who = names.get(remark.reporter, remark.reporter)
            place = remark.place
            for text in portions(remark.text, REMARK_WIDTHS[2], TRACE_POINTS):
                row = (labels.get(remark.key, remark.key), who, text, when, place.file, place.sheet, place.cell)
                draw_row(page, (*row, remark.message))
    set_up_print(page, head, landscape=True)


def draw_row(page: Page, row: Sequence[Content]) -> None:
    """The current row of a list, as high as its longest text needs."""
    page.fill(row, "r-trace")
    texts = [(column, text) for column, text in enumerate(row) if isinstance(text, str)]
    lines = max((line_count(text, page.widths[column], TRACE_POINTS) for column, text in texts), default=1)
    page.next(line_height(lines, TRACE_POINTS))


def draw_owed(page: Page, form: Form, rollup: Rollup) -> None:
    """The organisations that still owe an answer or a reason, each with what it owes."""
    page.line(f"{form.naming.called}ที่ยังรายงานไม่ครบ {len(rollup.incomplete)} แห่ง", "r-title", 18)
    head = draw_columns(page, headings(form, _OWED))
    values = {line.organisation.code: line.values for line in rollup.lines}
    unexplained = {(query.answer.organisation, query.column) for query in rollup.queries if not query.explained}
    lacking, labels = rollup.owed_files, {line.asked.record: f"ไฟล์{line.asked.label}" for line in rollup.files}
    for number, organisation in enumerate(rollup.incomplete, 1):
        given = values.get(organisation.code, {})
        blank = [form.find(key) for key in open_questions(form, organisation, given)]
        owed = [heading(question) for question in blank]
        if organisation in rollup.unexplained:
            keys = (question for question in form.question if (organisation.code, question.key) in unexplained)
            owed += [f"{heading(question)} (รอคำชี้แจง)" for question in keys]
        asked = form.asked_of(organisation.type, {})
        files = [labels[record] for record in lacking.get(organisation.code, ())]
        whole = len(owed) == len(asked) and not any(question.asked_if for question in blank)
        text = "\n".join(["ทุกช่อง" if whole else "\n".join(owed)] * bool(owed) + files)
        for portion in portions(text, OWED_WIDTHS[3]):
            put_organisation(page, number, organisation)
            page.put(3, organisation.district, "r-name")
            page.put(4, portion, "r-name")
            page.next(row_height(page, [(2, organisation.printed_name), (4, portion)]))
    set_up_print(page, head, landscape=False)


def draw_exempt(page: Page, form: Form, rollup: Rollup) -> None:
    """The organisations that need not answer, each with the reason."""
    page.line(f"{form.naming.called}ที่ได้รับยกเว้นไม่ต้องรายงาน {len(rollup.exempt)} แห่ง", "r-title", 18)
    head = draw_columns(page, headings(form, _EXEMPT))
    for number, line in enumerate(rollup.exempt, 1):
        put_organisation(page, number, line.organisation)
        page.put(3, line.organisation.district, "r-name")
        page.put(4, line.exempt, "r-name")
        page.next(row_height(page, [(2, line.organisation.printed_name), (4, line.exempt)]))
    set_up_print(page, head, landscape=False)


def draw_files(page: Page, form: Form, rollup: Rollup) -> None:
    """The files that were asked for beside the form: whose came in which mail, with the beginning of its SHA-256."""
    page.line("ไฟล์ที่ขอให้ส่งพร้อมแบบรายงาน", "r-title", 18)
    head = draw_columns(page, headings(form, _FILES))
    for line in (each for each in rollup.files if each.asked.required or each.given):
        given = line.given
        came: tuple[Content, ...] = ("ยังไม่ได้รับ",)
        if given:
            day = thai_short_moment(given.received.astimezone(BANGKOK))
            came = (str(given.value), given.sender, day, given.message, short_digests(given.evidence))
        row = (line.organisation.printed_name, line.organisation.district, line.asked.label, *came)
        draw_row(page, (*row, *[None] * (len(_FILES) - len(row))))
    set_up_print(page, head, landscape=True)


def headings(form: Form, columns: Sequence[tuple[str, float]]) -> list[str]:
    """The headings of a list's columns, in the words of the roster."""
    own = {WHO: form.naming.called, WHERE: form.naming.district}
    return [own.get(name, name) for name, _ in columns]


def draw_columns(page: Page, names: Sequence[str]) -> tuple[int, int]:
    """A heading of one row at the current row; its first and last row."""
    row = page.row
    for column, name in enumerate(names, 1):
        page.put(column, name, "r-head")
    page.next(row_height(page, list(enumerate(names, 1))))
    return row, row
