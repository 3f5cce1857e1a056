"""Each verb of staff and reporters through Postfix and Dovecot; and the forged and replayed forms of each that changes something.

One office for the whole file, an hour later for each verb. A verb that changes something is held to one law: said back or
asked first; no word counts but that of who was asked, in answer to that letter, from where the receiving server believes him;
and it counts once.
"""

from dataclasses import dataclass

import pytest

from tests.bot.service.test_new_circular import forwarded
from tests.road.conftest import Clerk
from tests.road.desk_on_real_servers import (
    ALWAYS,
    DEN_CHAI,
    DEPARTMENT,
    FAILED,
    LONG,
    NEVER,
    NEW,
    OFFICE,
    ONCE,
    OUTSIDER,
    PASSED,
    SECOND,
    SLUG,
    SONG,
    STAFF,
    WANG_CHIN,
    Came,
    Sent,
    opened_desk,
    text_of,
)  # fmt: skip

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]
HELD = {"not-vouched-for", "unknown-sender", "command-refused"}  # kept, and staff asked or told
WORDS = {"words", "words-unanswered"}  # put before staff as any words are


@pytest.fixture(scope="module")
def world(real_mail, tmp_path_factory):
    with opened_desk(real_mail, tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture
def desk(world):
    world.another_hour()
    return world


def state(desk) -> dict[str, object]:
    """All of the books that a word may change."""
    books, slugs = desk.house.books, list(desk.bureau.circulars)
    return {
        "rounds": books.round_changes(slugs),
        "answers": {(one.organisation, one.question): one.value for slug in slugs for one in books.answers(slug)},
        "addresses": books.addresses_of_staff(),
        "accepted": books.accepted(),
        "days off": books.holidays(),
        "declined": [entry for slug in slugs for entry in books.ledger(slug) if entry.step.startswith("declined-v")],
        "drafts": [(one.version, one.approved_by, one.dispatched) for slug in slugs for one in books.drafts(slug)],
        "circulars": slugs,
        "tasks": books.tasks(),
        "failed letters": desk.letters_that_failed(),
    }


def changed(before, after) -> set[str]:
    return {key for key, value in after.items() if value != before[key]}


# -- what only tells -----------------------------------------------------------------------------------------------

TELLS = {
    "status": ("ขอทราบสถานะหน่อยครับ", STAFF, "อำเภอลอง: ๐/๑๑ แห่ง"),
    "who owes": ("ใครยังไม่ส่งบ้าง", STAFF, "ยังค้าง ๓๕ แห่ง"),
    "help": ("ช่วยด้วยค่ะ", STAFF, "เลื่อนอำเภอลองถึง"),
    "the form again": ("ส่งแบบฟอร์มให้อำเภอลองอีกครั้ง", LONG, "แบบรายงาน"),
    "a reminder now": ("เตือนอำเภอสองตอนนี้ครับ", SONG, "ยังขาดอีก"),
    "evidence": ("ขอหลักฐาน", STAFF, "แฟ้มหลักฐานแนบมา"),
}


@pytest.mark.parametrize("verb", TELLS)
def test_what_only_tells_staff_is_done_at_once_for_staff_alone(desk, verb):
    said, told, what = TELLS[verb]
    before = state(desk)
    desk.send(STAFF, said, verdict=FAILED)
    desk.send(OUTSIDER, said)
    refused = desk.turn()
    assert set(refused.outcomes) <= HELD
    assert set(refused) <= {STAFF}
    assert what not in refused.texts(STAFF)
    came = desk.say(STAFF, said)
    assert what in came.texts(told)
    assert set(came) <= {STAFF, told}
    assert changed(before, state(desk)) == set()


# -- what changes something ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Changing:
    """A wish that changes something, what of the books it changes, and whose word lets it happen."""

    wish: str
    changes: str
    told: str = STAFF  # who hears of it besides who gave the word
    what: str = ""  # is in that letter
    who: str = STAFF  # wishes it
    asked: str = STAFF  # gives the word
    word: str = "ยืนยัน"
    address: str = ""  # from then on he is written to there too
    again: str = "ดำเนินการไปแล้ว"  # is told to who gives the word twice


STAFFS = {
    "extend": (Changing("เลื่อนกำหนดของอำเภอลองถึงวันที่ ๓ ธันวาคม ๒๕๖๗", "rounds", LONG, "๓ ธันวาคม ๒๕๖๗"),),
    "exempt, and lift": (
        Changing("ยกเว้น อบต.ไทรย้อย เพราะไม่มีอินเทอร์เน็ต", "rounds", DEN_CHAI, "ไม่มีอินเทอร์เน็ต"),
        Changing("ยกเลิกการยกเว้น อบต.ไทรย้อย", "rounds", DEN_CHAI, "ไทรย้อย"),
    ),
    "correct": (Changing("แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✓", "answers", DEN_CHAI, "เจ้าหน้าที่แก้ไขข้อมูลของท่าน"),),
    "add and remove an address": (
        Changing(f"เพิ่มที่อยู่ {SECOND} ให้อำเภอลอง", "addresses", LONG, SECOND, address=SECOND),
        Changing(f"ลบที่อยู่ {SECOND}", "addresses", LONG),
    ),
    "no reminder, and again": (
        Changing("ไม่ต้องเตือนอำเภอลองแล้วครับ", "rounds"),
        Changing("เตือนอำเภอลองตามปกติ", "rounds"),
    ),
    "a day off, and none": (
        Changing("วันหยุด 13 ธันวาคม 2567 เพราะมติคณะรัฐมนตรี", "days off"),
        Changing("ยกเลิกวันหยุด 13 ธันวาคม 2567", "days off"),
    ),
    "close and reopen": (Changing("ปิดรับรายงาน", "rounds"), Changing("เปิดรับรายงานอีกครั้ง", "rounds")),
}
REPORTERS = {
    "more time": Changing(
        "ขอขยายเวลาส่งรายงานถึงวันที่ 4 ธันวาคม 2567 เนื่องจากผู้รับผิดชอบลาป่วย",
        "rounds", SONG, "๔ ธันวาคม ๒๕๖๗", who=SONG, word="ให้", again="มีผู้ตอบไปแล้ว",
    ),
    "more time, denied": Changing(
        "ขอขยายเวลาส่งรายงานถึงวันที่ 6 ธันวาคม 2567 เนื่องจากผู้รับผิดชอบลาป่วย",
        "", SONG, "เลยกำหนดของกรมแล้ว", who=SONG, word="ไม่ให้ เพราะเลยกำหนดของกรมแล้ว", again="มีผู้ตอบไปแล้ว",
    ),
    "a new address": Changing(
        f"แจ้งเปลี่ยนอีเมลเป็น {NEW} ค่ะ",
        "addresses", SONG, NEW, who=SONG, address=NEW, word="ให้", again="มีผู้ตอบไปแล้ว",
    ),
    "one cell": Changing(
        "ทต.ห้วยอ้อ ช่องจัดทำประกาศ แก้เป็น ยังไม่ได้ดำเนินการ",
        "answers", LONG, "ห้วยอ้อ", who=LONG, asked=LONG, again="ไปแล้ว",
    ),
}  # fmt: skip


def wished(desk, verb: Changing, **how):
    """The wish, and the letter that waits for its word; nothing has changed yet."""
    before = state(desk)
    came = desk.say(verb.who, f"เรียน เจ้าหน้าที่\n{verb.wish}\n\nขอบคุณค่ะ\nสมศรี", **how)
    assert set(came) == {verb.who, verb.asked}
    assert changed(before, state(desk)) == set()
    return came[verb.asked][-1], desk.last


def refused(desk, verb: Changing, question, wish: Sent) -> None:
    """The wish forged twice and replayed; the word forged, from others, and without the letter that asks for it."""
    before = state(desk)
    other = desk.other_than(verb.asked, verb.told)
    desk.send(verb.who, verb.wish, verdict=FAILED)
    desk.send(OUTSIDER, verb.wish)
    desk.post(wish)
    desk.send(verb.asked, verb.word, answering=question, verdict=FAILED)
    desk.send(OUTSIDER, verb.word, answering=question)
    desk.send(other, verb.word, answering=question)
    desk.send(verb.asked, verb.word, subject=verb.word)
    came = desk.turn()
    forged, foreign, copy, word, stolen, others, alone = came.outcomes
    assert {forged, foreign} <= HELD
    assert copy == "duplicate"
    # Who answers a letter to a reporter has that letter: staff read his words, and they are nobody's word.
    assert {word, stolen} <= (HELD if verb.asked == STAFF else {*WORDS})
    assert others in WORDS
    assert alone in {"not-confirmed", "not-granted", *WORDS}
    assert OUTSIDER not in came or verb.asked != STAFF
    assert len(came[STAFF]) >= (3 if verb.asked == STAFF else 1)  # further words of reporters are told within the hour
    assert changed(before, state(desk)) == set()


def done_once(desk, verb: Changing, question) -> Came:
    """The word of who was asked lets it happen; the same mail again, and another of his, do not. What came of the first."""
    before = state(desk)
    done = came = desk.say(verb.asked, f"{verb.word}ค่ะ", answering=question)
    word = desk.last
    assert changed(before, state(desk)) == {verb.changes} - {""}, came.outcomes
    assert "ดำเนินการแล้ว" in came.texts(STAFF) or verb.asked != STAFF or not verb.changes
    assert verb.what in came.texts(verb.told)
    assert set(came) <= {STAFF, verb.asked, verb.told, verb.address}
    assert verb.address in came or not verb.address
    before = state(desk)
    desk.post(word)
    desk.send(verb.asked, verb.word, answering=question)
    came = desk.turn()
    assert came.outcomes[0] == "duplicate"
    assert verb.again in came.texts(verb.asked)
    assert set(came) == {verb.asked}
    assert changed(before, state(desk)) == set()
    return done


@pytest.mark.parametrize("name", STAFFS)
def test_what_changes_something_is_done_once_on_the_word_of_the_staff_who_were_asked(desk, name):
    for verb in STAFFS[name]:
        question, wish = wished(desk, verb)
        assert "ระบบยังไม่ได้ดำเนินการ" in text_of(question)
        refused(desk, verb, question, wish)
        done_once(desk, verb, question)
        desk.another_hour()


@pytest.mark.parametrize("name", REPORTERS)
def test_what_a_reporter_wishes_is_done_once_on_the_word_of_who_was_asked(desk, name):
    verb = REPORTERS[name]
    question, wish = wished(desk, verb)
    refused(desk, verb, question, wish)
    done_once(desk, verb, question)


# -- what reporters ask for and get at once ------------------------------------------------------------------------


def filled(desk, address: str, mark: str = "✓") -> bytes:
    form = next(desk.requests[address].iter_attachments()).get_payload(decode=True)
    return Clerk(address).filled(form, mark)


def values_of(desk, key: str) -> set[object]:
    codes = desk.bureau.roster.by_key[key].organisations
    return {one.value for one in desk.house.books.answers(SLUG) if one.organisation in codes}


def test_a_reporter_gets_the_form_and_the_standing_and_no_answer_to_thanks(desk):
    before = state(desk)
    came = desk.say(SONG, "ขอแบบฟอร์มใหม่ด้วยครับ ไฟล์เดิมเปิดไม่ได้")
    assert set(came) == {SONG}
    assert next(came[SONG][0].iter_attachments()).get_payload(decode=True)[:2] == b"PK"
    came = desk.say(SONG, "ขอทราบสถานะการส่งรายงานของอำเภอครับ")
    assert "ได้รับครบแล้ว ๐ จาก ๙ แห่ง" in came.texts(SONG)
    assert desk.say(SONG, "ขอบคุณครับ", answering=came[SONG][0]) == {}
    assert changed(before, state(desk)) == set()


def test_a_form_is_only_checked_at_the_address_for_that(desk):
    before = state(desk)
    came = desk.say(SONG, "ขอให้ตรวจ", form=filled(desk, SONG), to="office+check@phrae.example")
    assert "อ่านได้ ๙ แห่ง ต้องแก้ไข ๐ รายการ" in came.texts(SONG)
    assert changed(before, state(desk)) == set()


def test_a_form_counts_and_an_old_one_that_comes_once_more_does_not_bring_its_figures_back(desk):
    before = state(desk)
    desk.send(SONG, "ขอส่งแบบ", form=filled(desk, SONG), verdict=FAILED)
    desk.send(OUTSIDER, "ขอส่งแบบ", form=filled(desk, SONG))
    assert set(desk.turn().outcomes) <= HELD
    assert changed(before, state(desk)) == set()
    came = desk.say(SONG, "ขอส่งแบบ", form=filled(desk, SONG))
    old = desk.last
    assert values_of(desk, "song") == {True}
    assert "ครบ" in came.texts(SONG)
    desk.say(SONG, "ขอแก้ไขค่ะ", form=filled(desk, SONG, "X"))
    assert values_of(desk, "song") == {False}
    desk.post(old)
    came = desk.turn()
    assert came.outcomes == ("duplicate",)
    assert came == {}
    assert values_of(desk, "song") == {False}


def test_a_question_goes_to_staff_and_their_answer_on_to_who_asked(desk):
    came = desk.say(SONG, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ")
    (question,) = came[STAFF]
    assert "คำสั่งฉบับไหน" in text_of(question)
    desk.send(STAFF, "คำตอบปลอม", answering=question, verdict=FAILED)
    desk.send(OUTSIDER, "คำตอบปลอม", answering=question)
    desk.send(LONG, "คำตอบปลอม", answering=question)
    assert SONG not in desk.turn()
    came = desk.say(STAFF, "หมายถึงคำสั่งกำหนดระบบค่ะ", answering=question)
    (answer,) = came[SONG]
    assert "คำสั่งกำหนดระบบ" in text_of(answer)
    assert OFFICE in answer["From"]
    assert STAFF not in answer.as_string()
    desk.post(desk.last)
    assert desk.turn() == {}


def test_what_was_sent_is_withdrawn_on_the_reporters_word_and_counts_again_on_that_of_staff(desk):
    first = values_of(desk, "den-chai")
    receipt = desk.say(DEN_CHAI, "ขอส่งแบบ", form=filled(desk, DEN_CHAI, "X"))[DEN_CHAI][0]
    verb = Changing(
        "ส่งผิดไฟล์ค่ะ ขอยกเลิกรายงานที่ส่งไป",
        "answers",
        STAFF,
        "ไม่นับคำตอบทุกข้อของอีเมล",
        who=DEN_CHAI,
        asked=DEN_CHAI,
        again="ไปแล้ว",
    )
    question, wish = wished(desk, verb, answering=receipt)
    refused(desk, verb, question, wish)
    came = done_once(desk, verb, question)
    assert values_of(desk, "den-chai") == first != {False}
    said_once(desk, came[STAFF][0], "รับ", "answers")
    assert values_of(desk, "den-chai") == {False}


def test_what_is_not_ours_counts_no_more_until_staff_say_so(desk):
    first = values_of(desk, "long")
    receipt = desk.say(LONG, "ขอส่งแบบ", form=filled(desk, LONG))[LONG][0]
    before = state(desk)
    desk.send(LONG, "ไม่ใช่ของเรา", answering=receipt, verdict=FAILED)
    desk.send(OUTSIDER, "ไม่ใช่ของเรา", answering=receipt)
    desk.send(SONG, "ไม่ใช่ของเรา", answering=receipt)
    assert set(desk.turn()) <= {LONG, OUTSIDER, SONG, STAFF}
    assert "ไม่ใช่ของเรา" in desk.turn(minutes=65).texts(STAFF)
    assert changed(before, state(desk)) == set()
    came = desk.say(LONG, "ไม่ใช่ของเราค่ะ", answering=receipt)
    assert values_of(desk, "long") == first  # what it had said before counts again
    desk.post(desk.last)
    assert desk.turn() == {}
    said_once(desk, came[STAFF][0], "รับ", "answers")
    assert values_of(desk, "long") == {True}


# -- words of staff on what was put before them --------------------------------------------------------------------


def said_once(desk, question, word: str, change: str, again: str = "", **how) -> Came:
    """A word of staff in answer to a letter: from nobody else, and once. What came of it."""
    before = state(desk)
    other = desk.other_than()
    desk.send(STAFF, word, answering=question, verdict=FAILED, **how)
    desk.send(OUTSIDER, word, answering=question, **how)
    desk.send(other, word, answering=question, **how)
    came = desk.turn()
    assert set(came) <= {STAFF, other}
    assert len(came[STAFF]) >= 1
    assert changed(before, state(desk)) == set(), came.outcomes
    done = desk.say(STAFF, word, answering=question, **how)
    assert changed(before, state(desk)) == {change} - {""}, done.outcomes
    told = desk.last
    desk.turn()  # what came back
    before = state(desk)
    desk.post(told)
    desk.send(STAFF, word, answering=question, **how)
    came = desk.turn()
    assert set(came) == {STAFF}, (came.outcomes, set(came))
    assert again in came.texts(STAFF)
    assert changed(before, state(desk)) == set(), came.outcomes
    return done


def test_a_letter_that_came_back_goes_again(desk):
    desk.mail.add_user(WANG_CHIN)
    came = said_once(desk, desk.returned[-1], "ส่งซ้ำ", "failed letters", "ไม่มีจดหมายที่ต้องส่งซ้ำ")
    assert came[WANG_CHIN][0]["Message-ID"]
    assert next(came[WANG_CHIN][0].iter_attachments()).get_payload(decode=True)[:2] == b"PK"


def test_held_mails_are_taken_once_always_and_never(desk):
    def question(sender: str, mark: str):
        return desk.say(sender, "ขอส่งแบบแทนอำเภอสอง", form=filled(desk, SONG, mark))[STAFF][0]

    came = said_once(desk, question(ONCE, "✓"), "รับ", "answers")
    assert "ครบ" in came.texts(ONCE)
    desk.another_hour()
    before = values_of(desk, "song")
    said_once(desk, question(NEVER, "X"), "ไม่รับ", "")
    assert desk.say(NEVER, "ขอส่งอีกครั้ง", form=filled(desk, SONG, "X")) == {}
    assert values_of(desk, "song") == before == {True}
    desk.another_hour()
    before = state(desk)
    said = question(ALWAYS, "X")
    came = desk.say(STAFF, "รับเสมอ", answering=said)
    assert changed(before, state(desk)) == {"accepted", "answers"}
    assert "ครบ" in came.texts(ALWAYS)
    assert values_of(desk, "song") == {False}
    desk.say(ALWAYS, "แก้ไขค่ะ", form=filled(desk, SONG))
    assert values_of(desk, "song") == {True}


def test_what_the_department_asks_for_is_done_when_staff_say_so(desk):
    (question,) = desk.say(DEPARTMENT, "ขอให้จังหวัดส่งรายชื่อผู้ประสานงานภายในวันศุกร์", subject="ขอรายชื่อ")[STAFF]
    assert len(desk.house.books.tasks()) == 1
    said_once(desk, question, "เสร็จ", "tasks", "ไปก่อนแล้ว")
    assert desk.house.books.tasks() == ()


# -- the report ----------------------------------------------------------------------------------------------------


def newest_draft(desk):
    found = [mail for mail in desk.box(STAFF) if mail["X-Ruam-Kind"] == "draft"]
    return found[-1]


def test_the_report_goes_once_on_the_word_of_staff_on_the_newest_draft(desk):
    desk.at(6, 9)
    desk.another_hour()
    draft = newest_draft(desk)
    verb = Changing("ไม่อนุมัติ เพราะยอดรวมไม่ตรง", "declined", STAFF, "ยอดรวมไม่ตรง")
    question, wish = wished(desk, verb)
    refused(desk, verb, question, wish)
    done_once(desk, verb, question)
    desk.another_hour()
    before = state(desk)
    assert "ยอดรวมไม่ตรง" in desk.say(STAFF, "อนุมัติ", answering=draft).texts(STAFF)
    assert desk.say(STAFF, "อนุมัติ", answering=draft).outcomes == ("words-first",)  # what districts wrote since
    assert changed(before, state(desk)) == set()
    desk.mail.remove_user(DEPARTMENT)
    said_once(desk, draft, "อนุมัติ", "drafts", "ไปแล้ว")
    assert desk.box(DEPARTMENT) == []


def test_a_report_that_came_back_goes_again_on_the_word_of_staff(desk):
    stuck = [mail for mail in desk.box(STAFF) if "ถูกตีกลับ" in str(mail["Subject"])][-1]
    desk.mail.add_user(DEPARTMENT)
    came = said_once(desk, stuck, "ส่งซ้ำ", "failed letters", "ดำเนินการไปแล้ว")
    assert [mail["X-Ruam-Kind"] for mail in came[DEPARTMENT]] == ["report"]
    assert len(desk.box(DEPARTMENT)) == 1


# -- a new circular ------------------------------------------------------------------------------------------------


def test_a_circular_by_mail_is_started_once_on_the_word_of_the_staff_who_saw_it(desk):
    def post(sender: str, verdict: str) -> Sent:
        return desk.post(Sent(sender, OFFICE, forwarded(sender, Authentication_Results=verdict)))

    before = state(desk)
    post(STAFF, FAILED)
    post(OUTSIDER, PASSED)
    assert set(desk.turn()) <= {STAFF}
    paper = post(STAFF, PASSED)
    (question,) = desk.turn()[STAFF]
    assert "จำนวนระบบประปา (แห่ง)" in text_of(question)
    desk.post(paper)
    assert desk.turn().outcomes == ("duplicate",)
    assert changed(before, state(desk)) == set()
    said_once(desk, question, "เริ่ม", "circulars", "จึงไม่ทำซ้ำ")
    desk.now = desk.bureau.circulars["w1234"].deadlines.opens
    assert "w1234" in str(desk.turn()[SONG][0]["Subject"])


def test_the_books_of_all_this_are_whole(world):
    assert world.folder.ruam("verify").returncode == 0
