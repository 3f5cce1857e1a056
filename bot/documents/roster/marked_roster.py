"""A roster's workbook or list once more, with what must be mended marked in it.

Opens what others wrote, so it runs in the sandbox's child.
"""

from collections.abc import Sequence
from dataclasses import replace

from openpyxl import Workbook

from bot.documents.marked_copy.marked_workbook import in_memory, mark_up
from bot.documents.typography.worksheet import put_text, sheet_title
from parsers.files.open_file import opened
from parsers.formats.sniff import sniff
from parsers.grid import Sheet
from parsers.mail.attached_file import attached_file
from parsers.organisations.type_words import LOCAL_WORDS
from parsers.rosters.entries import Mistake

HOW_TO = (
    "วิธีแก้ไข: แก้ช่องสีแดงในแผ่นงานเดิม (คลิกชื่อช่องด้านล่างเพื่อไปยังช่องนั้น) และตรวจสอบช่องสีเหลืองเข้ม "
    "แล้วบันทึกไฟล์ และส่งกลับมาหรือนำเข้าใหม่อีกครั้ง ไม่ต้องลบสีหรือแผ่นงานนี้ออก"
)
ALONE = "ทะเบียน"  # the sheet of a file that has none of its own, such as CSV


def marked_roster(name: str, data: bytes, mistakes: Sequence[Mistake]) -> bytes:
    """The copy, as xlsx. Raises what ``mark_up`` raises, and ValueError for a file that nobody could open."""
    if sniff(data) in {"xlsx", "xlsm"}:
        return mark_up(data, mistakes, {}, HOW_TO)
    sheets = opened(name, data, LOCAL_WORDS, 0).sheets
    if not sheets:
        raise ValueError("no sheet to mark")
    named = [replace(each, place=replace(each.place, sheet=each.place.sheet or ALONE)) for each in mistakes]
    return mark_up(_as_workbook(sheets), named, {}, HOW_TO)


def marked_in_mail(raw: bytes, name: str, mistakes: Sequence[Mistake]) -> bytes:
    """``marked_roster`` of an attachment of a mail; raises LookupError besides, unless just one is named so."""
    return marked_roster(name, attached_file(raw, name), mistakes)


def _as_workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets of any format as an Excel workbook: texts in their cells, no more."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for each in sheets:
        sheet = workbook.create_sheet(sheet_title(each.grid.sheet or ALONE, workbook.sheetnames))
        for (row, column), cell in each.grid.cells.items():
            put_text(sheet.cell(row, column), cell.text)
    return in_memory(workbook)
