"""What a reporter asks for within a story, and stories in which the words only stand."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.lines import own_lines
from bot.office.wishes.sayings import of_reporters
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.told_by_reporters import told_by_reporter
from bot.office.wishes.wish import Verb
from tests.setup.shipped import bureau_at_work

SPEAKER = Speaker(bureau_at_work(), staff=False, now=datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK))
SLOTS = {"N": "อำเภอลอง", "D": "12 ธันวาคม 2567", "A": "a@long.example", "W": "ว 5827", "0": "12"}


def verb(text):
    found = told_by_reporter(own_lines(text), SPEAKER)
    return found.verb if found else None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ของเราครบแล้วค่ะ แต่หัวหน้าอยากได้แบบเปล่าไว้สอนน้องใหม่ ขอแบบเปล่าอีกชุดนะคะ", Verb.FORM),
        ("เครื่องพังเมื่อวานค่ะ ไฟล์ที่แนบมาหายหมดเลย รบกวนขอใหม่อีกทีนะคะ", Verb.FORM),
        ("ขอส่งแบบรายงานตามแนบค่ะ", None),
        ("อบต.ไทรย้อยขอแบบฟอร์มกับอำเภอ หนูส่งให้แล้วค่ะ", None),
        ("ไม่ต้องส่งแบบมาตอนนี้ก็ได้ค่ะ", None),
        ("ขอคืนมาทั้งหมดก่อน ผมยังไม่ได้ดู", Verb.WITHDRAW),
        ("เป็น draft ค่ะ ขอ withdraw ทั้งไฟล์ก่อน", Verb.WITHDRAW),
        ("นายขอดูแต่หนูเซฟทับไปแล้ว อยากดูว่าที่บันทึกไว้เป็นอย่างไรบ้างค่ะ", Verb.STATUS),
        ("ท่านปลัดให้ทบทวนใหม่ ขอถอนกลับมาทั้งชุดก่อนค่ะ", Verb.WITHDRAW),
        ("ถอนทั้งหมดได้ไหมคะ ขอถอนทั้งหมดก่อนดีไหม", None),  # asked, not wished
        ("หนูไม่ได้ขอถอนทั้งชุดนะคะ", None),
        ("รอบที่แล้วเราขอถอนทั้งหมดก่อน แล้วส่งใหม่ วุ่นวายมาก รอบนี้ถูกหมดแล้ว", None),  # told of another time
        ("หนูย้ายโต๊ะแล้วค่ะ คราวหน้าส่งมาที่ noi@district.phrae.example แทนนะคะ", Verb.NEW_ADDRESS),
        ("เพิ่มเมลหนูให้ด้วยค่ะ noi@district.phrae.example กับ nid@district.phrae.example", None),  # of two none
        ("ทวงมาอีกแล้ว ช่วยดูในระบบให้ทีว่ามีของเราไหม", Verb.STATUS),
        ("น้องลาป่วยค่ะ ถ้าเป็นวันจันทร์ที่ 9 ธ.ค. ได้ไหมคะ", Verb.MORE_TIME),
        ("ขอถอนกลับมาทั้งชุดก่อน แล้วขอส่งวันจันทร์ที่ 9 ธ.ค. นะคะ", None),  # two that change something
    ],
)
def test_what_is_asked_for_in_a_story(text, meant):
    assert verb(text) is meant


@given(st.sampled_from(list(of_reporters())))
def test_no_known_sentence_is_heard_as_another_wish(saying):
    meant, said = saying
    assert verb(" ".join(SLOTS.get(word, word) for word in said.split())) in {meant, None}
