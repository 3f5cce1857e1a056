"""The roll-up: the province table derived from the answers, with totals and gaps."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.office.records import Recorded, RecordedRemark
from parsers.reading import Organisation, Value


@dataclass(frozen=True)
class Line:
    """One organisation's row of the province table. A question without an entry was not reported."""

    number: int  # from 1, roster order
    organisation: Organisation
    answers: Mapping[str, Recorded]
    values: Mapping[str, Value | None]  # every question of the form, computed ones included; None = not reported


@dataclass(frozen=True)
class Total:
    """The total of one question: how many said yes, or the sum; and how many organisations reported it at all."""

    question: str
    value: Decimal | None  # ticks: number of yes; numeric: sum; others: None
    reported: int


@dataclass(frozen=True)
class Section:
    """The lines of one district with their totals."""

    district: str
    lines: tuple[Line, ...]
    totals: Mapping[str, Total]


@dataclass(frozen=True)
class Rollup:
    """The province table of one circular at one moment."""

    circular: str
    lines: tuple[Line, ...]
    totals: Mapping[str, Total]
    sections: tuple[Section, ...]
    remarks: tuple[RecordedRemark, ...]
    unreported: tuple[Organisation, ...]  # organisations that still owe at least one answer
    as_of: datetime.date
