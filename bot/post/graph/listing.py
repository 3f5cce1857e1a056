"""Which mails lie in one folder, kept up to date by delta queries; and the number that each mail has in the books.

Relied on, as Microsoft documents it (https://learn.microsoft.com/en-us/graph/delta-query-messages and .../graph/delta-query-overview):
- a round is one or more pages; ``@odata.nextLink`` leads to the next, ``@odata.deltaLink`` on the last to what changes from then on;
- a mail may come twice, or out of turn; one that was deleted or moved away comes with ``@removed``;
- a token may be no longer good at any time: 410, or the code ``syncStateNotFound``; then all is asked for anew;
- with ``Prefer: IdType="ImmutableId"`` a mail keeps its id while it stays in the mailbox, in whatever folder
  (https://learn.microsoft.com/en-us/graph/outlook-immutable-id).

The tokens are kept in memory alone: which mails are known is the books' to say, so a round from the beginning loses and doubles nothing.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from bot.post.graph.client import Client, place
from bot.post.graph.refusals import Lost, Refusal

IMMUTABLE = 'IdType="ImmutableId"'
STABLE = {"Prefer": IMMUTABLE}  # with each request that names a mail, since the header counts for its own request alone
PAGE = 200  # mails in one answer, as we ask; the server may give fewer
ALL_ANEW = 60  # rounds; with one a minute, an hour
LOOKING = "looking for mails"
EXPIRED = {"syncstatenotfound", "syncstateinvalid", "resyncrequired"}  # in small letters
# Of every folder of every mailbox, since ids last; beyond the 32 bits of IMAP, so that no server's is the same.
UIDVALIDITY = 0x6772617068  # "graph"
BITS = 30  # of a UID that tell mails of one second apart; those above are the seconds


@dataclass(frozen=True)
class Lying:
    """One mail in a folder: its immutable id, and when it came (UTC), None where that is not said."""

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
class Listing:
    """The mails of one folder as of the last `refresh`, by UID."""

    client: Client
    folder: str  # its id
    mails: dict[int, Lying] = field(default_factory=dict)
    _uids: dict[str, int] = field(default_factory=dict)  # by id
    _from: str = ""  # the delta link; empty: nothing is known
    _rounds: int = 0  # since all was asked for

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
            if not (self._from and _expired(refusal)):
                raise
            self._from = ""
            self._round("")

    def forget(self, uid: int) -> None:
        """Leave out a mail that we moved away ourselves."""
        if gone := self.mails.pop(uid, None):
            self._uids.pop(gone.id, None)

    def _round(self, link: str) -> None:
        mails, uids = (dict(self.mails), dict(self._uids)) if link else ({}, {})
        visited = set()
        while True:
            if link in visited:
                raise Lost(LOOKING, "the server leads in a circle", "Nothing to do.")
            visited.add(link)
            page = self._page(link)
            for said in page.get("value", ()):
                _apply(said, mails, uids)
            if not (link := str(page.get("@odata.nextLink", ""))):
                break
        self.mails, self._uids, self._from = mails, uids, str(page.get("@odata.deltaLink", ""))

    def _page(self, link: str) -> dict[str, Any]:
        prefer = {"Prefer": f"{IMMUTABLE}, odata.maxpagesize={PAGE}"}
        if link:
            return self.client.get(link, LOOKING, headers=prefer)
        first = place("mailFolders", self.folder, "messages", "delta")
        return self.client.get(first, LOOKING, {"$select": "receivedDateTime"}, prefer)


def _apply(said: Mapping[str, Any], mails: dict[int, Lying], uids: dict[str, int]) -> None:
    """Take in what a page says of one mail."""
    name = str(said.get("id", ""))
    if "@removed" in said:
        mails.pop(uids.pop(name, -1), None)
    elif name and name not in uids:  # what changed of one that is known is nothing to us
        mail = Lying(name, moment(said.get("receivedDateTime")))
        uids[name] = uid_of(mail)
        mails[uids[name]] = mail


def moment(said: object) -> datetime.datetime | None:
    """A time as Graph writes it, such as 2024-11-20T03:00:00Z; None for what is none."""
    try:
        return datetime.datetime.fromisoformat(str(said)).astimezone(datetime.UTC)
    except ValueError:
        return None


def _expired(refusal: Refusal) -> bool:
    return refusal.status == HTTPStatus.GONE or refusal.code.lower() in EXPIRED
