"""How circulars stand, fetched anew only where something about one was written since: one small query tells.

So a page over many circulars costs what is new, not what there is. After a start all are new: then a page shows those that are at hand,
says so, and the others are read behind it. Holds as much as there are circulars.
"""

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import structlog

from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.roster import Roster
from bot.service.clock_tick import standing_of
from bot.service.context import House

AT_ONCE = 10  # circulars that one look at many waits for; an office rarely has more that are new

log = structlog.get_logger()


@dataclass(frozen=True, eq=False)
class Known:
    """How one circular stands, with who owes what of it."""

    standing: Standing  # with the steps taken
    roster: Roster = field(repr=False)

    @property
    def circular(self) -> Circular:
        """The circular."""
        return self.standing.circular

    @property
    def owed(self) -> Mapping[str, tuple[str, ...]]:
        """By organisation, what it still owes."""
        return self.standing.owed(self.roster)

    @property
    def asked(self) -> int:
        """How many organisations have to answer."""
        return len(self.circular.asks(self.roster.by_code))

    @property
    def done(self) -> int:
        """How many are complete."""
        return self.asked - len(self.owed)


@dataclass(frozen=True)
class AtHand:
    """Of the circulars that were asked for, by slug in the order of the bureau: those that are read, and how many are not yet."""

    known: Mapping[str, Known]
    unread: int

    @property
    def total(self) -> int:
        """How many were asked for."""
        return len(self.known) + self.unread


def in_thread(work: Callable[[], None]) -> None:
    """Have something done behind whoever asks; it may be left undone when the program ends."""
    threading.Thread(target=work, name="desk-reading", daemon=True).start()


class Standings:
    """What was fetched last. Safe to use from several threads. ``behind`` has work done that nobody waits for."""

    def __init__(self, behind: Callable[[Callable[[], None]], None] = in_thread) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, tuple[tuple[int, int], Known]] = {}
        self._behind = behind
        self._is_reading = False

    def of(self, house: House, slugs: Collection[str]) -> dict[str, Known]:
        """By slug, in the order of the bureau; one that the office has not is not there."""
        changes = house.books.changes()
        return {one.slug: self._one(house, one, changes) for one in _named(house, slugs)}

    def every(self, house: House) -> dict[str, Known]:
        """Those of all circulars of the office."""
        return self.of(house, house.bureau.circulars)

    def at_hand(self, house: House, slugs: Collection[str] | None = None) -> AtHand:
        """The same, or of all, without waiting for many: of more than a few that are new the others are read behind this."""
        changes, found, new = house.books.changes(), dict[str, Known](), list[str]()
        for one in _named(house, house.bureau.circulars if slugs is None else slugs):
            if known := self._fresh(house.bureau, one, changes):
                found[one.slug] = known
            elif len(new) < AT_ONCE:
                new.append(one.slug)
                found[one.slug] = self._one(house, one, changes)
            else:
                new.append(one.slug)
        if unread := len(new[AT_ONCE:]):
            self.read_on(house)
        return AtHand(found, unread)

    def read_on(self, house: House) -> None:
        """Have all that is new read behind whoever asks; not twice at a time."""
        with self._lock:
            begins, self._is_reading = not self._is_reading, True
        if begins:
            self._behind(lambda: self._read(house))

    def _read(self, house: House) -> None:
        try:
            for known in self._each(house, house.bureau.circulars.values()):
                known.standing.queries(known.roster)
        except Exception:  # nobody waits for it; the next look begins anew
            log.exception("reading ahead failed", action="desk", next_step="begun anew by the next look")
        finally:
            with self._lock:
                self._is_reading = False

    def _each(self, house: House, circulars: Iterable[Circular]) -> Iterator[Known]:
        changes = house.books.changes()
        for one in circulars:
            yield self._one(house, one, changes)

    def _fresh(self, bureau: Bureau, circular: Circular, changes: Mapping[str, int]) -> Known | None:
        """What is known of a circular, where nothing about it was written since; by the roster of now."""
        before = self._known.get(circular.slug)
        if before is None or before[0] != _mark(circular, changes) or before[1].circular is not circular:
            return None
        if before[1].roster is bureau.roster:
            return before[1]
        known = replace(before[1], roster=bureau.roster)
        self._known[circular.slug] = (before[0], known)
        return known

    def _one(self, house: House, circular: Circular, changes: Mapping[str, int]) -> Known:
        with self._lock:
            for slug in self._known.keys() - house.bureau.circulars.keys():
                del self._known[slug]
            if known := self._fresh(house.bureau, circular, changes):
                return known
            with house.books.one_view():
                standing = replace(standing_of(house, circular), ledger=house.books.ledger(circular.slug))
            known = Known(standing, house.bureau.roster)
            self._known[circular.slug] = (_mark(circular, changes), known)
        known.owed  # noqa: B018 - worked out here, where others do not wait for it
        return known


def _named(house: House, slugs: Collection[str]) -> Iterator[Circular]:
    return (one for slug, one in house.bureau.circulars.items() if slug in slugs)


def _mark(circular: Circular, changes: Mapping[str, int]) -> tuple[int, int]:
    """Another one later means that something was written about it, or about the one that it follows."""
    return changes.get(circular.slug, 0), changes.get(circular.follows or "", 0)
