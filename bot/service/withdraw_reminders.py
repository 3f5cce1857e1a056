"""Reminders that did not leave in time are withdrawn when their turn comes to be sent; the clock makes them anew.

Too late is another day, and the same day when what they say was answered or changed meanwhile.
"""

import datetime

import structlog

from bot.office.model.sent_letter import DueLetter, LetterFate
from bot.office.plan.made_anew import may_be_overtaken, outlived, overtaken, withdrawal
from bot.service.clock_tick import standing_of
from bot.service.context import House
from bot.service.record_decision import record

log = structlog.get_logger()


def withdrawn(house: House, letter: DueLetter, now: datetime.datetime) -> bool:
    """Whether a claimed letter is not to be sent any more; then it is withdrawn."""
    another_day = outlived(letter, now)
    if not another_day and not may_be_overtaken(letter, now):
        return False
    [fate] = house.books.fates(identifiers=(letter.message_id,))
    if not another_day and not _is_overtaken(house, fate, letter.queued):
        return False
    record(house, withdrawal(fate, now, another_day=another_day), None, now)
    log.info("withdrawn", action="send", letter=letter.id, next_step="a reminder of now goes to who still owes")
    return True


def _is_overtaken(house: House, fate: LetterFate, queued: datetime.datetime) -> bool:
    """Whether what it says of any of its circulars no longer holds."""
    reporter = house.bureau.roster.by_key.get(fate.addressee)
    about = (house.bureau.circulars.get(slug) for slug in fate.about or (fate.circular,))
    return reporter is not None and any(
        overtaken(house.bureau, standing_of(house, circular), reporter, queued) for circular in about if circular
    )
