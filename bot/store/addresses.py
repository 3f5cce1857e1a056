"""What the office learned of addresses: accepted or refused by staff, or bounced.

Owns the ``address`` rows. Trust (accepted or refused, one of the two), delivery (bounced or not) and the
roster (added or removed) are independent: an address that staff accepted and whose mail came back has a row of each. What follows from it is not known here.
"""

import datetime
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.store import schema
from bot.store.database import add
from bot.store.journal import COLUMNS, DECIDED, Covers, Row, covered, write_row
from bot.store.office_rows import OfficeRows

_address = schema.address
_FEW = 500  # values in one statement
_TRUST = (AddressStanding.ACCEPTED, AddressStanding.REFUSED)
ROSTER = (AddressStanding.ADDED, AddressStanding.REMOVED)
# What staff said of an address, which the journal covers: of each sort the newest word holds.
WORDS_OF_STAFF = (*_TRUST, *ROSTER)
_COLUMNS = COLUMNS["address"]


class Addresses(OfficeRows):
    """The addresses of which one office learned something."""

    def standing_of(self, addresses: Collection[str]) -> dict[str, AddressMark]:
        """What staff said of these addresses (any case): accepted or refused, by address in lower case."""
        return self._marks(addresses, _TRUST)

    def accepted(self) -> list[AddressMark]:
        """Every address that staff accepted, the oldest first."""
        return self._all(AddressStanding.ACCEPTED)

    def addresses_of_staff(self) -> list[AddressMark]:
        """Every address that staff added to the roster or removed from it, the oldest first."""
        query = self._query(ROSTER).order_by(_address.c.at, _address.c.id)
        with self._database.reading() as connection:
            return [_mark(row) for row in connection.execute(query)]

    def bounced(self, addresses: Collection[str] | None = None) -> dict[str, AddressMark]:
        """The addresses whose letters came back, by address in lower case; of all when none are named."""
        if addresses is None:
            return {mark.address: mark for mark in self._all(AddressStanding.BOUNCED)}
        return self._marks(addresses, (AddressStanding.BOUNCED,))

    def mark(self, *marks: AddressMark) -> None:
        """Note what was learned, in one transaction; the newest word of its sort replaces an older one."""
        with self._database.writing() as connection:
            covers = mark_addresses(connection, self._office, marks)
            write_row(connection, self._office, DECIDED, covers, max((mark.at for mark in marks), default=None))

    def clear_bounce(self, address: str) -> bool:
        """Mail reaches this address after all; whether it was marked."""
        with self._database.writing() as connection:
            return clear_bounces(connection, self._office, [address]) > 0

    def _marks(self, addresses: Collection[str], standings: Collection[AddressStanding]) -> dict[str, AddressMark]:
        wanted = sorted({address.lower() for address in addresses})
        found: dict[str, AddressMark] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), _FEW):
                query = self._query(standings).where(_address.c.address.in_(wanted[start : start + _FEW]))
                found |= {row.address: _mark(row) for row in connection.execute(query)}
        return found

    def _all(self, standing: AddressStanding) -> list[AddressMark]:
        query = self._query((standing,)).order_by(_address.c.at, _address.c.id)
        with self._database.reading() as connection:
            return [_mark(row) for row in connection.execute(query)]

    def _query(self, standings: Collection[AddressStanding]) -> sa.Select[tuple[object, ...]]:
        columns = (_address.c[name] for name in _COLUMNS)
        return sa.select(*columns).where(self._own(_address), _address.c.standing.in_([one.value for one in standings]))


def mark_addresses(connection: sa.Connection, office: int, marks: Iterable[AddressMark]) -> Covers:
    """Write marks within a transaction that is open; the words of staff among them, for the journal."""
    covers: Covers = {}
    for mark in marks:
        group = next((group for group in (_TRUST, ROSTER) if mark.standing in group), (mark.standing,))
        replaced = [one.value for one in group]
        others = sa.delete(_address).where(
            _address.c.office_id == office,
            _address.c.address == mark.address.lower(),
            _address.c.standing.in_(replaced),
        )
        connection.execute(others)
        row = {"office_id": office, **_columns(mark)}
        add(connection, _address, row)
        covers |= covered("address", word_name(row), row) if mark.standing in WORDS_OF_STAFF else {}
    return covers


def word_name(row: Row) -> str:
    """By what a word of staff on an address is known in the journal: its sort, and the address."""
    return f"{'roster' if row['standing'] in ROSTER else 'trust'}/{row['address']}"


def clear_bounces(connection: sa.Connection, office: int, addresses: Iterable[str]) -> int:
    """Take the marks of a bounce away within a transaction that is open; how many there were."""
    gone = sa.delete(_address).where(
        _address.c.office_id == office,
        _address.c.standing == AddressStanding.BOUNCED.value,
        _address.c.address.in_([address.lower() for address in addresses]),
    )
    return connection.execute(gone).rowcount


def _columns(mark: AddressMark) -> dict[str, str | datetime.datetime]:
    return {
        "address": mark.address.lower(),
        "standing": mark.standing.value,
        "reporter": mark.reporter,
        "why": mark.why,
        "by": mark.by,
        "at": mark.at,
    }


def _mark(row: sa.Row[tuple[object, ...]]) -> AddressMark:
    return AddressMark(row.address, AddressStanding(row.standing), row.reporter, row.why, row.by, row.at)
