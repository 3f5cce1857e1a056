"""Blank forms as departments draw them, drawn by code: w5827's as printed, in several formats, and a few others."""

import io
from collections.abc import Mapping, Sequence

import docx
import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation

W5827_TITLE = ("แบบฟอร์มรายงานสถานะการดำเนินการตามพระราชบัญญัติ", "การปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. ๒๕๖๕")
W5827_HEAD = (
    ("ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", "การจัดทำคำสั่งตามมาตรา 10", "", "การจัดทำคำสั่งตามมาตรา 16", ""),
    ("", "", "จัดทำ\nประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่ง\nแล้ว", "ลงข้อมูลในระบบ info.go.th"),
)
W5827_MERGES = ("A1:A2", "B1:B2", "C1:D1", "E1:F1")
W5827_ROWS = (
    ("1", "", "✓", "✓", "✓", "✓"),
    *((str(n), "", "", "", "", "") for n in range(2, 6)),
    ("รวมดำเนินการแล้ว", "", "xx แห่ง", "xx แห่ง", "xx แห่ง", "xx แห่ง"),
)
W5827_BELOW = (
    "ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ:",
    "ข้อเสนอแนะในการดำเนินงาน:",
    "ข้อมูล ณ วันที่......./......../๒๕๖๗",
    "ลงชื่อ.......................ผู้รายงาน",
    "(.....................)",
    "ท้องถิ่นจังหวัด..............",
    "หมายเหตุ",
    "๑. ใส่เครื่องหมาย ✓ กรณีดำเนินการแล้ว และใส่เครื่องหมาย X กรณีดำเนินการแล้ว",
    "๒. ขอให้รายงานผ่านช่องทางไปรษณีย์อิเล็กทรอนิกส์ dla0810_7@dla.go.th ภายในวันที่ ๖ ธันวาคม ๒๕๖๗",
)

Rows = Sequence[Sequence[str]]


def excel(
    title: Sequence[str],
    head: Rows,
    rows: Rows,
    below: Sequence[str] = (),
    *,
    merges: Sequence[str] = (),
    offers: Mapping[str, str] | None = None,
) -> bytes:
    """A form as a workbook. ``merges`` are named as if the head began in row 1, ``offers`` are lists by column."""
    book = openpyxl.Workbook()
    sheet = book.active
    for line in title:
        sheet.append([line])
    above = len(title)
    for row in (*head, *rows):
        sheet.append([text or None for text in row])
    sheet.append([])
    for line in below:
        sheet.append([line])
    for area in merges:
        (first, last) = area.split(":")
        sheet.merge_cells(f"{first[0]}{int(first[1:]) + above}:{last[0]}{int(last[1:]) + above}")
    for column, listed in (offers or {}).items():
        rule = DataValidation(type="list", formula1=listed)
        rule.add(f"{column}{above + len(head) + 1}:{column}{above + len(head) + len(rows)}")
        sheet.add_data_validation(rule)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def word(title: Sequence[str], head: Rows, rows: Rows, below: Sequence[str] = (), merges: Sequence[str] = ()) -> bytes:
    """The same as a Word document."""
    document = docx.Document()
    for line in title:
        document.add_paragraph(line)
    table = document.add_table(len(head) + len(rows), len(head[0]))
    for at, row in enumerate((*head, *rows)):
        for column, text in enumerate(row):
            if text:
                table.cell(at, column).text = text
    for area in merges:
        (first, last) = area.split(":")
        corner = table.cell(int(first[1:]) - 1, ord(first[0]) - ord("A"))
        corner.merge(table.cell(int(last[1:]) - 1, ord(last[0]) - ord("A")))
    for line in below:
        document.add_paragraph(line)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def typed(title: Sequence[str], head: Rows, rows: Rows, below: Sequence[str] = ()) -> bytes:
    """The same as text with tabs."""
    lines = ["\t".join(text.replace("\n", " ") for text in row) for row in (*head, *rows)]
    return "\n".join([*title, "", *lines, "", *below]).encode()


def w5827_forms() -> dict[str, bytes]:
    """w5827's own blank form, as printed, by file name."""
    said = (W5827_TITLE, W5827_HEAD, W5827_ROWS, W5827_BELOW)
    return {
        "form.xlsx": excel(*said, merges=W5827_MERGES),
        "unmerged.xlsx": excel(*said),
        "form.docx": word(*said, merges=W5827_MERGES),
        "form.txt": typed(*said),
    }
