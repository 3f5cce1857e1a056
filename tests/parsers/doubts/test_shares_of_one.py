"""Shares of one in a column of percentages are asked; small percentages that say so, or stand among others, are not."""

import pytest

from parsers.doubts.shares_of_one import shares_of_one
from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {"title": "แบบรายงานภาษี", "question": [{"key": "share", "kind": "percent", "label": "ร้อยละที่จัดเก็บได้"}]}
)


@pytest.mark.parametrize(
    ("figures", "asked"),
    [
        ([0.74, 0.805, 0.9], [2, 3, 4]),
        ([0.74, 1, 0.9, 0], [2, 3, 4]),
        (["0.74", "0.81"], [2, 3]),
        ([0.74, 81, 90.5], []),
        ([0.5], []),
        ([0.5, 0, 1], []),
        (["0.5%", "0.8%"], []),
    ],
)
def test_a_column_of_shares_of_one(figures, asked, build):
    names = ["ทต.สอง", "ทต.ห้วยหม้าย", "อบต.เตาปูน", "อบต.สะเอียบ"]
    rows = [["อปท.", "ร้อยละที่จัดเก็บได้"], *([name, figure] for name, figure in zip(names, figures, strict=False))]
    (table,) = find_tables(build.page(rows).grid(), FORM)
    assert [doubt.row for doubt in shares_of_one(table, table.readings)] == asked
