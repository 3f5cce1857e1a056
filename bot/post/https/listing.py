"""Which mails lie in one folder, kept up to date by asking what changed; and the number that each mail has in the books.

The mark from which changes are told is kept in memory alone: which mails are known is the books' to say, so a round from the beginning loses and
doubles nothing.
"""

import datetime
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.post.https.client import Client
from bot.post.https.refusals import Lost, Refusal

ALL_ANEW = 60  # rounds; with one a minute, an hour
LOOKING = "looking for mails"
BITS = 30  # of a UID that tell mails of one second apart; those above are the seconds

AnyClient = TypeVar("AnyClient", bound=Client)


@dataclass(frozen=True)
class Lying:
    """One mail in a folder: its id, the same for ever, and when it came (UTC), None where that is not said."""

    id: str
    at: datetime.datetime | None


def uid_of(mail: Lying) -> int:
    """The number of a mail in the books: below 2**63, the same in every folder and after every restart, rising with its arrival.

    Nothing has to be remembered for it. Of two mails of one second, 30 bits of a hash of the id tell which is meant.
    """
    seconds = int(mail.at.timestamp()) if mail.at else 0
    digest = int.from_bytes(hashlib.sha256(mail.id.encode()).digest()[:4]) >> (32 - BITS)
    return (max(seconds, 0) << BITS) + digest


@dataclass
class Lay:
    """What lies in a folder, by UID and by id."""

    mails: dict[int, Lying] = field(default_factory=dict)
    uids: dict[str, int] = field(default_factory=dict)

    def copy(self) -> "Lay":
        """Another of the same mails."""
        return Lay(dict(self.mails), dict(self.uids))

    def add(self, mail: Lying) -> None:
        """Take in a mail; one that is known stays as it is."""
        if mail.id and mail.id not in self.uids:
            self.uids[mail.id] = uid_of(mail)
            self.mails[self.uids[mail.id]] = mail

    def remove(self, name: str) -> None:
        """Leave out the mail of this id."""
        self.mails.pop(self.uids.pop(name, -1), None)


@dataclass
class Listing(ABC, Generic[AnyClient]):
    """The mails of one folder as of the last `refresh`. Each provider has its own way to tell what changed."""

    client: AnyClient
    folder: str  # its id
    _lay: Lay = field(default_factory=Lay)
    _from: str = ""  # the mark; empty: nothing is known
    _rounds: int = 0  # since all was asked for

    @property
    def mails(self) -> dict[int, Lying]:
        """The mails by UID."""
        return self._lay.mails

    def refresh(self) -> None:
        """Ask what changed. A round that breaks off changes nothing here, and is asked for again. Raises Refusal, PostError.

        Now and then all is asked for, so that a change that the server never told is found all the same.
        """
        self._rounds = (self._rounds + 1) % ALL_ANEW
        if not self._rounds:
            self._from = ""
        try:
            self._round(self._from)
        except Refusal as refusal:
            if not (self._from and self.has_expired(refusal)):
                raise
            self._from = ""
            self._round("")

    def forget(self, uid: int) -> None:
        """Leave out a mail that we moved away ourselves."""
        if uid in self.mails:
            self._lay.remove(self.mails[uid].id)

    @abstractmethod
    def has_expired(self, refusal: Refusal) -> bool:
        """Whether a refusal says that the mark is no longer good."""

    @abstractmethod
    def look(self, mark: str, lay: Lay) -> str:
        """Bring ``lay`` up to date with all that changed since ``mark``, or with all mails where it is empty; the next mark."""

    def _round(self, mark: str) -> None:
        lay = self._lay.copy() if mark else Lay()
        following = self.look(mark, lay)
        self._lay, self._from = lay, following


def pages(
    page: Callable[[str], dict[str, Any]], following: Callable[[dict[str, Any]], str], first: str = ""
) -> Iterator[dict[str, Any]]:
    """Each page in its turn, from the one called ``first``; ``following`` says what the next is called, empty for none.

    Lost where the server leads in a circle.
    """
    visited, name = set[str](), first
    while True:
        if name in visited:
            raise Lost(LOOKING, "the server leads in a circle", "Nothing to do.")
        visited.add(name)
        found = page(name)
        yield found
        if not (name := following(found)):
            return


def moment(said: object) -> datetime.datetime | None:
    """A time as servers write it in JSON, such as 2024-11-20T03:00:00Z; None for what is none."""
    try:
        return datetime.datetime.fromisoformat(str(said)).astimezone(datetime.UTC)
    except ValueError:
        return None
