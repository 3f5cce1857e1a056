"""The form that shows beside its table how organisations stood: filled and sent back, it is read as without."""

import datetime
import io
import random

import openpyxl
import pytest

from bot.documents.form.excel_form import Shown, blank_form
from bot.office.model.baseline import Stand
from parsers.read import read_file
from parsers.reading import Catalogue, FileRequest
from tests.documents.drawn import circular_named

HEADING = "สถานะเดิม 29 ต.ค. 2567 (ไม่ต้องกรอก)"


@pytest.fixture(scope="module")
def shipped():
    return circular_named("ticks")


def stand_for(circular, roster):
    done = {
        (o.code, key): (at + add) % 3 > 0
        for at, o in enumerate(roster.organisations)
        for add, key in enumerate(circular.listed)
    }
    return Stand(circular.slug, datetime.date(2024, 10, 29), done, {})


def filled(content: bytes) -> bytes:
    """Ticks and crosses by chance in each row, a day, and a remark."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, chance = book.worksheets[0], random.Random(5827)
    for row in range(1, sheet.max_row + 1):
        if isinstance(sheet.cell(row, 1).value, int):
            made = [chance.random() < 0.8 for _ in range(4)]
            for column, mark in enumerate((made[0], made[0] and made[1], made[2], made[2] and made[3]), 3):
                sheet.cell(row, column, "✓" if mark else "✗")
        elif sheet.cell(row, 1).value == "ข้อมูล ณ วันที่":
            sheet.cell(row, 3, "28 พ.ย. 2567")
        elif str(sheet.cell(row, 1).value).startswith("ปัญหา"):
            sheet.cell(row, 3, "ระบบล่าช้า")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("reporter", ["long", "mueang-phrae", "pao"])
def test_a_form_with_the_column_is_read_as_without(shipped, reporter):
    circular, roster = shipped
    stand = stand_for(circular, roster)
    catalogue = Catalogue({circular.slug: circular.form}, roster.organisations, roster.reporters, circular.dated)
    with_column, without = (blank_form(circular, roster, reporter, shown=Shown(stand=each)) for each in (stand, None))
    for change in (filled, bytes):  # bytes: as it went out
        seen = [read_file("f.xlsx", change(each), FileRequest(catalogue)) for each in (with_column, without)]
        assert seen[0] == seen[1].__class__(**{**vars(seen[1]), "files": seen[0].files})
    assert len(seen[0].answers) == 0
    done = read_file("f.xlsx", filled(with_column), FileRequest(catalogue))
    assert (done.outcome, len(done.answers)) == ("accepted", 4 * len(roster.by_key[reporter].organisations))
    assert (done.as_of, [remark.text for remark in done.remarks]) == (datetime.date(2024, 11, 28), ["ระบบล่าช้า"])


def test_the_column_says_of_each_how_it_stood_and_is_not_printed(shipped):
    circular, roster = shipped
    stand = stand_for(circular, roster)
    sheet = openpyxl.load_workbook(
        io.BytesIO(blank_form(circular, roster, "long", shown=Shown(stand=stand)))
    ).worksheets[0]
    column = next(cell.column for row in sheet.iter_rows() for cell in row if cell.value == HEADING)
    by_name = {o.official_name: o.code for o in roster.organisations}
    short = {"s10_posted": "ม.10 ลงข้อมูลในระบบ info.go.th", "s16_posted": "ม.16 ลงข้อมูลในระบบ info.go.th"}
    rows = [row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 2).value in by_name]
    assert len(rows) == 11
    for row in rows:
        code = by_name[sheet.cell(row, 2).value]
        had_not = [short[key] for key in circular.listed if not stand.done[code, key]]
        assert sheet.cell(row, column).value == (f"ยังไม่ได้: {', '.join(had_not)}" if had_not else "ทำแล้ว")
        assert sheet.cell(row, column).protection.locked
    printed = openpyxl.utils.cell.range_boundaries(sheet.print_area.rpartition("!")[2])
    assert printed[2] < column
