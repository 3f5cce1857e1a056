"""Looking the books over: do they open, are they sound, can they be written, is there room. Changes nothing."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.store import schema
from bot.store.database import Database
from bot.store.database_errors import RESTORE, BooksError


@dataclass(frozen=True)
class Checkup:
    """What was found. ``trouble`` is empty when all is well; ``free`` is bytes of room, None where nobody can say."""

    trouble: str
    free: int | None = None
    file: Path | None = None


def checkup(url: str) -> Checkup:
    """Open the books at ``url`` (bringing their tables up to date, as every start does) and look them over. Never raises."""
    parsed = sa.make_url(url)
    file = Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None
    free = _room(file.parent) if file else None
    try:
        with Database.opened(url) as database:
            if file:
                with database.driver() as connection:
                    said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
                if said != "ok":
                    return Checkup(f"malformed: {said}; {RESTORE}", free, file)
            with database.writing() as writing:  # changes nothing, but only who may write can do it
                writing.execute(sa.update(schema.office).values(name=schema.office.c.name))
    except BooksError as error:
        return Checkup(str(error), free, file)
    return Checkup("", free, file)


def _room(folder: Path) -> int | None:
    try:
        return shutil.disk_usage(next(place for place in (folder, *folder.parents) if place.exists())).free
    except OSError:
        return None
