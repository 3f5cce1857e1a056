"""The words by which staff have letters sent again, with and without numbers."""

import pytest

from bot.office.rules.commands import again_in, all_in


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("ส่งซ้ำ", ()),
        ("ส่งอีกครั้งค่ะ", ()),
        ("ส่งซ้ำ 42", (42,)),
        ("ส่งซ้ำ ๔๒ ครับ", (42,)),
        ("“ส่งซ้ำ” 42, 43", (42, 43)),
        ("ส่งซ้ำหมายเลข 42 และ 43", (42, 43)),
        ("ส่งอีกครั้ง ฉบับที่ 42 กับ 42", (42,)),
        ("ส่งซ้ำทั้งหมด", ()),
        ("\n\nส่งซ้ำ 7\n> ข้อความเดิม", (7,)),
        ("ส่งซ้ำเฉพาะอำเภอลอง", None),
        ("ส่งซ้ำ 4.2", None),
        ("ไม่ต้องส่งซ้ำ 42", None),
        ("ส่งซ้ำ 12345678901", None),
        ("ส่งแล้ว", None),
        ("", None),
    ],
)
def test_the_first_line_says_which_letters_go_again(said, numbers):
    assert again_in(said) == numbers


def test_all_are_meant_only_where_it_is_said():
    assert all_in("ส่งซ้ำทั้งหมดค่ะ")
    assert not all_in("ส่งซ้ำ 42\nทั้งหมดนี้ค่ะ")
