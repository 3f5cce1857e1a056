"""Units in the words of offices, and which columns of a table are in another unit than the one asked for."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.doubts.stated_units import other_units, stated_units, units_beside
from parsers.form.form import Form
from parsers.form.question import Question
from parsers.grid import Cell, CellKind, Grid
from parsers.tables.find import find_tables
from parsers.values.units import Fit, Unit, asked_unit, asked_words, judge, parse_unit
from parsers.values.units_in_text import heading_units

PEOPLE = Question(key="people", kind="integer", label="จำนวนประชากร (คน)", aliases=("ประชากร",), unit="คน")
TONS = Question(key="tons", kind="decimal", label="ปริมาณขยะ (ตัน/วัน)", aliases=("ปริมาณขยะ",), unit="ตัน/วัน")
SHARE = Question(key="share", kind="percent", label="ร้อยละของครัวเรือนที่คัดแยก", unit="ร้อยละ")
BUDGET = Question(key="budget", kind="money", label="งบประมาณ (บาท)", aliases=("งบประมาณ",))
FORM = Form(title="แบบรายงาน", question=(PEOPLE, TONS, SHARE, BUDGET))
USUAL = [FORM.organisation_label, *(question.label for question in FORM.question)]
ROW = ["เทศบาลตำบลเด่นชัย", "16234", "12.5", "45", "1500000"]


def stated(*, above=(), headings=USUAL, under=(), below=()):
    """What the columns of a sheet with these lines and headings are found to be in."""
    lines = [*above, headings, *under, ROW, *below]
    cells = {
        (row, column): Cell(row, column, CellKind.TEXT, said)
        for row, line in enumerate(lines, 1)
        for column, said in enumerate(line, 1)
        if said
    }
    (table,) = find_tables(Grid("แบบรายงาน", cells), FORM)
    return dict(other_units(table, FORM))


def headed(key, heading):
    at = [question.key for question in FORM.question].index(key) + 1
    return stated(headings=[*USUAL[:at], heading, *USUAL[at + 1 :]])


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("บาท", Unit("บาท", "money")),
        ("พันบาท", Unit("บาท", "money", Decimal(1000))),
        ("หน่วย : ล้านบาท", Unit("บาท", "money", Decimal(1_000_000))),
        ("ลบ.", Unit("บาท", "money", Decimal(1_000_000))),
        ("ลบ.ม.", Unit("ลบม", "volume")),
        ("ตร.ม.", Unit("ตรม", "area")),
        ("m²", Unit("ตรม", "area")),
        ("กิโลกรัม/วัน", Unit("กก", "mass", per=("วัน",))),
        ("ตันต่อเดือน", Unit("ตัน", "mass", per=("เดือน",))),
        ("รายเดือน", Unit(per=("เดือน",))),
        ("ล้าน", Unit(multiple=Decimal(1_000_000))),
        ("x 1,000", Unit(multiple=Decimal(1000))),
        ("พันธุ์", Unit("พันธุ์", "count")),
        ("หลังคาเรือน", Unit("ครัวเรือน", "count")),
        *(
            (said, None)
            for said in (
                "",
                "ถ้ามี",
                "ว/ด/ป",
                "ตำบล/อำเภอ",
                "/กอง",
                "ไร่-งาน-ตร.ว.",
                "ไม่รวมขยะอันตราย",
                "ปี 2568",
                "งานเทศบาล",
                "2",
                "ก" * 300,
            )
        ),
    ],
)
def test_a_unit_is_understood_or_is_none(said, unit):
    assert parse_unit(said) == unit


def test_a_question_asks_for_the_unit_it_names_or_that_of_its_kind():
    assert asked_unit(TONS) == Unit("ตัน", "mass", per=("วัน",))
    assert (asked_words(BUDGET), asked_words(SHARE), asked_words(PEOPLE)) == ("บาท", "ร้อยละ", "คน")
    assert asked_unit(Question(key="q", kind="integer", label="จำนวน")) is None
    assert asked_unit(Question(key="q", kind="money", label="งบ", unit="ล้านบาท")) == parse_unit("ล้านบาท")


@pytest.mark.parametrize(
    ("question", "written", "fit"),
    [
        (TONS, "ตัน", Fit.SAME),
        (TONS, "tons/day", Fit.SAME),
        (TONS, "กก.", Fit.OTHER),
        (TONS, "ตัน/ปี", Fit.OTHER),
        (BUDGET, "บาทถ้วน", Fit.SAME),
        (BUDGET, "บาท/ปี", Fit.UNSURE),
        (BUDGET, "พันบาท", Fit.OTHER),
        (BUDGET, "USD", Fit.OTHER),
        (PEOPLE, "ราย", Fit.SAME),
        (PEOPLE, "ประชากร", Fit.SAME),
        (PEOPLE, "ครัวเรือน", Fit.OTHER),
        (PEOPLE, "xyz", Fit.OTHER),
        (SHARE, "%", Fit.SAME),
        (SHARE, "ครัวเรือน", Fit.OTHER),
        (Question(key="q", kind="money", label="งบ", unit="ล้านบาท"), "ล้านบาท", Fit.SAME),
        (Question(key="q", kind="money", label="งบ", unit="ล้านบาท"), "บาท", Fit.OTHER),
        (Question(key="q", kind="integer", label="จำนวนครัวเรือน", unit="แห่ง"), "ครัวเรือน", Fit.SAME),
        (Question(key="q", kind="integer", label="รถ", unit="กระบอก"), "กระบอก", Fit.SAME),
    ],
)
def test_a_written_unit_fits_the_question_or_may_change_the_size(question, written, fit):
    assert judge(written, question) is fit


def test_the_official_headings_state_the_units_asked_for():
    assert stated() == {}


@pytest.mark.parametrize(
    ("key", "heading"),
    [
        ("budget", "งบประมาณ"),
        ("budget", "งบประมาณ (หน่วย : บาท)"),
        ("budget", "งบประมาณ (บาท) ปี 2568"),
        ("budget", "งบประมาณ (บาท/ปี)"),
        ("budget", "งบประมาณ (ถ้ามี)"),
        ("tons", "ปริมาณขยะ (ตัน)"),
        ("tons", "ปริมาณขยะ (ตันต่อวัน)"),
        ("tons", "ปริมาณขยะ (ไม่รวมขยะอันตราย)"),
        ("people", "จำนวนประชากร (ราย)"),
        ("people", "จำนวนประชากร (ตามทะเบียนราษฎร)"),
        ("people", "จำนวนประชากร (คน) ณ เดือน มิ.ย."),
        ("share", "ร้อยละของครัวเรือนที่คัดแยก (%)"),
    ],
)
def test_a_heading_with_a_remark_or_the_unit_in_other_words_raises_no_alarm(key, heading):
    assert headed(key, heading) == {}


@pytest.mark.parametrize(
    ("key", "heading", "words"),
    [
        ("budget", "งบประมาณ (พันบาท)", "พันบาท"),
        ("budget", "งบประมาณ (หน่วย : ล้านบาท)", "ล้านบาท"),
        ("budget", "งบประมาณ (ลบ.)", "ลบ."),
        ("budget", "งบประมาณ พันบาท", "พันบาท"),
        ("budget", "งบประมาณล้านบาท", "ล้านบาท"),
        ("budget", "งบประมาณ (USD)", "USD"),
        ("tons", "ปริมาณขยะ (กก./วัน)", "กก./วัน"),
        ("tons", "ปริมาณขยะกก./วัน", "กก./วัน"),
        ("tons", "ปริมาณขยะ ตัน/เดือน", "ตัน/เดือน"),
        ("tons", "ปริมาณขยะต่อเดือน", "ต่อเดือน"),
        ("tons", "ปริมาณขยะ (เดือน)", "เดือน"),
        ("tons", "ปริมาณขยะ (ลบ.ม./วัน)", "ลบ.ม./วัน"),
        ("people", "จำนวนประชากร (ครัวเรือน)", "ครัวเรือน"),
        ("people", "จำนวนประชากร (พันคน)", "พันคน"),
        ("share", "ร้อยละของครัวเรือนที่คัดแยก (ครัวเรือน)", "ครัวเรือน"),
    ],
)
def test_a_heading_in_another_unit_marks_its_column_only(key, heading, words):
    assert headed(key, heading) == {key: words}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (["หน่วย : พันบาท"], {"budget": "พันบาท"}),
        (["", "", "(พันบาท)"], {"budget": "พันบาท"}),
        (["หน่วย", "ล้านบาท"], {"budget": "ล้านบาท"}),
        (["สรุปงบประมาณ (หน่วยเป็นล้านบาท)"], {"budget": "ล้านบาท"}),
        (["หน่วย : กก./วัน"], {"tons": "กก./วัน"}),
        (["หน่วย : พันคน"], {"people": "พันคน"}),
        (["หน่วย : พัน"], dict.fromkeys(("people", "tons", "budget"), "พัน")),
        (["หน่วย : บาท"], {}),
        (["หน่วย : ตัน/วัน, บาท"], {}),
        (["หน่วย : แห่ง"], {}),
        (["หน่วยพันบาท"], {"budget": "พันบาท"}),
        (["หน่วยล้านบาท/ปี"], {"budget": "ล้านบาท/ปี"}),
        (["หน่วยงาน : เทศบาลตำบลเด่นชัย"], {}),
        (["หน่วยที่ 5 (ถ้ามี)"], {}),
        (["หน่วย/กอง"], {}),
        (["หน่วยกองทุน"], {}),
        (["หน่วยเลือกตั้ง : คน"], {}),
        (["รายงานรายเดือน โครงการเกิน 1 ล้านบาท"], {}),
    ],
)
def test_a_line_above_the_table_marks_the_columns_of_its_kind(line, found):
    assert stated(above=[line]) == found


def test_a_line_below_the_table_counts_when_it_says_unit():
    assert stated(below=[["หมายเหตุ ตัวเลขมีหน่วยเป็นพันบาท"]]) == {"budget": "พันบาท"}
    assert stated(below=[["หมายเหตุ งบประมาณของ อบต.แม่จั๊วะ เป็นหน่วยพันบาท"]]) == {}  # of one, not of all
    assert stated(below=[["หมายเหตุ ไม่รวมเงินอุดหนุน (พันบาท)"]]) == {}


def test_a_row_of_units_under_the_header_is_part_of_it():
    assert stated(under=[["", "(คน)", "(กก.)", "(%)", "(พันบาท)"]]) == {"tons": "กก.", "budget": "พันบาท"}


def test_a_column_of_units_speaks_for_the_answer_left_of_it():
    lines = [[*USUAL, "หน่วยนับ"], [*ROW, "พันบาท"], ["เทศบาลตำบลแม่จั๊วะ", "9", "1", "4", "70", "บาท"]]
    cells = {
        (row, column): Cell(row, column, CellKind.TEXT, said)
        for row, line in enumerate(lines, 1)
        for column, said in enumerate(line, 1)
    }
    (table,) = find_tables(Grid("แบบรายงาน", cells), FORM)
    assert (other_units(table, FORM), units_beside(table, FORM)) == ({}, {(2, "budget"): "พันบาท"})


def test_a_number_under_another_unit_is_doubted_and_none_stays_none():
    heads = [*USUAL[:-1], "งบประมาณ (พันบาท)"]
    rows = [
        heads,
        ["ทต.เด่นชัย", "9", "9", "9", "1500"],
        ["อบต.แม่จั๊วะ", "9", "9", "9", "0"],
        ["อบต.ไทรย้อย", "9", "9", "9", ""],
    ]
    cells = {
        (row, column): Cell(row, column, CellKind.TEXT, text)
        for row, texts in enumerate(rows, 1)
        for column, text in enumerate(texts, 1)
        if text
    }
    (table,) = find_tables(Grid("แบบรายงาน", cells), FORM)
    (doubt,) = stated_units(table, table.readings)
    assert (doubt.row, doubt.key) == (2, "budget")
    assert "“พันบาท”" in doubt.fields["expected"]
    assert "เป็นหน่วยบาท" in doubt.fields["expected"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("หมายเหตุ: จำนวนเงินเป็นหลักพันบาท", "พันบาท"),
        ("หมายเหตุ : หน่วยนับงบประมาณเป็นพันบาท", "พันบาท"),
        ("ตัวเลขงบประมาณเป็นล้านบาท", "ล้านบาท"),
        ("ยอดเงินทั้งหมดแสดงเป็นหลักหมื่น", "หมื่น"),
        ("กรอกจำนวนเงินเป็นบาท", ""),
        ("ข้อมูลเป็นปัจจุบัน", ""),
        ("งบประมาณเป็นไปตามแผน", ""),
        ("ตัวเลขเป็นไปตามรายงานประจำเดือน", ""),
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_sentence_about_the_figures_states_their_unit(line, words, above):
    table = [["ที่", "ชื่อ อปท.", "ประชากร (คน)", "ปริมาณขยะ (ตัน/วัน)", "งบประมาณ"], ["1", "ทต.เด่นชัย", "9", "9", "1500"]]
    rows = [[line], *table] if above else [*table, [], [line]]
    cells = {
        (r, c): Cell(r, c, CellKind.TEXT, text) for r, texts in enumerate(rows, 1) for c, text in enumerate(texts, 1)
    }
    (found,) = find_tables(Grid("แบบรายงาน", cells), FORM)
    assert [doubt.key for doubt in stated_units(found, found.readings)] == (["budget"] if words else [])
    assert all(f"“{words}”" in doubt.fields["expected"] for doubt in stated_units(found, found.readings))


MULTIPLES = st.sampled_from(["ร้อย", "พัน", "หมื่น", "แสน", "ล้าน", "พันล้าน", "สิบล้าน"])


@given(MULTIPLES, st.sampled_from(["บาท", " บาท", "บาท/ปี", "คน", "ตัน", ""]))
def test_a_multiple_never_fits_a_question_of_single_units(multiple, base):
    for question in (PEOPLE, TONS, SHARE, BUDGET):
        assert judge(f"{multiple}{base}", question) is Fit.OTHER


@given(st.text(max_size=80) | st.from_regex(r"(หน่วย|พัน|บาท|ตัน|/|ต่อ|วัน|[(): .]){0,12}", fullmatch=True))
def test_no_text_makes_units_raise(text):
    parse_unit(text)
    heading_units(text)
    assert judge(text, TONS) in Fit
