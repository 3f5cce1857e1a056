"""What a list of who had not done it is read against, and what it was found to say. Values only."""

import datetime
from dataclasses import dataclass, field

from parsers.baseline.slips import Mistake
from parsers.findings import Place
from parsers.form.form import Form
from parsers.reading import Answer, Organisation


@dataclass(frozen=True)
class BaselineRequest:
    """What a list is read against. ``listed``: keys of the tick questions that a list of names is about."""

    form: Form
    organisations: tuple[Organisation, ...]  # the whole province
    province: str
    listed: tuple[str, ...]
    near: datetime.date | None = None


@dataclass(frozen=True)
class BaselineReading:
    """What a list was found to say. ``silent``: questions that whoever is not named had done."""

    at: datetime.date | None = None
    at_place: Place = field(default_factory=Place)
    answers: tuple[Answer, ...] = ()  # each organisation and question at most once
    silent: tuple[str, ...] = ()
    named: int = 0  # rows of ours
    elsewhere: int = 0  # rows of other provinces, passed over
    mistakes: tuple[Mistake, ...] = ()
