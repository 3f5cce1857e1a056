"""The office as it is now: what its folders declare, composed with what the books say of its rounds and days off.

Whatever works for the office begins with ``current``, so that a change that another process wrote counts from the next
step on. It costs one small query; the changes themselves are fetched only when there is a new one.
"""

import dataclasses

from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.effective import effective
from bot.office.model.round_change import RoundChange
from bot.service.context import Composed, House
from bot.store.books import OfficeBooks


def current(house: House) -> House:
    """The house with its bureau as the books have it by now; itself where nothing was changed since."""
    known, declared = house.composed, house.declared or house.bureau
    newest = house.books.newest_words()
    if known.declared is not declared or known.newest != newest:
        before, known.bureau = known.bureau, _composed(known, declared, house.books)
        known.declared, known.newest = declared, newest
        if before and before.calendar != known.bureau.calendar:
            house.looked.clear()  # what is due of each circular goes by working days
    bureau = known.bureau or declared
    return house if house.bureau is bureau else dataclasses.replace(house, bureau=bureau, declared=declared)


def current_bureau(declared: Bureau, books: OfficeBooks) -> Bureau:
    """The bureau as the books have it, for commands that only look."""
    return _composed(Composed(), declared, books)


def _composed(known: Composed, declared: Bureau, books: OfficeBooks) -> Bureau:
    """The bureau composed anew. A circular about which nothing changed stays the same object, by which the clock knows it."""
    said: dict[str, list[RoundChange]] = {}
    for change in books.round_changes(declared.circulars):
        said.setdefault(change.circular, []).append(change)
    circulars: dict[str, Circular] = {}
    for slug, circular in declared.circulars.items():
        changes = tuple(said.get(slug, ()))
        before = known.rounds.get(slug)
        if before is None or before[0] is not circular or before[1] != changes:
            known.rounds[slug] = (circular, changes, effective(circular, declared.roster, changes))
        circulars[slug] = known.rounds[slug][2]
    calendar = declared.calendar.with_holidays(books.holidays())
    if not said and calendar == declared.calendar:
        return declared
    return dataclasses.replace(declared, circulars=circulars, calendar=calendar)
