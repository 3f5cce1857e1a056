"""Every word above a column counts: two blocks of the same columns, groups and sheets that turn an answer round, columns beside.

Each expectation was written down before anything was run: Y and N as recorded, - for blank, ? for asked.
"""

import pytest

from parsers.doubts.order_of_checks import Doubts
from parsers.tables.find import find_tables
from parsers.tables.model import Split

KEYS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
NAME = "ทต.แม่จั๊วะ"
LABELS = ("จัดทำประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่งแล้ว", "ลงข้อมูลในระบบ info.go.th")
GROUPS = ("การจัดทำคำสั่งตามมาตรา 10", "การจัดทำคำสั่งตามมาตรา 16")
SHORT = ("ประกาศ ม.10", "ลงระบบ ม.10", "คำสั่ง ม.16", "ลงระบบ ม.16")


def said_in(rows, merges, build, form, sheet="แบบรายงาน"):
    """What is recorded of the one organisation, a letter for each question."""
    tables = find_tables(build.page(rows, merges, sheet).grid(), form)
    if not tables:
        return "????"
    (table,) = tables
    doubts = Doubts(table, table.readings)
    (row,) = (each for each in table.rows if each.name.text == NAME)
    return "".join(_letter(row, key, doubts, table) for key in KEYS)


def _letter(row, key, doubts, table):
    if key not in row.cells or (row.row, key) in doubts.cells or row.row in doubts.rows:
        return "?"
    if row.split.get(key) is Split.DENIED:
        return "N"
    reading = table.readings.of(table.readings.form.find(key), row.cells[key])
    return {True: "Y", False: "N"}.get(reading.value, "-" if reading.trouble == "missing" else "?")


BLOCKS = [
    *(("ดำเนินการแล้ว", "ยังไม่ดำเนินการ", "YYYN"), ("แล้วเสร็จ", "ค้างดำเนินการ", "YYYN"), ("ทำแล้ว", "ยังไม่ทำ", "YYYN")),
    *(("ดำเนินการแล้ว", "อยู่ระหว่างเสนอ", "YYYN"), ("เรียบร้อย", "รอลงนาม", "YYYN"), ("มี", "ไม่มี", "YYYN")),
    *(("อปท. ที่ดำเนินการแล้ว", "อปท. ที่ยังไม่ดำเนินการ", "YYYN"), ("คาดว่าจะแล้วเสร็จ", "ดำเนินการแล้ว", "NNNY")),
    *(("แผนปฏิบัติงาน", "ผลการปฏิบัติงาน", "---Y"), ("เป้าหมายปี 2568", "ผลงานปี 2568", "---Y"), ("ประมาณการ", "ผลจริง", "---Y")),
    *(("ผลปีก่อน", "ผลปีปัจจุบัน", "---Y"), ("ข้อมูลเดิม", "ข้อมูลใหม่", "---Y")),
    *(("ครั้งที่ 1", "ครั้งที่ 2", "????"), ("จังหวัดตรวจ", "อำเภอรายงาน", "????"), ("รอบ 6 เดือน", "รอบ 12 เดือน", "????")),
]  # fmt: skip


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("levels", [2, 3])
@pytest.mark.parametrize(("left", "right", "said"), BLOCKS)
def test_of_two_blocks_of_the_same_columns_each_says_what_stands_above_it(
    left, right, said, levels, merged, build, form
):
    """The left block has three ticks, the right one the fourth."""
    top = [None, None, left, None, None, None, right]
    if levels == 2:
        rows = [["ที่", "อปท.", *top[2:]], [None, None, *SHORT, *SHORT]]
        merges = [(1, 1, 2, 1), (1, 2, 2, 2)]
    else:
        groups = [GROUPS[0], None, GROUPS[1], None] * 2
        rows = [top, ["ที่", "อปท.", *groups], [None, None, *LABELS, *LABELS]]
        merges = [(2, 1, 3, 1), (2, 2, 3, 2), *((2, c, 2, c + 1) for c in (3, 5, 7, 9))]
    merges += [(1, 3, 1, 6), (1, 7, 1, 10)] if merged else []
    row = [1, NAME, "✓", "✓", "✓", None, None, None, None, "✓"]
    assert said_in([*rows, row], merges, build, form) == said


OVER = [
    *(("ยังไม่ได้ดำเนินการตามมาตรา 10", "ยังไม่ได้ดำเนินการตามมาตรา 16", "-N-N"), ("ค้างดำเนินการ ม.10", "ค้างดำเนินการ ม.16", "-N-N")),
    *(("อยู่ระหว่างดำเนินการตามมาตรา 10", "อยู่ระหว่างดำเนินการตามมาตรา 16", "-N-N"), ("ยังไม่ทำ ม.10", "ยังไม่ทำ ม.16", "-N-N")),
    *(("แผนการจัดทำคำสั่งตามมาตรา 10", "แผนการจัดทำคำสั่งตามมาตรา 16", "????"), ("เป้าหมาย ม.10", "เป้าหมาย ม.16", "????")),
    *(("ยังไม่ดำเนินการ", None, "-N-N"), ("ค้างดำเนินการ", None, "-N-N"), ("อยู่ระหว่างดำเนินการ", None, "-N-N")),
    *(("แผนการดำเนินการ", None, "????"), ("ประมาณการ", None, "????"), ("ผลปีก่อน", None, "????"), ("เป้าหมายปี 2568", None, "????")),
    *(("สถานะการดำเนินการ", None, "-Y-Y"), ("ผลการดำเนินการ", None, "-Y-Y"), ("ดำเนินการแล้ว/ยังไม่ดำเนินการ", None, "-Y-Y")),
    *(("สถานะ (ดำเนินการแล้ว / ยังไม่ดำเนินการ)", None, "-Y-Y"), ("ผลการดำเนินงานตามมาตรา 10", "ผลการดำเนินงานตามมาตรา 16", "-Y-Y")),
    *(("การดำเนินการ (✓ หรือ X)", None, "-Y-Y"), ("แผนที่ 1", None, "-Y-Y"), ("ข้อมูลเพิ่มเติม", None, "-Y-Y")),
]  # fmt: skip


@pytest.mark.parametrize("blank", [0, 1])
@pytest.mark.parametrize(("first", "second", "said"), OVER)
def test_what_stands_over_all_columns_counts_for_each(first, second, said, blank, build, form):
    """A second text is a group's of two columns; one alone stands over all four, in place of groups or above them."""
    if second:
        rows = [["ที่", "อปท.", first, None, second, None], [None, None, *LABELS]]
        merges = [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 1, 6)]
    else:
        rows = [[None, None, first], ["ที่", "อปท.", *SHORT]]
        merges = [(1, 3, 1, 6)] if blank else []
    assert said_in([*rows, [1, NAME, None, "✓", None, "✓"]], merges, build, form) == said


ASIDE = [
    *("คาดว่าจะจัดทำประกาศแล้วเสร็จ", "คาดว่าจะแล้วเสร็จ", "กำหนดแล้วเสร็จ", "วันที่จะจัดทำประกาศ", "แผนการจัดทำประกาศ", "เป้าหมายจัดทำประกาศ"),
    *("คาดว่าจะดำเนินการ (เดือน/ปี)", "วันที่คาดว่าจะจัดทำประกาศ", "คาดว่าจะจัดทำประกาศ", "เหตุผลที่ยังไม่จัดทำประกาศ", "ผู้รับผิดชอบ", "หมายเหตุ"),
]  # fmt: skip


@pytest.mark.parametrize("aside", ASIDE)
@pytest.mark.parametrize(("mark", "said"), [("X", "N"), ("✓", "Y")])
def test_a_column_beside_that_says_when_or_why_makes_no_answer_unsure(aside, mark, said, build, form):
    head = ["ที่", "อปท.", "จัดทำประกาศแล้ว", aside, *LABELS[1:]]
    rows = [head, [1, NAME, mark, "ธ.ค. 67" if mark == "X" else None, "✓", "✓", "✓"]]
    assert said_in(rows, [], build, form) == f"{said}YYY"


@pytest.mark.parametrize(
    ("done", "expected", "said"), [(None, "ธ.ค. 67", "N"), (None, "✓", "N"), ("✓", "ธ.ค. 67", "Y"), (None, None, "-"), (None, "สอบถามช่าง", "?")]
)  # fmt: skip
def test_when_it_is_expected_says_that_it_is_not_done(done, expected, said, build, form):
    head = ["ที่", "อปท.", "จัดทำประกาศแล้ว", "คาดว่าจะจัดทำประกาศ", *LABELS[1:]]
    assert said_in([head, [1, NAME, done, expected, "✓", "✓", "✓"]], [], build, form) == f"{said}YYY"


LISTS_OF_NOT = [
    *("รายชื่อ อปท. ที่ยังไม่รายงาน", "บัญชีรายชื่อ อปท. ที่ค้างดำเนินการ", "อปท. ที่ยังไม่ได้จัดทำประกาศ", "(เฉพาะแห่งที่อยู่ระหว่างดำเนินการ)"),
    *("แผนปฏิบัติงานการจัดทำประกาศ ประจำปี 2568", "เป้าหมายการดำเนินการตามมาตรา 10 และมาตรา 16", "ประมาณการการดำเนินการ"),
    *("รายชื่อ อปท. ที่ยังไม่ดำเนินการ จำนวน 5 แห่ง", "อยู่ระหว่างดำเนินการ"),
    *("หน่วยงานที่ยังมิได้ดำเนินการ", "ให้ทำเครื่องหมาย ✓ ในช่องที่ยังไม่ได้ดำเนินการ", "กา / หน้าข้อที่ยังไม่ดำเนินการ", "ข้อมูลปีก่อน"),
    *("รายชื่อเทศบาลและ อบต. ที่ยังไม่ลงข้อมูลในระบบ info.go.th", "(เฉพาะที่ยังไม่ดำเนินการ ให้ทำเครื่องหมาย ✓ ในช่องที่ยังไม่ได้ดำเนินการ)"),
]  # fmt: skip
SHEETS_OF_NOT = [
    "ยังไม่ทำ",
    "แผน",
    "ค้างดำเนินการ",
    "เป้าหมาย 2568",
    "อยู่ระหว่างเสนอ",
    "แผนปฏิบัติงาน",
    "ประมาณการ",
    "ยังไม่รายงาน",
]
ORDINARY = [
    *("แบบรายงานผลการดำเนินงานตามแผนปฏิบัติการ", "รายชื่อ อปท. ที่ดำเนินการแล้วและยังไม่ดำเนินการ", "อปท. ที่ยังไม่ได้ดำเนินการ ให้ระบุปัญหาอุปสรรค"),
    *("หาก อปท. ใดยังไม่ดำเนินการ ให้ใส่เครื่องหมาย X", "สำหรับ อปท. ที่ยังไม่ได้ดำเนินการ ให้ใส่เครื่องหมาย X", "เป้าหมายและผลการดำเนินงาน"),
    *("กองยุทธศาสตร์และแผนงาน", "ฝ่ายแผนงานและงบประมาณ", "ขอให้เร่งรัด อปท. ที่ยังไม่ดำเนินการให้แล้วเสร็จภายในเดือนธันวาคม", "แผนที่ตั้งหน่วยงาน"),
    *("สรุปผลการดำเนินการตามเป้าหมายตัวชี้วัด", "ประมาณการวันแล้วเสร็จให้ระบุในช่องหมายเหตุ", "รายงานความก้าวหน้า (อยู่ระหว่างดำเนินการให้ใส่ X)"),
    *("ยังไม่ดำเนินการ 2 แห่ง", "กำหนดแล้วเสร็จภายในวันที่ 29 พฤศจิกายน 2567", "ไม่มีการแก้ไข", "คงเหลือ 3 แห่ง", "ไม่ต้องส่งเอกสารแนบ"),
    *("ดำเนินการแล้ว 5 แห่ง ยังไม่ดำเนินการ 2 แห่ง", "แบบรายงานสถานะการดำเนินการ อำเภอเด่นชัย", "งานแผนและงบประมาณ เทศบาลตำบลแม่จั๊วะ"),
]  # fmt: skip
ORDINARY_SHEETS = [
    "Sheet1",
    "ผลการดำเนินการ",
    "แผนกธุรการ",
    "แบบรายงาน (2)",
    "ดำเนินการแล้ว",
    "กองแผน",
    "อปท.ทั้งหมด",
    "รายงานผลตามแผน",
]
BODY = [["ที่", "อปท.", *SHORT], [1, NAME, None, "✓", None, "✓"]]


@pytest.mark.parametrize("line", LISTS_OF_NOT)
@pytest.mark.parametrize("gap", [0, 1])
def test_a_line_above_that_says_the_list_is_of_what_is_not_is_asked(line, gap, build, form):
    assert said_in([[line], *[[]] * gap, *BODY], [], build, form) == "-?-?"


@pytest.mark.parametrize("sheet", SHEETS_OF_NOT)
def test_a_sheet_called_so_is_asked(sheet, build, form):
    assert said_in(BODY, [], build, form, sheet) == "-?-?"


@pytest.mark.parametrize("line", ORDINARY)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_ordinary_lines_turn_nothing_round(line, at, build, form):
    rows = [[line], [], *BODY] if at == 0 else [[None, None, line], *BODY] if at == 1 else [*BODY, [], [line]]
    assert said_in(rows, [], build, form) == "-Y-Y"


@pytest.mark.parametrize("sheet", ORDINARY_SHEETS)
def test_ordinary_names_of_sheets_turn_nothing_round(sheet, build, form):
    assert said_in(BODY, [], build, form, sheet) == "-Y-Y"


def test_an_instruction_between_header_and_rows_counts_as_one_above(build, form):
    line = [None, "(เฉพาะที่ยังไม่ดำเนินการ ให้ทำเครื่องหมาย ✓ ในช่องที่ยังไม่ได้ดำเนินการ)"]
    assert said_in([BODY[0], line, BODY[1]], [], build, form) == "-?-?"
