"""Answers that give a reason beside their word: done where that is all they say, asked back where it is more."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.reasoned import reasoned
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.wish import Verb, Wish
from tests.laws.growth import LINEAR, exponent
from tests.office.wishes.test_awaited import OTHERS
from tests.setup.shipped import bureau_at_work

SPEAKER = Speaker(bureau_at_work(), staff=True, now=datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK))
UNTIL = datetime.datetime(2024, 12, 12, 16, 30, tzinfo=BANGKOK)
MORE_TIME = Wish(Verb.MORE_TIME, reporters=("long",), until=UNTIL)
ADDRESS = Wish(Verb.NEW_ADDRESS, reporters=("long",), address="new@long.example")
EXTENSION = Wish(Verb.EXTEND, reporters=("long",), until=UNTIL)
WITHDRAWAL = Wish(Verb.WITHDRAW, reporters=("long",), mail=17)
CELL_NOT_DONE = Wish(Verb.CORRECT, value=False)
PUT = (Verb.GRANT, Verb.DENY)
SAID_BACK = (Verb.CONFIRM, Verb.CANCEL)


def verb(text, wish):
    found = reasoned(text, PUT if wish in (MORE_TIME, ADDRESS) else SAID_BACK, SPEAKER, wish)
    return found.verb if found else None


@pytest.mark.parametrize(
    ("text", "wish", "meant"),
    [
        ("สงสารน้องเขา ไฟดับมาสองวันแล้ว ให้ถึงวันจันทร์ที่ 9 ธ.ค. แล้วกัน", MORE_TIME, Verb.GRANT),
        ("คุยกับปลัดลองแล้วเมื่อเช้า อนุญาตค่ะ", MORE_TIME, Verb.GRANT),
        ("ให้ได้ครับ เขาเหลือคนเดียวทั้งกอง เหนื่อยแทน", MORE_TIME, None),  # แทน and เหลือ may be of another thing
        ("ให้ได้ครับ เขาทำคนเดียวทั้งกอง", MORE_TIME, Verb.GRANT),
        ("12 ธ.ค. นานไปหน่อย ให้ได้ถึงศุกร์ที่ 6 พอ", MORE_TIME, Verb.GRANT),
        ("อนุโลมให้ค่ะ แต่เป็นครั้งสุดท้ายแล้วนะ", MORE_TIME, Verb.GRANT),
        ("ให้ได้ค่ะ ฝากบอกเขาด้วยว่าขอบใจ", MORE_TIME, Verb.GRANT),
        ("ให้ได้ค่ะ ฝากบอกเขาด้วยว่าถ้าช้ากว่านั้นไม่รับ", MORE_TIME, None),
        ("โทรถามพัสดุแล้ว ใช่ของเขาจริง เปลี่ยนได้ครับ", ADDRESS, Verb.GRANT),
        ("เปลี่ยนได้ครับ ของอำเภอสองด้วย", ADDRESS, None),
        ("ให้ได้ค่ะ คุยแล้ว อำเภอสองก็น้ำท่วม", MORE_TIME, None),  # somebody else's name
        ("สงสารนะ ให้ได้แต่ต้องก่อนเที่ยง", MORE_TIME, None),
        ("เห็นใจเขา ขอคิดดูก่อน ให้", MORE_TIME, None),
        ("ให้ได้ค่ะ ห้องประชุมว่าง", MORE_TIME, None),  # no reason, whatever it is
        ("ให้ถึงวันที่ 9 ธ.ค. คุยแล้ว ให้ถึงวันที่ 11 ธ.ค.", MORE_TIME, None),
        ("น้องเขาถามว่าให้ได้ไหม สงสารเขา", MORE_TIME, None),
        ("ขออนุญาตเลื่อนนะคะ น้ำท่วมหมดเลย", MORE_TIME, None),
        ("ให้ไม่ได้หรอก 9 ธ.ค. เราประชุมแล้ว ให้เขาส่งตามกำหนดเดิม", MORE_TIME, None),  # ให้เขา may let him
        ("ไม่อนุญาตค่ะ 9 ธ.ค. เราต้องสรุปทั้งจังหวัดแล้ว", MORE_TIME, Verb.DENY),
        ("ไม่อนุญาตค่ะ เอา 9 ธ.ค. พอ", MORE_TIME, None),
        ("ไม่ให้ค่ะ แต่ถึงวันที่ 9 ได้", MORE_TIME, None),
        ("ยืนยันค่ะ ท่านรองลงนามให้แล้ว", EXTENSION, Verb.CONFIRM),
        ("ถูกแล้ว 12 ธ.ค. คุยกับกรมแล้ว จัดไปค่ะ", EXTENSION, Verb.CONFIRM),
        ("ถูกแล้ว 11 ธ.ค. คุยกับกรมแล้ว จัดไปค่ะ", EXTENSION, None),
        ("ถูกต้องแล้ว สองด้วยนะ", EXTENSION, None),
        ("ยืนยันค่ะ ท่านรองยังไม่ลงนาม", EXTENSION, None),
        ("ดูปฏิทินผิดค่ะ 12 ธ.ค. เลยกรมแล้ว ยกเลิกเลย", EXTENSION, Verb.CANCEL),
        ("ยกเลิกค่ะ ที่ถูกคือ 9 ธ.ค.", EXTENSION, None),
        ("ยืนยันค่ะ ถอนหมดเลย หัวหน้ารับทราบแล้ว", WITHDRAWAL, Verb.CONFIRM),
        ("ยืนยันครับ ถอนเลย เดี๋ยวส่งใหม่พรุ่งนี้", WITHDRAWAL, Verb.CONFIRM),
        ("ข้อมูลถูกต้องแล้ว หัวหน้าดูแล้ว", WITHDRAWAL, None),
        ("ยืนยันค่ะ ถอนแค่ของ อบต. เดียว", WITHDRAWAL, None),
        ("ใครขอถอน ไม่ถอนค่ะ", WITHDRAWAL, Verb.CANCEL),
        ("ยืนยันค่ะ ปลัดย้ำแล้วว่ายังไม่ได้เผยแพร่", CELL_NOT_DONE, Verb.CONFIRM),
        ("ยืนยันค่ะ ปลัดโทรมาย้ำแล้ว เผยแพร่แล้ว", CELL_NOT_DONE, None),  # says the other thing
    ],
)
def test_a_reason_beside_the_word(text, wish, meant):
    assert verb(text, wish) is meant


def test_another_day_may_stand_in_what_is_granted():
    found = reasoned("12 ธ.ค. นานไป ให้ได้ถึงศุกร์ที่ 6 พอ", PUT, SPEAKER, MORE_TIME)
    assert found is not None
    assert found.until == datetime.datetime(2024, 12, 6, 16, 30, tzinfo=BANGKOK)


def test_a_reason_for_a_denial_goes_on_as_it_was_written():
    found = reasoned("ไม่อนุญาตค่ะ\n9 ธ.ค. เราต้องสรุปทั้งจังหวัดแล้ว", PUT, SPEAKER, MORE_TIME)
    assert found is not None
    assert found.why == "ไม่อนุญาตค่ะ 9 ธ.ค. เราต้องสรุปทั้งจังหวัดแล้ว"


@given(st.sampled_from(OTHERS), st.booleans())
def test_another_sentence_is_no_reason(other, before):
    """Whatever it says, above the word or below it."""
    for wish, word in (
        (MORE_TIME, "ให้ได้ครับ"),
        (EXTENSION, "ยืนยันค่ะ"),
        (WITHDRAWAL, "ยืนยันค่ะ"),
        (CELL_NOT_DONE, "ยืนยันค่ะ"),
    ):
        text = f"{other}\n{word}" if before else f"{word}\n{other}"
        assert verb(text, wish) not in {Verb.GRANT, Verb.CONFIRM}
        assert verb(other, wish) not in {Verb.GRANT, Verb.CONFIRM}


def test_an_answer_takes_time_as_it_is_long():
    assert exponent(lambda text: verb(text, MORE_TIME), lambda size: "ให้ได้ " * size, first=16) < LINEAR
