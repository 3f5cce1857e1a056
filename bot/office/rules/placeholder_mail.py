"""Mails in whose place the server put a placeholder: when they are fetched again, and what happens when they do not come."""

import datetime
from dataclasses import replace

from bot.office.decision import Decision
from bot.office.letters.digest import Notice, notice
from bot.office.letters.letter import as_written
from bot.office.model.bureau import Bureau
from bot.office.model.records import MessageState
from parsers.reading import Mail

PLACEHOLDER = "placeholder"
REPLACED = "replaced"
PAUSES = (datetime.timedelta(minutes=10), datetime.timedelta(minutes=15))  # the first, each further one
PATIENCE = datetime.timedelta(hours=12)


def fetched_again_at(since: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime | None:
    """When a placeholder known ``since`` then is fetched again; None: it is taken as it is."""
    if since is not None and now - since >= PATIENCE:
        return None
    return now + (PAUSES[0] if since is None else PAUSES[1])


WAITING = Decision(state=MessageState.RECEIVED, outcome=PLACEHOLDER)
CAME = Decision(state=MessageState.DECIDED, outcome=REPLACED)  # the mail itself came under another number


def never_came(bureau: Bureau, decision: Decision, mail: Mail, message: int) -> Decision:
    """The decision about a placeholder as it is, with a word to staff that the mail behind it did not come."""
    content = Notice(
        "มีจดหมายที่เครื่องแม่ข่ายยังไม่ส่งเนื้อหาจริงให้ระบบ โปรดเปิดดู",
        (
            "เครื่องแม่ข่ายของกล่องจดหมายส่งข้อความชั่วคราวมาแทนจดหมายหรือไฟล์แนบต่อไปนี้ ระบบลองรับใหม่มาแล้วสิบสองชั่วโมงแต่ยังไม่ได้ของจริง",
            "โปรดเปิดจดหมายด้วยโปรแกรมอีเมลหรือเว็บเมล หากเป็นแบบรายงาน โปรดขอให้ผู้ส่งส่งมาใหม่",
        ),
        (f"จาก {mail.sender or 'ไม่ทราบผู้ส่ง'} เรื่อง {as_written(mail.subject or 'ไม่ทราบเรื่อง')}",),
    )
    return replace(decision, letters=(*decision.letters, notice(bureau, "", f"{PLACEHOLDER}-{message}", content)))
