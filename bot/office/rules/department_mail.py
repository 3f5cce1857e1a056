"""Mails of the department, or in answer to the report: staff are told at once, and no program answers. Pure."""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.letter import Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.held_mail import ASKED_PER_HOUR, DEPARTMENT_WORDS, doubt_of
from bot.office.rules.mail_in_words import decided, put_before_staff


def from_department(case: Case) -> Decision | None:
    """A mail of the department, or in answer to one to it, is never answered by a program: staff are told at once.

    Beyond the cap of such notices they are told with the other words.
    """
    if not case.of_department or case.reading.standing() or case.message.vouched_by:
        return None
    if case.facts.asked >= ASKED_PER_HOUR:
        return dataclasses.replace(put_before_staff(case), outcome="department")
    mail, about = case.mail, case.facts.slug or case.reading.circular or ""
    warned = (f"โปรดระวัง: {doubt_of(case)}",) if case.disowned else ()
    content = Notice(
        f"มีอีเมลจากส่วนกลาง: {as_written(mail.subject or 'ไม่มีชื่อเรื่อง')}",
        ("ระบบไม่ได้ตอบผู้ส่ง และไม่ได้ดำเนินการใดตามจดหมายนี้ โปรดตอบผู้ส่งด้วยตนเองตามที่อยู่ด้านล่าง", *warned),
        tuple(
            f"ไฟล์แนบ {as_written(file.name)} (โปรดเปิดจากกล่องจดหมาย {case.bureau.office.address})"
            for file in case.reading.files[:5]
        ),
        todo="โปรดอ่านและดำเนินการ",
        quotes=(Quote(who(case.bureau, mail), said_in(mail)),),
    )
    letter = notice(case.bureau, about, case.key + DEPARTMENT_WORDS, content)
    return dataclasses.replace(decided(case, "department", letters=(letter,)), why=said_in(mail))
