"""Forms of several rows with rows and columns exchanged: each figure goes to its own kind, or none is read."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจสระน้ำ",
        "row_label": "ชนิดแหล่งน้ำ",
        "row": [{"key": "pond", "label": "สระน้ำ", "aliases": ["สระ"]}, {"key": "weir", "label": "ฝาย"}],
        "question": [
            {"key": "built", "kind": "integer", "label": "จำนวนที่สร้าง (แห่ง)", "unit": "แห่ง"},
            {"key": "cost", "kind": "money", "label": "งบก่อสร้าง (บาท)"},
        ],
    }
)
BUILT, COST = "จำนวนที่สร้าง (แห่ง)", "งบก่อสร้าง (บาท)"
WIDE = {"built__pond": "4", "cost__pond": "900.00", "built__weir": "2", "cost__weir": "1000.00"}
NARROW = {"built__pond": "7", "cost__pond": "0.00", "built__weir": "1", "cost__weir": "55.00"}
BOTH = {"อบต.สรอย": WIDE, "ทต.นาพูน": NARROW}
NAMES = ["อบต.สรอย", "ทต.นาพูน"]
POND, WEIR = [[BUILT, 4, 7], [COST, 900, 0]], [[BUILT, 2, 1], [COST, 1000, 55]]


def said(rows, build, merges=()):
    """What is read, by the name it is read for."""
    found: dict[str, dict[str, object]] = {}
    for table in find_tables(build.page(rows, merges=list(merges)).grid(), FORM):
        for row in table.rows:
            values = {key: table.readings.of(FORM.find(key), cell).value for key, cell in row.cells.items()}
            found.setdefault(row.name.text, {}).update(values)
    return found


@pytest.mark.parametrize("swapped", [False, True])
def test_kinds_across_under_the_name(swapped, build):
    kinds = ["ฝาย", "สระน้ำ"] if swapped else ["สระน้ำ", "ฝาย"]
    step = -1 if swapped else 1
    figures = [[BUILT, *[4, 2][::step]], [COST, *[900, 1000][::step]]]
    assert said([["อบต.สรอย"], ["รายการ", *kinds], *figures], build) == {"อบต.สรอย": WIDE}


def test_names_across_each_over_its_kinds(build):
    rows = [
        ["รายการ", "อบต.สรอย", None, "ทต.นาพูน", None],
        ["ชนิดแหล่งน้ำ", "สระน้ำ", "ฝาย", "สระ", "ฝาย"],
        [BUILT, 4, 2, 7, 1],
        [COST, 900, 1000, 0, 55],
    ]
    assert said(rows, build, [(1, 2, 1, 3), (1, 4, 1, 5)]) == BOTH


@pytest.mark.parametrize("merges", [[], [(2, 1, 3, 1), (4, 1, 5, 1)]], ids=["repeated", "merged"])
def test_kinds_and_questions_down_the_side(merges, build):
    again = [None, None] if merges else ["สระน้ำ", "ฝาย"]
    rows = [["ชนิดแหล่งน้ำ", "รายการ", *NAMES], ["สระน้ำ", *POND[0]], [again[0], *POND[1]]]
    rows += [["ฝาย", *WEIR[0]], [again[1], *WEIR[1]]]
    assert said(rows, build, merges) == BOTH


def test_kinds_within_each_question_down_the_side(build):
    rows = [["รายการ", "ชนิดแหล่งน้ำ", *NAMES], [BUILT, "สระน้ำ", 4, 7], [None, "ฝาย", 2, 1]]
    rows += [[COST, "สระน้ำ", 900, 0], [None, "ฝาย", 1000, 55]]
    assert said(rows, build, [(2, 1, 3, 1), (4, 1, 5, 1)]) == BOTH


@pytest.mark.parametrize("swapped", [False, True])
def test_a_line_for_each_kind_above_its_questions(swapped, build):
    parts = [["สระน้ำ"], *POND, ["ฝาย"], *WEIR]
    parts = parts[3:] + parts[:3] if swapped else parts
    assert said([["รายการ", *NAMES], *parts], build) == BOTH


def test_kinds_that_nobody_named_are_not_told_by_their_order(build):
    for parts in ([*POND, *WEIR], [["สระน้ำ"], *POND, ["บ่อบาดาล"], *WEIR], [["ฝาย"], *WEIR]):
        assert not any(said([["รายการ", *NAMES], *parts], build).values())
    wide = [["อปท.", BUILT, COST, BUILT, COST], ["อบต.สรอย", 4, 900, 2, 1000]]
    assert not any(said(wide, build).values())


def test_a_thousand_beside_a_figure_is_no_unit(build):
    """1000 as a text is one (หน่วย 1000)."""
    assert said([["รายการ", "สระน้ำ", "ฝาย"], [BUILT, 4, 1000], [COST, 900, 100]], build)[""]["built__pond"] == "4"
