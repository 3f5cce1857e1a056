"""Figures, choices and days in the dress that clerks give them, and what no share of a whole can be."""

import datetime
from decimal import Decimal

import pytest

from parsers.form.form import Form
from parsers.form.question import Question
from parsers.grid import Cell, CellKind
from parsers.values.read_value import read_value

NEAR = datetime.date(2025, 6, 25)
COUNT = Question(key="q", kind="integer", label="จำนวน (คน)")
MONEY = Question(key="q", kind="money", label="ค่าตอบแทน (บาท)")
READY = Question(key="q", kind="decimal", label="ความพร้อมของอุปกรณ์ (ร้อยละ)")
SHARE = Question(key="q", kind="percent", label="สัดส่วน")
GROWTH = Question(key="q", kind="decimal", label="ร้อยละที่เพิ่มขึ้น")
LIMITED = Question(key="q", kind="decimal", label="ร้อยละ", maximum=200)
OPENED = Question(key="q", kind="date", label="วันที่เปิดให้บริการครั้งแรก")
LAST = Question(key="q", kind="date", label="วันที่ประชุม")
FUEL = Question(key="q", kind="choice", label="เชื้อเพลิง", choices=("ถ่านหรือฟืน", "แก๊ส", "ไฟฟ้า"))
STATE = Question(key="q", kind="progress", label="ข้อบัญญัติ", choices=("ประกาศใช้แล้ว", "อยู่ระหว่างยกร่าง", "ยังไม่ดำเนินการ"))


def value(question, said):
    cell = (
        Cell(1, 1, CellKind.TEXT, said)
        if isinstance(said, str)
        else Cell(1, 1, CellKind.NUMBER, str(said), Decimal(str(said)))
    )
    return read_value(question, cell, Form(title="แบบรายงาน", question=(question,)), NEAR).value


@pytest.mark.parametrize(
    ("question", "said", "expected"),
    [
        *(
            (MONEY, said, wanted)
            for said, wanted in (("123,000/-", "123000.00"), ("331,000.75/-", "331000.75"), ("0/-", "0.00"))
        ),
        *(
            (COUNT, said, wanted)
            for said, wanted in (
                ("21+42=63", "63"),
                ("50 + 99 = 149", "149"),
                ("๓+๔=๗ คน", "7"),
                ("(คน) 11 คน", "11"),
                ("(คน)\n1,204", "1204"),
                ("2,351 คน (ในเขตชุมชน 1,567 นอกเขต 784)", "2351"),
            )
        ),
        *(
            (COUNT, said, None)
            for said in ("7+14=23", "6+12", "21+42=", "5/2", "21=63", "(ครัวเรือน) 11", "(คน) 11 ครัวเรือน", "(คน)")
        ),
        *((READY, said, wanted) for said, wanted in ((100, "100"), (87.5, "87.5"), (0, "0"))),
        *((question, said, None) for question in (READY, SHARE) for said in (125, 100.5, "112.5", -3)),
        *((question, 125, "125") for question in (GROWTH, LIMITED)),
        (LIMITED, 250, None),
        (OPENED, "1 ส.ค. 2540 (ค.ศ. 1997)", "1997-08-01"),
        (OPENED, "ตั้งแต่ 23 ก.พ. 2510", "1967-02-23"),
        *((OPENED, said, None) for said in ("1 ส.ค. 2540 (ค.ศ. 1998)", "ตั้งแต่ปี 2510")),
        (LAST, "ตั้งแต่ 1 มิ.ย. 2568", None),
    ],
)
def test_what_clerks_write_is_read_where_it_says_one_thing(question, said, expected):
    assert value(question, said) == expected


def boxes(question, marked):
    return "  ".join(f"( / ) {each}" if each in marked else f"(   ) {each}" for each in question.choices)


@pytest.mark.parametrize("question", [FUEL, STATE])
def test_of_printed_options_the_marked_one_is_the_answer(question):
    for choice in question.choices:
        assert value(question, boxes(question, [choice])) == choice
    assert value(question, boxes(question, question.choices[:2])) is None
    assert value(question, boxes(question, [])) is None
