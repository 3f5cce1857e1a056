"""How often something about a circular was written, so that whoever looked at it knows whether to look again."""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from bot.store import schema
from bot.store.database import add
from bot.store.office_rows import OfficeRows

_change = schema.change


class Changes(OfficeRows):
    """The changes of one office's circulars."""

    def changes(self) -> Mapping[str, int]:
        """By circular; one that nothing was written about is not there."""
        query = sa.select(_change.c.circular, _change.c.count).where(self._own(_change))
        with self._database.reading() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}


def count_change(connection: sa.Connection, office: int, circulars: Iterable[str]) -> None:
    """Count one more change of each, within the transaction that makes it."""
    # In one order, so that no two writers wait for each other.
    for circular in sorted({slug for slug in circulars if slug}):
        this = sa.and_(_change.c.office_id == office, _change.c.circular == circular)
        more = sa.update(_change).where(this).values(count=_change.c.count + 1)
        if not connection.execute(more).rowcount:
            add(connection, _change, {"office_id": office, "circular": circular, "count": 0})
            connection.execute(more)
