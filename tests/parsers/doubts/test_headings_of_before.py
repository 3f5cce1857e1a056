"""A heading of a year before the circular's, and a column of what should stand there instead: those answers are asked."""

import datetime

import pytest

from parsers.doubts.headings_of_before import columns_of_corrections, headings_of_before
from parsers.form.form import Form
from parsers.tables.find import find_tables

MAY, FEBRUARY = datetime.date(2026, 5, 4), datetime.date(2026, 2, 4)


def form_of(users):
    questions = [
        {"key": "fields", "kind": "integer", "label": "จำนวนสนาม (แห่ง)"},
        {"key": "users", "kind": "integer", "label": users},
    ]
    return Form.model_validate({"title": "แบบสำรวจสนามกีฬา", "question": questions})


FORM = form_of("ผู้ใช้บริการ (คน)")
ROWS = [[1, "ทต.สอง", 3, 210], [2, "ทต.ห้วยหม้าย", 2, ""], [3, "อบต.เตาปูน", 4, 95]]


def table_of(heading, build, near, form=FORM):
    rows = [["ที่", "อปท.", "จำนวนสนาม (แห่ง)", heading], *ROWS]
    (table,) = find_tables(build.page(rows).grid(), form, near)
    return table


@pytest.mark.parametrize(
    ("heading", "near", "asked"),
    [
        ("ผู้ใช้บริการ ปี 2567 (คน)", MAY, [2, 4]),
        ("ผู้ใช้บริการ ปี 67 (คน)", MAY, [2, 4]),
        ("ผู้ใช้บริการ ปี 2568 (คน)", MAY, [2, 4]),
        ("ผู้ใช้บริการ ปี 2568 (คน)", FEBRUARY, []),  # the year that has just ended
        ("ผู้ใช้บริการ ปี 2569 (คน)", MAY, []),
        ("ผู้ใช้บริการ ปี 2568 - ปี 2569 (คน)", MAY, []),
        ("ผู้ใช้บริการ ปี 2567 (คน)", None, []),
        ("ผู้ใช้บริการ (คน)", MAY, []),
    ],
)
def test_a_heading_of_a_year_before(heading, near, asked, build):
    table = table_of(heading, build, near)
    assert [(doubt.row, doubt.key) for doubt in headings_of_before(table, table.readings)] == [
        (r, "users") for r in asked
    ]


def test_a_year_that_the_question_itself_names_is_asked_for(build):
    table = table_of("ผู้ใช้บริการ ปี 2567 (คน)", build, MAY, form_of("ผู้ใช้บริการ ปี 2567 (คน)"))
    assert list(headings_of_before(table, table.readings)) == []


@pytest.mark.parametrize(("heading", "asked"), [("แก้ไขเป็น", [4]), ("ที่ถูกต้อง", [4]), ("ผู้ประสานงาน", []), ("หมายเหตุ", [])])
def test_a_column_of_what_is_right_instead(heading, asked, build):
    rows = [["ที่", "อปท.", "จำนวนสนาม (แห่ง)", heading, "ผู้ใช้บริการ (คน)"]]
    rows += [[number, name, fields, "", users] for number, name, fields, users in ROWS]
    rows[1][3], rows[3][3] = 3, 5  # the same again, and another
    (table,) = find_tables(build.page(rows).grid(), FORM, MAY)
    found = [(doubt.row, doubt.key) for doubt in columns_of_corrections(table, table.readings)]
    assert found == [(row, "fields") for row in asked]
