"""The office as it is now: what its folders declare, composed with what the books say of its rounds, addresses and days off.

Whatever works for the office begins with ``current``, so that a change that another process wrote counts from the next
step on. It costs one small query; the changes themselves are fetched only when there is a new one, or once a day.
"""

import dataclasses
import datetime
from collections.abc import Collection, Iterator

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import OPEN_AFTER, Bureau
from bot.office.model.calendar import Calendar
from bot.office.model.circular import Circular
from bot.office.model.effective import effective
from bot.office.model.roster import Roster
from bot.office.model.roster_addresses import with_addresses
from bot.office.model.round_change import RoundChange
from bot.office.model.rounds_of import Series, series_of
from bot.office.model.taken_roster import TakenRoster, with_taken
from bot.service.context import Composed, House
from bot.store.books import OfficeBooks

PASSED_OVER = "compare `ruam roster export` with the folder, and mend it with `ruam roster import`"
_DAY = datetime.timedelta(days=1)


def current(house: House, now: datetime.datetime) -> House:
    """The house with its bureau as it is by now; itself where nothing was changed since."""
    known, declared = house.composed, house.declared or house.bureau
    newest = house.books.newest_changes()
    stale = known.valid is None or not known.valid[0] <= now < known.valid[1]
    if stale or known.declared is not declared or known.newest != newest:
        before, known.bureau = known.bureau, _composed(known, declared, house.books, now)
        known.declared, known.newest = declared, newest
        known.valid = now, _until(declared, known.bureau.calendar, now)
        if before and before.calendar != known.bureau.calendar:
            house.looked.clear()  # what is due of each circular goes by working days
    bureau = known.bureau or declared
    return house if house.bureau is bureau else dataclasses.replace(house, bureau=bureau, declared=declared)


def current_bureau(declared: Bureau, books: OfficeBooks, now: datetime.datetime, also: Collection[str] = ()) -> Bureau:
    """The bureau as it is by now, for commands that only look; with rounds of long ago where these slugs name some."""
    return _composed(Composed(), declared, books, now, also)


def series_in(declared: Bureau, calendar: Calendar) -> Iterator[Series]:
    """The recurring circulars of a configured bureau, by the calendar that holds."""
    for circular in declared.circulars.values():
        if series := series_of(circular, calendar):
            yield series


def _until(declared: Bureau, calendar: Calendar, now: datetime.datetime) -> datetime.datetime:
    """Until when a bureau holds that was composed now, if nothing is changed: a round may open, or be done with."""
    midnight = datetime.datetime.combine(now.astimezone(BANGKOK).date() + _DAY, datetime.time(), BANGKOK)
    coming = [
        series.dates(number)["opens"]
        for series in series_in(declared, calendar)
        for number in series.near(now, OPEN_AFTER)
    ]
    return min([midnight, *(moment for moment in coming if moment > now)])


def _composed(
    known: Composed, declared: Bureau, books: OfficeBooks, now: datetime.datetime, also: Collection[str] = ()
) -> Bureau:
    """The bureau composed anew. A circular about which nothing changed stays the same object, by which the clock knows it."""
    extended = books.extended_beyond(now - OPEN_AFTER)
    calendar = declared.calendar.with_holidays(books.holidays())
    roster = _roster(known, declared.roster, books)
    circulars = _with_started(declared, books, now, {*also, *extended})
    by_days = dataclasses.replace(declared, calendar=calendar, roster=roster, circulars=circulars)
    found = {circular.slug: circular for circular in _declared(by_days, now, {*also, *extended})}
    said: dict[str, list[RoundChange]] = {}
    for change in books.round_changes(found):
        said.setdefault(change.circular, []).append(change)
    before, known.rounds = known.rounds, {}
    for slug, circular in found.items():
        changes = tuple(said.get(slug, ()))
        old = before.get(slug)
        same = old is not None and old[1] == changes and (old[0] is circular or old[0] == circular)
        made = old if old and same else (circular, changes, effective(circular, roster, changes))
        known.rounds[slug] = made
    circulars = {slug: made[2] for slug, made in known.rounds.items()}
    templates = {series.template.slug: series.template for series in series_in(declared, calendar)}
    unread = frozenset(slug for slug, one in circulars.items() if one.round.series and not one.round.opened)
    found_now = dataclasses.replace(by_days, circulars=circulars, templates=templates, unread=unread)
    for one in filter(None, (declared, known.bureau if known.declared is declared else None)):
        if _alike(one, found_now):
            return one
    return found_now


def _with_started(
    declared: Bureau, books: OfficeBooks, now: datetime.datetime, also: Collection[str]
) -> dict[str, Circular]:
    """The circulars of the folders, and those that staff started by mail and that are not long over; a folder goes first."""
    started = {one.slug: one.circular for one in books.started_circulars(now - OPEN_AFTER, also)}
    naming = declared.roster.naming
    asked = {slug: one.model_copy(update={"form": one.form.asked_by(naming)}) for slug, one in started.items()}
    return asked | dict(declared.circulars)


def _alike(one: Bureau, other: Bureau) -> bool:
    """Whether two bureaus of the same configuration are one, circular by circular."""
    if one.roster is not other.roster or (one.calendar, one.unread) != (other.calendar, other.unread):
        return False
    alike = all(one.circulars.get(slug) is circular for slug, circular in other.circulars.items())
    return alike and len(one.circulars) == len(other.circulars)


def _declared(declared: Bureau, now: datetime.datetime, also: Collection[str]) -> Iterator[Circular]:
    """The circulars as the folders declare them, recurring ones as their rounds near now, and those named besides."""
    for circular in declared.circulars.values():
        series = series_of(circular, declared.calendar)
        if series is None:
            yield circular
            continue
        numbers = [*series.near(now, OPEN_AFTER), *(series.numbered(slug) for slug in also)]
        yield from (series.round(number) for number in sorted({number for number in numbers if number is not None}))


def current_roster(declared: Roster, books: OfficeBooks) -> Roster:
    """The roster as it holds by now, for commands that only look."""
    return _roster(Composed(), declared, books)


def _roster(known: Composed, declared: Roster, books: OfficeBooks) -> Roster:
    """The roster with the one taken in by mail and what staff said of addresses since; the same object while nothing is new."""
    taken = books.taken_roster()
    # The roster that was taken in was read against all that had been said until then.
    marks = tuple(mark for mark in books.addresses_of_staff() if taken is None or mark.at > taken.at)
    if known.roster is None or known.roster[:3] != (declared, taken, marks):
        roster = with_addresses(_with_taken(declared, taken), marks)
        known.roster = (declared, taken, marks, roster)
    return known.roster[3]


def _with_taken(declared: Roster, taken: TakenRoster | None) -> Roster:
    """The folder's roster with the one taken in by mail, without it where the folder was changed so that it does not fit."""
    try:
        return with_taken(declared, taken.said) if taken else declared
    except ValueError as error:
        import structlog  # noqa: PLC0415 -- hardly ever needed, and `ruam status` starts without it

        structlog.get_logger().warning(
            "roster by mail passed over", action="compose", error=str(error), next_step=PASSED_OVER
        )
        return declared
