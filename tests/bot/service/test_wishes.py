"""The law of wishes, on real books: one that changes something takes effect on the word of believed staff, once, and on no other."""

import datetime
import io
import zipfile

import pytest

from bot.office.decision import Decision
from bot.office.model.sent_letter import Attempt, LetterState
from bot.office.rules.changing_wishes import CHANGES
from bot.office.wishes.wish import LASTS, Settled, Verb, WishState
from bot.service.current_bureau import current
from bot.store.wishes import WishSettledError
from tests.field.office_of_paper import DEN_CHAI, FAILED, SONG, STAFF, Office, mail, said, to

STRANGER = "thief@freemail.example"
# For each verb a wish, and what must be so before it can be.
WISHES = {
    Verb.EXTEND: ("เลื่อนกำหนดของอำเภอเด่นชัยถึงวันที่ ๓ ธันวาคม ๒๕๖๗",),
    Verb.EXEMPT: ("ยกเว้น อบต.ไทรย้อย เพราะไม่มีอินเทอร์เน็ต",),
    Verb.LIFT: ("ยกเลิกการยกเว้น อบต.ไทรย้อย", "ยกเว้น อบต.ไทรย้อย เพราะไม่มีอินเทอร์เน็ต"),
    Verb.CLOSE: ("ปิดรับรายงาน",),
    Verb.REOPEN: ("เปิดรับรายงานอีกครั้ง", "ปิด"),
    Verb.NO_REMINDER: ("ไม่ต้องเตือนอำเภอเด่นชัย",),
    Verb.REMIND_AGAIN: ("เตือนอำเภอเด่นชัยตามปกติ", "ไม่ต้องเตือนอำเภอเด่นชัย"),
    Verb.CORRECT: ("แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✓",),
    Verb.ADD_ADDRESS: ("เพิ่มที่อยู่ second@amphoe.example ให้อำเภอเด่นชัย",),
    Verb.REMOVE_ADDRESS: ("ลบที่อยู่ second@amphoe.example", "เพิ่มที่อยู่ second@amphoe.example ให้อำเภอเด่นชัย"),
    Verb.HOLIDAY: ("วันหยุด 2 ธันวาคม 2567 เพราะมติคณะรัฐมนตรี",),
    Verb.WORK_DAY: ("ยกเลิกวันหยุด 5 ธันวาคม 2567",),
    Verb.DECLINE: ("ไม่อนุมัติ เพราะยอดรวมไม่ตรง", "draft"),
    Verb.RESEND: ("กรมแจ้งว่าหาเมลไม่พบ ช่วยส่งรายงานให้กรมอีกที", "report"),
    # Done at once where they are plain; in words that the grammar does not know they are only likely.
    Verb.SEND_FORM: ("ยิงฟอร์มไปให้อำเภอเด่นชัยอีกที เขาทำไฟล์หาย",),
    Verb.REMIND: ("ตามอำเภอเด่นชัยให้หน่อยค่ะ ยังเงียบอยู่เลย",),
}


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.close()


def state(office):
    """All of the books that a wish may change."""
    books = office.house.books
    to_district = [letter for letter, _, raw in books.export_letters() if f"To: {DEN_CHAI}".encode() in raw]
    declined = [e.step for e in books.ledger("w5827") if e.step.startswith("declined")]
    return (
        books.round_changes(["w5827"]),
        books.answers("w5827"),
        books.addresses_of_staff(),
        books.accepted(),
        books.holidays(),
        declined,
        current(office.house, office.now).bureau.circulars["w5827"].closed,
        [fate.state for fate in books.fates(reports=True)],
        len(to_district),
    )


def asked(office, text, sender=STAFF, **how):
    """What a mail of its own brings: the outcome, and the letters."""
    office.letters()
    outcome = office.take(mail(sender, text, subject="เรียนระบบ", **how))
    return outcome, office.letters()


def answered(office, letter, text, sender=STAFF, **heads):
    office.letters()
    outcome = office.take(mail(sender, text, answers=letter["Message-ID"], subject=f"Re: {letter['Subject']}", **heads))
    return outcome, office.letters()


def made_so(office, before):
    """What must be so before the wish."""
    if before in {"draft", "report"}:
        office.now = office.now.replace(month=12, day=6)
        draft = next(one for one in office.later(hours=1) if one["X-Ruam-Kind"] == "draft")  # the cut-off is past
        if before == "report":
            answered(office, draft, "อนุมัติ")
            all_sent(office)
        return
    outcome, letters = asked(office, before)
    assert outcome == "said-back"
    answered(office, letters[0], "ยืนยัน")


def all_sent(office):
    """Everything that waits in the outbox has gone."""
    books = office.house.books
    while due := books.claim(office.now, 1, datetime.timedelta(minutes=15)):
        books.settle(due[0], Attempt(LetterState.SENT, "", {}), office.now)


def test_every_changing_verb_is_held_to_the_law():
    assert set(WISHES) == set(CHANGES) - {Verb.EVIDENCE}  # which changes nothing, and is held to the word below


@pytest.mark.parametrize("verb", WISHES)
def test_nothing_happens_before_the_word_of_believed_staff_and_then_once(office, verb):
    wish, *before = WISHES[verb]
    for each in before:
        made_so(office, each)
    stood = state(office)
    outcome, letters = asked(office, wish)
    assert outcome == "said-back"
    (back,) = to(STAFF, letters)
    assert "ระบบยังไม่ได้ดำเนินการ" in said(back)
    refused = (
        answered(office, back, "ยืนยัน", **FAILED),  # forged, as the receiving server says
        answered(office, back, "ยืนยัน", STRANGER),
        answered(office, back, "ยืนยัน", SONG),
        answered(office, back, "ยืนยัน", Auto_Submitted="auto-replied"),
        answered(office, back, "ยืนยัน แต่ขอดูก่อน"),
        answered(office, back, "ยังไม่ยืนยัน"),
        asked(office, "ยืนยัน"),
    )
    assert state(office) == stood
    assert all("said-back" not in outcome and outcome != "granted" for outcome, _ in refused)

    done, letters = answered(office, back, "ยืนยันค่ะ")
    after = state(office)
    assert after != stood, done
    assert any("ดำเนินการแล้ว" in said(one) for one in to(STAFF, letters))
    replayed, letters = answered(office, back, "ยืนยัน")
    assert replayed == "not-confirmed"
    assert "ดำเนินการไปแล้ว" in said(to(STAFF, letters)[0])
    assert state(office) == after


def test_the_word_comes_too_late_or_after_it_was_dropped(office):
    _, letters = asked(office, WISHES[Verb.EXTEND][0])
    stood = state(office)
    office.now += LASTS + datetime.timedelta(hours=1)
    assert answered(office, letters[0], "ยืนยัน")[0] == "not-confirmed"
    _, letters = asked(office, WISHES[Verb.EXTEND][0])
    assert answered(office, letters[0], "ยกเลิก")[0] == "wish-dropped"
    assert answered(office, letters[0], "ยืนยัน")[0] == "not-confirmed"
    _, letters = asked(office, WISHES[Verb.EXTEND][0])
    assert answered(office, letters[0], "ไม่ยืนยันค่ะ เปลี่ยนใจแล้ว")[0] == "wish-dropped"
    assert answered(office, letters[0], "ยืนยัน")[0] == "not-confirmed"
    assert state(office) == stood


def test_two_daemons_that_hear_the_word_at_once_do_it_once(office):
    """The second to write finds that it waits no more; its mail is decided anew and refused."""
    _, letters = asked(office, WISHES[Verb.EXTEND][0])
    answered(office, letters[0], "ยืนยัน")
    reference = letters[0]["Subject"].rpartition("(")[2].rstrip(")")
    late = Decision(settled=(Settled(reference, WishState.DONE, STAFF),))
    with pytest.raises(WishSettledError):
        office.house.books.commit(late, [], message=None, now=office.now)


def test_what_was_corrected_in_words_stands_on_the_mail_that_confirmed_it(office):
    _, letters = asked(office, WISHES[Verb.CORRECT][0])
    answered(office, letters[0], "ยืนยัน")
    (answer,) = office.house.books.answers("w5827")
    assert (answer.value, answer.sender, answer.place.file) == (True, STAFF, "ข้อความในอีเมล")


def test_a_question_that_was_answered_leaves_the_digest(office):
    _, letters = asked(office, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ", DEN_CHAI)
    letters += office.later(minutes=5)
    since = office.now - datetime.timedelta(days=1)
    assert [one.kind for one in office.house.books.troubles(since)] == ["words"]
    question = next(one for one in to(STAFF, letters) if "คำสั่งฉบับไหน" in said(one))
    outcome, letters = answered(office, question, "หมายถึงคำสั่งกำหนดระบบค่ะ")
    assert outcome == "relayed"
    assert "คำสั่งกำหนดระบบ" in said(to(DEN_CHAI, letters)[0])
    assert office.house.books.troubles(since) == ()


def test_a_form_to_the_address_for_checking_is_answered_and_not_recorded(office):
    form = office.filled()
    raw = mail(DEN_CHAI, "ขอให้ตรวจ", form=form).replace(b"To: office@", b"To: office+check@")
    office.letters()
    assert office.take(raw) == "checked"
    (answer,) = to(DEN_CHAI, office.letters())
    assert "อ่านได้ ๗ แห่ง ต้องแก้ไข ๐ รายการ" in said(answer)
    assert office.house.books.answers("w5827") == ()
    assert office.take(mail(DEN_CHAI, "ขอส่ง", form=form)) == "accepted"


def test_a_form_that_staff_pass_on_counts_for_whom_it_belongs_to_and_that_one_hears(office):
    """Also when its reporter wrote it to a member of staff in person."""
    office.letters()
    assert office.take(mail(STAFF, "ส่งต่อจากอำเภอเด่นชัย", form=office.filled(), subject="Fwd: แบบรายงาน")) == "accepted"
    letters = office.letters()
    assert len(office.answers_of("den-chai")) == 28
    (copy,) = to(DEN_CHAI, letters)
    assert STAFF in said(copy)
    assert to(STAFF, letters)


def test_a_form_that_one_district_passes_on_for_another_counts_for_that_one(office):
    office.letters()
    outcome = office.take(mail(SONG, "ส่งต่อให้เด่นชัยค่ะ", form=office.filled(), subject="Fwd: แบบรายงาน"))
    letters = office.letters()
    print(
        outcome,
        [(one["To"], one["Subject"]) for one in letters],
        office.answers_of("den-chai"),
        office.answers_of("song"),
    )
    assert office.answers_of("song") == []
    assert to(SONG, letters)


def test_a_draft_that_was_declined_goes_only_when_it_is_approved_in_spite_of_that(office):
    office.now = office.now.replace(month=12, day=6)
    draft = next(one for one in office.later(hours=1) if one["X-Ruam-Kind"] == "draft")
    _, letters = asked(office, "ไม่อนุมัติ เพราะยอดรวมไม่ตรง")
    answered(office, letters[0], "ยืนยัน")
    outcome, letters = answered(office, draft, "อนุมัติ")
    assert outcome == "declined-before"
    assert "ยอดรวมไม่ตรง" in said(to(STAFF, letters)[0])
    assert answered(office, draft, "อนุมัติ")[0] == "approved"


def test_evidence_goes_at_once_to_who_asked_for_it_and_to_nobody_else(office):
    _, refused = asked(office, "ขอหลักฐานของ ว 5827 ครับ", STRANGER)
    assert not [part for one in refused for part in one.iter_attachments()]
    _, sent = asked(office, "ขอหลักฐานของ ว 5827 ครับ")
    (letter,) = to(STAFF, sent)
    (archive,) = letter.iter_attachments()
    assert archive.get_filename() == "w5827-evidence.zip"
    with zipfile.ZipFile(io.BytesIO(archive.get_payload(decode=True))) as opened:
        assert {"mails.csv", "answers.csv", "wishes.csv"} <= set(opened.namelist())


@pytest.mark.parametrize(
    ("sender", "wish", "word"),
    [
        (DEN_CHAI, "ขอขยายเวลาถึงวันที่ 3 ธันวาคม 2567", "ให้ หรือ ไม่ให้"),
        (STAFF, WISHES[Verb.EXTEND][0], "ยืนยัน หรือ ยกเลิก"),
    ],
)
def test_an_agreement_without_the_word_is_told_the_word_and_never_taken_for_thanks(office, sender, wish, word):
    _, letters = asked(office, wish, sender)
    stood = state(office)
    for said_ in ("โอเคจ้า", "รับทราบค่ะ"):
        _, told = answered(office, to(STAFF, letters)[0], said_)
        assert word in said(to(STAFF, told)[0])
    assert state(office) == stood


def test_who_speaks_of_the_draft_once_the_report_went_is_not_told_that_it_did_not_go(office):
    office.now = office.now.replace(month=12, day=6)
    letter = next(one for one in office.later(hours=1) if one["X-Ruam-Kind"] == "draft")
    answered(office, letter, "อนุมัติ")
    assert office.house.books.drafts("w5827")[0].dispatched
    _, told = answered(office, letter, "ขอโทษค่ะ ส่งเร็วไป ขอดูร่างอีกรอบก่อน")
    words = said(to(STAFF, told)[0])
    assert "รายงานส่งให้ส่วนกลางไปแล้ว" in words
    assert "ยังไม่ได้ส่งรายงาน" not in words
