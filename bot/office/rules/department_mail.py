"""Mails of the department, or in answer to the report: filed with it, staff are told, and no program answers. Pure."""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, LetterKind, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.task import Task
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.held_mail import ASKED_PER_HOUR, doubt_of
from bot.office.rules.mail_in_words import decided, put_before_staff
from bot.office.rules.occasions import DEPARTMENT_WORDS
from bot.office.rules.sender_trust import Ground

DEPARTMENT, BY_PROGRAM = "department", "department-program"


def from_department(case: Case) -> Decision | None:
    """A mail of the department, or in answer to one to it, is never answered by a program, nor recorded: staff are told.

    What it asks for is a task until staff say that it is done; a mail that only thanks, or that the receiving server disowns,
    is none. Beyond the cap of such notices they are told with the other words.
    """
    believed = case.reading.standing() and case.ground is not Ground.NOTHING
    if not case.of_department or case.message.vouched_by or believed:
        return None
    about = case.facts.slug or case.reading.circular or ""
    if case.facts.asked >= ASKED_PER_HOUR:
        return dataclasses.replace(put_before_staff(case, outcome=DEPARTMENT), circular=about)
    asks = not (case.says_thanks or case.disowned)
    told = decided(case, DEPARTMENT, letters=(_told(case, about, asks=asks),))
    tasks = (Task(case.message.id, about, case.now),) if asks else ()
    return dataclasses.replace(told, why=said_in(case.mail), circular=about, tasks=tasks)


def automatic_answer(case: Case) -> Decision | None:
    """What the department's own program answered to a report: filed with it, and told with the next words."""
    if not any(letter.kind == LetterKind.REPORT for letter in case.facts.answered) or case.mail.returned:
        return None
    return dataclasses.replace(put_before_staff(case, outcome=BY_PROGRAM), circular=case.facts.slug)


def _told(case: Case, about: str, *, asks: bool) -> Letter:
    mail = case.mail
    warned = (f"โปรดระวัง: {doubt_of(case)}",) if case.disowned else ()
    number = case.message.id
    how = (
        f"เมื่อดำเนินการแล้ว โปรดตอบกลับอีเมลฉบับนี้ด้วยคำว่า เสร็จ หรือตอบสรุปประจำวันด้วย เสร็จ {number} ระหว่างนี้สรุปประจำวันจะเตือนเรื่องนี้"
    )
    content = Notice(
        f"มีอีเมลจากส่วนกลาง: {as_written(mail.subject or 'ไม่มีชื่อเรื่อง')}",
        (
            "ระบบไม่ได้ตอบผู้ส่ง และไม่ได้ดำเนินการใดตามจดหมายนี้ โปรดตอบผู้ส่งด้วยตนเองตามที่อยู่ด้านล่าง"
            if asks or case.disowned
            else "ระบบไม่ได้ตอบผู้ส่ง จดหมายนี้แจ้งว่าได้รับแล้วหรือขอบคุณเท่านั้น",
            *warned,
            *((how,) if asks else ()),
        ),
        tuple(
            f"ไฟล์แนบ {as_written(file.name)} (โปรดเปิดจากกล่องจดหมาย {case.bureau.office.address})"
            for file in case.reading.files[:5]
        ),
        todo="โปรดอ่านและดำเนินการ" if asks else "โปรดอ่าน",
        quotes=(Quote(who(case.bureau, mail), said_in(mail)),),
    )
    return notice(case.bureau, about, case.key + DEPARTMENT_WORDS, content)
