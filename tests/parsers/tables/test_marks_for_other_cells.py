"""Ditto marks say what stands above; an asterisk is passed over where its note only says whence a figure comes."""

import datetime

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables

NEAR = datetime.date(2025, 6, 16)
FORM = Form.model_validate(
    {
        "title": "แบบสำรวจเตาเผา",
        "question": [
            {"key": "fuel", "kind": "choice", "label": "เชื้อเพลิงหลัก", "choices": ["แก๊ส", "ไฟฟ้า"]},
            {"key": "houses", "kind": "integer", "label": "ครัวเรือนทั้งหมด"},
        ],
    }
)
HEAD = ["ที่", "อปท.", "เชื้อเพลิงหลัก", "ครัวเรือนทั้งหมด"]


def read(build, rows, key):
    (table,) = find_tables(build.page([HEAD, *rows]).grid(), FORM, NEAR)
    return [table.readings.of(FORM.find(key), row.cells[key]).value for row in table.rows]


@pytest.mark.parametrize("mark", ["″", '"', "〃", "''", "- ″ -"])
def test_a_ditto_mark_says_what_stands_above(build, mark):
    rows = [[1, "อบต.สรอย", "แก๊ส", 5], [2, "อบต.นาพูน", mark, 6], [3, "อบต.ป่าสัก", mark, 7], [4, "อบต.แม่พุง", "ไฟฟ้า", 8]]
    assert read(build, rows, "fuel") == ["แก๊ส", "แก๊ส", "แก๊ส", "ไฟฟ้า"]


def test_a_ditto_mark_under_nothing_or_of_a_figure_is_asked(build):
    rows = [[1, "อบต.สรอย", "″", 5], [2, "อบต.นาพูน", None, "″"], [3, "อบต.ป่าสัก", "″", 7]]
    assert read(build, rows, "fuel") == [None, None, None]
    assert read(build, rows, "houses") == ["5", None, "7"]


@pytest.mark.parametrize(
    "note",
    ["* ข้อมูลจากงานทะเบียนราษฎร ณ วันที่ 31 พฤษภาคม 2568", "* ตรวจสอบกับทะเบียนมรณบัตรแล้ว", "* ฝึกโดยกองอาสารักษาดินแดนจังหวัด"],
)
def test_a_note_of_the_source_leaves_a_figure_as_it_is(build, note):
    assert read(build, [[1, "อบต.สรอย", "แก๊ส", "3,227*"], [2, "อบต.นาพูน", "แก๊ส", 6], [note]], "houses") == ["3227", "6"]


@pytest.mark.parametrize(
    "notes",
    [
        [],
        ["* ประมาณการ"],
        ["* ข้อมูลจากการสำรวจปี 2566"],
        ["* ข้อมูลจากงานทะเบียนราษฎร ณ วันที่ 31 ธันวาคม 2566"],
        ["* ข้อมูลจากงานทะเบียนเฉพาะหมู่ 1"],
        ["** ข้อมูลจากงานทะเบียนราษฎร"],
        ["* ข้อมูลจากงานทะเบียนราษฎร", "* ยังไม่รวมหมู่ 4"],
    ],
)
def test_a_figure_whose_note_may_change_it_is_asked(build, notes):
    rows = [[1, "อบต.สรอย", "แก๊ส", "3,227*"], [2, "อบต.นาพูน", "แก๊ส", 6], *([note] for note in notes)]
    assert read(build, rows, "houses") == [None, "6"]


def test_a_figure_behind_a_slash_is_the_mark_of_a_note_where_a_blank_stands_before_it(build):
    rows = [
        [1, "อบต.สรอย", "แก๊ส", "320 1/"],
        [2, "อบต.นาพูน", "แก๊ส", "640 2/"],
        [3, "อบต.ป่าสัก", "แก๊ส", "3201/"],
        [4, "อบต.แม่พุง", "แก๊ส", "70 3/"],
        ["1/ นับตามทะเบียนราษฎร"],
        ["2/ วัดจากแผนที่ภาษี"],
        ["3/ ยังไม่รวมหมู่ 4"],
    ]
    assert read(build, rows, "houses")[:4] == ["320", "640", None, None]
