"""What people say in words: acknowledged to them, and put before staff with its text. Nothing of it is recorded. Pure."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, LetterKind
from bot.office.letters.receipt_and_correction import form_to_fill, salutation
from bot.office.letters.request_and_reminder import owed_lines
from bot.office.model.received_mail import MessageState
from bot.office.model.recorded_answer import Recorded
from bot.office.plan.words_to_staff import said_in, waiting
from bot.office.rules.case import Case
from bot.office.rules.reply_address import answered_at
from parsers.reading import MACHINE_MADE

WORDS = "words"
_SUBJECTS = {
    WORDS: "ได้รับข้อความแล้ว เจ้าหน้าที่จะอ่านและตอบ",
    "empty": "ได้รับอีเมลแล้ว แต่ไม่มีข้อความและไม่มีไฟล์แนบ",
    "explained": "บันทึกคำชี้แจงแล้ว",
}


def words(case: Case) -> Decision | None:
    """Somebody whom we know, or who answers a letter of ours, says something in words beside no form.

    A reply that there is nothing to report, where that is no answer, failed as a report and is answered as one.
    """
    if not case.in_words or (case.says_nil and not case.owes_nothing):
        return None
    if case.says_thanks and not case.is_invitation:
        return decided(case, "thanks")
    what = "empty" if case.says_nothing else WORDS
    letters = acknowledgement(case, what, case.facts.answers)
    if letters and what != WORDS:  # an answer is all that it asks for
        return decided(case, what, letters=letters)
    return put_before_staff(case, letters)


def put_before_staff(case: Case, letters: tuple[Letter, ...] = (), outcome: str = WORDS) -> Decision:
    """The decision by which the words of a mail wait for the next letter to staff."""
    step = waiting(case.message.id, case.mail.sender, case.now)
    heard = decided(case, outcome, letters=letters)
    return dataclasses.replace(heard, why=said_in(case.mail), ledger=(step,))


def decided(case: Case, outcome: str, *, letters: tuple[Letter, ...] = ()) -> Decision:
    """A decision about a mail from which nothing is recorded."""
    return Decision(
        MessageState.DECIDED,
        outcome,
        circular=case.circular.slug if case.circular else "",
        reporter=case.reading.reporter or "",
        findings=case.reading.findings,
        letters=letters,
    )


def acknowledgement(
    case: Case, what: str, known: tuple[Recorded, ...], more: Mapping[str, Any] | None = None
) -> tuple[Letter, ...]:
    """The letter that says that the words came in; none into a list, to a calendar or to whom the server disowns.

    ``known`` are the answers that hold; ``more`` is what the letter says besides.
    """
    to = answered_at(case)
    if not to or case.disowned or case.mail.kind in MACHINE_MADE or case.is_invitation:
        return ()
    circular, key = case.circular, case.reading.reporter
    owed, more = case.owed(known), more or {}
    to_fill = not more or owed or more.get("queries")
    return (
        Letter(
            kind=LetterKind.RECEIPT,
            circular=circular.slug if circular else "",
            addressee=key or case.mail.sender,
            occasion=case.key,
            to=to,
            subject=_SUBJECTS[what],
            template="heard",
            view={
                "salutation": salutation(case.bureau, case.reading),
                "circular": circular,
                "received": case.message.received,
                "sender": case.mail.sender,
                "what": what,
                "owed": owed_lines(case.bureau, circular, owed, known) if circular else [],
                **more,
            },
            in_reply_to=case.mail.message_id,
            references=case.mail.references,
            enclosures=(form_to_fill(circular, key, known),) if circular and key and to_fill else (),
        ),
    )
