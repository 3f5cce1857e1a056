"""The department's wishes as tasks, disputed mails, and the chain of hashes; each office's begins when its books are next opened."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    _add_tasks()
    _add_disputes()
    _add_journal()


def _add_tasks() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Integer, nullable=False),
        sa.Column("circular", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_task_office"),
        sa.ForeignKeyConstraint(
            ["office_id", "message_id"], ["message.office_id", "message.id"], name="fk_task_message"
        ),
        sa.UniqueConstraint("office_id", "message_id", name="uq_task_office_id_message_id"),
    )
    still = sa.text("done_at IS NULL")
    op.create_index("ix_task_open", "task", ["office_id", "message_id"], sqlite_where=still, postgresql_where=still)


def _add_disputes() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Text, nullable=False),
        sa.Column("upheld", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_dispute_office"),
        sa.ForeignKeyConstraint(
            ["office_id", "message_id"], ["message.office_id", "message.id"], name="fk_dispute_message"
        ),
        sa.UniqueConstraint("office_id", "message_id", name="uq_dispute_office_id_message_id"),
    )
    still = sa.text("settled_at IS NULL")
    op.create_index(
        "ix_dispute_open", "dispute", ["office_id", "message_id"], sqlite_where=still, postgresql_where=still
    )


def _add_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("covers", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_journal_office"),
        sa.UniqueConstraint("office_id", "number", name="uq_journal_office_id_number"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("dispute")
    op.drop_table("task")
    op.drop_table("journal")
