"""Words beside a yes or no that leave it as it is, and words of a day to come, which are no yes."""

import pytest

from parsers.form.form import Form
from parsers.form.question import Question
from parsers.grid import Cell, CellKind
from parsers.values.read_value import read_value
from parsers.values.tick_particulars import to_come, without_particulars

WORKS = Question(key="works", kind="tick", label="ใช้งานได้")
HAS = Question(key="has", kind="tick", label="มีห้องสมุด")
SEEN = Question(key="seen", kind="tick", label="ตรวจสอบแล้ว")
MADE = Question(key="made", kind="tick", label="จัดทำคำสั่งแล้ว")
FORM = Form(title="แบบรายงาน", question=(WORKS, HAS, SEEN, MADE))


def value(question, said):
    return read_value(question, Cell(1, 1, CellKind.TEXT, said), FORM, None).value


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        *((WORKS, said, True) for said in ("ใช้ได้", "ใช้งานได้", "ใช้การได้ดี")),
        *((WORKS, said, False) for said in ("ใช้ไม่ได้", "ใช้งานไม่ได้")),
        *((HAS, said, True) for said in ("มี 1 แห่ง", "มี ๒ แห่ง", "มี จำนวน 3 ศูนย์")),
        *((HAS, said, False) for said in ("ไม่มี ขาดงบประมาณก่อสร้าง", "ไม่มี เนื่องจากอยู่ไกล")),
        *((SEEN, said, True) for said in ("ตรวจแล้ว พบชำรุดเล็กน้อย", "ตรวจสอบแล้ว มีรอยรั่วเล็กน้อย")),
        (MADE, "กำหนดเสร็จแล้ว", True),
        *((HAS, said, None) for said in ("มี 0 แห่ง", "มี 1 แห่ง ชำรุด", "ใช้ได้")),
        *((SEEN, said, None) for said in ("ตรวจแล้ว พบชำรุดหนัก", "พบชำรุดเล็กน้อย")),
    ],
)
def test_a_yes_or_no_stands_beside_its_particulars(question, said, expected):
    assert value(question, said) is expected


@pytest.mark.parametrize(
    "said",
    [
        "กำหนดแล้วเสร็จ ม.ค. 2568",
        "จะจัดทำภายใน 20 ธ.ค. 2567",
        "กำหนดลงนาม 5 ม.ค. 2568",
        "มีแผนจัดทำ ก.พ. 2568",
        "ภายในเดือน มีนาคม",
        "จัดทำแล้ว กำหนดลงนาม",
    ],
)
def test_a_day_to_come_or_a_plan_is_no_yes(said):
    assert value(MADE, said) is not True


def test_only_such_words_are_taken_apart():
    assert without_particulars("ตรวจแล้ว พบชำรุดเล็กน้อย") == "ตรวจแล้ว"
    assert without_particulars("ตรวจแล้ว") == without_particulars("ไม่มี 5 แห่ง ขาด") == ""
    assert to_come("กำหนดแล้วเสร็จ") == "กำหนดแล้วเสร็จ"
    assert to_come("จัดทำแล้วตามแผนที่") == ""
