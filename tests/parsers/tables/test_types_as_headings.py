"""A column of names may be headed by the one type of all: อบต. over แม่ป้าก, นาพูน."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {"title": "แบบสำรวจไฟป่า", "question": [{"key": "spots", "kind": "integer", "label": "จุดความร้อน (จุด)"}]}
)


@pytest.mark.parametrize("heading", ["อบต.", "ชื่อ อบต.", "เทศบาล", "ทต.", "เทศบาลตำบล"])
def test_bare_names_under_a_type_are_a_column_of_names(heading, build):
    rows = [["ลำดับ", heading, "จุดความร้อน (จุด)"], [1, "แม่ป้าก", 17], [2, "นาพูน", 23]]
    (table,) = find_tables(build.page(rows).grid(), FORM)
    assert [(row.name.text, row.cells["spots"].text) for row in table.rows] == [("แม่ป้าก", "17"), ("นาพูน", "23")]


def test_types_side_by_side_head_no_names(build):
    rows = [["รายการ", "อบต.", "เทศบาล"], ["จุดความร้อน (จุด)", 17, 23]]
    tables = find_tables(build.page(rows).grid(), FORM)
    assert [row.name.text for table in tables for row in table.rows if row.name.text.isdecimal()] == []
