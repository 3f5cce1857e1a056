"""What became of the circulars' rounds: dates, extensions, exemptions, closing. Owns the ``round_change`` rows; none is altered."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from bot.office.model.round_change import ChangeKind, RoundChange
from bot.store import schema
from bot.store.database import add
from bot.store.office_rows import OfficeRows

_change = schema.round_change
_SAID = ("circular", "kind", "by", "at", "occasion", "whom", "why", "until", "opens", "cutoff", "department")


class RoundChanges(OfficeRows):
    """The changes of one office's rounds."""

    def round_changes(self, circulars: Collection[str]) -> tuple[RoundChange, ...]:
        """The changes of these rounds (by slug), in the order in which they were written."""
        columns = (_change.c[name] for name in _SAID)
        these = sa.and_(self._own(_change), _change.c.circular.in_(sorted(circulars)))
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(*columns).where(these).order_by(_change.c.id)).all()
        return tuple(RoundChange(row.circular, ChangeKind(row.kind), *row[2:]) for row in rows)


def note_round_changes(connection: sa.Connection, office: int, changes: Iterable[RoundChange]) -> None:
    """Write changes, within a transaction that is open; one that is there already is left as it is."""
    for change in changes:
        add(connection, _change, {"office_id": office, **{name: getattr(change, name) for name in _SAID}})
