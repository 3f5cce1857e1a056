"""When time alone may make something due in a circular. Until then only a change of what is recorded can. Pure.

Law: a clock that looks at a circular at these moments and after each change takes the same steps as one that looks each minute.
A moment too many costs a look; one too few would lose a step until the next morning.
"""

import datetime
from collections.abc import Iterator

from bot.office.model.bangkok_time import BANGKOK, end_of_day
from bot.office.model.bureau import OPEN_AFTER, Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import REQUEST
from bot.office.plan.district_letter_draft import drafted_at
from bot.office.plan.due import DIGEST_AT, REDRAFT_AFTER, is_open, steps

_DAY = datetime.timedelta(days=1)
_AHEAD = datetime.timedelta(days=30)  # so far the plan is asked for its next step
_TICK = datetime.timedelta(seconds=1)
_NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)


def next_look(bureau: Bureau, standing: Standing, now: datetime.datetime) -> datetime.datetime:
    """The first moment after ``now`` at which something may fall due, or the circular may be over, without any change."""
    return min(moment for moment in _moments(bureau, standing, now) if moment > now)


def later_today(bureau: Bureau, circular: Circular, now: datetime.datetime) -> bool:
    """Whether the plan has a step later on this day, other than the request."""
    end = end_of_day(now)
    each = (circular, *map(circular.seen_by, circular.extended))
    return any(step.at > now and step.name != REQUEST for own in each for step in steps(bureau, own, end))


def _moments(bureau: Bureau, standing: Standing, now: datetime.datetime) -> Iterator[datetime.datetime]:
    circular, today = standing.circular, now.astimezone(BANGKOK).date()
    deadlines = circular.deadlines
    if now >= deadlines.opens and not is_open(standing, now):
        yield _NEVER  # it is over: only a change can begin it again
        return
    yield from (deadlines.opens, deadlines.cutoff, deadlines.reporters, deadlines.department)
    yield from circular.extended.values()
    yield deadlines.department + OPEN_AFTER + _TICK  # until then, this moment included, it is open
    if circular.letter is not None:
        yield drafted_at(bureau, circular)
    if now < deadlines.opens and circular.letter is None:
        return
    for own in (circular, *map(circular.seen_by, circular.extended)):
        yield from (step.at for step in steps(bureau, own, now + _AHEAD))
    yield now + _AHEAD
    if not bureau.calendar.is_open(now):  # what fell due meanwhile waits for the office to open
        yield from (datetime.datetime.combine(day, DIGEST_AT, BANGKOK) for day in (today, today + _DAY))
    yield from (draft.made + REDRAFT_AFTER for draft in standing.drafts[-1:])
    if standing.dispatched:
        yield from (draft.dispatched + _DAY for draft in standing.drafts if draft.dispatched)
        # An amended report is drafted when no change came for a while.
        yield from (answer.received + REDRAFT_AFTER for answer in standing.known)
