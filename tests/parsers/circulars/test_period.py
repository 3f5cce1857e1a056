"""Which period a title names, beside what the circular asked for."""

import datetime

import pytest

from parsers.circulars.period import clash, days_of_data, place_in_time
from parsers.reading import About

LAW = "แบบฟอร์มรายงานสถานะการดำเนินการตามพระราชบัญญัติการปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. ๒๕๖๕"
SILENT = About("มท ๐๘๑๐.๗/ว ๕๘๒๗", datetime.date(2024, 11, 12), (LAW, "(ข้อมูล ณ วันที่ ๒๙ ตุลาคม ๒๕๖๗)"))
MONTHLY = About("มท ๐๘๑๐.๗/ว ๑", datetime.date(2025, 2, 3), ("รายงานประจำเดือนมกราคม ๒๕๖๘ ครั้งที่ ๑",))


@pytest.mark.parametrize(
    "title",
    [
        "ประจำปีงบประมาณ พ.ศ. ๒๕๖๖",
        "ปี 2566",
        "ปีงบ 66",
        "แบบติดตามงบลงทุน ปีงบประมาณ 2566",  # its "ณ 25" was taken for a day of data
        "ปีงบประมาณ ๒๕๖๖",
        "ประจำเดือนพฤศจิกายน 2566",
        "พ.ย. 66",
        "ประจำปี ค.ศ. 2023",
        f"{LAW} ประจำปี 2566",
    ],
)
def test_an_earlier_year_is_another_period(title):
    said = clash([title], SILENT)
    assert said is not None
    assert said.other


@pytest.mark.parametrize(
    "title",
    [
        LAW,
        "ประจำปีงบประมาณ พ.ศ. 2568",
        "ประจำปี 2567",
        "ประจำเดือน ตุลาคม 2567",
        "ตามแผนพัฒนารัฐบาลดิจิทัล ปี 2566-2570",
        "ผลการดำเนินงาน ปี 2566 - 2567",
        "ตั้งแต่ปี 2565",
        "การปฏิบัติราชการทางอิเล็กทรอนิกส์ พ.ศ. ๒๕๖๕",  # a law's title over two lines
        "ตามมติคณะรัฐมนตรีเมื่อวันที่ ๕ มกราคม ๒๕๖๖",
        "ระเบียบกระทรวงมหาดไทย ว่าด้วยการรับส่งหนังสือ พ.ศ. ๒๕๓๕",
        "ข้อมูล ณ วันที่ 29 พฤศจิกายน 2566",
        "ตามหนังสือ ที่ มท ๐๘๑๐.๗/ว ๕๘๒๗ ลงวันที่ ๑๒ พฤศจิกายน ๒๕๖๗",
        "อำเภอเด่นชัย จังหวัดแพร่",
        "ผู้สูงอายุ 60 ปี 70 คน",
    ],
)
def test_years_of_laws_and_plans_and_the_right_year_are_no_clash(title):
    assert clash([title], SILENT) is None


def test_a_year_at_the_end_of_a_title_counts_where_the_circulars_own_ends_so():
    pools = About("มท ๐๘๑๐.๗/ว ๒", datetime.date(2025, 5, 26), ("การตรวจสระว่ายน้ำ พ.ศ. ๒๕๖๘",))
    said = clash(["แบบรายงานการตรวจสระว่ายน้ำ พ.ศ. 2567"], pools)
    assert said is not None
    assert (said.said, said.other) == ("พ.ศ. 2567", True)
    right = "แบบรายงานการตรวจสระว่ายน้ำ พ.ศ. 2568"
    plan, rules = "ตามแผนพัฒนาท้องถิ่น พ.ศ. 2566", "หลักเกณฑ์การใช้สระว่ายน้ำ พ.ศ. 2560"
    assert [clash([each], pools) for each in (right, plan, rules)] == [None] * 3
    assert clash([rules.replace("หลักเกณฑ์", "แบบ"), right], pools) is None


def test_a_later_year_and_another_letters_number_are_only_doubtful():
    for title in ("ประจำปีงบประมาณ พ.ศ. 2569", "ตามหนังสือ ที่ มท ๐๘๑๐.๗/ว ๔๘๒๙"):
        said = clash([title], SILENT)
        assert said is not None
        assert not said.other


def test_another_month_or_round_counts_where_the_circular_names_its_own():
    assert clash(["ประจำเดือนธันวาคม 2567 และมกราคม 2568"], MONTHLY) is None
    for title in ("ประจำเดือนธันวาคม 2568", "ครั้งที่ 2"):
        said = clash([title], MONTHLY)
        assert said is not None
        assert said.other


def test_months_and_rounds_of_sheets_stand_in_order():
    names = ("ต.ค. 67", "พ.ย. 67", "มกราคม 2568")
    places = [place_in_time([name], SILENT) for name in names]
    assert places == sorted(places, key=lambda place: place[1] if place else 0)
    assert place_in_time(["พ.ย."], SILENT) == place_in_time(["พ.ย. 67"], SILENT)
    assert place_in_time(["ครั้งที่ 2"], SILENT) == ("ครั้ง", 2)
    assert place_in_time(["แบบรายงาน"], SILENT) is None


def test_days_that_the_circular_quotes_are_known():
    assert days_of_data(SILENT, None) == {datetime.date(2024, 10, 29)}


@pytest.mark.parametrize(
    "title",
    [
        "(ตามหนังสือจังหวัดแพร่ ที่ พร ๐๐๒๓.๑/ว ๔๗๗๘ ลงวันที่ ๒๖ พฤศจิกายน ๒๕๖๗)",
        "ตามหนังสือจังหวัดแพร่ ด่วนที่สุด ว 4778",
        "หนังสืออำเภอลอง ที่ พร 0318/ว 99",
        "อ้างถึง พร 0023/ว 12 และ มท ๐๘๑๐.๗/ว ๕๘๒๗",
        "ตามหนังสือกรมส่งเสริมการปกครองท้องถิ่น ว 5827 และหนังสือกรม ว 4444",
        "ตามหนังสือ ที่ มท ๐๘๑๐.๗/ว ๕๘๗๒ ลงวันที่ ๑๒ พฤศจิกายน ๒๕๖๗",
        "(แบบเดียวกับรายงานการคัดแยกขยะ ว ๑๒๓)",
    ],
)
def test_the_letter_with_which_a_circular_was_sent_on_is_no_other_letter(title):
    assert clash([title], SILENT) is None


@pytest.mark.parametrize(
    "title",
    [
        "ตามหนังสือ มท 0810.7/ว 4444",
        "ว 4778",
        "มท ๐๘๑๐.๗/ว ๕๘๗๒ ลงวันที่ ๑๓ มกราคม ๒๕๖๗",
        "หนังสือกรม ด่วนที่สุด ที่ มท ๐๘๑๐.๗/ว๕๙๐๐",
    ],
)
def test_another_letter_of_the_department_is_said(title):
    said = clash([title], SILENT)
    assert said is not None
    assert not said.other
