"""Whom staff phone today: who does not answer letters, whom none reaches, and who was never heard from a day before the deadline.

Pure. A telephone call brings about twice the answers of a further letter (Cochrane MR000008), but costs a person's time: so the
list is short, names the number, what is missing and what was tried.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.named_few import named_few
from bot.office.model.roster import Contact
from parsers.thai.dates import thai_short_date

LETTERS = 2  # that went without an answer; more of them brings little (three, then it is flat)
LAST_DAYS = 1  # working days left
MATTERS = 3  # circulars that a digest tells of in one call
NAMED = 6  # organisations that a line names
TRIED = 3  # letters whose days it tells


class Why(StrEnum):
    """Why somebody is to be phoned, as staff read it; the most pressing first."""

    UNREACHABLE = "จดหมายส่งไม่ถึง และไม่มีที่อยู่อื่น"
    SILENT = "เลยกำหนดแล้ว และไม่ตอบจดหมายที่ส่งไป"
    NEVER = "ใกล้ครบกำหนด และยังไม่เคยตอบ"


@dataclass(frozen=True)
class Matter:
    """One circular in a call: how many organisations are missing, and what was tried, oldest first."""

    circular: Circular
    deadline: datetime.datetime
    why: Why
    missing: tuple[str, ...]  # short names
    tried: tuple[datetime.date, ...]  # days on which a letter went


@dataclass(frozen=True)
class Call:
    """One reporter to phone, with all that is to be said; matters by deadline."""

    contact: Contact
    matters: tuple[Matter, ...]

    @property
    def why(self) -> Why:
        """The most pressing reason."""
        return min((matter.why for matter in self.matters), key=list(Why).index)


def calls(bureau: Bureau, standings: Iterable[Standing], now: datetime.datetime) -> tuple[Call, ...]:
    """Whom to phone today, the most pressing first. The standings must know ledger and unreachable addresses.

    Nobody whose organisations are complete, and nobody about a circular whose report has gone.
    """
    found: dict[str, list[Matter]] = {}
    for standing in standings:
        if standing.dispatched is None:
            for key, matter in _of_circular(bureau, standing, now):
                found.setdefault(key, []).append(matter)
    made = [
        Call(contact, tuple(sorted(found[contact.reporter.key], key=lambda one: one.deadline)))
        for contact in bureau.roster.contacts
        if contact.reporter.key in found
    ]
    return tuple(sorted(made, key=lambda call: (list(Why).index(call.why), call.matters[0].deadline)))


def _of_circular(bureau: Bureau, standing: Standing, now: datetime.datetime) -> Iterable[tuple[str, Matter]]:
    """(reporter, matter) of one circular."""
    owed = standing.owed(bureau.roster)
    sent: dict[str, list[datetime.date]] = {}
    for entry in standing.ledger:
        if entry.action == "sent":
            sent.setdefault(entry.reporter, []).append(entry.on)
    for contact in bureau.roster.contacts:
        reporter = contact.reporter
        owing = [code for code in reporter.organisations if code in owed]
        tried = tuple(sent.get(reporter.key, ()))
        if owing and tried and (why := _why(bureau, standing, contact, tried, now)):
            missing = tuple(bureau.roster.by_code[code].printed_short for code in owing)
            own = standing.circular.seen_by(reporter.key)
            yield reporter.key, Matter(own, own.deadlines.reporters, why, missing, tried)


def _why(
    bureau: Bureau, standing: Standing, contact: Contact, tried: Sequence[datetime.date], now: datetime.datetime
) -> Why | None:
    reporter = contact.reporter
    deadline = standing.circular.seen_by(reporter.key).deadlines.reporters
    if all(address.lower() in standing.unreachable for address in reporter.addresses):
        return Why.UNREACHABLE
    heard = standing.heard_from(reporter)
    since = [day for day in tried if heard is None or day > heard.astimezone(BANGKOK).date()]
    if now > deadline:
        return Why.SILENT if len(since) >= LETTERS else None
    if heard is not None:
        return None
    left = bureau.calendar.working_days_between(now.astimezone(BANGKOK).date(), deadline.date())
    return Why.NEVER if left <= LAST_DAYS else None


def in_lines(bureau: Bureau, call: Call, most: int = MATTERS) -> tuple[str, ...]:
    """A call as staff read it: whom, the number and why; then a line for each circular, of so many at most."""
    digits = bureau.office.digits
    phone = call.contact.phone or "ไม่มีหมายเลขโทรศัพท์ในทะเบียน"
    lines = [f"{call.contact.reporter.name} โทร. {phone}: {call.why.value}"]
    for one in call.matters[:most]:
        names = named_few(one.missing, NAMED)
        days = ", ".join(thai_short_date(day, digits) for day in one.tried[-TRIED:])
        lines.append(
            f"- {one.circular.wording.subject} กำหนด {bureau.moment(one.deadline)} ยังขาด {len(one.missing)} แห่ง ({names}) "
            f"ส่งจดหมายแล้ว {len(one.tried)} ครั้ง ล่าสุดวันที่ {days}"
        )
    if more := len(call.matters[most:]):
        lines.append(f"- และอีก {more} เรื่อง")
    return tuple(lines)
