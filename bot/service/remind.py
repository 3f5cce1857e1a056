"""Requests and reminders of all circulars at once, so that whoever is written to about several gets one letter.

The steps of a day go together at the first hour of any of them. Each circular keeps its own steps in the ledger.
"""

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import structlog

from bot.office.decision import Decision
from bot.office.letters.one_letter import one_for_each
from bot.office.model.bangkok_time import end_of_day
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import LedgerEntry
from bot.office.plan.due import reminders_due
from bot.office.plan.next_look import later_today
from bot.service.context import House
from bot.service.record_decision import record
from bot.store.database_errors import BooksAwayError, BooksBrokenError

log = structlog.get_logger()


@dataclass(frozen=True)
class Due:
    """A circular of which something may be due: how it stands, and the steps that were taken."""

    standing: Standing
    ledger: Sequence[LedgerEntry]


def remind(house: House, due: Sequence[Due], of: Callable[[Circular], Due], now: datetime.datetime) -> frozenset[str]:
    """Take the steps towards reporters that are due; the slugs of the circulars of which that failed.

    ``of`` looks up those with a step later today, which then goes along.
    """
    failed: set[str] = set()
    decisions = list(_decided(house, due, failed, now))
    if any(decision.letters for decision in decisions):
        known = {one.standing.circular.slug for one in due}
        with_us = [
            of(circular)
            for slug, circular in house.bureau.circulars.items()
            if slug not in known and slug in house.looked and house.looked[slug].open
            if later_today(house.bureau, circular, now)
        ]
        decisions = list(_decided(house, (*due, *with_us), failed, now, end_of_day(now)))
    _carry_out(house, decisions, failed, now)
    return frozenset(failed)


def _decided(
    house: House,
    due: Sequence[Due],
    failed: set[str],
    now: datetime.datetime,
    through: datetime.datetime | None = None,
) -> Iterator[Decision]:
    """What is due of each; one circular's fault does not stop the others."""
    for one in due:
        try:
            decision = reminders_due(house.bureau, one.standing, one.ledger, now, through)
        except Exception:
            failed.add(one.standing.circular.slug)
            log.exception("circular failed", action="remind", circular=one.standing.circular.slug)
            continue
        if decision:
            yield decision


def _carry_out(house: House, decisions: Sequence[Decision], failed: set[str], now: datetime.datetime) -> None:
    """All in one transaction with joined letters; where that cannot be written, each circular's alone."""
    if not decisions:
        return
    try:
        record(house, together(house, decisions), None, now)
        log.info("ticked", action="tick", outcome="reminded", circular=" ".join(one.circular for one in decisions))
    except (BooksBrokenError, BooksAwayError):
        raise
    except Exception:
        if len(decisions) == 1:
            failed.add(decisions[0].circular)
            log.exception("circular failed", action="remind", circular=decisions[0].circular)
            return
        log.warning("letters not joined", action="remind", next_step="each circular's go alone")
        for decision in decisions:
            _carry_out(house, (decision,), failed, now)


def together(house: House, decisions: Sequence[Decision]) -> Decision:
    """One decision of several: the letters of one reporter joined, the ledger's steps of each circular kept."""
    letters = one_for_each(house.bureau, (letter for decision in decisions for letter in decision.letters))
    steps = tuple(entry for decision in decisions for entry in decision.ledger)
    circular = decisions[0].circular if len(decisions) == 1 else ""
    return Decision(outcome="reminded", circular=circular, letters=letters, ledger=steps, whole=True)
