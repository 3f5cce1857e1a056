"""Whose a row is: its name against the roster, with what the sheet says of type and district.

Owns the hints that stand beside a name. Knows nothing of what the cells answer.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from parsers.form.form import Form
from parsers.grid import empty
from parsers.organisations.register import Hints, Match, Register, find_district
from parsers.organisations.type_words import words_of
from parsers.reading import Catalogue, Reporter
from parsers.tables.model import Found, Row


class Names:
    """The roster's names, ready for rows."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.organisations = catalogue.organisations
        self.register = Register(catalogue.organisations, catalogue.naming)
        self.words = words_of(catalogue.naming)
        self.by_code = {organisation.code: organisation for organisation in catalogue.organisations}
        self.districts = tuple(dict.fromkeys(o.district for o in catalogue.organisations))

    def match(self, row: Row, own: Sequence[str]) -> Match:
        """Whom a row's name means. ``own`` are the codes within which a near miss may be accepted."""
        said = (find_district(text, self.districts) for text in (row.section, row.district) if text)
        district = next(filter(None, said), None)
        return self.register.resolve(row.name.text, Hints(self.words.type_of(row.type), district or "", frozenset(own)))

    def sure(self, name: str, own: Collection[str]) -> str:
        """The code among ``own`` that a name surely means; empty when it means none of them."""
        match = self.register.resolve(name, Hints(own=frozenset(own)))
        return match.codes[0] if match.how in ("exact", "guessed") and match.codes[0] in own else ""

    def counted(self, tables: Iterable[Found], own: Sequence[str]) -> Counter[str]:
        """How often each organisation is surely named in rows with answers."""
        rows = (row for found in tables for row in found.table.rows if row.answered and not empty(row.name))
        matches = (self.match(row, own) for row in rows)
        return Counter(match.codes[0] for match in matches if match.how == "exact")


_made: list[Names] = []
_ROSTERS = 8  # kept; a process reads for one office, or for some


def names_of(catalogue: Catalogue) -> Names:
    """The names of a catalogue's roster, made once for one and the same roster."""
    for names in _made:
        if names.organisations is catalogue.organisations and names.words is words_of(catalogue.naming):
            return names
    _made.append(Names(catalogue))
    del _made[:-_ROSTERS]
    return _made[-1]


@dataclass(frozen=True)
class Against:
    """What rows are read against."""

    form: Form
    reporter: Reporter | None
    own: tuple[str, ...]
    near: datetime.date | None
