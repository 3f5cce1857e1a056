"""The form's table is found wherever it stands and however it is headed; what is no data is never read as data."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.answers.day_of_data import day_line
from parsers.answers.remarks import remarks_in
from parsers.files.open_file import printed_code
from parsers.form.form import Form
from parsers.form.naming import LOCAL
from parsers.grid import Cell, CellKind, Grid, Merge
from parsers.organisations.type_words import words_of
from parsers.tables.find import find_tables
from parsers.tables.line_kinds import Lines
from parsers.tables.model import Split

TICKS = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
ANN10, POST10, ORD16, POST16 = TICKS
G10, G16 = "การจัดทำคำสั่งตามมาตรา 10", "การจัดทำคำสั่งตามมาตรา 16"
MADE10, POST, MADE16 = "จัดทำประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th", "จัดทำคำสั่งแล้ว"
ROW = [1, "ทต.บ้านปิน", "/", "x", "✓", "-"]


def _order(found):
    """Questions in the order of their columns."""
    (table,) = found
    return [key for key, _ in sorted(table.columns.items(), key=lambda item: item[1])]


HEADS = {
    "official": [["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", G10, None, G16, None], [None, None, MADE10, POST, MADE16, POST]],
    "right group": [["ที่", "อปท.", "การจัดทำประกาศตามมาตรา 10", None, G16, None], [None, None, MADE10, POST, MADE16, POST]],
    "thai digits": [["ลำดับที่", "หน่วยงาน", "มาตรา ๑๐", None, "มาตรา ๑๖", None], [None, None, "ประกาศ", "ลงระบบ", "คำสั่ง", "ลงระบบ"]],
    "one row": [["ที่", "ชื่อ อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ"]],
    "one row, section behind": [["ที่", "ชื่อ อปท.", "ประกาศ ม.10", "info.go.th ม.10", "คำสั่ง ม.16", "info.go.th ม.16"]],
    "no groups, form's order": [["ที่", "อปท", MADE10, POST, MADE16, POST]],
    "whole in one cell": [["ที่", "อปท.", f"{G10} - {MADE10}", f"{G10} - {POST}", f"{G16} - {MADE16}", f"{G16} - {POST}"]],
    "group repeated": [["ที่", "อปท.", G10, G10, G16, G16], [None, None, MADE10, POST, MADE16, POST]],
    "broken words": [["ลำ\nดับ", "องค์กรปกครอง\nส่วนท้องถิ่น", "การจัดทำคำสั่ง\nตามมาตรา 10", None, "การจัดทำคำสั่ง\nตามมาตรา 16", None],
                     [None, None, "จัดทำ\nประกาศ\nแล้ว", "ลงข้อมูลในระบบ\ninfo.go.th", "จัดทำ\nคำสั่งแล้ว", "ลงข้อมูล\nในระบบ info.go.th"]],
    "misspelt": [["ลำดับ", "องค์กรปกครองส่วนท้องถิน", "การจัดทำคำสังตามมาตรา 10", None, "การจัดทำคำสั่งตามมาตรา16", None],
                 [None, None, "จัดทำประกาศเเล้ว", "ลงข้อมุลในระบบ info.go.th", "จัดทําคําสั่งแล้ว", "ลงข้อมูลในระบบ info go th"]],
    "three rows": [["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", "ผลการดำเนินการ", None, None, None], [None, None, G10, None, G16, None],
                   [None, None, MADE10, POST, MADE16, POST]],
    "four rows, label in two": [["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", "ผลการดำเนินการ", None, None, None],
                                [None, None, G10, None, G16, None], [None, None, "จัดทำ", "ลงข้อมูล", "จัดทำ", "ลงข้อมูล"],
                                [None, None, "ประกาศแล้ว", "ในระบบ info.go.th", "คำสั่งแล้ว", "ในระบบ info.go.th"]],
    "column numbers": [["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", G10, None, G16, None], [None, None, MADE10, POST, MADE16, POST],
                       ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]],
    "thai column numbers": [["ลำดับ", "องค์กรปกครองส่วนท้องถิ่น", G10, None, G16, None], [None, None, MADE10, POST, MADE16, POST],
                            ["๑", "๒", "๓", "๔", "๕", "๖"]],
    "group over its second column": [["ที่", "อปท.", None, "มาตรา 10", None, "มาตรา 16"], [None, None, MADE10, POST, MADE16, POST]],
    "names headed below": [[None, None, "มาตรา 10", None, "มาตรา 16", None], ["ที่", "อปท.", MADE10, POST, MADE16, POST]],
    "law named in full": [["ลำดับ", "หน่วยงาน", "การจัดทำประกาศช่องทางอิเล็กทรอนิกส์ตามมาตรา 10 แห่ง พ.ร.บ. พ.ศ. 2565", None,
                           "การจัดทำคำสั่งกำหนดระบบตามมาตรา 16 แห่ง พ.ร.บ. พ.ศ. 2565", None], [None, None, "จัดทำแล้ว", "ลงระบบแล้ว", "จัดทำแล้ว", "ลงระบบแล้ว"]],
    "numbered": [["(1) ลำดับ", "(2) อปท.", f"(3) {MADE10}", f"(4) {POST}", f"(5) {MADE16}", f"(6) {POST}"]],
    "english": [["No.", "LAO / อปท.", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ"]],
    "of one district": [["ที่", "องค์กรปกครองส่วนท้องถิ่นในเขตอำเภอลอง", "ม.10 ประกาศ", "ม.10 ลงระบบ", "ม.16 คำสั่ง", "ม.16 ลงระบบ"]],
    "explained": [["ที่", "อปท.", G10, None, G16, None], [None, None, f"{MADE10} (✓/X)", f"{POST} (ใส่ ✓ หรือ X)", f"{MADE16} (✓/X)", f"{POST} แล้ว"]],
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_every_plausible_heading_is_understood(head, build, form):
    tables = find_tables(build.page([*head, ROW]).grid(), form)
    assert _order(tables) == list(TICKS)
    (row,) = tables[0].rows
    assert (row.name.text, row.number) == ("ทต.บ้านปิน", "1")
    assert [row.cells[key].text for key in TICKS] == ["/", "x", "✓", "-"]


@pytest.mark.parametrize(
    "groups", [{2: G10}, {3: G10}, {4: G16}, {5: G16}, {2: G10, 4: G16}, {2: G10, 5: G16}, {3: G10, 4: G16}]
)
@pytest.mark.parametrize("order", [(2, 3, 4, 5), (4, 5, 2, 3), (3, 2, 5, 4)])
def test_a_group_over_blanks_takes_no_column_that_names_its_own_section(groups, order, build, form):
    """The group's merge was lost, so its heading seems to reach over the columns of the section beside it."""
    plain = HEADS["one row"][0]
    above = [None, None, *(groups.get(at) for at in order)]
    head = [above, [*plain[:2], *(plain[at] for at in order)]]
    assert _order(find_tables(build.page([*head, ROW]).grid(), form)) == [TICKS[at - 2] for at in order]


@pytest.mark.parametrize("name", ["ทต.บ้านปิน", "องค์การบริหารส่วนตำบลแม่ยม"])
@pytest.mark.parametrize("head", ["one row", "official", "names headed below"])
def test_a_name_beside_the_headings_of_a_row_makes_no_data_of_it(name, head, build, form):
    """As in a form that an office prints its own name on; a row of headings says that names stand below."""
    first, *below = HEADS[head]
    tables = find_tables(build.page([[*first, name], *below, ROW]).grid(), form)
    assert _order(tables) == list(TICKS)
    assert [row.name.text for row in tables[0].rows] == [ROW[1]]


@pytest.mark.parametrize(
    "word",
    ["องค์กรปกครองส่วนท้องถิ่น", "รายชื่อองค์กรปกครองส่วนท้องถิ่น", "อปท.", "ชื่อ อปท.", "หน่วยงาน", "ชื่อหน่วยงาน", "เทศบาล/อบต.", "อบต./เทศบาล",
     "ชื่อองค์กร", "ท้องถิ่น", "รายชื่อ", "ชื่อ", "สำนักงาน"],
)  # fmt: skip
def test_names_and_numbers_stand_under_any_usual_word_and_under_the_forms_own(word, form, build):
    """Also where the form calls them otherwise; told by names and figures written as nobody's name or answer is."""
    said = form.model_dump(by_alias=True) | {"organisation_label": "สำนักงาน", "number_label": "ข้อที่"}
    other = Form.model_validate(said)
    for number in ("ลำดับ", "ลำดับที่", "ที่", "No.", "เลขที่", "ข้อที่"):
        rows = [[number, word, *HEADS["one row"][0][2:]], ["7", "กขค", "✓", "✓", "x", "x"]]
        [table] = find_tables(build.page(rows).grid(), other)
        assert [(row.number, row.name.text) for row in table.rows] == [("7", "กขค")], number


@pytest.mark.parametrize("word", ["อำเภอ", "ชื่ออำเภอ", "ที่ว่าการอำเภอ"])
@pytest.mark.parametrize("kind", ["ประเภท", "ชนิด อปท."])
def test_districts_and_types_stand_under_any_usual_word(word, kind, form, build):
    rows = [[word, kind, "ชื่อ", *HEADS["one row"][0][2:]], ["ลอง", "อบต.", "กขค", "✓", "✓", "x", "x"]]
    [table] = find_tables(build.page(rows).grid(), form)
    assert [(row.district, row.type) for row in table.rows] == [("ลอง", "อบต.")]


@pytest.mark.parametrize(("last", "found"), [(400, True), (401, False)])
def test_columns_are_looked_at_up_to_the_widest_form(last, found, build, form):
    tables = find_tables(build.page([*HEADS["one row"], ROW], at=(0, last - 6)).grid(), form)
    assert sorted(tables[0].columns) == sorted(TICKS if found else TICKS[:3])


@pytest.mark.parametrize(("tall", "found"), [(5, True), (6, False)])
def test_a_header_is_as_tall_as_its_limit(tall, found, build, form):
    """Its lowest row has the labels, its highest the groups; those between say something of the form, too."""
    groups, labels = HEADS["official"]
    between = [["ลำดับที่", "อปท.", *[None] * 4]] * (tall - 2)
    tables = find_tables(build.page([groups, *between, labels, ROW]).grid(), form)
    assert any(list(table.columns) == list(TICKS) and table.top == 1 for table in tables) is found


@pytest.mark.parametrize(("row", "found"), [(200, True), (201, False)])
def test_names_without_a_heading_are_looked_for_so_far_down(row, found, build, form):
    head = ["ที่", None, *HEADS["one row"][0][2:]]
    rows = [[n, "กขค", "✓", "✓", "x", "x"] for n in range(1, row)]
    [table] = find_tables(build.page([head, *rows, [row, "ทต.บ้านปิน", "✓", "✓", "x", "x"]]).grid(), form)
    assert table.name_columns == ((2,) if found else ())


def test_the_official_form_is_read_with_its_total_and_without_its_dots(build, form):
    names = build.districts["ลอง"]
    page = build.official([(name, "✓", "✓", "X", "X") for name in names])
    (table,) = find_tables(page.grid(), form)
    assert [row.name.text for row in table.rows] == ["", *names]
    assert table.rows[0].number == "1"  # the example row, left to the reader of rows
    (total,) = table.totals
    assert total.label == "รวมดำเนินการแล้ว"
    assert (total.since, total.until) == (0, 12)


def test_all_84_rows_are_found(build, form):
    page = build.official([(o.short_name, "✓", "✓", "X", "X") for o in build.organisations], template=False)
    (table,) = find_tables(page.grid(), form)
    assert len(table.rows) == 84


def test_a_header_repeated_on_each_page_makes_one_table(build, form):
    names = build.districts["สูงเม่น"]
    rows = [*build.head(), *([n, name, 1, 1, 1, 1] for n, name in enumerate(names[:7], 1))]
    rows += [
        *build.head(),
        *([n, name, 1, 1, 0, 0] for n, name in enumerate(names[7:], 8)),
        ["รวม", None, 13, 13, 7, 7],
    ]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in table.rows] == names
    assert table.totals[0].until == 13


def test_two_tables_one_below_the_other_are_two(build, form):
    rows = [
        ["อำเภอลอง"],
        *build.head(),
        ROW,
        ["รวม", None, 1, 0, 1, 0],
        [],
        ["อำเภอสอง"],
        *build.head(),
        [1, "ทต.สอง", 1, 1, 1, 1],
    ]
    first, second = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in first.rows + second.rows] == ["ทต.บ้านปิน", "ทต.สอง"]
    assert [row.district for row in first.rows + second.rows] == ["อำเภอลอง", "อำเภอสอง"]


@pytest.mark.parametrize("gap", [[], [None], [None, None]], ids=["touching", "one column", "two columns"])
def test_two_tables_side_by_side_are_two(gap, build, form):
    upper, lower = build.head()
    rows = [upper + gap + upper, lower + gap + lower, [*ROW, *gap, 2, "ทต.ห้วยอ้อ", "x", "x", "x", "x"]]
    left, right = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in left.rows + right.rows] == ["ทต.บ้านปิน", "ทต.ห้วยอ้อ"]
    assert [right.rows[0].cells[key].text for key in TICKS] == ["x"] * 4


def test_columns_in_another_order_with_extra_ones_between_are_found(build, form):
    rows = [
        ["หมายเหตุ", G16, G16, "รหัส", "ชื่อ อปท.", "ประเภท", "อำเภอ", G10, "ผู้ประสาน", G10],
        [None, POST, MADE16, None, None, None, None, POST, None, MADE10],
        ["ดี", "1", "2", 5540103, "บ้านปิน", "อบต.", "ลอง", "3", "ดำ", "4"],
    ]
    (table,) = find_tables(build.page(rows).grid(), form)
    (row,) = table.rows
    assert (row.name.text, row.type, row.district) == ("บ้านปิน", "อบต.", "ลอง")
    assert {key: row.cells[key].text for key in TICKS} == {POST16: "1", ORD16: "2", POST10: "3", ANN10: "4"}


def test_labels_that_cannot_be_told_apart_are_not_guessed(build, form):
    rows = [["ที่", "อปท.", POST, MADE10, POST, MADE16], ROW]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert set(table.columns) == {ANN10, ORD16}
    assert {question.key for question in table.missing} == {POST10, POST16}


def test_a_single_repeated_label_belongs_to_its_neighbour(build, form):
    rows = [["ที่", "อปท.", MADE10, POST, MADE16], ROW[:5]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert set(table.columns) == {ANN10, POST10, ORD16}


@pytest.mark.parametrize("heading", ["ยังไม่ได้จัดทำประกาศ", "ยังไม่จัดทำประกาศแล้ว"])
def test_a_mark_under_an_opposite_heading_alone_says_no(heading, build, form):
    rows = [["ที่", "อปท.", heading, f"{G10} {POST}", MADE16, f"{G16} {POST}"], [1, "ทต.บ้านปิน", "✓", "✓", "✓", "✓"]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert table.rows[0].split == {ANN10: Split.DENIED}


@pytest.mark.parametrize("heading", ["ปี 2567", "หมายเหตุ", "ประกาศ ม.12", "แผนจัดทำประกาศ", "จัดทำประกาศปีก่อน"])
def test_a_foreign_heading_is_no_question(heading, build, form):
    rows = [["ที่", "อปท.", heading, f"{G10} {POST}", MADE16, f"{G16} {POST}"], ROW]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert ANN10 not in table.columns


def test_a_column_split_into_done_and_not_done_is_one_question(build, form):
    rows = [
        ["ที่", "อปท.", MADE10, None, f"{G10} {POST}", MADE16, f"{G16} {POST}"],
        [None, None, "แล้ว", "ยัง", None, None, None],
        [1, "ทต.บ้านปิน", "/", None, "/", "/", "/"],
        [2, "ทต.ห้วยอ้อ", None, "/", "x", "/", "/"],
        [3, "ทต.เวียงต้า", "/", "/", "x", "/", "/"],
    ]
    page = build.page(rows, [(1, 3, 1, 4)])
    (table,) = find_tables(page.grid(), form)
    assert [row.cells[ANN10].address for row in table.rows] == ["C3", "D4", "C5"]
    assert [row.split.get(ANN10) for row in table.rows] == [None, Split.DENIED, Split.UNCLEAR]


def test_a_merged_tick_counts_for_every_row_it_covers(build, form):
    rows = [*build.head(), [1, "ทต.บ้านปิน", "✓", "✓", "x", "x"], [2, "ทต.ห้วยอ้อ", None, "✓", "x", "x"]]
    page = build.page(rows, [*build.head_merges, (3, 3, 4, 3)])
    (table,) = find_tables(page.grid(), form)
    assert [row.cells[ANN10].text for row in table.rows] == ["✓", "✓"]
    assert table.rows[1].cells[ANN10].address == "C3"


def test_district_and_type_rows_are_hints_for_the_rows_below(build, form):
    rows = [*build.head(), ["อำเภอลอง"], ["เทศบาลตำบล"], [1, "บ้านปิน", 1, 1, 1, 1], ["อบต."], [2, "บ้านปิน", 1, 1, 1, 1],
            ["2. อำเภอสอง จำนวน 9 แห่ง"], [3, "ทต.สอง", 1, 1, 1, 1]]  # fmt: skip
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [(row.type, row.district[:9]) for row in table.rows] == [
        ("เทศบาลตำบล", "อำเภอลอง"), ("อบต.", "อำเภอลอง"), ("", "2. อำเภอส"),
    ]  # fmt: skip


def test_a_district_column_filled_once_reaches_down(build, form):
    rows = [
        ["อำเภอ", "อปท.", *HEADS["one row"][0][2:]],
        ["ลอง", "ทต.บ้านปิน", 1, 1, 1, 1],
        [None, "ทต.ห้วยอ้อ", 1, 1, 1, 1],
    ]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.district for row in table.rows] == ["ลอง", "ลอง"]


@pytest.mark.parametrize(
    "line", ["ก. เทศบาลตำบล", "ประเภท เทศบาลตำบล", "กลุ่มที่ 1: เทศบาลตำบล", "๑) ทต.", "ii. เทศบาลตำบล (3 แห่ง)"]
)
@pytest.mark.parametrize("column", [0, 1])
def test_a_line_of_a_type_however_it_is_numbered_heads_the_rows_below(line, column, form, build):
    heading = [line] if column == 0 else [None, line]
    rows = [heading, [1, "เด่นชัย", "✓", "X", "✓", "X"], ["ข. อบต."], [1, "เด่นชัย", "✓", "✓", "X", "X"]]
    (table,) = find_tables(build.page([*build.head(), *rows], build.head_merges).grid(), form)
    assert [(row.name.text, words_of(LOCAL).type_of(row.type)) for row in table.rows if row.answered] == [
        ("เด่นชัย", "ทต."),
        ("เด่นชัย", "อบต."),
    ]


@pytest.mark.parametrize(
    ("sheet", "kind"), [("อบต.", "อบต."), ("เทศบาล", "ทต./ทน./ทม."), ("ข. อบต.", "อบต."), ("แบบรายงาน", "")]
)
def test_a_sheet_called_by_a_type_says_it_of_all_its_rows(sheet, kind, form, build):
    rows = [["อำเภอเด่นชัย"], [1, "เด่นชัย", "✓", "X", "✓", "X"]]
    grid = build.page([*build.head(), *rows], build.head_merges).grid()
    (table,) = find_tables(replace(grid, sheet=sheet), form)
    assert [words_of(LOCAL).type_of(row.type) for row in table.rows] == [kind]


def test_a_type_in_a_column_of_its_own_under_the_same_heading_joins_the_name(build, form):
    rows = [["ที่", "อปท.", None, *HEADS["one row"][0][2:]], [1, "อบต.", "บ้านปิน", 1, 1, 1, 1]]
    (table,) = find_tables(build.page(rows, [(1, 2, 1, 3)]).grid(), form)
    assert table.rows[0].name.text == "อบต. บ้านปิน"
    (table,) = find_tables(build.page(rows).grid(), form)
    assert table.rows[0].name.text == "อบต. บ้านปิน"


def test_a_name_column_without_a_heading_is_known_by_its_names(build, form):
    rows = [["ที่", None, *HEADS["one row"][0][2:]], ROW, [2, "อบต.หัวทุ่ง", 1, 1, 1, 1]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in table.rows] == ["ทต.บ้านปิน", "อบต.หัวทุ่ง"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("ท.ต.บ้านปิน", "ท.ต. ห้วยอ้อ"),
        ("นายก อบต.หัวทุ่ง", "นายก อบต.บ่อเหล็กลอง"),
        ("ทศบาลตำบลบ้านปิน", "องค์กรบริหารส่วนตำบลหัวทุ่ง"),
        ("องค์การบริหาร\nส่วนตำบลหัวทุ่ง", "เทศบาล ต.บ้านปิน"),
    ],
)
def test_a_name_column_without_a_heading_loses_no_writing_of_a_name(first, second, build, form):
    rows = [["ที่", None, *HEADS["one row"][0][2:]], [1, first, 1, 1, 1, 1], [2, second, 1, 1, 1, 1]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in table.rows] == [first, second]


def test_the_one_name_in_a_title_is_not_lost_beside_a_word_that_holds_the_letters_of_a_type(build, form):
    rows = [["รายงานแยกตามประเภทต่าง ๆ ของเทศบาลตำบลบ้านปิน"], HEADS["one row"][0][2:], [1, 1, 1, 1]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in table.rows] == ["เทศบาลตำบลบ้านปิน"]


def test_who_signs_below_a_table_is_no_organisation(build, form):
    rows = [*build.head(), ROW, [None, "นายก อบต.บ้านปิน"], [2, "ทต.ห้วยอ้อ", 1, 1, 1, 1]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in table.rows] == ["ทต.บ้านปิน", "ทต.ห้วยอ้อ"]


def test_answers_worded_like_headings_do_not_begin_a_table(build, form):
    rows = [*build.head(), [1, "ทต.บ้านปิน", MADE10, POST, MADE16, POST], [2, "ห้วยอ้อ", MADE10, POST, MADE16, POST]]
    (table,) = find_tables(build.page(rows).grid(), form)
    assert [row.name.text for row in table.rows] == ["ทต.บ้านปิน", "ห้วยอ้อ"]
    assert table.rows[1].cells[ANN10].text == MADE10


@pytest.mark.parametrize(
    "text", ["รวม", "รวมทั้งสิ้น", "รวมดำเนินการแล้ว", "ยอดรวม", "รวม ๑๑ แห่ง", "ทั้งหมด", "Total", "คิดเป็นร้อยละ", "รวมอำเภอลอง"]
)
def test_a_total_is_no_data(text, build, form):
    (table,) = find_tables(
        build.page([*build.head(), ROW, [text, None, 1, 1, 1, 1], [None, text, 1, 1, 1, 1]]).grid(), form
    )
    assert len(table.rows) == 1
    assert len(table.totals) == 2


@pytest.mark.parametrize("name", ["อบต.รวมไทยพัฒนา", "รวมไทยพัฒนา", "รวมใจพัฒนา", "ทต.รวมใจพัฒนา"])
def test_an_organisation_whose_name_begins_like_a_total_is_data(name, build, form):
    (table,) = find_tables(build.page([*build.head(), [1, name, 1, 1, 1, 1]]).grid(), form)
    assert [row.name.text for row in table.rows] == [name]


@pytest.mark.parametrize(
    "line",
    [
        [None, "ลงชื่อ ........................ ผู้รายงาน"],
        [None, "(นายสมชาย ใจดี)"],
        [None, "ปลัดเทศบาลตำบลบ้านปิน"],
        ["หมายเหตุ"],
        ["หมายเหตุ", "๑. ใส่เครื่องหมาย ✓ กรณีดำเนินการแล้ว"],
        ["ข้อมูล ณ วันที่ 29 พฤศจิกายน 2567"],
        ["ปัญหาอุปสรรค", None, "ระบบช้า"],
        ["5", "...............", None, "....", None, None],
        [".", ".", ".", ".", ".", "."],
        [None, None, None, "ลงชื่อ", "ผู้รายงาน"],
    ],
)
def test_lines_below_the_table_are_no_data(line, build, form):
    (table,) = find_tables(build.page([*build.head(), ROW, line]).grid(), form)
    assert len(table.rows) == 1


def test_an_instruction_sheet_holds_no_table(build, form):
    rows = [["คำชี้แจง"], ["ช่อง", "วิธีกรอก"], [MADE10, "ใส่ ✓ เมื่อจัดทำประกาศแล้ว"], [POST, "ใส่ ✓ เมื่อลงข้อมูลในระบบ info.go.th แล้ว"],
            [MADE16, "ใส่ ✓"], ["องค์กรปกครองส่วนท้องถิ่น", "ชื่อเต็ม"]]  # fmt: skip
    assert find_tables(build.page(rows).grid(), form) == ()


def test_numeric_columns_are_found_by_label_and_group_with_units(build):
    rows = [
        [
            "ที่",
            "อปท.",
            "จำนวนครัวเรือน\nทั้งหมด (ครัวเรือน)",
            "จำนวนครัวเรือนที่มีถังขยะเปียก",
            "ปริมาณขยะ (ตัน/วัน)",
            None,
            "งบประมาณ (บาท)",
            None,
            None,
        ],
        [None, None, None, None, "เกิดขึ้น", "นำไปใช้ประโยชน์", "ของ อปท.", "เงินอุดหนุน", "รวม"],
        [1, "ทต.บ้านปิน", 1, 2, 3, 4, 5, 6, 11],
    ]
    (table,) = find_tables(build.page(rows).grid(), build.waste)
    assert [table.rows[0].cells[q.key].text for q in build.waste.question] == ["1", "2", "3", "4", "5", "6", "11"]
    assert not table.missing


def test_an_empty_sheet_and_a_sheet_of_prose_hold_no_table(build, form):
    assert find_tables(Grid("x", {}), form) == ()
    assert find_tables(build.page([["เรียน ท้องถิ่นจังหวัด"], ["ส่งรายงานการจัดทำประกาศแล้ว"]]).grid(), form) == ()


# --- around the table ------------------------------------------------------------------------------------------------


REMARKS = {
    "dots": ([["ปัญหาอุปสรรค: ....................."], ["......"]], None),
    "underscores": ([["ปัญหาอุปสรรค ____________"]], None),
    "same cell": ([["ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ: ระบบช้า"]], "ระบบช้า"),
    "same cell, no colon": ([["ปัญหาอุปสรรค ระบบช้า"]], "ระบบช้า"),
    "on the dots": ([["ปัญหาอุปสรรคจากการตามพระราชบัญญัติฯ:......ระบบช้า......."]], "ระบบช้า"),
    "next cell": ([["ปัญหาอุปสรรค", None, "ระบบช้า"]], "ระบบช้า"),
    "row below": ([["ปัญหาอุปสรรค:"], ["ระบบช้า"], ["คนน้อย"], ["ข้อเสนอแนะ: อบรม"]], "ระบบช้า\nคนน้อย"),
    "numbered, another wording": ([["1. ปัญหาและอุปสรรค : ระบบช้า"]], "ระบบช้า"),
    "signature follows": ([["ปัญหาอุปสรรค:"], [], ["ลงชื่อ.......ผู้รายงาน"]], None),
}


@pytest.mark.parametrize(("rows", "text"), REMARKS.values(), ids=REMARKS)
def test_a_remark_is_what_was_written_after_its_label(rows, text, build, form):
    said = {s.key: s.text for s in remarks_in(Lines(form), build.page(rows).grid())}
    assert said.get("obstacles") == text


DAYS = {
    "blank": (["ข้อมูล ณ วันที่/...../๒๕๖๗"], False),
    "blank with spaces": (["ข้อมูล ณ วันที่ ..... / ..... / ๒๕๖๗"], False),
    "blank with words": (["ข้อมูล ณ วันที่ ........ เดือน ............ พ.ศ. ........"], False),
    "thai": (["ข้อมูล ณ วันที่ ๒๙ พฤศจิกายน ๒๕๖๗"], True),
    "slashes": (["ข้อมูล ณ วันที่ ๒๙/๑๑/๒๕๖๗"], True),
    "on the printed blank": (["ข้อมูล ณ วันที่..๒๙../..พ.ย.../๒๕๖๗"], True),
    "next cell": (["ข้อมูล ณ วันที่", None, "29 พ.ย. 67"], True),
    "in brackets": (["(ข้อมูล ณ วันที่ 29 พ.ย. 2567)"], True),
    "unreadable": (["ข้อมูล ณ วันที่ เมื่อวานนี้"], None),
}


@pytest.mark.parametrize(("row", "read"), DAYS.values(), ids=DAYS)
def test_the_day_of_the_data_is_read_or_known_to_be_blank(row, read, build, form):
    found = day_line(build.page([row]).grid(), form, build.near)
    if read is False:
        assert found is None
    elif read is None:
        assert found.date is None
    else:
        assert found.date == build.near


def test_a_date_cell_typed_in_the_buddhist_era_is_brought_back(build, form):
    day = build.near.replace(year=2567)
    assert day_line(build.page([["ข้อมูล ณ วันที่", day]]).grid(), form, build.near).date == build.near


@pytest.mark.parametrize(
    "row",
    [
        ["รหัสแบบ: w5827:long"],
        ["รหัสแบบ w5827/long"],
        [None, "รหัสแบบ :", "w5827:long"],
        ["พิมพ์จากระบบ รหัสแบบ : w5827 : long"],
    ],
)
def test_the_printed_code_names_circular_and_reporter(row, build):
    assert printed_code(build.page([[], row]).grid()) == ("w5827", "long")


# --- laws ------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["", "✓", "X", "1", ".", "ลำดับ", "อปท.", "องค์กรปกครองส่วนท้องถิ่น", "ม.10", G10, G16, MADE10, POST, MADE16, "รวม", "ทต.บ้านปิน",
     "ข้อมูล ณ วันที่", "ปัญหาอุปสรรค:", "อำเภอลอง", "รหัสแบบ", "ลงชื่อ", "(3)"]
)  # fmt: skip


@st.composite
def grids(draw):
    """Sheets of form words and any text, with merges that may overlap."""
    spots = st.tuples(st.integers(1, 12), st.integers(1, 9))
    texts = draw(st.dictionaries(spots, st.one_of(WORDS, st.text(max_size=12)), max_size=60))
    kinds = draw(st.dictionaries(spots, st.sampled_from([CellKind.ERROR, CellKind.UNCALCULATED]), max_size=3))
    cells = {at: Cell(*at, CellKind.TEXT, text) for at, text in texts.items()}
    cells |= {at: Cell(*at, kind) for at, kind in kinds.items()}
    merges = tuple(
        Merge(top, left, top + down, left + right)
        for (top, left), down, right in draw(
            st.lists(st.tuples(spots, st.integers(0, 3), st.integers(0, 3)), max_size=4)
        )
    )
    return Grid("ก", cells, merges, hidden_rows=frozenset(draw(st.sets(st.integers(1, 12), max_size=2))))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(grid=grids())
def test_finding_tables_never_raises(grid, form, build):
    for each in (form, build.waste):
        find_tables(grid, each)
        lines = Lines(each)
        list(remarks_in(lines, grid))
        day_line(grid, each, build.near)
    printed_code(grid)


@pytest.mark.parametrize("merged", [True, False])
def test_groups_in_a_line_of_their_own_leave_plain_columns_behind_them_alone(merged, build):
    labels = [("", "จำนวนประชากร (คน)"), ("งบเก็บขน", "เงินรายได้"), ("งบเก็บขน", "เงินอุดหนุน"), ("งบกำจัด", "เงินรายได้"), ("งบกำจัด", "เงินอุดหนุน"),
              ("", "วิธีกำจัด"), ("", "สถานที่กำจัด")]  # fmt: skip
    asked = [
        {"key": f"q{n}", "kind": "text", "group": group, "label": label} for n, (group, label) in enumerate(labels)
    ]
    waste = Form.model_validate({"title": "ขยะ", "question": asked})
    rows = [
        [None, None, None, "งบเก็บขน", None, "งบกำจัด"],
        ["ที่", "ชื่อ อปท.", *(label for _, label in labels)],
        [1, "ทต.ลอง", *range(1, 8)],
    ]
    (table,) = find_tables(build.page(rows, [(1, 4, 1, 5), (1, 6, 1, 7)] if merged else []).grid(), waste)
    assert {key: cell.text for key, cell in table.rows[0].cells.items()} == {f"q{n}": str(n + 1) for n in range(7)}


def test_a_row_above_a_further_page_is_no_heading_of_it(build):
    asked = [
        {"key": "fuel", "kind": "text", "label": "เชื้อเพลิงหลัก", "group": "เตาเผา"},
        {"key": "state", "kind": "choice", "label": "สถานะ", "group": "การซ่อม", "choices": ["ซ่อมแล้ว", "อยู่ระหว่างซ่อม"]},
    ]
    form = Form.model_validate({"title": "แบบสำรวจเตาเผา", "question": asked})
    head = [["ที่", "อปท.", "เตาเผา", "การซ่อม"], [None, None, "เชื้อเพลิงหลัก", "สถานะ"]]
    names = ["อบต.สรอย", "อบต.นาพูน", "อบต.ป่าสัก", "อบต.แม่พุง"]
    rows = [[at, name, "แก๊ส", "อยู่ระหว่างซ่อม"] for at, name in enumerate(names, 1)]
    pages = [*head, *rows[:2], ["ยอดยกไป"], ["แบบสำรวจเตาเผา (ต่อ)"], *head, *rows[2:]]
    tables = find_tables(build.page(pages).grid(), form)
    assert [row.name.text for table in tables for row in table.rows] == names
    assert all(set(row.cells) == {"fuel", "state"} for table in tables for row in table.rows)
