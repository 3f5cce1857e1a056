"""What follows when a letter of ours comes back, or is refused at the door: the address, the next one, a word to staff. Pure.

Of those that come back only a delivery report that names the unguessable Message-ID of a letter of ours counts, and only for those to whom that
letter went: whoever has no letter can disconnect nobody, whoever has one only those who have it too.
"""

import dataclasses
import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.office.decision import Decision, Readdressing
from bot.office.letters.letter import TO_REPORTERS, Letter, LetterKind, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.bureau import Bureau
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import Bounce, LetterFate, LetterState
from bot.office.rules.case import Case
from bot.office.rules.refusals_in_thai import denies_address, in_thai, speaks_of_address
from parsers.reading import Returned, Unreached

NOT_OURS, DELAYED, UNCLEAR, BOUNCED, KNOWN = (
    f"bounce-{word}" for word in ("not-ours", "delayed", "unclear", "taken", "known")
)
REFUSED = "address-refused"
_ENHANCED = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463


@dataclass(frozen=True)
class Known:
    """What the books know that bears on a delivery report."""

    fates: Sequence[LetterFate]  # of our letters that it names, the likeliest first
    bounced: Mapping[str, AddressMark]  # every address marked so far
    accepted: Sequence[AddressMark] = ()  # addresses that staff added to the roster


def delivery_report(case: Case) -> Decision | None:
    """A delivery report, unless a person's words or form came with it: then it is looked at as what a program passed on."""
    mail = case.mail
    if mail.returned is None:
        return None
    passed_on = case.is_believed_first_time and (case.tries_to_report or case.passes_on_words)
    if mail.sender and (case.brings_news or passed_on):
        return None
    known = Known(case.facts.fates, case.facts.bounced, case.facts.accepted)
    return take_bounce(case.bureau, mail.returned, known, case.now)


def take_bounce(bureau: Bureau, returned: Returned, known: Known, now: datetime.datetime) -> Decision:
    """The decision about a delivery report."""
    fate = next(iter(known.fates), None)
    if fate is None:
        return _without_reference(bureau, returned, known, now)
    failed = _failures(fate, returned.unreached)
    if not failed:
        return _without_failure(bureau, fate, returned)
    news = {address: one for address, one in failed.items() if address not in _gone(fate)}
    if not news:
        return Decision(MessageState.DECIDED, KNOWN, circular=fate.circular)
    follows = _following(bureau, fate, known, news, now)
    bounced = Bounce(fate.id, {address: one.words or one.code for address, one in news.items()})
    return dataclasses.replace(follows, state=MessageState.DECIDED, outcome=BOUNCED, bounces=(bounced,))


def take_refusal(
    bureau: Bureau, fate: LetterFate, refused: Mapping[str, str], known: Known, now: datetime.datetime
) -> Decision | None:
    """What follows when the outgoing server refuses addresses at once (``refused``: its words, by address); None: nothing.

    Only what the server says of an address itself counts: a refusal to relay, or of the letter, is no fault of the address.
    """
    news = {}
    for address, words in refused.items():
        code = _ENHANCED.search(words)
        one = Unreached(address.lower(), words, code[1] if code else "")
        if denies_address(one) and one.address not in _gone(fate):
            news[one.address] = one
    return dataclasses.replace(_following(bureau, fate, known, news, now), outcome=REFUSED) if news else None


def _following(
    bureau: Bureau, fate: LetterFate, known: Known, news: Mapping[str, Unreached], now: datetime.datetime
) -> Decision:
    """Marks, the letter to the next address and word to staff, for addresses that a letter did not reach."""
    base = Decision(circular=fate.circular)
    if fate.kind == LetterKind.REPORT:  # staff hear of it by the report's own notice; the department is never skipped
        return base
    lost = {*_gone(fate), *news}
    again = _next(bureau, fate, known, lost)
    instead = _instead(again, _reached(bureau, fate, known, lost))
    marks = tuple(_mark(bureau, fate, one, now) for one in news.values() if speaks_of_address(one))
    letters = tuple(
        _notice(bureau, fate, one, instead, now) for address, one in news.items() if address not in known.bounced
    )
    return dataclasses.replace(base, marks=marks, letters=letters, again=(again,) if again else ())


def _failures(fate: LetterFate, unreached: Iterable[Unreached]) -> dict[str, Unreached]:
    """Those of the letter's recipients that are lost for good. A forwarded address stands for the only one that was written to."""
    recipients = {address.lower() for address in fate.recipients}
    final = [one for one in unreached if one.final]
    found = {one.address: one for one in final if one.address in recipients}
    if not found and final and len(recipients) == 1:
        (only,) = recipients
        found = {only: dataclasses.replace(final[0], address=only)}
    return found


def _without_failure(bureau: Bureau, fate: LetterFate, returned: Returned) -> Decision:
    if any(not one.final for one in returned.unreached):
        return Decision(MessageState.DECIDED, DELAYED, circular=fate.circular)
    if any(one.final for one in returned.unreached) or fate.kind == LetterKind.REPORT or not returned.unreached:
        content = Notice(
            "มีจดหมายแจ้งผลการส่งที่ระบบอ่านไม่ออก โปรดเปิดดู",
            ("จดหมายของระบบฉบับหนึ่งอาจไม่ถึงผู้รับ แต่อ่านจากจดหมายแจ้งผลไม่ได้ว่าที่อยู่ใด",),
            (f"เรื่อง {fate.subject} ถึง {', '.join(fate.recipients)}",),
        )
        told = notice(bureau, fate.circular, f"returned-{fate.id}", content)
        return Decision(MessageState.DECIDED, UNCLEAR, circular=fate.circular, letters=(told,))
    return Decision(MessageState.DECIDED, UNCLEAR, circular=fate.circular)


def _without_reference(bureau: Bureau, returned: Returned, known: Known, now: datetime.datetime) -> Decision:
    """A report that names no mail at all, as hMailServer writes it, marks nobody; staff hear of a reporter's address once a day."""
    lost = () if returned.identifiers else tuple(one for one in returned.unreached if one.final)
    theirs = {address.lower() for reporter in bureau.roster.reporters for address in reporter.addresses}
    theirs |= {mark.address.lower() for mark in known.accepted}
    letters = tuple(
        _unreferenced(bureau, one, now) for one in lost if one.address in theirs and one.address not in known.bounced
    )
    return Decision(MessageState.DECIDED, UNCLEAR if letters else NOT_OURS, letters=letters)


def _unreferenced(bureau: Bureau, one: Unreached, now: datetime.datetime) -> Letter:
    content = Notice(
        f"มีจดหมายแจ้งว่าส่งไม่ถึง {one.address}",
        (f"เหตุที่ปลายทางแจ้ง: {in_thai(one)}", "จดหมายแจ้งไม่ได้ระบุว่าเป็นจดหมายฉบับใด ระบบจึงยังใช้ที่อยู่นี้ต่อไป"),
        (f"ข้อความของเครื่องแม่ข่าย: {as_written(one.words or one.code or '-')}",),
        todo="โปรดสอบถามผู้รับทางโทรศัพท์ว่าได้รับจดหมายหรือไม่",
    )
    key = hashlib.sha256(one.address.encode()).hexdigest()[:12]
    return notice(bureau, "", f"unreferenced-{key}-{now.date()}", content)


def _gone(fate: LetterFate) -> set[str]:
    return {address.lower() for address in fate.refused}


def _mark(bureau: Bureau, fate: LetterFate, one: Unreached, now: datetime.datetime) -> AddressMark:
    key = next((r.key for r in bureau.roster.reporters if one.address in map(str.lower, r.addresses)), "")
    why = f"{in_thai(one)} ({one.words or one.code})"
    return AddressMark(one.address, AddressStanding.BOUNCED, key, why, fate.message_id, now)


def _next(bureau: Bureau, fate: LetterFate, known: Known, lost: set[str]) -> Readdressing | None:
    """Where the letter goes instead: the reporter's next address, unless one that was written to still stands."""
    reporter = bureau.roster.by_key.get(fate.addressee)
    if reporter is None or fate.kind not in TO_REPORTERS or fate.state is LetterState.BOUNCED:
        return None
    further = (mark.address for mark in known.accepted if mark.reporter == reporter.key)
    addresses = list(dict.fromkeys(address.lower() for address in (*reporter.addresses, *further)))
    written = {address.lower() for address in fate.recipients}
    if any(address in written and address not in lost for address in addresses):
        return None
    fresh = [one for one in addresses if one not in written and one not in lost and one not in known.bounced]
    if not fresh:
        return None
    begun, _, number = fate.occasion.partition("~")
    letter = Letter(
        LetterKind(fate.kind),
        fate.circular,
        fate.addressee,
        f"{begun}~{int(number or 1) + 1}",
        (fresh[0],),
        fate.subject,
        {},
        about=fate.about,
    )
    return Readdressing(fate.id, letter)


def _notice(
    bureau: Bureau, fate: LetterFate, one: Unreached, instead: tuple[str, str], now: datetime.datetime
) -> Letter:
    reporter = bureau.roster.by_key.get(fate.addressee)
    whose = f" ของ{reporter.name}" if reporter else ""
    later = "จดหมายฉบับต่อไปจะใช้ที่อยู่อื่นก่อน หากมีจดหมายเข้ามาจากที่อยู่นี้อีก ระบบจะกลับไปใช้ตามเดิมเอง"
    content = Notice(
        f"ส่งจดหมายไม่ถึง {one.address}{whose}",
        (
            f"เหตุที่ปลายทางแจ้ง: {in_thai(one)}",
            instead[0],
            *((later,) if speaks_of_address(one) else ()),
        ),
        (f"จดหมายที่ถูกตีกลับ: {fate.subject}", f"ข้อความของเครื่องแม่ข่าย: {as_written(one.words or one.code or '-')}"),
        todo=instead[1],
    )
    key = hashlib.sha256(one.address.encode()).hexdigest()[:12]
    occasion = f"bounced-{key}-{fate.id}" if speaks_of_address(one) else f"returned-{key}-{now.date()}"
    return notice(bureau, fate.circular, occasion, content)


def _instead(again: Readdressing | None, reached: Sequence[str]) -> tuple[str, str]:
    """Who has the letter all the same, and what staff are to do."""
    look = "โปรดตรวจสอบที่อยู่ในทะเบียน"
    if again:
        return f"ระบบส่งจดหมายฉบับเดียวกันไปที่ {', '.join(again.letter.to)} แทนแล้ว", look
    if reached:
        return f"จดหมายถึงที่อยู่อื่นของหน่วยงานนี้แล้ว: {', '.join(reached)}", look
    return "ไม่มีที่อยู่อื่นที่จะส่งแทน โปรดติดต่อทางโทรศัพท์และแก้ไขที่อยู่ในทะเบียน", "โปรดติดต่อทางโทรศัพท์"


def _reached(bureau: Bureau, fate: LetterFate, known: Known, lost: set[str]) -> list[str]:
    """The reporter's own addresses that the letter went to and that have not refused it."""
    reporter = bureau.roster.by_key.get(fate.addressee)
    accepted = [mark.address for mark in known.accepted if mark.reporter == fate.addressee]
    own = {address.lower() for address in (*(reporter.addresses if reporter else ()), *accepted)}
    return [address for address in fate.recipients if address.lower() in own - lost]
