"""What good manners add to a decision: bounces taken, a person's word on the report heard, silence towards machines.

Fetches what the books know and lets the office decide. Every rule is the office's; the writing stays one transaction.
"""

import dataclasses
import datetime
from dataclasses import dataclass

from bot.office.decision import Decision, Facts
from bot.office.model.records import Inboxed, MessageState, Verdict
from bot.office.rules.bounces import Known, take_bounce
from bot.office.rules.loop_guard import is_fruitless, restrained
from bot.office.rules.report_in_doubt import is_about_doubt, letter_meant, settle_doubt
from bot.office.rules.resend_command import meant, send_again
from bot.service.context import House
from parsers.reading import MACHINE_MADE, Mail, MailKind, Reading

LATELY = datetime.timedelta(days=7)  # what failed longer ago is sent again by its number only


@dataclass(frozen=True)
class Seen:
    """One mail as it was read, with the facts it was decided by."""

    message: Inboxed
    reading: Reading
    facts: Facts


def mind_manners(house: House, seen: Seen, decision: Decision, now: datetime.datetime) -> Decision:
    """The decision about a mail as good manners would have it."""
    mail = seen.reading.mail
    if mail is None or (not mail.sender and mail.kind is not MailKind.BOUNCE):
        return decision
    if mail.kind is MailKind.BOUNCE and decision.outcome in {MailKind.BOUNCE.value, "no-sender"}:
        return _bounced(house, mail, decision, now)
    if mail.kind in MACHINE_MADE and not decision.answers:
        return decision
    if mail.sender in house.bureau.office.staff and is_about_doubt(mail, seen.facts):
        number = letter_meant(seen.facts)
        fate = next((one for one in house.books.fates(reports=True) if one.id == number), None)
        return settle_doubt(house.bureau, mail, seen.facts, fate, seen.message.sha256[:16])
    if mail.sender in house.bureau.office.staff and not (seen.facts.seen_before or seen.message.vouched_by):
        numbers = meant(mail, seen.facts)
        if numbers is not None:
            fates = house.books.fates(numbers=numbers or house.books.failed_since(now - LATELY) or (0,))
            return send_again(house.bureau, mail, seen.facts, fates, seen.message.sha256[:16])
    disowned = seen.facts.verdict is Verdict.FAIL
    heard_from = () if disowned else (mail.sender,)
    return _measured(house, seen, mail, dataclasses.replace(decision, heard_from=heard_from))


def _bounced(house: House, mail: Mail, decision: Decision, now: datetime.datetime) -> Decision:
    if mail.returned is None or (decision.state is not MessageState.DECIDED and decision.outcome != "no-sender"):
        return decision
    fates = house.books.fates(identifiers=mail.returned.identifiers)
    known = Known(fates, house.books.bounced(), house.books.accepted())
    return take_bounce(house.bureau, mail.returned, known, now)


def _measured(house: House, seen: Seen, mail: Mail, decision: Decision) -> Decision:
    """Without the answer that would be one too many."""
    message = seen.message
    disowned = seen.facts.verdict is Verdict.FAIL
    talk = house.books.talk(mail.sender, message.id, message.received, disowned=disowned)
    fruitless = is_fruitless(seen.reading, seen.facts, decision, talk)
    decision = dataclasses.replace(decision, fruitless=fruitless)
    return restrained(house.bureau, mail, decision, talk, message)
