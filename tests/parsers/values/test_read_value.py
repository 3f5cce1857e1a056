"""One value of each kind from one cell."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.grid import Cell, CellKind
from parsers.values.read_value import ValueReading, read_value

NEAR = datetime.date(2024, 11, 29)
CHOICES = ("สูงมาก", "สูง", "ปานกลาง", "ต่ำ")


def question(kind, **more):
    if kind in ("choice", "choices", "progress"):
        more.setdefault("choices", CHOICES[:3] if kind == "progress" else CHOICES)
    return Question(**{"key": "q", "kind": kind, "label": "จำนวน", **more})


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
        ("integer", text("3 พันธุ์"), "3"),
        ("decimal", number("0.30000000000000004"), "0.3"),
        ("decimal", number("1E-30"), "0"),
        ("decimal", number("1.5E+3"), "1500"),
        ("decimal", text("๑,๒๓๔.๕๐"), "1234.5"),
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
                "12 34",
                "ร้อย",
                "12-15",
                "12 หรือ 13",
                "- 5",
            )
        ),
        *(
            ("integer", text(said))
            for said in (
                "12 (ชาย 5 หญิง 6)",
                "12 (ใช้ได้ 5 ชำรุด 7)",
                "12 (ปี 67 5 ปี 68 7)",
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
        *(("money", text(said)) for said in ("5 ล้าน", "1.234", "1,5", "1.000.000", "12,34.50", "5,000 ครึ่ง")),
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
    assert read("money", text("5.5 ล้านบาท"), unit="ล้านบาท") == ValueReading("5.50")
    assert read("money", text("5 แสนบาท"), unit="ล้านบาท").trouble == "unreadable"


def test_brackets_and_about_are_said_to_be_guessed_and_never_a_minus():
    assert read("integer", text("( 12 )")) == ValueReading("12", "guessed")
    assert read("money", text("(1,234.50)")) == ValueReading("1234.50", "guessed")
    assert read("integer", text("ประมาณ 100 คน")) == ValueReading("100", "guessed")


def test_a_figure_below_nothing_is_said_to_be_guessed_where_none_may_be():
    assert read("money", number(-50)) == read("money", text("-50")) == ValueReading("-50.00", "guessed")
    assert read("decimal", number(-3)) == ValueReading("-3", "guessed")
    assert read("decimal", number(-3), minimum=-5) == ValueReading("-3")


def test_a_number_in_words_or_with_spaces_for_thousands_is_said_to_be_guessed():
    assert read("integer", text("1 234")) == ValueReading("1234", "guessed")
    assert read("integer", text("สิบ")) == ValueReading("10", "guessed")
    assert read("money", text("หนึ่งพันสองร้อยบาทถ้วน")) == ValueReading("1200.00", "guessed")


def test_a_unit_that_nobody_asked_for_is_said_where_the_question_names_none():
    assert read("decimal", text("3.5 ตัน/วัน")) == ValueReading("3.5", "guessed")
    assert read("decimal", text("12 ตร.ม.")) == ValueReading("12", "guessed")


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
    assert read("text", day("2024-11-29"), label="วันที่ประกาศ") == ValueReading("29 พ.ย. 2567")
    assert read("text", text("-")) == ValueReading("-")


def test_a_day_that_a_spreadsheet_made_of_a_text_is_asked():
    """Of "5/2567" it makes a day of May; what was typed is lost."""
    reading = read("text", day("2024-05-01"), label="เลขที่คำสั่ง")
    assert (reading.value, reading.trouble) == (None, "unreadable")
    assert "'" in reading.expected


# What clerks type, and what a careful person reads: a value, ``?value`` for one that is read and said, None for one that is asked.
PLACES = {
    "๑,๒๐๐.-": "1200", "1,200.-": "1200", "1,200,-": "1200", "5.": "5", "5.0": "5", "5.00": "5", "00": "0", "007": "7",
    "๕": "5", "５": "5", "'5": "5", '"5"': "5", "+5": None, "-0": "0", "- แห่ง": "0", "-": "0", "–": "0", "--": "0",
    "ไม่มี": "0", "5 แห่ง": "5", "5แห่ง.": "5", "5 อปท.": "5", "5 จุด": "5", "มี 5 แห่ง": "5", "ทั้งหมด 5 แห่ง": "5",
    "จำนวน 5 แห่ง": "5", "5 (ห้า)": "5", "5 (ห้า) แห่ง": "5", "5 แห่ง (ห้าแห่ง)": "5", "ห้า (5)": "5", "5\nแห่ง": "5",
    "(5)": "?5", "(5 แห่ง)": "?5", "[5]": "?5", "1 200": "?1200", "1 234 567": "?1234567", "ห้า": "?5", "ห้าแห่ง": "?5",
    "สองร้อย": "?200", "ยี่สิบเอ็ด แห่ง": "?21", "ศูนย์": "?0", "ประมาณ 5": "?5", "5 แห่งโดยประมาณ": "?5", "2 คัน": "?2",
    "5 หลัง": "?5", "5 แห่ง (บ่อดิน)": "?5", "5 แห่ง/ปี": "?5", "5 pcs": "?5",
    "5 (หก)": None, "5 แห่ง (หกแห่ง)": None, "5 (เดิม 3)": "?5", "5 แห่ง (จากเดิม 3 แห่ง)": "?5", "5 (เดิมไม่มี)": None,
    "2 แห่ง (บ้านวังดิน, บ้านนาหลวง)": "?2", "๓ แห่ง ได้แก่ บ้านดง บ้านใหม่ และบ้านหนองบัว": "?3", "3 แห่ง (บ้านดง, บ้านใหม่)": None,
    "2 แห่ง (ยังไม่รวมบ้านดง บ้านใหม่)": None, "ม.3 = 40, ม.6 = 35 รวม 75": "?75", "ม.3 = 40, ม.6 = 35 รวม 80": None,
    "75 x 8 = 600": "600", "75 x 8 = 660": None, "รวม 120 (วัด 80 ผู้ปกครอง 40)": "?120", "=6=": "6", "**8**": "8", "*8*": None, "500 ครัวเรือน": None, "5 คน": None, "5 หมู่บ้าน": None,
    "5 บาท": None, "5 กก.": None, "5 ต่อเดือน": None, "5 แห่ง/วัน": None, "5%": None, "100%": None, "100 USD": None,
    "1.2 ล้าน": None, "5 พัน": None, "2 โหล": None, "200k": None, "1½": None, "½": None, "10²": None, "5①": None,
    "Ⅴ": None, "1O0": None, "12OO": None, "l2": None, "1e5": None, "1E+05": None, "5x": None, "5 x 2": None,
    "12.000": None, "1.234": None, "1.200,50": None, "1,23": None, "2,5": None, "12 34": None, "12\n345": None,
    "12/5": None, "1-2": None, "10+5": None, "5-": None, "5/": None, "5?": None, "5 ?": None, "~": None, "-5": None,
    "- 5": None, "3 แห่ง จาก 5": None, "5 แห่ง 2 จุด": None, "มากกว่า 5": None, "5 กว่า": None, "เกือบ 5": None,
    "2 แห่งครึ่ง": None, "ร้อยเอ็ด": None, "เก้าเลี้ยว": None, "ห้าหก": None, "ครบ": None, "N/A": None, "n/a": None,
    "450 (รอยืนยัน)": None, "5 (ไม่แน่ใจ)": None, "ไม่ทราบ": None, "ไม่มีข้อมูล": None, "รอข้อมูล": None, "เท่าเดิม": None, "ไม่มี 5": None, "ข้อ 5": None, "12 พ.ค.": None, "12 พฤษภาคม": None, "10.30 น.": None, "xx": None,
}  # fmt: skip
TONS = {
    "12.5": "12.5", "๑๒.๕": "12.5", "12.500": "12.5", "12.5.": "12.5", "12,000.50": "12000.5", "12.5 ตัน": "12.5",
    "12.5 ตัน/วัน": "12.5", "12.5 ตันต่อวัน": "12.5", "12.5 ตัน ต่อ วัน": "12.5", "12.5 ต่อวัน": "12.5", "12.5 t": "12.5",
    "12.5 tons/day": "12.5", "12.5 ton per day": "12.5", "12½": "12.5", "12 ½ ตัน": "12.5", "¾ ตัน": "0.75", "-": "0",
    ".5": "?0.5", "~12.5": "?12.5", "ประมาณ 12.5 ตัน/วัน": "?12.5", "12.5 ตัน (เฉลี่ย)": "?12.5",
    "12,5": None, "12..5": None, "⅓": None, "12 1/2": None, "12.5 กก.": None, "12.5 กก./วัน": None, "12.5 kg": None,
    "12.5 ตัน/เดือน": None, "365 ตัน/ปี": None, "12.5 ตัน/คน/วัน": None, "1.5 ลบ.ม.": None, "12.5 คิว": None,
    "12.5 ลิตร": None, "12.5 คัน": None, "12.5 m": None, "12.5 วัน": None, "12 ตัน 500 กก.": None, "12.5 ตันเศษ": None,
    "12.5-13": None, "12.5±1": None, ">12": None, "<1": None, "น้อยกว่า 1": None, "สิบสองจุดห้า": None, "1'200": None,
}  # fmt: skip
BAHT = {
    "1,200.-": "1200.00", "1200.-บาท": "1200.00", "1,200.00 บาท": "1200.00", "1,200 บาทถ้วน": "1200.00", "1200 บ.": "1200.00",
    "1200 baht": "1200.00", "1200 THB": "1200.00", "฿1200": "1200.00", "1200฿": "1200.00", "- บาท": "0.00", "0.-": "0.00",
    "1,200 บาท (หนึ่งพันสองร้อยบาทถ้วน)": "1200.00", "1200.50.-": "1200.50",
    "1 200.50 บาท": "?1200.50", "(1,200)": "?1200.00", "สองแสน": "?200000.00", "100 บาท/ปี": "?100.00",
    "1200 (จากเงินสะสม)": "?1200.00", "7.17 ล้านบาท": "7170000.00", "3 แสนบาท": "300000.00", "2.5 หมื่นบาทถ้วน": "25000.00",
    "1,200 บาท 5 สต.": "1200.05", "ห้าร้อยบาทยี่สิบห้าสตางค์": "?500.25",
    "725.50 บาท (เจ็ดร้อยยี่สิบห้าบาทห้าสิบสตางค์)": "725.50", "725.50 บาท (เจ็ดร้อยยี่สิบห้าบาทสิบสตางค์)": None,
    "1200 ล้านบาท": None, "1,200 บาท 120 สตางค์": None, "2 ล้านกว่าบาท": None, "1.5 ล้านบาท/ปี": None,
    "1,200 บาท (หนึ่งพันสามร้อยบาทถ้วน)": None, "1.2 ล้าน": None, "1.2 ลบ.": None, "1.2 MB": None, "1.2M": None,
    "12 แสน": None, "1200 พันบาท": None, "1200 พันบ.": None, "100 USD": None, "$100": None, "100 $": None, "100 ยูโร": None,
    "100 เหรียญ": None, "50 สต.": None, "1,200 บาท 50 สตางค์": "1200.50", "100 บาท/เดือน": None, "100 บาทต่อคน": None,
    "1.500": None, "1,500.125": None, "1.200,50": None, "-1,200": None, "1200%": None, "1200 คน": None, "1,2OO": None,
    "-.-": None, "ไม่ใช้งบประมาณ": None, "ไม่มีงบประมาณ": None, "5,000 ครึ่ง": None, "1,200=": None, "ฟรี": None,
}  # fmt: skip
SHARES = {
    "40": "40", "40%": "40", "๔๐ %": "40", "ร้อยละ ๔๐": "40", "40 เปอร์เซ็นต์": "40", "40 pct": "40", "40 (ร้อยละ)": "40",
    "0.4%": "0.4", "ร้อยละ 0.4": "0.4", "คิดเป็นร้อยละ 40": "40", "ร้อยละ 40 (สี่สิบ)": "40", "100%": "100", "-": "0",
    "0.4": "?0.4", "0.40": "?0.4", ".45": "?0.45", "ร้อยละ ๔๐ ของครัวเรือน": "?40", "ประมาณ 40%": "?40", "สี่สิบ": "?40",
    "0,4": None, "40/100": None, "4 ใน 10": None, "½": None, "40-50%": None, ">40%": None, "140": None, "-40": None,
    "40 คน": None, "40 ครัวเรือน": None, "40% (500 ครัวเรือน)": None, "40 บาท": None, "40 ppm": None, "40‰": None, "ครบ": None,
}  # fmt: skip
DAYS = {
    "20/6/2568": "2025-06-20", "๒๐/๖/๒๕๖๘": "2025-06-20", "20.6.68": "2025-06-20", "20/6/25": "2025-06-20",
    "วันศุกร์ที่ 20 มิ.ย. 68": "2025-06-20", "20/6/2572": "2029-06-20", "20 มิ.ย. 2559": "2016-06-20",
    "20/6": "?2025-06-20", "12/5": "?2025-05-12", "20 มิถุนายน": "?2025-06-20", "20/6/2577": "?2034-06-20",
    "20/6/1982": "?1982-06-20", "20 มิ.ย. 2500": "?1957-06-20", "20/6/2482": "?1939-06-20",
    "ภายในวันที่ 20 มิ.ย. 68": None, "คาดว่าวันที่ 20 มิ.ย. 68": None, "วันจันทร์ที่ 20 มิ.ย. 68": "?2025-06-20",
    "20/6/1925": None, "20/6/2468": None, "20/6/2043": None, "20/6/2586": None, "20/6/3568": None, "20 มิ.ย. 2460": None,
    "31/6/2568": None, "29/2/2568": None, "6/20/2568": None, "20/6/256": None, "20 มิ.ย. 57": "?2014-06-20", "20 ม.ย. 68": None,
    "20 มิ.ย. ค.ศ. 2568": None, "20-25 มิ.ย. 68": None, "20, 21 มิ.ย. 68": None, "มิ.ย. 68": None, "ไตรมาส 2": None,
    "ครั้งที่ 3/2568 เมื่อวันที่ 20 มิ.ย. 2568": "?2025-06-20", "20 มิ.ย. 68 (คณะกรรมการชุดที่ 2)": "?2025-06-20",
    "มติสภาฯ สมัยที่ 2 ลว. 20 มิ.ย. 68": "?2025-06-20", "ลงนามเมื่อ 20/6/68 เวลา 09.30 น.": "2025-06-20",
    "เสนอสภาเมื่อวันที่ 20 มิ.ย. 68": "?2025-06-20", "เสนอสภาครั้งที่ 2 เมื่อวันที่ 20 มิ.ย. 68": None,
    "20 มิ.ย. 68 และ 25 มิ.ย. 68": None, "20/6/68-25/6/68": None, "เดิมวันที่ 20 มิ.ย. 68 (ชุดที่ 1)": None, "เลขที่ 20/6/68": None,
    "เลื่อนจากวันที่ 20 มิ.ย. 68": None, "ยังไม่กำหนดวันที่ 20 มิ.ย. 68": None, "20250620": None, "2568": None, "5.12": None, "-": None,
}  # fmt: skip
PICKED = {
    "ฝังกลบ": "ฝังกลบ", "ฝัง กลบ.": "ฝังกลบ", "1) ฝังกลบ": "ฝังกลบ", "✓ ฝังกลบ": "ฝังกลบ", "(✓) ฝังกลบ": "ฝังกลบ", "☑ ฝังกลบ": "ฝังกลบ",
    "(/) ฝังกลบ": "ฝังกลบ", "ฝังกลบ (✓)": "ฝังกลบ", "(✓) ฝังกลบ ( ) เตาเผา": "ฝังกลบ", "☐ ฝังกลบ ☑ เตาเผา ☐ ส่งเอกชน": "เตาเผา",
    "ฝังกลบ?": "?ฝังกลบ",
    "✗ ฝังกลบ": None, "X ฝังกลบ": None, "☐ ฝังกลบ": None, "( ) ฝังกลบ": None, "[ ] ฝังกลบ": None, "○ ฝังกลบ": None, "☒ ฝังกลบ": None,
    "☑ ฝังกลบ ☑ เตาเผา": None, "☐ ฝังกลบ ☐ เตาเผา": None, "ฝังกลบ/เตาเผา": None, "ฝังกลบ X": None, "ไม่ฝังกลบ": None, "1": None, "-": None,
}  # fmt: skip
MARKED = {
    "✓": "True", "✓✓": "True", "(✓)": "True", "๑": "True", "/ ทำแล้ว": "True", "X": "False", "-": "False", "๐": "False",
    "☐ เข้าร่วม ☑ ไม่เข้าร่วม": "False", "(/) คัดแยก ( ) ไม่มีการคัดแยก": "True", "☒ เข้าร่วม ☐ ไม่เข้าร่วม": "?True",
    "☑ เข้าร่วม ☑ ไม่เข้าร่วม": None, "ยังเลยครับ": "False", "ทำครบทุกคัน": "True", "ทำเกือบทุกคัน": None,
    "✓ (ด่วน)": "?True", "ดำเนินการแล้วเมื่อ 29 พ.ย. 67": "True", "อยู่ระหว่าง": "?False",
    "✓ (เฉพาะปี 2566)": None, "ทำแล้วเพียง 2 หมู่บ้าน": None, "✓ เฉพาะหมู่ 3": None, "✓ (คณะทำงานเฉพาะกิจ)": "?True", "มีเพียงพอ": None,
    "✓ (บางส่วน)": None, "✓ 50%": None, "/ แต่ยังไม่ครบ": None, "✓ ?": None, "✓ X": None, "2": None, "½": None, "1/2": None,
    "100%": None, "1 แห่ง": None, "N/A": None, "ไม่ครบ": None, "ทำแล้วแต่ยังไม่ลง": None, "มี/ไม่มี": None, "O": None, "〃": None,
}  # fmt: skip
TYPED = {
    "place": ({"kind": "integer", "unit": "แห่ง", "minimum": 0}, PLACES),
    "tons": ({"kind": "decimal", "unit": "ตัน/วัน", "minimum": 0}, TONS),
    "baht": ({"kind": "money", "minimum": 0}, BAHT),
    "share": ({"kind": "percent", "unit": "ร้อยละ", "minimum": 0, "maximum": 100}, SHARES),
    "day": ({"kind": "date"}, DAYS),
    "picked": ({"kind": "choice", "choices": ("ฝังกลบ", "เตาเผา", "ส่งเอกชน", "ยังไม่มี")}, PICKED),
    "marked": ({"kind": "tick"}, MARKED),
}


@pytest.mark.parametrize(
    ("about", "said", "meant"), [(about, *case) for about, (_, cases) in TYPED.items() for case in cases.items()]
)
def test_what_a_clerk_types_is_read_as_a_careful_person_reads_it_or_asked(about, said, meant):
    one = dict(TYPED[about][0])
    reading = read(one.pop("kind"), text(said), near=datetime.date(2025, 6, 20), **one)
    shown = None if reading.value is None else f"{'?' if reading.trouble == 'guessed' else ''}{reading.value}"
    assert shown == meant
    assert reading.trouble in ((None, "guessed") if meant else ("unreadable",))


def test_choices_that_differ_by_a_sign_are_never_taken_for_one_another():
    ranges = ("<50", "50-100", ">100")
    assert [read("choice", text(said), choices=ranges).value for said in ranges] == list(ranges)
    assert [read("choice", text(said), choices=ranges).value for said in (">50", "<100", "50", "50100")] == [None] * 4


def test_a_unit_refused_is_told_with_the_unit_to_use():
    assert read("decimal", text("5 กก."), unit="ตัน").expected == "กรุณาใส่ตัวเลข หน่วยเป็นตัน"


def test_a_number_shown_with_another_unit_by_its_format_is_refused():
    assert read("money", number(1500, said="1,500 พันบาท")).trouble == "unreadable"
    assert read("decimal", number(12, said="12 กก."), unit="ตัน").trouble == "unreadable"
    assert read("money", number(1500, said="1,500 บาท")) == ValueReading("1500.00")


@pytest.mark.parametrize(
    ("stored", "value", "trouble"),
    [
        ("2016-06-20", "2016-06-20", None),
        ("1982-06-20", "1982-06-20", "guessed"),
        ("1957-06-20", None, "unreadable"),  # typed 57: 2500 or 2557
        ("1968-06-20", "2025-06-20", None),
        ("1925-06-20", None, "unreadable"),
        ("2043-06-20", None, "unreadable"),
    ],
)
def test_a_stored_date_far_from_the_report_is_said_and_a_slip_in_the_century_is_asked(stored, value, trouble):
    reading = read("date", day(stored), near=datetime.date(2025, 6, 20))
    assert (reading.value, reading.trouble) == (value, trouble)


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


@pytest.mark.parametrize("label", ["วันที่ซ้อมครั้งสุดท้าย", "วันที่ล้างถังล่าสุด", "วันที่ประชุมที่ผ่านมา"])
def test_a_day_to_come_is_none_where_a_past_one_is_asked(label):
    near = datetime.date(2025, 6, 16)
    assert read("date", text("30 มิ.ย. 2568"), near=near, label=label).value == "2025-06-30"
    late = read("date", text("18 ธ.ค. 2568"), near=near, label=label)
    assert (late.value, late.expected) == (None, "กรุณาเขียนวันที่ซึ่งผ่านมาแล้ว เช่น ๑๖ มิถุนายน ๒๕๖๘")
    assert read("date", text("18 ธ.ค. 2568"), near=near, label="วันที่จะซ้อม").value == "2025-12-18"
    assert read("date", text("18 ธ.ค. 2568"), near=None, label=label).value == "2025-12-18"


@pytest.mark.parametrize(
    ("near", "said"), [(datetime.date(2026, 1, 5), "เช่น ๕ มกราคม ๒๕๖๙"), (None, "วัน เดือน และปี พ.ศ. ให้ครบ")]
)
def test_a_date_is_asked_for_by_an_example_of_now(near, said):
    assert read("date", text("พรุ่งนี้"), near=near).expected == f"กรุณาเขียนวันที่ {said}"


# --- limits: the last that counts and the first that does not ---------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        *(("integer", "9" * 15, "9" * 15), ("integer", "1" + "0" * 15, None)),
        *(("integer", "0" * 199 + "5", "5"), ("integer", "0" * 200 + "5", None)),  # 200 characters
        *(("decimal", "0." + "1" * 15, "0." + "1" * 15), ("decimal", "0." + "1" * 16, None)),
        *(("decimal", "0.0000000001", "0.0000000001"), ("decimal", "0.00000000001", None)),
        *(("integer", "123.000", None), ("integer", "1234.000", "1234"), ("integer", "1,234.000", "1234")),
        *(("integer", "123.00", "123"), ("integer", "123.0000", "123"), ("integer", "0.000", "0")),
        *(("money", "123.000", None), ("money", "1234.000", "1234.00"), ("decimal", "123.000", "123")),
        *(("money", "0.12", "0.12"), ("money", "0.125", None), ("money", "12.345", None), ("money", "1234.565", None)),
        *(("percent", "0", "0"), ("percent", "0.01", "?0.01"), ("percent", "0.99", "?0.99"), ("percent", "1", "1")),
        *(
            ("percent", "0.99 %", "0.99"),
            ("percent", "ร้อยละ 0.01", "0.01"),
            ("percent", "½", None),
            ("percent", "1½", "1.5"),
        ),
    ],
)
def test_how_large_fine_or_long_a_typed_number_may_be(kind, said, value):
    reading = read(kind, text(said))
    assert ("?" if reading.trouble == "guessed" else "") + (reading.value or "") == (value or "")


@pytest.mark.parametrize(
    ("kind", "stored", "value"),
    [
        *(("decimal", "999999999999999", "9" * 15), ("decimal", "1E+15", None), ("decimal", "-1E+15", None)),
        *(
            ("decimal", "1E-10", "0.0000000001"),
            ("decimal", "9.9E-11", "0"),
            ("decimal", "0.1234567890123454", "0.123456789012345"),
        ),
        *(
            ("decimal", "0.1234567890123456", "0.123456789012346"),
            ("decimal", "-0.0", "0"),
            ("decimal", "1200.50", "1200.5"),
        ),
        *(
            ("money", "0.004", "0.00"),
            ("money", "-0.004", "0.00"),
            ("money", "0.005", "0.01"),
            ("money", "1234567.895", "1234567.90"),
        ),
        *(("percent", "0", "0"), ("percent", "0.01", "?0.01"), ("percent", "0.99", "?0.99"), ("percent", "1", "1")),
        *(("percent", "-0.5", None), ("integer", "5.000000000000001", "5"), ("integer", "5.00000000000001", None)),
    ],
)
def test_how_large_or_fine_a_stored_number_may_be(kind, stored, value):
    reading = read(kind, number(stored))
    assert ("?" if reading.trouble == "guessed" else "") + (reading.value or "") == (value or "")


@pytest.mark.parametrize(("low", "high"), [(3, 3), (None, 3), (3, None), (None, None)])
def test_the_limits_of_a_question_are_within_it_and_are_told(low, high):
    for value in (2, 3, 4):
        reading = read("integer", number(value), minimum=low, maximum=high)
        within = (low is None or low <= value) and (high is None or value <= high)
        assert reading.value == (str(value) if within else None)
        if not within:
            told = {(3, 3): "ตั้งแต่ 3 ถึง 3", (None, 3): "ไม่เกิน 3", (3, None): "ไม่น้อยกว่า 3"}[low, high]
            assert reading.expected == f"กรุณาใส่ตัวเลขจำนวนเต็ม {told}"


def test_a_minus_is_a_guess_unless_the_question_goes_below_zero():
    assert read("decimal", text("-5")) == ValueReading("-5", "guessed")
    assert read("integer", text("-5"), minimum=-5) == ValueReading("-5")
    assert read("integer", text("-0"), minimum=0) == ValueReading("0")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        *(("12 (ชาย 5 หญิง 7)", "12"), ("๑๒ คน (ครู ๙ ผู้ดูแล ๓)", "12"), ("3 (หมู่ 2 จำนวน 2 หมู่ 5 จำนวน 1)", "3")),
        *(("1,250 (วัด 1,000 โรงเรียน 250)", "1250"), ("5 (วัด 4, โรงเรียน 1) แห่ง", "5")),
    ],
)
def test_a_figure_whose_parts_in_brackets_come_to_it_is_read_and_said(said, value):
    assert read("integer", text(said)) == ValueReading(value, "guessed")


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        *(
            ("integer", "......950......ใบ", "950"),
            ("integer", "____12____ คน", "12"),
            ("decimal", "....9.6.... กม.", "9.6"),
        ),
        *(
            ("money", "=12,500=", "12500.00"),
            ("money", "=12,500.-=", "12500.00"),
            ("integer", "…………๑,๔๐๔…………หลัง", "1404"),
        ),
    ],
)
def test_what_a_paper_form_has_round_a_figure_is_no_part_of_it(kind, said, value):
    assert read(kind, text(said), label=f"จำนวน ({said.strip(' 0123456789.,_…=-๑๔๐') or 'บาท'})").value == value


def test_figures_apart_on_a_dotted_line_are_not_put_together():
    assert read("integer", text("12....345")).trouble == "unreadable"


def test_roofs_are_houses_where_houses_are_counted():
    assert read("integer", text("120 หลังคาเรือน"), label="สำรวจแล้ว (หลัง)") == ValueReading("120")
    assert read("integer", text("120 ครัวเรือน"), label="สำรวจแล้ว (หลัง)").trouble == "unreadable"


def test_a_fee_for_each_may_say_for_each_what():
    assert read("money", text("1,000 บาท/ศพ"), label="ค่าธรรมเนียมต่อศพ (บาท)").value == "1000.00"
    assert read("money", text("1,000 บาท/วัน"), label="ค่าธรรมเนียมต่อศพ (บาท)").value is None


@pytest.mark.parametrize(
    "said", ["18 มิถุนายน 2568 ณ หอประชุมอำเภอ", "18 มิ.ย. 68 ที่ห้องประชุม อบต.", "วันที่ ๑๘ มิ.ย. ๖๘ (ช่วงเช้า)"]
)
def test_where_and_at_which_hour_it_was_leaves_the_day(said):
    assert read("date", text(said), datetime.date(2025, 6, 25)) == ValueReading("2025-06-18")


@pytest.mark.parametrize(
    ("said", "value"),
    [
        *(("สูง (ตรวจเมื่อวานนี้)", "สูง"), ("ปานกลาง 72 คะแนน", "ปานกลาง"), ("สูงมาก: ตลาดสด", "สูงมาก"), ("สูง ทุกวันพุธ", "สูง")),
        *(("สูงส่ง", None), ("สูง (เดิมต่ำ)", None), ("สูง ไม่ใช่ปานกลาง", None), ("สูง แต่ลดลง", None), ("สูง (ปี 2567)", None)),
        *(("สูง และต่ำ", None), ("สูง/ต่ำ", None), ("สูง, เสี่ยง", None), ("สูง ?", "สูง"), ("สูง (ยังไม่ยืนยัน)", None)),
    ],
)
def test_a_choice_with_a_detail_behind_it_is_that_choice_and_said(said, value):
    reading = read("choice", text(said))
    assert (reading.value, reading.trouble) == (value, "guessed" if value else "unreadable")


def test_nothing_is_counted_below_zero():
    assert read("integer", text("-5")).trouble == "unreadable"
    assert read("integer", number(-5)).trouble == "unreadable"


@pytest.mark.parametrize("said", ["+5", "+ 5 คน", "+12 จากเดือนก่อน", "12 เพิ่มจากเดิม", "3 (เดือนที่แล้ว)", "2 ลดลงจากปีก่อน"])
def test_by_how_much_it_changed_is_not_how_much_there_is(said):
    assert read("integer", text(said)).trouble == "unreadable"
    assert read("decimal", text(said)).trouble == "unreadable"


@pytest.mark.parametrize(
    "said", ["จะประชุมวันที่ 10 ก.ค. 68", "นัดไว้ 10 ก.ค. 2568", "กำหนด 10 กรกฎาคม 2568", "เลื่อนเป็น 10 ก.ค. 68"]
)
def test_a_day_that_is_only_planned_is_asked_where_the_question_is_no_plan(said):
    near = datetime.date(2025, 6, 25)
    assert read("date", text(said), near, label="วันที่ซ้อมแผน").trouble == "unreadable"
    assert read("date", text("จะซ้อมวันที่ 10 ก.ค. 2568"), near, label="วันที่จะซ้อมแผน").value == "2025-07-10"
    for latest in ("ภายในวันที่ 30 กันยายน 2568", "ไม่เกิน 30 ก.ย. 68"):
        assert read("date", text(latest), near, label="วันที่คาดว่าจะแล้วเสร็จ").value == "2025-09-30"
        assert read("date", text(latest), near, label="วันที่ซ้อมแผน").value is None


def test_words_that_nothing_was_reported_are_not_the_blank_that_means_no():
    assert read("tick", EMPTY, blank="no") == ValueReading(value=False)
    assert read("tick", text("......"), blank="no") == ValueReading(value=False)
    for said in (
        "อยู่ระหว่างรวบรวมข้อมูล จะส่งให้ภายหลัง",
        "ข้อมูลจะส่งให้ภายหลัง",
        "ยังไม่ส่งรายงาน",
        "รอข้อมูลจาก รพ.สต.",
        "อยู่ระหว่างติดตามข้อมูลจากหน่วยงาน",
        "อยู่ระหว่างทวงถามรายงาน",
    ):
        assert read("tick", text(said), blank="no").trouble == "missing"


def test_a_dash_is_no_text_where_the_question_may_be_left_blank():
    assert read("text", text("-"), required=False) == ValueReading(None)
    assert read("text", text("ไม่มี"), required=False) == ValueReading("ไม่มี")


@pytest.mark.parametrize("said", ["12 (แผน)", "12 เป้าหมาย", "2 เท่า", "12 (ปีก่อน)"])
def test_a_figure_of_something_else_is_asked(said):
    assert read("money", text(said)).trouble == "unreadable"
    assert read("integer", text(said)).trouble == "unreadable"


def test_about_so_much_baht_is_said():
    assert read("money", text("12 (ประมาณ)")) == ValueReading("12.00", "guessed")
    assert read("integer", text("-5"), minimum=0).trouble == "unreadable"


def test_a_bare_count_of_days_is_believed_five_years_around_the_report():
    today = (NEAR - datetime.date(1899, 12, 30)).days
    for days in (-1830, 0, 1830):
        day = NEAR + datetime.timedelta(days=days)
        assert read("date", number(today + days)) == ValueReading(day.isoformat(), "guessed")
    for count in (today - 1831, today + 1831, f"{today}.5"):
        assert read("date", number(count)).trouble == "unreadable"
    for near, count in ((datetime.date(2000, 1, 2), 36525), (datetime.date(2099, 12, 30), 73051)):
        assert read("date", number(count), near=near).trouble == "unreadable"
        inward = count + (1 if count == 36525 else -1)
        assert read("date", number(inward), near=near).trouble == "guessed"


@pytest.mark.parametrize(("year", "read_as"), [(1899, None), (1900, 1900), (2100, 2100), (2101, None)])
def test_a_day_without_a_report_is_of_these_two_centuries(year, read_as):
    assert read("date", day(f"{year}-06-20"), near=None).value == (f"{read_as}-06-20" if read_as else None)
    assert read("date", text(f"20/6/{year}"), near=None).value == (f"{read_as}-06-20" if read_as else None)


@pytest.mark.parametrize(
    ("label", "value"),
    [("วันที่เริ่มใช้งาน", None), ("จัดตั้งเมื่อวันที่", None), ("วันที่ประชุม", "2021-08-23"), ("วันที่ตรวจล่าสุด", "2021-08-23")],
)
def test_a_day_of_1964_may_be_true_where_a_beginning_is_asked(label, value):
    stored = Cell(1, 1, CellKind.DATE, "", date=datetime.date(1964, 8, 23))
    assert read("date", stored, label=label).value == value
    assert read("date", stored, label=label, not_before=datetime.date(2015, 1, 1)).value == "2021-08-23"


@pytest.mark.parametrize(("said", "value"), [("เคย", True), ("ไม่เคย", False)])
def test_the_verb_with_which_a_label_begins_answers_it(said, value):
    assert read("tick", text(said), label="เคยยกฐานะ").value is value
    assert read("tick", text(said), label="ซ้อมแผน").value is None


@pytest.mark.parametrize("kind", ["date", "choice", "choices", "integer", "money"])
@pytest.mark.parametrize("said", ["ไม่มี", "-"])
def test_a_word_for_nothing_leaves_what_need_not_be_answered_blank(kind, said):
    assert read(kind, text(said), required=False) == ValueReading(None, None)


@pytest.mark.parametrize("said", ["หลายบาท 25 สตางค์", "ร้อยกว่าบาทห้าสิบสตางค์"])
def test_satang_beside_baht_that_cannot_be_read_are_no_money(said):
    assert read("money", text(said)).trouble == "unreadable"


@pytest.mark.parametrize("kind", ["date", "text", "choice"])
@pytest.mark.parametrize("printed", ["........", "(      )", "_____", "....../....../......"])
def test_what_the_form_prints_to_be_filled_in_is_a_missing_answer(kind, printed):
    assert read(kind, text(printed)).trouble == "missing"
