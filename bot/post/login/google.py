"""Tokens of Google, for IMAP, SMTP and the Gmail API. The only home of google-auth.

A person signs in as with an installed app (https://developers.google.com/identity/protocols/oauth2/native-app): the
browser ends at an address of this machine where nobody listens, and the person copies that address. It works over ssh
too, where a listening port would not. Google's flow for devices does not give access to mail.

Or nobody signs in: a service account acts as the mailbox by its key, where the administrator delegated that to it
(https://developers.google.com/identity/protocols/oauth2/service-account#delegatingauthority).
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs, urlencode

from google.auth.exceptions import GoogleAuthError
from google.auth.transport import Response
from google.auth.transport.requests import Request
from google.oauth2 import service_account
from google.oauth2.credentials import Credentials

from bot.post.exceptions import Permanent, Transient
from bot.post.login.token_file import LATER, Grant, away, granted, refusal
from bot.post.settings import OAuth2Settings

SCOPE = "https://mail.google.com/"  # IMAP, SMTP and all of the Gmail API
SIGN_IN_PAGE = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN_PAGE = "https://oauth2.googleapis.com/token"  # noqa: S105 -- an address
LANDING = "http://127.0.0.1:53682"  # Google takes any port of this machine for a desktop app
KEY = "Write the path of the service account's JSON key in service_account_file; make another key where it is lost."
DELEGATE = (
    f"Let the administrator allow the service account's client id the scope {SCOPE} (domain-wide delegation), and compare "
    "subject with the mailbox."
)
PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


def renew(settings: OAuth2Settings, refresh_token: str) -> Grant:
    """New tokens for a refresh token; Google usually leaves that one as it is. Transient or Permanent."""
    action = "renewing the access token"
    credentials = Credentials(  # type: ignore[no-untyped-call]  # not annotated
        token=None,
        refresh_token=refresh_token,
        token_uri=_page(settings, TOKEN_PAGE, "/token"),
        client_id=settings.client_id,
        client_secret=settings.client_secret.get_secret_value(),
    )
    with _Asking(settings, action, refresh_token) as asking:
        credentials.refresh(asking)  # type: ignore[no-untyped-call]
    return asking.grant()


def renew_by_key(settings: OAuth2Settings) -> Grant:
    """A token for the mailbox `subject`, asked for with the key of the service account. Transient or Permanent."""
    action = "asking for a token with the service account's key"
    try:
        key = json.loads(Path(settings.service_account_file).read_bytes())
        credentials = service_account.Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
            {**key, "token_uri": _page(settings, TOKEN_PAGE, "/token")}, scopes=[SCOPE], subject=settings.subject
        )
    except OSError as error:
        raise Permanent(action, str(error), KEY) from None
    except (ValueError, TypeError):  # not chained: it holds what was read
        raise Permanent(action, f"{settings.service_account_file} is no key of a service account", KEY) from None
    # In the place of a refresh token, which there is none of: the key asks each time.
    with _Asking(settings, action, settings.subject, DELEGATE) as asking:
        credentials.refresh(asking)
    return asking.grant()


def sign_in(settings: OAuth2Settings, user: str, ask: Callable[[str], str]) -> Grant:
    """First tokens for `user`. `ask` shows a text and returns what the person typed. Transient or Permanent."""
    action = "signing in to Google"
    state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(48)
    ended = ask(_sign_in_page(settings, user, state, verifier))
    landed = {key: values[0] for key, values in parse_qs(ended.strip().partition("?")[2]).items()}
    if not hmac.compare_digest(landed.get("state", "").encode(), state.encode()):
        raise Permanent(
            action, "this is not the address of this sign-in", "Run `ruam authorize` again and copy all of it."
        )
    if "code" not in landed:
        raise refusal(action, landed)
    body = {
        "grant_type": "authorization_code",
        "code": landed["code"],
        "code_verifier": verifier,
        "client_id": settings.client_id,
        "client_secret": settings.client_secret.get_secret_value(),
        "redirect_uri": LANDING,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    with _Asking(settings, action) as asking:
        asking(_page(settings, TOKEN_PAGE, "/token"), "POST", urlencode(body).encode(), headers)
    return asking.grant()


def _sign_in_page(settings: OAuth2Settings, user: str, state: str, verifier: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    wanted = {
        "client_id": settings.client_id,
        "redirect_uri": LANDING,
        "response_type": "code",
        "scope": SCOPE,
        "state": state,
        "code_challenge": challenge,  # PKCE, RFC 7636
        "code_challenge_method": "S256",
        "access_type": "offline",  # a refresh token,
        "prompt": "consent",  # and again at the second sign-in
        "login_hint": user,
    }
    return f"{_page(settings, SIGN_IN_PAGE, '/auth')}?{urlencode(wanted)}"


def _page(settings: OAuth2Settings, usual: str, path: str) -> str:
    return f"{settings.authority}{path}" if settings.authority else usual


class _Asking(Request):
    """google-auth's way over HTTP, with our time limit; an answer that is not good is raised at once.

    Left alone, google-auth asks three times within three seconds, and calls a 503 with a page of HTML final.
    """

    def __init__(self, settings: OAuth2Settings, action: str, kept: str = "", step: str = "") -> None:
        super().__init__()
        self._action = action
        self._step = step  # what a person does about a refusal; empty: as the refusal has it
        self._limit = settings.timeout_seconds
        # With each request, since a session's own is overruled by REQUESTS_CA_BUNDLE.
        self._trusting = {"verify": settings.ca_file} if settings.ca_file else {}
        self._kept = kept
        self._answer: dict[str, Any] = {}

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Any = None,
        timeout: float | None = None,
        **more: Any,
    ) -> Response:
        answer: Response = super().__call__(  # type: ignore[no-untyped-call]
            url, method, body, headers, timeout or self._limit, **self._trusting, **more
        )
        status = int(answer.status)
        try:
            found = json.loads(answer.data)
        except ValueError:  # not chained: it holds what was read
            found = None
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in PASSING or not isinstance(found, dict):
            raise Transient(self._action, f"the token server answered {status}", LATER)
        if status != HTTPStatus.OK:
            refused = refusal(self._action, found)
            refused.next_step = self._step if self._step and isinstance(refused, Permanent) else refused.next_step
            raise refused
        granted(found, self._kept)  # raises for one without tokens, on which google-auth would stumble
        self._answer = found
        return answer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.session.close()
        if isinstance(error, GoogleAuthError):
            raise away(self._action, error) from None

    def grant(self) -> Grant:
        """What the last answer gave."""
        return granted(self._answer, self._kept)
