"""What a letter is before it is rendered: a kind, an addressee, an occasion, and what it says, as values."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.office.model.baseline import Stand
from bot.office.model.circular import Circular
from bot.office.model.progress import Progress
from bot.office.model.rollup import Rollup
from parsers.findings import Finding
from parsers.reading import Answer

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


ANSWERS = frozenset({LetterKind.RECEIPT, LetterKind.CORRECTION})  # letters that answer a mail by themselves
TO_REPORTERS = ANSWERS | {LetterKind.REQUEST, LetterKind.REMINDER}  # letters that only who reports gets
AWAITED = frozenset(
    {LetterKind.REPORT, LetterKind.DRAFT, LetterKind.DIGEST, LetterKind.NOTICE, LetterKind.SIGNING}
)  # by staff and department


@dataclass(frozen=True)
class BlankForm:
    """Enclosure: the form of a circular, pre-filled with a reporter's organisations and the answers already known."""

    circular: Circular
    reporter: str
    answers: tuple[Answer, ...] = ()
    word: bool = False  # as a Word file, for a reporter who works in Word
    stand: Stand | None = None  # how they stood before the round, shown beside the table

    @property
    def name(self) -> str:
        """Of the file, ASCII."""
        # Names of files that every mail program and disk takes.
        return re.sub(r"[^A-Za-z0-9_-]", "-", f"{self.circular.slug}-{self.reporter}") + (
            ".docx" if self.word else ".xlsx"
        )


@dataclass(frozen=True)
class ReportWorkbook:
    """Enclosure: the consolidated report; with ``only_form`` just the sheet the department drew."""

    circular: Circular
    rollup: Rollup
    only_form: bool = False


@dataclass(frozen=True)
class ReportPages:
    """Enclosure: the report as a PDF to be signed."""

    circular: Circular
    rollup: Rollup


@dataclass(frozen=True)
class CoverLetter:
    """Enclosure: the official letter that goes with the report, as a Word file to change or a PDF.

    ``number`` and ``dated`` are the registry's; without them both are left open.
    """

    circular: Circular
    rollup: Rollup
    editable: bool
    number: str = ""
    dated: datetime.date | None = None


@dataclass(frozen=True)
class DistrictLetter:
    """Enclosure: the province's own letter to those who report, as a Word file to change or a PDF. ``number`` as above."""

    circular: Circular
    editable: bool
    number: str = ""
    dated: datetime.date | None = None


@dataclass(frozen=True)
class SignedScan:
    """Enclosure: the scan of a signed letter of the office, which lies in the books; ``paper`` says which letter."""

    circular: str
    paper: str


@dataclass(frozen=True)
class ReadyFile:
    """Enclosure: a file that exists already, such as the drafted report that is now sent to the department."""

    name: str
    content: bytes


@dataclass(frozen=True)
class MarkedCopy:
    """Enclosure: a copy of a workbook in the mail that is answered, with ``findings`` marked in it.

    To make it means opening what others sent, so it is made in the sandbox before the letter is rendered. ``content`` is
    None until then, and stays so when the copy cannot be made: the letter goes without it.
    """

    name: str  # of the copy, ASCII
    file: str  # name of the attachment
    findings: tuple[Finding, ...]
    organisations: Mapping[str, str]  # names by code
    content: bytes | None = None


Enclosure = (
    BlankForm | ReportWorkbook | ReportPages | CoverLetter | DistrictLetter | SignedScan | ReadyFile | MarkedCopy
)


@dataclass(frozen=True)
class Quote:
    """What somebody wrote: whose it is in one line, and the text with its line ends."""

    head: str
    text: str


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

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Two letters with this key are the same letter."""
        return (self.kind.value, self.circular, self.addressee, self.occasion)


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
