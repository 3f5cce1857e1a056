"""One connection to the mailbox: opened, secured, logged in, selected, closed. The only home of imapclient.

Owns the socket and turns every trouble into `Transient` (the connection is closed by then), `Refused` (it still stands) or
`Permanent`. Used by one thread only. What is done over the connection is the other modules' part of `Mailbox`.
"""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any, Self

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]  # it ships no type marker
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
    ProtocolError,
)

from bot.post.errors import Permanent, PostError, Refused, Transient
from bot.post.oauth2 import access_token
from bot.post.settings import ImapSettings, OAuth2Settings

GOODBYE_SECONDS = 2.0

LATER = "Nothing to do: the connection is tried again by itself."
PASSING_LOGIN_CODES = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")  # RFC 5530: not the password's fault


class Client(IMAPClient):  # type: ignore[misc]  # untyped base, see the import
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


class Connection:
    """Base of the parts of `Mailbox`. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again."""

    def __init__(self, settings: ImapSettings) -> None:
        self.settings = settings
        self._client: Client | None = None
        self._owner = 0
        self._uidvalidity = 0
        self._exists: int | None = None  # mails in the folder as last announced; None: not known for certain

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

    def _greet(self) -> Client:
        wanted, limit = self.settings, self.settings.timeout_seconds
        tls = wanted.security == "tls"
        return Client(
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
            raise Permanent(
                "securing the connection", "the server does not offer STARTTLS", 'Set security to "tls" and its port.'
            )
        self._open().starttls(self._tls())

    def _login(self) -> None:
        wanted = self.settings
        if wanted.oauth2:
            said = self._login_by_token(wanted.oauth2)
            step = (
                f"Sign in as {wanted.user}: run `ruam authorize`. See also that IMAP is switched on for this mailbox."
            )
        else:
            said = self._refused(lambda: self._open().login(wanted.user, wanted.password.get_secret_value()))
            step = "Check user and password, and whether the server still takes passwords."
        if said:
            raise Permanent("logging in", said, step)

    def _login_by_token(self, oauth2: OAuth2Settings) -> str:
        """The server's words when it refuses a second token as well; else empty."""
        if not self._open().has_capability("AUTH=XOAUTH2"):
            raise Permanent("logging in", "the server does not offer XOAUTH2", "Write a password in [imap] instead.")
        token = access_token(oauth2)
        if not self._refused(lambda: self._present(token)):
            return ""
        # It was withdrawn early, or one of the clocks is wrong.
        token = access_token(oauth2, refused=token)
        return self._refused(lambda: self._present(token))

    def _present(self, token: str) -> None:
        """SASL XOAUTH2 (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol)."""
        answers = iter([f"user={self.settings.user}\x01auth=Bearer {token}\x01\x01"])
        # A second challenge is the reason of a refusal; the empty answer to it brings the server's NO.
        self._open().sasl_login("XOAUTH2", lambda _challenge: next(answers, ""))

    @staticmethod
    def _refused(log_in: Callable[[], object]) -> str:
        """The server's words when it refuses a login for good; else empty."""
        try:
            log_in()
        except LoginError as error:
            said = str(error)
            # imapclient calls a connection lost during the login a login error as well.
            if isinstance(error.__context__, IMAPClientAbortError) or any(c in said for c in PASSING_LOGIN_CODES):
                raise IMAPClientAbortError(said) from error
            return said or "refused"
        return ""

    def _select(self) -> int:
        client = self._open()
        answer = client.select_folder(self.settings.folder)
        client.unasked()  # the count in the answer itself is no news
        self._uidvalidity = answer[b"UIDVALIDITY"]
        self._exists = answer[b"EXISTS"]
        return self._exists or 0

    @contextlib.contextmanager
    def _visiting(self, folder: str, action: str, *, readonly: bool = False) -> Iterator[Client]:
        """`_doing`, with another folder selected for the length of the block, then ours again."""
        try:
            with self._doing(action):
                self._open().select_folder(folder, readonly=readonly)
                yield self._open()
        finally:
            if self._client is not None:
                with self._doing(f"going back to the folder {self.settings.folder}"):
                    self._select()

    def _open(self) -> Client:
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
        """Turn every trouble into a PostError. `fatal`: after any of them the connection is of no use."""
        try:
            yield
        except PostError:
            if fatal:
                self._drop()
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
