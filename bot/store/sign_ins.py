"""Who may come in to the page in the browser: links that were mailed, each spent once, and sessions. Owns their rows.

Only digests are kept: who reads the books can sign in by none of them. What is long over is removed.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from bot.office.model.sign_in import SESSION_LASTS, Session, SignInLink
from bot.store import schema
from bot.store.database import add
from bot.store.office_rows import OfficeRows

_link, _session = schema.sign_in, schema.session
_KEPT = datetime.timedelta(days=30)  # after their end


@dataclass(frozen=True)
class Spending:
    """A link that somebody wants to spend: the digests of what it holds, of the browser's mark and of the session to be."""

    link: str
    browser: str
    session: str


class SignIns(OfficeRows):
    """Links and sessions of one office."""

    def open_links(self, address: str, now: datetime.datetime) -> int:
        """How many links an address has that were not spent and still can be."""
        these = sa.and_(_link.c.address == address, _link.c.until > now, _link.c.spent_at.is_(None))
        query = sa.select(sa.func.count()).select_from(_link).where(self._own(_link), these)
        with self._database.reading() as connection:
            return connection.scalar(query) or 0

    def spend(self, what: Spending, now: datetime.datetime) -> str:
        """Spend a link and begin a session; the address that it was sent to.

        "" where there is no such link, it was spent, it is too old, or another browser asked for it: then nothing is changed.
        """
        meant = sa.and_(_link.c.digest == what.link, _link.c.browser.in_(("", what.browser)))
        still = sa.and_(_link.c.spent_at.is_(None), _link.c.until > now)
        spent = sa.update(_link).where(self._own(_link), meant, still).values(spent_at=now)
        with self._database.writing() as connection:
            address = connection.scalar(spent.returning(_link.c.address))
            if not address:
                return ""
            row = {"digest": what.session, "address": address, "at": now, "seen_at": now, "until": now + SESSION_LASTS}
            add(connection, _session, {"office_id": self._office, **row})
            for table in (_link, _session):
                connection.execute(sa.delete(table).where(self._own(table), table.c.until < now - _KEPT))
            return str(address)

    def session(self, digest: str) -> Session | None:
        """A session that was not ended; whether it still holds is said by its moments."""
        columns = (_session.c[name] for name in ("address", "at", "seen_at", "until"))
        this = sa.and_(_session.c.digest == digest, _session.c.ended_at.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(sa.select(*columns).where(self._own(_session), this)).one_or_none()
        return Session(*row) if row else None

    def seen(self, digest: str, now: datetime.datetime) -> None:
        """Note that a session was used."""
        self._change_session(digest, {"seen_at": now})

    def end_session(self, digest: str, now: datetime.datetime) -> None:
        """End a session for good."""
        self._change_session(digest, {"ended_at": now})

    def _change_session(self, digest: str, values: dict[str, object]) -> None:
        this = sa.and_(_session.c.digest == digest, _session.c.ended_at.is_(None))
        with self._database.writing() as connection:
            connection.execute(sa.update(_session).where(self._own(_session), this).values(values))


def note_links(connection: sa.Connection, office: int, links: Iterable[SignInLink]) -> None:
    """Write links that are being mailed, within a transaction that is open."""
    for link in links:
        row = {"digest": link.digest, "address": link.address, "browser": link.browser}
        add(connection, _link, {"office_id": office, **row, "at": link.at, "until": link.until})
