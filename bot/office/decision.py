"""A decision: what one step changes in the books, as data, and the facts it is taken from. Values only."""

import datetime
from dataclasses import dataclass

from bot.office.letters import Letter
from bot.office.records import Disagreement, Draft, LedgerEntry, MessageState, Recorded, RecordedRemark, SentLetter
from parsers.findings import Finding
from parsers.reading import Answer, RemarkText


@dataclass(frozen=True)
class Approval:
    """A person's consent to send one drafted report."""

    circular: str
    version: int
    by: str  # address, or "ruam approve"


@dataclass(frozen=True)
class Decision:
    """Everything one step changes in the books. ``state`` is None when it concerns no message."""

    state: MessageState | None = None
    outcome: str = ""  # one word for the log and the status: accepted, partly, rejected, approved, ignored, ...
    why: str = ""  # for the digest: why held or unreadable, in Thai
    circular: str = ""
    reporter: str = ""
    as_of: datetime.date | None = None
    answers: tuple[Answer, ...] = ()
    remarks: tuple[RemarkText, ...] = ()
    findings: tuple[Finding, ...] = ()
    letters: tuple[Letter, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    drafts: tuple[Draft, ...] = ()  # content is filled from the rendered draft letter
    approval: Approval | None = None


@dataclass(frozen=True)
class Facts:
    """What the books know that bears on one reading; fetched after reading, by the keys that reading asked for."""

    answers: tuple[Recorded, ...] = ()  # current answers of the circular
    remarks: tuple[RecordedRemark, ...] = ()
    drafts: tuple[Draft, ...] = ()  # of the circular, oldest first
    answered: tuple[SentLetter, ...] = ()  # our letters that the mail refers to
    seen_before: bool = False  # the same bytes were decided already
    disagreements: tuple[Disagreement, ...] = ()  # open ones of the circular
