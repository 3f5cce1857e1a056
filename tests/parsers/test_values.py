"""One value of each kind from one cell."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.form import Form, Kind, Question
from parsers.grid import Cell, CellKind
from parsers.values import ValueReading, read_value

NEAR = datetime.date(2024, 11, 29)
CHOICES = ("สูงมาก", "สูง", "ปานกลาง", "ต่ำ")


def question(kind, **more):
    if kind == "choice":
        more.setdefault("choices", CHOICES)
    return Question(key="q", kind=kind, label="จำนวน", **more)


def form(asked, **more):
    parts = (asked,)
    if asked.kind is Kind.COMPUTED:
        parts = (asked, Question(key="part", kind="integer", label="ส่วน"))
    return Form(title="แบบรายงาน", question=parts, **more)


def asked(kind, **more):
    return question(kind, sum_of=("part",), **more) if kind == "computed" else question(kind, **more)


def read(kind, cell, near=NEAR, **more):
    rules = {key: more.pop(key) for key in ("blank", "yes", "no") if key in more}
    one = asked(kind, **more)
    return read_value(one, cell, form(one, **rules), near)


def text(said):
    return Cell(1, 1, CellKind.TEXT, said)


def number(value, *, said=None, percent=False):
    return Cell(1, 1, CellKind.NUMBER, str(value) if said is None else said, Decimal(str(value)), percent=percent)


def day(value):
    return Cell(1, 1, CellKind.DATE, "", date=datetime.date.fromisoformat(value))


TRUE = Cell(1, 1, CellKind.BOOLEAN, "TRUE", Decimal(1))
FALSE = Cell(1, 1, CellKind.BOOLEAN, "FALSE", Decimal(0))
EMPTY = Cell(1, 1)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (TRUE, True),
        (FALSE, False),
        (number(1), True),
        (number(0), False),
        (text("✓"), True),
        (text("( / )"), True),
        (text("X"), False),
        (text("-"), False),
    ],
)
def test_a_tick_is_read_from_marks_booleans_and_one_and_zero(cell, value):
    assert read("tick", cell) == ValueReading(value)


def test_a_tick_that_is_only_likely_is_said_to_be_guessed():
    assert read("tick", text("อยู่ระหว่างดำเนินการ")) == ValueReading(value=False, trouble="guessed")


@pytest.mark.parametrize(
    "cell", [text("☒"), text("ทดสอบ"), number(2), number("NaN"), day("2024-11-29"), number(1, percent=True)]
)
def test_an_unclear_tick_is_refused_with_the_marks_to_use(cell):
    assert read("tick", cell) == ValueReading(None, "unreadable", "กรุณาใส่ ✓ หรือ X")
    assert read("tick", cell, yes=("/",), no=("ไม่",)).expected == "กรุณาใส่ / หรือ ไม่"


@pytest.mark.parametrize("cell", [EMPTY, text(""), text("( )"), text("☐"), text("....")])
def test_a_blank_tick_is_what_the_form_says_a_blank_is(cell):
    assert read("tick", cell).trouble == "missing"
    assert read("tick", cell, blank="no") == ValueReading(value=False)
    assert read("tick", cell, required=False) == ValueReading(None)


def test_the_forms_own_marks_win_in_ticks_too():
    assert read("tick", text("X"), yes=("X",)) == ValueReading(value=True)
    assert read("tick", number(1), no=("1",)) == ValueReading(value=False)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("integer", number(12), "12"),
        ("integer", number("12.0"), "12"),
        ("integer", number("11.999999999999999"), "12"),
        ("integer", text("๑๒ แห่ง"), "12"),
        ("integer", text("จำนวน 1,234 ครัวเรือน"), "1234"),
        ("integer", text("๑,๒๓๔"), "1234"),
        ("integer", text("12.00"), "12"),
        ("integer", text("007"), "7"),
        ("integer", text("-"), "0"),
        ("integer", text("ไม่มี"), "0"),
        ("integer", text("–"), "0"),
        ("integer", number(-3), "-3"),
        ("integer", text("3 พันธุ์"), "3"),
        ("decimal", number("0.30000000000000004"), "0.3"),
        ("decimal", number("1E-30"), "0"),
        ("decimal", number("1.5E+3"), "1500"),
        ("decimal", text("3.5 ตัน/วัน"), "3.5"),
        ("decimal", text("๑,๒๓๔.๕๐"), "1234.5"),
        ("decimal", text("12 ตร.ม."), "12"),
        ("money", number("1234.5"), "1234.50"),
        ("money", number("1234.565"), "1234.57"),
        ("money", text("5,000 บาท"), "5000.00"),
        ("money", text("๕,๐๐๐.๒๕ บาท"), "5000.25"),
        ("money", text("5,000.-"), "5000.00"),
        ("money", text("5000.- บาท"), "5000.00"),
        ("money", text("฿ 1,000,000"), "1000000.00"),
        ("money", text("-"), "0.00"),
        ("percent", number("0.745", percent=True), "74.5"),
        ("percent", number("74.5"), "74.5"),
        ("percent", text("74.50 %"), "74.5"),
        ("percent", text("ร้อยละ ๗๔.๕"), "74.5"),
        ("computed", text("1,234"), "1234"),
    ],
)
def test_numbers_come_out_as_plain_digits(kind, cell, value):
    assert read(kind, cell) == ValueReading(value)


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        *(
            ("integer", text(said))
            for said in (
                "1.5",
                "12.5 แห่ง",
                "1,23",
                "1,2345",
                "0,500",
                "1.234,50",
                "1 234",
                "สิบ",
                "12-15",
                "12 หรือ 13",
                "- 5",
            )
        ),
        *(
            ("integer", text(said))
            for said in (
                "12 (ชาย 5 หญิง 7)",
                "มากกว่า 5",
                "5 ล้าน",
                "74 %",
                "1e5",
                "9" * 40,
                "12 /",
                "๑๒๓-",
                "2 โหล",
                "12กว่า",
            )
        ),
        *(("money", text(said)) for said in ("5 ล้านบาท", "1.234", "1,5", "1.000.000", "12,34.50", "5,000 ครึ่ง")),
        *(("decimal", text(said)) for said in ("1,5", "3.5.2", "1/2", "12345678901234.567")),
        *(
            (kind, cell)
            for kind in ("integer", "decimal", "money", "percent")
            for cell in (TRUE, day("2024-11-29"), number("NaN"), number("1E+30"))
        ),
        ("integer", number("1.5")),
        ("integer", number("0.12", percent=True)),
    ],
)
def test_what_may_be_read_two_ways_is_no_number(kind, cell):
    reading = read(kind, cell)
    assert (reading.value, reading.trouble) == (None, "unreadable")
    assert reading.expected.startswith("กรุณาใส่")


def test_millions_are_read_where_the_question_is_in_millions():
    assert read("decimal", text("5.5 ล้านบาท"), unit="ล้านบาท") == ValueReading("5.5")


def test_brackets_and_about_are_said_to_be_guessed_and_never_a_minus():
    assert read("integer", text("( 12 )")) == ValueReading("12", "guessed")
    assert read("money", text("(1,234.50)")) == ValueReading("1234.50", "guessed")
    assert read("integer", text("ประมาณ 100 คน")) == ValueReading("100", "guessed")


def test_a_number_outside_the_limits_is_refused_and_the_limits_are_told():
    assert read("integer", number(3), minimum=1, maximum=5) == ValueReading("3")
    assert read("integer", text("-3"), minimum=-5) == ValueReading("-3")
    for cell in (number(6), text("๐"), text("-")):
        reading = read("integer", cell, minimum=1, maximum=5)
        assert (reading.trouble, reading.expected) == ("unreadable", "กรุณาใส่ตัวเลขจำนวนเต็ม ตั้งแต่ 1 ถึง 5")


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_errors_and_formulas_without_a_value_are_never_blank_or_zero(kind):
    for required in (True, False):
        error = read(kind, Cell(1, 1, CellKind.ERROR, "#DIV/0!"), required=required, blank="no")
        waiting = read(kind, Cell(1, 1, CellKind.UNCALCULATED, ""), required=required, blank="no")
        assert (error.value, error.trouble) == (None, "unreadable")
        assert (waiting.value, waiting.trouble) == (None, "not-calculated")


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_a_blank_is_missing_only_where_an_answer_is_asked_for(kind):
    reading = read(kind, EMPTY)
    assert reading.value is None
    assert reading.trouble == (None if kind == "computed" else "missing")
    assert read(kind, EMPTY, required=False) == ValueReading(None)


@pytest.mark.parametrize("said", ["........ บาท", "(    )", "(....) แห่ง", "____", "…………"])
def test_the_dots_of_a_printed_form_are_blank(said):
    assert read("money", text(said)).trouble == "missing"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (day("2024-11-29"), "2024-11-29"),
        (day("2567-11-29"), "2024-11-29"),
        (day("1967-11-29"), "2024-11-29"),
        (text("๒๙ พ.ย. ๖๗"), "2024-11-29"),
        (text("29/2/2567"), "2024-02-29"),
    ],
)
def test_dates_come_out_as_iso(cell, value):
    assert read("date", cell) == ValueReading(value)


def test_a_bare_count_of_days_near_the_report_is_a_guessed_date():
    assert read("date", number(45625)) == ValueReading("2024-11-29", "guessed")
    assert read("date", number(45625), near=None).trouble == "unreadable"
    assert read("date", number(39000)).trouble == "unreadable"


@pytest.mark.parametrize(
    "cell", [text("ไตรมาสที่ 2"), text("29/11"[:2]), day("2568-02-29"), day("1800-01-01"), TRUE, text("-")]
)
def test_what_is_no_date_is_refused(cell):
    assert read("date", cell).trouble == "unreadable"


@pytest.mark.parametrize("said", ["สูง", " สูง ", "2. สูง", "✓ สูง", "(2) สูง"])
def test_a_choice_is_one_of_those_declared(said):
    assert read("choice", text(said)) == ValueReading("สูง")


def test_another_choice_is_refused_with_the_list():
    reading = read("choice", text("สูงๆ ต่ำๆ"))
    assert reading == ValueReading(None, "unreadable", "กรุณาเลือกเพียงหนึ่งข้อจาก สูงมาก / สูง / ปานกลาง / ต่ำ")
    assert read("choice", text("-"), required=False) == ValueReading(None)
    assert read("choice", number(3, said=""), choices=("1", "2", "3")) == ValueReading("3")


def test_text_is_kept_normalised_and_without_secrets():
    assert read("text", text("มีปัญหา  เรื่อง\u200bนํ้า")) == ValueReading("มีปัญหา เรื่องน้ำ")
    assert read("text", text("key: aB3dE5gH7jK9mN1")) == ValueReading("key: [ปกปิด]")
    assert read("text", text("7440-001-0012/62")) == ValueReading("7440-001-0012/62")
    assert read("text", number(12, said="")) == ValueReading("12")
    assert read("text", day("2024-11-29")) == ValueReading("29 พ.ย. 2567")
    assert read("text", text("-")) == ValueReading("-")


THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_an_amount_is_the_same_however_it_is_written(amount):
    grouped = f"{amount:,.2f}"
    for said in (grouped, grouped.translate(THAI_DIGITS), f"{amount:.2f}", f"{grouped} บาท", f"จำนวน {grouped} บาท"):
        assert read("money", text(said)) == ValueReading(f"{amount:.2f}")
    assert read("money", number(amount)) == ValueReading(f"{amount:.2f}")


@given(st.integers(0, 10**14))
def test_a_count_is_the_same_however_it_is_written(count):
    for said in (f"{count}", f"{count:,}", f"{count:,}".translate(THAI_DIGITS), f"{count} แห่ง"):
        assert read("integer", text(said)) == ValueReading(str(count))
    assert read("integer", number(count)) == ValueReading(str(count))


CELLS = st.builds(
    Cell,
    st.just(1),
    st.just(1),
    st.sampled_from(CellKind),
    st.text() | st.from_regex(r"[0-9๐-๙.,()%\- ]{0,20}[ก-๙ ]{0,8}", fullmatch=True),
    st.none() | st.decimals() | st.just(Decimal("1E+999999")) | st.just(Decimal("sNaN")),
    st.none() | st.dates(),
    st.booleans(),
)


@given(CELLS, st.sampled_from(Kind), st.none() | st.dates(), st.booleans())
def test_no_cell_makes_reading_raise(cell, kind, near, required):
    reading = read(kind.value, cell, near=near, required=required, blank="no", yes=("x",))
    assert reading.value is None or reading.trouble in (None, "guessed")
    if kind in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.PERCENT) and reading.value is not None:
        assert set(reading.value) <= set("-0123456789.")
