"""The roster as an Excel workbook that an office fills in: reporters with their addresses, organisations with who reports.

Drop-downs offer types, districts and reporters; what they do not offer can be typed all the same, but for a type.
"""

import datetime
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from bot.documents.typography.cell_styles import OWED
from bot.documents.typography.print_setup import set_up_print
from bot.documents.typography.worksheet import Page, add_page, line_count, line_height, new_workbook, put_text, to_bytes
from bot.office.model.roster import Roster
from bot.office.model.taken_roster import addresses_beside
from parsers.organisations.type_words import OFFICIAL
from parsers.reading import Organisation

REPORTERS, ORGANISATIONS, CHOICES = "ผู้รายงาน", "อปท.", "ตัวเลือก"
REPORTER_HEADINGS = (
    "ที่", "ผู้รายงาน", "เรียน", "อีเมล (หลายที่อยู่ได้)", "อีเมลหัวหน้า (สำเนาเมื่อเลยกำหนด)", "โทรศัพท์", "รหัสผู้รายงาน (ไม่ต้องแก้)",
)  # fmt: skip
ORGANISATION_HEADINGS = ("ที่", "อำเภอ", "ประเภท", "ชื่อ", "รหัส", "รหัสเดิม", "ผู้รายงาน", "อีเมลของหน่วยงานเอง")
REPORTER_WIDTHS, ORGANISATION_WIDTHS = (6, 34, 34, 44, 34, 18, 16), (6, 20, 10, 34, 13, 13, 34, 34)
REPORTER_HINT = (
    "ใส่อีเมลในช่องสีเหลือง ระบบส่งคำขอ แบบรายงาน และการเตือนไปที่อยู่เหล่านี้ อีเมลหัวหน้าได้รับสำเนาเมื่อเลยกำหนดหลายวัน "
    "จากนั้นบันทึกไฟล์แล้วส่งกลับมาทางอีเมล หรือให้ผู้ดูแลระบบนำเข้าด้วยคำสั่ง ruam roster import"
)
ORGANISATION_HINT = (
    "ตรวจชื่อ ประเภท และอำเภอให้เป็นปัจจุบัน แห่งที่เปลี่ยนฐานะ: แก้ประเภท ใส่รหัสใหม่ และย้ายรหัสเก่าไปช่องรหัสเดิม ข้อมูลที่เคยรายงานจะอยู่กับแห่งนั้นต่อไป "
    "แห่งที่ยุบเลิก: ลบแถว แห่งที่ตั้งใหม่: เพิ่มแถวท้ายตาราง อีเมลของหน่วยงานเองเว้นว่างได้"
)
SPARE = 30  # empty rows below each table, with the same drop-downs


def roster_workbook(roster: Roster, made: datetime.datetime) -> bytes:
    """The workbook. The same roster gives the same bytes."""
    workbook = new_workbook()
    names = _draw_reporters(workbook, roster)
    _draw_organisations(workbook, roster, names)
    return to_bytes(workbook, made, f"ทะเบียนผู้รายงานและ อปท. จังหวัด{roster.province}")


def _draw_reporters(workbook: Workbook, roster: Roster) -> str:
    """The sheet of reporters; the area of their names."""
    page = add_page(workbook, REPORTERS, REPORTER_WIDTHS)
    page.line(f"ผู้รายงานของจังหวัด{roster.province}", "r-title", 18)
    page.line(REPORTER_HINT, "r-hint")
    rows = [
        (
            each.reporter.name,
            each.salutation,
            ", ".join(addresses_beside(each, roster.own_addresses)),
            each.chief,
            each.phone,
            each.reporter.key,
        )
        for each in roster.contacts
    ]
    first, last = _table(page, REPORTER_HEADINGS, rows, least=2)  # room for a second address
    style = DifferentialStyle(fill=PatternFill("solid", bgColor=f"FF{OWED}"))
    owed = Rule("expression", dxf=style, formula=[f"AND(LEN(TRIM($B{first}))>0,LEN(TRIM($D{first}))=0)"])
    page.sheet.conditional_formatting.add(f"D{first}:D{last}", owed)
    return f"{quote_sheetname(REPORTERS)}!$B${first}:$B${last}"


def _draw_organisations(workbook: Workbook, roster: Roster, reporters: str) -> None:
    page = add_page(workbook, ORGANISATIONS, ORGANISATION_WIDTHS)
    page.line(f"องค์กรปกครองส่วนท้องถิ่นของจังหวัด{roster.province}", "r-title", 18)
    page.line(ORGANISATION_HINT, "r-hint")
    words = {each.short: each.words for each in roster.naming.types} or OFFICIAL
    who = {code: each.reporter.name for each in roster.contacts for code in each.reporter.organisations}
    rows = [
        (
            one.district,
            one.type,
            one.official_name.removeprefix(words.get(one.type, "")),
            *_codes(one),
            who[one.code],
            ", ".join(roster.own_addresses.get(one.code, ())),
        )
        for one in roster.organisations
    ]
    first, last = _table(page, ORGANISATION_HEADINGS, rows)
    districts = tuple(dict.fromkeys(one.district for one in roster.organisations))
    lists = {"B": _listed(workbook, 1, districts), "C": _listed(workbook, 2, tuple(words)), "G": reporters}
    for letter, area in lists.items():
        rule = DataValidation(type="list", formula1=area, allow_blank=True, showErrorMessage=letter == "C")
        rule.add(f"{letter}{first}:{letter}{last}")
        page.sheet.add_data_validation(rule)


def _codes(one: Organisation) -> tuple[str, str]:
    """The present code and the former one, under which its answers stand."""
    return (one.present_code, one.code) if one.present_code else (one.code, "")


def _table(page: Page, headings: Sequence[str], rows: Sequence[Sequence[str]], least: int = 1) -> tuple[int, int]:
    """Headings, numbered rows and spare ones, each of ``least`` lines; the first and the last row of the table."""
    head = page.row
    for column, heading in enumerate(headings, 1):
        page.put(column, heading, "r-head")
    page.next(56)
    for number in range(1, len(rows) + SPARE + 1):
        filled = number <= len(rows)
        page.put(1, number if filled else "", "r-number")
        for column, text in enumerate(rows[number - 1] if filled else [""] * (len(headings) - 1), 2):
            page.put(column, text, "r-text-open")
        texts = rows[number - 1] if filled else ()
        lines = (line_count(text, page.widths[column]) for column, text in enumerate(texts, 1))
        page.next(line_height(max(least, *lines, 1)))
    set_up_print(page, (head, head), landscape=True)
    return head + 1, page.row - 1


def _listed(workbook: Workbook, column: int, words: Sequence[str]) -> str:
    """Words of a drop-down, out of sight; their area."""
    sheet = workbook[CHOICES] if CHOICES in workbook.sheetnames else workbook.create_sheet(CHOICES)
    sheet.sheet_state = "hidden"
    for row, word in enumerate(words, 1):
        put_text(sheet.cell(row, column), word)
    letter = get_column_letter(column)
    return f"{quote_sheetname(CHOICES)}!${letter}$1:${letter}${max(len(words), 1)}"
