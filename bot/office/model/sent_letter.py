"""A letter of ours as the books hold it: where it stands in the outbox, how it fares, whether it came back."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class LetterState(StrEnum):
    """Where a letter stands in the outbox."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # the server fell silent after DATA: it may have gone
    DEFERRED = "deferred"  # refused for now, tried again later
    FAILED = "failed"
    BOUNCED = "bounced"  # taken by the server, then sent back
    WITHDRAWN = "withdrawn"  # a reminder that did not leave on its day; another is made in its place


@dataclass(frozen=True)
class SentLetter:
    """A letter of ours, found by its Message-ID."""

    kind: str
    circular: str
    addressee: str
    occasion: str
    message_id: str
    recipients: tuple[str, ...]
    occasioned_by: int | None = None  # the mail it was written about, if one
    about: tuple[str, ...] = ()  # slugs of the circulars, where it concerns several

    def is_about(self, circular: str | None) -> bool:
        """Whether it concerns this circular, or, with None, none."""
        return circular in self.about if self.about else (circular or "") == self.circular


@dataclass(frozen=True)
class DueLetter:
    """A letter claimed for sending."""

    id: int
    attempt: int  # counts from 1; a result is accepted only for the current attempt
    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    kind: str
    message_id: str
    queued: datetime.datetime
    untouched: bool = False  # no server was ever given it, so that nobody has it
    any_hour: bool = False  # it goes at night and on days off too


@dataclass(frozen=True)
class Attempt:
    """What came of sending a letter once."""

    state: LetterState
    detail: str  # the server's words, one line
    refused: Mapping[str, str]  # address to the server's words
    retry_at: datetime.datetime | None = None
    remaining: tuple[str, ...] = ()  # recipients still to be served when deferred


PUT_OFF = "ส่งถึงจำนวนสูงสุดต่อชั่วโมงที่ตั้งไว้แล้ว ระบบเลื่อนไปส่งเองเมื่อครบชั่วโมง"  # for logs, status and digest


@dataclass(frozen=True)
class LetterLook:
    """A letter to be looked for in Sent."""

    id: int
    message_id: str


@dataclass(frozen=True)
class SentCopy:
    """A letter of which Sent should hold a copy."""

    id: int
    message_id: str
    raw: bytes
    sent: datetime.datetime


@dataclass(frozen=True)
class SentTo:
    """One letter that went, for the counting by the hour."""

    kind: str
    recipients: tuple[str, ...]
    sent: datetime.datetime


@dataclass(frozen=True)
class LetterFate:
    """How a letter fares; ``unsought``: nobody knows whether it went, and Sent was not looked into yet.

    ``kept``: its bytes are still in the books.
    """

    id: int
    circular: str
    occasion: str
    message_id: str
    state: LetterState
    attempt: int
    detail: str
    refused: Mapping[str, str]
    changed: datetime.datetime
    unsought: bool
    kind: str
    addressee: str
    recipients: tuple[str, ...]
    subject: str
    kept: bool = True
    about: tuple[str, ...] = ()  # slugs of the circulars, where it concerns several


@dataclass(frozen=True)
class Bounce:
    """A letter that came back: from whom, with the words of the server."""

    letter: int
    words: Mapping[str, str]  # by address


@dataclass(frozen=True)
class Resolution:
    """A person's word on a letter of which the bot cannot know whether it went."""

    letter: int
    again: bool  # send it again; else it went
    by: str
    went: bool = False  # it is known to have gone, and goes once more all the same
