"""Sentences that people write, by what they mean: what a mail is compared with that the grammar does not know.

They stand in plain text that anybody can read and add to: below a line "# verb" a sentence on each line, its slots as
``bot.office.wishes.likeness`` has them.
"""

from collections.abc import Iterator
from pathlib import Path

from bot.office.wishes.wish import Verb

_HERE = Path(__file__).parent
_HEADING = "# "


def of_staff() -> Iterator[tuple[Verb, str]]:
    """What staff write: each sentence with its verb."""
    yield from _sentences("staff.txt")


def of_reporters() -> Iterator[tuple[Verb, str]]:
    """What those who report write."""
    yield from _sentences("reporters.txt")


def _sentences(name: str) -> Iterator[tuple[Verb, str]]:
    """The sentences of a file. Raises ValueError for a heading that is no verb, or a sentence above the first."""
    verb: Verb | None = None
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith(_HEADING):
            verb = Verb(line.removeprefix(_HEADING))
        elif verb is None:
            raise ValueError(f"{name} begins without a verb")
        else:
            yield verb, line
