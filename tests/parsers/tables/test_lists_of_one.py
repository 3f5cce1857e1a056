"""One organisation's answers as a list: label, figure and unit beside one another, with its name above or beside it."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบรายงานประปาหมู่บ้าน",
        "organisation_label": "หน่วยงาน",
        "question": [
            {"key": "plants", "kind": "integer", "label": "จำนวนระบบประปา", "unit": "แห่ง"},
            {
                "key": "water",
                "kind": "decimal",
                "label": "ปริมาณน้ำผลิต (ลบ.ม./วัน)",
                "aliases": ["ปริมาณน้ำผลิต"],
                "unit": "ลบ.ม./วัน",
            },
            {"key": "own", "kind": "money", "group": "งบซ่อมแซม (บาท)", "label": "เงินรายได้"},
            {"key": "grant", "kind": "money", "group": "งบซ่อมแซม (บาท)", "label": "เงินอุดหนุน"},
        ],
    }
)
RIGHT = {"plants": "4", "water": "12.5", "own": "900.00", "grant": "0.00"}


def said(rows, build, merges=()):
    """What is read, by the name it is read for; None for what is asked."""
    return {
        row.name.text: {key: table.readings.of(FORM.find(key), cell).value for key, cell in row.cells.items()}
        for table in find_tables(build.page(rows, merges=list(merges)).grid(), FORM)
        for row in table.rows
    }


def listed(water="ลบ.ม./วัน", figure=12.5):
    return [
        ["จำนวนระบบประปา", 4, "แห่ง"],
        ["ปริมาณน้ำผลิต", figure, water],
        ["งบซ่อมแซม เงินรายได้", 900, "บาท"],
        ["งบซ่อมแซม เงินอุดหนุน", 0, "บาท"],
    ]


@pytest.mark.parametrize(
    "head", [[["รายการ", "จำนวน", "หน่วย"]], [["รายการ", "ผล", "หน่วยนับ"]], [], [["แบบรายงานประปาหมู่บ้าน"]]]
)
def test_a_list_with_its_units_under_a_name(head, build):
    assert said([["อบต.สรอย"], *head, *listed()], build) == {"อบต.สรอย": RIGHT}
    assert said([["แบบรายงานประปาหมู่บ้าน"], ["หน่วยงาน", "อบต.สรอย"], *listed()], build) == {"อบต.สรอย": RIGHT}


def test_numbered_lines_with_labels_of_two_columns(build):
    rows = [
        ["หน่วยงาน", None, "อบต.สรอย"],
        ["1. จำนวนระบบประปา", None, 4, "แห่ง"],
        ["2. ปริมาณน้ำผลิต", None, 12.5, "ลบ.ม./วัน"],
        ["3. งบซ่อมแซม", "เงินรายได้", 900, "บาท"],
        [None, "เงินอุดหนุน", 0, "บาท"],
    ]
    assert said(rows, build, [(4, 1, 5, 1)]) == {"อบต.สรอย": RIGHT}


@pytest.mark.parametrize("unit", ["ลิตร/วัน", "ลบ.ม./เดือน"])
def test_a_figure_beside_another_unit_is_asked(unit, build):
    assert said([["อบต.สรอย"], *listed(unit)], build) == {"อบต.สรอย": RIGHT | {"water": None}}


def test_lists_one_below_the_other_each_under_its_name(build):
    rows = [["รายงานประปาหมู่บ้าน อำเภอวังชิ้น"], ["1. อบต.สรอย"], *listed(), [], ["2. อบต.นาพูน"], *listed(figure=7)]
    assert said(rows, build) == {"อบต.สรอย": RIGHT, "อบต.นาพูน": RIGHT | {"water": "7"}}
    named = [["หน่วยงาน", "อบต.สรอย"], *listed(), ["หน่วยงาน", "อบต.นาพูน"], *listed(figure=7)]
    assert said(named, build) == {"อบต.สรอย": RIGHT, "อบต.นาพูน": RIGHT | {"water": "7"}}


def test_a_list_of_nobody_is_nobody_s(build):
    assert set(said(listed(), build)) <= {""}


@pytest.mark.parametrize("bullet", ["", "   - "])
def test_a_group_in_a_line_of_its_own_above_its_labels(bullet, build):
    rows = [["หน่วยงาน", "อบต.สรอย"], ["รายการ", "ข้อมูล"], ["จำนวนระบบประปา", 4], ["ปริมาณน้ำผลิต", 12.5]]
    rows += [["งบซ่อมแซม (บาท)", None], [f"{bullet}เงินรายได้", 900], [f"{bullet}เงินอุดหนุน", 0]]
    assert said(rows, build) == {"อบต.สรอย": RIGHT}


def test_a_list_of_ticks_under_a_bare_heading(build):
    form = Form.model_validate(
        {
            "title": "แบบติดตามพระราชบัญญัติ",
            "question": [
                {"key": f"{part}{at}", "kind": "tick", "group": f"การจัดทำคำสั่งตามมาตรา {at}", "label": label}
                for at in (10, 16)
                for part, label in (("made", "จัดทำแล้ว"), ("posted", "ลงข้อมูลในระบบ"))
            ],
        }
    )
    labels = [f"การจัดทำคำสั่งตามมาตรา {at} - {label}" for at in (10, 16) for label in ("จัดทำแล้ว", "ลงข้อมูลในระบบ")]
    answers = [[at, label, mark] for at, (label, mark) in enumerate(zip(labels, "//XX", strict=True), 1)]
    rows = [["ชื่อ อปท. เทศบาลตำบลสอง"], ["ลำดับ", "รายการ", "ข้อมูล"], *answers, ["ลงชื่อ ...... ผู้รายงาน"]]
    tables = find_tables(build.page(rows).grid(), form)
    read = [
        [table.readings.of(form.find(key), cell).value for key, cell in row.cells.items()]
        for table in tables
        for row in table.rows
    ]
    assert read == [[True, True, False, False]]
