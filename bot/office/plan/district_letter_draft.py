"""The letter to the districts before it is signed: staff get it as a draft in time, and hear when requests wait for it. Pure."""

import base64
import datetime
import hashlib
import hmac
from collections.abc import Iterable

from bot.office.decision import Decision
from bot.office.letters.district_letter import addressees, is_complete, letter_of, waits
from bot.office.letters.enclosures import DistrictLetter
from bot.office.letters.letter import STAFF, Letter, LetterKind
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import OPEN_AFTER, Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import REQUEST, LedgerEntry
from bot.office.model.letter_number import circular_prefix, example, shown_number

SIGNING, WAITING = "signing", "letter-waits"  # steps of the ledger
ABOUT = "letter-"  # begins the occasions of notices about this letter


def drafted_at(bureau: Bureau, circular: Circular) -> datetime.datetime:
    """When staff get the draft."""
    opens, days = circular.deadlines.opens, letter_of(circular).working_days_before
    if not days:
        return opens
    return datetime.datetime.combine(bureau.calendar.working_days_before(opens.date(), days), opens.timetz())


def signing_due(
    bureau: Bureau, standing: Standing, ledger: Iterable[LedgerEntry], now: datetime.datetime
) -> Decision | None:
    """The draft for staff, once; and once the word that requests are due and wait for the letter.

    Where requests do not wait and are due or out, there is no more use for a draft: the letter would not go with them.
    """
    circular, entries = standing.circular, tuple(ledger)
    if (
        not bureau.calendar.is_open(now)
        or circular.letter is None
        or standing.dispatched
        or any(entry.step == REQUEST for entry in entries)
    ):
        return None
    if now >= (circular.deadlines.department + OPEN_AFTER if circular.letter.wait else circular.deadlines.opens):
        return None
    taken = {entry.step for entry in entries if entry.reporter == STAFF}
    letters: dict[str, Letter] = {}
    if SIGNING not in taken and now >= drafted_at(bureau, circular) and not is_complete(standing.registered):
        letters[SIGNING] = signing_letter(bureau, circular, standing.secret)
    if WAITING not in taken and now >= circular.deadlines.opens and waits(circular, standing.registered):
        letters[WAITING] = _waiting_notice(bureau, circular)
    if not letters:
        return None
    today = now.astimezone(BANGKOK).date()
    steps = (LedgerEntry(circular.slug, STAFF, step, today, "sent", "letter to the districts") for step in letters)
    return Decision(
        outcome="letter-drafted", circular=circular.slug, letters=tuple(letters.values()), ledger=tuple(steps)
    )


def signing_letter(bureau: Bureau, circular: Circular, secret: str) -> Letter:
    """The draft as Word and PDF, with what staff are to do."""
    letter = letter_of(circular)
    reference = reference_of(secret, circular.slug)
    return Letter(
        kind=LetterKind.SIGNING,
        circular=circular.slug,
        addressee=STAFF,
        occasion="draft",
        to=bureau.office.staff,
        subject=f"ร่างหนังสือจังหวัดถึงอำเภอ เรื่อง {circular.wording.subject} ({reference})",
        view={
            "circular": circular,
            "addressees": addressees(circular, bureau.roster),
            "opens": circular.deadlines.opens,
            "waits": letter.wait,
            "example": example(bureau.office, circular_prefix(bureau.office), circular.deadlines.opens.date()),
            "reporters": len(bureau.roster.contacts),
        },
        enclosures=tuple(DistrictLetter(circular, editable) for editable in (True, False)),
    )


def _waiting_notice(bureau: Bureau, circular: Circular) -> Letter:
    content = Notice(
        f"คำขอเรื่อง {circular.wording.subject} ถึงกำหนดส่งแล้ว แต่ยังรอหนังสือจังหวัด",
        (
            f"คำขอถึงผู้รายงาน {shown_number(bureau.office, str(len(bureau.roster.contacts)))} รายยังไม่ได้ส่ง เพราะหนังสือเวียนนี้กำหนดให้รอเลขที่และวันที่ หรือสำเนาที่ลงนามแล้ว",
            f"ตัวอย่าง: {example(bureau.office, circular_prefix(bureau.office), circular.deadlines.opens.date())}",
            "เมื่อได้รับแล้วระบบจะส่งคำขอทันที ระหว่างนี้สรุปประจำวันทำการจะเตือนเรื่องนี้",
        ),
        todo="โปรดตอบกลับอีเมลฉบับนี้ด้วยเลขที่และวันที่ของหนังสือ หรือแนบสำเนาที่ลงนามแล้ว",
    )
    return notice(bureau, circular.slug, WAITING, content)


def reference_of(secret: str, circular: str) -> str:
    """The short code in the subject of the draft, by which a reply names it; see ``briefing.draft_reference``."""
    digest = hmac.new(secret.encode(), f"signing|{circular}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest)[:10].decode("ascii")
