"""Figures that a line of the sheet gives for choices are read as these; figures that nobody explains are asked."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.values.coded_choices import coded_choices

CHOICES = ("อปท. ดูแลเอง", "โรงเรียน", "วัด")
FORM = Form.model_validate(
    {
        "title": "แบบสำรวจห้องสมุด",
        "question": [
            {"key": "keeper", "kind": "choice", "label": "ผู้ดูแล", "choices": CHOICES},
            {"key": "books", "kind": "integer", "label": "จำนวนหนังสือ (เล่ม)"},
        ],
    }
)
LINE = "ช่องผู้ดูแล  1 = วัด   2 = โรงเรียน   3 = อปท. ดูแลเอง"


def test_a_figure_is_the_choice_that_a_line_says(build):
    rows = [
        ["ที่", "อปท.", "ผู้ดูแล", "จำนวนหนังสือ (เล่ม)"],
        [1, "อบต.สรอย", 1, 2],
        [2, "อบต.นาพูน", "๓", 3],
        [3, "อบต.ป่าสัก", 4, 1],
        [LINE],
    ]
    (table,) = find_tables(build.page(rows).grid(), FORM)
    read = [table.readings.of(FORM.find("keeper"), row.cells["keeper"]).value for row in table.rows]
    assert read == ["วัด", "อปท. ดูแลเอง", None]
    assert [table.readings.of(FORM.find("books"), row.cells["books"]).value for row in table.rows] == ["2", "3", "1"]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["1 = วัด 2 = ตลาด"],  # one of them is no choice
        ["1 = วัด 1 = โรงเรียน"],
        ["1 = วัด 2 = วัด"],
        ["1 = วัด"],
        [LINE, "1 = โรงเรียน 2 = วัด 3 = อปท. ดูแลเอง"],  # two lines that differ
    ],
)
def test_a_line_that_does_not_tell_all_its_figures_apart_says_nothing(lines):
    assert coded_choices(lines, FORM) == {}


def test_a_letter_is_the_choice_that_a_line_says(build):
    rows = [
        ["ที่", "อปท.", "ผู้ดูแล", "จำนวนหนังสือ (เล่ม)"],
        [1, "อบต.สรอย", "ก", 2],
        [2, "อบต.นาพูน", "ค", 3],
        [3, "อบต.ป่าสัก", "ง", 1],
        ['คำชี้แจง ช่อง "ผู้ดูแล" ก = วัด  ข = โรงเรียน  ค = อปท. ดูแลเอง'],
    ]
    (table,) = find_tables(build.page(rows).grid(), FORM)
    read = [table.readings.of(FORM.find("keeper"), row.cells["keeper"]).value for row in table.rows]
    assert read == ["วัด", "อปท. ดูแลเอง", None]
