"""A form of several rows whose title has the words of one of them: the title labels no row."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.tables.name_in_title import headed_by_cover

FORM = Form.model_validate(
    {
        "title": "แบบรายงานการกำจัดยุงลายและสัตว์พาหะ",
        "row_label": "ชนิด",
        "question": [
            {"key": "houses", "kind": "integer", "label": "จำนวนบ้าน (หลัง)"},
            {"key": "cost", "kind": "money", "label": "ค่าใช้จ่าย (บาท)"},
        ],
        "row": [{"key": "mosquito", "label": "ยุงลาย"}, {"key": "rat", "label": "หนู"}],
    }
)
HEAD = ["ที่", "อปท.", "จำนวนบ้าน (หลัง)", "ค่าใช้จ่าย (บาท)"]


def values(tables):
    return {key: cell.text for table in tables for row in table.rows for key, cell in row.cells.items()}


@pytest.mark.parametrize("title", ["แบบรายงานการกำจัดยุงลายและสัตว์พาหะ", "การกำจัดยุงลาย"])
def test_a_sheet_for_each_kind(title, build):
    found = {}
    for sheet, houses in (("ยุงลาย", 20), ("หนู", 30)):
        rows = [[title], HEAD, [1, "ทต.สอง", houses, houses * 5]]
        found |= values(find_tables(build.page(rows, name=sheet).grid(), FORM))
    assert found == {"houses__mosquito": "20", "cost__mosquito": "100", "houses__rat": "30", "cost__rat": "150"}


def test_kinds_side_by_side_under_the_title(build):
    rows = [
        [FORM.title],
        ["ที่", "อปท.", "ยุงลาย", None, "หนู", None],
        [None, None, *HEAD[2:], *HEAD[2:]],
        [1, "ทต.สอง", 20, 100, 30, 150],
    ]
    found = values(find_tables(build.page(rows).grid(), FORM))
    assert found == {"houses__mosquito": "20", "cost__mosquito": "100", "houses__rat": "30", "cost__rat": "150"}


PLAIN = FORM.model_copy(update={"row": (), "row_label": ""})


@pytest.mark.parametrize(
    ("cover", "rows", "named"),
    [
        ([["แบบสำรวจ"], ["ชื่อหน่วยงาน", "อบต.แม่ยม"]], [[20, 100]], "อบต.แม่ยม"),
        ([["ชื่อหน่วยงาน: อบต. แม่ยม"], ["อบต.แม่ยม"]], [[20, 100]], "อบต. แม่ยม"),
        ([["อบต.แม่ยม"], ["สำเนา", "ทต.สอง"]], [[20, 100]], ""),  # of two nobody knows which
        ([["อบต.แม่ยม"]], [[20, 100], [30, 150]], ""),  # nor whose two rows are
        ([["แบบสำรวจ"]], [[20, 100]], ""),
        ([["หมายเหตุ ยกเว้น อบต.แม่ยม"]], [[20, 100]], ""),
        ([["อบต.แม่ยม ยังไม่ส่ง"]], [[20, 100]], "อบต.แม่ยม ยังไม่ส่ง"),  # whom the register does not know
    ],
)
def test_one_row_is_named_by_the_file_s_cover(cover, rows, named, build):
    form = build.page([HEAD[2:], *rows]).grid()
    (table,) = find_tables(form, PLAIN)
    headed = headed_by_cover(table, [build.page(cover, name="ปก").grid()])
    assert {row.name.text for row in headed.rows} == {named}


@pytest.mark.parametrize(
    ("rows", "named"), [([[1, None, 20, 100]], "ทต.สอง"), ([[1, None, 20, 100], [2, None, 9, 5]], "")]
)
def test_a_name_left_blank_in_a_sheet_for_one(rows, named, build):
    (table,) = find_tables(build.page([["ทต.สอง อำเภอสอง"], HEAD, *rows], name="ทต.สอง").grid(), PLAIN)
    assert {row.name.text for row in table.rows} == {named}


def test_a_column_of_types_beside_one_of_kinds(build):
    form = Form(title=FORM.title, row_label="ประเภทสัตว์", question=FORM.column, row=FORM.row)
    rows = [
        ["ที่", "ประเภท", "ชื่อ", "ประเภทสัตว์", *HEAD[2:]],
        [1, "ทต.", "สอง", "ยุงลาย", 20, 100],
        [None, None, None, "หนู", 30, 150],
        [2, "อบต.", "สอง", "ยุงลาย", 4, 20],
        [None, None, None, "หนู", 5, 25],
    ]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [(row.type, row.name.text) for row in table.rows] == [("ทต.", "สอง")] * 2 + [("อบต.", "สอง")] * 2
