"""Tokens of Microsoft 365. The only home of msal.

A person signs in with a code on any other device (RFC 8628), so the application is a public client and has no secret.
"""

import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msal
import requests
from msal.exceptions import MsalError

from bot.post.exceptions import Permanent
from bot.post.login.token_file import MEND, Grant, away, granted, refusal
from bot.post.settings import OAuth2Settings

MAIL_SERVERS = ["https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send"]
GRAPH_RIGHTS = ("Mail.ReadWrite", "Mail.Send")
CLOUD = "https://login.microsoftonline.com"

# It would log the whole of an answer that it cannot read, and half an answer may hold a whole token.
logging.getLogger("msal").setLevel(logging.CRITICAL)


def scopes(audience: str) -> list[str]:
    """What is asked for: the rights of mail at Microsoft Graph, by its address, or those of IMAP and SMTP (``audience`` empty)."""
    return [f"{audience}/{right}" for right in GRAPH_RIGHTS] if audience else MAIL_SERVERS


def renew(settings: OAuth2Settings, refresh_token: str, audience: str = "") -> Grant:
    """New tokens for a refresh token, which Microsoft replaces each time. Transient or Permanent."""
    return _asked(
        settings,
        "renewing the access token",
        lambda app: app.acquire_token_by_refresh_token(refresh_token, scopes(audience)),
        refresh_token,
    )


def sign_in(settings: OAuth2Settings, say: Callable[[str], None], audience: str = "") -> Grant:
    """First tokens. `say` shows where to go with which code; then the person is waited for. Transient or Permanent."""
    action = "signing in to Microsoft 365"

    def act(app: Any) -> Mapping[str, Any]:
        flow = app.initiate_device_flow(scopes(audience))
        if "user_code" not in flow:
            return dict(flow)
        say(f"Open {flow['verification_uri']} in any browser, sign in, and enter the code {flow['user_code']}")
        return dict(app.acquire_token_by_device_flow(flow))

    return _asked(settings, action, act)


def _asked(settings: OAuth2Settings, action: str, act: Callable[[Any], Mapping[str, Any]], kept: str = "") -> Grant:
    with requests.Session() as session:
        # With each request, since a session's own authority is overruled by REQUESTS_CA_BUNDLE.
        limits: dict[str, Any] = {"timeout": settings.timeout_seconds}
        limits |= {"verify": settings.ca_file} if settings.ca_file else {}
        session.request = partial(session.request, **limits)  # type: ignore[method-assign]  # as msal itself does
        try:
            answer = act(_application(settings, session, action))
        except (requests.RequestException, MsalError, ValueError) as error:  # ValueError: no JSON
            raise away(action, error) from None
    if "error" in answer:
        raise refusal(action, answer)
    return granted(answer, kept)


def _application(settings: OAuth2Settings, session: requests.Session, action: str) -> Any:
    """A fresh one each time: it keeps a refusal for a minute and would give it again instead of asking."""
    try:
        return msal.PublicClientApplication(
            settings.client_id,
            authority=f"{settings.authority or CLOUD}/{settings.tenant}",
            instance_discovery=False,  # the authority is ours to name; no other server is asked about it
            http_client=session,
        )
    except requests.RequestException:
        raise
    except ValueError:
        raise Permanent(action, f"the token server knows no tenant {settings.tenant}", MEND) from None
