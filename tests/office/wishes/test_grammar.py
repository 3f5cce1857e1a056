"""Laws of the grammar of wishes: what stands around changes nothing, a condition makes a wish none."""

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.office.model.bangkok_time import BANGKOK
from bot.office.wishes.days import day_in
from bot.office.wishes.grammar import Speaker, understand
from bot.office.wishes.wish import Lack, Verb, Wish, as_record, from_record
from tests.setup.shipped import bureau_at_work

BUREAU = bureau_at_work()
NOW = datetime.datetime(2024, 11, 21, 12, 0, tzinfo=BANGKOK)
STAFF = Speaker(BUREAU, staff=True, now=NOW, circular="w5827")
CHANGING = (
    "เลื่อนกำหนดของอำเภอลองถึงวันที่ ๑๒ ธันวาคม ๒๕๖๗",
    "ยกเว้น อบต.ไทรย้อย เพราะไม่มีอินเทอร์เน็ต",
    "ยกเลิกการยกเว้น อบต.ไทรย้อย",
    "ปิดรับรายงาน",
    "เปิดรับรายงานอีกครั้ง",
    "แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✓",
    "เพิ่มที่อยู่ new.long@district.phrae.example ให้อำเภอลอง",
    "ลบที่อยู่ long@district.phrae.example",
    "วันหยุด 30 ธันวาคม 2567",
    "ไม่ต้องเตือนอำเภอลอง",
    "ไม่อนุมัติ เพราะยอดรวมไม่ตรง",
    "ขอหลักฐาน",
    "ยืนยัน",
)
ABOVE = ("", "เรียน ผู้ดูแลระบบ\n", "สวัสดีค่ะ\n\n", "เรียน เจ้าหน้าที่\nสวัสดีครับ\n", "Dear team,\n")
BELOW = (
    "",
    "\nขอบคุณครับ",
    "\n\nสมศรี ใจดี\nโทร. 054-534119",
    "\n--\nสำนักงาน",
    "\nส่งจาก iPhone ของฉัน",
    "\nขอแสดงความนับถือ\nนายแต่ง ตั้งใจ",
)
POLITE = ("", "ครับ", " ค่ะ", "นะคะ", " ด้วยครับ")
PIECES = (
    *"ขอเลื่อนปิดยกเว้นแก้ไขช่องเป็นถึงยืนยัน @.๑2/\n\u200b",
    "ธ.ค.",
    "อำเภอ",
    "ลอง",
    "อบต.",
    "ไทรย้อย",
    "เพราะ",
    "อ.",
    "เวลา",
)
# Each begins a line that takes its verb back or only asks about it.
DENIALS = ("ไม่", "ยังไม่", "ไม่ได้", "ไม่ได้จะ", "ไม่ได้สั่งให้", "อย่าเพิ่ง", "ห้าม", "ไม่ต้องการให้", "ไม่ใช่ค่ะ ไม่ได้จะ")
DEEDS = (
    "เลื่อนกำหนดของอำเภอลองถึงวันที่ ๑๒ ธันวาคม ๒๕๖๗",
    "ปิดรับรายงาน",
    "เปิดรับรายงาน",
    "ยุติการรับรายงาน",
    "ขยายเวลารายงานถึง 2 ธันวาคม 2567",
)
STRANGE = ("เดนชย", "น้องฝ้าย", "พี่ที่กอง", "ผอ.สมชาย", "บ้านเหนือ")
CONDITIONS = ("แต่ขอดูก่อน", "ถ้าท่านปลัดเห็นด้วย", "หากครบแล้ว", "ต่อเมื่อได้ครบ", "จนกว่าจะครบ")


@settings(deadline=None)
@given(st.sampled_from(CHANGING), st.sampled_from(ABOVE), st.sampled_from(BELOW), st.sampled_from(POLITE))
def test_what_stands_around_changes_nothing(said, above, below, polite):
    plain = understand(said, "", STAFF)
    found = understand(f"{above}{said}{polite}{below}", "", STAFF)
    assert plain.wish is not None
    assert (found.wish, found.plain) == (plain.wish, True)


@settings(deadline=None)
@given(st.sampled_from(CHANGING), st.sampled_from(CONDITIONS), st.sampled_from((" ", "\n", "\n\n")), st.booleans())
def test_a_condition_anywhere_makes_it_not_plain(said, condition, between, above):
    text = f"{condition}{between}{said}" if above else f"{said}{between}{condition}"
    found = understand(text, "", STAFF)
    assert found.wish is None or not found.plain


@settings(deadline=None)
@given(st.sampled_from(CHANGING), st.sampled_from(CHANGING))
def test_two_wishes_in_one_mail_are_none(one, other):
    first, second = understand(one, "", STAFF).wish, understand(other, "", STAFF).wish
    assert first is not None
    assert second is not None
    if first.verb is not second.verb and Verb.CONFIRM not in {first.verb, second.verb}:
        assert not understand(f"{one}\n{other}", "", STAFF).plain


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_understood_or_not_and_nothing_breaks(text):
    for staff in (True, False):
        understand(text, text[:40], Speaker(BUREAU, staff=staff, now=NOW))


moments = st.datetimes(timezones=st.just(BANGKOK), min_value=NOW.replace(tzinfo=None))
wishes = st.builds(
    Wish,
    verb=st.sampled_from(Verb),
    circular=st.sampled_from(["", "w5827"]),
    reporters=st.lists(st.sampled_from(["long", "song"]), max_size=2).map(tuple),
    everyone=st.booleans(),
    organisation=st.sampled_from(["", "6540306"]),
    question=st.sampled_from(["", "s10_announced"]),
    value=st.none() | st.booleans() | st.text(max_size=5),
    until=st.none() | moments,
    day=st.none() | st.dates(),
    address=st.sampled_from(["", "a@b.example"]),
    why=st.text(max_size=10),
    lacks=st.lists(st.sampled_from(Lack), max_size=2).map(tuple),
)


@given(wishes)
def test_the_books_give_a_wish_back_as_it_was(wish):
    assert from_record(as_record(wish)) == wish


@pytest.mark.parametrize(
    "said", ["ยืนยน", "ยืน", "ยืนยันหรือยัง", "ขอให้ยืนยันอีกที", "ไม่ ยืนยัน", "ยืนยันได้ไหม", "รอยืนยัน", "ยืนยันไม่ได้"]
)
def test_only_the_plain_word_confirms(said):
    found = understand(said, "", STAFF)
    assert found.wish is None or found.wish.verb is not Verb.CONFIRM or not found.plain


@settings(deadline=None)
@given(st.sampled_from(DEEDS), st.sampled_from(DENIALS), st.sampled_from(POLITE), st.sampled_from(ABOVE))
def test_what_is_denied_is_no_wish(deed, denial, polite, above):
    found = understand(f"{above}{denial}{deed}{polite}", "", STAFF)
    assert found.wish is None or not found.plain


@settings(deadline=None)
@given(
    st.sampled_from(STRANGE),
    st.sampled_from(("เลื่อน{}ถึง 12 ธ.ค. 67", "ขยายเวลาให้{}เป็น 12/12/2567", "เลื่อนของ{}ถึง 12 ธันวาคม 2567")),
)
def test_a_name_that_is_not_found_is_never_everyone(name, said):
    found = understand(said.format(name), "", STAFF)
    assert found.wish is None or not found.wish.everyone


@pytest.mark.parametrize(
    "said",
    [
        *("ยืนยันครับแต่เปลี่ยนวัน", "ใช่ค่ะ ยังไม่ยืนยัน", "ถูกต้อง", "โอเค", "ใช่ครับ ดำเนินการได้เลย", "ยืนยันเมื่อครบ", "ยืนยันหลังประชุม"),
        *("ไม่ใช่ ยืนยัน", "ยืนยันไหม", "ขอยืนยันการยกเลิก", "ยืนยัน 13 ธ.ค.", "ไม่ขอยืนยัน", "ยืนยันแล้วหรือยัง", "ให้ปลัดยืนยัน"),
    ],
)
def test_agreement_with_anything_else_confirms_nothing(said):
    found = understand(said, "", STAFF)
    assert found.wish is None or found.wish.verb is not Verb.CONFIRM or not found.plain


LIMITLESS = (
    *("งดเตือนอำเภอลอง{}", "ไม่ต้องเตือนอำเภอสอง{}", "ปิดรับรายงาน{}", "เปิดรับรายงานอีกครั้ง{}", "เตือนอำเภอลองตามปกติ{}"),
    *("ยกเว้น อบต.ไทรย้อย {} เพราะน้ำท่วม", "ยกเลิกการยกเว้น อบต.ไทรย้อย {}"),
)
LIMITS = (
    *(
        "ถึงวันศุกร์",
        "ถึงวันจันทร์หน้า",
        "จนถึง 28 พ.ย.",
        "ตั้งแต่พรุ่งนี้",
        "ถึงสิ้นเดือน",
        "อาทิตย์นี้",
        "เดือนหน้า",
        "3 วัน",
        "สองสัปดาห์",
        "ชั่วคราว",
    ),
    *("ถึงวันที่ 5 เดือนหน้า", "ถึง 12/12/2567", "วันมะรืน"),
)


@settings(deadline=None)
@given(st.sampled_from(LIMITLESS), st.sampled_from(LIMITS), st.sampled_from(POLITE))
def test_a_limit_is_asked_after_where_it_would_be_lost(said, limit, polite):
    found = understand(said.format(limit) + polite, "", STAFF)
    assert found.wish is None or not found.plain or Lack.LIMIT in found.wish.lacks


AND = (" แล้วก็", " และ", " พร้อม", " แล้วช่วย", " อีกเรื่อง ", " รวมทั้ง", " และขอให้", " ")
WHOLE = (
    *("เลื่อนกำหนดของอำเภอลองถึงวันที่ ๑๒ ธันวาคม ๒๕๖๗", "ยกเลิกการยกเว้น อบต.ไทรย้อย", "เตือนอำเภอสองตอนนี้", "ไม่ต้องเตือนอำเภอลอง"),
    *(
        "ส่งแบบฟอร์มให้อำเภอเด่นชัยอีกครั้ง",
        "เพิ่มที่อยู่ new.long@district.phrae.example ให้อำเภอลอง",
        "วันหยุด 30 ธันวาคม 2567",
        "ปิดรับรายงาน",
    ),
)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(WHOLE), st.sampled_from(AND), st.sampled_from(WHOLE), st.booleans())
def test_half_of_two_wishes_in_a_line_is_never_done_as_if_it_were_all(one, between, other, reasoned):
    """Also where the second stands behind the first one's reason."""
    why = " เพราะน้ำท่วม" if reasoned else ""
    first, second = understand(one, "", STAFF).wish, understand(other, "", STAFF).wish
    assert first is not None
    assert second is not None
    if first.verb is not second.verb:
        found = understand(f"{one}{why}{between}{other}", "", STAFF)
        assert found.wish is None or not found.plain
        assert not found.wishes or {each.verb for each in found.wishes} == {first.verb, second.verb}


ANSWERS = (
    *("ยืนยัน", "คอนเฟิร์ม", "ขอยืนยันคำสั่งดังกล่าว", "ยืนยันตามนั้น", "ให้", "ให้ตามที่ขอ", "อนุญาต", "เห็นควรขยายเวลาให้ตามที่เสนอ"),
    *("ให้เลื่อนได้ถึง 3 ธ.ค. 67", "ให้ได้"),
)
SPOILT = (
    *(
        "{} แต่ขอดูก่อน",
        "{} ถ้าครบ",
        "{}ไหม",
        "{}หรือยัง",
        "{}ดีไหมคะ",
        "ไม่{}",
        "ยังไม่{}",
        "อย่าเพิ่ง{}",
        "รอ{}",
        "หาก{}",
        "ปลัดบอกว่า{}",
    ),
    *(
        "{}เมื่อครบแล้ว",
        "{} เฉพาะ อบต.",
        "{} 3 วัน",
        "ใคร{}",
        "{}หรือไม่",
        "{}บางส่วน",
        "{}ไม่ได้",
        "คุณเอ๋ถามว่า {}",
        "> {}",
        "{} ยกเว้นอำเภอลอง",
    ),
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(ANSWERS), st.sampled_from(SPOILT), st.sampled_from(("", "ครับ", " ค่ะ")), st.sampled_from(ABOVE))
def test_no_condition_denial_question_or_quote_confirms_or_grants(word, spoilt, polite, above):
    found = understand(f"{above}{spoilt.format(word)}{polite}", "", STAFF)
    effective = found.wish is not None and found.wish.verb in {Verb.CONFIRM, Verb.GRANT}
    assert not effective or not found.plain


@settings(deadline=None)
@given(st.sampled_from(ANSWERS), st.sampled_from(BELOW), st.sampled_from(POLITE), st.sampled_from(ABOVE))
def test_politeness_and_signatures_around_an_answer_change_nothing(word, below, polite, above):
    found = understand(f"{above}{word}{polite}{below}", "", STAFF)
    assert found.wish is not None
    assert found.wish.verb in {Verb.CONFIRM, Verb.GRANT}
    assert found.plain


def test_a_round_that_has_not_opened_is_meant_by_nobody():
    """The number of a monthly circular is that of each of its rounds; the one to come cannot be what staff speak of."""
    asked = BUREAU.circulars["w5827"]
    rounds = {f"water-2567-{month}": asked.model_copy(update={"slug": f"water-2567-{month}"}) for month in (11, 12)}
    for unread, said in ((frozenset({"water-2567-12"}), "water-2567-11"), (frozenset(), "")):
        bureau = dataclasses.replace(BUREAU, circulars=rounds, unread=unread)
        found = understand("ปิดรับรายงาน ว ๕๘๒๗", "", Speaker(bureau, staff=True, now=NOW))
        assert found.called.only == said


@pytest.mark.parametrize(
    "text",
    [
        "1. ขยาย 5827 ให้วังชิ้นถึง 12 ธ.ค.\n2. ขอรายชื่อที่ยังไม่ส่ง",
        "1) ขอสถานะ ว 5827 2) แล้วเรื่องที่คุยกันเมื่อวาน",
        "เรียน พี่สมศรี\nอำเภอลองขอเลื่อนถึง 16 ธันวาคม\nสุชาติ\n\n---\nพี่ยังไม่ได้ตอบเขานะคะ ขอดูก่อน",
    ],
)
def test_of_numbered_wishes_and_of_words_passed_on_nothing_is_done_by_half(text):
    assert not understand(text, "", STAFF).plain


def test_a_signature_below_a_rule_is_no_second_voice():
    assert understand("เลื่อนอำเภอลองถึง 16 ธันวาคม 2567\n\n---\nสมศรี ใจดี\nโทร. 054-534119", "", STAFF).plain


def test_a_day_that_cannot_be_kept_is_not_the_day_asked_for():
    today = NOW.date()
    assert day_in("6 ธันวาคม ไม่ทัน ขอถึง 12 ธันวาคม", today).day.day == 12
    assert day_in("มะรืนนี้ไม่ทัน", today) is None


def test_confirming_above_a_further_sentence_is_not_plain():
    assert understand("ยืนยันครับ\n\nสมศรี ใจดี", "", STAFF).plain
    assert not understand("ยืนยันครับ\n\nเดี๋ยวๆ ขอดูอีกรอบ", "", STAFF).plain
