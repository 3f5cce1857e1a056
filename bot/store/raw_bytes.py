"""The raw bytes of mails and letters, kept apart from their rows: a row that is listed or changes drags no bytes along.

Bytes that were cleared are gone with their row here; whoever asks gets none.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from bot.store import schema
from bot.store.office_rows import of_office

_BYTES = {schema.message.name: schema.message_bytes, schema.letter.name: schema.letter_bytes}
_IDS = sa.bindparam("ids", expanding=True, type_=sa.Integer)
_GET = {
    name: sa.select(kept.c.id, kept.c.raw).where(of_office(kept), kept.c.id.in_(_IDS)) for name, kept in _BYTES.items()
}


def keep_bytes(connection: sa.Connection, table: sa.Table, office: int, raws: Sequence[tuple[int, bytes]]) -> None:
    """Keep the bytes of new rows of ``table``, by the rows' ids."""
    if raws:
        rows = [{"id": number, "office_id": office, "raw": raw} for number, raw in raws]
        connection.execute(sa.insert(_BYTES[table.name]), rows)


def bytes_of(connection: sa.Connection, table: sa.Table, office: int, ids: Sequence[int]) -> dict[int, bytes]:
    """The bytes of some rows of ``table``, by id; of few enough for one statement. Cleared ones are left out."""
    found = connection.execute(_GET[table.name], {"office": office, "ids": list(ids)})
    return {row.id: row.raw for row in found}


def clear_bytes(connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> None:
    """Remove the bytes of the rows of ``table`` for which ``which`` holds."""
    kept = _BYTES[table.name]
    connection.execute(sa.delete(kept).where(kept.c.id.in_(sa.select(table.c.id).where(which))))


def size_of(connection: sa.Connection, table: sa.Table, which: sa.ColumnElement[bool]) -> int:
    """How many bytes the rows have for which ``which`` holds."""
    kept = _BYTES[table.name].c
    these = kept.id.in_(sa.select(table.c.id).where(which))
    return int(connection.scalar(sa.select(sa.func.sum(sa.func.length(kept.raw))).where(these)) or 0)


def has_bytes(table: sa.Table) -> sa.ColumnElement[bool]:
    """The condition that the bytes of a row were not cleared."""
    kept = _BYTES[table.name].c
    return sa.exists().where(kept.office_id == table.c.office_id, kept.id == table.c.id).correlate(table)
