"""Where an office began in a mailbox, what its server does not hand over, and placeholders that are fetched again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = ("office_id", "folder", "uidvalidity", "uid")


def upgrade() -> None:
    """Add the columns and the table."""
    with op.batch_alter_table("mailbox") as mailbox:
        mailbox.add_column(sa.Column("since_at", sa.DateTime(timezone=True), nullable=True))
        for name in ("since_uidvalidity", "since_uid"):
            mailbox.add_column(sa.Column(name, sa.BigInteger, nullable=False, server_default="0"))
    with op.batch_alter_table("message") as message:
        for name in ("stub_since", "stub_until"):
            message.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "withheld",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("folder", "words", "sender", "subject")),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in ("uidvalidity", "uid", "size")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("asked", "breaks", "alike")),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in ("first_at", "asked_at")),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("taken", sa.Boolean, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_withheld"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_withheld_office"),
        sa.UniqueConstraint(*KEY, name=f"uq_withheld_{'_'.join(KEY)}"),
    )


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("withheld")
    with op.batch_alter_table("message") as message:
        for name in ("stub_until", "stub_since"):
            message.drop_column(name)
    with op.batch_alter_table("mailbox") as mailbox:
        for name in ("since_uid", "since_uidvalidity", "since_at"):
            mailbox.drop_column(name)
