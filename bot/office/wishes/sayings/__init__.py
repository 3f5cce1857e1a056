"""Sentences that people write, by what they mean: what a mail is compared with that the grammar does not know."""

from collections.abc import Iterator

from bot.office.wishes.sayings.changing import CHANGING
from bot.office.wishes.sayings.reporters_heard import REPORTERS_HEARD
from bot.office.wishes.sayings.reporters_varied import REPORTERS_VARIED
from bot.office.wishes.sayings.reporting import REPORTING
from bot.office.wishes.sayings.speaking import SPEAKING
from bot.office.wishes.sayings.staff_heard import STAFF_HEARD
from bot.office.wishes.sayings.staff_varied import STAFF_VARIED
from bot.office.wishes.sayings.telling import TELLING
from bot.office.wishes.wish import Verb


def of_staff() -> Iterator[tuple[Verb, str]]:
    """What staff write, by verb; each text holds many sentences."""
    for table in (TELLING, CHANGING, SPEAKING, STAFF_HEARD, STAFF_VARIED):
        yield from table.items()


def of_reporters() -> Iterator[tuple[Verb, str]]:
    """What those who report write, by verb."""
    for table in (REPORTING, REPORTERS_HEARD, REPORTERS_VARIED):
        yield from table.items()
