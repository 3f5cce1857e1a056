"""The chain of hashes over what was received, decided, approved and sent: one row of the journal for each transaction.

Each row covers the things that its transaction wrote, by the SHA-256 of each, and is hashed with the hash of the row before.
So whoever changes, removes or adds a thing, or a row, leaves a place that does not fit; ``chain_check`` finds it.
A row is the last that its transaction writes, so writers of one office wait for each other only as long as a commit takes.
"""

import datetime
import enum
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from bot.store import schema
from bot.store.office_rows import of_office

_journal = schema.journal
BEGINNING = "0" * 64  # stands for the hash before the first row
FORGOTTEN = ""  # in the place of a digest: the thing was removed on purpose
# Kinds of rows.
RECEIVED, DECIDED, SENT, PURGED, BEGUN, RESTORED = "received", "decided", "sent", "purged", "begun", "restored"
_LOCK = 0x5255414A  # PostgreSQL's advisory locks of two numbers: this one, and the office's
_HEAD = (
    sa.select(_journal.c.number, _journal.c.hash).where(of_office(_journal)).order_by(_journal.c.number.desc()).limit(1)
)
_ADD = sa.insert(_journal)
# Of each kind of thing that is a row of its own: the columns that never change but by a step that is written here.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "mail": ("folder", "uidvalidity", "uid", "sha256", "size", "received_at"),
    "decision": (
        *("state", "outcome", "why", "circular", "reporter", "as_of", "decided_at", "verdict", "vouched_by"),
        *("message_id", "sender", "subject"),
    ),
    "answers": ("circular", "reporter", "organisation", "question", "value", "evidence", "file", "sheet", "cell"),
    "remarks": ("circular", "reporter", "key", "text", "file", "sheet", "cell"),
    "explanations": ("circular", "reporter", "organisation", "question", "value", "text", "file", "sheet", "cell"),
    "findings": (
        *("position", "code", "severity", "organisation", "question", "value", "message", "file", "sheet", "cell"),
    ),
    "letter": (
        *("kind", "circular", "addressee", "occasion", "message_id", "sender", "recipients", "subject"),
        "occasioned_by",
    ),
    "sent": ("sent_at",),
    "report": ("circular", "version", "fingerprint", "reference", "content", "name", "made_at"),
    "approval": ("approved_by", "dispatched_at"),
    "step": ("on", "action", "ground"),
    "round": (
        *("circular", "kind", "by", "at", "occasion", "whom", "why"),
        *("until", "opens", "cutoff", "department"),
    ),
    "circular": ("slug", "said", "by", "at"),
    "roster": ("said", "by", "at"),
    "holiday": ("day", "off", "because", "by", "at"),
    "dispute": ("message_id", "by", "at", "settled_at", "settled_by", "upheld"),
    "task": ("message_id", "circular", "opened_at", "done_at", "done_by"),
    "address": ("address", "standing", "reporter", "why", "by", "at"),
    "baseline": ("organisation", "question", "done", "file", "sheet", "cell", "loaded_at"),
    "wish": (
        *("reference", "wish", "said", "rests_on", "by", "at", "circular", "message_id"),
        *("state", "settled_by", "settled_at"),
    ),
    "registration": ("circular", "paper", "number", "dated", "scan", "content", "by", "at"),
}
Covers = dict[str, str]  # "mail 17" to the SHA-256 of its content
Row = Mapping[str, Any] | sa.RowMapping


def covered(kind: str, name: object, row: Row) -> Covers:
    """One thing of a kind, by the row that holds it."""
    return {f"{kind} {name}": _sha256(content_of(kind, row))}


def changed(
    connection: sa.Connection, kind: str, table: sa.Table, which: sa.ColumnElement[bool], values: Mapping[str, Any]
) -> Covers:
    """Change the one row of a table that ``which`` names, a thing of a kind; nothing where there is none."""
    columns = (table.c.id, *(table.c[name] for name in COLUMNS[kind]))
    change = sa.update(table).where(which).values(values).returning(*columns)
    row = connection.execute(change).mappings().one_or_none()
    return covered(kind, row["id"], row) if row else {}


def covered_together(kind: str, name: object, rows: Iterable[Row]) -> Covers:
    """What one mail said, of one kind: all its rows, in whatever order."""
    content = content_together(kind, rows)
    return {f"{kind} {name}": _sha256(content) if content else FORGOTTEN}


def content_of(kind: str, row: Row) -> str:
    """What the digest of a thing is of: its columns as JSON."""
    return _written(row.get(column) for column in COLUMNS[kind])


def content_together(kind: str, rows: Iterable[Row]) -> str:
    """The same of all that one mail said of a kind, a line each; "" when it said nothing."""
    return "\n".join(sorted(content_of(kind, row) for row in rows))


def digest_of(values: Iterable[Any]) -> str:
    """SHA-256 of values as a database holds them: JSON in ASCII, moments in UTC, bytes by their own SHA-256."""
    return _sha256(_written(values))


def _written(values: Iterable[Any]) -> str:
    return json.dumps([_canonical(value) for value in values], separators=(",", ":"))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def sha256_of(raw: bytes) -> str:
    """SHA-256 of bytes."""
    return hashlib.sha256(raw).hexdigest()


def step_name(row: Row) -> str:
    """By what a step of the ledger is known."""
    return f"{row['circular']}/{row['reporter']}/{row['step']}"


def _canonical(value: Any) -> Any:
    """A value as both databases give it back."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, str):
        return schema.storable(value)
    if isinstance(value, bytes | memoryview):
        return sha256_of(bytes(value))
    if isinstance(value, datetime.date):  # a moment is one too
        return (value.astimezone(datetime.UTC) if isinstance(value, datetime.datetime) else value).isoformat()
    if isinstance(value, dict):
        return {key: _canonical(each) for key, each in sorted(value.items())}
    return [_canonical(each) for each in value] if isinstance(value, tuple | list) else value


def row_digest(number: int, at: datetime.datetime | None, kind: str, covers: str) -> str:
    """SHA-256 of a row itself; ``covers`` is the text that the row holds."""
    return digest_of((number, at, kind, covers))


def chained(before: str, digest: str) -> str:
    """The hash of a row: over the hash of the row before and its own digest."""
    return _sha256(f"{before}{digest}")


def write_row(
    connection: sa.Connection, office: int, kind: str, covers: Mapping[str, str], at: datetime.datetime | None
) -> None:
    """Add a row that covers what the open transaction wrote, as the last thing in it. None where it wrote nothing."""
    if not covers:
        return
    lock_chain(connection, office)
    head = connection.execute(_HEAD, {"office": office}).one_or_none()
    number, before = (head.number + 1, head.hash) if head else (1, BEGINNING)
    text = json.dumps(covers, separators=(",", ":"), sort_keys=True)
    row = {"office_id": office, "number": number, "at": at, "kind": kind, "covers": text}
    connection.execute(_ADD, row | {"hash": chained(before, row_digest(number, at, kind, text))})


def lock_chain(connection: sa.Connection, office: int) -> None:
    """Let nobody else add a row until the open transaction ends."""
    if connection.dialect.name == "postgresql":  # on SQLite writers exclude each other from their first statement
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK, office)))
