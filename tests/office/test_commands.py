"""Only a plain word of approval on the first line counts."""

import pytest

from bot.office.commands import Command, command_in


@pytest.mark.parametrize(
    "text",
    [
        "อนุมัติ",
        "อนุมัติครับ",
        "อนุมัติ ค่ะ",
        "  อนุมัติ.\n\nเจ้าหน้าที่",
        "Approve",
        "approved",
        "\n\nเห็นชอบ",
        "อนุมัติให้ส่งได้เลยครับ",
        "“อนุมัติ”",
        '"อนุมัติ"',
        "อนุมัติแล้วครับ",
        "\u200bอนุมัติ\u200b",
    ],
)
def test_approval_is_understood(text):
    assert command_in(text) is Command.APPROVE


@pytest.mark.parametrize(
    "text",
    ["", "ไม่อนุมัติ", "ยังไม่อนุมัติ", "รออนุมัติ", "ขอแก้ก่อน\nอนุมัติ", "not approved", "อนุมัติหรือไม่", "อนุมัติแต่ขอแก้ไขก่อน"],
)
def test_anything_else_is_no_approval(text):
    assert command_in(text) is None
