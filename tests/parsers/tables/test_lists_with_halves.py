"""A list of one organisation, or several across, with a column of "done" beside one of "not done"."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.tables.model import Split

FORM = Form.model_validate(
    {
        "title": "แบบติดตามแผนภัยแล้ง",
        "question": [
            {"key": "plan", "kind": "tick", "label": "จัดทำแผนภัยแล้งแล้ว"},
            {"key": "drill", "kind": "tick", "label": "ซักซ้อมแผน"},
            {"key": "stock", "kind": "tick", "label": "สำรองน้ำ"},
        ],
    }
)
LABELS = ["จัดทำแผนภัยแล้งแล้ว", "ซักซ้อมแผนแล้ว", "สำรองน้ำแล้ว"]


def said(rows, build, merges=()):
    return {
        row.name.text: [table.readings.of(FORM.find(key), row.cells[key]).value for key in ("plan", "drill", "stock")]
        for table in find_tables(build.page(rows, merges=list(merges)).grid(), FORM)
        for row in table.rows
    }


@pytest.mark.parametrize("halves", [("ดำเนินการแล้ว", "ยังไม่ได้ดำเนินการ"), ("แล้ว", "ยัง"), ("มี", "ไม่มี")])
def test_a_mark_under_one_of_the_two(halves, build):
    marks = [["✓", None], [None, "/"], ["✓", "-"]]
    rows = [["อบต.สรอย"], ["ที่", "รายการ", *halves]]
    rows += [[at, label, *pair] for at, (label, pair) in enumerate(zip(LABELS, marks, strict=True), 1)]
    assert said(rows, build) == {"อบต.สรอย": [True, False, True]}


def test_two_marks_or_a_lone_cross_are_asked(build):
    rows = [
        ["อบต.สรอย"],
        ["รายการ", "แล้ว", "ยัง"],
        [LABELS[0], "✓", "✓"],
        [LABELS[1], None, "X"],
        [LABELS[2], "✓", None],
    ]
    assert said(rows, build) == {"อบต.สรอย": [None, None, True]}


def test_pairs_under_names_across(build):
    rows = [["รายการ", "อบต.สรอย", None, "ทต.นาพูน", None], [None, "แล้ว", "ยัง", "แล้ว", "ยัง"]]
    rows += [[LABELS[0], "✓", None, None, "✓"], [LABELS[1], None, "✓", "✓", None], [LABELS[2], "✓", None, "✓", None]]
    merges = [(1, 2, 1, 3), (1, 4, 1, 5)]
    assert said(rows, build, merges) == {"อบต.สรอย": [True, False, True], "ทต.นาพูน": [False, True, True]}


def test_questions_down_the_side_that_all_end_in_done(build):
    """Each such label is a sentence that says yes; together they are the form's questions."""
    rows = [["รายการ", "อบต.สรอย", "ทต.นาพูน"], [LABELS[0], "✓", "X"], [LABELS[1], "X", "✓"], [LABELS[2], "✓", "✓"]]
    assert said(rows, build) == {"อบต.สรอย": [True, False, True], "ทต.นาพูน": [False, True, True]}


def test_answers_in_words_are_no_headings_of_halves(build):
    rows = [
        ["หน่วยงาน", "อบต.สรอย", "ทต.นาพูน"],
        [LABELS[0], "แล้ว", "ยัง"],
        [LABELS[1], "แล้ว", "ยัง"],
        [LABELS[2], "ยัง", "แล้ว"],
    ]
    assert said(rows, build) == {"อบต.สรอย": [True, True, False], "ทต.นาพูน": [False, False, True]}


WELLS = Form.model_validate(
    {
        "title": "แบบติดตามบ่อบาดาล",
        "question": [
            {"key": "rules", "kind": "tick", "label": "มีระเบียบการใช้น้ำ"},
            {"key": "plan", "kind": "tick", "label": "มีแผนซ่อมบ่อ"},
            {"key": "deep", "kind": "integer", "group": "ซ่อมแล้ว ปี 2568 (บ่อ)", "label": "บ่อลึก"},
        ],
    }
)


def wells(rows, build):
    (table,) = find_tables(build.page(rows).grid(), WELLS)
    return [[row.cells[key].text for key in ("rules", "plan")] + [row.split.get("plan")] for row in table.rows]


def test_a_bare_done_is_not_the_group_that_ends_so(build):
    """แล้ว under one question was taken for the group ซ่อมแล้ว, and the column beside it, ยัง, for the question."""
    head = [
        ["ที่", "อปท.", "มีระเบียบการใช้น้ำ", "มีแผนซ่อมบ่อ", "มีแผนซ่อมบ่อ", "ซ่อมแล้ว ปี 2568 (บ่อ)"],
        ["", "", "", "แล้ว", "ยัง", "บ่อลึก"],
    ]
    rows = [*head, [1, "อบต.สรอย", "✓", "✓", "", 3], [2, "ทต.วังชิ้น", "X", "", "✓", 5]]
    assert wells(rows, build) == [["✓", "✓", None], ["X", "✓", Split.DENIED]]


@pytest.mark.parametrize("undone", ["ยัง", "ไม่มี", "ยังไม่ได้ดำเนินการ"])
def test_a_question_with_a_column_of_not_done_alone(undone, build):
    head = [["ที่", "อปท.", "มีระเบียบการใช้น้ำ", "มีแผนซ่อมบ่อ", "ซ่อมแล้ว ปี 2568 (บ่อ)"], ["", "", "", undone, "บ่อลึก"]]
    rows = [*head, [1, "อบต.สรอย", "✓", "✓", 3], [2, "ทต.วังชิ้น", "X", "X", 5]]
    assert wells(rows, build) == [["✓", "✓", Split.DENIED], ["X", "X", Split.UNCLEAR]]
