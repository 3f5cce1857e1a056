"""A drafted report, what it was made from, and whether it was approved and has gone."""

import datetime
from dataclasses import dataclass

from bot.office.model.recorded_answer import Recorded, RecordedRemark


@dataclass(frozen=True)
class Drafted:
    """What the last draft of a circular was made from; nothing where there is no draft."""

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
