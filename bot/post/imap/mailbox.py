"""The mailbox: what came in, found and fetched over IMAP; with the connection, the folders and the waiting put together.

Owns one connection at a time, used by one thread only. Knows bytes, UIDs and its settings; nothing of what a mail says.
Every trouble leaves here as `Transient` (the connection is closed by then), `Refused` (it still stands) or `Permanent`.
"""

import contextlib
import datetime
import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.post.exceptions import Refused
from bot.post.imap.fetch_answers import bodies, body, by_uid, moment
from bot.post.imap.folders import Folders, chunks, number
from bot.post.imap.lenient_client import Facts
from bot.post.imap.sent_folder import SentFolder
from bot.post.imap.waiting import Waiting
from bot.post.settings import ImapSettings

WINDOW = 5_000  # mails in one SEARCH: its answer is one line, and imaplib gives up at a million bytes
HEADER_BYTES = 256 * 1024  # of the header of a mail that is too large to fetch
SENDER = 2  # of an ENVELOPE: date, subject, from, ...
FIELD_BYTES = 16 * 1024  # of the few header fields that are looked at before a mail is fetched
TOGETHER = 50  # mails fetched by one command
TOGETHER_BYTES = 1 << 20  # of them: all are in memory, and a server that is slow must get through in time


@dataclass(frozen=True)
class Fetched:
    """One mail as the server holds it."""

    uid: int
    raw: bytes  # the whole mail, or the beginning of its header when `whole` is False
    at: datetime.datetime | None  # UTC; INTERNALDATE: when the server took the mail. None where it says no such time
    size: int  # bytes, as the server counts them
    whole: bool

    @property
    def short(self) -> bool:
        """Whether fewer bytes came than the server said. Some servers count LF as they store it and send CRLF, or not."""
        lines = self.raw.count(b"\n") - self.raw.count(b"\r\n")
        return self.whole and len(self.raw) + lines < self.size


@dataclass(frozen=True)
class Left:
    """A mail that the server did not hand over, or not all of."""

    words: str  # the server's, or what is wrong
    size: int = 0  # bytes, as the server counts them; 0 when it does not say
    sha256: str = ""  # of the bytes that came


Wanted = Callable[[int, datetime.datetime | None], bool]  # of a UID and its INTERNALDATE


class Mailbox(Folders, SentFolder, Waiting):
    """One folder of one mailbox. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again.

    `left_behind` says, after `fetch`, which mails the server would not hand over; they stay unseen by the caller and are
    offered again by the next scan. `passed_over` are those that the caller did not want, for as long as it is connected.
    """

    keeps_uids = False

    def __init__(self, settings: ImapSettings) -> None:
        super().__init__(settings)
        self.left_behind: dict[int, Left] = {}
        self._unwanted: dict[tuple[str, int], set[int]] = {}
        self.fetching: Sequence[int] = ()  # the UIDs that are being asked for, when the connection breaks
        self.counts_right = False  # whether a mail came that was as large as the server said

    def uidvalidity(self) -> int:
        """The folder's UIDVALIDITY as of the last `connect` or scan, 0 where the server has none.

        UIDs mean nothing without it.
        """
        return self._uidvalidity

    @property
    def passed_over(self) -> set[int]:
        """UIDs of the selected folder that were not wanted."""
        return self._unwanted.setdefault((self.folder, self._uidvalidity), set())

    def uids(self, above: int = 0) -> list[int]:
        """UIDs greater than `above` now in the folder, rising. Selects anew, so `uidvalidity` is fresh as well."""
        with self._doing("looking for mails"):
            count = self._select()
            found: set[int] = set()
            # From the top down: a mail removed meanwhile moves the others down, into windows still to come.
            # The top window is open, for mails that came since the count.
            for low in range(max(count - 1, 0) // WINDOW * WINDOW + 1, 0, -WINDOW):
                high = "*" if low + WINDOW > count else str(low + WINDOW - 1)
                if count or self._exists is None:
                    found.update(self._open().find(f"{low}:{high}", "UID", f"{above + 1}:*"))
        return sorted(uid for uid in found if uid > above)  # "n:*" names the last mail even when it is below n

    def scan(self, known: Container[int]) -> list[int]:
        """UIDs now in the folder that are not `known`, rising. No mail is fetched for it."""
        return [uid for uid in self.uids() if uid not in known]

    def fetch(
        self, uids: Iterable[int], wanted: Wanted = lambda _uid, _at: True, alone: Container[int] = ()
    ) -> Iterator[Fetched]:
        """The mails in their order, never marking them seen. Sizes are asked first; see `Fetched.whole`.

        One that the server refuses to hand over, or of which it says nothing, goes to `left_behind`; of one that is not
        `wanted` only size and date are asked. Small ones are asked for together, but none that is to be fetched `alone`.
        """
        self.left_behind = {}
        for chunk in chunks(list(uids)):
            facts = self._sizes(chunk)
            some: list[int] = []
            most = min(TOGETHER_BYTES, self.settings.max_bytes)  # of a larger one only the header is asked for
            for uid in chunk:
                if uid not in facts:
                    self.left_behind.setdefault(uid, Left("the server says nothing of it"))
                elif not wanted(uid, moment(facts[uid].get(b"INTERNALDATE"))):
                    self.passed_over.add(uid)
                else:
                    if some and (some[-1] in alone or uid in alone or not _fit((*some, uid), facts, most)):
                        yield from self._fetch_some(some, facts)
                        some = []
                    some.append(uid)
            yield from self._fetch_some(some, facts)

    def arrivals(self, uids: Iterable[int]) -> Iterator[tuple[int, datetime.datetime | None]]:
        """UID and INTERNALDATE of the mails of which the server says anything."""
        for chunk in chunks(list(uids)):
            yield from ((uid, moment(facts.get(b"INTERNALDATE"))) for uid, facts in self._sizes(chunk).items())

    def fields(self, uid: int, *names: str) -> bytes:
        """The header fields of these names of one mail, cut at `FIELD_BYTES`; empty when the server does not say them."""
        part = f"BODY.PEEK[HEADER.FIELDS ({' '.join(names)})]<0.{FIELD_BYTES}>"
        try:
            with self._doing(f"asking for the sender of the mail with UID {uid}"):
                return (body(self._open().answers([uid], part), uid) or b"")[:FIELD_BYTES]
        except Refused:
            return b""

    def envelope(self, uid: int) -> tuple[bytes, bytes]:
        """Sender and subject of one mail as the server has them at hand; empty where it does not say."""
        try:
            with self._doing(f"asking for the envelope of the mail with UID {uid}"):
                told = self._open().answers([uid], "ENVELOPE")
        except Refused:
            return b"", b""
        found: tuple[Any, ...] = next((facts[b"ENVELOPE"] for facts in told if facts.get(b"ENVELOPE")), ())
        subject = found[1] if len(found) > SENDER and isinstance(found[1], bytes) else b""
        who = found[SENDER][0] if len(found) > SENDER and found[SENDER] else ()
        named = [part if isinstance(part, bytes) else b"" for part in who[2:4]]
        return b"@".join(named) if all(named) else b"", subject

    def leave(self, fetched: Fetched, words: str) -> None:
        """Count a mail that came among those `left_behind`."""
        self.left_behind[fetched.uid] = Left(words, fetched.size, hashlib.sha256(fetched.raw).hexdigest())

    def _sizes(self, uids: Sequence[int]) -> dict[int, Facts]:
        """Size and date by UID. Where the server refuses, for one of many, the others are asked without it."""
        try:
            with self._doing("asking for the sizes of mails"):
                told = self._open().answers(uids, "RFC822.SIZE", "INTERNALDATE")
        except Refused as error:
            if len(uids) == 1:
                self.left_behind[uids[0]] = Left(error.detail)
                return {}
            half = len(uids) // 2
            return self._sizes(uids[:half]) | self._sizes(uids[half:])
        return by_uid(told, set(uids))

    def _fetch_some(self, uids: Sequence[int], facts: Mapping[int, Facts]) -> Iterator[Fetched]:
        """Mails asked for together; what does not come so is asked for by itself."""
        came: dict[int, bytes] = {}
        if len(uids) > 1:
            self.fetching = uids
            with contextlib.suppress(Refused), self._doing("fetching mails"):
                told = self._open().answers(uids, "BODY.PEEK[]")
                came = {uid: raw for uid, raw in bodies(told).items() if uid in uids}
            self.fetching = ()
        for uid in uids:
            if raw := came.pop(uid, b""):
                yield self._fetched(uid, raw, facts[uid])
            else:
                yield from self._fetch_one(uid, facts[uid])

    def _fetched(self, uid: int, raw: bytes, facts: Facts, *, whole: bool = True) -> Fetched:
        size = number(facts.get(b"RFC822.SIZE"))
        self.counts_right = self.counts_right or (whole and size == len(raw))
        return Fetched(uid, raw, moment(facts.get(b"INTERNALDATE")), size or len(raw), whole)

    def _fetch_one(self, uid: int, facts: Facts) -> Sequence[Fetched]:
        size = number(facts.get(b"RFC822.SIZE"))
        whole = size <= self.settings.max_bytes
        part = "BODY.PEEK[]" if whole else f"BODY.PEEK[HEADER]<0.{HEADER_BYTES}>"
        try:
            self.fetching = (uid,)
            with self._doing(f"fetching the mail with UID {uid}"):
                raw = body(self._open().answers([uid], part), uid)
            self.fetching = ()
        except Refused as error:
            self.fetching = ()
            self.left_behind[uid] = Left(error.detail, size)
            return ()
        if raw is None or (size and not raw):
            self.left_behind[uid] = Left("the server answers without the mail", size)
            return ()
        return (self._fetched(uid, raw, facts, whole=whole),)


def _fit(uids: Sequence[int], facts: Mapping[int, Facts], most: int) -> bool:
    """Whether mails may be asked for together: so many, of so many bytes, as far as the server says their sizes."""
    sizes = [number(facts[uid].get(b"RFC822.SIZE")) for uid in uids]
    return len(sizes) <= TOGETHER and all(sizes) and sum(sizes) <= most
