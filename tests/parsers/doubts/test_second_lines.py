"""A line of figures without a name below an organisation's has those above asked; a total without a label does not."""

import pytest

from parsers.doubts.second_lines import second_lines
from parsers.form.form import Form
from parsers.tables.find import find_tables
from parsers.values.cells_read_once import Readings

FORM = Form.model_validate(
    {
        "title": "แบบรายงานถนนชำรุด",
        "question": [
            {"key": "roads", "kind": "integer", "label": "ถนนชำรุด (สาย)"},
            {"key": "cost", "kind": "money", "label": "ค่าซ่อม (บาท)"},
            {"key": "share", "kind": "percent", "label": "ซ่อมแล้ว (ร้อยละ)"},
        ],
    }
)
HEAD = ["ที่", "อปท.", "ถนนชำรุด (สาย)", "ค่าซ่อม (บาท)", "ซ่อมแล้ว (ร้อยละ)"]
ONE, TWO, THREE = [1, "อบต.สรอย", 4, 90000, 50], [2, "อบต.นาพูน", 3, 70000, 40], [3, "อบต.ป่าสัก", 9, 85000, 10]


def doubted(build, *rows):
    (table,) = find_tables(build.page([HEAD, *rows]).grid(), FORM)
    return [(doubt.row, doubt.key) for doubt in second_lines(table, table.readings or Readings(FORM))]


def test_a_second_line_of_figures(build):
    assert doubted(build, ONE, [None, None, 2, 15000, None], TWO) == [(2, "roads"), (2, "cost")]
    assert doubted(build, ONE, TWO, [None, None, None, 15000, None], [None, "รวม", 7, 175000, None]) == [(3, "cost")]


@pytest.mark.parametrize("sums", [[7, 160000, None], [7, 165000, None], [7, None, None]])
def test_sums_without_a_label_are_a_total(build, sums):
    """Also where one of them was added up wrongly."""
    assert doubted(build, ONE, TWO, [None, None, *sums], THREE) == []


def test_sums_of_each_block(build):
    rows = [ONE, TWO, [None, None, 7, 160000, None], THREE, [4, "อบต.แม่พุง", 1, 5000, 0], [None, None, 10, 90000, None]]
    assert doubted(build, *rows, [None, "รวม", 17, 250000, None]) == []


def test_the_last_line_of_all_may_be_a_total_that_was_added_up_wrongly(build):
    assert doubted(build, ONE, TWO, [None, None, 8, 170000, None]) == []
