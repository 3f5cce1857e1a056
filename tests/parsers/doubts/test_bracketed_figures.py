"""A few figures in brackets among plain ones are asked; where all stand so, the form printed the brackets."""

import pytest

from parsers.doubts.bracketed_figures import bracketed_figures
from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.values.cells_read_once import Readings

FORM = Form.model_validate(
    {
        "title": "แบบรายงานถนนชำรุด",
        "question": [
            {"key": "roads", "kind": "integer", "label": "ถนนชำรุด (สาย)"},
            {"key": "cost", "kind": "money", "label": "ค่าซ่อม (บาท)"},
        ],
    }
)
HEAD = ["ที่", "อปท.", "ถนนชำรุด (สาย)", "ค่าซ่อม (บาท)"]
NAMES = ["อบต.สรอย", "อบต.นาพูน", "อบต.ป่าสัก", "อบต.แม่พุง"]


@pytest.mark.parametrize(
    ("roads", "asked"),
    [
        (["(3)", 4, 5, 6], [2]),
        (["๗", "4", "(๕)", 6], [4]),
        (["[3]", 4, 0, "-"], [2]),
        (["(3)", "(4)", "(5)", "(6)"], []),
        (["(3)", "(4)", "(5)", 6], []),
        (["(3)", "(4)", 5, 6], []),
        (["(3)", 4, None, None], []),
        (["5 (ห้า)", 4, 5, 6], []),
    ],
)
def test_brackets_around_few(roads, asked, build):
    rows = [[at, name, said, "1,200"] for at, (name, said) in enumerate(zip(NAMES, roads, strict=True), 1)]
    (table,) = find_tables(build.page([HEAD, *rows]).grid(), FORM)
    found = list(bracketed_figures(table, table.readings or Readings(FORM)))
    assert [(doubt.row, doubt.key) for doubt in found] == [(row, "roads") for row in asked]
