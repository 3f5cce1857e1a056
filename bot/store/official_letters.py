"""What staff gave of the office's official letters: number, day and signed scan. Owns the ``registration`` rows.

Each is one row; what is given later takes the place of what was given before, part by part.
"""

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from bot.office.letters.enclosures import ReadyFile
from bot.office.model.official_letter import Registered
from bot.store import schema
from bot.store.database import add
from bot.store.journal import Covers, covered
from bot.store.office_rows import OfficeRows

_registration = schema.registration
_SAID = ("circular", "paper", "by", "at", "number", "dated", "scan")


class Registrations(OfficeRows):
    """The official letters of one office."""

    def registered(self, circular: str) -> Mapping[str, Registered]:
        """What is known of a circular's letters, without the scans, by which letter it is."""
        columns = (_registration.c[name] for name in _SAID)
        query = sa.select(*columns).where(self._own(_registration), _registration.c.circular == circular)
        with self._database.reading() as connection:
            return {row.paper: Registered(*row) for row in connection.execute(query)}

    def scan(self, circular: str, paper: str) -> ReadyFile | None:
        """The scan of one signed letter; None where there is none."""
        this = sa.and_(_registration.c.circular == circular, _registration.c.paper == paper, _registration.c.scan != "")
        query = sa.select(_registration.c.scan, _registration.c.content).where(self._own(_registration), this)
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return ReadyFile(row.scan, row.content) if row else None


def register(connection: sa.Connection, office: int, given: Iterable[Registered]) -> Covers:
    """Write what was given, within a transaction that is open."""
    covers: Covers = {}
    for one in given:
        whose = {"office_id": office, "circular": one.circular, "paper": one.paper}
        said: dict[str, object] = {"by": one.by, "at": one.at}
        said |= {"number": one.number, "dated": one.dated} if one.numbered else {}
        said |= {"scan": one.scan, "content": one.content} if one.scan else {}
        this = sa.and_(*(_registration.c[name] == value for name, value in whose.items()))
        if add(connection, _registration, {"number": "", "scan": "", "content": b"", **whose, **said}) is None:
            connection.execute(sa.update(_registration).where(this).values(**said))
        row = connection.execute(sa.select(_registration).where(this)).mappings().one()
        covers |= covered("registration", row["id"], row)
    return covers
