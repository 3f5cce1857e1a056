"""What the books hold, as values: answers, messages, letters, the ledger, drafts. No database here."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    BOUNCED = "bounced"  # taken by the server, then sent back


class AddressStanding(StrEnum):
    """What was learned of an address."""

    ACCEPTED = "accepted"  # staff said: it writes for its reporter
    REFUSED = "refused"  # staff said: it does not
    BOUNCED = "bounced"  # a letter to it came back


class Verdict(StrEnum):
    """What the receiving server makes of a sender's identity."""

    PASS = "pass"  # noqa: S105 - no password, the server's word
    FAIL = "fail"
    NONE = "none"  # it says nothing, or is not asked


@dataclass(frozen=True)
class KeptMail:
    """A mail in the books as a command about it needs it."""

    id: int
    state: MessageState
    outcome: str
    why: str
    sender: str
    subject: str
    reporter: str  # key of whom it claims to speak for
    vouched_by: str


@dataclass(frozen=True)
class Settlement:
    """What staff said of a held mail: read it again as one that counts, or leave it at that."""

    message: int
    accepted: bool
    by: str
    reporter: str = ""  # key, in whose name it is accepted


@dataclass(frozen=True)
class AddressMark:
    """What was learned of one address, and from whom."""

    address: str  # lower case in the books
    standing: AddressStanding
    reporter: str  # key; "" when none is meant
    why: str
    by: str  # the staff address, or the Message-ID of the bounced letter
    at: datetime.datetime


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


DISTRICTS, COVER = "districts", "cover"  # the office's own official letters: to those who report, with the report


@dataclass(frozen=True)
class Registered:
    """What staff gave of one official letter of the office: number and day of the registry, the scan of the signed letter."""

    circular: str
    paper: str  # DISTRICTS or COVER
    by: str  # the staff address that gave the last of it
    at: datetime.datetime
    number: str = ""
    dated: datetime.date | None = None
    scan: str = ""  # name of the scan's file; nothing where none came
    content: bytes = field(default=b"", repr=False)  # the scan, where it is to be written; else it stays in the books

    @property
    def numbered(self) -> bool:
        """Whether number and day are known."""
        return bool(self.number and self.dated)


@dataclass(frozen=True)
class Drafted:
    """What the last draft of a circular was made from; nothing where there is no draft."""

    answers: tuple[Recorded, ...] = ()
    remarks: tuple[RecordedRemark, ...] = ()


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
class PlainWords:
    """A mail in which somebody said something in words, that a person has to read."""

    id: int  # the message's row
    heard: datetime.datetime  # when it was decided
    received: datetime.datetime
    sender: str
    subject: str
    text: str  # the sender's own words, secrets masked, cut
    circular: str  # slug; "" when it concerns none
    reporter: str  # key; "" when none is known


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

    @property
    def waits(self) -> bool:
        """Whether it was approved and has not gone: it waits for the number of its cover letter."""
        return bool(self.approved_by) and self.dispatched is None


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
class Begun:
    """Where an office began in a folder: what lay in it then is not the office's."""

    at: datetime.datetime  # the first look into it
    uidvalidity: int
    uid: int  # the first that came after that look


@dataclass(frozen=True)
class Unseen:
    """A mail that a server did not hand over when it was asked."""

    uid: int
    words: str  # the server's, or what is wrong
    size: int = 0  # bytes, as the server counts them; 0: it does not say
    sha256: str = ""  # of the bytes that came
    broke: bool = False  # the connection broke over it


@dataclass(frozen=True)
class Withheld:
    """A mail that lies in the mailbox and does not come, as the books know it."""

    id: int
    folder: str
    uid: int
    first: datetime.datetime  # when it was first asked for
    asked_at: datetime.datetime  # when last
    asked: int
    breaks: int  # how often the connection broke over it
    size: int  # bytes, as the server counts them
    sha256: str  # of the bytes that came last, the same `alike` times running
    alike: int
    words: str  # the server's
    sender: str
    subject: str
    taken: bool  # into the books, as it came
    told: datetime.datetime | None  # when staff were told


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
    failures: int = 0  # of the earlier attempts, those that ended in an error of ours
    why: str = ""  # the last of these errors
    vouched_by: str = ""  # the staff address that accepted it after it was held
    vouched_for: str = ""  # key of the reporter in whose name it was accepted; "" when nobody's in particular


Said = frozenset[tuple[str, str, str, str]]  # findings as (code, organisation, question, value)


@dataclass(frozen=True)
class Talk:
    """What came of the sender's mails before this one."""

    quick: int = 0  # fruitless ones within some minutes, since the last that was not
    daily: int = 0  # and within a day
    said: Said = frozenset()  # the findings of the newest


@dataclass(frozen=True)
class Stub:
    """What is known of the mail in whose place the server put a placeholder: it came, or is fetched again, or never came."""

    came: bool  # under another number
    again_at: datetime.datetime | None


@dataclass(frozen=True)
class Filing:
    """A decided mail that still lies in the mailbox's inbox."""

    id: int
    folder: str
    uidvalidity: int
    uid: int
    state: MessageState


@dataclass(frozen=True)
class Refiling:
    """A mail that lies among the held ones although it was decided since."""

    id: int
    size: int  # bytes, by the server's count
    sha256: str
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


@dataclass(frozen=True)
class Trouble:
    """One line of the digest about a mail or letter that a person should know of."""

    id: int
    at: datetime.datetime
    kind: str  # held, unreadable, failed, unknown
    who: str  # address
    subject: str
    why: str
