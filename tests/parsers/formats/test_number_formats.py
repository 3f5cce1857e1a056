"""What a person sees of a number under an Excel number format."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.formats import cells
from parsers.formats.number_formats import Shown, look_of, look_of_text
from parsers.grid import CellKind

HIDDEN, SCALED = "[ซ่อนไว้]", "[แสดงตัวเลขไม่เต็มจำนวน]"


@pytest.mark.parametrize(
    ("number_format", "value", "seen"),
    [
        ("General", 5, "5"),
        ("#,##0.00", 5, "5"),
        ("0%", 0.5, "50%"),
        ("t0", 5, "5"),
        ("[$-D07041E]#,##0", 5, "5"),
        ("[$฿-41E]#,##0.00", 5, "5"),
        ('_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-', 0, "0"),
        ("#,##0;-#,##0;", 0, "0"),
        ("#,##0_);[Red](#,##0)", -5, "-5"),
        (";;;", 5, f"{HIDDEN} 5"),
        (";;;", 0, f"{HIDDEN} 0"),
        ("0;;", -5, f"{HIDDEN} -5"),
        ("#,##0,", 12000, f"{SCALED} 12000"),
        ("0.0,,", 5, f"{SCALED} 5"),
        ("#,##0,", 0, "0"),
        ('0"000"', 12, f"{SCALED} 12"),
        ('"✓";"✗"', 1, "✓"),
        ('"✓";;"✗"', 0, "✗"),
        ("\\✓;\\✗", -1, "✗"),
        ('[=1]"✓";[=0]"✗"', 0, "✗"),
        ('[=1]"✓";[=0]"✗";General', 2, "2"),
        ('[<50]"น้อย";"มาก"', 50, "มาก"),
        ('"ก"0', 5, "ก5"),
        ('0" แห่ง"', 5, "5 แห่ง"),
        ('0.0" ล้านบาท"', 1.2, "1.2 ล้านบาท"),
    ],
)
def test_an_answer_is_what_the_format_shows(number_format, value, seen):
    assert cells.figure((1, 1), value, number_format).text == seen


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("@", Shown.ITSELF),
        ("0;0;0;@", Shown.ITSELF),
        (";;;", Shown.NOTHING),
        ('0;0;0;"x"', Shown.TEXT),
        ("0;0", Shown.ITSELF),
    ],
)
def test_a_text_is_hidden_only_by_a_section_of_its_own(number_format, shown):
    assert look_of_text(number_format).shown is shown


def test_a_truth_is_hidden_by_empty_sections_only():
    truth = cells.truth((1, 1), value=True)
    assert cells.hidden_by(";;;", truth).kind is CellKind.DOUBTFUL
    assert cells.hidden_by('"✓";"✗"', truth) == truth


@given(st.text('0#,.;"\\[]<>=%@_* กE+-/', max_size=40), st.integers(-(10**9), 10**9))
def test_no_format_raises(number_format, value):
    look_of(number_format, Decimal(value))
    look_of_text(number_format)
