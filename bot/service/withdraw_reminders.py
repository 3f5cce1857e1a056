"""Reminders that did not leave on their day are withdrawn when their turn comes to be sent; the clock makes them anew."""

import datetime

import structlog

from bot.office.model.sent_letter import DueLetter
from bot.office.plan.made_anew import outlived, withdrawal
from bot.service.context import House
from bot.service.record_decision import record

log = structlog.get_logger()


def withdrawn(house: House, letter: DueLetter, now: datetime.datetime) -> bool:
    """Whether a claimed letter is not to be sent any more; then it is withdrawn."""
    if not outlived(letter, now):
        return False
    for fate in house.books.fates(identifiers=(letter.message_id,)):
        record(house, withdrawal(fate, now), None, now)
    log.info("withdrawn", action="send", letter=letter.id, next_step="a reminder of today takes its place")
    return True
