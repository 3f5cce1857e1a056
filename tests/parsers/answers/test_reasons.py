"""Reasons for figures: what is one, in a line and beside a row, and for what."""

from dataclasses import replace

import pytest

from parsers.answers.reasons import said_lines
from parsers.form.form import Form
from parsers.form.naming import LOCAL
from parsers.form.question_rules import Expected
from parsers.organisations.type_words import words_of
from parsers.read import read_file
from parsers.reading import FileRequest, Outcome


def of(text):
    """The reason of a text of one line."""
    [(_, said)] = said_lines(text, words_of(LOCAL))
    return said


@pytest.mark.parametrize(
    ("text", "cells", "names", "reason"),
    [
        ("ช่อง D7 ถูกต้อง เพราะรับขยะจากทั้งอำเภอ", ("D7",), (), "ถูกต้อง เพราะรับขยะจากทั้งอำเภอ"),
        ("d7 กับ d๘ ยืนยันตามใบชั่งน้ำหนัก", ("D7", "D8"), (), "ยืนยันตามใบชั่งน้ำหนัก"),
        ("ทต.ห้วยอ้อ ปริมาณขยะ ถูกต้อง เนื่องจากมีตลาดนัด", (), ("ทต.ห้วยอ้อ",), "ถูกต้อง เนื่องจากมีตลาดนัด"),
        ("ปริมาณขยะมากผิดปกติ เพราะน้ำท่วม", (), (), "เพราะน้ำท่วม"),
        ("ช่อง D7 ถูกต้องแล้วค่ะ\nเนื่องจากมีตลาดนัด", ("D7",), (), "ถูกต้องแล้วค่ะ เนื่องจากมีตลาดนัด"),
    ],
)
def test_a_line_gives_its_reason_for_what_it_names(text, cells, names, reason):
    said = of(text)
    assert (said.cells, said.names, said.reason) == (cells, names, reason)


@pytest.mark.parametrize(
    "text",
    [
        "ช่อง D7 ถูกต้องแล้วครับ",
        "ขอยืนยันว่าข้อมูลถูกต้องครบถ้วนทุกประการ",
        "ช่อง D7 ไม่ถูกต้อง เพราะพิมพ์ผิด",
        "ช่อง D7 เป็น 12 เพราะกรอกผิด",
        "ช่อง D7 ที่ถูกต้องคือ 12 เพราะพิมพ์เกิน",
        "ขอแก้ D7 เนื่องจากพิมพ์เกิน",
        "D7 ถูกต้องหรือไม่ เพราะเหตุใด?",
        "ขอส่งแบบรายงาน",
    ],
)
def test_a_bare_word_a_correction_and_a_question_give_none(text):
    assert of(text) is None


LIMITED = Form.model_validate(
    {
        "title": "แบบสำรวจขยะ",
        "question": [
            {"key": "tons", "kind": "decimal", "label": "ปริมาณขยะ", "expected": {"at_most": 500}},
            {"key": "homes", "kind": "integer", "label": "จำนวนครัวเรือน"},
            {"key": "place", "kind": "text", "label": "สถานที่", "required": False},
        ],
    }
)


@pytest.mark.parametrize(
    ("beside", "kept"),
    [
        ("เนื่องจากรับขยะจากข้างเคียง", "เนื่องจากรับขยะจากข้างเคียง"),
        ("หมายเหตุ: ถูกต้อง เพราะมีตลาด", "หมายเหตุ: ถูกต้อง เพราะมีตลาด"),
        ("ถูกต้อง", ""),
        ("ไม่ถูกต้อง เพราะพิมพ์ผิด", ""),
        ("ตรวจแล้ว", ""),
    ],
)
def test_a_reason_beside_its_row_is_kept_with_each_figure_of_it(build, catalogue, beside, kept):
    known = replace(catalogue, forms={"waste": LIMITED})
    head = ["ที่", "องค์กรปกครองส่วนท้องถิ่น", "ปริมาณขยะ", "จำนวนครัวเรือน", "สถานที่", "หมายเหตุ"]
    rows = [[1, "ทต.แม่จั๊วะ", 1500, 30, "เพราะใกล้เมือง", beside], [2, "ทต.เด่นชัย", 12, 40, "", ""]]
    reading = read_file("x.xlsx", build.workbook(build.page([head, *rows])), FileRequest(known, "waste", "denchai"))
    first, second = (
        [a for a in reading.answers if a.organisation == build.code[name]] for name in ("ทต.แม่จั๊วะ", "ทต.เด่นชัย")
    )
    assert {a.question: a.note for a in first} == {"tons": kept, "homes": kept, "place": ""}
    assert {a.note for a in second} == {""}
    [query] = [f for f in reading.findings if f.severity == "query"]
    assert (query.code, query.place.cell, query.question) == ("figure-unexpected", first[0].place.cell, "tons")
    assert "ไม่เกิน 500" in query.message
    assert reading.outcome is not Outcome.REJECTED
    assert any(a.value == "1500" for a in reading.standing())


@pytest.mark.parametrize(
    "question",
    [
        {"kind": "tick", "expected": {"at_most": 5}},
        {"kind": "decimal", "expected": {}},
        {"kind": "decimal", "expected": {"at_least": 6, "at_most": 5}},
        {"kind": "computed", "sum_of": ["b"], "expected": {"at_most": 5}},
    ],
)
def test_expected_is_refused_where_it_says_nothing(question):
    other = {"key": "b", "kind": "decimal", "label": "ข"}
    with pytest.raises(ValueError, match=r"expected|at_least"):
        Form.model_validate({"title": "แบบ", "question": [{"key": "a", "label": "ก", **question}, other]})
    assert Expected(at_least=0.5).at_most is None
