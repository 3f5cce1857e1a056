"""What a sentence is like: measured on sentences held out, and held to the grammar's safeguards."""

import dataclasses
import datetime
from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.decision import Facts
from bot.office.model.bangkok_time import BANGKOK
from bot.office.rules.words_understood import expected
from bot.office.wishes import likeness
from bot.office.wishes.grammar import Speaker, understand
from bot.office.wishes.likeness import Sayings, known_sayings, shape_of, shape_of_saying
from bot.office.wishes.sayings import of_reporters, of_staff
from bot.office.wishes.second_look import APART, second_look
from bot.office.wishes.wish import Verb
from tests.setup.shipped import bureau_at_work

BUREAU = bureau_at_work()
NOW = datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK)
STAFF = Speaker(BUREAU, staff=True, now=NOW, circular="w5827")
LONG = dataclasses.replace(STAFF, staff=False)
OPEN = {True: expected(Facts(), staff=True), False: expected(Facts(), staff=False) | {Verb.DISPUTE}}
FOLDS = 10


def said(*, staff):
    texts = of_staff() if staff else of_reporters()
    return list(dict.fromkeys((verb, shape_of_saying(saying)) for verb, saying in texts))


def looked(text, *, staff, among=None):
    speaker = STAFF if staff else LONG
    return second_look(understand(text, "", speaker), (text, ""), speaker, OPEN[staff] if among is None else among)


@pytest.mark.parametrize("staff", [True, False])
def test_no_saying_means_two_things(staff):
    by_shape = defaultdict(set)
    for verb, shape in said(staff=staff):
        by_shape[shape].add(verb)
    assert not {shape: verbs for shape, verbs in by_shape.items() if len(verbs) > 1}


@pytest.mark.parametrize("staff", [True, False])
def test_sayings_held_out_are_seldom_surely_another_thing(staff):
    """A tenth of the sayings after the other is compared with the rest. Sayings are shorter and odder than mails."""
    every, came = said(staff=staff), Counter()
    for fold in range(FOLDS):
        known = Sayings(one for at, one in enumerate(every) if at % FOLDS != fold)
        for verb, shape in every[fold::FOLDS]:
            first, second = known.near(shape, set(Verb))[:2]
            sure = first.odds - second.odds >= APART
            came[sure, first.verb is verb] += 1
    assert came[True, True] / len(every) > 0.6
    assert came[True, False] / len(every) < 0.07


# None of these is a saying.
@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("ช่วยดูหน่อยค่ะว่าตอนนี้ได้มากี่อำเภอแล้ว ท่านรองผู้ว่าจะใช้", Verb.STATUS),
        ("ขอชื่ออำเภอที่ยังเงียบ ๆ อยู่หน่อย จะได้โทรไล่ตาม", Verb.WHO_OWES),
        ("ทำยังไงถึงจะสั่งระบบได้คะ เพิ่งย้ายมา ขอคำแนะนำหน่อย", Verb.HELP),
        ("ไล่ตามอำเภอลองให้ทีค่ะ เงียบไปเลย", Verb.REMIND),
        ("อำเภอลองทำแบบหาย ยิงไฟล์แบบไปให้เขาใหม่ด้วยนะ", Verb.SEND_FORM),
        ("อำเภอลองขอถึง 12 ธันวาคม 2567 อนุโลมให้เขาหน่อย", Verb.EXTEND),
        ("กรมบอกว่าหาเมลเราไม่เจอ ส่งไปให้เขาอีกรอบนะคะ", Verb.RESEND),
        ("จบเรื่องนี้แล้วนะคะ ไม่ต้องรับเพิ่มแล้ว ปิดไปเลย", Verb.CLOSE),
    ],
)
def test_what_staff_say_in_other_words_is_likely_and_nothing_more(text, verb):
    found = looked(text, staff=True)
    assert found.wish is not None
    assert found.wish.verb is verb


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("อันที่ส่งเมื่อเช้าผิดค่ะ ไม่ต้องใช้นะคะ เดี๋ยวส่งใหม่", Verb.WITHDRAW),
        ("ขอดึงรายงานที่ส่งไปคืนก่อนครับ นายอำเภอยังไม่เซ็น", Verb.WITHDRAW),
        ("น้องที่ทำลาป่วย ขอส่งเป็น 12 ธันวาคม 2567 ได้มั้ยคะ", Verb.MORE_TIME),
        ("ต่อไปขอให้ส่งหนังสือมาที่ new.long@office.example นะคะ น้องคนเก่าลาออกแล้ว", Verb.NEW_ADDRESS),
        ("ไฟล์แบบเปิดไม่ขึ้นเลยค่ะ รบกวนขออันใหม่", Verb.FORM),
        ("ของอำเภอเราเข้าครบหรือยังนะ", Verb.STATUS),
    ],
)
def test_what_reporters_say_in_other_words(text, verb):
    found = looked(text, staff=False)
    assert found.wish is not None
    assert found.wish.verb is verb


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("รายงานฉบับนี้ทางอำเภอไม่ได้เป็นคนส่งนะคะ", Verb.DISPUTE),
        ("ข้อมูลนี้มิใช่ของอำเภอลอง ไม่ทราบใครส่งมา", Verb.DISPUTE),
        ("รับทราบค่ะ จะเร่งรวบรวมส่งให้ทันกำหนดค่ะ", Verb.THANKS),
        ("โอเคครับ เดี๋ยวพรุ่งนี้ส่งให้นะครับ", Verb.THANKS),
    ],
)
def test_what_is_only_said_is_no_wish(text, says):
    found = looked(text, staff=False)
    assert (found.wish, found.says) == (None, says)


@pytest.mark.parametrize(
    "text",
    [
        "ไม่ได้จะยกเลิกที่ส่งไปนะคะ แค่ถามว่าแก้ยังไง",
        "ถ้ายกเลิกที่ส่งไปแล้วส่งใหม่ จะถือว่าช้าไหมคะ",
        "ไม่ไช่ของเรานะคับ ขอบคุณครับ ช่วยตรวจด้วย",
        "ขอบคุณค่ะ รบกวนถามอีกนิด ต้องส่งตัวจริงไหมคะ",
        "รับทราบค่ะ แต่ขอแก้จำนวนนักเรียนด้วยนะคะ",
        "ใช่ของเราแต่บางแห่งผิด",
        'พี่รัตนาเขียนมาว่า "ขอเวลาถึง 12 ธ.ค. ด้วยนะ"',
        "09:42 รัตนา ลอง: รบกวนดึงรายงานที่ส่งไปกลับก่อน",
        "ฝนตกหนักมาก ถนนขาด น้ำท่วมบ้าน " * 30,
    ],
)
def test_what_is_denied_asked_or_repeated_is_neither_a_wish_nor_thanks(text):
    found = looked(text, staff=False)
    assert found.says is not Verb.THANKS
    assert found.wish is None or not found.likely


@pytest.mark.parametrize(
    "text",
    [
        "ยังไม่ต้องส่งให้กรมซ้ำนะ กรมได้รับแล้ว",
        "ถ้าพรุ่งนี้อำเภอลองยังเงียบ ค่อยไล่ตามให้ที",
        "ระบบไล่ตามอำเภอลองให้หรือเปล่าคะ",
        "อย่าไปยิงฟอร์มหาอำเภอลองอีก",
    ],
)
def test_staff_are_not_taken_at_words_that_deny_ask_or_depend(text):
    found = looked(text, staff=True)
    assert found.wish is None or not found.plain or not found.likely or found.wish.verb is Verb.NO_REMINDER


def test_where_one_word_is_awaited_nothing_is_looked_for():
    found = looked("ไล่ตามอำเภอลองให้ทีค่ะ เงียบไปเลย", staff=True, among=frozenset())
    assert found.wish is None


def test_nothing_is_confirmed_granted_or_let_in_by_likeness():
    """Whatever the letter answered, no such meaning is expected."""
    never = {Verb.CONFIRM, Verb.GRANT, Verb.DENY, Verb.ACCEPT, Verb.NEW_CIRCULAR, Verb.ROSTER}
    assert not never & (OPEN[True] | OPEN[False])


@settings(max_examples=60)
@given(st.lists(st.sampled_from([shape for _, shape in said(staff=False)]), min_size=1, max_size=4), st.booleans())
def test_likeness_lies_between_nothing_and_one(shapes, staff):
    known, shape = known_sayings(staff=staff), "".join(shapes)
    for near in known.near(shape, set(Verb)):
        assert 0 <= known.likest(shape, near.verb).likeness <= 1 + 1e-9


def test_the_work_grows_with_the_length_of_a_sentence_and_no_faster():
    runs = [len(list(likeness._runs("ก" * length))) for length in (100, 200, 400)]
    assert runs[2] - runs[1] == 2 * (runs[1] - runs[0])


def test_names_days_and_figures_are_slots():
    one = shape_of("ขอเลื่อนส่ง ว 5827 ของอำเภอลองเป็นวันที่ 12 ธันวาคม 2567 นะคะ", STAFF)
    other = shape_of("ขอเลื่อนส่ง ว5827 ของอำเภอสองเป็น 3/12/67 ครับ", STAFF)
    assert one == other == shape_of_saying("ขอเลื่อนส่ง W ของ N เป็น D")
