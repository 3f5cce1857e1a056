"""What the books hold, as values: answers, messages, letters, the ledger, drafts. No database here."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from parsers.findings import Place
from parsers.reading import Value


class MessageState(StrEnum):
    """Where a received mail stands: received → decided, held or unreadable."""

    RECEIVED = "received"
    DECIDED = "decided"
    HELD = "held"  # a person must say whether it counts
    UNREADABLE = "unreadable"


class LetterState(StrEnum):
    """Where a letter stands in the outbox."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # the server fell silent after DATA: it may have gone
    DEFERRED = "deferred"  # refused for now, tried again later
    FAILED = "failed"


@dataclass(frozen=True)
class Recorded:
    """An answer as the books hold it: its value and where it came from."""

    organisation: str  # code
    question: str
    value: Value
    message: int  # row of the message in the books
    sender: str  # address of the mail it came in
    received: datetime.datetime
    subject: str
    place: Place
    reporter: str  # key of the reporter who gave it


Disagreement = tuple[Recorded, Recorded]  # about one cell: another reporter's answer, and the one that holds


def differing(said: Sequence[Recorded]) -> tuple[Disagreement, ...]:
    """Of the newest answers of several reporters about one cell: each that differs from the one that holds, and that one."""
    holding = max(said, key=lambda r: (r.received, r.message))
    if not holding.reporter:
        return ()
    return tuple((other, holding) for other in said if other.value != holding.value)


@dataclass(frozen=True)
class RecordedRemark:
    """A free text as the books hold it."""

    key: str
    text: str
    reporter: str  # key
    message: int
    received: datetime.datetime
    place: Place


@dataclass(frozen=True)
class LedgerEntry:
    """One step of the plan taken for one reporter. (circular, reporter, step) is unique: a step is taken once.

    ``action`` is ``sent``, ``skipped`` (overtaken by a later step while the bot was away) or ``not-owed``.
    """

    circular: str
    reporter: str
    step: str  # request, before-5, overdue-2024-12-02, ...
    on: datetime.date  # local date on which it was taken
    action: str
    ground: str  # what was owed, in words for the log and the staff


@dataclass(frozen=True)
class Draft:
    """One drafted report. ``fingerprint`` identifies the figures in it; ``reference`` stands in the draft letter's subject."""

    circular: str
    version: int  # from 1
    fingerprint: str
    reference: str
    made: datetime.datetime
    content: bytes = b""  # the workbook
    name: str = ""  # its file name
    approved_by: str = ""  # address, or "ruam approve"
    dispatched: datetime.datetime | None = None  # when the report letter was queued


@dataclass(frozen=True)
class SentLetter:
    """A letter of ours, found by its Message-ID."""

    kind: str
    circular: str
    addressee: str
    occasion: str
    message_id: str
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class Arrival:
    """A mail as the mailbox gave it."""

    folder: str
    uidvalidity: int
    uid: int
    raw: bytes
    at: datetime.datetime  # INTERNALDATE, aware
    size: int  # bytes by the server's count, larger than ``raw`` when the body was not fetched


@dataclass(frozen=True)
class Inboxed:
    """A received mail as the books hold it."""

    id: int
    raw: bytes
    sha256: str
    received: datetime.datetime
    size: int  # bytes, by the server's count
    oversize: bool  # only the headers were fetched
    attempts: int = 1  # how often it was taken up, this time included


@dataclass(frozen=True)
class Filing:
    """A decided mail that still lies in the mailbox's inbox."""

    id: int
    folder: str
    uidvalidity: int
    uid: int
    state: MessageState


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


@dataclass(frozen=True)
class Attempt:
    """What came of sending a letter once."""

    state: LetterState
    detail: str  # the server's words, one line
    refused: Mapping[str, str]  # address to the server's words
    retry_at: datetime.datetime | None = None
    remaining: tuple[str, ...] = ()  # recipients still to be served when deferred


@dataclass(frozen=True)
class Trouble:
    """One line of the digest about a mail or letter that a person should know of."""

    id: int
    at: datetime.datetime
    kind: str  # held, unreadable, failed, unknown
    who: str  # address
    subject: str
    why: str
