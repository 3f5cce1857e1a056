"""What letters say of values."""

import pytest

from bot.office.letters.request_and_reminder import shown
from parsers.form.question import Question


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("money", "1234.5", "1,234.50 บาท"),
        ("money", "1200", "1,200.00 บาท"),
        ("money", "0.0000000", "0.0000000 บาท"),
        ("decimal", "0.0000001", "0.0000001"),
        ("integer", "1200", "1,200"),
        ("integer", "ห้า", "ห้า"),
        ("date", "2024-11-29", "29 พ.ย. 2567"),
        ("date", "ปีหน้า", "ปีหน้า"),
        ("text", "1200", "1200"),
        ("tick", False, "✗"),
        ("tick", None, "ยังไม่รายงาน"),
    ],
)
def test_values_are_shown_as_people_write_them(kind, value, said):
    assert shown(Question(key="a", kind=kind, label="ก"), value) == said
