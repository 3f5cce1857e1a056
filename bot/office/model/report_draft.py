"""A drafted report, what it was made from, and whether it was approved and has gone."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.office.model.official_letter import COVER, Registered
from bot.office.model.recorded_answer import Recorded, RecordedRemark


@dataclass(frozen=True)
class Drafted:
    """What the draft that the next one is compared with was made from; nothing where there is none."""

    answers: tuple[Recorded, ...] = ()
    remarks: tuple[RecordedRemark, ...] = ()


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


def last_sent(drafts: Sequence[Draft]) -> Draft | None:
    """The report that the department has: the last that went."""
    return next((draft for draft in reversed(drafts) if draft.dispatched), None)


def compared_with(drafts: Sequence[Draft]) -> Draft | None:
    """What the next draft is compared with: what the department has, else the last draft."""
    return last_sent(drafts) or (drafts[-1] if drafts else None)


def amends(drafts: Sequence[Draft], draft: Draft) -> int:
    """Which amended report a draft is: how many reports went before it. 0: the first report."""
    return sum(one.dispatched is not None for one in drafts if one.version < draft.version)


def cover_paper(number: int) -> str:
    """Which official letter goes with amended report ``number``, 0: with the first report. Each has a number of its own."""
    return f"{COVER}-{number}" if number else COVER


@dataclass(frozen=True)
class Change:
    """One thing in an amended report that the report before said otherwise."""

    organisation: str  # as printed; of a remark the reporter's name
    what: str  # the question's heading, or the remark's, or the file that is asked for
    was: str  # as people read it
    now: str
    said: Recorded | RecordedRemark | None = (
        None  # what says so, with its mail and cell; None where nothing does any more
    )
    quoted: bool = False  # was and now are people's own words, which keep their digits

    @property
    def sender(self) -> str:
        """The address of the mail that says so."""
        return self.said.sender if isinstance(self.said, Recorded) else ""

    @property
    def why(self) -> str:
        """The reason, as the reporter said it: of that figure, else the words of the mail."""
        return (self.said.explanation or self.said.words) if isinstance(self.said, Recorded) else ""


@dataclass(frozen=True)
class Amendment:
    """What makes a report an amended one: which, of what, and what changed."""

    number: int  # ครั้งที่, from 1
    of: int  # version of the report before
    sent: datetime.datetime  # when that went
    changes: tuple[Change, ...]
    cover: Registered | None = None  # number and day of its letter, where staff gave them
    thread: tuple[str, ...] = ()  # Message-IDs of the reports before, oldest first
