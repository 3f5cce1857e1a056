"""A roster as offices write it, in workbooks and lists of every kind, and all mistakes of one in one pass."""

import csv
import io

import openpyxl
import pytest

from bot.config.national_roster import national_roster
from bot.config.roster_import import request_of
from parsers.findings import Severity
from parsers.rosters.entries import Slip
from parsers.rosters.read_roster import read_roster

NAN = national_roster("น่าน")
REQUEST = request_of(NAN)
PUA = [each for each in NAN.organisations if each.district == "ปัว" and not each.place]  # of whom no other has the name


def xlsx(*sheets, merged=()):
    """(name of a sheet, its rows) to a workbook; ``merged`` areas lie in the first."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for area in merged:
        book.worksheets[0].merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_csv(rows, charset):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode(charset)


def read(data, name="r.xlsx"):
    return read_roster(name, data, REQUEST)


def slips(reading):
    return [(each.slip, each.place.cell) for each in reading.mistakes]


@pytest.mark.parametrize("charset", ["cp874", "utf-8", "utf-8-sig", "utf-16"])
def test_a_list_in_any_charset_with_its_columns_in_any_order(charset):
    rows = [["โทรศัพท์", "E-mail", "ชื่อ อปท.", "ที่"]]
    rows += [["๐๕๔", f"S{at}@pua.example", each.short_name, at] for at, each in enumerate(PUA, 1)]
    reading = read(as_csv(rows, charset), "รายชื่อ.csv")
    assert reading.usable
    assert not reading.whole
    assert [(line.key, line.addresses) for line in reading.organisations] == [
        (each.code, (f"s{at}@pua.example",)) for at, each in enumerate(PUA, 1)
    ]
    assert {line.reporter for line in reading.organisations} == {None}


def test_titles_above_merged_districts_section_lines_and_totals_do_no_harm():
    names = [each.short_name for each in PUA[:4]]
    rows = [
        ["บัญชีรายชื่อ อปท. จังหวัดน่าน"],
        [],
        ["ที่", "อำเภอ", "ประเภท", "หน่วยงาน", "ที่อยู่อีเมล"],
        [1, "ปัว", "ทต.", names[0].removeprefix("ทต."), "a@x.example"],
        [2, None, None, names[1], "b@x.example"],
        ["อำเภอปัว"],
        [3, None, None, names[2], "c@x.example"],
        [4, None, None, names[3], "d@x.example"],
        ["รวม 4 แห่ง"],
        ["หมายเหตุ: ข้อมูล ณ 1 ต.ค. 68"],
    ]
    reading = read(xlsx(("แผ่น1", rows), merged=["A1:E1", "B4:B5"]))
    assert reading.mistakes == ()
    assert [line.key for line in reading.organisations] == [each.code for each in PUA[:4]]


def test_namesakes_of_one_province_are_told_apart_by_the_district_beside_them_or_asked():
    """อบต.ตาลชุม lies in ท่าวังผา and in เวียงสา."""
    head = ["อำเภอ", "ชื่อ อปท.", "อีเมล"]
    reading = read(xlsx(("ก", [head, ["ท่าวังผา", "อบต.ตาลชุม", "a@x.example"], ["เวียงสา", "อบต.ตาลชุม", "b@x.example"]])))
    by_district = {each.district: each.code for each in NAN.organisations if each.short_name == "อบต.ตาลชุม"}
    assert [line.key for line in reading.organisations] == [by_district["ท่าวังผา"], by_district["เวียงสา"]]
    asked = read(xlsx(("ก", [head, [None, "อบต.ตาลชุม", "a@x.example"]])))
    assert slips(asked) == [(Slip.NAME_AMBIGUOUS, "B2")]


def test_all_mistakes_are_told_in_one_pass():
    reporters = [
        ["ผู้รายงาน", "อีเมล", "อีเมลหัวหน้า", "โทรศัพท์"],
        ["อำเภอปัว", "somchai@", "a@x.example b@x.example", "ไม่ทราบ"],
        ["อำเภอปัว", "c@x.example", "", ""],
        ["", "d@x.example", "", ""],
    ]
    one, two = PUA[:2]
    organisations = [
        ["อำเภอ", "ประเภท", "ชื่อ", "รหัส", "รหัสเดิม", "ผู้รายงาน", "อีเมล"],
        ["ปัว", "สภาตำบล", one.short_name, one.code, "", "", ""],
        ["ปัว", "", one.short_name, two.code, "", "", ""],
        ["ปัว", "", "อบต.ไม่มีที่นี่", "", "", "", ""],
        ["ปัว", "ทต.", "ใหม่", "5559998", "1234567", "", ""],
        ["ปัว", "ทต.", "อบต.ใหม่", "5559998", "", "", ""],
        ["", "ทต.", "ใหม่", "5559997", "", "", ""],
        ["ปัว", "", "ใหม่", "5559996", "", "", ""],
        ["ปัว", "ทต.", "ใหม่", "55 59", "", "", ""],
        ["ปัว", "", two.short_name, two.code, "", "อำเภอไหน", "e@"],
        ["ปัว", "", "", two.code, "", "", ""],
    ]
    reading = read(xlsx(("ผู้รายงาน", reporters), ("อปท.", organisations)))
    assert sorted(slips(reading)) == sorted(
        [
            (Slip.ADDRESS_MALFORMED, "B2"),
            (Slip.CHIEF_SEVERAL, "C2"),
            (Slip.PHONE_MALFORMED, "D2"),
            (Slip.REPORTER_DOUBLED, "A3"),
            (Slip.NAME_MISSING, "A4"),
            (Slip.TYPE_UNKNOWN, "B2"),
            (Slip.CODE_OF_OTHER_NAME, "D3"),
            (Slip.NAME_UNKNOWN, "C4"),
            (Slip.FORMER_UNKNOWN, "E5"),
            (Slip.NAME_OF_OTHER_TYPE, "C6"),
            (Slip.TYPE_MISSING, "B8"),
            (Slip.CODE_MALFORMED, "D9"),
            (Slip.REPORTER_UNKNOWN, "F10"),
            (Slip.ADDRESS_MALFORMED, "G10"),
            (Slip.CODE_DOUBLED, "D11"),
        ]
    )
    assert not reading.usable
    warned = [each.slip for each in reading.mistakes if each.severity is Severity.WARNING]
    assert warned == [Slip.PHONE_MALFORMED]
    # The seventh row lies where the rows above it lie, as a cell left empty below others does.
    assert [line.name for line in reading.organisations if line.key == "5559997"] == ["เทศบาลตำบลใหม่"]


def test_a_code_that_a_spreadsheet_made_a_number_is_that_code():
    reading = read(
        xlsx(("ก", [["รหัส", "อีเมล"], [int(PUA[0].code), "a@x.example"], [float(PUA[1].code), "b@x.example"]]))
    )
    assert [line.key for line in reading.organisations] == [PUA[0].code, PUA[1].code]


def test_a_list_that_says_of_nobody_is_told():
    assert slips(read(xlsx(("ก", [["วันที่", "หัวข้อ"], [1, 2]])))) == [(Slip.NO_TABLE, "")]
    assert slips(read(b"PK\x03\x04 broken"))[0][0] is Slip.FILE


def test_a_new_status_under_a_former_code_keeps_the_key():
    before = next(each for each in PUA if each.type == "อบต.")
    rows = [
        ["อำเภอ", "ประเภท", "ชื่อ", "รหัส", "รหัสเดิม"],
        ["ปัว", "ทต.", before.short_name.removeprefix("อบต."), "5559999", before.code],
    ]
    (line,) = read(xlsx(("อปท.", rows))).organisations
    assert (line.key, line.code, line.type) == (before.code, "5559999", "ทต.")
    assert line.name == f"เทศบาลตำบล{before.short_name.removeprefix('อบต.')}"


def test_a_new_status_without_its_former_code_is_understood_and_said():
    before = next(each for each in PUA if each.type == "อบต.")
    bare = before.short_name.removeprefix("อบต.")
    reading = read(xlsx(("อปท.", [["อำเภอ", "ประเภท", "ชื่อ", "รหัส"], ["ปัว", "ทต.", bare, "5559999"]])))
    assert reading.usable
    assert [(line.key, line.code) for line in reading.organisations] == [(before.code, "5559999")]
    assert slips(reading) == [(Slip.FORMER_ASSUMED, "C2")]
    assert before.official_name in reading.mistakes[0].message


def test_a_hidden_sheet_is_told_and_not_read():
    data = xlsx(("ก", [["ชื่อ", "อีเมล"], [PUA[0].short_name, "a@x.example"]]), ("ข", [["ชื่อ", "อีเมล"], ["อบต.ไหน", "x"]]))
    book = openpyxl.load_workbook(io.BytesIO(data))
    book["ข"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue())
    assert [each.slip for each in reading.mistakes] == [Slip.HIDDEN_SHEET]
    assert len(reading.organisations) == 1
