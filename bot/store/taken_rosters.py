"""The rosters that staff mailed back and confirmed. Owns the ``roster`` rows; none is altered, the newest holds."""

from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.model.taken_roster import TakenRoster
from bot.store import schema
from bot.store.database import add
from bot.store.journal import COLUMNS, Covers, covered
from bot.store.office_rows import OfficeRows

_roster = schema.roster
_SAID = COLUMNS["roster"]


class TakenRosters(OfficeRows):
    """Those of one office."""

    def taken_roster(self) -> TakenRoster | None:
        """The newest one; None where none was ever taken in."""
        columns = (_roster.c[name] for name in _SAID)
        query = sa.select(*columns).where(self._own(_roster)).order_by(_roster.c.id.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return TakenRoster(*row) if row else None


def note_rosters(connection: sa.Connection, office: int, taken: Iterable[TakenRoster]) -> Covers:
    """Write them, within a transaction that is open."""
    covers: Covers = {}
    for each in taken:
        row = {"office_id": office, **{name: getattr(each, name) for name in _SAID}}
        if (number := add(connection, _roster, row)) is not None:
            covers |= covered("roster", number, row)
    return covers
