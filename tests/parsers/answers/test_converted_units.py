"""Figures in a unit that the circular declares beside its own: converted, and said; any other unit is asked as ever."""

import io

import openpyxl
import pytest

from parsers.form.form import Form
from parsers.read import read_file
from parsers.reading import FileRequest
from tests.parsers.rules import CODE, NAMES, catalogue

TONS = {"key": "tons", "kind": "decimal", "label": "ปริมาณขยะ (ตัน/วัน)", "aliases": ["ปริมาณขยะ"], "unit": "ตัน/วัน"}
PAID = {"key": "paid", "kind": "money", "label": "งบประมาณ (บาท)", "aliases": ["งบประมาณ"], "units": {"พันบาท": 1000}}
LAND = {
    "key": "land",
    "kind": "integer",
    "label": "พื้นที่ (ไร่)",
    "aliases": ["พื้นที่"],
    "unit": "ไร่",
    "units": {"ตร.ม.": 0.000625},
}
KILOS = {**TONS, "minimum": 0, "maximum": 50, "units": {"กก.": 0.001}}
FORM = Form.model_validate({"title": "แบบ", "question": [KILOS, PAID, LAND]})
USUAL = ["ที่", FORM.organisation_label, *(question.label for question in FORM.question)]


def read(tons=1, paid=2, land=3, *, headings=(), above=(), total=None, form=FORM, below=()):
    """The values by key, and the findings, of one row under these headings, which stand in the usual ones' place by key."""
    book = openpyxl.Workbook()
    keys = ["", "", "tons", "paid", "land"]
    for line in above:
        book.active.append([line])
    book.active.append([dict(headings).get(key, usual) for key, usual in zip(keys, USUAL, strict=True)])
    book.active.append([1, NAMES["ทต."], tons, paid, land])
    if total is not None:
        book.active.append(["รวม", None, total, None, None])
    for line in below:
        book.active.append([line])
    out = io.BytesIO()
    book.save(out)
    reading = read_file("แบบ.xlsx", out.getvalue(), FileRequest(catalogue(form), "rules", CODE))
    return {a.question: a for a in reading.answers}, [(f.code.value, f.question) for f in reading.findings], reading


SAID = [("unit-converted", "tons")]


@pytest.mark.parametrize("cell", ["500 กก.", "๕๐๐ กิโลกรัม", "500 กก./วัน", "จำนวน 500.00 กก."])
def test_a_unit_behind_the_figure_is_converted_and_said(cell):
    answers, findings, reading = read(cell)
    assert (answers["tons"].value, answers["tons"].evidence, findings) == ("0.5", cell, SAID)
    assert f"อ่านเป็น 0.5 ตัน/วัน จาก {cell}" in reading.findings[0].message
    assert reading.outcome == "accepted"


@pytest.mark.parametrize(
    "where",
    [
        {"headings": {"tons": "ปริมาณขยะ (กก./วัน)"}},
        {"headings": {"tons": "ปริมาณขยะ (กก.)"}},
        {"above": ["หน่วย : กิโลกรัม"]},
        {"above": ["กรอกปริมาณขยะเป็นกิโลกรัม"]},
        {"below": ["ปริมาณขยะเป็นกิโลกรัม"]},
    ],
)
@pytest.mark.parametrize(("cell", "value"), [(500, "0.5"), ("1,500", "1.5"), (0.1, "0.0001"), ("500 กก.", "0.5")])
def test_a_unit_stated_elsewhere_converts_what_names_none(where, cell, value):
    answers, findings, _ = read(cell, **where)
    assert (answers["tons"].value, findings) == (value, SAID)
    assert answers["tons"].evidence.startswith("500 ก" if value == "0.5" else f"{cell} ก")
    assert "paid" in answers


@pytest.mark.parametrize(
    ("cell", "where"),
    [
        ("0.5 ตัน", {"headings": {"tons": "ปริมาณขยะ (กก./วัน)"}}),  # the cell against its heading
        ("500 กก./เดือน", {}),
        ("500 ลบ.ม.", {}),
        (500, {"headings": {"tons": "ปริมาณขยะ (กก./เดือน)"}}),
        (500, {"headings": {"tons": "ปริมาณขยะ (ลบ.ม.)"}}),
        ("60000 กก.", {}),  # above the maximum when converted
        ("กก.", {}),
    ],
)
def test_any_other_unit_is_asked(cell, where):
    answers, findings, _ = read(cell, **where)
    assert ("tons" in answers, findings) == (False, [("answer-unreadable", "tons")])


def test_what_is_written_in_the_questions_own_unit_stays():
    answers, findings, _ = read("12.5 ตัน", "5,000 บาท")
    assert (answers["tons"].value, answers["paid"].value, findings) == ("12.5", "5000.00", [])


@pytest.mark.parametrize(("cell", "value"), [("1.25 พันบาท", "1250.00"), ("12 พัน", "12000.00"), (7, "7.00")])
def test_money_by_the_thousand(cell, value):
    assert read(paid=cell)[0]["paid"].value == value


def test_a_whole_number_is_whole_after_converting():
    assert read(land="3200 ตร.ม.")[0]["land"].value == "2"
    assert read(land="3300 ตร.ม.")[1] == [("answer-unreadable", "land")]


@pytest.mark.parametrize(
    ("cell", "total", "wrong"),
    [(500, 500, False), (500, 0.5, False), (500, 700, True), ("500 กก.", 0, False), ("500 กก.", 0.5, False)],
)
def test_a_total_may_be_in_either_unit(cell, total, wrong):
    where = {} if isinstance(cell, str) else {"headings": {"tons": "ปริมาณขยะ (กก.)"}}
    assert [code for code, _ in read(cell, total=total, **where)[1]] == ["unit-converted", *["total-mismatch"] * wrong]


def test_without_a_declaration_nothing_is_converted():
    form = Form.model_validate({"title": "แบบ", "question": [TONS, PAID, LAND]})
    assert read("500 กก.", form=form)[1] == [("answer-unreadable", "tons")]
