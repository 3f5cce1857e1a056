"""An organisation of the roster as names are compared with it: its bare name, its whole writings, its letters."""

from dataclasses import dataclass
from functools import lru_cache

from parsers.organisations.type_words import TypeWords
from parsers.reading import Organisation
from parsers.thai.text import comparison_key, letters_of


@dataclass(frozen=True)
class Entry:
    """An organisation with its name (without type) and its whole writings, as comparison keys."""

    organisation: Organisation
    name: str
    whole: frozenset[str]
    letters: str  # of the name, without what is damaged easily
    whole_letters: frozenset[str]
    at: int  # in the roster's order

    @property
    def code(self) -> str:
        """The organisation's."""
        return self.organisation.code


@lru_cache(maxsize=1 << 14)
def entry_of(at: int, organisation: Organisation, words: TypeWords) -> Entry:
    """An organisation that stands at ``at`` in the roster, ready to be compared."""
    names = organisation.short_name, organisation.official_name
    name = words.bare(organisation.type, *names)
    whole = frozenset([*map(comparison_key, names), *(letter + name for letter in words.letters(organisation.type))])
    damaged = frozenset(
        letters_of(key) for key in (*whole, *(word + name for word in words.declared(organisation.type)))
    )
    return Entry(organisation, name, whole, letters_of(name), damaged, at)
