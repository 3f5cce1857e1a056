"""Several choices in one cell, and the choice of something else."""

import pytest

from parsers.form.question import Question
from parsers.values.several_choices import chosen_of
from tests.parsers.rules import FORM, read, row, rules

TOOLS = FORM.find("tools")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("รถน้ำ", "รถน้ำ"),
        ("ไม้ตบไฟ, รถน้ำ", "รถน้ำ; ไม้ตบไฟ"),
        ("รถน้ำ และไม้ตบไฟ", "รถน้ำ; ไม้ตบไฟ"),
        ("1. รถน้ำ\n2. เครื่องเป่าลม", "รถน้ำ; เครื่องเป่าลม"),
        ("รถน้ำ/เครื่องเป่าลม/รถน้ำ", "รถน้ำ; เครื่องเป่าลม"),
        ("☑ รถน้ำ ☐ เครื่องเป่าลม ☑ ไม้ตบไฟ", "รถน้ำ; ไม้ตบไฟ"),
        ("(✓) รถน้ำ ( ) เครื่องเป่าลม ( ) ไม้ตบไฟ", "รถน้ำ"),
        ("รถน้ำ; อื่น ๆ: โดรน", "รถน้ำ; อื่น ๆ: โดรน"),
        ("อื่นๆ (ระบุ) โดรน", "อื่น ๆ: โดรน"),
        ("☐ รถน้ำ ☑ อื่นๆ ระบุ โดรน 2 ลำ", "อื่น ๆ: โดรน 2 ลำ"),
        ("1. รถน้ำ 2. ไม้ตบไฟ", "รถน้ำ; ไม้ตบไฟ"),
        ("(๑) เครื่องเป่าลม (๒) รถน้ำ", "รถน้ำ; เครื่องเป่าลม"),
        ("1. รถน้ำ 2. โดรน", None),
        ("ไม้ตบไฟ รถน้ำ", "รถน้ำ; ไม้ตบไฟ"),
        ("รถน้ำและไม้ตบไฟ", "รถน้ำ; ไม้ตบไฟ"),
        ("รถน้ำ ตลอดจนไม้ตบไฟ", "รถน้ำ; ไม้ตบไฟ"),
        ("รถน้ำ, เครื่องเป่าลม และไม้ตบไฟ", "รถน้ำ; เครื่องเป่าลม; ไม้ตบไฟ"),
        ("ทุกอย่างที่กำหนด", None),
        ("รถน้ำและโดรน", None),
        ("ไม่มี รถน้ำ", None),
        ("อื่น ๆ", None),
        ("อื่น ๆ .......", None),
        ("รถน้ำ, โดรน", None),
        ("☐ รถน้ำ ☐ ไม้ตบไฟ", None),
        ("รถน้ำ ✗ ไม้ตบไฟ", None),
    ],
)
def test_each_choice_of_a_cell_is_read_or_none(said, value):
    assert chosen_of(said, TOOLS) == (value, False)


def test_all_of_a_list_without_something_else_is_a_guess():
    several = Question(key="q", kind="choices", label="ช่องทาง", choices=("หอกระจายข่าว", "ไลน์กลุ่ม"))
    for said in ("ทุกช่องทางที่กำหนด", "ครบทุกช่องทาง", "ทั้งหมด"):
        assert chosen_of(said, several) == ("หอกระจายข่าว; ไลน์กลุ่ม", True)
    assert chosen_of("เกือบทุกช่องทาง", several) == (None, False)


def test_of_one_choice_something_else_is_named_too():
    one = Question(key="q", kind="choice", label="วิธี", choices=("ฝังกลบ", "เตาเผา"), other="อื่น ๆ")
    assert chosen_of("อื่นๆ: หมักปุ๋ย", one) == ("อื่น ๆ: หมักปุ๋ย", False)
    assert chosen_of("ฝังกลบ, เตาเผา", one) == (None, False)
    assert chosen_of("เตาเผา", one) == ("เตาเผา", False)


def test_something_else_alone_is_asked_what():
    (found,) = read([row(tools="รถน้ำ, อื่นๆ")]).findings
    assert (found.code, found.question) == ("answer-unreadable", "tools")
    assert "โดยระบุต่อท้าย “อื่น ๆ”" in found.message


@pytest.mark.parametrize(("said", "asked"), [("อื่น ๆ: โดรน", True), ("รถน้ำ; ไม้ตบไฟ", True), ("ไม้ตบไฟ", False)])
def test_what_hangs_on_one_of_several_is_asked(said, asked):
    more = {"key": "litres", "kind": "integer", "label": "ความจุ (ลิตร)"}
    form = rules({**more, "asked_if": {"question": "tools", "is": ["รถน้ำ", "อื่น ๆ"]}})
    assert [f.code for f in read([row(tools=said)], form=form).findings] == (["answer-needed"] if asked else [])
