"""Rosters that staff mailed back."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "roster",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_roster"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_roster_office"),
        sa.UniqueConstraint("office_id", "at", name="uq_roster_office_id_at"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("roster")
