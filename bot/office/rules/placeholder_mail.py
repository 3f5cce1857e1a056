"""Mails in whose place the server put a placeholder: when they are fetched again, and what happens when they do not come."""

import datetime

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.rules.case import Case

PLACEHOLDER = "placeholder"
REPLACED = "replaced"
PAUSES = (datetime.timedelta(minutes=10), datetime.timedelta(minutes=15))  # the first, each further one
PATIENCE = datetime.timedelta(hours=12)  # half a day: a report that lies longer may miss its deadline


def fetched_again_at(since: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime | None:
    """When a placeholder known ``since`` then is fetched again; None: it is taken as it is."""
    if since is not None and now - since >= PATIENCE:
        return None
    return now + (PAUSES[0] if since is None else PAUSES[1])


WAITING = Decision(state=MessageState.RECEIVED, outcome=PLACEHOLDER)
CAME = Decision(state=MessageState.DECIDED, outcome=REPLACED)  # the mail itself came under another number


def placeholder(case: Case) -> Decision | None:
    """A placeholder waits while the mail itself may come; once it never came, it is taken as it is."""
    stub = case.facts.stub
    if stub is None:
        return None
    return CAME if stub.came else WAITING if stub.again_at else None


def never_came(case: Case) -> tuple[Letter, ...]:
    """A word to staff that the mail behind a placeholder did not come, beside whatever is decided about it as it is."""
    stub, mail = case.facts.stub, case.reading.mail
    if stub is None or stub.came or stub.again_at or mail is None:
        return ()
    content = Notice(
        "มีจดหมายที่เครื่องแม่ข่ายยังไม่ส่งเนื้อหาจริงให้ระบบ โปรดเปิดดู",
        (
            "เครื่องแม่ข่ายของกล่องจดหมายส่งข้อความชั่วคราวมาแทนจดหมายหรือไฟล์แนบต่อไปนี้ ระบบลองรับใหม่มาแล้วสิบสองชั่วโมงแต่ยังไม่ได้ของจริง",
            "โปรดเปิดจดหมายด้วยโปรแกรมอีเมลหรือเว็บเมล หากเป็นแบบรายงาน โปรดขอให้ผู้ส่งส่งมาใหม่",
        ),
        (f"จาก {mail.sender or 'ไม่ทราบผู้ส่ง'} เรื่อง {as_written(mail.subject or 'ไม่ทราบเรื่อง')}",),
    )
    return (notice(case.bureau, "", f"{PLACEHOLDER}-{case.message.id}", content),)
