"""What became of the circulars' rounds: dates, extensions, exemptions, closing. Owns the ``round_change`` rows; none is altered."""

import datetime
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from bot.office.model.round_change import ChangeKind, RoundChange
from bot.store import schema
from bot.store.addresses import ROSTER
from bot.store.database import add
from bot.store.journal import Covers, covered
from bot.store.office_rows import OfficeRows

_change, _address, _holiday, _circular = schema.round_change, schema.address, schema.holiday, schema.circular
_roster = schema.roster
_SAID = ("circular", "kind", "by", "at", "occasion", "whom", "why", "until", "opens", "cutoff", "department")


class RoundChanges(OfficeRows):
    """The changes of one office's rounds."""

    def newest_changes(self) -> tuple[int, ...]:
        """The numbers of the newest change of any round, of the roster's addresses, of the days off, of the circulars started and of the rosters taken in by mail; 0 where there is none.

        All that the office as it is now is composed of, in one statement, since every step begins with it.
        """
        of_staff = sa.and_(self._own(_address), _address.c.standing.in_([one.value for one in ROSTER]))
        newest = (
            sa.select(sa.func.max(_change.c.id)).where(self._own(_change)).scalar_subquery(),
            sa.select(sa.func.max(_address.c.id)).where(of_staff).scalar_subquery(),
            sa.select(sa.func.max(_holiday.c.id)).where(self._own(_holiday)).scalar_subquery(),
            sa.select(sa.func.max(_circular.c.id)).where(self._own(_circular)).scalar_subquery(),
            sa.select(sa.func.max(_roster.c.id)).where(self._own(_roster)).scalar_subquery(),
        )
        with self._database.reading() as connection:
            row = connection.execute(sa.select(*newest)).one()
        return tuple(number or 0 for number in row)

    def extended_beyond(self, moment: datetime.datetime) -> tuple[str, ...]:
        """The rounds (by slug) whose reporters or department were given a deadline after a moment."""
        later = sa.or_(_change.c.until > moment, _change.c.department > moment)
        given = sa.and_(self._own(_change), _change.c.kind == ChangeKind.EXTENDED.value, later)
        with self._database.reading() as connection:
            return tuple(connection.scalars(sa.select(_change.c.circular).where(given).distinct()))

    def round_changes(self, circulars: Collection[str]) -> tuple[RoundChange, ...]:
        """The changes of these rounds (by slug), in the order in which they were written."""
        columns = (_change.c[name] for name in _SAID)
        these = sa.and_(self._own(_change), _change.c.circular.in_(sorted(circulars)))
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(*columns).where(these).order_by(_change.c.id)).all()
        return tuple(RoundChange(row.circular, ChangeKind(row.kind), *row[2:]) for row in rows)


def note_round_changes(connection: sa.Connection, office: int, changes: Iterable[RoundChange]) -> Covers:
    """Write changes, within a transaction that is open; one that is there already is left as it is."""
    covers: Covers = {}
    for change in changes:
        row = {"office_id": office, **{name: getattr(change, name) for name in _SAID}}
        if (number := add(connection, _change, row)) is not None:
            covers |= covered("round", number, row)
    return covers
