"""Leases of mailboxes and mails, what is known of addresses, who vouched for a mail."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the two tables."""
    with op.batch_alter_table("message") as message:
        message.add_column(sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True))
        message.add_column(sa.Column("failures", sa.Integer, nullable=False, server_default="0"))
        for name in ("taken_by", "content", "verdict", "vouched_by"):
            message.add_column(sa.Column(name, sa.Text, nullable=False, server_default=""))
        message.add_column(sa.Column("fruitless", sa.Boolean, nullable=False, server_default=sa.false()))
        message.create_index("ix_message_office_id_message_id", ["office_id", "message_id"])
    with op.batch_alter_table("letter") as letter:
        for name in ("sought_at", "copied_at", "put_off_at"):
            letter.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    _table(
        "mailbox",
        ("office_id", "folder"),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("folder", "holder")),
        sa.Column("beats", sa.Integer, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("scanned_at", sa.DateTime(timezone=True), nullable=True),
    )
    _table(
        "address",
        ("office_id", "address", "standing"),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("address", "reporter", "standing", "why", "by")),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("address")
    op.drop_table("mailbox")
    with op.batch_alter_table("letter") as letter:
        for name in ("put_off_at", "copied_at", "sought_at"):
            letter.drop_column(name)
    with op.batch_alter_table("message") as message:
        message.drop_column("fruitless")
        message.drop_index("ix_message_office_id_message_id")
        for name in ("vouched_by", "verdict", "content", "taken_by", "lease_until", "failures"):
            message.drop_column(name)


def _table(name: str, key: tuple[str, ...], *parts: sa.Column[Any]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=f"fk_{name}_office"),
        sa.UniqueConstraint(*key, name=f"uq_{name}_{'_'.join(key)}"),
    )
