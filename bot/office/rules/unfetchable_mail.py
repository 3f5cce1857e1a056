"""Mails that the mailbox's server does not hand over: when one is taken as it came, and when staff are told. Pure."""

import datetime
from collections.abc import Iterable

from bot.office.decision import Decision
from bot.office.letters.letter import as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.bureau import Bureau
from bot.office.model.received_mail import Withheld

WITHHELD = "withheld"
PATIENCE = datetime.timedelta(hours=1)  # so long a mail may not come before staff hear of it
REST = datetime.timedelta(minutes=10)  # between two tries of a mail over which the connection breaks
BREAKS = 2  # once may be the network's fault
ALIKE = 3  # so often the same bytes come of a mail before a server that miscounts is believed
MOST = 20  # mails in one notice; more are one trouble of the server, and a page is read to its end


def rests(row: Withheld, now: datetime.datetime) -> bool:
    """Whether a mail is left alone for a while, so that the others can be reached."""
    return row.breaks >= BREAKS and row.asked_at <= now < row.asked_at + REST


def good_enough(row: Withheld | None, sha256: str, now: datetime.datetime, *, counts_right: bool) -> bool:
    """Whether a mail of which fewer bytes come than the server said is taken as it comes.

    Some servers estimate sizes. From one that ``counts_right`` otherwise, a short mail is waited for an hour.
    """
    if row is None or row.sha256 != sha256:
        return False
    return now - row.first >= PATIENCE or (not counts_right and row.alike + 1 >= ALIKE)


def withheld_due(bureau: Bureau, rows: Iterable[Withheld], now: datetime.datetime) -> tuple[Decision, list[int]] | None:
    """One notice about all mails that have not come for an hour and of which staff have not heard; and their rows."""
    due = [row for row in rows if row.told is None and (row.taken or now - row.first >= PATIENCE)]
    if not due:
        return None
    content = Notice(
        "มีจดหมายในกล่องที่ระบบรับมาอ่านไม่ได้ โปรดเปิดดู",
        (
            f"เครื่องแม่ข่ายของกล่องจดหมาย {bureau.office.address} ไม่ส่งเนื้อหาของจดหมายต่อไปนี้ให้ระบบ หรือส่งให้ไม่ครบ จดหมายยังอยู่ในกล่อง ไม่สูญหาย",
            "โปรดเปิดจดหมายด้วยโปรแกรมอีเมลหรือเว็บเมล หากเป็นแบบรายงาน โปรดขอให้ผู้ส่งส่งมาใหม่ ระบบจะลองรับต่อไปเอง และจะไม่แจ้งซ้ำ",
        ),
        tuple(_line(bureau, row) for row in due[:MOST])
        + ((f"และอีก {len(due) - MOST} ฉบับ",) if len(due) > MOST else ()),
    )
    letter = notice(bureau, "", f"{WITHHELD}-{due[0].id}", content)
    return Decision(outcome=WITHHELD, letters=(letter,)), [row.id for row in due]


def _line(bureau: Bureau, row: Withheld) -> str:
    who = f"จาก {row.sender or 'ไม่ทราบผู้ส่ง'} เรื่อง {as_written(row.subject or 'ไม่ทราบเรื่อง')}"
    what = "ได้มาไม่ครบ ระบบอ่านเท่าที่ได้แล้ว" if row.taken else f"ยังรับไม่ได้ตั้งแต่ {bureau.moment(row.first)}"
    return f"{who}: {what} (โฟลเดอร์ {row.folder} เลขที่ {row.uid})"
