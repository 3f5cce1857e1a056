"""Reporters to whom no letter can go: staff hear of them once a circular when its requests go out, digests count them. Pure.

Their steps of the plan are not taken, so that the request goes at once when they have an address.
"""

import datetime

from bot.office.letters.letter import STAFF, Letter
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.ledger import LedgerEntry

UNADDRESSED = "no-address"  # step of the ledger, and the occasion of the letter to staff


def unaddressed_due(bureau: Bureau, circular: Circular, now: datetime.datetime) -> tuple[Letter, LedgerEntry] | None:
    """Who was not asked, for staff, with the step by which they hear it once; None where everybody can be asked."""
    names = bureau.roster.unaddressed
    if not names:
        return None
    content = Notice(
        f"ยังส่งคำขอ{circular.wording.subject} ไม่ได้ {len(names)} แห่ง เพราะไม่มีที่อยู่อีเมลในทะเบียน",
        (
            "ผู้รายงานต่อไปนี้ยังไม่ได้รับคำขอและแบบรายงาน และจะไม่ได้รับการเตือน",
            "เมื่อผู้ดูแลระบบเพิ่มที่อยู่อีเมลในทะเบียนแล้ว ระบบจะส่งคำขอให้ทันที ระหว่างนี้โปรดแจ้งทางอื่น",
        ),
        names,
        todo="โปรดแจ้งที่อยู่อีเมลของหน่วยงานเหล่านี้แก่ผู้ดูแลระบบ",
    )
    today = now.astimezone(BANGKOK).date()
    entry = LedgerEntry(circular.slug, STAFF, UNADDRESSED, today, "sent", f"{len(names)} reporters")
    return notice(bureau, circular.slug, UNADDRESSED, content), entry
