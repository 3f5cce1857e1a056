"""Doubts are values: each check yields them, one place applies them."""

from parsers.doubts.order_of_checks import CHECKS, Doubts
from parsers.findings import Code
from parsers.tables.find import find_tables

HEAD = ["ที่", "อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ"]
ROWS = [[n, name, "✓", "✓", "✓", "✓"] for n, name in enumerate(("ทต.แม่จั๊วะ", "ทต.เด่นชัย", "อบต.ไทรย้อย"), 1)]


def doubts_of(rows, build, form):
    (table,) = find_tables(build.page([HEAD, *rows]).grid(), form)
    return Doubts(table, table.readings)


def test_a_plain_table_is_doubted_by_no_check(build, form):
    found = doubts_of(ROWS, build, form)
    assert (found.rows, found.cells, found.labels, found.table) == ({}, {}, {}, [])


def test_a_row_with_a_cell_too_many_is_doubted_and_the_others_are_not(build, form):
    moved = [2, "ทต.เด่นชัย", None, "✓", "✓", "✓", "✓"]
    found = doubts_of([ROWS[0], moved, ROWS[2]], build, form)
    assert {row: doubt.code for row, doubt in found.rows.items()} == {3: Code.ROW_SHIFTED}


def test_two_rows_that_nobody_can_choose_between_are_one_doubt(build, form):
    head, rows = [*HEAD[:2], "", *HEAD[2:]], []
    for number, name, *marks in ROWS:
        rows += [[number, name, "เดิม", *marks], [None, None, "ใหม่", *marks]]
    (table,) = find_tables(build.page([head, *rows]).grid(), form)
    found = Doubts(table, table.readings)
    assert {doubt.code for doubt in found.rows.values()} == {Code.ROWS_SEVERAL}
    assert len(found.rows) == 3


def test_of_two_doubts_about_one_thing_the_first_check_counts(build, form):
    (table,) = find_tables(build.page([HEAD, *ROWS]).grid(), form)
    found = Doubts(table, table.readings)
    every = [doubt for check in CHECKS for doubt in check(table, table.readings) if not doubt.key]
    assert [found.rows[doubt.row] for doubt in every] == every
