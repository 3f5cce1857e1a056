"""Answers to a letter that waits for one word, in other words: what is clearly yes or no, and nothing that is half of it."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.rules.held_words import held_answer
from bot.office.wishes.answers import answer_in
from bot.office.wishes.awaited import awaited
from bot.office.wishes.sayings import of_reporters, of_staff
from bot.office.wishes.speaker import Speaker
from bot.office.wishes.wish import Verb
from tests.laws.growth import LINEAR, exponent
from tests.setup.shipped import bureau_at_work

SPEAKER = Speaker(bureau_at_work(), staff=True, now=datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK))
GRANTING, CONFIRMING, APPROVING = (Verb.GRANT, Verb.DENY), (Verb.CONFIRM, Verb.CANCEL), (Verb.APPROVE,)


def verb(text, among):
    found = awaited(text, among, SPEAKER)
    return found.verb if found else None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ให้เขาไปเถอะ", Verb.GRANT),
        ("ให้ได้ครับ น่าเห็นใจ", Verb.GRANT),
        ("ไม่ขัดข้องครับ", Verb.GRANT),
        ("คำขอของอำเภอลอง อนุญาต", Verb.GRANT),
        ("ให้อำเภอลองตามที่ขอค่ะ\n\nสมศรี ใจดี", Verb.GRANT),
        ("คงไม่ได้ค่ะ กรมเร่งมา ให้เค้าส่งตามเดิม", Verb.DENY),
        ("ไม่ไหวมั้ง กรมเร่งมาก คงให้ไม่ได้ บอกเด่นชัยส่งเท่าที่มีก่อน", Verb.DENY),
        ("ไม่เปลี่ยน เขายังไม่มีหนังสือมา", Verb.DENY),
        ("เขาส่งไม่ได้ ให้เลื่อนเถอะ", None),
        ("ให้\nขอเลื่อน", None),
        ("จะส่งภายใน 12 ธันวาคม 2567", None),
        ("ขออนุโลมถึง 12 ธันวาคม 2567", None),
        ("กรมเร่งก็จริง ให้ไม่ได้ แต่เห็นใจ", None),
        ("เขาว่าเราไม่อนุญาต อนุโลมให้เขาหน่อย", None),
        ("ไม่ให้ก็ไม่ให้", Verb.DENY),
        ("โอเค ตามนั้น", Verb.GRANT),
        ("อนุโลมให้ครับ แต่ครั้งเดียวนะ", Verb.GRANT),
        ("ไม่เกินวันที่ 2 นะ", Verb.GRANT),
        ("ให้เขาส่งได้ถึงวันที่ 3 ตามที่ขอค่ะ", Verb.GRANT),
        ("ไม่เกินนะ", None),
        ("ไม่ได้ค่ะ ต้องวันที่ 29", None),
        # Half of it, a question, another matter, or something besides.
        ("ไม่ได้ค่ะ แต่ให้ถึงวันที่ 9", None),
        ("ได้ แต่ขอดูก่อน", None),
        ("ได้ไหม", None),
        ("ให้?", None),
        ("ให้\nแต่รอบหน้าไม่ให้แล้ว", None),
        ("เดี๋ยวถามท่านก่อน", None),
        ("ok ค่ะ", None),
    ],
)
def test_what_grants_or_denies(text, meant):
    assert verb(text, GRANTING) is meant


def test_who_grants_may_name_the_asker():
    found = awaited("ให้อำเภอลองตามที่ขอค่ะ", GRANTING, SPEAKER)
    assert found is not None
    assert found.reporters == ("long",)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("โอเคตามนั้น", Verb.CONFIRM),
        ("ใช่ค่ะ ทำได้เลย", Verb.CONFIRM),
        ("ถูกต้องครับ ดำเนินการได้", Verb.CONFIRM),
        ("ไม่ใช่ค่ะ ยกเลิกอันนี้ไปเลย", Verb.CANCEL),
        ("ไม่ต้องทำแล้ว", Verb.CANCEL),
        ("ถูกต้อง", Verb.CONFIRM),
        ("ใช่ค่ะ", Verb.CONFIRM),
        ("ครับ", None),
        ("ตามนั้นค่ะ\nช่วยด้วย", None),
        ("ตามนั้นค่ะ\nส่งใหม่", None),
        ("ตามนั้นค่ะ ไม่แก้แล้ว", None),
        ("โอเคค่ะ", None),  # no more than that it was read
        ("ไม่ใช่ ต้องเป็น 12", None),
        ("ไม่ใช่ค่ะ หมายถึงอำเภอสอง", None),
        ("ยกเลิกประชุมพรุ่งนี้", None),
        ("ตามนั้น\nขอดูอีกรอบก่อน", None),
    ],
)
def test_what_confirms_or_drops(text, meant):
    assert verb(text, CONFIRMING) is meant


@pytest.mark.parametrize(
    ("text", "about", "meant"),
    [
        ("ใช่ค่ะ แก้ตามนั้นเลย", Verb.CORRECT, Verb.CONFIRM),
        ("รบกวนแก้ให้ด้วยค่ะ", Verb.CORRECT, Verb.CONFIRM),
        ("แก้ให้แล้วค่ะ", Verb.CORRECT, None),  # he has done so himself, elsewhere
        ("แก้ตามนั้นเลย", Verb.EXTEND, None),
        ("ใช่ครับ เลื่อนให้เลย", Verb.EXTEND, Verb.CONFIRM),
        ("เลื่อนให้แล้ว", Verb.EXTEND, None),
        ("ค่ะ ถอนออกเลย", Verb.WITHDRAW, Verb.CONFIRM),
        ("ยืนยันค่ะ ถอนได้เลย จะส่งฉบับใหม่", Verb.WITHDRAW, Verb.CONFIRM),
        ("ไม่ยืนยัน ถอนได้เลย", Verb.WITHDRAW, None),
        ("ถูกต้อง แก้แล้วค่ะ", Verb.CORRECT, None),
        ("ใช่ค่ะ ตามนั้นเลย จะส่งชุดใหม่พรุ่งนี้", Verb.WITHDRAW, Verb.CONFIRM),
        ("ยืนยันพรุ่งนี้ค่ะ", Verb.WITHDRAW, None),
        ("ใช่ค่ะ จะส่งไหม", Verb.WITHDRAW, None),
        ("ยืนยันการถอนตามที่แจ้ง จึงเรียนมาเพื่อโปรดดำเนินการ", Verb.WITHDRAW, Verb.CONFIRM),
        ("อย่าเพิ่งถอนครับ หัวหน้าบอกใช้ชุดนี้ได้แล้ว", Verb.WITHDRAW, Verb.CANCEL),
        ("ยกเลิกการถอนค่ะ", Verb.WITHDRAW, Verb.CANCEL),
        ("อย่าเพิ่งถอนครับ ถ้าปลัดเห็นด้วยค่อยถอน", Verb.WITHDRAW, None),
        ("ไม่แก้ค่ะ ให้แก้ของ ทต.แม่จั๊วะแทน", Verb.CORRECT, None),
        ("ยกเลิก", Verb.WITHDRAW, Verb.CANCEL),
        ("ยกเลิกได้เลยค่ะ", Verb.WITHDRAW, None),  # the wish, or what it would take back
        ("ยกเลิกคำสั่งนี้ค่ะ", Verb.EXTEND, Verb.CANCEL),
    ],
)
def test_what_is_said_of_the_wish_itself(text, about, meant):
    found = awaited(text, CONFIRMING, SPEAKER, about)
    assert (found.verb if found else None) is meant


def test_who_grants_may_name_another_day():
    found = awaited("ไม่เกินวันที่ 2 นะ", GRANTING, SPEAKER)
    assert found is not None
    assert found.until == datetime.datetime(2024, 12, 2, 16, 30, tzinfo=BANGKOK)


@pytest.mark.parametrize(
    "text",
    [
        "ดูแล้วเรียบร้อยดีค่ะ ส่งได้เลย",
        "โอเคครับ จัดส่งกรมได้",
        "ผ่านค่ะ",
        "ท่านท้องถิ่นจังหวัดเห็นชอบแล้ว ส่งเลย",
        "ตรวจแล้ว\nถูกต้องครบถ้วน ไม่มีแก้ไข\nให้ส่งกรมได้เลย\n\nสมศรี ใจดี\nโทร. 054-534119",
    ],
)
def test_what_approves(text):
    assert verb(text, APPROVING) is Verb.APPROVE


@pytest.mark.parametrize(
    "text",
    [
        "เรียบร้อยดีค่ะ",  # of what stands there, not of what is to be done
        "ส่งให้กรมแล้ว",
        "ส่งได้เลยไหมคะ",
        "ส่งได้เลย?",
        "ค่อยส่งเลย",
        "ส่งเลยกำหนดแล้ว",
        "ยังไม่ผ่าน",
        "ผ่าน แต่รอเลข",
        "ส่งได้เลยค่ะ ถ้าอำเภอสองแก้แล้ว",
        "ส่งได้ครับ\nแต่ขอดูอำเภอลองอีกที",
        "ส่งได้ค่ะ พรุ่งนี้",
        "ให้\nส่งแล้ว",  # no ให้ส่ง
        "ส่งได้ค่ะ\nปลัดบอกรอฤกษ์เซ็นค่ะ",
        "ตัวเลขไม่ตรง ส่งได้เลย",
        "ตรวจแล้ว\nถูกต้อง\nครบถ้วน\nเรียบร้อย\nส่งได้เลย",  # a story: the word is sought in three lines
    ],
)
def test_what_approves_nothing(text):
    assert verb(text, APPROVING) is None


@pytest.mark.parametrize("hedge", ["จะ", "น่าจะ", "คิดว่าจะ", "อาจจะ", "อาจ"])
@pytest.mark.parametrize(
    "word", ["ผ่าน", "อนุมัติให้", "ส่งได้", "ส่งได้เลย", "ให้", "ให้ได้", "อนุญาต", "ยืนยัน", "ใช่", "ถูกต้อง", "ทำเลย"]
)
def test_what_is_expected_or_to_come_lets_nothing_happen(hedge, word):
    """Without its tone marks น่าจะผ่าน is น้า จ้ะ ผ่าน, which approves."""
    for text in (f"{hedge}{word}ค่ะ", f"ตรวจแล้ว {hedge}{word}"):
        for among in (GRANTING, CONFIRMING, APPROVING):
            assert awaited(text, among, SPEAKER, Verb.EXTEND) is None
        assert answer_in(text) is None
        assert held_answer([text]) is None


SLOTS = {"N": "อำเภอลอง", "D": "12 ธันวาคม 2567", "A": "a@long.example", "W": "ว 5827", "0": "12"}
OTHERS = [
    " ".join(SLOTS.get(word, word) for word in saying.split())
    for meant, saying in (*of_staff(), *of_reporters())
    if meant not in {Verb.GRANT, Verb.EXTEND, Verb.APPROVE, Verb.CONFIRM, Verb.THANKS}
    and not saying.startswith(("อนุมัติ", "สวัสดี"))  # says the same again, or nothing
]


@given(st.sampled_from(OTHERS), st.sampled_from(("ให้", "ให้ได้ครับ", "ตามนั้นค่ะ", "ทำได้เลย", "ส่งได้เลยค่ะ")))
def test_a_further_sentence_lets_nothing_happen(other, word):
    """Whatever it says, below the word or alone."""
    for text in (other, f"{word}\n{other}"):
        assert verb(text, GRANTING) is not Verb.GRANT
        assert verb(text, CONFIRMING) is not Verb.CONFIRM
        assert verb(text, APPROVING) is not Verb.APPROVE


@pytest.mark.parametrize("among", [GRANTING, CONFIRMING])
def test_a_reason_takes_time_as_it_is_long(among):
    head = "ไม่ให้ค่ะ" if among is GRANTING else "ไม่เอาแล้วค่ะ"
    assert (
        exponent(lambda text: verb(text, among), lambda size: f"{head}\n{'เพราะ กรม เร่ง ' * size}", first=256) < LINEAR
    )
