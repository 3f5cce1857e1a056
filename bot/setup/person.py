"""Who is asked: a person at a terminal, or a file of answers. Each answer is tried, and asked again with the reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.setup.words import Language, said

Value = TypeVar("Value")


class Unfit(Exception):  # noqa: N818 - no failure: an answer that a person gives again
    """An answer that will not do. ``away``: a server did not answer, and the same may do later."""

    def __init__(self, why: str, *, away: bool = False) -> None:
        super().__init__(why)
        self.away = away


class Unanswered(Exception):  # noqa: N818 - the end of a run that asks nobody
    """A file of answers lacks one, or has one that will not do. ``name`` is its key."""

    def __init__(self, name: str, why: str, *, away: bool = False) -> None:
        super().__init__(f"{name}: {why}")
        self.away = away


class Person(Protocol):
    """What a terminal and a file of answers can do."""

    def ask(self, name: str, question: str, default: str, *, hidden: bool) -> str:
        """The answer to a question, ``default`` where none is given. Raises Unanswered."""

    def tell(self, text: str, tone: str) -> None:
        """Something to read. ``tone``: "", "good", "warning" or "wrong"."""

    def refused(self, name: str, why: Unfit) -> None:
        """The last answer will not do. Raises Unanswered where nobody can give another."""


@dataclass
class Answers:
    """The answers of a file, by the names of the questions."""

    given: Mapping[str, str]
    told: Callable[[str, str], None]

    def ask(self, name: str, question: str, default: str, *, hidden: bool) -> str:
        """What the file has, else the default."""
        del question, hidden
        return self.given.get(name, default)

    def tell(self, text: str, tone: str) -> None:
        """As the one who runs it is told."""
        self.told(text, tone)

    def refused(self, name: str, why: Unfit) -> None:
        """A file has no second answer."""
        raise Unanswered(name, str(why), away=why.away)


@dataclass
class Interview:
    """Questions and remarks in one language."""

    person: Person
    language: Language

    def ask(
        self, name: str, fit: Callable[[str], Value], default: str = "", *, hidden: bool = False, **fields: str
    ) -> Value:
        """The answer to the question ``name``, as ``fit`` makes it of the text; asked again while ``fit`` raises Unfit."""
        question = said(name, self.language, **fields)
        while True:
            try:
                return fit(self.person.ask(name, question, default, hidden=hidden).strip())
            except Unfit as why:
                self.person.refused(name, why)

    def tell(self, name: str, tone: str = "", **fields: str) -> None:
        """A remark."""
        self.person.tell(said(name, self.language, **fields), tone)

    def unfit(self, name: str, *, away: bool = False, **fields: str) -> Unfit:
        """Why an answer will not do."""
        return Unfit(said(name, self.language, **fields), away=away)
