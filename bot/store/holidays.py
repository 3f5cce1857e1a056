"""The days off and days worked that staff entered. Owns the ``holiday`` rows; none is ever altered, the newest of a day holds."""

from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.model.holiday import Holiday
from bot.store import schema
from bot.store.database import add
from bot.store.office_rows import OfficeRows

_holiday = schema.holiday
_SAID = ("day", "off", "because", "by", "at")


class Holidays(OfficeRows):
    """The entries of one office."""

    def newest_words(self) -> tuple[int, int]:
        """The numbers of the newest change of any round and of the newest entry here, 0 for none: by one statement."""
        numbers = (
            sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)).where(self._own(table)).scalar_subquery()
            for table in (schema.round_change, _holiday)
        )
        with self._database.reading() as connection:
            change, holiday = connection.execute(sa.select(*numbers)).one()
        return change, holiday

    def holidays(self) -> tuple[Holiday, ...]:
        """All entries, in the order in which they were made: some twenty a year."""
        query = sa.select(*(_holiday.c[name] for name in _SAID)).where(self._own(_holiday)).order_by(_holiday.c.id)
        with self._database.reading() as connection:
            return tuple(Holiday(*row) for row in connection.execute(query))


def note_holidays(connection: sa.Connection, office: int, holidays: Iterable[Holiday]) -> None:
    """Write entries, within a transaction that is open; one that is there already is left as it is."""
    for holiday in holidays:
        add(connection, _holiday, {"office_id": office, **{name: getattr(holiday, name) for name in _SAID}})
