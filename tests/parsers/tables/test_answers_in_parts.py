"""One answer over several columns: a choice ticked under its options, a day in day, month and year; and two years side by side."""

import datetime

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.tables.model import Split

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจสนามกีฬา ประจำปี พ.ศ. 2568",
        "question": [
            {"key": "fields", "kind": "integer", "label": "จำนวนสนาม (แห่ง)"},
            {"key": "floor", "kind": "choice", "label": "พื้นสนาม", "choices": ["หญ้า", "ดิน", "ปูน", "ไม่มีสนาม"]},
            {"key": "checked", "kind": "date", "label": "วันที่ตรวจล่าสุด"},
            {"key": "lamps", "kind": "tick", "label": "มีไฟส่องสว่าง"},
        ],
    }
)
OPTIONS = ["หญ้า", "ดิน", "ปูน", "ไม่มีสนาม"]
NEAR = datetime.date(2025, 6, 16)


def rows_of(rows, merges, build, form=FORM):
    (table,) = find_tables(build.page(rows, merges=merges).grid(), form, NEAR)
    return table, [row for row in table.rows if row.answered and row.name.text]


def value(table, row, key):
    return None if key in row.split else table.readings.of(table.readings.form.find(key), row.cells[key]).value


@pytest.mark.parametrize(
    ("ticks", "chosen"),
    [
        ([None, "✓", None, None], "ดิน"),
        ([None, None, None, "/"], "ไม่มีสนาม"),
        (["x", "✓", "x", "x"], "ดิน"),
        ([None, None, "ปูน", None], "ปูน"),
        (["✓", "✓", None, None], None),
        ([None, "2", None, "?"], None),
        ([None, "X", None, None], None),
        ([None] * 4, None),
    ],
)
def test_a_choice_ticked_under_its_options(ticks, chosen, build):
    head = [
        ["ที่", "อปท.", "จำนวนสนาม (แห่ง)", "พื้นสนาม", None, None, None, "วันที่ตรวจล่าสุด", "มีไฟส่องสว่าง"],
        [None] * 3 + OPTIONS,
    ]
    table, (row,) = rows_of([*head, [1, "ทต.สอง", 3, *ticks, "1 มี.ค. 68", "✓"]], [(1, 4, 1, 7)], build)
    assert value(table, row, "floor") == chosen
    assert value(table, row, "lamps") is True
    assert (row.split.get("floor") is Split.UNCLEAR) == (chosen is None and any(ticks))


def test_an_option_that_is_none_of_the_choices_is_asked(build):
    head = [["ที่", "อปท.", "จำนวนสนาม (แห่ง)", "พื้นสนาม", None, None, None], [None] * 3 + ["หญ้า", "ดิน", "ปูน", "อื่น ๆ"]]
    table, rows = rows_of(
        [*head, [1, "ทต.สอง", 3, None, "✓"], [2, "ทต.ห้วยหม้าย", 1, None, None, None, "✓"]], [(1, 4, 1, 7)], build
    )
    assert [value(table, row, "floor") for row in rows] == ["ดิน", None]


@pytest.mark.parametrize("parts", [("วันที่", "เดือน", "พ.ศ."), ("วัน", "เดือน", "ปี")])
@pytest.mark.parametrize(("month", "year"), [("มี.ค.", 2568), (3, 68), ("มีนาคม", "๒๕๖๘")])
def test_a_day_in_three_columns(parts, month, year, build):
    head = [["ที่", "อปท.", "จำนวนสนาม (แห่ง)", "วันที่ตรวจล่าสุด", None, None, "มีไฟส่องสว่าง"], [None] * 3 + list(parts)]
    rows = [*head, [1, "ทต.สอง", 3, 9, month, year, "✓"], [2, "ทต.ห้วยหม้าย", 1, 9, None, year, "✓"]]
    table, (full, gap) = rows_of(rows, [(1, 4, 1, 6)], build)
    assert (value(table, full, "checked"), value(table, gap, "checked")) == ("2025-03-09", None)


@pytest.mark.parametrize("years", [("ปี 2567", "ปี 2568"), (2567, 2568), ("พ.ศ. 2567", "พ.ศ. 2568")])
def test_of_two_years_under_each_heading_the_form_s_counts(years, build):
    head = [["ที่", "อปท.", "จำนวนสนาม (แห่ง)", None, "พื้นสนาม", "มีไฟส่องสว่าง", None], [None, None, *years, None, *years]]
    table, (row,) = rows_of([*head, [1, "ทต.สอง", 3, 5, "ดิน", "✓", "X"]], [(1, 3, 1, 4), (1, 6, 1, 7)], build)
    assert (value(table, row, "fields"), value(table, row, "lamps")) == ("5", False)


def test_parts_under_the_lower_row_of_headings(build):
    rows = [
        [FORM.title],
        ["ข้อมูล ณ วันที่ 16 มิถุนายน 2568"],
        ["ที่", "อปท.", "จำนวนสนาม (แห่ง)", "พื้นสนาม", None, None, "วันที่ตรวจล่าสุด", None, None],
        [None, None, None, "หญ้า", "ดิน", "ปูน", "วันที่", "เดือน", "พ.ศ."],
        [1, "อบต.สรอย", 2, None, "✓", None, 25, "กุมภาพันธ์", 2568],
    ]
    merges = [(3, 1, 4, 1), (3, 2, 4, 2), (3, 3, 4, 3), (3, 4, 3, 6), (3, 7, 3, 9)]
    table, (row,) = rows_of(rows, merges, build)
    assert [value(table, row, key) for key in ("fields", "floor", "checked")] == ["2", "ดิน", "2025-02-25"]
