"""A report that comes after its round was closed: kept, answered as late and put before staff; nothing of it is recorded. Pure."""

import datetime
import re

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, LetterKind, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.letters.receipt_and_correction import salutation
from bot.office.model.circular import Circular
from bot.office.model.outcomes import AFTER_CLOSING
from bot.office.model.received_mail import MessageState
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.held_mail import told_within_the_hour
from bot.office.rules.occasions import HELD
from bot.office.rules.reply_address import answered_at

HEADERS = frozenset({"token", "plus-address", "reference"})  # signs by which a mail answers a letter
_CHOICES = (("รับ", "อ่านและบันทึกจดหมายนี้ เมื่อเปิดรอบแล้ว"), ("ไม่รับ", "ไม่บันทึก"))
# "[waste-2568-01]", the token of our own subjects.
_TOKEN = re.compile(r"\[\s?([a-z0-9-]+)\s?\]", re.IGNORECASE)


def after_closing(case: Case) -> Decision | None:
    """A mail that brings a report to a closed round, or to one that is long over. Its words alone go the way of all words."""
    circular = case.circular if case.circular and case.circular.closed else _past(case)
    if circular is None or not (case.reading.answers or case.tries_to_report):
        return None
    return Decision(
        MessageState.HELD,
        AFTER_CLOSING,
        f"รายงานมาถึงหลังสิ้นสุดรอบเมื่อวันที่ {case.bureau.moment(_ended(circular))} ข้อความ: {said_in(case.mail)}",
        circular=circular.slug,
        reporter=case.reading.reporter or "",
        findings=case.reading.findings,
        letters=(*_late_letter(case, circular), *told_within_the_hour(case, _put_to_staff(case, circular))),
    )


def _past(case: Case) -> Circular | None:
    """The round of long ago that the mail is about: by the letter that it answers, its subject, or its file's own mark."""
    if HEADERS & set(case.reading.recognised_by):
        return None  # it answers a letter of a round that is open: a file of another round is asked
    token = _TOKEN.search(case.mail.subject)
    named = (case.facts.slug, token[1].lower() if token else "", case.reading.strange)
    return next(filter(None, map(case.bureau.past_round, filter(None, named))), None)


def _ended(circular: Circular) -> datetime.datetime:
    return circular.closed or circular.deadlines.department


def _late_letter(case: Case, circular: Circular) -> tuple[Letter, ...]:
    to = answered_at(case)
    if not to:
        return ()
    return (
        Letter(
            kind=LetterKind.LATE,
            circular=circular.slug,
            addressee=case.reading.reporter or case.mail.sender,
            occasion=case.key,
            to=to,
            subject=f"ได้รับรายงานหลังปิดรอบแล้ว ยังไม่ได้บันทึก: {circular.wording.subject}",
            view={
                "salutation": salutation(case.bureau, case.reading),
                "circular": circular,
                "received": case.message.received,
                "sender": case.mail.sender,
                "closed": _ended(circular),
                "names": [file.name for file in case.reading.files],
            },
            in_reply_to=case.mail.message_id,
            references=case.mail.references,
        ),
    )


def _put_to_staff(case: Case, circular: Circular) -> Letter:
    what = "หากต้องการบันทึก โปรดเปิดรอบก่อน แล้วตอบกลับอีเมลฉบับนี้" if circular.closed else "รอบนี้สิ้นสุดไปนานแล้ว จึงบันทึกไม่ได้"
    content = Notice(
        f"มีรายงานหลังปิดรอบ ยังไม่ได้บันทึก: {circular.wording.subject}",
        (f"ระบบเก็บจดหมายนี้ไว้และแจ้งผู้ส่งแล้ว {what}",),
        tuple(f"ไฟล์แนบ {as_written(file.name)}" for file in case.reading.files[:5]),
        template="held",
        choices=_CHOICES if circular.closed else (),
        todo="โปรดพิจารณาว่าจะเปิดรอบเพื่อบันทึกหรือไม่" if circular.closed else "โปรดเปิดดูและติดต่อผู้ส่ง",
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    return notice(case.bureau, circular.slug, case.key + HELD, content)
