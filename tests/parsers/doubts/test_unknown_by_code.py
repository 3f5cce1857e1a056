"""A figure that a line says to stand for what nobody knows is asked."""

import pytest

from parsers.doubts.unknown_by_code import unknown_by_code
from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจตลาดน้ำ",
        "question": [
            {"key": "stalls", "kind": "integer", "label": "แผงค้า (แผง)"},
            {"key": "keeper", "kind": "text", "label": "ผู้ดูแล"},
        ],
    }
)


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("หมายเหตุ 999 = ไม่ทราบข้อมูล", [(3, "stalls")]),
        ("๙๙๙ หมายถึง ไม่มีข้อมูล", [(3, "stalls")]),
        ("9999 = ไม่ทราบข้อมูล", []),
        ("1999 = ไม่ทราบข้อมูล", []),
        ("999 คือ แผงค้าทั้งหมดของตลาด", []),
        ("โทร 054 999 999", []),
    ],
)
@pytest.mark.parametrize("below", [True, False])
def test_a_code_for_what_nobody_knows(line, asked, below, build):
    rows = [["อปท.", "แผงค้า (แผง)", "ผู้ดูแล"], ["ทต.สอง", 999, "999"], ["อบต.เตาปูน", 40, "นายดี"]]
    (table,) = find_tables(build.page([*rows, [line]] if below else [[line], *rows]).grid(), FORM)
    at = [(row - below, key) for row, key in asked]
    assert [(doubt.row, doubt.key) for doubt in unknown_by_code(table, table.readings)] == at
