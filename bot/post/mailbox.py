"""The mailbox: what came in, fetched and filed away over IMAP. The only home of imapclient.

Owns one connection at a time, used by one thread only. Knows bytes, UIDs and its settings; nothing of what a mail says.
Every trouble leaves here as `Transient` (the connection is closed by then), `Refused` (it still stands) or `Permanent`.
"""

import contextlib
import datetime
import ssl
import threading
import time
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]  # it ships no type marker
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
    ProtocolError,
)

from bot.post.errors import Permanent, PostError, Refused, Transient
from bot.post.settings import ImapSettings

Shelf = Literal["Done", "Unreadable", "Held"]
SHELVES: tuple[Shelf, ...] = ("Done", "Unreadable", "Held")

CHUNK = 200  # UIDs in one command: servers limit the length of a line
WINDOW = 5_000  # mails in one SEARCH: its answer is one line, and imaplib gives up at a million bytes
HEADER_BYTES = 256 * 1024  # of the header of a mail that is too large to fetch
SLICE_SECONDS = 0.25  # how often a wait looks at its wake-up event
GOODBYE_SECONDS = 2.0

LATER = "Nothing to do: the connection is tried again by itself."
PASSING_LOGIN_CODES = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")  # RFC 5530: not the password's fault


@dataclass(frozen=True)
class Fetched:
    """One mail as the server holds it."""

    uid: int
    raw: bytes  # the whole mail, or the beginning of its header when `whole` is False
    at: datetime.datetime  # UTC; INTERNALDATE: when the server took the mail
    size: int  # bytes, as the server counts them
    whole: bool


class _Client(IMAPClient):  # type: ignore[misc]  # untyped base, see the import
    """IMAPClient and two looks into its buffers that it does not offer."""

    def buffered(self) -> bool:
        """Whether lines already lie in the reading buffer, where `idle_check` would not see them until its time-out."""
        kept = getattr(self._imap, "_readbuf", None)  # Python 3.14 and later keep a list instead of a file
        if kept is not None:
            return bool(kept)
        self.socket().settimeout(0)
        try:
            return bool(self._imap.file.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            self._set_read_timeout()

    def unasked(self) -> list[tuple[Any, ...]]:
        """What the server said beside its answers since the last call: `(n, b"EXISTS")`, `(n, b"EXPUNGE")`."""
        said = self._imap.untagged_responses
        return [(int(number), kind.encode()) for kind in ("EXPUNGE", "EXISTS") for number in said.pop(kind, ())]


class Mailbox:
    """One folder of one mailbox. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again.

    `left_behind` says, after `fetch`, which mails the server would not hand over, with its words; they stay unseen
    by the caller and are offered again by the next scan.
    """

    def __init__(self, settings: ImapSettings) -> None:
        self.settings = settings
        self.left_behind: dict[int, str] = {}
        self._client: _Client | None = None
        self._owner = 0
        self._uidvalidity = 0
        self._exists: int | None = None  # mails in the folder as last announced; None: not known for certain
        self._shelves: dict[Shelf, str] = {}

    # -- the connection ------------------------------------------------------------------------------------------

    def connect(self) -> None:
        """Open, secure, log in, select. Transient or Permanent; no connection is left behind then."""
        self.close()
        place = f"{self.settings.host}:{self.settings.port}"
        with self._doing(f"connecting to {place}", fatal=True):
            self._client = self._greet()
            self._owner = threading.get_ident()
            self._client.normalise_times = False
        with self._doing(f"securing the connection to {place}", fatal=True):
            self._secure()
        with self._doing(f"logging in to {place} as {self.settings.user}", fatal=True):
            self._login()
        with self._doing(f"opening the folder {self.settings.folder}"):
            self._select()

    def close(self) -> None:
        """Log out if that is quick, and close. Never raises."""
        client, self._client = self._client, None
        self._shelves = {}
        if client is None:
            return
        with contextlib.suppress(OSError, IMAPClientError):
            client.socket().settimeout(GOODBYE_SECONDS)
            client.logout()
        with contextlib.suppress(OSError):
            client.shutdown()

    def __enter__(self) -> Self:
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _greet(self) -> _Client:
        wanted, limit = self.settings, self.settings.timeout_seconds
        tls = wanted.security == "tls"
        return _Client(
            wanted.host,
            wanted.port,
            ssl=tls,
            ssl_context=self._tls() if tls else None,
            timeout=SocketTimeout(connect=limit, read=limit),
        )

    def _tls(self) -> ssl.SSLContext:
        try:
            return self.settings.tls()
        except OSError as error:
            raise Permanent("reading ca_file", str(error), "Name a PEM file of certificates in ca_file.") from error

    def _secure(self) -> None:
        if self.settings.security != "starttls":
            return
        if not self._open().has_capability("STARTTLS"):
            self._drop()
            raise Permanent(
                "securing the connection", "the server does not offer STARTTLS", 'Set security to "tls" and its port.'
            )
        self._open().starttls(self._tls())

    def _login(self) -> None:
        try:
            self._open().login(self.settings.user, self.settings.password.get_secret_value())
        except LoginError as error:
            said = str(error)
            # imapclient calls a connection lost during the login a login error as well.
            if isinstance(error.__context__, IMAPClientAbortError) or any(c in said for c in PASSING_LOGIN_CODES):
                raise IMAPClientAbortError(said) from error
            self._drop()
            raise Permanent(
                "logging in", said, "Check user and password, and whether the server still takes passwords."
            ) from error

    def _select(self) -> int:
        client = self._open()
        answer = client.select_folder(self.settings.folder)
        client.unasked()  # the count in the answer itself is no news
        self._uidvalidity = answer[b"UIDVALIDITY"]
        self._exists = answer[b"EXISTS"]
        return self._exists or 0

    def _open(self) -> _Client:
        if self._client is None:
            raise Transient("using the mailbox", "not connected", LATER)
        if threading.get_ident() != self._owner:
            raise RuntimeError("a mailbox belongs to the thread that connected it")
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError):
                client.shutdown()

    @contextlib.contextmanager
    def _doing(self, action: str, *, fatal: bool = False) -> Iterator[None]:
        """Turn every trouble into a PostError. `fatal`: after a plain NO the connection is of no use either."""
        try:
            yield
        except PostError:
            raise
        except ssl.SSLCertVerificationError as error:
            self._drop()
            raise Permanent(
                action, str(error), "Use the host name of the certificate, or name its authority in ca_file."
            ) from error
        except IMAPClientReadOnlyError as error:
            self._drop()
            raise Permanent(action, str(error), "Give the bot's user write access to the folder.") from error
        except (OSError, IMAPClientAbortError, ProtocolError, ValueError) as error:
            self._drop()
            raise Transient(action, str(error) or type(error).__name__, LATER) from error
        except IMAPClientError as error:
            if fatal:
                self._drop()
                raise Transient(action, str(error), LATER) from error
            raise Refused(action, str(error), "Look at the server's answer; the mail stays where it is.") from error

    # -- folders -------------------------------------------------------------------------------------------------

    def ensure_folders(self) -> None:
        """Create the three folders that are missing, under the server's own prefix and delimiter.

        Permanent when the server refuses.
        """
        with self._doing("listing the folders"):
            self._shelves = self._places()
            there = {name for _, _, name in self._open().list_folders()}
        for folder in self._shelves.values():
            if folder not in there:
                self._create(folder)

    def _create(self, folder: str) -> None:
        with self._doing(f"creating the folder {folder}"):
            client = self._open()
            try:
                client.create_folder(folder)
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                if "ALREADYEXISTS" not in str(error):
                    raise Permanent(
                        f"creating the folder {folder}", str(error), "Create it by hand, or choose another root."
                    ) from error
            with contextlib.suppress(Refused), self._doing("subscribing"):
                client.subscribe_folder(folder)  # so that webmail shows it; nothing depends on it

    def _places(self) -> dict[Shelf, str]:
        client = self._open()
        prefix, delimiter = "", None
        if client.has_capability("NAMESPACE"):
            personal = client.namespace().personal
            prefix, delimiter = personal[0] if personal else ("", None)
        else:
            delimiter = next((mark.decode() for _, mark, _ in client.list_folders("", "%") if mark), None)
        mark = delimiter or "-"  # a server without hierarchy gets flat names
        root = self.settings.root.strip("/").replace("/", mark)
        root = root if root.startswith(prefix) else prefix + root
        return {name: f"{root}{mark}{name}" for name in SHELVES}

    # -- mails ---------------------------------------------------------------------------------------------------

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
        for chunk in _chunks(list(uids)):
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

    def file_away(self, uids: int | Collection[int], shelf: Shelf) -> None:
        """Move mails of the selected folder to `Done`, `Unreadable` or `Held`. Mails no longer there are passed over."""
        for chunk in _chunks([uids] if isinstance(uids, int) else list(uids)):
            try:
                self._move(chunk, shelf)
            except Refused:  # perhaps somebody removed the folder
                self.ensure_folders()
                self._move(chunk, shelf)

    def _move(self, uids: list[int], shelf: Shelf) -> None:
        with self._doing(f"filing mails under {shelf}"):
            client = self._open()
            self._shelves = self._shelves or self._places()
            self._exists = None
            if client.has_capability("MOVE"):
                client.move(uids, self._shelves[shelf])
                return
            client.copy(uids, self._shelves[shelf])
            client.add_flags(uids, [rb"\Deleted"], silent=True)
            # Without UIDPLUS they stay, marked deleted: a plain EXPUNGE would remove other people's mails as well.
            if client.has_capability("UIDPLUS"):
                client.uid_expunge(uids)

    # -- waiting -------------------------------------------------------------------------------------------------

    def wait(self, seconds: float, wake: threading.Event) -> bool:
        """Wait for news: True when mail came, False after `seconds` or as soon as `wake` is set (by any thread).

        Uses IDLE where the server has it; `wake` is left for its owner to clear.
        """
        with self._doing("waiting for mail", fatal=True):
            client = self._open()
            client.noop()
            if self._is_news(client.unasked()):
                return True
            if client.has_capability("IDLE"):
                return self._idle(client, seconds, wake)
        wake.wait(seconds)
        return False

    def _idle(self, client: _Client, seconds: float, wake: threading.Event) -> bool:
        end = time.monotonic() + seconds
        while not wake.is_set() and (left := end - time.monotonic()) > 0:
            client.idle()
            heard = self._listen(client, min(left, self.settings.idle_renew_seconds), wake)
            heard += client.idle_done()[1]
            if any(item[0] == b"BYE" for item in heard):
                raise IMAPClientAbortError("the server said BYE")
            if self._is_news(heard):
                return True
        return False

    def _listen(self, client: _Client, seconds: float, wake: threading.Event) -> list[tuple[Any, ...]]:
        end = time.monotonic() + seconds
        heard: list[tuple[Any, ...]] = []
        early = client.buffered()
        while not heard and not early and not wake.is_set() and (left := end - time.monotonic()) > 0:
            slice_end = time.monotonic() + (duration := min(left, SLICE_SECONDS))
            heard = client.idle_check(duration)
            # Early and empty mostly means that the server has closed, which imapclient does not say here.
            # The DONE that follows finds out.
            early = not heard and time.monotonic() < slice_end - duration / 2
        return heard

    def _is_news(self, said: list[tuple[Any, ...]]) -> bool:
        """Whether the folder grew. A count repeated without need is no news, or a chatty server would never let us rest."""
        news = False
        for item in said:
            if item[1:] == (b"EXPUNGE",):
                self._exists = None
            elif item[1:] == (b"EXISTS",):
                news = news or item[0] != self._exists
                self._exists = item[0]
        return news


def _chunks(uids: list[int]) -> Iterator[list[int]]:
    return (uids[start : start + CHUNK] for start in range(0, len(uids), CHUNK))
