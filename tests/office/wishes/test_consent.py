"""Yes and no in whole sentences: what is clearly one of them whatever is told beside it, and nothing that is left open."""

import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.awaited import awaited
from bot.office.wishes.consent import consents, declines, denies, drops
from bot.office.wishes.grammar import understand
from bot.office.wishes.others_stay import without_others
from bot.office.wishes.sayings import of_reporters, of_staff
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.spelling import plain
from bot.office.wishes.wish import Verb
from tests.setup.shipped import bureau_at_work

SPEAKER = Speaker(bureau_at_work(), staff=True, now=datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK))
ABOUT = (Verb.CORRECT, Verb.WITHDRAW, Verb.EXTEND, Verb.CLOSE)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("ใช่ค่ะพี่ แก้ตามนี้ได้เลย", Verb.CORRECT),
        ("ปลัดดูแล้วบอกใช่ แก้ได้เลยครับ", Verb.CORRECT),
        ("ถูกต้องค่ะ ขอบคุณที่ช่วยทวนให้นะคะ 👍", Verb.CORRECT),
        ("ยืนยันค่ะ เอาออกให้หมดเลย เดี๋ยวส่งชุดใหม่มาแทน", Verb.WITHDRAW),
        ("ตามนั้นเลยครับ ถอนได้เลย นายอำเภอสั่งแล้ว", Verb.WITHDRAW),
        ("ค่ะ ถูกแล้ว ดำเนินการได้เลย\n\nสมศรี ใจดี", Verb.EXTEND),
        ("ยืนยันทั้งสองรายการครับ", Verb.EXTEND),
    ],
)
def test_what_confirms(text, about):
    found = awaited(text, (Verb.CONFIRM, Verb.CANCEL), SPEAKER, about)
    assert found is not None
    assert found.verb is Verb.CONFIRM


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("อย่าเพิ่งแก้นะคะ เทศบาลส่งภาพหน้าจอมาให้ดูว่าทำแล้วจริง", Verb.CORRECT),
        ("ช่างเถอะค่ะ เขาส่งมาแล้วเมื่อกี้ ไม่ต้องขยายแล้ว", Verb.EXTEND),
        ("ปลัดบอกว่าของเดิมถูกอยู่แล้ว เปลี่ยนใจครับ", Verb.CORRECT),
        ("ไม่ต้องถอนแล้วค่ะ ใช้ของเดิมได้", Verb.WITHDRAW),
        ("ไม่ขอยืนยันการถอนครับ", Verb.WITHDRAW),
        ("ยืนยันว่าไม่ถอนค่ะ ที่ส่งไปถูกต้องแล้ว", Verb.WITHDRAW),
        ("อำเภอพิจารณาแล้ว จึงขอระงับการถอนดังกล่าว ให้ถือข้อมูลเดิมเป็นสำคัญ", Verb.WITHDRAW),
        ("หนูแค่ถาม ไม่ได้ให้เปลี่ยนค่ะ", Verb.CORRECT),
        ("12 ธันวานี่เลยกรมไปแล้ว พิมพ์ผิด อันนี้ไม่ต้องทำนะ", Verb.EXTEND),
    ],
)
def test_what_drops(text, about):
    found = awaited(text, (Verb.CONFIRM, Verb.CANCEL), SPEAKER, about)
    assert found is not None
    assert found.verb is Verb.CANCEL


@pytest.mark.parametrize(
    ("text", "about"),
    [
        # A limit, a doubt, a question, another time, another wish, what stands there now, another's name or figure.
        ("ใช่ค่ะ แต่เอาเฉพาะช่องแรก", Verb.CORRECT),
        ("น่าจะใช่ค่ะ", Verb.CORRECT),
        ("ใช่ไหมคะ แก้ได้เลย", Verb.CORRECT),
        ("ใช่ค่ะ ไว้พรุ่งนี้ค่อยแก้", Verb.CORRECT),
        ("ถูกค่ะ เปลี่ยนเป็น 5", Verb.CORRECT),
        ("ใช่ค่ะ ขอแบบฟอร์มใหม่ด้วย", Verb.CORRECT),
        ("ของเดิมถูกแล้วค่ะ แก้ได้เลย", Verb.CORRECT),
        ("ข้อมูลถูกต้องแล้วค่ะ", Verb.WITHDRAW),
        ("ใช่ครับ ของอำเภอสองด้วย", Verb.EXTEND),
        ("ไม่ใช่ค่ะ หมายถึงช่องที่สอง", Verb.CORRECT),
        ("ไม่ยืนยันค่ะ แก้เป็นอีกค่าแทน", Verb.CORRECT),
        ("ไม่เอาอันที่ส่งไปค่ะ ลบทิ้งให้หน่อย", Verb.WITHDRAW),
        ("ยังไม่แก้นะคะ รอถามปลัด", Verb.CORRECT),
        ("แก้ให้แล้วค่ะ", Verb.CORRECT),
        ("ไม่เอา 12 ค่ะ เอา 2 ธันวา", Verb.EXTEND),
        ("ไฟดับเมื่อคืน วันนี้มาแล้ว ทำต่อได้", Verb.EXTEND),
    ],
)
def test_what_is_left_open(text, about):
    assert awaited(text, (Verb.CONFIRM, Verb.CANCEL), SPEAKER, about) is None


def test_beside_a_yes_no_known_sentence_confirms_but_talk_and_thanks():
    """Every sentence that anybody is known to write to an office, before and behind a yes; who asks besides is asked."""
    slots = {"N": "อำเภอลอง", "D": "12 ธันวาคม 2567", "A": "a@long.example", "W": "ว 5827", "0": "12"}
    says_yes = {Verb.CONFIRM, Verb.APPROVE, Verb.GRANT, Verb.THANKS, Verb.OTHER}
    known = [(verb, saying) for verb, saying in (*of_staff(), *of_reporters()) if verb not in says_yes]
    sentences = [(verb, plain(" ".join(slots.get(word, word) for word in saying.split()))) for verb, saying in known]
    heard = {
        (verb, said)
        for verb, said in sentences
        for about in ABOUT
        if verb is not about and (consents(f"ใช่ค่ะ {said}", about) or consents(f"{said} ยืนยันค่ะ", about))
    }
    assert heard <= {(Verb.FORM, "จึงเรียนมาเพื่อโปรดจัดส่งแบบรายงานให้อำเภอ จักขอบคุณยิ่ง")}


@pytest.mark.parametrize(
    "text",
    [
        "คำขอนี้ไม่มีเหตุผลเพียงพอ จึงไม่อนุญาต",
        "คราวนี้ไม่ใจอ่อน ไม่ให้ค่ะ กรมเร่งทุกวัน",
        "ไม่ได้นะคะ วันที่ 4 เราต้องสรุปแล้ว ให้ส่งตามกำหนดเดิม",
        "ขอมาก็เข้าใจ คงให้ไม่ได้หรอก",
    ],
)
def test_what_denies(text):
    assert denies(plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "ไม่ให้ค่ะ แต่ให้ถึงวันที่ 2",
        "ยังไม่ให้ รอถามกรมก่อน",
        "ไม่อนุญาตหรือเปล่าคะ",
        "ให้ถึงวันที่ 2 แทนกำหนดเดิม",
        "ไม่เลื่อนหรอก แต่เห็นใจ",
        "อนุญาตค่ะ",
    ],
)
def test_what_denies_by_half_or_not_at_all(text):
    assert not denies(plain(text))


@pytest.mark.parametrize("says", [consents, drops])
def test_a_story_says_nothing(says):
    assert not says("ยืนยัน ไม่ต้องแก้แล้ว " * 20, Verb.CORRECT)


@pytest.mark.parametrize("text", ["ยังไม่ผ่านค่ะ หัวตารางพิมพ์ตกไปคำหนึ่ง", "ท่านไม่เห็นชอบครับ จะให้อำเภอทบทวนก่อน"])
def test_what_turns_a_draft_down(text):
    assert declines(plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "ไม่ผ่านหรือคะ",
        "ถ้าไม่ผ่านให้บอกนะ",
        "เห็นชอบค่ะ",
        "เห็นชอบได้ แต่ขอแก้ชื่อก่อน",
        "ปลัดไม่เห็นด้วย แต่ท่านอนุมัติแล้ว",
        "ไม่เรียบร้อยนิดหน่อย ส่งกรมไปก่อน",
    ],
)
def test_what_turns_no_draft_down(text):
    assert not declines(plain(text))


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("ส่งเตือนไปที่สูงเม่นหน่อย อำเภออื่นยังไม่ต้อง", Verb.REMIND),
        ("ปิดรับเรื่องนี้ได้เลยค่ะ ใครส่งมาเพิ่มไม่ต้องรับแล้ว", Verb.CLOSE),
        ("ขยายเวลาอำเภอลองถึง 2 ธันวาคม 2567 ที่อื่นเหมือนเดิม", Verb.EXTEND),
    ],
)
def test_that_others_stay_takes_nothing_back(text, verb):
    found = understand(text, "", SPEAKER)
    assert found.plain
    assert found.wish is not None
    assert found.wish.verb is verb


def test_what_others_are_to_do_is_no_such_clause():
    for line in ("อำเภออื่นให้ถึงวันศุกร์", "ที่เหลือส่งแบบให้ด้วย", "ที่อื่นเหมือนเดิม", "เตือนทุกแห่งที่เหลือ"):
        assert without_others(line) == line
