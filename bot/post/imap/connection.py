"""One connection to the mailbox: opened, secured, logged in, selected, closed.

Owns the socket and turns every trouble into `Transient` (the connection is closed by then), `Refused` (it still stands) or
`Permanent`. Used by one thread only. What is done over the connection is the other modules' part of `Mailbox`.
"""

import contextlib
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Self

from imapclient import SocketTimeout  # type: ignore[import-untyped]  # it ships no type marker
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    IMAPClientReadOnlyError,
    LoginError,
    ProtocolError,
)

from bot.post.error_meanings import (
    ANSWER,
    AWAY,
    FOLDER,
    LETTERS,
    PASSWORD,
    PRIVATE,
    REACH,
    REFUSED,
    Trouble,
    said,
    trouble_of,
)
from bot.post.exceptions import Permanent, PostError, Transient
from bot.post.imap.lenient_client import Client
from bot.post.login.oauth2 import access_token
from bot.post.settings import ImapSettings, OAuth2Settings
from bot.post.tls import verified

# Nothing depends on the answer to a farewell.
GOODBYE_SECONDS = 2.0


class Connection:
    """Base of the parts of `Mailbox`. `connect()` first; after a `Transient` that is no `Refused`, `connect()` again."""

    def __init__(self, settings: ImapSettings) -> None:
        self.settings = settings
        self.folder = settings.folder  # the one selected; another within `within`
        self._client: Client | None = None
        self._owner = 0
        self._uidvalidity = 0
        self._exists: int | None = None  # mails in the folder as last announced; None: not known for certain

    def connect(self) -> None:
        """Open, secure, log in, select. Transient or Permanent; no connection is left behind then."""
        self.close()
        place = f"{self.settings.host}:{self.settings.port}"
        with self._doing(f"connecting to {place}", opening=True):
            self._client = self._greet()
            self._owner = threading.get_ident()
        with self._doing(f"securing the connection to {place}", opening=True):
            self._secure()
        with self._doing(f"logging in to {place} as {self.settings.user}", opening=True):
            self._login()
        self.folder = self.settings.folder
        with self._doing(f"opening the folder {self.folder}", fatal=True, otherwise=FOLDER):
            self._select()

    def reach(self) -> None:
        """Open and secure a connection, and nothing more: whether there is such a server. Transient or Permanent."""
        self.close()
        with self._doing(f"connecting to {self.settings.host}:{self.settings.port}", opening=True):
            self._client = self._greet()
            self._owner = threading.get_ident()
            self._secure()
        self.close()

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
            return verified(self.settings)
        except OSError as error:
            raise Permanent(
                "reading ca_file", str(error), "Name a PEM file of certificates in ca_file.", "certificate"
            ) from error

    def _secure(self) -> None:
        if self.settings.security != "starttls":
            return
        if not self._open().has_capability("STARTTLS"):
            step = 'Set security to "tls" and its port.'
            raise Permanent("securing the connection", "the server does not offer STARTTLS", step, "port")
        self._open().starttls(self._tls())

    def _login(self) -> None:
        wanted = self.settings
        if wanted.oauth2:
            words = self._login_by_token(wanted.oauth2)
            step = (
                f"Sign in as {wanted.user}: run `ruam authorize`. See also that IMAP is switched on for this mailbox."
            )
            meant = said(words, PASSWORD)
            meant = Trouble("login", permanent=True, step=step) if meant is PASSWORD else meant
        else:
            words = self._login_by_password()
            meant = said(words, PASSWORD)
        if words:
            raise Permanent("logging in", words, meant.step, meant.kind)

    def _login_by_password(self) -> str:
        """The server's words when it refuses the password; else empty."""
        user, password = self.settings.user, self.settings.password.get_secret_value()
        latin = user.isascii() and password.isascii()
        closed = self._open().has_capability("LOGINDISABLED")
        if self._open().has_capability("AUTH=PLAIN") and (closed or not latin):  # in UTF-8, RFC 4616
            return self._refused(lambda: self._open().plain_login(user, password))
        if closed:
            raise PRIVATE.error("logging in", "the server takes no password on this connection (LOGINDISABLED)")
        if not latin:
            raise LETTERS.error("logging in", "user or password holds other letters, and the server has no AUTH=PLAIN")
        return self._refused(lambda: self._open().login(user, password))

    def _login_by_token(self, oauth2: OAuth2Settings) -> str:
        """The server's words when it refuses a second token as well; else empty."""
        if not self._open().has_capability("AUTH=XOAUTH2"):
            step = "Write a password in [imap] instead."
            raise Permanent("logging in", "the server does not offer XOAUTH2", step, "login")
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
        """The server's words when it refuses a login for good; else empty. Transient when it only cannot now."""
        try:
            log_in()
        except LoginError as error:
            words = str(error)
            # imapclient calls a connection lost during the login a login error as well.
            lost = isinstance(error.__context__, IMAPClientAbortError)
            meant = trouble_of(error, opening=True) if lost else said(words, PASSWORD)
            if lost or not meant.permanent:
                raise meant.error("logging in", words) from error
            return words or "refused"
        return ""

    def _select(self) -> int:
        chosen = self._open().choose(self.folder)
        self._uidvalidity, self._exists = chosen.uidvalidity, chosen.exists
        return chosen.exists or 0

    @contextlib.contextmanager
    def _visiting(self, folder: str, action: str, *, readonly: bool = False) -> Iterator[Client]:
        """`_doing`, with another folder selected for the length of the block, then ours again."""
        try:
            with self._doing(action):
                self._open().choose(folder, readonly=readonly)
                yield self._open()
        finally:
            if self._client is not None:
                with self._doing(f"going back to the folder {self.folder}"):
                    self._select()

    @contextlib.contextmanager
    def within(self, folder: str) -> Iterator[None]:
        """Another folder in the place of ours for the length of the block, for everything that is done meanwhile.

        Refused when it cannot be selected.
        """
        before, self.folder = self.folder, folder
        try:
            with self._doing(f"opening the folder {folder}", otherwise=FOLDER):
                self._select()
            yield
        finally:
            self.folder = before
            if self._client is not None:
                with self._doing(f"going back to the folder {before}"):
                    self._select()

    def _open(self) -> Client:
        if self._client is None:
            raise Transient("using the mailbox", "not connected", AWAY.step, AWAY.kind)
        if threading.get_ident() != self._owner:
            raise RuntimeError("a mailbox belongs to the thread that connected it")
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with contextlib.suppress(OSError):
                client.shutdown()

    @contextlib.contextmanager
    def _doing(
        self, action: str, *, fatal: bool = False, opening: bool = False, otherwise: Trouble = REFUSED
    ) -> Iterator[None]:
        """Turn every trouble into a PostError. `fatal`, `opening`: after any of them the connection is of no use.

        `otherwise`: what a refusal means for which the server gives no reason.
        """
        try:
            yield
        except PostError:
            if fatal or opening:
                self._drop()
            raise
        except (OSError, IMAPClientError, ValueError) as error:
            stands = _is_answer(error) and not (fatal or opening)
            if not stands:
                self._drop()
            unsaid = REACH if opening else ANSWER if isinstance(error, ProtocolError) else otherwise
            meant = trouble_of(error, opening=opening, otherwise=unsaid)
            raise meant.error(action, str(error) or type(error).__name__, stands=stands) from error


def _is_answer(error: BaseException) -> bool:
    """Whether the server said NO or BAD to one command, and listens for the next."""
    broken = (IMAPClientAbortError, IMAPClientReadOnlyError, ProtocolError)
    return isinstance(error, IMAPClientError) and not isinstance(error, broken)
