"""The circulars that staff started by mail. Owns the ``circular`` rows; none is altered."""

from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.model.started_circular import StartedCircular
from bot.store import schema
from bot.store.database import add
from bot.store.journal import Covers, covered
from bot.store.office_rows import OfficeRows

_circular = schema.circular
_SAID = ("slug", "said", "by", "at")


class StartedCirculars(OfficeRows):
    """Those of one office."""

    def started_circulars(self) -> tuple[StartedCircular, ...]:
        """All of them, in the order in which they were started: some dozens a year."""
        query = sa.select(*(_circular.c[name] for name in _SAID)).where(self._own(_circular)).order_by(_circular.c.id)
        with self._database.reading() as connection:
            return tuple(StartedCircular(*row) for row in connection.execute(query))


def note_started(connection: sa.Connection, office: int, started: Iterable[StartedCircular]) -> Covers:
    """Write them, within a transaction that is open; one whose slug is there already is left as it is."""
    covers: Covers = {}
    for each in started:
        row = {"office_id": office, **{name: getattr(each, name) for name in _SAID}}
        if (number := add(connection, _circular, row)) is not None:
            covers |= covered("circular", number, row)
    return covers
