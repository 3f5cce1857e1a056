"""Signing in to the page in the browser: the link that is mailed, who may have one, how long it and a session last."""

import datetime
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from bot.office.model.office import Office

LINK_LASTS = datetime.timedelta(minutes=15)
LINKS_AT_ONCE = 3  # that one address may have open: more are asked for by nobody who reads his mail
SESSION_LASTS = datetime.timedelta(hours=8)  # a working day
IDLE = datetime.timedelta(hours=1)  # after which a session that is not used has ended


class Role(StrEnum):
    """What somebody may do."""

    STAFF = "staff"
    VIEWER = "viewer"  # looks, and does nothing


@dataclass(frozen=True)
class SignInLink:
    """A link that was mailed. ``browser`` is the digest of the mark of the browser that asked; "" where a mail asked."""

    digest: str  # of what the link holds
    address: str
    browser: str
    at: datetime.datetime

    @property
    def until(self) -> datetime.datetime:
        """When it can be spent no more."""
        return self.at + LINK_LASTS


@dataclass(frozen=True)
class Session:
    """Somebody who is signed in."""

    address: str
    at: datetime.datetime
    seen: datetime.datetime
    until: datetime.datetime

    def holds(self, now: datetime.datetime) -> bool:
        """Whether it has neither run out nor been left alone."""
        return now < self.until and now - self.seen < IDLE


def digest_of(secret: str) -> str:
    """What the books hold of something that only its owner has."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def role_of(office: Office, viewers: Collection[str], address: str) -> Role | None:
    """What the owner of an address may do; None for everybody else. Staff who are named as viewers are staff."""
    if address in office.staff:
        return Role.STAFF
    return Role.VIEWER if address in viewers else None
