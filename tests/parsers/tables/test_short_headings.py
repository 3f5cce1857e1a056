"""Headings as clerks shorten them, in one line: units left out, the group's words before the label, halves that change places."""

import pytest

from parsers.findings import Code
from parsers.form.form import Form
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Organisation
from parsers.tables.headings import Headings

FORM = Form.model_validate(
    {
        "title": "แบบรายงานสระว่ายน้ำ พ.ศ. ๒๕๖๘",
        "question": [
            {"key": "pools", "kind": "integer", "label": "ทั้งหมด (แห่ง)", "group": "สระว่ายน้ำสาธารณะ"},
            {"key": "open", "kind": "integer", "label": "ใช้การได้ (แห่ง)", "group": "สระว่ายน้ำสาธารณะ"},
            {"key": "guards", "kind": "integer", "label": "ชาย (คน)", "group": "ผู้ดูแลความปลอดภัย"},
            {"key": "hurt", "kind": "integer", "label": "บาดเจ็บ (คน)", "group": "สถิติ"},
            {"key": "ph", "kind": "decimal", "label": "ค่าเฉลี่ยความเป็นกรดด่าง PH", "group": "คุณภาพน้ำ"},
            {"key": "order", "kind": "text", "label": "เลขที่คำสั่ง", "group": "คำสั่ง"},
            {"key": "kind", "kind": "choice", "label": "ชนิดสระ", "choices": ["ในร่ม", "กลางแจ้ง"]},
        ],
    }
)
ONE = Organisation("5540901", "อบต.", "องค์การบริหารส่วนตำบลสรอย", "อบต.สรอย", "วังชิ้น")
CATALOGUE = Catalogue({"pools": FORM}, (ONE,), (), None)
ROW = [1, "อบต.สรอย", 5, 4, 3, 2, 7.5, "12/2568", "ในร่ม"]
READ = {"pools": "5", "open": "4", "guards": "3", "hurt": "2", "ph": "7.5", "order": "12/2568", "kind": "ในร่ม"}


def read(build, heads, row=None):
    page = build.page([["ที่", "ชื่อ อปท.", *heads], row or ROW])
    return read_file("a.xlsx", build.workbook(page), FileRequest(CATALOGUE, "pools"))


def values(reading):
    return {answer.question: answer.value for answer in reading.answers}


@pytest.mark.parametrize(
    "heads",
    [
        ["สระทั้งหมด", "ใช้งานได้", "ผู้ดูแล ชาย", "ผู้บาดเจ็บ", "ค่า PH", "คำสั่งเลขที่", "ชนิดของสระ"],
        [
            *("สระว่ายน้ำสาธารณะ ทั้งหมด", "สระว่ายน้ำสาธารณะ ใช้การได้", "ผู้ดูแลความปลอดภัย ชาย", "สถิติ ผู้บาดเจ็บ"),
            *("คุณภาพน้ำ ค่าเฉลี่ย PH", "คำสั่ง เลขที่คำสั่ง", "ชนิดสระ"),
        ],
    ],
)
def test_each_shortened_heading_is_its_question(build, heads):
    reading = read(build, heads)
    assert values(reading) == READ
    assert {found.severity.value for found in reading.findings} <= {"warning"}


def test_another_abbreviation_another_unit_and_another_year_are_other_columns(build):
    """CI is not HI; what is of 2567 is not what is asked for 2568; a share is no count."""
    heads = ["สระทั้งหมด", "ใช้การได้", "ชาย (ร้อยละ)", "บาดเจ็บ ปี 2567 (คน)", "ค่าเฉลี่ย DO", "เลขที่คำสั่ง", "ชนิดสระ"]
    reading = read(build, heads)
    assert values(reading) == {key: READ[key] for key in ("pools", "open", "order", "kind")}
    assert [found.question for found in reading.findings if found.code is Code.COLUMN_MISSING] == [
        "guards",
        "hurt",
        "ph",
    ]


def test_of_two_years_beside_each_other_the_one_asked_for_is_read(build):
    heads = ["สระทั้งหมด", "ใช้การได้", "ชาย", "บาดเจ็บ ปี 2567", "บาดเจ็บ ปี 2568", "ค่า PH", "เลขที่คำสั่ง", "ชนิดสระ"]
    row = [*ROW[:5], 99, *ROW[5:]]
    assert values(read(build, heads, row)) == READ


def test_the_year_of_a_law_in_the_title_is_no_year_of_the_form(build):
    form = FORM.model_copy(update={"title": "แบบรายงานตามพระราชบัญญัติสระว่ายน้ำ พ.ศ. ๒๕๖๕"})
    page = build.page([["ที่", "ชื่อ อปท.", "สระทั้งหมด ปี 2568", "ใช้การได้ ปี 2568"], ROW[:4]])
    catalogue = Catalogue({"pools": form}, (ONE,), (), None)
    reading = read_file("a.xlsx", build.workbook(page), FileRequest(catalogue, "pools"))
    assert values(reading) == {"pools": "5", "open": "4"}


def test_a_tick_that_failed_is_no_tick_of_what_was_done(build):
    """What failed, "ตรวจน้ำไม่ผ่าน", is not ตรวจน้ำแล้ว; "ยังไม่ได้ตรวจน้ำ" is its other half."""
    question = {"key": "checked", "kind": "tick", "label": "ตรวจคุณภาพน้ำแล้ว"}
    other = {"key": "pools", "kind": "integer", "label": "จำนวนสระ"}
    form = Form.model_validate({"title": "แบบสำรวจ", "question": [question, other]})
    catalogue = Catalogue({"pools": form}, (ONE,), (), None)
    for head, value in (("ตรวจคุณภาพน้ำไม่ผ่าน", None), ("ตรวจคุณภาพน้ำ", True)):
        page = build.page([["ที่", "อปท.", head, "จำนวนสระ"], [1, "อบต.สรอย", "✓", 3]])
        reading = read_file("a.xlsx", build.workbook(page), FileRequest(catalogue, "pools"))
        assert values(reading).get("checked") is value


RULES = Form.model_validate(
    {
        "title": "แบบสำรวจสระว่ายน้ำ",
        "question": [
            {"key": "rule", "kind": "tick", "label": "มีระเบียบควบคุมการใช้สระน้ำ", "aliases": ["มีระเบียบ/ประกาศแล้ว"]},
            {"key": "online", "kind": "tick", "label": "เปิดให้จองออนไลน์", "aliases": ["รับจองออนไลน์"]},
            {"key": "pools", "kind": "integer", "group": "สระ (แห่ง)", "label": "ทั้งหมด", "aliases": ["สระทั้งหมด"]},
            {"key": "shut", "kind": "integer", "group": "สระ (แห่ง)", "label": "ปิดอยู่"},
        ],
    }
)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("มีระเบียบควบคุมการใช้น้ำสระแล้ว", "rule"),
        ("รับจองสระออนไลน์แล้ว", "online"),
        ("จำนวนสระรวม", "pools"),
        ("สระรวมทั้งสิ้น", "pools"),
        ("ยังไม่มีระเบียบควบคุมการใช้สระน้ำ", None),
        ("รับสมัครครูฝึกออนไลน์แล้ว", None),
        ("ค่าจ้างรวม", None),
    ],
)
def test_filler_words_and_sums_are_no_other_thing(heading, key):
    fits = Headings(RULES).fits([heading])
    assert max(fits, key=lambda each: fits[each].score, default=None) == key


@pytest.mark.parametrize(
    ("path", "keys"), [(["ทั้งหมด (แห่ง)", "ร้อยละ"], []), (["ร้อยละ"], ["safe"]), (["น้ำสะอาด", "ร้อยละ"], ["safe"])]
)
def test_a_share_below_another_questions_own_heading_is_a_share_of_that(path, keys):
    asked = [
        {"key": "pools", "kind": "integer", "label": "ทั้งหมด (แห่ง)"},
        {"key": "safe", "kind": "percent", "label": "น้ำสะอาดตลอดปี (ร้อยละ)"},
    ]
    form = Form.model_validate({"title": "แบบสำรวจน้ำ", "question": asked})
    assert list(Headings(form).fits(path)) == keys


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        (["ผล", "แล้วเสร็จ"], {"done"}),
        (["คาดว่าแล้วเสร็จ"], {"finish"}),
        (["เปิดใช้เมื่อ"], {"opened"}),
        (["ใช้เมื่อ"], set()),
    ],
)
def test_a_bare_finished_heads_no_day_and_when_heads_one(path, keys):
    asked = [
        {"key": "done", "kind": "integer", "label": "ซ่อมแล้วเสร็จ (หลัง)"},
        {"key": "finish", "kind": "date", "label": "วันที่คาดว่าจะแล้วเสร็จทั้งหมด"},
        {"key": "opened", "kind": "date", "label": "วันที่เปิดใช้ครั้งแรก"},
    ]
    form = Form.model_validate({"title": "แบบสำรวจบ้าน", "question": asked})
    assert set(Headings(form).fits(path)) == keys
