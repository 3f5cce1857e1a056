"""When to fall silent: the bot answers a person as often as that person gets on, a machine not for ever. Pure.

A mail is fruitless when it changes nothing: no figure becomes another, and no other mistake is found in a form than in the
sender's mail before it. After ``QUICK`` fruitless mails within minutes, or ``DAILY`` within a day, the sender gets no answer
any more and staff hear of it once a day. So two bots that answer each other stop after ``QUICK`` letters of ours. Staff
are answered longer, since they may well try several words; no person writes so many within minutes.
"""

import dataclasses
import functools
from collections.abc import Callable

from bot.office.decision import Decision
from bot.office.letters.letter import ANSWERS, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import MessageState, Said
from bot.office.rules.case import Case
from parsers.reading import MACHINE_MADE, Reading

QUICK, DAILY = 3, 6
STAFF_QUICK, STAFF_DAILY = 10, 40


def duplicate(case: Case) -> Decision | None:
    """A second copy of a mail that was decided already."""
    return Decision(MessageState.DECIDED, "duplicate") if case.facts.seen_before else None


def within_reason(rule: Callable[[Case], Decision | None]) -> Callable[[Case], Decision | None]:
    """A rule about people's mails, as it is kept from answering in a loop. What a program sent counts where it was recorded."""

    @functools.wraps(rule)
    def measured(case: Case) -> Decision | None:
        decision = rule(case)
        if decision is None or (case.mail.kind in MACHINE_MADE and not decision.answers):
            return decision
        heard_from = () if case.disowned else (case.mail.sender,)
        fruitless = _is_fruitless(case, decision)
        return _restrained(case, dataclasses.replace(decision, heard_from=heard_from, fruitless=fruitless))

    return measured


def _is_fruitless(case: Case, decision: Decision) -> bool:
    """Whether a mail brought nothing new."""
    reading = case.reading
    if (
        decision.approval
        or decision.registered
        or decision.settlements
        or decision.resolutions
        or decision.drafts
        or decision.bounces
        or decision.wishes
        or decision.settled
    ):
        return False
    reasons = case.facts.reasons
    if any(reasons.get((e.organisation, e.question, e.value)) != e.text for e in decision.explanations):
        return False
    known = {(one.organisation, one.question): one.value for one in case.facts.answers}
    if any(known.get((a.organisation, a.question)) != a.value for a in decision.answers):
        return False
    # A form that is wrong in another way than before is a person's work; without a form there is nothing to get right.
    return not reading.answers or _said(reading) == case.facts.talk.said


def _said(reading: Reading) -> Said:
    """The findings of a reading, for comparing two mails."""
    return frozenset((f.code.value, f.organisation, f.question, f.value) for f in reading.findings)


def _restrained(case: Case, decision: Decision) -> Decision:
    """The decision without its letters to a sender who has been answered in vain often enough; staff are told once."""
    mail, talk = case.mail, case.facts.talk
    answers = [letter for letter in decision.letters if letter.to == (mail.sender,) or letter.kind in ANSWERS]
    quick, daily = (STAFF_QUICK, STAFF_DAILY) if case.by_staff else (QUICK, DAILY)
    if not decision.fruitless or not answers or (talk.quick < quick and talk.daily < daily):
        return decision
    others = tuple(letter for letter in decision.letters if letter not in answers)
    content = Notice(
        "ระบบหยุดตอบอีเมลอัตโนมัติไปยังที่อยู่หนึ่ง",
        (
            f"มีจดหมายจาก {mail.sender} เข้ามาติดกันหลายฉบับโดยไม่มีข้อมูลใหม่ อาจเป็นระบบตอบกลับอัตโนมัติ หรือผู้ส่งกรอกแบบไม่สำเร็จ",
            "ระบบยังอ่านและบันทึกทุกฉบับตามปกติ และจะตอบอีกครั้งเมื่อมีข้อมูลใหม่ หากเป็นเจ้าหน้าที่ของหน่วยงาน โปรดโทรศัพท์ช่วยเหลือ",
        ),
        (f"ฉบับล่าสุด: {as_written(mail.subject)}",),
        todo="โปรดตรวจสอบว่าผู้ส่งต้องการความช่วยเหลือหรือไม่",
    )
    day = case.message.received.astimezone(BANGKOK).date()
    told = notice(case.bureau, decision.circular, f"silent-{mail.sender}-{day}", content)
    return dataclasses.replace(decision, letters=(*others, told), outcome=f"{decision.outcome}-unanswered")
