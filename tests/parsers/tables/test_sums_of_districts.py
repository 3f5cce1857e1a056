"""A row named as the district that holds the sums of its organisations is nobody's; one that does not is asked."""

import pytest

from parsers.form.form import Form
from parsers.tables.find import find_tables

FORM = Form.model_validate(
    {
        "title": "แบบรายงานบ่อดักไขมัน",
        "question": [
            {"key": "houses", "kind": "integer", "label": "ครัวเรือนทั้งหมด"},
            {"key": "cost", "kind": "money", "label": "งบประมาณ (บาท)"},
            {"key": "mean", "kind": "computed", "label": "ต่อครัวเรือน (ร้อยละ)", "percent_of": ["cost", "houses"]},
            {"key": "plant", "kind": "tick", "label": "มีระบบบำบัด"},
            {"key": "since", "kind": "date", "label": "วันที่ตรวจ"},
        ],
    }
)
HEAD = ["ที่", "อปท.", "ครัวเรือนทั้งหมด", "งบประมาณ (บาท)", "มีระบบบำบัด", "วันที่ตรวจ", "ต่อครัวเรือน (ร้อยละ)"]
LONG = [[1, "อบต.สรอย", 30, "1,000.50", "✓", "1 มี.ค. 2569"], [2, "อบต.นาพูน", 12, 500, "X", "2 มี.ค. 2569"]]
SONG = [[1, "ทต.สอง", 5, 100, "✓", None], [2, "อบต.เตาปูน", 7, 0, "✓", None]]


def names(build, *rows):
    tables = find_tables(build.page([HEAD, *rows]).grid(), FORM)
    return [row.name.text for table in tables for row in table.rows]


@pytest.mark.parametrize("name", ["อำเภอวังชิ้น", "ภาพรวมอำเภอวังชิ้น", "อ.วังชิ้น (2 แห่ง)", "จังหวัดแพร่"])
def test_sums_under_the_name_of_the_district_are_nobody_s(build, name):
    """The row was asked for its organisation."""
    sums = [None, name, 42, "1,500.50", 1, None, 35.7]  # a share is no sum
    assert names(build, sums, *LONG) == names(build, *LONG, sums) == ["อบต.สรอย", "อบต.นาพูน"]


def test_each_district_above_its_own_and_the_province_over_all(build):
    found = names(
        build,
        [None, "จังหวัดแพร่", 54, "1,600.50", None, None],
        [None, "อำเภอวังชิ้น", 42, "1,500.50", None, None],
        *LONG,
        [None, "อำเภอสอง", 12, "100.00", None, None],
        *SONG,
    )
    assert found == ["อบต.สรอย", "อบต.นาพูน", "ทต.สอง", "อบต.เตาปูน"]


@pytest.mark.parametrize(
    "sums",
    [[43, "1,500.50", None, None], [42, None, "✓", None], [42, None, None, "1 มี.ค. 2569"], ["0", "0.00", None, None]],
)
def test_what_is_no_sum_stays(build, sums):
    assert "อำเภอวังชิ้น" in names(build, [None, "อำเภอวังชิ้น", *sums], *LONG)


def test_the_sum_of_one_row_is_asked(build):
    assert "อำเภอวังชิ้น" in names(build, [None, "อำเภอวังชิ้น", *LONG[0][2:4], None, None], LONG[0])
