"""A list of those who have not, or a legend that turns the marks round, is asked and never read as a report of what is done."""

import pytest

from parsers.doubts.turned_answers import turned_answers
from parsers.form.form import Form
from parsers.tables.find import find_tables

HEAD = ["ที่", "อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ"]
ROWS = [[1, "ทต.แม่จั๊วะ", "✓", "✓", None, "✓"], [2, "ทต.เด่นชัย", "✓", "X", "✓", "✓"]]


def doubted(rows, build, form):
    (table,) = find_tables(build.page(rows).grid(), form)
    return [(doubt.row, doubt.key) for doubt in turned_answers(table, table.readings)]


@pytest.mark.parametrize(
    "rows",
    [
        [["รายชื่อองค์กรปกครองส่วนท้องถิ่นที่ยังไม่ได้จัดทำประกาศ ตามมาตรา 10"], [], HEAD, *ROWS],
        [["(เฉพาะแห่งที่ยังไม่ดำเนินการ)"], HEAD, *ROWS],
        [HEAD, *ROWS, ["หมายเหตุ ✓ หมายถึง ยังไม่ได้ดำเนินการ"]],
        [[*HEAD[:2], "ม.10 ประกาศ (✓ = ยังไม่ดำเนินการ)", *HEAD[3:]], *ROWS],
    ],
)
def test_words_that_turn_the_marks_round_are_asked(rows, build, form):
    found = doubted(rows, build, form)
    assert len(found) == 7  # the blank is asked for as such


@pytest.mark.parametrize(
    "line",
    [
        "หมายเหตุ ทำเครื่องหมาย ✓ = ดำเนินการแล้ว / X = ยังไม่ได้ดำเนินการ",
        "✓ หมายถึง ดำเนินการแล้ว X หมายถึง ยังไม่ดำเนินการ",
        "หากแห่งใดยังดำเนินการไม่แล้วเสร็จ ให้เร่งดำเนินการ",
        "รายชื่อองค์กรปกครองส่วนท้องถิ่น อำเภอเด่นชัย",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_the_usual_legend_turns_nothing_round(line, above, build, form):
    rows = [[line], [], HEAD, *ROWS] if above else [HEAD, *ROWS, [line]]
    assert doubted(rows, build, form) == []


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        *(("ประมาณการรายจ่าย ปี 2568", True), ("แผนการเก็บขยะ", True), ("ข้อมูลปีก่อน", True), ("เป้าหมาย", True)),
        *(("ผลการเก็บขยะตามแผน", False), ("รายชื่อ อปท. ที่ยังไม่รายงาน", False), ("เป้าหมายและผลการดำเนินงาน", False)),
    ],
)
def test_figures_under_a_title_of_a_plan_or_of_before_are_asked(line, whole, build):
    head = ["ที่", "อปท.", *(question.label for question in build.waste.question)]
    rows = [[line], head, [1, "ทต.แม่จั๊วะ", *[5] * len(build.waste.question)]]
    assert len(doubted(rows, build, build.waste)) == len(build.waste.question) * whole


def test_a_reversed_legend_turns_no_chosen_words_round(build):
    """Of how far something is, a mark is asked; one of the words that may be chosen says what it says."""
    stages = ["แล้วเสร็จ", "กำลังทำ", "ยังไม่ทำ"]
    own = Form.model_validate(
        {
            "title": "แบบสำรวจสระว่ายน้ำ",
            "question": [
                {"key": "rules", "kind": "tick", "label": "มีระเบียบสระ"},
                {"key": "fence", "kind": "progress", "label": "การทำรั้วสระ", "choices": stages},
            ],
        }
    )
    rows = [["ที่", "อปท.", "มีระเบียบสระ", "การทำรั้วสระ"], [1, "ทต.สอง", "✓", "แล้วเสร็จ"], [2, "อบต.เตาปูน", "X", "✓"]]
    found = doubted([*rows, ["หมายเหตุ X หมายถึง ดำเนินการแล้ว ✓ หมายถึง ยังไม่ได้ดำเนินการ"]], build, own)
    assert found == [(2, "rules"), (3, "rules"), (3, "fence")]
