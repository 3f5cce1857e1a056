"""Rows that tell how to fill in stand between headings and data, and are nobody's."""

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Organisation
from parsers.tables.hint_rows import tells_how

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจสระว่ายน้ำ",
        "question": [
            {"key": "pools", "kind": "integer", "label": "จำนวนสระว่ายน้ำ"},
            {"key": "grant", "kind": "money", "label": "เงินอุดหนุน"},
            {"key": "owner", "kind": "text", "label": "ผู้ดูแลสระ"},
        ],
    }
)
ONE = Organisation("5540901", "อบต.", "องค์การบริหารส่วนตำบลสรอย", "อบต.สรอย", "วังชิ้น")
HEAD = ["ลำดับ", "ชื่อ อปท.", "จำนวนสระว่ายน้ำ", "เงินอุดหนุน", "ผู้ดูแลสระ"]
DATA = [1, "อบต.สรอย", 3, 1500, "ระบุภายหลัง"]


@pytest.mark.parametrize(
    "hints",
    [
        [None, "Required", "Required", "Optional", "Optional"],
        [None, "Help text", "จำนวนสระของ อปท. เอง", "ตามข้อบัญญัติ", "ชื่อและนามสกุล"],
        [None, "ระบุชื่อเต็ม", "กรอกตัวเลข", "ระบุ (บาท)", "กรอกข้อความ"],
        [None, None, "กรอกตัวเลข", "(บาท)", None],
        ["คำอธิบาย", None, "นับเฉพาะที่ใช้งานได้", "เป็นบาท", "ชื่อ-สกุล"],
        [None, "หน่วยนับ", "แห่ง", "บาท", "-"],
        [None, "(โปรดระบุ)", "ตัวอย่าง: 120", "ตัวอย่าง: 5,000.00", "เช่น นายใจดี"],
    ],
)
def test_a_row_of_hints_is_nobodys(build, hints):
    catalogue = Catalogue({"pools": FORM}, (ONE,), (), None)
    reading = read_file("a.xlsx", build.workbook(build.page([HEAD, hints, DATA])), FileRequest(catalogue, "pools"))
    assert [answer.value for answer in reading.answers] == ["3", "1500.00", "ระบุภายหลัง"]
    assert reading.findings == ()


def test_a_first_row_of_an_unknown_name_is_still_asked(build):
    catalogue = Catalogue({"pools": FORM}, (ONE,), (), None)
    rows = [HEAD, [1, "สรวย", 3, 1500, "ระบุภายหลัง"], DATA]
    reading = read_file("a.xlsx", build.workbook(build.page(rows)), FileRequest(catalogue, "pools"))
    assert Code.ORGANISATION_UNKNOWN in {found.code for found in reading.findings}


@pytest.mark.parametrize(
    ("name", "others"),
    [("สรอย", ["120", "กรอกแล้ว"]), ("สรอย", []), ("หน่วยนับ", ["3", "5"]), ("", ["(บาท)"]), ("", ["ก" * 200])],
)
def test_what_is_no_row_of_hints(name, others):
    assert not tells_how(name, others)
