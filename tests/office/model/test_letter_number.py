"""Number and day of an official letter, as people write them."""

import datetime

import pytest

from bot.office.model.letter_number import Registration, registration_in, tries_to_number

NEAR = datetime.date(2024, 11, 20)
PREFIX = "พร ๐๐๒๓.๑/ว "
DAY = datetime.date(2024, 11, 26)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("เลขที่ พร 0023.1/ว 4778 ลงวันที่ 26 พ.ย. 2567", "พร 0023.1/ว 4778"),
        ("ที่ พร ๐๐๒๓.๑/ว๔๗๗๘ ลว. ๒๖ พฤศจิกายน ๒๕๖๗", "พร ๐๐๒๓.๑/ว๔๗๗๘"),
        ("พร 0023.1/ว 4778 ลงวันที่ 26/11/2567", "พร 0023.1/ว 4778"),
        ("เลขที่: พร 0023.1/ว 4778\nวันที่: 26 พ.ย. 2567", "พร 0023.1/ว 4778"),
        ("เลขที่ พร 0023.1/ว 4778 ลงวันที่\n26 พ.ย. 2567", "พร 0023.1/ว 4778"),
        ("เรียน เจ้าหน้าที่\nเลขที่หนังสือ พร 0023.1/ว  4778 ลงวันที่ 26 พ.ย. 2567 ครับ.", "พร 0023.1/ว 4778"),
        ("ที่ พร ๐๐๒๓.๑/ว ๔๗๗๘ วันที่ ๒๖ พ.ย. ๖๗ นะคะ", "พร ๐๐๒๓.๑/ว ๔๗๗๘"),
        ("4778\n26 พ.ย. 2567", f"{PREFIX}4778"),
        ("ว ๔๗๗๘ ลงวันที่ ๒๖ พ.ย. ๒๕๖๗", f"{PREFIX}4778"),
        ("เลขที่ 4778 ลงวันที่ 26 พ.ย. 2567", f"{PREFIX}4778"),
        ("เลขหนังสือนำส่ง พร 0023.1/ว 4778 ลงวันที่ 26 พฤศจิกายน 2567 ครับ ธุรการเพิ่งออกให้", "พร 0023.1/ว 4778"),
        ("ได้เลขแล้วค่ะ พร 0023.1/ว 4778 ลว. 26 พ.ย. 67 นะคะ รบกวนใส่ให้ด้วย", "พร 0023.1/ว 4778"),
    ],
)
def test_number_and_day_are_read_as_people_write_them(text, number):
    assert registration_in(text, NEAR, PREFIX, first=0) == Registration(number, DAY)


@pytest.mark.parametrize(
    "text",
    [
        "ที่ส่งมาถูกต้องแล้ว วันที่ 26 พ.ย. ขอดูอีกครั้ง",
        "พบกัน 4 คน วันที่ 26 พ.ย. 2567",
        "เลขที่ พร 0023.1/ว 4778",
        "เลขที่ พร 0023.1/ว 4778 ลงวันที่ 31 พ.ย. 2567",
        "เลขที่ - ลงวันที่ 26 พ.ย. 2567",
        "เลขที่ พร 0023.1/ว 4778 ลงวันที่ 26 พ.ย. 2567 ไม่ใช่ 27",
        "เลขที่ พร 0023.1/ว 4778 ลงวันที่ 26 พ.ย. 2567 หรือวันถัดไป",
        "เลขส่งหนังสือที่เท่าไร ลงวันที่ 26 พ.ย. 2567",
        "ส่งแล้ว\nขอบคุณ\n1\n2\nเลขที่ พร 0023.1/ว 4778 ลงวันที่ 26 พ.ย. 2567",
        "",
    ],
)
def test_other_words_are_no_number(text):
    assert registration_in(text, NEAR, PREFIX, first=0) is None


def test_a_line_that_begins_as_a_number_is_known():
    assert tries_to_number("เลขที่ พร 0023.1/", first=0)
    assert not tries_to_number("อนุมัติ", first=0)
