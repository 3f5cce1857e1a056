"""More time that a reporter asks for within a story, and what only speaks of time."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.sayings import of_reporters
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.time_asked import time_asked
from bot.office.wishes.wish import Verb
from tests.setup.shipped import bureau_at_work

SPEAKER = Speaker(bureau_at_work(), staff=False, now=datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK))
OTHERS = [said for meant, said in of_reporters() if meant is not Verb.MORE_TIME]
SLOTS = {"N": "อำเภอลอง", "D": "12 ธันวาคม 2567", "A": "a@long.example", "W": "ว 5827", "0": "12"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("น้องที่ทำเรื่องนี้ลาบวชค่ะ ถ้าเป็นวันอังคารที่ 3 ธ.ค. ได้ไหมคะ", 3),
        ("ของ อบต.ไทรย้อย ปลัดไปอบรม ขอของแห่งเดียวนี้เป็น 4 ธันวา ได้มั้ยคะ ที่เหลือครบ", 4),
        ("ขอส่งเฉพาะ อบต.ไทรย้อย วันจันทร์ที่ 9 ธ.ค. นะคะ ที่เหลือใช้ได้เลย", 9),
        ("น้ำเข้าสำนักงาน ขอผ่อนผันไปก่อนนะครับ ยังบอกวันไม่ได้", None),
        ("งานเยอะมากค่ะ ถ้าจะขอเลื่อนออกไปอีกหน่อยพอจะได้ไหมคะ", None),
    ],
)
def test_more_time_is_asked_for(text, day):
    found = time_asked([text], SPEAKER)
    assert found is not None
    assert (found.until.day if found.until else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "ถ้าส่งวันที่ 9 ธ.ค. จะโดนหักคะแนนไหมคะ",
        "ขอบคุณที่เลื่อนให้ค่ะ จะส่งวันที่ 9 ธ.ค. นะคะ",
        "ที่ขอเลื่อนไว้เมื่อวาน ได้ไหมคะ",
        "หนูไม่ขอเลื่อนนะคะ ส่งทันค่ะ",
        "ขอเลื่อนประชุมเป็นวันที่ 9 ธ.ค. ได้ไหมคะ",
        "ขอส่งวันอังคารที่ 9 ธ.ค. ได้ไหมคะ",  # a Monday
    ],
)
def test_what_only_speaks_of_time(text):
    assert time_asked([text], SPEAKER) is None


@given(st.sampled_from(OTHERS))
def test_no_other_sentence_asks_for_time(other):
    assert time_asked([" ".join(SLOTS.get(word, word) for word in other.split())], SPEAKER) is None
