"""What changed in an amended report, in its documents: a sheet of the workbook, a table of the PDF."""

from typing import Any

from bot.documents.report.annexes import WHO, draw_columns, draw_row, headings
from bot.documents.typography.digits import digits_of_text
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import Content, Page
from bot.office.letters.amended_report import called, report_before
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.office import Office
from bot.office.model.report_draft import Amendment, Change
from parsers.form.form import Form
from parsers.thai.dates import thai_short_moment
from parsers.thai.text import thai_digits

SHEET = "รายการที่แก้ไข"
_COLUMNS = (
    (WHO, 27.0),
    ("รายการ", 30.0),
    ("เดิม", 14.0),
    ("แก้เป็น", 14.0),
    ("เหตุผลตามที่ผู้รายงานแจ้ง", 26.0),
    ("ผู้ส่ง", 22.0),
    ("วันที่ได้รับ", 15.0),
    ("ไฟล์", 15.0),
    ("แผ่นงาน", 12.0),
    ("เซลล์", 7.0),
    ("เลขที่อีเมล", 8.0),
)
AMENDED_WIDTHS = tuple(width for _, width in _COLUMNS)


def draw_amended(page: Page, form: Form, amendment: Amendment, office: Office) -> None:
    """Each change with what it was, what it is, the mail and cell that say so, and the reason that was given."""
    title, against = _lines(amendment, office)
    page.line(title, "r-title", 18)
    page.line(against, "r-plain")
    head = draw_columns(page, headings(form, _COLUMNS))
    for change in amendment.changes:
        draw_row(page, (change.organisation, change.what, change.was, change.now, change.why, *_origin(change)))
    set_up_print(page, head, landscape=True)


def _lines(amendment: Amendment, office: Office) -> tuple[str, str]:
    title = f"{SHEET} {called(amendment).strip()} ({len(amendment.changes)} รายการ)"
    against = f"เทียบกับ{report_before(office, amendment)} (ร่างฉบับที่ {amendment.of})"
    return (thai_digits(title), thai_digits(against)) if office.thai_digits else (title, against)


def _origin(change: Change) -> tuple[Content, ...]:
    said = change.said
    if said is None:
        return ("", "", "", "", "", None)
    when = thai_short_moment(said.received.astimezone(BANGKOK))
    return (change.sender, when, said.place.file, said.place.sheet, said.place.cell, said.message)


def _values(change: Change, office: Office) -> tuple[str, ...]:
    both = change.was, change.now
    return both if change.quoted else tuple(digits_of_text(each, thai=office.thai_digits) for each in both)


def amended_view(form: Form, amendment: Amendment | None, office: Office) -> dict[str, Any]:
    """The same for the PDF, without where it stood: its title, headings and a row for each change; no rows otherwise."""
    if amendment is None:
        return {"title": "", "against": "", "head": [], "rows": []}
    title, against = _lines(amendment, office)
    rows = [[change.organisation, change.what, *_values(change, office), change.why] for change in amendment.changes]
    return {"title": title, "against": against, "head": headings(form, _COLUMNS[:5]), "rows": rows}
