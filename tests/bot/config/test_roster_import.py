"""The roster's workbook, filled in and taken in again: nothing is lost on the way, and only what was changed changes."""

import datetime
import io

import openpyxl
import pytest

from bot.config.load import load_roster
from bot.config.national_roster import national_roster, province_files, provinces
from bot.config.problems import ConfigError
from bot.config.roster_folder import joined, read_roster
from bot.config.roster_import import imported, request_of
from bot.config.roster_writing import write_roster
from bot.documents.roster.roster_workbook import ORGANISATIONS, REPORTERS, roster_workbook
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.roster_changes import changes
from bot.shipped import TEMPLATES
from parsers.rosters.read_roster import read_roster as read_workbook

NOW = datetime.datetime(2024, 11, 20, 8, 30, tzinfo=BANGKOK)
SCHOOLS = """
province = "แพร่"
district_label = "ตำบล"
[[type]]
short = "รพ.สต."
words = "โรงพยาบาลส่งเสริมสุขภาพตำบล"
spellings = ["สถานีอนามัย"]
head = "ผู้อำนวยการ"
[[reporter]]
key = "one"
name = "ตำบลหนึ่ง"
salutation = "กำนันตำบลหนึ่ง \\"ใหม่\\""
district = "หนึ่ง"
"""


class Workbook:
    """The workbook of a roster, changed by a hand."""

    def __init__(self, files):
        self.files, self.roster = files, joined(*files, "test")
        self.book = openpyxl.load_workbook(io.BytesIO(roster_workbook(self.roster, NOW)))

    def row(self, sheet, column, text):
        return next(row for row in self.book[sheet].iter_rows() if str(row[column].value) == text)

    def taken_in(self):
        out = io.BytesIO()
        self.book.save(out)
        reading = read_workbook("r.xlsx", out.getvalue(), request_of(self.roster))
        assert reading.usable, reading.mistakes
        return imported(self.files, self.roster, reading)

    def changes(self):
        return changes(self.roster, joined(*self.taken_in(), "test"))


@pytest.fixture
def nan():
    return Workbook(province_files("น่าน"))


@pytest.mark.parametrize("province", ["น่าน", "ชลบุรี", "สุราษฎร์ธานี"])
def test_a_workbook_that_nobody_changed_changes_nothing(province):
    workbook = Workbook(province_files(province))
    assert workbook.taken_in() == workbook.files


def test_nor_does_that_of_the_office_with_addresses():
    workbook = Workbook(read_roster(TEMPLATES / "rosters" / "phrae"))
    declared, rows = workbook.taken_in()
    assert rows == workbook.files[1]
    assert declared == workbook.files[0]


def test_nor_that_of_other_kinds_of_organisations(tmp_path):
    (tmp_path / "roster.toml").write_text(SCHOOLS, encoding="utf-8")
    (tmp_path / "organisations.csv").write_text(
        "district,type,official_name,short_name,code,addresses\n"
        "หนึ่ง,รพ.สต.,โรงพยาบาลส่งเสริมสุขภาพตำบลวังชิ้น,รพ.สต.วังชิ้น,H1,\nหนึ่ง,รพ.สต.,โรงพยาบาลส่งเสริมสุขภาพตำบลสรอย,รพ.สต.สรอย,H2,a@b.example c@d.example\n",
        encoding="utf-8",
    )
    workbook = Workbook(read_roster(tmp_path))
    assert workbook.taken_in() == workbook.files
    write_roster(tmp_path / "again", *workbook.files)
    assert read_roster(tmp_path / "again") == workbook.files


def test_what_is_written_is_read_as_it_was(tmp_path):
    """Every province and the office with addresses."""
    for files in (*map(province_files, provinces()), read_roster(TEMPLATES / "rosters" / "phrae")):
        write_roster(tmp_path, *files)
        assert read_roster(tmp_path) == files
    assert (tmp_path / "roster.toml~").exists()


def test_addresses_chief_and_telephone_come_with_the_reporter(nan, tmp_path):
    row = nan.row(REPORTERS, 1, "อำเภอปัว")
    row[3].value, row[4].value, row[5].value = (
        "สารบรรณ <A@pua.example>, b@pua.example",
        "chief@pua.example",
        "๐ ๕๔๗๙ ๐๐๐๐",
    )
    assert nan.changes() == (
        "อำเภอปัว: + a@pua.example · + b@pua.example · หัวหน้า chief@pua.example · โทรศัพท์ 0 5479 0000",
    )
    write_roster(tmp_path, *nan.taken_in())
    contact = next(each for each in load_roster(tmp_path).contacts if each.reporter.name == "อำเภอปัว")
    assert contact.reporter.addresses == ("a@pua.example", "b@pua.example")
    assert (contact.chief, contact.phone) == ("chief@pua.example", "0 5479 0000")


def test_a_change_of_status_keeps_the_key_and_the_present_code_goes_round_again(nan, tmp_path):
    row = nan.row(ORGANISATIONS, 3, "เจดีย์ชัย")
    key, row[2].value, row[4].value = row[4].value, "ทต.", "5559999"
    row[5].value = key
    assert nan.changes() == (
        "เปลี่ยนฐานะ: อบต.เจดีย์ชัย เป็น ทต.เจดีย์ชัย (ข้อมูลเดิมอยู่กับแห่งนี้ต่อไป)",
        "รหัสใหม่: ทต.เจดีย์ชัย 5559999",
    )
    write_roster(tmp_path, *nan.taken_in())
    roster = load_roster(tmp_path)
    assert (roster.by_code[key].official_name, roster.by_code[key].present_code) == ("เทศบาลตำบลเจดีย์ชัย", "5559999")
    again = Workbook(read_roster(tmp_path))
    assert again.changes() == ()


def test_a_district_that_becomes_a_town_reports_for_itself(nan):
    """ทต.ปัว becomes ทม.ปัว: a new reporter is written into the one sheet, and chosen in the other."""
    row = nan.row(ORGANISATIONS, 3, "ปัว")
    row[2].value, row[6].value = "ทม.", "เทศบาลเมืองปัว"
    sheet = nan.book[REPORTERS]
    free = next(row for row in sheet.iter_rows(min_row=4) if not row[1].value)
    free[1].value, free[3].value = "เทศบาลเมืองปัว", "town@pua.example"
    assert nan.changes() == (
        "เปลี่ยนฐานะ: ทต.ปัว เป็น ทม.ปัว (ข้อมูลเดิมอยู่กับแห่งนี้ต่อไป)",
        "ผู้รายงานเปลี่ยนจากอำเภอปัว เป็นเทศบาลเมืองปัว 1 แห่ง: ทม.ปัว",
        "ผู้รายงานใหม่ 1 แห่ง: เทศบาลเมืองปัว",
        "เทศบาลเมืองปัว: + town@pua.example",
    )
    declared, _ = nan.taken_in()
    entry = declared.reporter[-1]
    assert (entry.salutation, entry.organisations) == ("นายกเทศมนตรีเมืองปัว", (row[4].value,))


def test_a_deleted_row_is_gone_and_its_reporter_with_it(nan):
    sheet = nan.book[ORGANISATIONS]
    sheet.delete_rows(nan.row(ORGANISATIONS, 2, "ทม.")[0].row)
    assert nan.changes() == (
        "นำออก (ข้อมูลที่เคยรายงานยังอยู่) 1 แห่ง: ทม.น่าน",
        "ผู้รายงานที่ไม่มีแล้ว 1 แห่ง: เทศบาลเมืองน่าน",
    )


def test_a_deleted_reporter_leaves_its_organisations_to_nobody_and_is_refused(nan):
    nan.book[REPORTERS].delete_rows(nan.row(REPORTERS, 1, "อำเภอปัว")[0].row)
    for row in nan.book[ORGANISATIONS].iter_rows(min_row=4):
        if row[6].value == "อำเภอปัว":
            row[6].value = None
    with pytest.raises(ConfigError) as caught:
        nan.taken_in()
    assert "nobody answers for" in str(caught.value)
    assert len(caught.value.problems) == 1


def test_a_list_of_some_changes_those_alone():
    files, roster = province_files("น่าน"), national_roster("น่าน")
    reading = read_workbook("l.csv", "ผู้รายงาน,อีเมล\nอำเภอปัว,a@b.example\n".encode("cp874"), request_of(roster))
    assert changes(roster, joined(*imported(files, roster, reading), "t")) == ("อำเภอปัว: + a@b.example",)
    reading = read_workbook("l.csv", "ชื่อ อปท.,อีเมล\nทต.ปัว,a@b.example\n".encode(), request_of(roster))
    lines = changes(roster, joined(*imported(files, roster, reading), "t"))
    assert lines == ("อีเมลของหน่วยงานเองเปลี่ยน 1 แห่ง: ทต.ปัว",)


def test_a_reporter_that_nobody_knows_in_a_list_of_reporters_alone_is_refused():
    reading = read_workbook(
        "l.csv", "ผู้รายงาน,อีเมล\nอำเภอไหน,a@b.example\n".encode(), request_of(national_roster("น่าน"))
    )
    assert [each.place.cell for each in reading.mistakes] == ["A2"]
