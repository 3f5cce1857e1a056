"""Where others of a column have the month first, a day that may be read two ways is asked."""

import datetime

import pytest

from parsers.doubts.month_first import month_first
from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {"title": "แบบสำรวจหอเตือนภัย", "question": [{"key": "checked", "kind": "date", "label": "วันที่ตรวจล่าสุด"}]}
)
NEAR = datetime.date(2025, 6, 25)


@pytest.mark.parametrize(
    ("days", "asked"),
    [
        (["06/16/2568", "04/05/2568", "5/22/68"], [3]),
        (["06/16/2568", "05/05/2568", "4 พฤษภาคม 2568"], []),  # the fifth of May either way
        (["๐๖-๑๖-๒๕๖๘", "๐๔-๐๕-๒๕๖๘"], [3]),
        (["16/06/2568", "04/05/2568"], []),
        (["04/05/2568", "03/02/2568"], []),
        (["25/03/24", "25/04/11", "25/02/09"], [2, 3, 4]),  # the year first, in two digits
        (["25/03/68", "25/04/68", "25/02/67"], []),  # the 25th of each month
        (["24/03/68", "11/04/67", "09/02/66"], []),
    ],
)
def test_days_beside_others_with_the_month_first(days, asked, build):
    names = ["ทต.สอง", "ทต.ห้วยหม้าย", "อบต.เตาปูน"]
    rows = [["อปท.", "วันที่ตรวจล่าสุด"], *([name, day] for name, day in zip(names, days, strict=False))]
    (table,) = find_tables(build.page(rows).grid(), FORM, NEAR)
    assert [doubt.row for doubt in month_first(table, table.readings)] == asked
