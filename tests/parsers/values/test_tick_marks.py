"""Tick marks by glyph, font, letter and word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.values.symbol_fonts import translate
from parsers.values.tick_marks import Tick, tick

MEANINGS = {
    Tick.YES: [
        *[
            "✓",
            "✔",
            "√",
            "☑",
            "🗸",
            "🗹",
            "✅",
            "/",
            "⁄",
            "∕",
            "／",
            "1",
            "๑",
            "Y",
            "y",
            "มี",
            "แล้ว",
            "ใช่",
            "ถูกต้อง",
            "TRUE",
            "true",
            "yes",
            "OK",
            "ok.",
            "มีแล้ว",
            "ดำเนินการแล้ว",
            "จัดทำแล้ว",
        ],
        *[
            "ทำแล้ว",
            "ลงแล้ว",
            "ประกาศแล้ว",
            "เรียบร้อย",
            "เรียบร้อยแล้ว",
            "เสร็จแล้ว",
            "เสร็จสิ้น",
            "ครบถ้วนแล้ว",
            "//",
            "✓✓✓",
            "ดําเนินการแล้ว",
            "...มี...",
            "1.0",
        ],
        *("( / )", "(✓)", "[✓]", "/ /", "✓ แล้ว", "✓.....", "☑️", "/ ดำเนินการแล้ว", "(✓) แล้ว", "- มี", "( มี )", " ✓\n"),
        *("จัดทำประกาศแล้ว", "ลงข้อมูลในระบบ info.go.th แล้ว", "ดำเนินการเสร็จเรียบร้อยแล้ว", "ได้ดำเนินการแล้ว"),
        *("✓ 12 พ.ย. 67", "✓ ตามประกาศลงวันที่ ๕ พ.ย. ๖๗"),
        *("(✓) มี ( ) ไม่มี", "☑ มี ☐ ไม่มี", "( / ) ดำเนินการแล้ว (  ) ยังไม่ดำเนินการ"),
    ],
    Tick.NO: [
        *[
            "✗",
            "✘",
            "✕",
            "✖",
            "×",
            "x",
            "X",
            "❌",
            "❎",
            "Х",
            "Χ",
            "ⅹ",
            "0",
            "๐",
            "-",
            "–",
            "—",
            "--",
            "XX",
            "N",
            "n",
            "ไม่มี",
            "ยัง",
            "ไม่",
            "ไม่ใช่",
            "FALSE",
            "no",
            "ยังไม่",
            "ยังไม่มี",
            "ยังไม่ดำเนินการ",
        ],
        *(
            "ไม่ได้ดำเนินการ",
            "ยังไม่ได้จัดทำ",
            "ยังมิได้ดำเนินการ",
            "ยังไม่แล้วเสร็จ",
            "-ไม่มี-",
            "(X)",
            "( - )",
            "x.",
            "X ยังไม่ได้ทำ",
            "X รอเอกสาร",
        ),
        *("( ) มี (✓) ไม่มี", "☐ ดำเนินการแล้ว ☑ ยังไม่ดำเนินการ"),
    ],
    Tick.GUESSED_NO: ["อยู่ระหว่างดำเนินการ", "กำลังดำเนินการ", "ระหว่างดำเนินการ", "รอประกาศ", "🗷"],
    Tick.GUESSED_YES: ["ดำเนินการ", "v", "นายกลงนามแล้ว", "(x) มี ( ) ไม่มี", "[x]"],
    Tick.UNCLEAR: [
        *[
            "☒",
            "⌧",
            "ü",
            "û",
            "þ",
            "P",
            "O",
            "a",
            "R",
            "2",
            "๑๒",
            "11",
            "10",
            "?",
            "■",
            "มี/ไม่มี",
            "✓/✗",
            "✓x",
            "ยกเลิกแล้ว",
            "n/a",
            "ไม่มีปัญหา",
            "ทดสอบ",
            "ไม่ทราบ",
            "\\",
            "#REF!",
            "1/2",
        ],
        *("☑ มี ☑ ไม่มี", "ยังไม่ได้จัดทำ แต่ลงข้อมูลแล้ว", "✓ ยังไม่ได้ทำ", "✗ แล้ว", "1 แห่ง", "12 พ.ย. 67", "✓ " * 150),
        *("ยังไม่แล้วเสร็จบางส่วน", "จะแล้ว", "/12"),
    ],
    Tick.BLANK: [
        "",
        " ",
        "☐",
        "□",
        "( )",
        "(    )",
        "[ ]",
        "[]",
        "....",
        "(....)",
        "___",
        "…",
        "( ) มี ( ) ไม่มี",
        "☐ มี ☐ ไม่มี",
        "." * 400,
    ],
}


@pytest.mark.parametrize(
    ("meaning", "text"), [(meaning, text) for meaning, texts in MEANINGS.items() for text in texts]
)
def test_each_mark_means_what_it_means_to_a_clerk(meaning, text):
    assert tick(text) is meaning


def test_the_marks_of_the_form_win_over_the_built_in_ones():
    assert tick("X", yes=("X",)) is Tick.YES
    assert tick("(x)", yes=("X",)) is Tick.YES  # the same mark by another key
    assert tick("✗", yes=("X",)) is Tick.YES
    assert tick("x", yes=("X",), no=("x",)) is Tick.YES or tick("x", no=("x",)) is Tick.NO
    assert tick("–", yes=("-",)) is Tick.YES
    assert tick("P", yes=("P",)) is Tick.YES
    assert tick("☒", yes=("☒",)) is Tick.YES
    assert tick("มีแล้ว", no=("มีแล้ว",)) is Tick.NO
    assert tick("ไม่ประสงค์", no=("ไม่ประสงค์",)) is Tick.NO
    assert tick("1", no=("๑",)) is Tick.NO


def test_a_mark_the_form_does_not_name_keeps_its_meaning():
    assert tick("✗", yes=("✓",)) is Tick.NO
    assert tick("", yes=("✓",)) is Tick.BLANK


@given(st.text(), st.text(max_size=3), st.tuples(st.text(max_size=3)), st.sampled_from(["", "Wingdings", "Symbol"]))
def test_no_text_makes_a_tick_raise(text, short, marks, font):
    for said in (text, short, f"({short})", f"{short} {text}", f"✓{text}", f"[{short}] มี [ ] {text}"):
        assert isinstance(tick(translate(said, font), marks, marks[::-1]), Tick)


@given(st.sampled_from([text for texts in MEANINGS.values() for text in texts]))
def test_spaces_around_a_mark_mean_nothing(text):
    assert tick(f"  {text} ") is tick(text)


@pytest.mark.parametrize(
    "text", ["ยังไม่รายงาน", "ยังไม่ได้รายงาน", "ไม่ได้รายงาน", "ไม่รายงาน", "รอข้อมูล", "ยังไม่ได้รับข้อมูล", "ยังไม่ได้ส่งรายงาน"]
)
def test_not_reported_is_no_answer_and_never_a_no(text):
    assert tick(text) is Tick.BLANK


@pytest.mark.parametrize("text", ["ยังไม่ได้ลงข้อมูล", "ยังไม่ได้ดำเนินการ", "ไม่ได้ทำ"])
def test_not_done_is_a_no(text):
    assert tick(text) is Tick.NO
