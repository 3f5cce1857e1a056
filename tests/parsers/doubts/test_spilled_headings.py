"""The second line of a heading in the first row below it is no answer, as a PDF with a low heading row has it."""

import pytest

from parsers.doubts.spilled_headings import spilled_headings
from parsers.tables.find import find_tables

GROUPS = ["ที่", "อปท.", "ตามมาตรา 10", None, "ตามมาตรา 16", None]
HEADS = [None, None, "จัดทำ", "ลงข้อมูลในระบบ", "จัดทำคำสั่ง", "ลงข้อมูลในระบบ"]
BELOW = [2, "ทต.เด่นชัย", "✓", "X", "✓", "✓"]


def doubted(first, build, form):
    (table,) = find_tables(build.page([GROUPS, HEADS, [1, "ทต.แม่จั๊วะ", *first], BELOW]).grid(), form)
    return [(doubt.row, doubt.key) for doubt in spilled_headings(table, table.readings)]


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        (["✓ ประกาศแล้ว", "✓\ninfo.go.th", "แล้ว", "info.go.th"], ["s16_ordered", "s16_posted"]),
        (["ประกาศแล้ว", "X info.go.th", "แล้ว", "✓\ninfo.go.th"], ["s10_announced", "s16_ordered"]),
        (["✓", "X", "แล้ว", "✓"], []),  # one alone is somebody's answer
        (["✓", "X", "✓", "✓"], []),
    ],
)
def test_what_a_heading_lacks_is_no_answer(first, asked, build, form):
    assert doubted(first, build, form) == [(3, key) for key in asked]
