"""Statements on SQLite are compiled once for each process of tests: every test opens books of its own, which would compile all anew.

SQLAlchemy keeps what it has compiled with each engine, by the statement and by the dialect as an object; here all engines
have one dialect and one store. PostgreSQL's dialect learns from its server, so each keeps its own.
"""

import functools
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.util import LRUCache

from bot.store import database
from bot.store.sqlite_and_postgresql import engine_of

KEPT = 5_000  # statements; all that the code has in it are fewer


@functools.cache
def _shared() -> tuple[sa.Dialect, LRUCache]:
    """A dialect that has seen SQLite, and what was compiled for it."""
    engine = sa.create_engine("sqlite://")
    with engine.connect():
        pass
    engine.dispose()
    return engine.dialect, LRUCache(KEPT)


def sharing(url: str) -> sa.Engine:
    """``engine_of``, with what other engines have compiled."""
    engine = engine_of(url)
    if engine.dialect.name == "sqlite":
        engine.dialect, engine._compiled_cache = _shared()
        engine.pool._dialect = engine.dialect
    return engine


@contextmanager
def compiled_once() -> Iterator[None]:
    """Let books within the block share what is compiled."""
    vars(database)["engine_of"] = sharing
    try:
        yield
    finally:
        vars(database)["engine_of"] = engine_of
