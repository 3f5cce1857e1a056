"""The mailbox: what came in, found and fetched over IMAP; with the connection, the folders and the waiting put together.

Owns one connection at a time, used by one thread only. Knows bytes, UIDs and its settings; nothing of what a mail says.
Every trouble leaves here as `Transient` (the connection is closed by then), `Refused` (it still stands) or `Permanent`.
"""

import contextlib
import datetime
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.post.errors import Refused
from bot.post.folders import Folders, chunks
from bot.post.sent import SentFolder
from bot.post.settings import ImapSettings
from bot.post.waiting import Waiting

WINDOW = 5_000  # mails in one SEARCH: its answer is one line, and imaplib gives up at a million bytes
HEADER_BYTES = 256 * 1024  # of the header of a mail that is too large to fetch


@dataclass(frozen=True)
class Fetched:
    """One mail as the server holds it."""

    uid: int
    raw: bytes  # the whole mail, or the beginning of its header when `whole` is False
    at: datetime.datetime  # UTC; INTERNALDATE: when the server took the mail
    size: int  # bytes, as the server counts them
    whole: bool


class Mailbox(Folders, SentFolder, Waiting):
    """One folder of one mailbox. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again.

    `left_behind` says, after `fetch`, which mails the server would not hand over, with its words; they stay unseen
    by the caller and are offered again by the next scan.
    """

    def __init__(self, settings: ImapSettings) -> None:
        super().__init__(settings)
        self.left_behind: dict[int, str] = {}

    def uidvalidity(self) -> int:
        """The folder's UIDVALIDITY as of the last `connect` or scan. UIDs mean nothing without it."""
        return self._uidvalidity

    def uids(self, above: int = 0) -> list[int]:
        """UIDs greater than `above` now in the folder, rising. Selects anew, so `uidvalidity` is fresh as well."""
        with self._doing("looking for mails"):
            count = self._select()
            found: set[int] = set()
            # From the top down: a mail removed meanwhile moves the others down, into windows still to come.
            # The top window is open, for mails that came since the count.
            for low in range(max(count - 1, 0) // WINDOW * WINDOW + 1, 0, -WINDOW):
                high = "*" if low + WINDOW > count else str(low + WINDOW - 1)
                found.update(self._open().search([f"{low}:{high}", "UID", f"{above + 1}:*"]) if count else ())
        return sorted(uid for uid in found if uid > above)  # "n:*" names the last mail even when it is below n

    def scan(self, known: Container[int]) -> list[int]:
        """UIDs now in the folder that are not `known`, rising. No mail is fetched for it."""
        return [uid for uid in self.uids() if uid not in known]

    def fetch(self, uids: Iterable[int]) -> Iterator[Fetched]:
        """The mails, one at a time, never marking them seen. Sizes are asked first; see `Fetched.whole`.

        A mail gone meanwhile is passed over; one that the server refuses to hand over goes to `left_behind`.
        """
        self.left_behind = {}
        for chunk in chunks(list(uids)):
            with self._doing("asking for the sizes of mails"):
                facts = self._open().fetch(chunk, ["RFC822.SIZE", "INTERNALDATE"])
            for uid in chunk:
                if uid in facts:
                    with contextlib.suppress(Refused):
                        yield from self._fetch_one(uid, facts[uid])

    def _fetch_one(self, uid: int, facts: dict[bytes, Any]) -> Sequence[Fetched]:
        size = int(facts.get(b"RFC822.SIZE", 0))
        whole = size <= self.settings.max_bytes
        try:
            with self._doing(f"fetching the mail with UID {uid}"):
                part = "BODY.PEEK[]" if whole else f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>"
                answer = self._open().fetch([uid], [part]).get(uid)
        except Refused as error:
            self.left_behind[uid] = error.detail
            raise
        if answer is None:
            return ()
        raw = next((value for key, value in answer.items() if key.startswith(b"BODY[")), None) or b""
        at = facts.get(b"INTERNALDATE") or datetime.datetime.now(datetime.UTC)
        return (Fetched(uid, raw, at.astimezone(datetime.UTC), size, whole),)
