"""The clock of a bot on real servers, moved to office hours: at night and on days off it writes to nobody, and tests run at any time.

``python -m tests.setup.moved_clock run --config ...`` is ``ruam`` by that clock. It goes on as the real one does.
"""

import datetime
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.service import context
from bot.store.database import Database

AHEAD = "RUAM_TESTS_AHEAD"  # seconds; handed on to the processes that a test starts
ROOM = datetime.timedelta(hours=1)  # so long a test may take before the office closes


def _ahead() -> datetime.timedelta:
    """How far the clock is moved: not at all when there is time enough today, else to nine on the next working day."""
    if AHEAD not in os.environ:
        now, calendar = datetime.datetime.now(BANGKOK), Calendar()
        then = now
        if not (calendar.is_open(now) and calendar.is_open(now + ROOM)):
            days = (now.date() + datetime.timedelta(days=number) for number in range(20))
            mornings = (datetime.datetime.combine(day, datetime.time(9), BANGKOK) for day in days)
            then = next(morning for morning in mornings if morning > now and calendar.is_open(morning))
        os.environ[AHEAD] = str((then - now).total_seconds())
    return datetime.timedelta(seconds=float(os.environ[AHEAD]))


def office_now() -> datetime.datetime:
    """The time by the moved clock."""
    return datetime.datetime.now(BANGKOK) + _ahead()


@contextmanager
def moved() -> Iterator[None]:
    """Let Ruam in this process, and the database that it asks, go by the moved clock."""
    by_database, own = Database.time, vars(context)["datetime"]

    def shared(self: Database) -> datetime.datetime | None:
        said = by_database(self)
        return said + _ahead() if said else None

    # All that it asks of the module.
    vars(context)["datetime"] = SimpleNamespace(datetime=SimpleNamespace(now=lambda _: office_now()))
    Database.time = shared  # type: ignore[method-assign]
    try:
        yield
    finally:
        vars(context)["datetime"] = own
        Database.time = by_database  # type: ignore[method-assign]


if __name__ == "__main__":
    from bot.cli.main import main

    with moved():
        main()
