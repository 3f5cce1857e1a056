"""What a sign-in by OAuth2 leaves behind, kept in one file: the refresh token and the access token of the hour.

Owns the file, its lock and the words for a token server's refusals. The file is the only memory: mailbox, outbox and any
other process of the office find the newest tokens there. A refresh token that is replaced with each use (RFC 6749,
section 6) is on the disk before its access token is used; only a crash between the token server's answer and that moment
can lose it, and then a person signs in again.
"""

import contextlib
import datetime
import fcntl
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from bot.post.error_meanings import AWAY, CERTIFICATE, PASSWORD, trouble_of
from bot.post.exceptions import Permanent, PostError, Transient, causes, certificate_fault
from bot.post.settings import OAuth2Settings

ROOM = 32 * 1024  # bytes taken on the disk before a token is asked for; tokens have some thousand
NEW = ".new"  # how the file is called until it is whole
LONGEST = 300  # characters of a token server's words
LATER = "Nothing to do: the token is asked for again by itself."
SIGN_IN = "Sign in again: run `ruam authorize`."
MEND_ADDRESS = "Check [oauth2] authority, and that this machine's network lets it reach the token server by TLS."
MEND = "Check client_id, client_secret and tenant in [oauth2], and the app's registration."
PASSING = {"temporarily_unavailable", "server_error", "slow_down"}
SIGNED_OUT = {
    "invalid_grant", "interaction_required", "consent_required", "login_required", "access_denied",
    "authorization_declined", "authorization_pending", "expired_token", "code_expired",
}  # fmt: skip


@dataclass(frozen=True)
class Grant:
    """What lets us in: a refresh token, and an access token good until `expires_at` (UTC). Shows neither.

    `audience`: the service that the access token is for, by its address; empty: the servers of IMAP and SMTP.
    """

    refresh_token: str = field(repr=False)
    access_token: str = field(repr=False)
    expires_at: datetime.datetime
    audience: str = ""


def granted(answer: Mapping[str, Any], kept: str = "") -> Grant:
    """A token server's good answer (RFC 6749, section 5.1). `kept`: the refresh token, when it sends no new one.

    Transient when the answer holds no tokens.
    """
    now = datetime.datetime.now(datetime.UTC)
    with contextlib.suppress(KeyError, ValueError):
        lifetime = datetime.timedelta(seconds=int(answer.get("expires_in", 0)))
        refresh_token = answer.get("refresh_token") or kept
        if refresh_token:
            return Grant(str(refresh_token), str(answer["access_token"]), now + lifetime)
    raise Transient("asking for a token", "the token server's answer holds none", LATER)


def refusal(action: str, answer: Mapping[str, Any]) -> PostError:
    """The PostError for an error a token server names (RFC 6749, section 5.2)."""
    code = str(answer.get("error", "no reason given"))
    said = str(answer.get("error_description") or "").split("\n")[0].strip()
    detail = f"{code}: {said}"[:LONGEST] if said else code
    if code in PASSING:
        return Transient(action, detail, LATER, AWAY.kind)
    return Permanent(action, detail, SIGN_IN if code in SIGNED_OUT else MEND, PASSWORD.kind)


def away(action: str, error: Exception) -> PostError:
    """The PostError for a token server that cannot be reached or does not answer as one."""
    if doubted := certificate_fault(error):
        step = "Name the authority of the token server's certificate in [oauth2] ca_file."
        return Permanent(action, str(doubted), step, CERTIFICATE.kind)
    # The library's own errors say less than what brought them about; what is no error of the network is a bad answer.
    known = any(isinstance(one, OSError) for one in causes(error))
    meant = trouble_of(error, opening=True) if known else AWAY
    words = str(error)[:LONGEST] or type(error).__name__
    return (
        Permanent(action, words, MEND_ADDRESS, meant.kind)
        if meant.permanent
        else Transient(action, words, LATER, "away")
    )


class TokenFile:
    """The file of one office's tokens, readable by its owner alone."""

    def __init__(self, settings: OAuth2Settings) -> None:
        self.path = Path(settings.token_file)
        self._client = settings.client

    def read(self) -> Grant:
        """The tokens kept last. Permanent when there are none of this client."""
        action = "reading the token file"
        try:
            found = json.loads(self.path.read_bytes())
            if found["client"] != self._client:
                raise Permanent(action, f"{self.path} is of another provider or client_id", SIGN_IN)
            expires_at = datetime.datetime.fromisoformat(found["expires_at"]).astimezone(datetime.UTC)
            return Grant(found["refresh_token"], found["access_token"], expires_at, found.get("audience", ""))
        except FileNotFoundError:
            raise Permanent(action, f"there is no {self.path}", "Sign in first: run `ruam authorize`.") from None
        except OSError as error:
            raise Permanent(action, str(error), "Give the bot's user read access to the file.") from error
        except (ValueError, KeyError, TypeError):  # not chained: it holds what was read
            raise Permanent(action, f"{self.path} is damaged", SIGN_IN) from None

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Alone with the file, among all threads and processes of this machine. Permanent when it cannot be locked."""
        with contextlib.ExitStack() as stack:
            with _writing(self.path):
                lock = os.open(f"{self.path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
                stack.callback(os.close, lock)
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def replacing(self) -> Iterator[Callable[[Grant], None]]:
        """A function that puts new tokens in the place of the kept ones; for use under the lock.

        Its room is taken first: a token server gives out a refresh token only once, so it must not be asked in vain.
        Permanent when the disk is full or closed.
        """
        with contextlib.ExitStack() as stack:
            with _writing(self.path):
                for left in self.path.parent.glob(f"{self.path.name}.*{NEW}"):  # by one who was killed
                    left.unlink()
                new, name = tempfile.mkstemp(NEW, f"{self.path.name}.", self.path.parent)  # mode 0600
                stack.callback(Path(name).unlink, missing_ok=True)
                stack.callback(os.close, new)
                os.pwrite(new, b" " * ROOM, 0)
                os.fsync(new)
            yield partial(self._put, new, name)

    def _put(self, new: int, name: str, grant: Grant) -> None:
        kept = {
            "client": self._client,
            "refresh_token": grant.refresh_token,
            "access_token": grant.access_token,
            "expires_at": grant.expires_at.isoformat(),
            "audience": grant.audience,
        }
        data = json.dumps(kept).encode()
        with _writing(self.path):
            os.truncate(new, os.pwrite(new, data, 0))
            os.fsync(new)
            Path(name).replace(self.path)
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        step = f"Let the bot's user write in {path.parent}, and see that its disk has room."
        raise Permanent("keeping the tokens", str(error), step) from error
