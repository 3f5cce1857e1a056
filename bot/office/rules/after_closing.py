"""A report that comes after its round was closed: kept, answered as late and put before staff; nothing of it is recorded. Pure."""

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, LetterKind, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.letters.receipt_and_correction import salutation
from bot.office.model.circular import Circular
from bot.office.model.received_mail import MessageState
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.held_mail import AFTER_CLOSING, HELD, told_within_the_hour
from bot.office.rules.reply_address import answered_at


def after_closing(case: Case) -> Decision | None:
    """A mail that brings a report to a closed round. Its words alone go the way of all words."""
    circular = case.circular
    if circular is None or circular.closed is None or not (case.reading.answers or case.tries_to_report):
        return None
    return Decision(
        MessageState.HELD,
        AFTER_CLOSING,
        f"รายงานมาถึงหลังปิดรอบเมื่อวันที่ {case.bureau.moment(circular.closed)} ข้อความ: {said_in(case.mail)}",
        circular=circular.slug,
        reporter=case.reading.reporter or "",
        findings=case.reading.findings,
        letters=(*_late_letter(case, circular), *told_within_the_hour(case, _put_to_staff(case, circular))),
    )


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
                "closed": circular.closed,
                "names": [file.name for file in case.reading.files],
            },
            in_reply_to=case.mail.message_id,
            references=case.mail.references,
        ),
    )


def _put_to_staff(case: Case, circular: Circular) -> Letter:
    content = Notice(
        f"มีรายงานหลังปิดรอบ ยังไม่ได้บันทึก: {circular.wording.subject}",
        ("ระบบเก็บจดหมายนี้ไว้และแจ้งผู้ส่งแล้ว หากต้องการบันทึก โปรดเปิดรอบก่อน แล้วตอบกลับอีเมลฉบับนี้",),
        tuple(f"ไฟล์แนบ {as_written(file.name)}" for file in case.reading.files[:5]),
        template="held",
        choices=(
            ("รับ", "อ่านและบันทึกจดหมายนี้ เมื่อเปิดรอบแล้ว"),
            ("ไม่รับ", "ไม่บันทึก"),
        ),
        todo="โปรดพิจารณาว่าจะเปิดรอบเพื่อบันทึกหรือไม่",
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    return notice(case.bureau, circular.slug, case.key + HELD, content)
