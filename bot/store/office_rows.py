"""What every part of an office's books stands on: the database and the one office whose rows may be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from bot.store.database import Database
from parsers.findings import Place

EVERY_OFFICE = {"every_office": True}  # option of a connection whose statements are meant for the rows of all


class OfficeRows:
    """Base of the parts of ``OfficeBooks``. Every query of theirs goes through ``_own`` or ``of_office``."""

    def __init__(self, database: Database, office_id: int) -> None:
        self._database = database
        self._office = office_id

    def _own(self, table: sa.FromClause) -> sa.ColumnElement[bool]:
        """The condition that a row is this office's."""
        mine: sa.ColumnElement[bool] = table.c.office_id == self._office
        return mine

    @contextmanager
    def one_view(self) -> Iterator[None]:
        """All that this thread asks within the block is answered as of one moment. Raises BooksAwayError."""
        with self._database.one_view():
            yield


def of_office(table: sa.FromClause) -> sa.ColumnElement[bool]:
    """The same for a statement that is built once: the office is given as ``office`` when it is executed."""
    mine: sa.ColumnElement[bool] = table.c.office_id == sa.bindparam("office", type_=sa.Integer)
    return mine


def place_of(row: sa.Row[Any]) -> Place:
    """The place kept in a row's columns."""
    return Place(row.file, row.sheet, row.cell)


def place_columns(place: Place) -> dict[str, str]:
    """The columns that keep a place."""
    return {"file": place.file, "sheet": place.sheet, "cell": place.cell}
