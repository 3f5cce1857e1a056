"""Words by which staff decided on the page, kept as a mail of theirs: each answer in the books stands on a mail."""

import sqlalchemy as sa

from bot.office.model.received_mail import Arrival
from bot.store import schema
from bot.store.database import add
from bot.store.envelope_headers import content_digest, envelope
from bot.store.inbox import row_of
from bot.store.journal import Covers, covered, sha256_of
from bot.store.raw_bytes import keep_bytes


def keep_typed(connection: sa.Connection, office: int, typed: Arrival, covers: Covers) -> int | None:
    """Add the mail within the transaction that decides it; its row, or None when it is there already.

    It comes from no server: its turn is over, and it is filed away nowhere.
    """
    head = envelope(typed.raw)
    row = row_of(office, typed) | {
        "message_id": head.message_id,
        "content": content_digest(typed.raw),
        "sender": head.sender,
        "subject": head.subject,
        "turn": 0,
        "filed_at": typed.at,
    }
    new = add(connection, schema.message, row)
    if new is not None:
        keep_bytes(connection, schema.message, office, [(new, typed.raw)])
        covers |= covered("mail", new, row) | {f"mail bytes {new}": sha256_of(typed.raw)}
    return new
