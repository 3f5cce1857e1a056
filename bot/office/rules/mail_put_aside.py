"""Mails that nobody can be answered for, put aside in Unreadable: without a sender, or such as defeat the bot itself. Pure.

The latter are tried three times, then parked for a person. An error of ours while deciding counts fully. When the whole process died, the mail need not be the cause: somebody may
have switched the machine off. Such a mail gets one more try after all the others, and only then is it parked. A mail that
kills the child it is read in is not parked: that is known at once, and ``form_received`` answers it.
"""

import datetime

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, LetterKind, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.outcomes import PARKED
from bot.office.model.received_mail import Inboxed, MessageState
from bot.office.plan.words_to_staff import EMPTY, said_in, waiting
from bot.office.rules.case import Case
from parsers.reading import MACHINE_MADE, Mail

TRIES = 3  # an error of the moment passes by the second; a third proves that the mail is the cause
QUARANTINE = 1  # further tries of a mail in whose reading the process died, behind all others


def is_parked(message: Inboxed) -> bool:
    """Whether a mail has been tried often enough."""
    return message.failures >= TRIES or deaths(message) >= TRIES + QUARANTINE


def deaths(message: Inboxed) -> int:
    """How many earlier attempts ended in silence."""
    return message.attempts - 1 - message.failures


def parked(case: Case) -> Decision | None:
    """Give up to a person a mail that was tried often enough; of such a mail only the headers were read.

    Staff are told, and a known reporter unless the receiving server speaks against it.
    """
    if not is_parked(case.message):
        return None
    head, mail, why = case.reading, case.reading.mail, _why(case.message)
    letters = [put_aside_notice(case.bureau, mail, why, case.now)]
    by_person = mail and mail.kind not in MACHINE_MADE and not case.bureau.office.is_own(mail.sender)
    if mail and by_person and head.known and not case.disowned:
        letters.append(_to_sender(mail, case.message))
    return Decision(MessageState.UNREADABLE, PARKED, why, reporter=head.reporter or "", letters=tuple(letters))


def no_sender(case: Case) -> Decision | None:
    """Nobody can be answered; what the mail says is put to staff. Delivery reports come from nobody and are read none the less."""
    mail = case.reading.mail
    if mail is not None and (mail.sender or mail.returned):
        return None
    why = "อ่านหัวจดหมายไม่ได้ จึงไม่ทราบว่าใครส่ง"
    if mail is None or mail.kind in MACHINE_MADE or not mail.text.strip():
        letter = put_aside_notice(case.bureau, mail, why, case.now)
        return Decision(MessageState.UNREADABLE, "no-sender", why, letters=(letter,))
    why = f"{why} ข้อความ: {said_in(mail)}"
    return Decision(MessageState.UNREADABLE, "no-sender", why, ledger=(waiting(case.message.id, "", case.now),))


def _why(message: Inboxed) -> str:
    if message.failures >= TRIES:
        return f"ระบบขัดข้องขณะประมวลผลจดหมายนี้ {message.failures} ครั้ง ({message.why})"
    return f"ระบบหยุดทำงานขณะอ่านจดหมายนี้ {deaths(message)} ครั้ง"


def put_aside_notice(bureau: Bureau, mail: Mail | None, why: str, now: datetime.datetime) -> Letter:
    """Tells staff that a mail lies in Unreadable; one notice an hour, however many mails come to lie there."""
    sender = mail.sender if mail and mail.sender else "ไม่ทราบผู้ส่ง"
    content = Notice(
        "มีจดหมายที่ระบบอ่านไม่ได้ โปรดเปิดดู",
        (
            "ระบบย้ายจดหมายไปไว้ที่โฟลเดอร์ Unreadable และยังไม่ได้บันทึกข้อมูลในจดหมาย หากผู้ส่งอยู่ในทะเบียน ระบบได้แจ้งให้ส่งใหม่แล้ว",
            "หากภายในชั่วโมงเดียวกันมีจดหมายเช่นนี้อีก ระบบจะไม่แจ้งซ้ำ โปรดดูจดหมายทั้งหมดในโฟลเดอร์นั้นหรือในสรุปประจำวัน",
        ),
        quotes=(
            Quote(
                f"{sender} เรื่อง {as_written(mail.subject) if mail else '-'}: {why}", said_in(mail) if mail else EMPTY
            ),
        ),
    )
    return notice(bureau, "", f"{PARKED}-{now.astimezone(BANGKOK):%Y-%m-%dT%H}", content)


def _to_sender(mail: Mail, message: Inboxed) -> Letter:
    headline = "ได้รับจดหมายของท่านแล้ว แต่ระบบยังประมวลผลไม่ได้"
    paragraphs = [
        "ระบบอัตโนมัติอ่านจดหมายฉบับนี้ไม่สำเร็จ จึงยังไม่ได้บันทึกข้อมูลในจดหมาย และได้แจ้งเจ้าหน้าที่ให้ตรวจสอบแล้ว",
        "หากสะดวก ท่านอาจส่งแบบรายงานมาใหม่เป็นไฟล์ Excel ที่บันทึกใหม่ เจ้าหน้าที่จะติดต่อกลับหากต้องการข้อมูลเพิ่มเติม",
    ]
    return Letter(
        kind=LetterKind.RECEIPT,
        circular="",
        addressee=mail.sender,
        occasion=message.sha256[:16],
        to=(mail.sender,),
        subject=headline,
        view={"headline": headline, "paragraphs": paragraphs, "items": [], "todo": ""},
        template="notice",
        in_reply_to=mail.message_id,
        references=mail.references,
    )
