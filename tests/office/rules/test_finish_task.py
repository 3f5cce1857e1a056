"""What a staff reply of เสร็จ means."""

import pytest

from bot.office.rules.commands import done_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("เสร็จ 17", (17,)),
        ("เสร็จ ๑๗ ครับ", (17,)),
        ("เรียน ทีมงาน\nเสร็จแล้ว เรื่องที่ 17 และ 18", (17, 18)),
        ("ดำเนินการเสร็จเรียบร้อยแล้วค่ะ", ()),
        ("เสร็จ", ()),
        ("เสร็จเมื่อวาน", None),
        ("ยังไม่เสร็จ 17", None),
        ("เสร็จ 17 แต่ยังเหลือของอำเภอลอง", None),
        ("เสร็จ 17\nแต่รอท่านตรวจก่อน", None),
        ("ขอบคุณครับ", None),
    ],
)
def test_only_a_plain_word_finishes_a_task(text, numbers):
    assert done_in(text) == numbers
