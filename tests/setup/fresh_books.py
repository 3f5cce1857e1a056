"""Fresh books for tests without walking through every layout that there ever was: some 900 tests open books of their own.

The migrations make the first ones of each process; what they made is then written down and made again, on the same
connection and within the same transaction. Books that hold anything go through the migrations, as do those on PostgreSQL.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from bot.store import database

_MADE: list[str] = []  # the statements that make fresh books, once they are known


def _fresh(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite" and not sa.inspect(connection).get_table_names()


def _written_down(connection: sa.Connection) -> list[str]:
    """What makes this connection's tables, without the frame of a transaction around it."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return [line for line in driver.iterdump() if line not in ("BEGIN TRANSACTION;", "COMMIT;")]


@contextmanager
def made_quickly() -> Iterator[None]:
    """Let fresh books of this process be made of what the migrations made before."""
    migrate = database._migrate

    def quick(connection: sa.Connection) -> None:
        if not _fresh(connection):
            migrate(connection)
        elif _MADE:
            for statement in _MADE:
                connection.exec_driver_sql(statement)
        else:
            migrate(connection)
            _MADE.extend(_written_down(connection))

    database._migrate = quick
    try:
        yield
    finally:
        database._migrate = migrate
