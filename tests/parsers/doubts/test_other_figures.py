"""Figures under a heading, or an instruction, that makes them others than asked are asked; fuller headings are no news."""

import datetime

import pytest

from parsers.doubts.other_figures import other_figures
from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจเครื่องสูบน้ำ",
        "question": [
            {"key": "pumps", "kind": "integer", "label": "เครื่องสูบน้ำ (เครื่อง)", "unit": "เครื่อง"},
            {"key": "count", "kind": "integer", "label": "จำนวนสัญญา", "group": "เบิกจ่ายแล้ว"},
            {"key": "money", "kind": "money", "label": "งบประมาณ (บาท)", "group": "เบิกจ่ายแล้ว"},
        ],
    }
)
NEAR = datetime.date(2026, 6, 16)


def asked(build, head="เครื่องสูบน้ำ (เครื่อง)", group="เบิกจ่ายแล้ว", line="สรุป", near=NEAR):
    rows = [
        [line],
        ["ที่", "อปท.", head, group, group],
        [None, None, None, "จำนวนสัญญา", "งบประมาณ (บาท)"],
        [1, "ทต.สอง", 4, 2, 9000],
        [2, "อบต.เตาปูน", 3, 1, 5000],
    ]
    tables = find_tables(build.page(rows).grid(), FORM, near)
    return {doubt.key for table in tables for doubt in other_figures(table, table.readings)}


@pytest.mark.parametrize(
    "head",
    ["เครื่องสูบน้ำที่ชำรุด (เครื่อง)", "เครื่องสูบน้ำ ปี 2567 (เครื่อง)", "เครื่องสูบน้ำ ปีงบประมาณ 2568"],
)
def test_a_heading_of_other_figures(head, build):
    assert asked(build, head) == {"pumps"}


def test_early_in_a_year_a_form_may_be_about_the_one_that_has_ended(build):
    assert asked(build, "เครื่องสูบน้ำ ปี 2568 (เครื่อง)") == {"pumps"}
    assert asked(build, "เครื่องสูบน้ำ ปี 2568 (เครื่อง)", near=datetime.date(2026, 2, 4)) == set()
    assert asked(build, "เครื่องสูบน้ำ ปี 2567 (เครื่อง)", near=datetime.date(2026, 2, 4)) == {"pumps"}


@pytest.mark.parametrize(
    "head", ["เครื่องสูบน้ำ ปี 2569 (เครื่อง)", "จำนวนเครื่องสูบน้ำทั้งหมด (เครื่อง)", "เครื่องสูบน้ำ (ไม่รวมที่ชำรุด)", "เครื่องสูบน้ำ (เครื่อง)"]
)
def test_a_fuller_heading_of_the_same_figures(head, build):
    assert asked(build, head) == set()


def test_a_heading_over_a_group(build):
    assert asked(build, group="ก่อหนี้ผูกพัน") == {"count", "money"}


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("คำชี้แจง: ช่องเครื่องสูบน้ำ ให้กรอกจำนวนที่ยังต้องการ", {"pumps"}),
        ("ช่องเครื่องสูบน้ำ หมายถึง ข้อมูลปี 2567", {"pumps"}),
        ("ช่องเครื่องสูบน้ำ ให้กรอกจำนวนที่ใช้งานได้ ไม่รวมที่ชำรุด", set()),
        ("ช่องเครื่องสูบน้ำ ให้กรอกเป็นตัวเลข", set()),
        ("โปรดแจ้งเครื่องสูบน้ำที่ชำรุดทางโทรศัพท์", set()),
    ],
)
def test_an_instruction(line, keys, build):
    assert asked(build, line=line) == keys
