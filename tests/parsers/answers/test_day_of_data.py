"""The day of a form's data: read with its weekday, and doubted where it is long before the circular."""

import datetime
from dataclasses import replace

import pytest

from bot.config.load import shipped_bureau
from parsers.answers.day_of_data import as_of, day_line
from parsers.circulars.which_tables_count import Counting
from parsers.findings import Code
from parsers.grid import Cell, CellKind, Grid, Sheet

NEAR = datetime.date(2024, 11, 12)  # the day of w5827


def sheet(text):
    return Grid("แบบรายงาน", {(20, 1): Cell(20, 1, CellKind.TEXT, text)})


@pytest.mark.parametrize(
    "text",
    ["ข้อมูล ณ วันศุกร์ ที่ 29 พ.ย. 2567", "ข้อมูล ณ วันศุกร์ที่ ๒๙ พฤศจิกายน ๒๕๖๗", "ข้อมูล ณ วันที่ 29/11/67", "ข้อมูล ณ 29 พ.ย. 67"],
)
def test_a_weekday_may_stand_before_the_day(text):
    said = day_line(sheet(text), shipped_bureau().circulars["w5827"].form, NEAR)
    assert said is not None
    assert said.date == datetime.date(2024, 11, 29)


@pytest.mark.parametrize(
    ("day", "quoted", "believed"),
    [
        ("29 พ.ค. 2567", "", False),
        ("๓๐ มิ.ย. ๒๕๖๗", "", False),
        ("31 ก.ค. 67", "", True),
        ("30 ก.ย. 2567", "", True),
        ("29 พ.ย. 2567", "", True),
        ("30 ก.ย. 2567", "ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗", False),
        ("1 พ.ย. 2567", "ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗", True),
    ],
)
def test_a_day_long_before_the_circular_is_said_and_not_taken(day, quoted, believed):
    """Three months and more: พ.ค. was written for พ.ย.; figures of the last quarter are taken, unless the circular has later ones."""
    catalogue = shipped_bureau().catalogue()
    one = Sheet("แบบรายงาน.xlsx", (1, 1), sheet(f"ข้อมูล ณ วันที่ {day}"))
    about = replace(catalogue.about["w5827"], words=(quoted,))
    read, findings = as_of([one], Counting(()), catalogue.forms["w5827"], NEAR, about)
    assert (read is not None) is believed
    assert [found.code for _, found in findings] == ([] if believed else [Code.DATE_DOUBTFUL])
