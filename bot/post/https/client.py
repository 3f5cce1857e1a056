"""Requests to one mailbox over HTTPS with an access token, and the pauses that its server asks for. With the library `requests`.

Relied on, as RFC 6750 and RFC 9110 have it: an answer 401 means a token that is no longer good, and another is asked for once; a server that is
asked too much says 429 or 503, and Retry-After for how many seconds. What is asked meanwhile counts against us, so nothing is.

Every trouble leaves as `Refusal` (the server answered), `Lost` (it may have done what was asked), or another `Transient` or
`Permanent` (it was surely not asked). The token goes to the server of the settings alone.
"""

import threading
import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar, Self
from urllib.parse import quote, urlsplit

import requests
import urllib3

from bot.post.error_meanings import AWAY, REACH, trouble_of
from bot.post.exceptions import Permanent, Transient, causes
from bot.post.https.refusals import SIGN_IN, Lost, Refusal
from bot.post.login.oauth2 import access_token
from bot.post.settings import ImapSettings, SmtpSettings

HTTPS_PORT = 443
PAUSE_SECONDS = 60.0  # where a server that is asked too much does not say how long it wants to be left alone
LONGEST_PAUSE = 3600.0
PIECE = 64 * 1024  # bytes of a download taken at a time
Params = Mapping[str, str | list[str]]


class Pauses:
    """Until when each mailbox wants to be left alone; for all threads, since the server counts them together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends: dict[str, float] = {}
        self._lock = threading.Lock()

    def begin(self, mailbox: str, seconds: float | None) -> None:
        """Begin one, as long as the server says; a minute where it does not."""
        said = PAUSE_SECONDS if seconds is None else seconds
        with self._lock:
            self._ends[mailbox] = self._clock() + min(said, LONGEST_PAUSE)

    def left(self, mailbox: str) -> float:
        """Seconds that are left of it; 0 where there is none."""
        with self._lock:
            return max(self._ends.get(mailbox, 0) - self._clock(), 0)


PAUSES = Pauses()


class Client:
    """One mailbox. Used by one thread; give `with`. Each provider has its own, which knows its addresses and its refusals."""

    api: ClassVar[str]  # what stands before the mailbox in a path, such as "v1.0"
    refusal: ClassVar[type[Refusal]]

    def __init__(self, settings: ImapSettings | SmtpSettings, pauses: Pauses = PAUSES) -> None:
        self.settings = settings
        port = "" if settings.port == HTTPS_PORT else f":{settings.port}"
        self.origin = f"https://{settings.host}{port}"
        self.mailbox = f"{self.origin}/{self.path}"
        self._pauses = pauses
        self._session = requests.Session()
        self._token = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def path(self) -> str:
        """The mailbox's path at its server."""
        return f"{self.api}/users/{quote(self.settings.user, safe='@')}"

    def read_refusal(self, status: int, error: Mapping[str, Any], wait: float | None) -> Refusal:
        """What an answer of 4xx or 5xx says. ``error``: its JSON; ``wait``: seconds of Retry-After, None unsaid."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the connection; another is made when something is asked."""
        self._session.close()

    def get(
        self, path: str, action: str, params: Params | None = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """The JSON found at ``path`` of the mailbox, or at a whole address that the server gave. Raises as `ask`."""
        return told(self.ask("GET", path, action, params=params or {}, headers=headers or {}), action)

    def download(self, path: str, most: int, action: str, **more: Any) -> tuple[bytes, bool]:
        """The bytes at ``path``, and whether they are all: of more than ``most`` only the beginning is taken. Raises as `ask`."""
        came = bytearray()
        with self.ask("GET", path, action, stream=True, **more) as answer:
            try:
                for piece in answer.iter_content(PIECE):
                    came += piece
                    if len(came) > most:
                        return bytes(came), False
            except requests.RequestException as error:
                raise _trouble(error, action) from None
        return bytes(came), True

    def ask(self, method: str, path: str, action: str, **more: Any) -> requests.Response:
        """The good answer to one request; ``more`` as `requests` takes it. Raises Refusal, Lost, Transient or Permanent."""
        url = path if path.startswith("https://") else f"{self.mailbox}/{path}"
        if not self._is_ours(url):
            raise Permanent(
                action,
                f"the server named another: {urlsplit(url).netloc}",
                "Ask the provider: this is no address of its mail.",
            )
        if left := self._pauses.left(self.mailbox):
            raise self.refusal(
                HTTPStatus.TOO_MANY_REQUESTS, "waiting", f"the server wants to be left alone for {left:.0f} s more"
            )
        self._token = self._token or self._new_token("")
        try:
            return self._answered(method, url, action, more)
        except Refusal as refusal:
            if refusal.status != HTTPStatus.UNAUTHORIZED:
                raise
        self._token = self._new_token(self._token)
        return self._answered(method, url, action, more)

    def upload(self, url: str, part: bytes, place: str, action: str) -> requests.Response:
        """Put bytes at an address that stands for its own right: no token goes there. ``place``: their Content-Range."""
        if not url.startswith("https://"):
            raise Permanent(action, "the server named an address without TLS", "Ask the provider.")
        more = {"data": part, "headers": {"Content-Range": place}, "allow_redirects": False}  # 308 says "go on"
        return self._heard("PUT", url, action, more)

    def _is_ours(self, url: str) -> bool:
        return urlsplit(url).netloc.removesuffix(f":{HTTPS_PORT}") == urlsplit(self.origin).netloc

    def _new_token(self, refused: str) -> str:
        if self.settings.oauth2 is None:
            raise Permanent("asking for a token", "there is no [oauth2]", SIGN_IN.step, SIGN_IN.kind)
        return access_token(self.settings.oauth2, refused, self.settings.audience)

    def _answered(self, method: str, url: str, action: str, more: dict[str, Any]) -> requests.Response:
        headers = {**more.get("headers", {}), "Authorization": f"Bearer {self._token}"}
        return self._heard(method, url, action, more | {"headers": headers})

    def _heard(self, method: str, url: str, action: str, more: dict[str, Any]) -> requests.Response:
        # With each request, since a session's own authority is overruled by REQUESTS_CA_BUNDLE.
        trust: dict[str, Any] = {"verify": self.settings.ca_file} if self.settings.ca_file else {}
        try:
            answer = self._session.request(method, url, timeout=self.settings.timeout_seconds, **trust, **more)
            if answer.status_code < HTTPStatus.BAD_REQUEST:
                return answer
            refusal = self.read_refusal(answer.status_code, _error(answer), _seconds_said(answer))
        except requests.RequestException as error:
            raise _trouble(error, action) from None  # its words may hold an address that opens a door by itself
        if refusal.waits:
            self._pauses.begin(self.mailbox, refusal.wait)
        raise refusal


def place(*parts: str) -> str:
    """A path below the mailbox. Ids are parts of it, and may hold signs that would part it."""
    return "/".join(quote(part, safe="$") for part in parts)


def told(answer: requests.Response, action: str) -> dict[str, Any]:
    """The JSON object of an answer. Lost where it is none."""
    try:
        found = answer.json()
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Lost(action, "the server's answer cannot be understood", AWAY.step, AWAY.kind)
    return found


def _error(answer: requests.Response) -> dict[str, Any]:
    """The object ``error`` of a refusal in JSON; of one by a server in front, which speaks none, its reason as ``message``."""
    try:
        found = answer.json()["error"]
    except (ValueError, KeyError, TypeError):
        found = None
    return found if isinstance(found, dict) else {"message": answer.reason}


def _seconds_said(answer: requests.Response) -> float | None:
    """For how long the server wants to be left alone, by Retry-After in seconds; None where it does not say so."""
    said = answer.headers.get("Retry-After", "")
    return float(said) if said.isdecimal() else None


def _trouble(error: requests.RequestException, action: str) -> Transient | Permanent:
    never = isinstance(error, requests.ConnectTimeout) or any(_of_opening(one) for one in causes(error))
    if not never:
        return Lost(action, type(error).__name__, AWAY.step, AWAY.kind)
    meant = trouble_of(error, opening=True)
    words = next((str(one) for one in causes(error) if not isinstance(one, requests.RequestException)), str(error))
    kind = Permanent if meant.permanent else Transient
    return kind(action, words, meant.step if meant is not AWAY else REACH.step, meant.kind)


def _of_opening(error: BaseException) -> bool:
    """Whether an error came while the connection was made, so that no request went out."""
    reason = getattr(error, "reason", None)  # of MaxRetryError, which wraps without a cause
    opening = (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.SSLError,
    )
    return isinstance(error, opening) or isinstance(reason, opening)
