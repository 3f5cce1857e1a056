"""How far something is: done, under way or not done."""

import pytest

from parsers.values.progress import how_far
from tests.parsers.rules import FORM, read, row, rules

LINE = FORM.find("line")
DONE, WAY, NOT = LINE.choices


@pytest.mark.parametrize(
    ("said", "value", "guessed"),
    [
        ("ทำแล้วเสร็จ", DONE, False),
        ("1. ทำแล้วเสร็จ", DONE, False),
        ("☐ ทำแล้วเสร็จ ☑ อยู่ระหว่างทำ ☐ ยังไม่เริ่มทำ", WAY, False),
        ("✓", DONE, False),
        ("( / )", DONE, False),
        ("ดำเนินการแล้ว", DONE, False),
        ("X", NOT, False),
        ("-", NOT, False),
        ("ยังไม่ได้ดำเนินการ", NOT, False),
        ("กำลังดำเนินการ", WAY, False),
        ("อยู่ระหว่างการดำเนินการ", WAY, False),
        ("อยู่ระหว่างสำรวจพื้นที่ คาดว่าจะเสร็จ เม.ย. 69", WAY, True),
        ("จะดำเนินการเดือนหน้า", NOT, True),
        ("กำลังจะดำเนินการ", NOT, True),
        ("จะดำเนินการให้แล้วเสร็จ", None, False),  # begun or not
        ("ร่างแผนแล้ว", None, False),
        ("ทำแล้ว 2 จาก 3 แห่ง", None, False),
        ("กำลังดำเนินการ แต่บางส่วนยกเลิก", None, False),
        ("อยู่ระหว่างทำ?", WAY, True),
        ("50%", None, False),
        ("อยู่ระหว่างรวบรวมข้อมูล จะส่งให้ภายหลัง", None, False),
    ],
)
def test_words_and_marks_say_how_far_it_is(said, value, guessed):
    assert how_far(said, LINE, FORM) == (value, guessed)


def test_what_cannot_be_told_is_asked_with_the_words_to_choose_from():
    (found,) = read([row(line="ร่างแผนแล้ว")]).findings
    assert (found.code, found.question) == ("answer-unreadable", "line")
    assert " / ".join(LINE.choices) in found.message
    assert read([row(line="( )")]).findings == ()


def test_what_hangs_on_it_is_asked():
    why = {"key": "why", "kind": "text", "label": "เหตุที่ล่าช้า", "asked_if": {"question": "line", "is": [WAY, NOT]}}
    form = rules(why)
    assert [f.code for f in read([row(line="กำลังทำ")], form=form).findings] == ["answer-needed"]
    assert read([row(line="✓")], form=form).findings == ()


@pytest.mark.parametrize("words", ["ยังไม่แล้วเสร็จ", "ใกล้แล้วเสร็จ", "คาดว่าจะแล้วเสร็จ มี.ค. 69", "เกือบเสร็จแล้ว"])
def test_what_is_not_at_its_end_is_not_said_to_be_not_begun(words):
    assert how_far(words, LINE, FORM) == (None, False)
