"""What staff ask for within a story, and stories in which the words only stand."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.lines import own_lines
from bot.office.wishes.sayings import of_staff
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.told_by_staff import told_by_staff
from bot.office.wishes.wish import Verb
from tests.setup.shipped import bureau_at_work

SPEAKER = Speaker(bureau_at_work(), staff=True, now=datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK))
SLOTS = {"N": "อำเภอลอง", "D": "12 ธันวาคม 2567", "A": "a@long.example", "W": "ว 5827", "0": "12"}


def told(text):
    found = told_by_staff(own_lines(text), SPEAKER)
    return found and (found.verb, found.reporters)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ปลัดโทรมาเล่าว่าสะพานขาด เอาเป็นว่าให้อำเภอวังชิ้นถึงวันที่ 9 ธ.ค. ละกัน", (Verb.EXTEND, ("wang-chin",))),
        ("อำเภอสองถามว่าให้ถึงวันที่ 9 ธ.ค. ได้ไหม", None),
        ("ถ้าน้ำไม่ลดก็ให้อำเภอวังชิ้นถึงวันที่ 9 ธ.ค.", None),
        ("น้องออมลาออกแล้ว aom@long.example ยังได้เมลเราอยู่ เอาออกให้ทีนะ", (Verb.REMOVE_ADDRESS, ())),
        ("aom@long.example เอาออก แล้วใส่ nid@long.example แทน", None),  # of two nobody knows
        ("อบจ. ไม่เคยช้า ห่วงแต่ร้องกวาง ช่วยเตือนอำเภอร้องกวางแห่งเดียวพอ", (Verb.REMIND, ("rong-kwang",))),
        ("อำเภอร้องกวางบอกให้ช่วยเตือนเขาก่อนวันศุกร์", None),
        ("ตามทุกที่ที่ยังไม่ส่งเลยค่ะ พี่ขับรถอยู่", (Verb.REMIND, ())),
        ("ทำตามให้หน่อยค่ะ", None),
        ("ท่านจะเอาไปพูดในที่ประชุม ขอรายชื่ออำเภอที่ยังค้างอยู่ แค่ชื่อพอ", (Verb.WHO_OWES, ())),
    ],
)
def test_what_is_asked_for_in_a_story(text, meant):
    assert told(text) == meant


@given(st.sampled_from(list(of_staff())))
def test_no_known_sentence_is_heard_as_another_wish(saying):
    meant, said = saying
    found = told(" ".join(SLOTS.get(word, word) for word in said.split()))
    assert found is None or found[0] is meant
