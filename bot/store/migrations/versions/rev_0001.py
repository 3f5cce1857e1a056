"""The first books: office, message, finding, answer, remark, letter, ledger, report."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _office()
    _message()
    _said_by_messages()
    _letter()
    _ledger_and_report()


def downgrade() -> None:
    """Drop them all, with everything in them."""
    for table in ("report", "ledger", "letter", "remark", "answer", "finding", "message", "office"):
        op.drop_table(table)


def _office() -> None:
    op.create_table(
        "office",
        sa.Column("id", sa.Integer, nullable=False),
        *_words("slug", "name", "secret"),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
        sa.UniqueConstraint("slug", name="uq_office_slug"),
    )


def _message() -> None:
    _table(
        "message",
        ("office_id", "folder", "uidvalidity", "uid"),
        *_words("folder"),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("uidvalidity", "uid")),
        sa.Column("sha256", sa.String(64), nullable=False),
        *_words("message_id", "sender", "subject"),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("oversize", sa.Boolean, nullable=False),
        _moment("received_at"),
        sa.Column("state", sa.String(16), nullable=False),
        *_words("outcome", "why", "circular", "reporter"),
        sa.Column("as_of", sa.Date),
        _moment("decided_at", optional=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        *_words("filed_to"),
        _moment("filed_at", optional=True),
        sa.UniqueConstraint("office_id", "id", name="uq_message_office_id_id"),
    )
    for column in ("state", "sha256", "circular"):
        op.create_index(f"ix_message_office_id_{column}", "message", ["office_id", column])


def _said_by_messages() -> None:
    place = ("file", "sheet", "cell")
    _table(
        "finding",
        ("message_id", "position"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("message_id", "position")),
        *_words("code", "severity", "organisation", "question", "value", "message", *place),
        _of_message("finding", "message_id"),
    )
    _table(
        "answer",
        ("message_id", "organisation", "question"),
        sa.Column("message_id", sa.Integer, nullable=False),
        *_words("circular", "reporter", "organisation", "question"),
        sa.Column("value", sa.JSON, nullable=False),
        *_words(*place),
        _of_message("answer", "message_id"),
    )
    _table(
        "remark",
        ("message_id", "key"),
        sa.Column("message_id", sa.Integer, nullable=False),
        *_words("circular", "reporter", "key", "text", *place),
        _of_message("remark", "message_id"),
    )
    for table in ("answer", "remark"):
        op.create_index(f"ix_{table}_office_id_circular", table, ["office_id", "circular"])


def _letter() -> None:
    _table(
        "letter",
        ("office_id", "kind", "circular", "addressee", "occasion"),
        *_words("kind", "circular", "addressee", "occasion", "message_id", "sender"),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("recipients", "remaining")),
        *_words("subject"),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("attempt", "repeats")),
        *(_moment(name) for name in ("due_at", "queued_at", "changed_at")),
        _moment("sent_at", optional=True),
        *_words("detail"),
        sa.Column("refused", sa.JSON, nullable=False),
        sa.Column("occasioned_by", sa.Integer),
        _of_message("letter", "occasioned_by"),
        sa.UniqueConstraint("office_id", "message_id", name="uq_letter_office_id_message_id"),
    )
    op.create_index("ix_letter_office_id_state_due_at", "letter", ["office_id", "state", "due_at"])


def _ledger_and_report() -> None:
    _table(
        "ledger",
        ("office_id", "circular", "reporter", "step"),
        *_words("circular", "reporter", "step"),
        sa.Column("on", sa.Date, nullable=False),
        *_words("action", "ground"),
    )
    _table(
        "report",
        ("office_id", "circular", "version"),
        *_words("circular"),
        sa.Column("version", sa.Integer, nullable=False),
        *_words("fingerprint", "reference"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        *_words("name"),
        _moment("made_at"),
        *_words("approved_by"),
        _moment("dispatched_at", optional=True),
    )


def _table(name: str, key: tuple[str, ...], *parts: sa.Column[Any] | sa.Constraint) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=f"fk_{name}_office"),
        sa.UniqueConstraint(*key, name=f"uq_{name}_{'_'.join(key)}"),
    )


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _of_message(table: str, column: str) -> sa.ForeignKeyConstraint:
    columns, there = ["office_id", column], ["message.office_id", "message.id"]
    return sa.ForeignKeyConstraint(columns, there, name=f"fk_{table}_message")
