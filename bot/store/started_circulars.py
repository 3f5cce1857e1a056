"""The circulars that staff started by mail. Owns the ``circular`` rows; none is altered."""

import datetime
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from bot.office.model.started_circular import StartedCircular
from bot.store import schema
from bot.store.database import add
from bot.store.journal import Covers, covered
from bot.store.office_rows import OfficeRows

_circular, _ledger = schema.circular, schema.ledger
_SAID = ("slug", "said", "by", "at")


class StartedCirculars(OfficeRows):
    """Those of one office."""

    def started_circulars(self, since: datetime.datetime, also: Collection[str] = ()) -> tuple[StartedCircular, ...]:
        """Those that end after ``since`` and those named besides, in the order in which they were started."""
        these = sa.or_(_circular.c.ends > since, _circular.c.slug.in_(sorted(also)))
        columns = (_circular.c[name] for name in _SAID)
        query = sa.select(*columns).where(self._own(_circular), these).order_by(_circular.c.id)
        with self._database.reading() as connection:
            return tuple(StartedCircular(*row) for row in connection.execute(query))

    def slugs_taken(self) -> frozenset[str]:
        """The slugs under which the books hold anything of a round: another circular must not have them."""
        queries = (
            sa.select(_circular.c.slug).where(self._own(_circular)),
            sa.select(_ledger.c.circular).where(self._own(_ledger)).distinct(),
        )
        with self._database.reading() as connection:
            return frozenset(slug for query in queries for slug in connection.scalars(query))


def note_started(connection: sa.Connection, office: int, started: Iterable[StartedCircular]) -> Covers:
    """Write them, within a transaction that is open; one whose slug is there already is left as it is."""
    covers: Covers = {}
    for each in started:
        row = {"office_id": office, **{name: getattr(each, name) for name in _SAID}}
        row["ends"] = each.circular.deadlines.department
        if (number := add(connection, _circular, row)) is not None:
            covers |= covered("circular", number, row)
    return covers
