"""Whose word about the letter to the districts counts, and which file goes on to every reporter."""

import dataclasses
import hashlib

import pytest

from bot.office.decision import Facts
from bot.office.model.official_letter import DISTRICTS
from bot.office.model.received_mail import Verdict
from bot.office.model.sent_letter import SentLetter
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from parsers.findings import Code, Place, finding
from parsers.reading import FileReading, MailKind, Outcome, Reading

NUMBER = "เลขที่ พร 0023.1/ว 4778 ลงวันที่ 19 พ.ย. 2567"
SCAN = b"%PDF-1.7 signed"
FILE = FileReading("scan.pdf", "pdf", len(SCAN), Outcome.REJECTED)


@pytest.fixture
def answered(bureau, papers):
    """Decides about a staff member's answer to the draft of the letter."""

    def take(text=NUMBER, facts=None, sender="somsri@phrae.example", **reading):
        kind = reading.pop("kind", MailKind.OTHER)
        mail = papers.mail(sender, "Re: [w5827] ร่างหนังสือจังหวัดถึงอำเภอ", text, ("m@x",), kind)
        sent = SentLetter("signing", "w5827", "staff", "draft", "m@x", (sender,))
        known = dataclasses.replace(facts or Facts(), answered=(sent,))
        found = Reading(mail=mail, circular="w5827", **reading)
        return decide(Case(bureau, found, known, papers.inboxed(), papers.moment("2024-11-19 10:00")))

    return take


def test_number_and_scan_of_one_mail_are_one_decision(answered):
    decision = answered(files=(FILE,), facts=Facts(scan=SCAN))
    [given] = decision.registered
    assert (decision.outcome, given.paper, given.number, given.content) == (
        "letter-given", DISTRICTS, "พร 0023.1/ว 4778", SCAN,
    )  # fmt: skip
    assert given.scan == "w5827-phrae-letter-signed.pdf"
    assert len(decision.letters) == 1


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (Facts(verdict=Verdict.FAIL, doubt="dmarc=fail"), "not-vouched-for"),
        (Facts(seen_before=True), "duplicate"),
    ],
)
def test_a_doubted_or_repeated_mail_gives_nothing(answered, facts, outcome):
    decision = answered(facts=dataclasses.replace(facts, scan=SCAN), files=(FILE,))
    assert (decision.outcome, decision.registered) == (outcome, ())


def test_a_holiday_message_gives_nothing(answered):
    decision = answered(kind=MailKind.AUTO_REPLY)
    assert (decision.registered, decision.letters) == ((), ())


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"facts": Facts(scan=SCAN, ours=frozenset({hashlib.sha256(SCAN).hexdigest()}))}, "ยังไม่มีลายมือชื่อ"),
        ({"facts": Facts(scan=None)}, "เปิดไฟล์ scan.pdf ไม่ได้"),
        ({"facts": Facts(scan=b"GIF89a")}, "ไม่ใช่ PDF, JPEG หรือ PNG"),
        (
            {
                "facts": Facts(scan=SCAN),
                "findings": (finding(Code.KEY_HIDDEN, Place("scan.pdf"), where="x"),),
            },
            "เลขประจำตัวประชาชน",
        ),
    ],
)
def test_a_file_that_may_not_go_on_is_refused_and_the_number_counts_all_the_same(answered, changes, why):
    decision = answered(files=(FILE,), **changes)
    [given] = decision.registered
    assert (given.numbered, given.scan, given.content) == (True, "", b"")
    assert any(why in line for line in decision.letters[0].view["paragraphs"])


def test_thanks_need_no_answer_and_other_words_get_one(answered):
    assert answered("รับทราบครับ ขอบคุณครับ").outcome == "thanks"
    decision = answered("อนุมัติ")
    assert (decision.outcome, decision.registered, len(decision.letters)) == ("letter-not-given", (), 1)
