"""When to fall silent: the bot answers a person as often as that person gets on, a machine not for ever. Pure.

A mail is fruitless when it changes nothing: no figure becomes another, and no other mistake is found in a form than in the
sender's mail before it. After ``QUICK`` fruitless mails within minutes, or ``DAILY`` within a day, the sender gets no answer
any more and staff hear of it once a day. So two bots that answer each other stop after ``QUICK`` letters of ours. Staff
are answered longer, since they may well try several words; no person writes so many within minutes.
"""

import dataclasses
import datetime
from dataclasses import dataclass

from bot.office.decision import Decision, Facts
from bot.office.letters.digest import Notice, notice
from bot.office.letters.letter import ANSWERS, as_written
from bot.office.model.bureau import Bureau
from bot.office.model.circular import BANGKOK
from bot.office.model.records import Inboxed
from parsers.reading import Mail, Reading

QUICK, MINUTES = 3, datetime.timedelta(minutes=10)
DAILY, DAY = 6, datetime.timedelta(days=1)
STAFF_QUICK, STAFF_DAILY = 10, 40

Said = frozenset[tuple[str, str, str, str]]  # findings as (code, organisation, question, value)


@dataclass(frozen=True)
class Talk:
    """What came of the sender's mails before this one."""

    quick: int = 0  # fruitless ones within MINUTES, since the last that was not
    daily: int = 0  # and within DAY
    said: Said = frozenset()  # the findings of the newest


def is_fruitless(reading: Reading, facts: Facts, decision: Decision, talk: Talk) -> bool:
    """Whether a mail brought nothing new."""
    if (
        decision.approval
        or decision.registered
        or decision.settlements
        or decision.resolutions
        or decision.drafts
        or decision.bounces
    ):
        return False
    known = {(one.organisation, one.question): one.value for one in facts.answers}
    if any(known.get((a.organisation, a.question)) != a.value for a in decision.answers):
        return False
    # A form that is wrong in another way than before is a person's work; without a form there is nothing to get right.
    return not reading.answers or said(reading) == talk.said


def said(reading: Reading) -> Said:
    """The findings of a reading, for comparing two mails."""
    return frozenset((f.code.value, f.organisation, f.question, f.value) for f in reading.findings)


def restrained(bureau: Bureau, mail: Mail, decision: Decision, talk: Talk, message: Inboxed) -> Decision:
    """The decision without its letters to a sender who has been answered in vain often enough; staff are told once."""
    answers = [letter for letter in decision.letters if letter.to == (mail.sender,) or letter.kind in ANSWERS]
    quick, daily = (STAFF_QUICK, STAFF_DAILY) if mail.sender in bureau.office.staff else (QUICK, DAILY)
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
    day = message.received.astimezone(BANGKOK).date()
    told = notice(bureau, decision.circular, f"silent-{mail.sender}-{day}", content)
    return dataclasses.replace(decision, letters=(*others, told), outcome=f"{decision.outcome}-unanswered")
