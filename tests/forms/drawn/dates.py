"""The day of the data, as forms say it."""

import datetime
from typing import Any

from tests.forms.drawing import DENCHAI, FOOT, As, book, official, rows
from tests.forms.drawn.case import Drawn, drawn

BODY = rows(DENCHAI)
DAY = "2024-11-29"


def _said(name: str, why: str, line: list[Any], *findings: str, as_of: str | None = DAY) -> Drawn:
    """The form with this line for the day of the data; it is row 19."""
    foot = [*FOOT[:5], line, *FOOT[6:]]
    more = {"as_of": as_of} if as_of else {}
    return drawn(name, book(official(BODY, foot=foot)), why, *findings, **more)


def _above(name: str, why: str, line: list[Any]) -> Drawn:
    page = official(BODY)
    page.rows[2] = line
    return drawn(name, book(page), why, as_of=DAY)


def CASES() -> list[Drawn]:  # noqa: N802 - one word for all modules
    """All of them."""
    day = datetime.date(2024, 11, 29)
    return [
        _said("thai", "in Thai digits", ["ข้อมูล ณ วันที่ ๒๙ พฤศจิกายน ๒๕๖๗"]),
        _said("short", "short month, short year", ["ข้อมูล ณ วันที่ 29 พ.ย. 67"]),
        _said("slashes", "slashes", ["ข้อมูล ณ วันที่ 29/11/2567"]),
        _said("on-the-dots", "written on the printed dots", ["ข้อมูล ณ วันที่..29../.พ.ย../๒๕๖๗"]),
        _said("into-slashes", "written between the printed slashes", ["ข้อมูล ณ วันที่ ๒๙/พฤศจิกายน/๒๕๖๗"]),
        _said("next-cell", "in the next cell", ["ข้อมูล ณ วันที่", "29 พฤศจิกายน 2567"]),
        _said("next-cell-date", "a date in the next cell", ["ข้อมูล ณ วันที่", day]),
        _said("next-cell-buddhist", "a Buddhist year typed into Excel", ["ข้อมูล ณ วันที่", datetime.date(2567, 11, 29)]),
        _said(
            "next-cell-thai-format",
            "a date shown in the Thai calendar",
            ["ข้อมูล ณ วันที่", As(day, "[$-107041E]d mmmm yyyy;@")],
        ),
        _said("three-cells", "day, month and year in cells of their own", ["ข้อมูล ณ วันที่", 29, "พฤศจิกายน", 2567]),
        _said("no-that-word", "without วันที่", ["ข้อมูล ณ 29 พ.ย. 2567"]),
        _said("in-brackets", "in brackets", ["(ข้อมูล ณ วันที่ 29 พฤศจิกายน 2567)"]),
        _said("with-time", "with a time of day", ["ข้อมูล ณ วันที่ 29 พฤศจิกายน 2567 เวลา 16.30 น."]),
        _said("misspelt", "the month misspelt", ["ข้อมูล ณ วันที่ 29 พฤษจิกายน 2567"]),
        _said("left-blank", "left as printed", ["ข้อมูล ณ วันที่....../......./๒๕๖๗"], as_of=None),
        _said("only-month", "only the month: said", ["ข้อมูล ณ เดือน พฤศจิกายน 2567"], "date-unreadable A19", as_of=None),
        _said("impossible", "31 November: said", ["ข้อมูล ณ วันที่ 31 พฤศจิกายน 2567"], "date-unreadable A19", as_of=None),
        _above("above-the-table", "above the table", ["ข้อมูล ณ วันที่ 29 พ.ย. 2567"]),
        _above("in-the-title", "at the end of a title", ["อำเภอเด่นชัย จังหวัดแพร่ ข้อมูล ณ วันที่ ๒๙ พฤศจิกายน ๒๕๖๗"]),
    ]
