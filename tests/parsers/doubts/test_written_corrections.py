"""A line of a form that says what should stand in it instead: the answers that it speaks of are asked, no others."""

from dataclasses import replace

import pytest

from parsers.doubts.written_corrections import written_corrections
from parsers.tables.find import find_tables

HEAD = ["ที่", "อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ"]
ANN10, POST10, ORD16, POST16 = KEYS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
ROWS = [[7, "ทต.แม่จั๊วะ", "✓", "✓", "✓", "✓"], [8, "อบต.ไทรย้อย", "✓", "X", "✓", "X"]]


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("แก้คำผิด: ลำดับที่ 8 ช่องสุดท้าย ให้เป็น ✓", [(3, POST16)]),
        ("ขอแก้ไขแถวที่ ๑ ช่องแรก เป็น X", [(2, ANN10)]),
        ("อบต.ไทรย้อย ม.10 ลงระบบ ที่ถูกต้องคือ ✓", [(3, POST10)]),
        ("แก้ไข ทต.แม่จั๊วะ เป็น X", [(2, key) for key in KEYS]),
        ("ขอยกเลิกข้อมูลของ อบต.ไทรย้อย ทั้งแถว เนื่องจากกรอกผิดหน่วยงาน", [(3, key) for key in KEYS]),
        ("ไม่นับรวมข้อมูลของ อบต.ไทรย้อย", [(3, key) for key in KEYS]),
        ("ม.10 ลงระบบ ของ ทต.แม่จั๊วะ ในตารางพิมพ์ผิด", [(2, POST10)]),
        ("ขอยกเลิกข้อมูลทั้งแถว", []),  # of whom?
        ("ขอแก้ไขแถวที่ 5 เป็น X", []),
        ("ควรปรับเป็นระบบออนไลน์", []),
        ("หากพบว่า ลำดับที่ 8 ควรแก้ไขเป็นอย่างอื่น โปรดแจ้ง", []),
        ("อบต.ไทรย้อย ดำเนินการแก้ไขแล้ว", []),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_what_a_written_correction_speaks_of_is_asked(line, asked, above, build, form):
    rows = [[line], [], HEAD, *ROWS] if above else [HEAD, *ROWS, [], [line]]
    (table,) = find_tables(build.page(rows).grid(), form)
    found = [(doubt.row - 2 * above, doubt.key) for doubt in written_corrections(table, table.readings)]
    assert found == asked


@pytest.mark.parametrize(("note", "asked"), [("แก้ไขเป็น X", [(2, ANN10)]), ("แก้ไขเป็น ✓ แล้ว", []), ("ตรวจแล้ว", [])])
def test_a_comment_that_corrects_its_cell_is_asked(note, asked, build, form):
    grid = replace(build.page([HEAD, *ROWS]).grid(), comments={(2, 3): note})
    (table,) = find_tables(grid, form)
    assert [(doubt.row, doubt.key) for doubt in written_corrections(table, table.readings)] == asked


@pytest.mark.parametrize(("head", "asked"), [("แก้ไขเป็น", [(3, POST16)]), ("ที่ถูกต้อง", [(3, POST16)]), ("ผู้ประสานงาน", [])])
def test_what_stands_left_of_a_column_of_corrections_is_asked(head, asked, build, form):
    rows = [[*HEAD, head], [*ROWS[0], None], [*ROWS[1], "✓"]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [(doubt.row, doubt.key) for doubt in written_corrections(table, table.readings)] == asked
