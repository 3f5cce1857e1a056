"""``ruam say``: what staff may write, at the shell."""

import datetime
import re

import pytest

from bot.office.model.bangkok_time import BANGKOK
from tests.road.conftest import ROOT, OfficeFolder

NOWHERE = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"'


@pytest.fixture
def tmp_office(tmp_path):
    """The command in an office whose round is open."""
    office = OfficeFolder(tmp_path, f'{NOWHERE}\nuser = "u"\npassword = "p"', NOWHERE)
    now = datetime.datetime.now(BANGKOK)
    days = {"opens": -2, "reporters": 9, "cutoff": 14, "department": 16}
    office.add_circular(
        ROOT / "templates" / "circulars" / "w5827",
        {name: now + datetime.timedelta(number) for name, number in days.items()},
    )

    def ruam(*words):
        done = office.ruam(*words, check=False)
        done.output = done.stdout + done.stderr
        return done

    return ruam


def test_it_shows_first_and_does_with_yes(tmp_office):
    shown = tmp_office("say", "ไม่ต้องเตือนอำเภอลองแล้วครับ", "--circular", "w5827")
    assert "ไม่เตือนอำเภอลอง อีก" in shown.output
    assert "Nothing is done yet" in shown.output
    done = tmp_office("say", "ไม่ต้องเตือนอำเภอลอง", "--yes", "--by", "นายดำ", "--circular", "w5827")
    assert done.returncode == 0
    again = tmp_office("say", "ไม่ต้องเตือนอำเภอลอง", "--circular", "w5827")
    assert again.returncode == 2
    history = tmp_office("round", "w5827").output
    assert re.search(r"อำเภอลอง not reminded any more.*นายดำ", history)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("ฝนตกหนัก", "Not understood"),
        ("สถานะ", "ruam status"),
        ("ปิด ถ้าครบแล้ว", "Not understood"),
        ("เลื่อนอำเภอลอง", "until"),
        ("แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✓", "by a mail"),
    ],
)
def test_what_is_not_one_plain_wish_is_refused(tmp_office, words, why):
    said = tmp_office("say", words, "--circular", "w5827")
    assert said.returncode == 2
    assert why in said.output
