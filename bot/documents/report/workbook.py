"""The consolidated report: the official form filled for every organisation, and where each figure came from.

All figures are values, none a formula: what the department opens on a telephone is what the office signed.
"""

import datetime
from collections.abc import Iterable, Mapping

from openpyxl import Workbook

from bot.documents.report.amended_sheet import AMENDED_WIDTHS, SHEET, draw_amended
from bot.documents.report.annexes import (
    CHANGE_WIDTHS,
    EXEMPT_WIDTHS,
    FILE_WIDTHS,
    OWED_WIDTHS,
    REMARK_WIDTHS,
    district_widths,
    draw_changes,
    draw_districts,
    draw_exempt,
    draw_files,
    draw_owed,
    draw_remarks,
)
from bot.documents.report.answers_and_sources import TRACE_WIDTHS, draw_each, draw_trace, each_widths
from bot.documents.report.baseline_sheet import asked_then, draw_since, since_title, since_widths
from bot.documents.report.columns_and_headings import (
    EXEMPT,
    FIRST,
    UNREPORTED,
    column_widths,
    draw_header,
    is_landscape,
)
from bot.documents.report.free_rows import ITEMS, draw_items, item_widths
from bot.documents.report.rows_and_totals import draw_lines, draw_total
from bot.documents.report.summary import SUMMARY_WIDTHS, draw_summary, has_summary
from bot.documents.typography.digits import with_period
from bot.documents.typography.hidden_sheet import put_hidden
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.streamed_sheet import Roll
from bot.documents.typography.worksheet import (
    LINE,
    Page,
    add_page,
    line_count,
    line_height,
    new_workbook,
    to_bytes,
)
from bot.office.model.circular import Circular
from bot.office.model.office import Office
from bot.office.model.recorded_answer import RecordedRemark
from bot.office.model.rollup import Rollup, Section
from bot.office.model.roster import Roster
from parsers.form.form import Form
from parsers.thai.dates import Digits, thai_date

NAMED = 8  # exempt organisations that the note below the table names; their sheet has all
MOST_SHEETS = 60  # districts beyond this number share one sheet
_DOTS = "." * 44


def report_name(circular: Circular, office: Office | None = None, what: str = "report") -> str:
    """The report's file name, ASCII: ``w5827-phrae-report.xlsx``."""
    return f"{circular.slug}-{office.slug}-{what}.xlsx" if office else f"{circular.slug}-{what}.xlsx"


def report_workbook(
    circular: Circular, rollup: Rollup, office: Office, roster: Roster | None = None, *, only_form: bool = False
) -> bytes:
    """The report as an xlsx workbook: official form, each district, what is still owed, the source of every answer.

    With ``only_form`` the official form alone, for a department that takes nothing else, and what an amended one changes. ``roster`` gives the names of
    those who made remarks; without it their keys stand there. The same arguments give the same bytes.
    """
    workbook = new_workbook()
    _official_sheet(workbook, circular, rollup, office, roster)
    if rollup.amends:
        draw_amended(add_page(workbook, SHEET, AMENDED_WIDTHS), circular.form, rollup.amends, office)
    if not only_form:
        names = {key: reporter.name for key, reporter in roster.by_key.items()} if roster else {}
        stand = rollup.stand
        if stand and asked_then(circular, stand):
            draw_since(add_page(workbook, since_title(stand), since_widths(circular, stand)), circular, rollup, stand)
        _annexes(workbook, circular.form, rollup, names, office.digits)
        put_hidden(workbook, circular=circular.slug, report=office.slug)  # for a department that is a desk of our kind
    made = datetime.datetime.combine(rollup.as_of, datetime.time(), circular.deadlines.department.tzinfo)
    return to_bytes(workbook, made, circular.form.title, office.name)


def _annexes(workbook: Workbook, form: Form, rollup: Rollup, names: Mapping[str, str], digits: Digits) -> None:
    draw_districts(add_page(workbook, f"สรุปราย{form.naming.district}", district_widths(form)), form, rollup)
    if has_summary(form):
        draw_summary(add_page(workbook, "สรุปคำตอบ", SUMMARY_WIDTHS), form, rollup)
    _district_sheets(workbook, form, rollup)
    draw_owed(add_page(workbook, UNREPORTED, OWED_WIDTHS), form, rollup)
    if rollup.exempt:
        draw_exempt(add_page(workbook, EXEMPT, EXEMPT_WIDTHS), form, rollup)
    if rollup.files:
        draw_files(add_page(workbook, "ไฟล์แนบ", FILE_WIDTHS), form, rollup)
    if rollup.before is not None and rollup.amends is None:
        draw_changes(add_page(workbook, "รายการเปลี่ยนแปลง", CHANGE_WIDTHS), form, rollup, names, digits)
    if rollup.remarks:
        draw_remarks(add_page(workbook, "ข้อคิดเห็น", REMARK_WIDTHS), form, rollup, names)
    if form.listed:
        draw_items(add_page(workbook, ITEMS, item_widths(form)), form, rollup)
    draw_each(Roll(workbook, "ข้อมูลรายแห่ง", each_widths(form)), form, rollup)
    draw_trace(Roll(workbook, "ที่มาของข้อมูล", TRACE_WIDTHS), form, rollup, names)


def _official_sheet(
    workbook: Workbook, circular: Circular, rollup: Rollup, office: Office, roster: Roster | None
) -> None:
    form = circular.form
    page = add_page(workbook, form.sheet, column_widths(form))
    page.line(with_period(form.title, circular.round.period, thai=office.thai_digits), "r-title", 18)
    page.line(office.area, "r-title", 18)
    head = draw_header(page, form)
    draw_lines(page, form, rollup.lines)
    draw_total(page, form, form.total_label, rollup.totals)
    page.next(LINE / 2)
    if rollup.unreported:
        page.line(
            f"ช่องที่เขียนว่า “{UNREPORTED}” คือยังไม่ได้รับรายงาน รวม {len(rollup.unreported)} แห่ง ไม่นับเป็นผลการดำเนินการ",
            "r-plain",
        )
    if rollup.exempt:
        page.line(exempt_note(rollup), "r-plain")
    for remark in form.remark:
        page.line(f"{remark.label}:", "r-label")
        for text in gathered((r for r in rollup.remarks if r.key == remark.key), roster) or ["-"]:
            page.line(text, "r-plain")
    _draw_signature(page, form, rollup.as_of, office)
    set_up_print(page, head, landscape=is_landscape(form))


def exempt_note(rollup: Rollup) -> str:
    """What ได้รับยกเว้น in a cell means, and of a few whose it is and why; empty where nobody is exempt."""
    count = len(rollup.exempt)
    named = ", ".join(f"{line.organisation.printed_short} ({line.exempt})" for line in rollup.exempt)
    said = f"ช่องที่เขียนว่า “{EXEMPT}” คือแห่งที่ไม่ต้องรายงาน รวม {count} แห่ง ไม่นับรวมในผลการดำเนินการ"
    return "" if not count else f"{said}: {named}" if count <= NAMED else said


def gathered(remarks: Iterable[RecordedRemark], roster: Roster | None) -> list[str]:
    """Each remark with who made it."""
    names = roster.by_key if roster else {}
    return [
        f"{names[remark.reporter].name if remark.reporter in names else remark.reporter}: {remark.text}"
        for remark in remarks
        if remark.text.strip()
    ]


def _draw_signature(page: Page, form: Form, as_of: datetime.date, office: Office) -> None:
    page.next(LINE / 2)
    page.line(f"{form.as_of_label} {thai_date(as_of, office.digits)}", "r-plain")
    page.next(LINE)
    for line in signature_lines(office):
        page.across(line, "r-centre", FIRST - 1)
        page.next(line_height(line_count(line, page.span(FIRST - 1, page.columns))))
    if form.report_note or form.note:
        page.next(LINE / 2)
        page.line("หมายเหตุ", "r-label")
    for note in form.report_note or form.note:
        page.line(note, "r-plain")


def signature_lines(office: Office) -> tuple[str, ...]:
    """The place to sign: the dotted line, then the office's own lines."""
    signer = office.signer or (f"({_DOTS})", f"ท้องถิ่น{office.area}")
    return (f"ลงชื่อ {_DOTS} ผู้รายงาน", *signer)


def _district_sheets(workbook: Workbook, form: Form, rollup: Rollup) -> None:
    apart = len(rollup.sections) <= MOST_SHEETS
    label = form.naming.district
    page: Page | None = None
    head: tuple[int, int] | None = None
    for section in rollup.sections:
        if page is None or apart:
            page = add_page(workbook, f"{label}{section.district}" if apart else f"ราย{label}", column_widths(form))
        head = _draw_section(page, form, section)
        if apart:
            set_up_print(page, head, landscape=is_landscape(form))
        else:
            page.next(LINE)
    if page and not apart:
        set_up_print(page, None, landscape=is_landscape(form))


def _draw_section(page: Page, form: Form, section: Section) -> tuple[int, int]:
    page.line(f"{form.naming.district}{section.district}", "r-title", 18)
    head = draw_header(page, form)
    draw_lines(page, form, section.lines)
    draw_total(page, form, f"รวม{form.naming.district}{section.district} ({len(section.lines)} แห่ง)", section.totals)
    return head
