"""The copy of record (สำเนาที่บันทึกไว้): what the office holds in a reporter's name, with a number and a check sum of its own."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from bot.office.model.recorded_answer import Recorded

_SHOWN = 16  # characters of the check sum in a letter


@dataclass(frozen=True)
class CopyOfRecord:
    """What a receipt states: under which number, and the SHA-256 of what is held."""

    number: str  # the circular's slug and the number of the mail that is answered: w5827-17
    digest: str

    @property
    def shown(self) -> str:
        """The beginning of the check sum, in groups of four."""
        short = self.digest[:_SHOWN]
        return " ".join(short[at : at + 4] for at in range(0, _SHOWN, 4))


def copy_of_record(circular: str, message: int, held: Iterable[Recorded]) -> CopyOfRecord:
    """The copy made when a mail was answered. The check sum is of the sorted JSON rows [organisation, question, value]."""
    rows = sorted(json.dumps([each.organisation, each.question, each.value]) for each in held)
    return CopyOfRecord(f"{circular}-{message}", hashlib.sha256("\n".join(rows).encode("ascii")).hexdigest())
