"""Amounts that fell apart at the commas of a file of commas are asked; other rows with more cells than headings are not."""

import pytest

from parsers.doubts.shifted_rows import shifted_rows
from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบรายงานสระว่ายน้ำ",
        "question": [
            {"key": "users", "kind": "integer", "label": "ผู้ใช้บริการ (คน)"},
            {"key": "income", "kind": "money", "label": "รายได้ (บาท)"},
            {"key": "share", "kind": "percent", "label": "ร้อยละของปีก่อน"},
        ],
    }
)
HEAD = "ที่,อปท.,ผู้ใช้บริการ (คน),รายได้ (บาท),ร้อยละของปีก่อน"


@pytest.mark.parametrize(
    ("lines", "moved"),
    [
        (["1,ทต.สอง,1,204,36,120.50,80", "2,ทต.ห้วยหม้าย,88,90,75"], [2]),
        (["1,ทต.สอง,204,1,036,120,80", "2,ทต.ห้วยหม้าย,1,088,75"], [2, 3]),  # the second lacks its share
        (["1,ทต.สอง,20,1,204,80", "2,ทต.ห้วยหม้าย,88,7,900,75"], [2, 3]),  # one comma in every row
        (["1,ทต.สอง,12,204,80,216", "2,ทต.ห้วยหม้าย,88,90,75,178"], []),  # a column of sums without a heading
        (["1,ทต.สอง,12,204,80,โทร 123", "2,ทต.ห้วยหม้าย,88,90,75"], []),
        (["1,ทต.สอง,12,204,80", "2,ทต.ห้วยหม้าย,88,900,75"], []),
    ],
)
def test_amounts_fallen_apart(lines, moved, build):
    rows = [line.split(",") for line in (HEAD, *lines)]
    (table,) = find_tables(build.page(rows).grid(), FORM)
    assert [doubt.row for doubt in shifted_rows(table, table.readings)] == moved


MIXED = Form.model_validate(
    {
        "title": "แบบรายงานสระว่ายน้ำ",
        "question": [
            {"key": "pools", "kind": "integer", "label": "จำนวนสระ"},
            {"key": "guards", "kind": "integer", "label": "ผู้ดูแล"},
            {"key": "rules", "kind": "tick", "label": "จัดทำระเบียบแล้ว"},
            {"key": "checked", "kind": "date", "label": "วันที่ตรวจน้ำ"},
        ],
    }
)
MIXED_HEAD = ["ที่", "อปท.", "จำนวนสระ", "ผู้ดูแล", "จัดทำระเบียบแล้ว", "วันที่ตรวจน้ำ"]
WHOLE = [1, "ทต.สอง", 12, 4, "✓", "1 พ.ค. 2568"]


@pytest.mark.parametrize(
    ("row", "moved"),
    [
        ([2, "ทต.ห้วยหม้าย", None, 12, 4, "✓"], True),  # one column to the right
        ([2, "ทต.ห้วยหม้าย", 4, "✓", "1 พ.ค. 2568", None], True),  # one to the left
        ([2, "ทต.ห้วยหม้าย", 12, None, 4, "✓"], True),  # from the second answer on
        ([2, "ทต.ห้วยหม้าย", None, 12, "✓", "1 พ.ค. 2568"], False),  # a blank
        ([2, "ทต.ห้วยหม้าย", 12, 4, "บางส่วน", None], False),  # one slip of its own
        ([2, "ทต.ห้วยหม้าย", 12, "สี่", "บางส่วน", None], False),  # nothing fits, wherever it is moved
    ],
)
def test_a_row_one_column_aside_is_known_by_the_kinds_of_its_answers(row, moved, build):
    (table,) = find_tables(build.page([MIXED_HEAD, WHOLE, row]).grid(), MIXED)
    assert [doubt.row for doubt in shifted_rows(table, table.readings)] == [3] * moved
