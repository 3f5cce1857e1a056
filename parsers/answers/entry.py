"""What the rows of tables come to before they are answers: one entry for each cell that was read, and what is wrong. Values only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from parsers.findings import Finding, Order, Ordered, Place
from parsers.form.question import Question
from parsers.reading import Misfit, Organisation, Value
from parsers.values.read_value import ValueReading


@dataclass(frozen=True)
class Entry:
    """One cell read for one question of one organisation."""

    organisation: Organisation
    question: Question
    reading: ValueReading
    place: Place
    order: Order
    value: str  # what stood there, as findings show it
    note: str = ""  # a reason that stands beside its row

    @property
    def about(self) -> tuple[str, str]:
        """(code, key) as findings name them."""
        return self.organisation.code, self.question.key


@dataclass(frozen=True)
class Broken:
    """A rule between answers that one does not keep: what is said, and the keys of the questions that are not recorded."""

    finding: Finding
    keys: tuple[str, ...]


def said_by(entries: Iterable[Entry]) -> Mapping[str, Mapping[str, Value]]:
    """What each organisation says, by its code and the questions' keys; not what it says twice and differently.

    Nor what stands under a question that its type is not asked.
    """
    found: dict[str, dict[str, set[Value]]] = {}
    for entry in entries:
        if entry.reading.value is not None and entry.question.is_for(entry.organisation.type):
            found.setdefault(entry.organisation.code, {}).setdefault(entry.question.key, set()).add(entry.reading.value)
    return {
        code: {key: next(iter(values)) for key, values in by_key.items() if len(values) == 1}
        for code, by_key in found.items()
    }


@dataclass
class Gathered:
    """What the rows of all tables came to."""

    entries: list[Entry] = field(default_factory=list)
    findings: list[Ordered] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # organisations that have a row
    owed: dict[tuple[str, str], Ordered] = field(default_factory=dict)  # by code and key, where no row of several is

    def missing_rows(self) -> list[Ordered]:
        """One finding for each row of several that an organisation with others has not."""
        given = {entry.about for entry in self.entries}
        return [said for about, said in self.owed.items() if about not in given]
