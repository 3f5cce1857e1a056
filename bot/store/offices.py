"""The offices of one deployment: which are entered to be run, and with which configuration."""

import datetime
from dataclasses import dataclass

import sqlalchemy as sa

from bot.store import schema
from bot.store.database import Database

_office = schema.office


@dataclass(frozen=True)
class Entered:
    """An office that is to be run: ``config`` is the absolute path of its configuration file, the same on every machine."""

    slug: str
    name: str
    config: str
    since: datetime.datetime  # when it was entered, or entered again


class Entering:
    """Part of ``Books``: which offices are run. Rows of offices that are not are kept, with all that belongs to them."""

    _database: Database

    def entered(self) -> tuple[Entered, ...]:
        """The offices that are to be run, by slug."""
        columns = (_office.c.slug, _office.c.name, _office.c.config, _office.c.entered_at)
        query = sa.select(*columns).where(_office.c.config != "").order_by(_office.c.slug)
        with self._database.reading() as connection:
            return tuple(Entered(*row) for row in connection.execute(query))

    def enter(self, slug: str, config: str, now: datetime.datetime) -> None:
        """Have an office run with this configuration from ``now`` on. Raises LookupError when there is no such office."""
        self._change(slug, {"config": config, "entered_at": now})

    def take_out(self, slug: str) -> None:
        """Have an office run no more; its rows stay. Raises LookupError."""
        self._change(slug, {"config": "", "entered_at": None})

    def _change(self, slug: str, values: dict[str, object]) -> None:
        change = sa.update(_office).where(_office.c.slug == slug).values(values)
        with self._database.writing() as connection:
            if not connection.execute(change).rowcount:
                raise LookupError(slug)
