"""A mailbox read by requests over HTTPS, as `bot.post.imap.mailbox.Mailbox` reads one over IMAP.

Owns one client, used by one thread. A mail's UID is made of its arrival and of an id that lasts (`listing.uid_of`), so the books
know mails as they do those of an IMAP server that never numbers anew.

Otherwise than with IMAP: no news are pushed, so a mail is found by the next scan; a mail that came before the office's first start and is moved
into the folder later is not new.
"""

import contextlib
import datetime
import hashlib
import threading
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Self

from bot.post.exceptions import Permanent, Refused
from bot.post.https.client import PAUSES, Pauses
from bot.post.https.folders import shelves_of
from bot.post.https.listing import LOOKING, AnyClient, Listing, Lying
from bot.post.https.provider import Provider
from bot.post.https.refusals import Refusal
from bot.post.imap.folders import Filed, Shelf
from bot.post.imap.mailbox import HEADER_BYTES, Fetched, Left, Wanted
from bot.post.settings import ImapSettings

# What a server of IMAP would call what these do by themselves.
ABILITIES = frozenset({"MOVE", "UIDPLUS", "NAMESPACE"})


class HttpsMailbox(Provider[AnyClient]):
    """One folder of one mailbox. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again."""

    keeps_uids = True

    def __init__(self, settings: ImapSettings, pauses: Pauses = PAUSES) -> None:
        super().__init__(settings, pauses)
        self.folder = settings.folder
        self.left_behind: dict[int, Left] = {}
        self.fetching: Sequence[int] = ()
        self.counts_right = False  # nobody counts beforehand
        self._listings: dict[str, Listing[AnyClient]] = {}  # by the folder's name
        self._unwanted: dict[str, set[int]] = {}

    # -- the connection ------------------------------------------------------------------------------------------

    def connect(self) -> None:
        """See that the server lets us in and has the folder. Transient or Permanent."""
        self.close()
        self.folder = self.settings.folder
        try:
            self._listings[self.folder] = self.listing_of(self.folders.selected(self.folder))
        except Refused as error:
            raise Permanent(error.action, error.detail, error.next_step, error.kind) from error

    def close(self) -> None:
        """Close, and forget what was found. Never raises."""
        self.client.close()
        self.folders.forget()
        self._listings = {}

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Wait so long, or until `wake` is set. Always False: the next scan finds out what came."""
        wake.wait(seconds)
        return False

    def capabilities(self) -> frozenset[str]:
        """What it can do, in the words of IMAP."""
        return ABILITIES

    # -- what lies there -----------------------------------------------------------------------------------------

    def uidvalidity(self) -> int:
        """The same for ever: ids are never given anew."""
        return self.number

    @property
    def passed_over(self) -> set[int]:
        """UIDs of the selected folder that were not wanted."""
        return self._unwanted.setdefault(self.folder, set())

    def uids(self, above: int = 0) -> list[int]:
        """UIDs greater than `above` now in the folder, rising. Raises PostError."""
        with _refused(LOOKING):
            self._here().refresh()
        return sorted(uid for uid in self._here().mails if uid > above)

    def arrivals(self, uids: Iterable[int]) -> Iterator[tuple[int, datetime.datetime | None]]:
        """UID and time of arrival of the mails that are there."""
        mails = self._here().mails
        yield from ((uid, mails[uid].at) for uid in uids if uid in mails)

    def fetch(
        self, uids: Iterable[int], wanted: Wanted = lambda _uid, _at: True, alone: Container[int] = ()
    ) -> Iterator[Fetched]:
        """The mails in their order, one by one; see `Mailbox.fetch`. Of one above `max_bytes` only the header comes."""
        del alone  # each is
        self.left_behind = {}
        mails = self._here().mails
        for uid in uids:
            if uid not in mails:
                self.left_behind[uid] = Left("it is no longer there")
            elif not wanted(uid, mails[uid].at):
                self.passed_over.add(uid)
            else:
                yield from self._fetch_one(uid, mails[uid])

    def fields(self, uid: int, *names: str) -> bytes:
        """The header fields of these names of one mail; empty when the server does not say them."""
        mail = self._here().mails.get(uid)
        return self.fields_of(mail, names) if mail else b""

    def envelope(self, uid: int) -> tuple[bytes, bytes]:
        """Sender and subject of one mail as the server has them at hand; empty where it does not say."""
        mail = self._here().mails.get(uid)
        return self.envelope_of(mail) if mail else (b"", b"")

    def leave(self, fetched: Fetched, words: str) -> None:
        """Count a mail that came among those `left_behind`."""
        self.left_behind[fetched.uid] = Left(words, fetched.size, hashlib.sha256(fetched.raw).hexdigest())

    # -- folders -------------------------------------------------------------------------------------------------

    def named(self, folder: str) -> str:
        """The folder as given: `Folders` know the special uses by themselves."""
        return folder

    @contextlib.contextmanager
    def within(self, folder: str) -> Iterator[None]:
        """Another folder in the place of ours for the length of the block. Refused when there is none."""
        before = self.folder
        if folder not in self._listings:
            self._listings[folder] = self.listing_of(self.folders.selected(folder))
        self.folder = folder
        try:
            yield
        finally:
            self.folder = before

    def ensure_folders(self) -> None:
        """Create the three folders that are missing. Permanent when the server refuses."""
        for folder in self.shelves().values():
            action = f"creating the folder {folder}"
            try:
                self.folders.ensure(folder)
            except Refusal as refusal:
                error = refusal.error(action)
                if not isinstance(error, Refused):
                    raise error from None
                step = "Create it by hand, or choose another root."
                raise Permanent(action, error.detail, step, "folder") from None

    def shelves(self) -> Mapping[Shelf, str]:
        """The folders' full names."""
        return shelves_of(self.settings.root)

    def file_away(self, uids: int | Collection[int], shelf: Shelf) -> None:
        """Move mails of the selected folder to `Done`, `Unreadable` or `Held`. Mails no longer there are passed over."""
        here = self._here()
        for uid in [uids] if isinstance(uids, int) else list(uids):
            if mail := here.mails.get(uid):
                self._move(mail, shelf)
                here.forget(uid)

    def refile(self, mail: Filed, shelf: Shelf, other: Shelf) -> bool:
        """Move a mail from one shelf to another; False when it is gone. It is known by its UID, which outlives the first move."""
        with self.within(self.shelves()[shelf]):
            self.uids()
            lying = self._here().mails.get(mail.uid)
            if lying is None:
                return False
            self._move(lying, other)
            self._here().forget(mail.uid)
        return True

    # -- sent mail -----------------------------------------------------------------------------------------------

    def keep_copy(self, raw: bytes, at: datetime.datetime) -> bool:
        """False: the server keeps the copy of what it sends."""
        del raw, at
        return False

    # -- one request ---------------------------------------------------------------------------------------------

    def _here(self) -> Listing[AnyClient]:
        if self.folder not in self._listings:
            self.connect()
        return self._listings[self.folder]

    def _fetch_one(self, uid: int, mail: Lying) -> Sequence[Fetched]:
        action = f"fetching the mail with UID {uid}"
        self.fetching = (uid,)
        try:
            came = self.download(mail, action)
        except Refusal as refusal:
            self.fetching = ()
            if refusal.waits or refusal.status == HTTPStatus.UNAUTHORIZED:
                raise refusal.error(action) from None
            self.left_behind[uid] = Left(refusal.words)
            return ()
        self.fetching = ()
        if not came.raw:
            self.left_behind[uid] = Left("the server answers without the mail")
            return ()
        raw = came.raw if came.whole else came.raw.partition(b"\r\n\r\n")[0][:HEADER_BYTES] + b"\r\n\r\n"
        return (Fetched(uid, raw, came.at, came.size, came.whole),)

    def _move(self, mail: Lying, shelf: Shelf) -> None:
        """Move one mail; where mail or folder is not found, once more after looking for the folder anew."""
        action = f"filing mails under {shelf}"
        for last in (False, True):
            try:
                self.move(mail, self.folders.ensure(self.shelves()[shelf]), action)
            except Refusal as refusal:
                if refusal.status != HTTPStatus.NOT_FOUND:
                    raise refusal.error(action) from None
                self.folders.forget()
                if last:
                    return  # the mail is gone
            else:
                return


@contextlib.contextmanager
def _refused(action: str) -> Iterator[None]:
    """A refusal as a PostError."""
    try:
        yield
    except Refusal as refusal:
        raise refusal.error(action) from None
