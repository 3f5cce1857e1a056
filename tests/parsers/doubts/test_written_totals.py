"""What a total, a sum and a list of findings may say, to the last number that counts."""

import re
from decimal import Decimal

import pytest

from parsers.answers.entry import Entry
from parsers.answers.missing_and_contradicting import answers_of, capped, sums_of
from parsers.doubts.written_totals import Column, agrees, figure
from parsers.findings import Code, Place, finding, shown
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.grid import Cell, CellKind
from parsers.values.decimals import decimal, plain
from parsers.values.read_value import ValueReading

TICK = Question(key="q", kind=Kind.TICK, label="จัดทำแล้ว")
COUNT = Question(key="q", kind=Kind.INTEGER, label="จำนวน")
YES, NO = ValueReading(value=True), ValueReading(value=False)
UNREAD, MISSING = ValueReading(None, "unreadable"), ValueReading(None, "missing")


def numbers(*values):
    return tuple(ValueReading(value) for value in values)


@pytest.mark.parametrize("yes", [0, 2])
@pytest.mark.parametrize("no", [0, 3])
@pytest.mark.parametrize("unread", [0, 1])
@pytest.mark.parametrize("example", [0, 1])
def test_a_count_of_ticks_may_differ_by_what_nobody_could_read_and_by_the_example(yes, no, unread, example):
    """A label says whether the done or the undone are counted, and one of all may count every row."""
    column = Column((YES,) * yes + (NO,) * no + (UNREAD,) * unread + (MISSING,), (YES, NO) * example)
    rows = yes + no + unread + 1
    for label, count in (
        ("รวม", yes),
        ("รวมดำเนินการแล้ว", yes),
        ("รวมยังไม่ดำเนินการ", no),
        ("รวมไม่มี", no),
        ("รวมที่ไม่ได้ทำ", no),
    ):
        fitting = [n for n in range(rows + 3) if agrees(Decimal(n), label, TICK, column)[0]]
        assert fitting == list(range(count, count + unread + example + 1)), label
        assert agrees(Decimal(0), label, TICK, column)[1] == str(count)
    all_of_them = [n for n in range(rows + 3) if agrees(Decimal(n), "ทั้งหมด", TICK, column)[0]]
    assert all_of_them == sorted({*range(yes, yes + unread + example + 1), rows})


@pytest.mark.parametrize(
    ("written", "fits"), [("10.300", True), ("10.305", True), ("10.295", True), ("10.306", False), ("10.294", False)]
)
def test_a_sum_may_differ_by_half_a_cent(written, fits):
    column = Column((*numbers("10", "0.1", "0.2"), MISSING))
    assert agrees(Decimal(written), "รวม", COUNT, column) == (fits, "10.3")
    assert agrees(Decimal(written), "รวม", COUNT, Column((*column.readings, UNREAD)))[0]  # who knows what that said
    assert agrees(Decimal(written), "รวม", COUNT, Column((MISSING,)))[0]


FORM = Form.model_validate(
    {
        "title": "แบบ",
        "question": [
            {"key": "a", "kind": "money", "label": "ก"},
            {"key": "b", "kind": "money", "label": "ข"},
            {"key": "c", "kind": "computed", "label": "รวม", "sum_of": ["a", "b"]},
        ],
    }
)


def row(build, **values):
    return {
        key: Entry(
            build.organisations[0],
            FORM.find(key),
            ValueReading(value),
            Place(),
            (0, 0, 1, at),
            value or "",
        )
        for at, (key, value) in enumerate(values.items())
    }


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        *(
            ({"a": "1", "b": "2", "c": "3"}, False),
            ({"a": "1", "b": "2", "c": "4"}, True),
            ({"a": "1", "b": "2", "c": None}, False),
        ),
        *(
            ({"a": "1", "b": "2", "c": "3.005"}, False),
            ({"a": "1", "b": "2", "c": "3.006"}, True),
            ({"a": "1", "b": "2", "c": "2.994"}, True),
        ),
        *(
            ({"a": "1", "b": None, "c": "9"}, False),
            ({"a": "1", "c": "9"}, False),
            ({"a": "1", "b": "2"}, False),
            ({"a": "0", "b": "0", "c": "1"}, True),
        ),
    ],
)
def test_a_sum_within_a_row_is_compared_once_all_of_its_parts_are_there(values, wrong, build):
    found = list(sums_of(row(build, **values), FORM))
    assert [made.code for _, _, made in found] == [Code.SUM_MISMATCH] * wrong
    if wrong:
        [(entry, misfit, made)] = found
        assert (entry.order, misfit.column, misfit.written) == ((0, 0, 1, 2), "c", values["c"])
        assert values["c"] in made.message
        assert plain(Decimal(values["a"]) + Decimal(values["b"])) in made.message


@pytest.mark.parametrize(("length", "kept"), [(79, 79), (80, 80), (81, 80)])
def test_a_value_is_shown_in_at_most_eighty_letters(length, kept):
    said = shown("ก" * length)
    assert len(said) == kept
    assert said.endswith("…") is (length > 80)
    assert shown("ก\n  ข") == "ก ข"


@pytest.mark.parametrize("count", [2, 12, 13, 15])
def test_cells_that_contradict_each_other_are_listed_up_to_twelve(count, build):
    entries = [
        Entry(
            build.organisations[0],
            FORM.find("a"),
            ValueReading(str(n)),
            Place("f", "s", f"C{n}"),
            (0, 0, n, 1),
            str(n),
        )
        for n in range(count)
    ]
    answers, [(order, found)] = answers_of([*entries, *entries[:1]], FORM)
    assert answers == []
    assert (order, found.code, found.place.cell) == ((0, 0, 0, 1), Code.ORGANISATION_DUPLICATED, "C0")
    listed = [f"C{n}" for n in range(count) if re.search(rf"C{n}(?![0-9])", found.message)]
    assert listed == [f"C{n}" for n in range(min(count, 12))]
    assert (f"และอีก {count - 12} แห่ง" in found.message) is (count > 12)


@pytest.mark.parametrize("count", [99, 100, 101, 103])
def test_a_hundred_findings_of_one_code_are_listed_and_of_more_their_number(count):
    told = [
        ((0, 0, n, 0), finding(Code.ORGANISATION_UNKNOWN, Place("f", "s", f"B{n}"), "x", hint="")) for n in range(count)
    ]
    other = [((0, 1, 0, 0), finding(Code.ORGANISATION_UNKNOWN, Place("f", "t", "B1"), "x", hint=""))]
    kept = [made for _, made in capped([*reversed(told), *other])]
    places = [made.place.cell for made in kept if made.place.sheet == "s"]
    assert places[:100] == [f"B{n}" for n in range(min(count, 100))]
    assert places[100:] == ([""] if count > 100 else [])
    assert [made.place.sheet for made in kept].count("t") == 1
    if count > 100:
        [more] = [made for made in kept if made.place.cell == ""]
        assert f"อีก {count - 100} รายการ" in more.message


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(
            (Cell(1, 1, CellKind.NUMBER, "5", Decimal(5)), 5),
            (Cell(1, 1, CellKind.TEXT, "๑๒ แห่ง"), 12),
            (Cell(1, 1, CellKind.TEXT, "-1,234.5"), Decimal("-1234.5")),
        ),
        *((Cell(1, 1, CellKind.TEXT, text), None) for text in ("xx แห่ง", "......", "5 จาก 7", "", "-", "ครบ")),
        *((Cell(1, 1, kind, "5"), None) for kind in (CellKind.ERROR, CellKind.UNCALCULATED, CellKind.EMPTY)),
    ],
)
def test_a_totals_cell_says_one_figure_or_none(cell, value):
    assert figure(cell) == value


def test_numbers_are_compared_as_numbers_and_written_without_a_tail():
    assert [decimal(value) for value in ("1.50", "x", None, True, False, "NaN", "Infinity")] == [
        Decimal("1.5"),
        *[None] * 6,
    ]
    assert [plain(Decimal(text)) for text in ("10", "10.00", "10.50", "0.0", "1E+3")] == [
        "10",
        "10",
        "10.5",
        "0",
        "1000",
    ]
