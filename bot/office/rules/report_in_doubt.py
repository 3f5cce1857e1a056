"""A report of which nobody knows whether it arrived: what staff are told, and what their answer does. Pure.

The report is never repeated without a person. Staff get one notice for each attempt that ended badly, and answer it with
one word; the notice's own unguessable reference says which letter is meant.
"""

import re

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import Letter, as_written
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterFate, LetterState, Resolution
from bot.office.rules.case import Case
from bot.office.rules.commands import Command, command_in
from parsers.reading import MACHINE_MADE, Mail

WAITS = frozenset({LetterState.UNKNOWN, LetterState.FAILED, LetterState.BOUNCED})
# "stuck-7-1-unknown": the letter, its attempt, its state.
_OCCASION = re.compile(r"stuck-(\d+)-(\d+)-\w+")
_HOW = (
    "เมื่อทราบผลแล้ว โปรดตอบกลับจดหมายฉบับนี้ด้วยคำเดียวในบรรทัดแรก: “ส่งแล้ว” หากส่วนกลางได้รับแล้วหรือท่านส่งไฟล์เองแล้ว "
    "หรือ “ส่งซ้ำ” หากต้องการให้ระบบส่งรายงานฉบับเดิมอีกครั้ง"
)

_SETTLED = Notice("บันทึกแล้วว่าส่วนกลางได้รับรายงาน", ("ระบบจะไม่ส่งรายงานฉบับนี้อีก",), todo=NOTHING_TO_DO)
_AGAIN = Notice("ระบบจะส่งรายงานฉบับเดิมอีกครั้ง", ("เมื่อทราบผลการส่งแล้ว ระบบจะแจ้งให้ทราบ",), todo=NOTHING_TO_DO)


def occasion_of(fate: LetterFate) -> str:
    """Which attempt a notice is about: after a person had the letter sent again, there may be another."""
    return f"stuck-{fate.id}-{fate.attempt}-{fate.state.value}"


def stuck_notice(bureau: Bureau, circular: Circular, fate: LetterFate) -> Letter:
    """Tells staff that the report did not reach the department, or that nobody can know whether it did, and what to do."""
    to, name = ", ".join(fate.recipients), circular.department.name
    subject = circular.wording.subject
    match fate.state:
        case LetterState.UNKNOWN:
            headline = f"ด่วน: ไม่ทราบว่ารายงาน{subject} ถึง{name}แล้วหรือยัง"
            said = f"ระบบส่งรายงานไปที่ {to} แต่เครื่องแม่ข่ายขาดการติดต่อก่อนตอบรับ รายงานอาจถึงแล้วหรือยังไม่ถึงก็ได้ ระบบจะไม่ส่งซ้ำเอง"
            step = "โปรดโทรศัพท์สอบถามส่วนกลางว่าได้รับรายงานหรือไม่"
        case LetterState.BOUNCED:
            headline = f"ด่วน: รายงาน{subject} ถูกตีกลับ ยังไม่ถึง{name}"
            said = f"ระบบส่งรายงานไปที่ {to} แล้ว แต่เครื่องแม่ข่ายปลายทางตีกลับ"
            step = "โปรดสอบถามที่อยู่อีเมลที่ถูกต้องจากส่วนกลาง แล้วส่งไฟล์จากจดหมายร่างรายงานที่อนุมัติไว้ด้วยตนเอง"
        case LetterState.SENT:
            headline = f"ด่วน: รายงาน{subject} ส่งไม่ถึงผู้รับบางราย"
            said = f"{name}ได้รับรายงานแล้วบางที่อยู่ แต่ปลายทางไม่รับที่อยู่ต่อไปนี้"
            step = "หากจำเป็น โปรดส่งไฟล์จากจดหมายร่างรายงานให้ผู้รับที่ขาดด้วยตนเอง"
        case _:
            headline = f"ด่วน: รายงาน{subject} ยังไม่ถึง{name}"
            said = f"ระบบส่งรายงานไปที่ {to} ไม่สำเร็จ เครื่องแม่ข่ายไม่รับ"
            step = "โปรดตรวจสอบที่อยู่อีเมลของส่วนกลาง หรือส่งไฟล์จากจดหมายร่างรายงานที่อนุมัติไว้ด้วยตนเอง"
    paragraphs = (said,) if fate.state is LetterState.SENT else (said, _HOW)
    words = tuple(f"{address}: {as_written(words)}" for address, words in fate.refused.items()) or (
        as_written(fate.detail),
    )
    return notice(bureau, circular.slug, occasion_of(fate), Notice(headline, paragraphs, words, todo=step, alarm=True))


def letter_meant(mail: Mail, facts: Facts) -> tuple[int, int] | None:
    """The letter, and which attempt at it, that a mail settles: it answers such a notice with one of the two words."""
    if command_in(mail.text) not in {Command.SENT, Command.AGAIN}:
        return None
    for letter in facts.answered:
        match = _OCCASION.fullmatch(letter.occasion) if letter.kind == "notice" else None
        if match:
            return int(match[1]), int(match[2])
    return None


def settle_doubt(case: Case) -> Decision | None:
    """What a staff member's word on the report does.

    A mail that the receiving server disowns, and a word on an attempt that is not the last one, settle nothing.
    """
    bureau, mail, meant = case.bureau, case.mail, letter_meant(case.mail, case.facts)
    if meant is None or mail.kind in MACHINE_MADE:
        return None
    fate = next(iter(case.facts.fates), None)
    circular = fate.circular if fate else ""
    current = fate is not None and fate.state in WAITS and meant == (fate.id, fate.attempt)
    if case.disowned:
        return disbelieved(bureau, circular, case.key)
    if fate is None or not current:
        content = Notice("เรื่องนี้ดำเนินการไปแล้ว", ("สถานะของรายงานเปลี่ยนไปหลังจากจดหมายฉบับที่ท่านตอบ ระบบจึงไม่ได้ทำอะไรเพิ่ม",))
        told = notice(bureau, circular, case.key, content, mail)
        return Decision(MessageState.DECIDED, "doubt-settled-before", circular=circular, letters=(told,))
    again = command_in(mail.text) is Command.AGAIN
    resolution = Resolution(fate.id, again, mail.sender)
    told = notice(bureau, circular, case.key, _AGAIN if again else _SETTLED, mail)
    outcome = "report-sent-again" if again else "report-settled"
    return Decision(MessageState.DECIDED, outcome, circular=circular, letters=(told,), resolutions=(resolution,))


def disbelieved(bureau: Bureau, circular: str, occasion: str) -> Decision:
    """A word on a letter that the receiving server disowns: nothing is done, and all staff hear of it."""
    headline = "ไม่ได้ดำเนินการตามคำตอบ เพราะยืนยันไม่ได้ว่ามาจากท่าน"
    content = Notice(headline, ("มีจดหมายสั่งการเรื่องจดหมายของระบบที่เครื่องแม่ข่ายไม่รับรองว่ามาจากผู้ส่ง",))
    told = notice(bureau, circular, occasion, content)
    return Decision(MessageState.HELD, "doubt-not-believed", headline, circular=circular, letters=(told,))
