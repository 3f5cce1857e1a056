"""The chain of hashes over what was received, decided, approved and sent; each office's begins when its books are next opened."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the journal."""
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
    """Remove it."""
    op.drop_table("journal")
