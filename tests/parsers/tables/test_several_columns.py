"""A question over two columns is read from the right one, or asked: never from whichever happens to be filled."""

import io

import openpyxl
import pytest

from bot.config.load import shipped_bureau
from parsers.read import read_file
from parsers.reading import FileRequest

BUREAU = shipped_bureau()
CODES = BUREAU.roster.by_key["den-chai"].organisations
KEYS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
TRUTH = ("YYYY", "YNYN", "YYNN", "NNYY", "YNNN", "NNYN", "YYYN")
LABELS = ("จัดทำประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่งแล้ว", "ลงข้อมูลในระบบ info.go.th")


def reading_of(left: str, right: str, *, plan: bool = False):
    """The reading of a form with two columns for each question: a tick in the left for yes, in the right for no.

    With ``plan`` the left column is ticked throughout and the right one holds the answer.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", "การจัดทำคำสั่งตามมาตรา 10", *[""] * 3, "การจัดทำคำสั่งตามมาตรา 16"])
    sheet.append(["", "", *[text for label in LABELS for text in (label, "")]])
    sheet.append(["", "", *[left, right] * 4])
    for area in ("C1:F1", "G1:J1", "C2:D2", "E2:F2", "G2:H2", "I2:J2"):
        sheet.merge_cells(area)
    for number, (code, answers) in enumerate(zip(CODES, TRUTH, strict=True), start=1):
        row = [number, BUREAU.roster.by_code[code].official_name]
        for answer in answers:
            mark = "✓" if answer == "Y" else "X"
            row += ["✓", mark] if plan else ["✓", None] if answer == "Y" else [None, "✓"]
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return read_file("a.xlsx", out.getvalue(), FileRequest(BUREAU.catalogue(), "w5827", "den-chai"))


def standing(reading) -> list[str]:
    """What is recorded of each organisation: Y, N, or - for nothing."""
    said = {(a.organisation, a.question): "Y" if a.value else "N" for a in reading.standing()}
    return ["".join(said.get((code, key), "-") for key in KEYS) for code in CODES]


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
    assert standing(reading_of(left, right)) == list(TRUTH)


@pytest.mark.parametrize(("left", "right"), [("แผน", "ผล"), ("เดิม", "ใหม่"), ("เป้าหมาย", "ทำได้จริง"), ("ปีก่อน", "ปีนี้")])
def test_of_plan_and_result_or_old_and_new_the_answer_is_in_the_second(left, right):
    assert standing(reading_of(left, right, plan=True)) == list(TRUTH)
    alone = [true.translate(str.maketrans("YN", "-Y")) for true in TRUTH]  # what is only planned is no answer
    assert standing(reading_of(left, right)) == alone


@pytest.mark.parametrize(("left", "right"), [("รอบที่ 1", "รอบที่ 2"), ("อำเภอตรวจ", "จังหวัดตรวจ")])
def test_of_columns_nobody_can_be_sure_of_only_what_all_say_is_recorded_and_the_rest_asked(left, right):
    assert standing(reading_of(left, right, plan=True)) == [true.replace("N", "-") for true in TRUTH]
    reading = reading_of(left, right)
    assert standing(reading) == ["----"] * len(TRUTH)
    assert {(f.organisation, f.question) for f in reading.findings} >= {(code, key) for code in CODES for key in KEYS}


@pytest.mark.parametrize("plan", [True, False])
def test_under_one_heading_over_two_columns_only_a_yes_in_the_first_is_recorded(plan):
    reading = reading_of("", "", plan=plan)
    assert standing(reading) == [true.replace("N", "-") for true in TRUTH]
    asked = {(f.organisation, f.question) for f in reading.findings}
    wanted = {
        (code, key)
        for code, true in zip(CODES, TRUTH, strict=True)
        for key, y in zip(KEYS, true, strict=True)
        if y == "N"
    }
    assert wanted <= asked
