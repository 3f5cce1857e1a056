"""A question over two columns is read from the right one, or asked: never from whichever happens to be filled."""

import io

import openpyxl
import pytest

from bot.config.load import shipped_bureau
from parsers.read import FileRequest, read_file

KEYS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
TRUTH = ("YYYY", "YNYN", "YYNN", "NNYY", "YNNN", "NNYN", "YYYN")
LABELS = ("จัดทำประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่งแล้ว", "ลงข้อมูลในระบบ info.go.th")


def standing(left: str, right: str, *, plan: bool = False) -> list[str]:
    """What is recorded from a form with two columns for each question: a tick in the left for yes, in the right for no.

    With ``plan`` the left column is ticked throughout and the right one holds the answer.
    """
    bureau = shipped_bureau()
    codes = bureau.roster.by_key["den-chai"].organisations
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", "การจัดทำคำสั่งตามมาตรา 10", *[""] * 3, "การจัดทำคำสั่งตามมาตรา 16"])
    sheet.append(["", "", *[text for label in LABELS for text in (label, "")]])
    sheet.append(["", "", *[left, right] * 4])
    for area in ("C1:F1", "G1:J1", "C2:D2", "E2:F2", "G2:H2", "I2:J2"):
        sheet.merge_cells(area)
    for number, (code, answers) in enumerate(zip(codes, TRUTH, strict=True), start=1):
        row = [number, bureau.roster.by_code[code].official_name]
        for answer in answers:
            mark = "✓" if answer == "Y" else "X"
            row += ["✓", mark] if plan else ["✓", None] if answer == "Y" else [None, "✓"]
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    reading = read_file("a.xlsx", out.getvalue(), FileRequest(bureau.catalogue(), "w5827", "den-chai"))
    said = {(a.organisation, a.question): "Y" if a.value else "N" for a in reading.standing()}
    return ["".join(said.get((code, key), "-") for key in KEYS) for code in codes]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ดำเนินการ", "ไม่ดำเนินการ"),
        ("ดำเนินการแล้ว", "ยังไม่ดำเนินการ"),
        ("เสร็จ", "ไม่เสร็จ"),
        ("ดำเนินการแล้ว", "อยู่ระหว่างดำเนินการ"),
        ("มี", "ไม่มี"),
        ("ใช่", "ไม่"),
        ("✓", "X"),
        ("ครบถ้วน", "ไม่ครบถ้วน"),
    ],
)
def test_done_and_not_done_side_by_side_are_read_as_a_person_does(left, right):
    assert standing(left, right) == list(TRUTH)


@pytest.mark.parametrize(("left", "right"), [("แผน", "ผล"), ("รอบที่ 1", "รอบที่ 2"), ("เดิม", "ใหม่"), ("", "")])
def test_columns_nobody_can_be_sure_of_are_never_recorded_wrong(left, right):
    for got, true in zip(standing(left, right, plan=True), TRUTH, strict=True):
        assert all(one in (other, "-") for one, other in zip(got, true, strict=True))
    for got, true in zip(standing(left, right), TRUTH, strict=True):
        assert all(one in (other, "-") for one, other in zip(got, true, strict=True))
