"""How circulars stand, fetched anew only where something about one was written since: one small query tells.

So a page over many circulars costs what is new, not what there is. Holds as much as there are circulars.
"""

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.owed import owed_by
from bot.office.model.roster import Roster
from bot.service.clock_tick import standing_of
from bot.service.context import House


@dataclass(frozen=True, eq=False)
class Known:
    """How one circular stands, with who owes what of it."""

    standing: Standing  # with the steps taken
    roster: Roster = field(repr=False)

    @property
    def circular(self) -> Circular:
        """The circular."""
        return self.standing.circular

    @cached_property
    def owed(self) -> Mapping[str, tuple[str, ...]]:
        """By organisation, what it still owes."""
        return owed_by(self.circular, self.roster, self.standing.known)

    @cached_property
    def asked(self) -> int:
        """How many organisations have to answer."""
        return len(self.circular.asks(self.roster.by_code))

    @property
    def done(self) -> int:
        """How many are complete."""
        return self.asked - len(self.owed)


class Standings:
    """What was fetched last. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[tuple[int, int], Known]] = {}

    def of(self, house: House, slugs: Collection[str]) -> dict[str, Known]:
        """By slug, in the order of the bureau; one that the office has not is not there."""
        bureau, changes = house.bureau, house.books.changes()
        with self._lock:
            for slug in self._known.keys() - bureau.circulars.keys():
                del self._known[slug]
            return {
                slug: self._one(house, circular, changes)
                for slug, circular in bureau.circulars.items()
                if slug in slugs
            }

    def every(self, house: House) -> dict[str, Known]:
        """Those of all circulars of the office."""
        return self.of(house, house.bureau.circulars)

    def _one(self, house: House, circular: Circular, changes: Mapping[str, int]) -> Known:
        mark = (changes.get(circular.slug, 0), changes.get(circular.follows or "", 0))
        before = self._known.get(circular.slug)
        if before and before[0] == mark and _same(before[1], circular, house.bureau):
            return before[1]
        with house.books.one_view():
            standing = replace(standing_of(house, circular), ledger=house.books.ledger(circular.slug))
            known = Known(standing, house.bureau.roster)
        self._known[circular.slug] = (mark, known)
        return known


def _same(known: Known, circular: Circular, bureau: Bureau) -> bool:
    return known.circular is circular and known.roster is bureau.roster
