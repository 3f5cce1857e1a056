"""Turns of received mails, and an index for each thing that a claim looks for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WAITING = "state = 'received'"
_INDEXES = {
    "unsorted": (("received_at", "id"), "turn IS NULL"),
    "turn": (("attempts", "turn", "stranger", "received_at", "id"), _WAITING),
    "sender_turn": (("sender", "turn"), _WAITING),
    "in_hand": (("state", "id"), f"{_WAITING} AND (taken_by != '' OR lease_until IS NOT NULL)"),
}
_BEFORE: dict[str, tuple[str, ...]] = {
    "sha256": ("sha256", "state"),
    "message_id": ("message_id", "content"),
}  # indexes that get a column more


def upgrade() -> None:
    """Add the columns and the indexes. What lies there already was sorted by who received it: its turn is the first."""
    with op.batch_alter_table("message") as message:
        message.add_column(sa.Column("turn", sa.BigInteger, nullable=True))
        message.add_column(sa.Column("stranger", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute("UPDATE message SET turn = 0")
    for name, columns in _BEFORE.items():
        op.drop_index(f"ix_message_office_id_{name}", "message")
        op.create_index(f"ix_message_office_id_{'_'.join(columns)}", "message", ["office_id", *columns])
    for name, (columns, where) in _INDEXES.items():
        some = sa.text(where)
        op.create_index(
            f"ix_message_{name}", "message", ["office_id", *columns], sqlite_where=some, postgresql_where=some
        )


def downgrade() -> None:
    """Take them away again."""
    for name in _INDEXES:
        op.drop_index(f"ix_message_{name}", "message")
    for name, columns in _BEFORE.items():
        op.drop_index(f"ix_message_office_id_{'_'.join(columns)}", "message")
        op.create_index(f"ix_message_office_id_{name}", "message", ["office_id", name])
    with op.batch_alter_table("message") as message:
        message.drop_column("stranger")
        message.drop_column("turn")
