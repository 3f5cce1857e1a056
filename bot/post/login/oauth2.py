"""Login by OAuth2: a good access token whenever one is needed, and the first sign-in.

Owns when a token is renewed. One at a time renews, under the lock of the token file; the others find what it got. The
providers' libraries are imported when needed: they take a quarter of a second, and most offices have a password.
"""

import dataclasses
import datetime
from collections.abc import Callable

from bot.post.exceptions import Permanent
from bot.post.login.token_file import Grant, TokenFile
from bot.post.settings import OAuth2Settings

NOTHING = Grant("", "", datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC))
MARGIN = datetime.timedelta(minutes=1)  # before its end a token is renewed


def access_token(settings: OAuth2Settings, refused: str = "", audience: str = "") -> str:
    """An access token. `refused` is one that a server would not take although it looked good; then it is another.

    `audience` is the service that it is for, as in `Grant`: a refresh token serves for all that the application may use
    (https://learn.microsoft.com/en-us/entra/identity-platform/refresh-tokens), an access token for one.

    Transient when the token server is away; Permanent when a person must sign in again.
    """
    file = TokenFile(settings)
    grant = _kept(file, settings)
    if not _good(grant, refused, audience):
        with file.locked():
            grant = _kept(file, settings)  # another may have renewed it meanwhile
            if not _good(grant, refused, audience):
                with file.replacing() as keep:
                    grant = dataclasses.replace(_renewed(settings, grant.refresh_token, audience), audience=audience)
                    keep(grant)
    return grant.access_token


def authorize(
    settings: OAuth2Settings, user: str, say: Callable[[str], None], ask: Callable[[str], str], audience: str = ""
) -> None:
    """Let a person sign in as `user` and keep the tokens. `ask` shows an address and returns where the browser ended.

    `audience`: for which service the person is asked to let us in, as in `access_token`.
    Raises Transient or Permanent.
    """
    if settings.service_account_file:
        step = "Nothing to do: look with `ruam doctor` whether it is let in."
        raise Permanent("signing in", "a service account is let in by its key, and nobody signs in", step)
    file = TokenFile(settings)
    with file.locked(), file.replacing():
        pass  # said before the person signs in, not afterwards
    if settings.provider == "google":
        from bot.post.login import google  # noqa: PLC0415 - see above

        grant = google.sign_in(settings, user, ask)
    else:
        from bot.post.login import microsoft  # noqa: PLC0415

        grant = microsoft.sign_in(settings, say, audience)
    with file.locked(), file.replacing() as keep:
        keep(dataclasses.replace(grant, audience=audience))


def _kept(file: TokenFile, settings: OAuth2Settings) -> Grant:
    """What the token file holds; a service account's key does without it. Permanent as `TokenFile.read`."""
    try:
        return file.read()
    except Permanent:
        if not settings.service_account_file:
            raise
        return NOTHING


def _good(grant: Grant, refused: str, audience: str) -> bool:
    if grant.audience != audience:
        return False
    return grant.access_token != refused and datetime.datetime.now(datetime.UTC) + MARGIN < grant.expires_at


def _renewed(settings: OAuth2Settings, refresh_token: str, audience: str) -> Grant:
    if settings.provider == "google":
        from bot.post.login import google  # noqa: PLC0415 - see above

        by_key = bool(settings.service_account_file)
        return google.renew_by_key(settings) if by_key else google.renew(settings, refresh_token)
    from bot.post.login import microsoft  # noqa: PLC0415

    return microsoft.renew(settings, refresh_token, audience)
