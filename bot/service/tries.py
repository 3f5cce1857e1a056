"""How often and how long a letter is tried: what the books should hold of one try, the pause after it, when it is given up.

A letter is tried for five days on which it may go. What goes at any hour is tried on every day; what waits for office hours
on working days alone, or a long holiday such as Songkran would use up its days without a try.
"""

import datetime

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.sent_letter import Attempt, DueLetter, LetterState
from bot.office.rules.refused_letters import failed_words
from bot.post.smtp.sending import Result
from bot.store.outbox import LONGEST_WAIT

FIRST_RETRY = datetime.timedelta(minutes=5)  # Postfix's minimal_backoff_time
LONGEST_RETRY = LONGEST_WAIT
LIFETIME = datetime.timedelta(days=5)  # Postfix's maximal_queue_lifetime


def is_spent(letter: DueLetter, now: datetime.datetime, calendar: Calendar) -> bool:
    """Whether a letter has had its days."""
    if letter.any_hour:
        return now - letter.queued > LIFETIME
    begun = letter.queued.astimezone(BANGKOK)
    last = calendar.working_days_after(begun.date(), LIFETIME.days)
    return now > datetime.datetime.combine(last, begun.time(), BANGKOK)


def attempt_of(letter: DueLetter, result: Result, now: datetime.datetime, calendar: Calendar) -> Attempt:
    """What the books should hold of one try: a deferral gets its next moment, or ends when its lifetime is over."""
    state = LetterState(result.state)
    refused = dict(result.refused)
    remaining = tuple(result.deferred) or (letter.recipients if state is LetterState.DEFERRED else ())
    if state is LetterState.DEFERRED and is_spent(letter, now, calendar):
        return Attempt(LetterState.FAILED, failed_words(result.about, result.detail), refused | dict(result.deferred))
    if remaining and state in {LetterState.SENT, LetterState.DEFERRED}:
        return Attempt(LetterState.DEFERRED, result.detail, refused, now + backoff(letter.attempt), remaining)
    if state is LetterState.FAILED:
        return Attempt(state, failed_words(result.about, result.detail), refused)
    # An unknown letter may be repeated once, under the same Message-ID; the books never repeat a report.
    return Attempt(
        state, result.detail, refused, now + backoff(letter.attempt) if state is LetterState.UNKNOWN else None
    )


def backoff(attempt: int) -> datetime.timedelta:
    """The pause after the n-th failed try: 5, 10, 20, ... minutes, at most about an hour, as Postfix does."""
    doublings: int = 2 ** min(attempt - 1, 10)
    return min(FIRST_RETRY * doublings, LONGEST_RETRY)
