"""The office's own official letters, to the districts and with the report: number, day and signed scan that staff gave."""

import datetime
from dataclasses import dataclass, field

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
