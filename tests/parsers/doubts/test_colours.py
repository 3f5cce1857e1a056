"""Colours that the sheet itself explains are read; what they take back is asked, and colours that nobody explains are."""

import datetime
import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from parsers.doubts.colours_against_answers import colours_against_answers
from parsers.findings import Code
from parsers.form.form import Form
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest, Organisation
from parsers.tables.find import find_tables
from parsers.values.colour_legend import Said, colours_said, named

FORM = Form.model_validate(
    {
        "title": "แบบสำรวจสระว่ายน้ำ",
        "question": [
            {"key": "rules", "kind": "tick", "label": "จัดทำระเบียบแล้ว"},
            {"key": "guards", "kind": "tick", "label": "แต่งตั้งผู้ดูแล"},
            {"key": "pools", "kind": "integer", "label": "จำนวนสระ"},
        ],
    }
)
CODES = {"อบต.สรอย": "5540901", "อบต.แม่พุง": "5540902", "อบต.นาพูน": "5540903"}
ORGANISATIONS = tuple(
    Organisation(code, "อบต.", name.replace("อบต.", "องค์การบริหารส่วนตำบล"), name, "วังชิ้น") for name, code in CODES.items()
)
GREEN, RED, YELLOW, STRANGE = "FF92D050", "FFFF9999", "FFFFFF00", "FFB1A0C7"
BOTH = "สีเขียว = ดำเนินการแล้ว  สีแดง = ยังไม่ได้ดำเนินการ"


def read(legend, colours, marks=(None, None), form=FORM):
    """Three rows: the colours of their two ticks, and the same marks in all."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ที่", "ชื่อ อปท.", "จัดทำระเบียบแล้ว", "แต่งตั้งผู้ดูแล", "จำนวนสระ"])
    for at, (name, pair) in enumerate(zip(CODES, colours, strict=True), 2):
        sheet.append([at - 1, name, *marks, at])
        for column, colour in enumerate(pair, 3):
            if colour:
                sheet.cell(at, column).fill = PatternFill("solid", fgColor=colour)
    sheet.cell(6, 1).value = legend
    out = io.BytesIO()
    book.save(out)
    catalogue = Catalogue({"pools": form}, ORGANISATIONS, (), None)
    reading = read_file("a.xlsx", out.getvalue(), FileRequest(catalogue, "pools"))
    values = {(answer.organisation, answer.question): answer.value for answer in reading.standing()}
    ticks = [[values.get((code, key)) for key in ("rules", "guards")] for code in CODES.values()]
    return ticks, {found.code for found in reading.findings}


EACH = [(GREEN, GREEN), (GREEN, RED), (RED, RED)]


def test_a_column_of_which_each_cell_has_a_colour_of_the_legend_is_read():
    assert read(BOTH, EACH) == ([[True, True], [True, False], [False, False]], set())
    none = "ช่องที่ระบายสีเขียว หมายถึง ดำเนินการแล้ว ช่องที่ไม่ระบายสี หมายถึง ยังไม่ได้ดำเนินการ"
    assert read(none, [(GREEN, GREEN), (GREEN, None), (None, None)]) == (
        [[True, True], [True, False], [False, False]],
        set(),
    )


@pytest.mark.parametrize(
    ("legend", "colours"),
    [
        ("", EACH),  # nobody says what they mean
        (BOTH, [(STRANGE, STRANGE), (GREEN, RED), (RED, RED)]),  # one is not of the legend
        ("สีเขียว = ดำเนินการแล้ว สีเขียว = ยังไม่ได้ดำเนินการ", EACH),
        ("สีเขียว = เทศบาล สีแดง = อบต.", EACH),
    ],
)
def test_all_else_is_asked(legend, colours):
    ticks, codes = read(legend, colours)
    assert ticks[0] == [None, None]
    assert Code.ANSWER_UNREADABLE in codes


def test_what_a_colour_takes_back_is_asked():
    unsure = "ช่องสีเหลือง หมายถึง ข้อมูลยังไม่ยืนยัน รอ อปท. แจ้งใหม่"
    ticks, codes = read(unsure, [(YELLOW, None), (None, None), (None, YELLOW)], ("✓", "✓"))
    assert ticks == [[None, True], [True, True], [True, None]]
    assert codes == {Code.ANSWER_UNREADABLE}
    ticks, _ = read(BOTH, [(GREEN, RED), (None, None), (None, None)], ("✓", "✓"))
    assert ticks == [[True, None], [True, True], [True, True]]


@pytest.mark.parametrize(
    ("fill", "name"),
    [
        *(("FF0000", "red"), ("FF9999", "red"), ("FFC000", "orange"), ("FFFF00", "yellow"), ("92D050", "green")),
        *(
            ("00B050", "green"),
            ("FFF2CC", "yellow"),
            ("00B0F0", "blue"),
            ("0070C0", "blue"),
            ("7030A0", "violet"),
            ("D9D9D9", "grey"),
        ),
        *(("", ""), ("theme4", None), ("gradient", None)),
    ],
)
def test_fills_by_name(fill, name):
    assert named(fill, {"red", "orange" if name == "orange" else "yellow", "green", "blue", "violet"}) == name


def test_between_two_colours_the_one_that_is_spoken_of_is_meant():
    assert named("FFC000", {"red"}) is None
    assert named("FFC000", {"orange", "yellow"}) is None


@pytest.mark.parametrize(
    ("legend", "asked"),
    [
        ("ตัวเลขสีแดง = ข้อมูลปี 2567 ยังไม่ได้ปรับปรุง", {"pools"}),
        ("ตัวเอียงสีแดงคือข้อมูลปี 2566", {"pools"}),
        ("สีแดง = ข้อมูลปี 2568", set()),
        ("สีเขียว = ข้อมูลปี 2566", set()),
        ("โปรดกรอกตัวเลข", set()),
    ],
)
def test_letters_of_a_colour_that_is_not_firm_are_asked(legend, asked, build):
    grid = build.page([["ที่", "อปท.", "จัดทำระเบียบแล้ว", "จำนวนสระ"], [1, "อบต.สรอย", "✓", 4], [legend]]).grid()
    (table,) = find_tables(replace(grid, inks={(2, 4): "FF0000"}), FORM, datetime.date(2025, 6, 16))
    assert {doubt.key for doubt in colours_against_answers(table, table.readings)} == asked


def test_a_legend_in_several_lines():
    lines = ["สีเขียว : ดำเนินการแล้ว", "แถบสีเหลืองอ่อน คือ ตัวเลขประมาณการ", "สีประจำจังหวัดคือสีแดง", "ก" * 400]
    assert colours_said(lines) == {"green": Said.DONE, "yellow": Said.NOT_FIRM}
