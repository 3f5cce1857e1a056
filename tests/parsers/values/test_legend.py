"""A legend in a form or a mail gives its marks their meaning; what turns the circular's own round is asked, the form's own note is nothing."""

import pytest

from parsers.doubts.turned_answers import turned_answers
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.tables.find import find_tables
from parsers.values.legend import NONE, Legend, legend_in, legend_lines

NOTE = "ใส่ ✓ กรณีดำเนินการแล้ว ใส่ X กรณียังไม่ได้ดำเนินการ"
FORM = Form(
    title="การจัดตั้งศูนย์",
    yes=("✓", "/"),
    no=("X",),
    note=(NOTE,),
    question=[
        Question(key="built", kind=Kind.TICK, label="จัดตั้งแล้ว"),
        Question(key="open", kind=Kind.TICK, label="เปิดให้บริการ"),
    ],
)
HEAD = ["ที่", "องค์กรปกครองส่วนท้องถิ่น", "จัดตั้งแล้ว", "เปิดให้บริการ"]


@pytest.mark.parametrize(
    ("line", "yes", "no"),
    [
        ("1 = ทำแล้ว 2 = ยังไม่ทำ", "1", "2"),
        ("(๑=มี, ๐=ไม่มี)", "1", "0"),
        ("เลข 1 หมายถึงดำเนินการแล้ว ส่วนเลข 2 หมายถึงยังไม่ได้ดำเนินการครับ", "1", "2"),
        ("คำอธิบาย : “A” แทน ดำเนินการแล้ว “B” แทน ยังไม่ได้ดำเนินการ", "A", "B"),
        ("หากทำแล้วใส่ 0 หากยังไม่ทำใส่ 1", "0", "1"),
        ("ดำเนินการแล้วให้ใส่เลข 1 ยังไม่ดำเนินการให้ใส่เลข 2 อยู่ระหว่างดำเนินการให้ใส่เลข 3", "1", "23"),
        ("1 = ยังไม่ทำ 2 = ทำแล้ว", "2", "1"),
        ("ใส่ ๑ เมื่อดำเนินการแล้ว ใส่ ๒ เมื่อยังไม่ดำเนินการ", "1", "2"),
        ("O ทำแล้ว  N ยังไม่ทำ", "O", "N"),
        ("1 - ทำแล้ว 2 - ยังไม่ทำ", "1", "2"),
        ("เครื่องหมายวงกลม = ทำแล้ว", "O", ""),
        ("ใส่ 1 ในช่องที่ดำเนินการแล้ว และ 0 ในช่องที่ยังไม่ได้ดำเนินการ", "1", "0"),
        # What agrees with the circular is no news.
        ("ใส่เครื่องหมาย ✓ ในช่องที่ดำเนินการแล้ว", "", ""),
        ("กาเครื่องหมาย ✓ ในช่องที่ตรงกับความจริง", "", ""),
        ("หมายเหตุ ๑. ใส่เครื่องหมาย ✓ และเครื่องหมาย X กรณีดำเนินการแล้ว", "", ""),  # tells nothing apart
        ("หมายเหตุ ทำเครื่องหมาย ✓ = ดำเนินการแล้ว / X = ยังไม่ได้ดำเนินการ", "", ""),
        ("เครื่องหมายถูก หมายถึง ทำแล้ว กากบาท หมายถึง ยังไม่ทำ", "", ""),
        ("ถ้ายังไม่ได้ทำให้ใส่ X", "", ""),
        ("ใส่เครื่องหมาย กรณีด ✓ำเนินการแล้ว และใส่เครื่องหมาย X กรณียังไม่ได้ดำเนินการ", "", ""),  # as a PDF has it
        ("หมายเหตุ : ใส่เครื่องหมาย ✓ กรณีทบทวนแล้ว และ X กรณียังไม่ได้ทบทวน", "", ""),
        ("ใส่เครื่องหมาย ✓ กรณีมีแหล่งท่องเที่ยว และ X กรณีไม่มี", "", ""),
        # No legends.
        ("ข้อ 1 คือ ดำเนินการแล้ว ข้อ 2 คือ ยังไม่ดำเนินการ", "", ""),
        ("1. ดำเนินการแล้ว 2. ยังไม่ดำเนินการ", "", ""),
        ("1: ดำเนินการแล้ว", "", ""),
        ("☐ ดำเนินการแล้ว ☑ ยังไม่ดำเนินการ", "", ""),
        ("ปี 2567 = ทำแล้ว", "", ""),
        ("รวม 5 แห่ง ดำเนินการแล้ว 3 แห่ง ยังไม่ดำเนินการ 2 แห่ง", "", ""),
        ("มาตรา 16 ยังไม่ได้ลงระบบ", "", ""),
    ],
)
def test_which_marks_a_line_explains(line, yes, no):
    assert legend_in([line], FORM) == Legend(tuple(yes), tuple(no))


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("✓ หมายถึง ยังไม่ได้ดำเนินการ", "✓"),
        ("ใส่ ✓ กรณียังไม่ได้ดำเนินการ และใส่ X กรณีดำเนินการแล้ว", "✓X"),
        ("O = ทำแล้ว / = ยังไม่ทำ", "/"),
        ("ใส่ ✓ กรณีไม่มีเหตุ และ X กรณีมีเหตุ", "✓X"),
        ("✓ = ร่างแล้ว X = ยังไม่ได้ทำ", "✓"),
        ("1 = ทำแล้ว 2 = ทำบางส่วน", "2"),
        ("X = ทำแล้ว", "X"),
        ("✓ = มี X = ไม่มี - = ไม่เกี่ยวข้อง", "-"),
    ],
)
def test_a_mark_of_another_meaning_than_the_circulars_is_asked(line, asked):
    assert legend_in([line], FORM).asked == tuple(asked)


@pytest.mark.parametrize("line", [NOTE, f"๑. {NOTE}"[3:], "✓ กรณีดำเนินการแล้ว และ X กรณีดำเนินการแล้ว"])
def test_what_the_form_itself_prints_changes_nothing(line):
    """The last as the department misprinted it: both marks are done, which tells nothing apart."""
    turned = FORM.model_copy(update={"note": ("ใส่ X กรณีดำเนินการแล้ว ใส่ ✓ กรณียังไม่ได้ดำเนินการ",)})
    assert legend_in([line], FORM) == legend_in(turned.note, turned) == NONE


def said(rows, build, lines=()):
    """What each answer was read as: yes, no, asked."""
    (table,) = find_tables(build.page(rows).grid(), FORM, None, lines)
    asked = {(doubt.row, doubt.key) for doubt in turned_answers(table, table.readings)}
    readings = table.readings
    values = (
        "?" if (row.row, key) in asked else {True: "Y", False: "N", None: "-"}[readings.of(FORM.find(key), cell).value]
        for row in table.rows
        for key, cell in row.cells.items()
    )
    return "".join(values)


ONES = [[1, "ทต.แม่จั๊วะ", 1, 2], [2, "อบต.ไทรย้อย", "2", 1]]
CIRCLES = [[1, "ทต.แม่จั๊วะ", "O", "/"], [2, "อบต.ไทรย้อย", "/", "O"]]
TICKS = [[1, "ทต.แม่จั๊วะ", "✓", "X"], [2, "อบต.ไทรย้อย", "X", "✓"]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([HEAD, *ONES, [], ["1 = จัดตั้งแล้ว 2 = ยังไม่ได้จัดตั้ง"]], "YNNY"),
        ([["1 = ยังไม่ทำ, 2 = ทำแล้ว"], [], HEAD, *ONES], "NYYN"),
        ([HEAD, *ONES, ["1", "=", "ทำแล้ว"], ["2", "=", "ยังไม่ทำ"]], "YNNY"),
        ([HEAD, *ONES], "Y--Y"),
        ([HEAD, *CIRCLES, ["O  ทำแล้ว"], ["/  ยังไม่ทำ"]], "Y??Y"),
        ([HEAD, *CIRCLES, [None, "O", "ทำแล้ว"], [None, "/", "ยังไม่ทำ"]], "Y??Y"),
        ([[*HEAD[:2], "จัดตั้งแล้ว (✓ = ยังไม่ได้ตั้ง)", HEAD[3]], *TICKS], "????"),
        ([HEAD, *TICKS, ["X หมายถึง ทำแล้ว  ✓ หมายถึง ยังไม่ทำ"]], "????"),
        ([HEAD, *TICKS, ["✓ หมายถึง ทำแล้ว"]], "YNNY"),
    ],
)
def test_cells_are_read_by_the_legend_of_their_sheet(rows, expected, build):
    assert said(rows, build) == expected


def test_cells_are_read_by_the_legend_of_their_mail(build):
    text = "เรียน จังหวัด\n\nในแบบ เลข 1 หมายถึง\nยังไม่ทำ เลข 2 หมายถึง ทำแล้ว ค่ะ\n\nโทร 054"
    assert legend_lines("ส่งรายงานครับ\n1. ดำเนินการแล้ว") == ()
    assert said([HEAD, *ONES], build, legend_lines(text)) == "NYYN"


STATES = Form(
    title="ความก้าวหน้า",
    question=[Question(key="built", kind=Kind.PROGRESS, label="จัดตั้งศูนย์", choices=("เสร็จแล้ว", "กำลังทำ", "ยังไม่ทำ"))],
)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("1 = ดำเนินการแล้ว 2 = อยู่ระหว่างดำเนินการ 3 = ยังไม่ได้ดำเนินการ", ["เสร็จแล้ว", "กำลังทำ", "ยังไม่ทำ"]),
        ("1 = ยังไม่ทำ 2 = กำลังทำ 3 = เสร็จแล้ว", ["ยังไม่ทำ", "กำลังทำ", "เสร็จแล้ว"]),
    ],
)
def test_a_mark_may_stand_for_what_is_under_way_where_that_is_asked(line, values, build):
    rows = [[number, name, number] for number, name in enumerate(("ทต.แม่จั๊วะ", "อบต.ไทรย้อย", "อบต.ห้วยไร่"), 1)]
    (table,) = find_tables(build.page([["ที่", "อปท.", "จัดตั้งศูนย์"], *rows, [line]]).grid(), STATES)
    assert [table.readings.of(STATES.find("built"), row.cells["built"]).value for row in table.rows] == values
    assert legend_in(["/ = กำลังทำ ✓ = เสร็จแล้ว - = กำลังทำ"], STATES).asked == ("/", "-")


def test_a_note_of_the_form_whose_tick_became_a_slash_is_the_forms_own():
    """A file in cp874 has no ✓: "/" stands in its place, in the note as in the cells."""
    form = FORM.model_copy(update={"note": ("ใส่ ✓ กรณีได้รับครบแล้ว และ X กรณียังไม่ครบ",)})
    assert legend_in(["ใส่ / กรณีได้รับครบแล้ว และ X กรณียังไม่ครบ"], form) == NONE


def test_one_meaning_in_two_words():
    found = legend_in(["สัญลักษณ์  ● = มี/ดำเนินการแล้ว   ○ = ไม่มี/ยังไม่ดำเนินการ"], FORM)
    assert (found.yes, found.no) == (("●",), ("○",))
    assert legend_in(["● = มี/ไม่มี  ○ = ยังไม่ดำเนินการ"], FORM).yes == ()
