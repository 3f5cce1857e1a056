"""What a reporter says in words is acknowledged, put before staff with its text, and the draft does not go as if it had not been said."""

import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from tests.field.office_of_paper import DEN_CHAI, DEPARTMENT, FAILED, SONG, STAFF, Office, mail, said, to

WORDS = [
    "ขอยกเลิกรายงานที่ส่งไปเมื่อเช้า ข้อมูลผิดทั้งหมด จะส่งให้ใหม่พรุ่งนี้ครับ",
    "ขอสอบถามว่าต้องส่งตัวจริงทางไปรษณีย์ด้วยหรือไม่",
    'สมชาย ใจดี would like to recall the message, "แบบรายงาน".',
    'ผู้ส่งต้องการเรียกคืนข้อความ "แบบรายงาน"',
    "<b>ด่วน</b> <script>alert(1)</script>",
]
# What is a wish is answered as one, and still records nothing.
WISHES = {
    "อบต.ไทรย้อย ที่ถูกคือยังไม่ได้ดำเนินการครับ": "wish-lacks",
    "แจ้งเปลี่ยนอีเมลอำเภอเป็น new@district.phrae.example ค่ะ": "put-to-staff",
    "ขอแบบฟอร์มใหม่ด้วยครับ": "form-sent",
    "ขอขยายเวลาถึงวันจันทร์": "put-to-staff",
    "ส่งครบหรือยังครับ": "told-status",
}


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.close()


@pytest.fixture
def complete(office):
    office.take(mail(DEN_CHAI, "ส่งรายงานครับ", form=office.filled()))
    office.letters()
    return office


@pytest.mark.parametrize(
    ("text", "owing"), [(text, owing) for text in WORDS for owing in (False, True) if owing or text != WORDS[0]]
)
def test_it_is_acknowledged_and_before_staff_with_its_text(complete, text, owing):
    sender = SONG if owing else DEN_CHAI
    assert complete.take(mail(sender, text)) == "words"
    letters = complete.letters()
    (answer,), (word,) = to(sender, letters), to(STAFF, letters)
    assert "เจ้าหน้าที่จะอ่านและตอบ" in answer["Subject"]
    assert "ยังบันทึกรายงานไม่ได้" not in said(answer)
    assert "พร้อมแนบไฟล์" in said(answer)
    assert text in said(word)
    assert sender in said(word)
    assert "<script>" not in word.get_body(("html",)).get_content()
    assert set(complete.answers_of("den-chai")) == {True}  # nothing is done by it


def test_a_withdrawal_of_what_holds_is_said_back_and_before_staff(complete):
    assert complete.take(mail(DEN_CHAI, WORDS[0])) == "said-back"
    letters = complete.letters()
    (answer,), (word,) = to(DEN_CHAI, letters), to(STAFF, letters)
    assert "โปรดยืนยันการยกเลิก" in answer["Subject"]
    assert WORDS[0] in said(word)
    assert set(complete.answers_of("den-chai")) == {True}  # nothing is done by it


def test_the_offices_own_address_is_nobodys_new_one(complete):
    own = complete.bureau.office.address
    assert complete.take(mail(DEN_CHAI, f"แจ้งเปลี่ยนอีเมลอำเภอเป็น {own} ค่ะ")) != "put-to-staff"
    assert not any("ขอให้ใช้ที่อยู่อีเมล" in said(word) for word in to(STAFF, complete.letters()))


@pytest.mark.parametrize(("text", "outcome"), WISHES.items())
def test_a_wish_is_answered_and_nothing_is_recorded(complete, text, outcome):
    assert complete.take(mail(DEN_CHAI, text)) == outcome
    (answer,) = to(DEN_CHAI, complete.letters())
    assert "ยังบันทึกรายงานไม่ได้" not in said(answer)
    assert set(complete.answers_of("den-chai")) == {True}


def test_what_comes_within_the_hour_is_told_together_in_the_next_letter(complete):
    """At most one letter an hour, and none of the words is lost in it."""
    complete.take(mail(DEN_CHAI, "ข้อความที่ 1 ครับ"))
    first = to(STAFF, complete.letters())
    for number in range(2, 25):
        complete.take(mail(SONG if number % 2 else DEN_CHAI, f"ข้อความที่ {number} ครับ"), minutes=1)
    assert [one for one in to(STAFF, complete.letters()) if "ข้อความที่" in said(one)] == []
    second, third = to(STAFF, complete.later(minutes=40)), to(STAFF, complete.later(minutes=61))
    told = "\n".join(map(said, (*first, *second, *third)))
    assert (len(first), len(second), len(third)) == (1, 1, 1)
    assert all(f"ข้อความที่ {number} ครับ" in told for number in range(1, 25))
    assert to(STAFF, complete.later(minutes=61)) == []


def test_the_digest_lists_it_with_its_text(complete):
    complete.take(mail(DEN_CHAI, WORDS[0]))
    complete.letters()
    digest = next(one for one in complete.later(hours=24) if one["X-Ruam-Kind"] == "digest")
    assert WORDS[0] in said(digest)
    assert "อ่านและตอบข้อความ ๑ ฉบับ" in said(digest).splitlines()[0]
    assert "มี ๑๐ เรื่องรอท่าน: อ่านและตอบข้อความ" in digest["Subject"]  # the nine others are to be phoned


def test_a_held_mail_is_counted_each_morning_until_staff_say_what_becomes_of_it(complete):
    """As it was, the first line said from the second morning on that nothing was to be done."""

    def morning(hours=24):
        [found] = [one for one in complete.later(hours=hours) if one["X-Ruam-Kind"] == "digest"]
        return said(found).splitlines()[0], said(found)

    complete.take(mail("who@freemail.example", "ส่งรายงานค่ะ", form=complete.filled("song")))
    [question] = to(STAFF, complete.letters())
    for first, whole in (morning(), morning()):
        assert "โปรดดำเนินการ ๑๐ เรื่อง: ตัดสินว่าจะรับจดหมายที่เก็บไว้หรือไม่ ๑ ฉบับ" in first  # nine are to be phoned
        assert "who@freemail.example" in whole
    complete.take(mail(STAFF, "ไม่รับ", answers=question["Message-ID"]))
    complete.letters()
    first, whole = morning(72)
    assert "จดหมายที่เก็บไว้" not in first
    assert "who@freemail.example" not in whole
    assert "ยังค้าง ๗๗ แห่ง: อบจ.แพร่" in whole


def drafted(office):
    """At the cut-off the draft is made; the letter."""
    office.now = datetime.datetime(2024, 12, 4, 16, 30, tzinfo=BANGKOK)
    return next(one for one in office.later(minutes=0) if one["X-Ruam-Kind"] == "draft")


def test_the_draft_says_what_was_said_before_it(complete):
    complete.take(mail(DEN_CHAI, WORDS[0]))
    assert WORDS[0] in said(drafted(complete))


def test_who_sent_a_form_since_has_said_it_better(complete):
    complete.take(mail(DEN_CHAI, WORDS[0]))
    complete.take(mail(DEN_CHAI, "ส่งใหม่", form=complete.filled(mark="x")))
    assert WORDS[0] not in said(drafted(complete))


def test_an_approval_waits_once_for_words_that_came_after_the_draft(complete):
    draft = drafted(complete)
    complete.take(mail(DEN_CHAI, WORDS[0]), hours=16)
    complete.letters()
    assert complete.take(mail(STAFF, "อนุมัติ", answers=draft["Message-ID"])) == "words-first"
    letters = complete.letters()
    assert to(DEPARTMENT, letters) == []
    (held_back,) = to(STAFF, letters)
    assert WORDS[0] in said(held_back)
    assert complete.take(mail(STAFF, "อนุมัติ", answers=draft["Message-ID"])) == "approved"
    assert len(to(DEPARTMENT, complete.letters())) == 1


def test_the_departments_words_are_told_at_once_and_not_answered(complete):
    asked = "ขอให้จังหวัดแก้ไขข้อมูลของ ทม.แพร่ และส่งใหม่ภายในวันศุกร์"
    for sender in (DEPARTMENT, "somebody.else@dla.go.th"):
        assert complete.take(mail(sender, asked, subject="แก้ไขรายงาน")) == "department"
        letters = complete.letters()
        assert to(sender, letters) == []
        (word,) = to(STAFF, letters)
        assert asked in said(word)


def test_forged_words_are_told_and_answered_to_nobody(complete):
    assert complete.take(mail(DEN_CHAI, WORDS[0], **FAILED)) == "not-vouched-for"
    (word,) = complete.letters()
    assert word["To"] == STAFF
    assert WORDS[0] in said(word)


def test_a_secret_in_the_words_is_hidden(complete):
    complete.take(mail(DEN_CHAI, "รหัส Token Key คือ a1B2c3D4e5F6g7H ครับ"))
    told = to(STAFF, complete.letters())
    assert told
    assert all("a1B2c3D4e5F6g7H" not in said(one) for one in told)
