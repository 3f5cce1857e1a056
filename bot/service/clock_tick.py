"""What the clock brings about: requests, reminders, drafts, a report that waited, word to staff of what happened, the digest.

Idempotent: what is due is arithmetic over the plan and the ledger. A circular on which a step fails waits for the next minute.
Only those circulars are looked at about which something was written, or for which time alone may make something due.
"""

import dataclasses
import datetime
import functools

import structlog

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.fiscal_year import begins
from bot.office.model.ledger import REQUEST
from bot.office.plan.district_letter_draft import signing_due
from bot.office.plan.due import (
    digest_due,
    digest_step,
    draft_due,
    is_open,
    last_digest,
)
from bot.office.plan.next_look import next_look
from bot.office.plan.opening import openings_due
from bot.office.plan.outage import MAILBOX, Outage, outage_due, with_health
from bot.office.plan.what_worked import note_due, note_step, year_told
from bot.office.plan.words_to_staff import NOTICE, words_due
from bot.office.rules.approval import waiting_due
from bot.office.rules.unfetchable_mail import withheld_due
from bot.service.context import House, Looked
from bot.service.current_bureau import current, series_in
from bot.service.facts_of_circular import as_drafted, with_circular
from bot.service.letters_per_hour import HOUR
from bot.service.record_decision import record
from bot.service.remind import Due, remind
from bot.store.database_errors import BooksBrokenError

log = structlog.get_logger()


def standings(house: House) -> list[Standing]:
    """How every circular stands."""
    return [standing_of(house, circular) for circular in house.bureau.circulars.values()]


def standing_of(house: House, circular: Circular) -> Standing:
    """How one circular stands."""
    books, slug = house.books, circular.slug
    drafts, last = books.drafts(slug), books.values(circular.follows)
    return Standing(
        circular,
        books.answers(slug, before=books.usual_values(circular.follows)),
        books.last_mail(slug),
        drafts,
        books.disagreements(slug),
        as_drafted(house, slug, drafts),
        books.secret,
        books.words_about(slug),
        books.registered(slug),
        books.was_taken(slug, REQUEST),
        books.stand(slug),
        last=last,
        reports=books.reports_of(slug),
    )


def tick(house: House, now: datetime.datetime, *, up_to_date: bool = True) -> None:
    """Do what the clock asks for: requests and reminders, drafts, the digest.

    ``up_to_date`` says that the mailbox was read lately and nothing waits to be decided. Otherwise only the digest goes out:
    whoever's answer lies unread must not be reminded, nor left out of a draft.
    """
    house = open_rounds(current(house, now), now)
    house.books.leave_no_trace()  # of the mails that were not to be kept; each tick, since somebody may be in the way
    changes = house.books.changes()
    so_far = {slug: changes.get(slug, 0) if up_to_date else None for slug in house.bureau.circulars}
    circulars = house.bureau.circulars.items()
    due = [_due(house, circular) for slug, circular in circulars if _may_be_due(house, circular, so_far[slug], now)]
    failed: frozenset[str] = frozenset()
    if up_to_date:
        running = [one for one in due if is_open(one.standing, now)]
        failed = remind(house, running, functools.partial(_due, house), now)
    for one in due:
        slug = one.standing.circular.slug
        _look_at(house, one, so_far[slug], now, again=slug in failed)
    tell_words(house, now)
    mind_withheld(house, now)
    tell_what_worked(house, now)
    _tell_how_all_stand(house, now)


def open_rounds(house: House, now: datetime.datetime) -> House:
    """Enter the rounds that are due to open in the books; the house as it is then."""
    declared, books = house.declared or house.bureau, house.books

    def is_opened(slug: str) -> bool:
        known = house.bureau.circulars.get(slug)
        return known.round.opened if known else bool(books.round_changes([slug]))

    opened = False
    for series in series_in(declared, house.bureau.calendar):
        decision = openings_due(house.bureau, series, is_opened, now)
        _carry_out(house, decision, now)
        opened = opened or decision is not None
    if not opened:
        return house
    house = current(house, now)
    for slug in house.looked.keys() - house.bureau.circulars.keys():
        del house.looked[slug]  # a round of long ago
    return house


def _due(house: House, circular: Circular) -> Due:
    return Due(standing_of(house, circular), house.books.ledger(circular.slug))


def _may_be_due(house: House, circular: Circular, changes: int | None, now: datetime.datetime) -> bool:
    """Whether something was written about a circular since it was looked at, or time alone may make something due.

    ``changes`` are those so far; None: whatever they are, no step may be taken.
    """
    looked = house.looked.get(circular.slug)
    if looked is None or looked.circular is not circular or now >= looked.again_at:
        return True
    return changes is not None and looked.changes != changes


def _look_at(house: House, due: Due, changes: int | None, now: datetime.datetime, *, again: bool) -> None:
    """Take the other steps that are due of a circular, and note when to look again: at once where a step failed."""
    standing = due.standing
    circular = standing.circular
    again_at = now if again else next_look(house.bureau, standing, now)
    if changes is not None:
        try:
            _take_steps(house, due, now)
        except BooksBrokenError:
            raise
        except Exception:  # one circular's fault must not stop the others' clock
            log.exception("circular failed", action="tick", circular=circular.slug, next_step="tried again in a minute")
            again_at = now
    house.looked[circular.slug] = Looked(circular, changes, is_open(standing, now), again_at)


def _tell_how_all_stand(house: House, now: datetime.datetime) -> None:
    """The digest, once a working day; only then is every circular read."""
    if not house.bureau.calendar.is_open(now) or house.books.was_taken("", digest_step(now), STAFF):
        return
    if not any(looked.open for looked in house.looked.values()) and not house.books.tasks():
        return
    gone = frozenset(house.books.bounced())
    everything = [
        dataclasses.replace(standing, ledger=house.books.ledger(standing.circular.slug), unreachable=gone)
        for standing in standings(house)
        if is_open(standing, now)
    ]
    ledger = house.books.ledger("", STAFF)
    troubles = house.books.troubles(last_digest(ledger, now), [standing.circular.slug for standing in everything])
    daily = digest_due(house.bureau, everything, troubles, ledger, now)
    _carry_out(house, with_health(daily, house.books.health(), now) if daily else None, now)


def _take_steps(house: House, due: Due, now: datetime.datetime) -> None:
    """What is due of one circular: its letter to be signed, before it opens; draft, a report that waited."""
    bureau, books, standing = house.bureau, house.books, due.standing
    slug, running = standing.circular.slug, is_open(standing, now)
    if not running and now >= standing.circular.deadlines.opens:
        if standing.dispatched:  # what came since may have to be told to the department
            _carry_out(house, draft_due(bureau, standing, books.remarks(slug), now), now)
        return
    _carry_out(house, signing_due(bureau, standing, due.ledger, now), now)
    if not running:
        return
    _carry_out(house, draft_due(bureau, standing, books.remarks(slug), now), now)
    if standing.drafts and standing.drafts[-1].waits:
        _carry_out(house, waiting_due(bureau, with_circular(house, slug, Facts()), now), now)


def tell_words(house: House, now: datetime.datetime) -> None:
    """Put before staff what people wrote in words: in office hours at once, and within an hour of that in the next letter."""
    untold = house.books.words_waiting() if house.bureau.calendar.is_open(now) else ()
    if untold and not house.books.notices_since(now - HOUR, (NOTICE,)):
        _carry_out(house, words_due(house.bureau, untold, now), now)


def tell_what_worked(house: House, now: datetime.datetime) -> None:
    """The yearly note, once; only then are the letters of a year looked at."""
    year = year_told(now)
    if house.bureau.calendar.is_open(now) and not house.books.was_taken("", note_step(year), STAFF):
        _carry_out(house, note_due(house.bureau, house.books.effects(begins(year)), now), now)


def mind_mailbox(
    house: House,
    now: datetime.datetime,
    started: datetime.datetime,
    patience: datetime.timedelta,
    trouble: str = "",
) -> None:
    """Let staff know when the mailbox has not been read for longer than ``patience``, and when it is read again.

    ``trouble`` is the kind that it met last.
    """
    scanned = house.books.last_scan()
    outage = Outage(now - max(scanned or started, started) > patience, trouble)
    _carry_out(house, outage_due(house.bureau, scanned, house.books.ledger("", MAILBOX), now, away=outage), now)


def mind_withheld(house: House, now: datetime.datetime) -> None:
    """Let staff know of mails that the mailbox's server has not handed over for an hour."""
    if found := withheld_due(house.bureau, house.books.all_withheld(), now):
        decision, rows = found
        _carry_out(house, decision, now)
        house.books.told_of_withheld(rows, now)


def _carry_out(house: House, decision: Decision | None, now: datetime.datetime) -> None:
    if decision is not None:
        record(house, decision, None, now)
        log.info("ticked", action="tick", outcome=decision.outcome, circular=decision.circular)
