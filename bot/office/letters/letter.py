"""What a letter is before it is rendered: a kind, an addressee, an occasion, and what it says, as values."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.office.letters.enclosures import Enclosure, ReadyFile
from bot.office.model.progress import Progress

STAFF, DEPARTMENT = "staff", "department"  # addressees beside the keys of reporters
WRITTEN, WRITTEN_END = "\ue000", "\ue001"  # around what keeps its digits, until a letter is rendered


def as_written(text: str) -> str:
    """``text`` of people or machines within a sentence of ours, marked so that its digits are not made the office's."""
    return WRITTEN + unmarked(text) + WRITTEN_END


def unmarked(text: str) -> str:
    """``text`` without such marks."""
    return text.replace(WRITTEN, "").replace(WRITTEN_END, "")


class LetterKind(StrEnum):
    """What a letter is for. The value stands in ``X-Ruam-Kind``."""

    REQUEST = "request"
    RECEIPT = "receipt"
    CORRECTION = "correction"
    REMINDER = "reminder"
    DIGEST = "digest"
    DRAFT = "draft"
    REPORT = "report"
    NOTICE = "notice"
    SIGNING = "signing"  # to staff: the letter to the districts, to be numbered and signed
    EXTENSION = "extension"  # a new deadline
    EXEMPTION = "exemption"  # an organisation need not answer, or has to after all
    WORD = "word"  # what staff answered a reporter, or changed in its name
    LATE = "late"  # what came after the round was closed is kept, not recorded


ANSWERS = frozenset(
    {LetterKind.RECEIPT, LetterKind.CORRECTION, LetterKind.LATE}
)  # letters that answer a mail by themselves
TO_REPORTERS = ANSWERS | {
    LetterKind.REQUEST,
    LetterKind.REMINDER,
    LetterKind.EXTENSION,
    LetterKind.EXEMPTION,
    LetterKind.WORD,
}  # letters that only who reports gets
AT_ANY_HOUR = ANSWERS | {LetterKind.REPORT}  # the other kinds wait for office hours
AWAITED = frozenset(
    {LetterKind.REPORT, LetterKind.DRAFT, LetterKind.DIGEST, LetterKind.NOTICE, LetterKind.SIGNING}
)  # by staff and department


@dataclass(frozen=True)
class Quote:
    """What somebody wrote: whose it is in one line, and the text with its line ends."""

    head: str
    text: str


@dataclass(frozen=True)
class Asking:
    """What a letter asks of its reporter about one circular, and at which step: its effect is kept under that."""

    circular: str
    step: str  # see ``bot.office.model.letter_effects``


@dataclass(frozen=True)
class Letter:
    """A letter to be rendered and queued. (kind, circular, addressee, occasion) is its unique key within the office."""

    kind: LetterKind
    circular: str  # slug; "" when it concerns none
    addressee: str  # reporter key, "staff", "department", or an address
    occasion: str  # what makes it the only one of its kind: a message's hash, a reminder's step, a version
    to: tuple[str, ...]
    subject: str
    view: Mapping[str, Any]  # what the template lays out
    cc: tuple[str, ...] = ()
    template: str = ""  # under templates/mail; the kind's own when empty
    in_reply_to: str = ""  # Message-ID without brackets
    references: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = field(default=())
    picture: tuple[Progress, ...] = ()  # drawn into the letter; the letter says the same without it
    about: tuple[str, ...] = ()  # slugs of the circulars, where it concerns several
    asks: tuple[Asking, ...] = ()  # one for each circular of which it asks for data
    cannot_wait: bool = False  # an alarm, or in answer to a mail of its reader: it goes outside office hours too

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Two letters with this key are the same letter."""
        return (self.kind.value, self.circular, self.addressee, self.occasion)

    @property
    def any_hour(self) -> bool:
        """Whether it goes at night and on days off too."""
        return self.cannot_wait or self.kind in AT_ANY_HOUR


@dataclass(frozen=True)
class Rendered:
    """A letter as final bytes, ready for the outbox."""

    letter: Letter
    message_id: str  # without brackets
    sender: str  # envelope sender
    recipients: tuple[str, ...]
    raw: bytes
    due: datetime.datetime
    files: tuple[ReadyFile, ...] = ()  # the enclosures as they went into the mail
    instead_of: int | None = None  # the letter, by its row, that did not arrive and in whose place this one goes
