"""What staff do on the page: shown first, done once by the rules of mail, recorded with who did it; nobody else does anything."""

import datetime
import html
import re

import pytest

from bot.desk.deeds import LASTS, STEP
from bot.office.letters.letter import STAFF as OF_STAFF
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import Attempt, LetterState
from bot.store.outbox import Holding
from tests.bot.desk.conftest import OURS, VIEWER
from tests.field.office_of_paper import DEN_CHAI, SONG, STAFF, mail, said, to

STRANGER = "clerk@freemail.example"
KEY, WHY = "s10_announced", "ตรวจสอบทางโทรศัพท์แล้ว"
IN_WORDS = "แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✗"
EXTEND = {"kind": "words", "slug": "w5827", "words": "เลื่อนกำหนดของอำเภอเด่นชัยถึงวันที่ ๓ ธันวาคม ๒๕๖๗"}


def shown(browser, **form):
    """What the first step says, and the deed that it carries; "" where nothing would come."""
    answer = browser.post("/do", data=form, headers=OURS)
    assert answer.status_code == 200
    found = re.search(r'name="deed" value="([^"]+)"', answer.text)
    return answer.text, html.unescape(found[1]) if found else ""


def done(browser, deed):
    answer = browser.post("/done", data={"deed": deed}, headers=OURS)
    assert answer.status_code == 200
    return answer.text


def everything(office):
    """All that the books hold of deeds."""
    books = office.house.books
    assert books.check_chain().wrong == 0
    steps = [entry for slug in ("w5827", "") for entry in books.ledger(slug, OF_STAFF)]
    letters = [(row.id, row.state) for row in books.letters() if not row.occasion.startswith("sign-in")]
    mails = [(row.id, row.state) for row in books.mails()]
    return steps, letters, mails, books.round_changes(["w5827"]), books.drafts("w5827"), books.addresses_of_staff()


def in_ledger(office, slug="w5827"):
    return [entry.ground for entry in office.house.books.ledger(slug, OF_STAFF) if entry.step.startswith(STEP)]


def held(office):
    office.take(mail(STRANGER, "ขอส่งแทนอำเภอสอง", form=office.filled("song")))
    return {"kind": "settle", "number": "1", "words": "รับ"}


def asked(office):
    office.take(mail(SONG, "มาตรา 16 หมายถึงคำสั่งฉบับไหนคะ"))
    return {"kind": "answer", "number": "1", "words": "หมายถึงคำสั่งกำหนดระบบค่ะ"}


def drafted(office):
    office.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=office.filled()))
    office.now = office.now.replace(month=12, day=6, hour=9)
    office.later(hours=1)
    return {"kind": "approve", "slug": "w5827", "number": "1"}


def failed(office):
    (due, *_) = office.house.books.claim(office.now, 1, datetime.timedelta(minutes=1), Holding())
    office.house.books.settle(due, Attempt(LetterState.FAILED, "550 no such user", {}), office.now)
    return {"kind": "resend", "number": str(due.id)}


def reported(office):
    office.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=office.filled()))
    office.code = office.bureau.roster.by_key["den-chai"].organisations[0]
    return {"kind": "correct", "slug": "w5827", "organisation": office.code, "question": KEY, "words": "✗", "why": WHY}


CASES = {
    "extend": lambda office: EXTEND,
    "remind": lambda office: EXTEND | {"words": "เตือนอำเภอเด่นชัยตอนนี้"},
    "form": lambda office: EXTEND | {"words": "ส่งแบบฟอร์มให้อำเภอเด่นชัยอีกครั้ง"},
    "exempt": lambda office: EXTEND | {"words": "ยกเว้น อบต.ไทรย้อย เพราะไม่มีอินเทอร์เน็ต"},
    "address": lambda office: EXTEND | {"words": "เพิ่มที่อยู่ second@amphoe.example ให้อำเภอเด่นชัย"},
    "accept": held,
    "refuse": lambda office: held(office) | {"words": "ไม่รับ"},
    "answer": asked,
    "approve": drafted,
    "decline": lambda office: (drafted(office), EXTEND | {"words": "ไม่อนุมัติ เพราะยอดรวมไม่ตรง"})[1],
    "resend": failed,
    "correct": reported,
    "correct in words": lambda office: (reported(office), EXTEND | {"words": IN_WORDS})[1],
}


def rounds(office):
    return [(one.kind, one.by, one.whom) for one in office.house.books.round_changes(["w5827"])]


def kinds_to(office, addressee):
    return [one.kind for one in office.house.books.letters() if one.addressee == addressee]


def was_told(office, words):
    """Who got a letter with these words, staff left out."""
    return [one["To"] for one in office.letters() if words in said(one) and one["To"] != STAFF]


def typed(office):
    """The cells that stand on the word of staff."""
    return [(a.question, a.value) for a in office.house.books.answers("w5827") if a.sender == STAFF]


def draft(office):
    (found,) = office.house.books.drafts("w5827")
    return found.approved_by, found.dispatched is not None


ENDS = {
    "extend": (rounds, [("extended", STAFF, "den-chai")]),
    "remind": (lambda office: kinds_to(office, "den-chai"), ["request", "reminder"]),
    "form": (lambda office: kinds_to(office, "den-chai"), ["request", "request"]),
    "exempt": (rounds, [("exempted", STAFF, "6540506")]),
    "address": (
        lambda office: [(m.address, m.reporter) for m in office.house.books.addresses_of_staff()],
        [("second@amphoe.example", "den-chai")],
    ),
    "accept": (
        lambda office: (office.house.books.mail_row(1).state, office.house.books.mail_row(1).vouched_by),
        ("received", STAFF),
    ),
    "refuse": (
        lambda office: (office.house.books.mail_row(1).state, office.house.books.mail_row(1).outcome),
        ("decided", "refused"),
    ),
    "answer": (
        lambda office: (office.house.books.answered_by([1])[1].ground, was_told(office, "คำสั่งกำหนดระบบ")),
        (STAFF, [SONG]),
    ),
    "approve": (draft, (STAFF, True)),
    "decline": (draft, ("", False)),
    "resend": (lambda office: [one.state for one in office.house.books.letters()][-1], "queued"),
    "correct": (typed, [(KEY, False)]),
    "correct in words": (typed, [(KEY, False)]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_deed_is_shown_then_done_once_and_bears_its_name(office, case):
    form = CASES[case](office)
    browser, viewer = office.signed_in(), office.signed_in(VIEWER)
    stood = everything(office)
    page, deed = shown(browser, **form)
    assert deed, page
    assert viewer.post("/do", data=form, headers=OURS).status_code == 403
    assert viewer.post("/done", data={"deed": deed}, headers=OURS).status_code == 403
    assert browser.post("/done", data={"deed": deed}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert everything(office) == stood
    assert "บันทึกไว้ว่า" in done(browser, deed)
    after = everything(office)
    assert after != stood
    assert "ดำเนินการไปแล้ว" in done(browser, deed)
    assert everything(office) == after
    (ground,) = in_ledger(office, form.get("slug", ""))
    assert ground.startswith(f"{STAFF}: ")
    holds, expected = ENDS[case]
    assert holds(office) == expected


def test_what_is_done_is_what_a_mail_would_do(office):
    browser = office.signed_in()
    _, deed = shown(browser, **EXTEND)
    office.letters()
    done(browser, deed)
    (letter,) = to(DEN_CHAI, office.letters())
    assert letter["X-Ruam-Kind"] == "extension"
    assert "๓ ธันวาคม ๒๕๖๗" in said(letter)
    (change,) = office.house.books.round_changes(["w5827"])
    assert (change.by, change.whom) == (STAFF, "den-chai")
    assert "เลื่อนกำหนด" in browser.get("/circulars/w5827").text


def test_a_held_mail_that_is_accepted_is_read_and_recorded(office):
    form = held(office)
    browser = office.signed_in()
    done(browser, shown(browser, **form)[1])
    row = office.house.books.mail_row(1)
    assert (row.state, row.vouched_by) == (MessageState.RECEIVED, STAFF)


def test_the_report_leaves_once(office):
    form = drafted(office)
    browser = office.signed_in()
    page, deed = shown(browser, **form)
    assert "dla0810_7@dla.go.th" in page
    _, second = shown(browser, **form)
    office.letters()
    done(browser, deed)
    assert "ส่งไปแล้ว" in done(browser, second)
    reports = [one for one in office.letters() if one["X-Ruam-Kind"] == "report"]
    assert len(reports) == 1
    assert office.house.books.drafts("w5827")[0].approved_by == STAFF


def test_what_changed_since_is_shown_anew(office):
    form = drafted(office)
    browser = office.signed_in()
    _, deed = shown(browser, **form)
    office.take(mail(DEN_CHAI, "ขอแก้ไข", form=office.filled(mark="✗")))
    page = done(browser, deed)
    assert "มีบางอย่างเปลี่ยนไป" in page
    assert [one.dispatched for one in office.house.books.drafts("w5827")] == [None]


def test_a_deed_that_was_forged_is_old_or_anothers_is_none(office):
    browser, stood = office.signed_in(), everything(office)
    _, deed = shown(browser, **EXTEND)
    # The last letter of a signature holds bits that say nothing, so the one before it is changed.
    forged = f"{deed[:-2]}{'a' if deed[-2] != 'a' else 'b'}{deed[-1]}"
    for bad in ("", "x.y", forged, deed.replace("w5827", "other")):
        assert "ไม่ถูกต้อง" in done(browser, bad)
    object.__setattr__(office.desk.house.bureau.office, "staff", (STAFF, VIEWER))
    assert "ไม่ถูกต้อง" in done(office.signed_in(VIEWER), deed)
    office.now += LASTS + datetime.timedelta(seconds=1)
    assert "เก่าเกินไป" in done(browser, deed)
    assert everything(office)[3:] == stood[3:]


@pytest.mark.parametrize(
    "form",
    [
        EXTEND | {"words": "ฝนตกหนักมาก"},
        EXTEND | {"words": "ปิด ถ้าครบแล้ว"},
        EXTEND | {"words": "เลื่อนอำเภอลอง"},
        EXTEND | {"words": "แก้ไข อบต.ไทรย้อย ช่อง ชื่อที่ไม่มี เป็น ✓"},
        EXTEND | {"words": ""},
        EXTEND | {"words": "ไม่อนุมัติ เพราะยอดรวมไม่ตรง"},
    ],
)
def test_what_is_no_plain_wish_is_refused_with_why(office, form):
    page, deed = shown(office.signed_in(), **form)
    assert deed == ""
    assert "ยังไม่ได้ทำ" in page


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "other"},
        {"kind": "words", "slug": "nobody", "words": "ปิด"},
        {"kind": "approve", "slug": "w5827", "number": "7"},
        {"kind": "settle", "number": "999", "words": "รับ"},
        {"kind": "answer", "number": "999", "words": "ค่ะ"},
        {"kind": "settle", "number": "x", "words": "รับ"},
    ],
)
def test_a_deed_about_nothing_is_not_there(office, form):
    assert office.signed_in().post("/do", data=form, headers=OURS).status_code == 404
    assert office.browser().post("/do", data=form, headers=OURS).headers["location"] == "/sign-in"


def test_viewers_see_nothing_to_press_but_the_way_out(office):
    asked(office)
    browser = office.signed_in(VIEWER)
    for path in ("/circulars/w5827", "/mails/1", "/circulars/w5827/report", "/reporters/song"):
        assert re.findall(r'action="([^"]+)"', browser.get(path).text) == ["/search", "/sign-out"]
