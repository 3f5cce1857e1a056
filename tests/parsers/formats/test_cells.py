"""Cells from what spreadsheets store: counts of days, number formats, errors."""

import datetime

import pytest

from parsers.formats import cells
from parsers.grid import CellKind

AT = (1, 1)


@pytest.mark.parametrize(
    ("number_format", "moment", "buddhist", "percent"),
    [
        ("General", False, False, False),
        ("0.00E+00", False, False, False),
        ("0.0%", False, False, True),
        ('0.0"%"', False, False, False),
        ('#,##0 "บาท day"', False, False, False),
        ("[Red]0;[Blue]0", False, False, False),
        ("t0", False, False, False),
        ("[$-D00041E]0", False, False, False),
        ("_-* #,##0_d;-0", False, False, False),
        ("yyyy\\-mm\\-dd", True, False, False),
        ("[h]:mm", True, False, False),
        ("[$-101041E]d mmm yyyy", True, False, False),
        ("[$-107041E]d mmm yy;@", True, True, False),
        ("[$-D07041E]d mmmm yyyy;@", True, True, False),
        ("[$-1070000]d/mm/yyyy;@", True, True, False),
        ("[$-th-TH,107]d mmmm yyyy", True, True, False),
        ("d/m/bbbb", True, True, False),
    ],
)
def test_what_a_number_format_shows(number_format, moment, buddhist, percent):
    """Dates, dates of the Thai calendar, percentages; not what stands in quotes, brackets or behind a stroke."""
    shown = (
        cells.is_moment(number_format),
        moment and cells.in_buddhist_era(number_format),
        cells.is_percent(number_format),
    )
    assert shown == (moment, buddhist, percent)


@pytest.mark.parametrize(
    ("serial", "number_format", "since_1904", "kind", "text"),
    [
        (45625, "d/m/yyyy", False, CellKind.DATE, "29/11/2024"),
        (45625.6875, "d/m/yyyy h:mm", False, CellKind.DATE, "29/11/2024"),
        (45625 - 1462, "d/m/yyyy", True, CellKind.DATE, "29/11/2024"),
        (243951, "d/m/yyyy", False, CellKind.DATE, "29/11/2567"),
        (1, "d/m/yyyy", False, CellKind.DATE, "1/1/1900"),
        (61, "d/m/yyyy", False, CellKind.DATE, "1/3/1900"),
        (0.6875, "h:mm", False, CellKind.TEXT, "16:30:00"),
        (1.5, "[h]:mm", False, CellKind.TEXT, "1 day, 12:00:00"),
        (-5, "d/m/yyyy", False, CellKind.NUMBER, "-5"),
        (1e12, "d/m/yyyy", False, CellKind.NUMBER, "1000000000000"),
        (float("inf"), "d/m/yyyy", False, CellKind.ERROR, "#NUM!"),
    ],
)
def test_a_count_of_days_is_what_its_format_shows(serial, number_format, since_1904, kind, text):
    """A day, a time of day or a length of time; a number where no calendar reaches."""
    found = cells.moment(AT, serial, number_format, since_1904=since_1904)
    assert (found.kind, found.text) == (kind, text)


def test_a_day_is_kept_as_stored():
    """Whatever era it is shown in."""
    found = cells.day(AT, datetime.date(2024, 11, 29), buddhist=True)
    assert (found.date, found.text) == (datetime.date(2024, 11, 29), "29/11/2567")
