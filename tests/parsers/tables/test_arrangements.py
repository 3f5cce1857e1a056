"""However a table was put together by hand, no answer is read into another column or row than its own."""

import time

import pytest

from bot.config.load import shipped_bureau
from parsers.read import read_file
from parsers.reading import FileRequest

KEYS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
NAMES = ("ทต.แม่จั๊วะ", "ทต.เด่นชัย", "ทต.ปงป่าหวาย", "อบต.เด่นชัย", "อบต.แม่จั๊วะ", "อบต.ไทรย้อย", "อบต.ห้วยไร่")
TRUTH = ("YYYY", "YNYN", "YYNN", "NNYY", "YNNN", "NNYN", "YYYN")
ONE_ROW = ["ที่", "ชื่อ อปท.", "ม.10 จัดทำประกาศแล้ว", "ม.10 ลงข้อมูลในระบบ", "ม.16 จัดทำคำสั่งแล้ว", "ม.16 ลงข้อมูลในระบบ"]
GENERIC = ["", "", "จัดทำแล้ว", "ลงระบบ", "จัดทำแล้ว", "ลงระบบ"]
TITLED = [["เทศบาลตำบลแม่จั๊วะ", *[""] * 4], [""] * 5, ["ลำดับ", *ONE_ROW[2:]], [1, *"✓✓✓✓"]]


def body(order=(0, 1, 2, 3)):
    return [
        [n, name, *("✓" if said[at] == "Y" else "X" for at in order)]
        for n, (name, said) in enumerate(zip(NAMES, TRUTH, strict=True), 1)
    ]


def standing(rows):
    """What is recorded from rows of a text with commas."""
    bureau = shipped_bureau()
    text = "\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows)
    reading = read_file("a.csv", text.encode(), FileRequest(bureau.catalogue(), "w5827", "den-chai"))
    said = {(a.organisation, a.question): "Y" if a.value else "N" for a in reading.standing()}
    codes = bureau.roster.by_key["den-chai"].organisations
    return ["".join(said.get((code, key), "-") for key in KEYS) for code in codes], reading


def wrong(got):
    return [pair for pair in zip(got, TRUTH, strict=True) if any(a not in (b, "-") for a, b in zip(*pair, strict=True))]


@pytest.mark.parametrize("shift", [-1, 0, 1])
@pytest.mark.parametrize("swapped", [False, True])
def test_groups_beside_their_columns_never_exchange_answers(shift, swapped):
    top = ["ที่", *[""] * 6]
    first, second = ("มาตรา 16", "มาตรา 10") if swapped else ("มาตรา 10", "มาตรา 16")
    top[2 + shift], top[4 + shift] = first, second
    rows = [top, ["", "อปท.", *GENERIC[2:]], *body((2, 3, 0, 1) if swapped else (0, 1, 2, 3))]
    assert standing(rows)[0] == list(TRUTH)


def test_one_group_over_two_sections_is_not_shared_out_by_order():
    rows = [["ที่", "อปท.", "มาตรา 16", "", "", ""], GENERIC, *body((2, 3, 0, 1))]
    assert not wrong(standing(rows)[0])


@pytest.mark.parametrize("more", ["อ.เด่นชัย", ""])
@pytest.mark.parametrize("at", range(7))
def test_a_row_with_a_cell_too_many_is_asked_for_and_only_that_row(more, at):
    rows = body()
    rows[at].insert(2, more)
    got, _ = standing([ONE_ROW, *rows])
    assert got[at] == "----"
    assert not wrong(got)
    assert [got[n] for n in range(7) if n != at] == [TRUTH[n] for n in range(7) if n != at]


def test_a_note_right_of_the_table_costs_no_answer():
    rows = body()
    rows[2].append("รอประชุมสภาฯ")
    assert standing([ONE_ROW, *rows])[0] == list(TRUTH)


def test_plan_and_result_side_by_side_without_merges_are_never_taken_for_one_another():
    labels = [cell for label in ONE_ROW[2:] for cell in (label, "")]
    rows = [[n, name, *(c for mark in marks for c in ("✓", mark))] for n, name, *marks in body()]
    got, _ = standing([["ที่", "อปท.", *labels], ["", "", *["แผน", "ผล"] * 4], *rows])
    assert not wrong(got)


def test_a_single_form_belongs_to_the_one_name_in_its_title_and_to_nobody_where_there_are_two():
    assert standing(TITLED)[0][0] == "YYYY"
    two = [["เทศบาลตำบลแม่จั๊วะ และ อบต.ไทรย้อย", *[""] * 4], *TITLED[1:]]
    assert standing(two)[0] == ["----"] * 7


def test_a_sheet_with_thousands_of_headers_is_read_in_seconds():
    rows = [[*ONE_ROW], [1, NAMES[0], *"✓✓✓✓"]] * 1000
    before = time.monotonic()
    got, _ = standing(rows)
    assert got[0] == "YYYY"
    assert time.monotonic() - before < 20  # a minute and more if it grew with the square


@pytest.mark.parametrize(("total", "fits"), [("4", True), ("7", False)])
def test_a_total_below_rows_of_plan_and_result_counts_the_results_alone(total, fits):
    head = ["ที่", "ชื่อ อปท.", "แผน/ผล", *ONE_ROW[2:]]
    rows = []
    for n, name, *said in body():
        rows += [[n, name, "แผน", "✓", "✓", "✓", "✓"], ["", "", "ผล", *said]]
    yes = [sum(said[at] == "Y" for said in TRUTH) for at in range(4)]
    written = [yes[0] if fits else total, *yes[1:]]
    got, reading = standing([head, *rows, ["", "รวมดำเนินการแล้ว", "", *(f"{n} แห่ง" for n in written)]])
    assert not wrong(got)
    codes = {found.code.value for found in reading.findings}
    assert ("total-mismatch" in codes) is not fits
