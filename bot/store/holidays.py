"""The days off and days worked that staff entered. Owns the ``holiday`` rows; none is ever altered, the newest of a day holds."""

from collections.abc import Iterable

import sqlalchemy as sa

from bot.office.model.holiday import Holiday
from bot.store import schema
from bot.store.database import add
from bot.store.journal import Covers, covered
from bot.store.office_rows import OfficeRows

_holiday = schema.holiday
_SAID = ("day", "off", "because", "by", "at")


class Holidays(OfficeRows):
    """The entries of one office."""

    def holidays(self) -> tuple[Holiday, ...]:
        """All entries, in the order in which they were made: some twenty a year."""
        query = sa.select(*(_holiday.c[name] for name in _SAID)).where(self._own(_holiday)).order_by(_holiday.c.id)
        with self._database.reading() as connection:
            return tuple(Holiday(*row) for row in connection.execute(query))


def note_holidays(connection: sa.Connection, office: int, holidays: Iterable[Holiday]) -> Covers:
    """Write entries, within a transaction that is open; one that is there already is left as it is."""
    covers: Covers = {}
    for holiday in holidays:
        row = {"office_id": office, **{name: getattr(holiday, name) for name in _SAID}}
        if (number := add(connection, _holiday, row)) is not None:
            covers |= covered("holiday", number, row)
    return covers
