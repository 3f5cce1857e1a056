"""A received mail as the books hold it: where it stands, what is known of its sender, what staff said of it."""

import datetime
from dataclasses import dataclass
from enum import StrEnum


class MessageState(StrEnum):
    """Where a received mail stands: received → decided, held or unreadable."""

    RECEIVED = "received"
    DECIDED = "decided"
    HELD = "held"  # a person must say whether it counts
    UNREADABLE = "unreadable"


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
    circular: str = ""
    disputed: bool = False  # its reporter says that it is not its own, and staff have not decided yet


@dataclass(frozen=True)
class Asker:
    """A mail in words as the answer to it needs it."""

    id: int
    sender: str
    subject: str
    message_id: str
    circular: str
    reporter: str
    why: str  # its words
    verdict: str  # the receiving server's, with its ground


@dataclass(frozen=True)
class Settlement:
    """What staff said of a held mail: read it again as one that counts, or leave it at that."""

    message: int
    accepted: bool
    by: str
    reporter: str = ""  # key, in whose name it is accepted


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
    uid: int  # in the folder it came in
