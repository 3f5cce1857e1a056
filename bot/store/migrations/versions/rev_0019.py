"""Circulars that staff started by mail."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them."""
    op.create_table(
        "circular",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_circular"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_circular_office"),
        sa.UniqueConstraint("office_id", "slug", name="uq_circular_office_id_slug"),
    )


def downgrade() -> None:
    """Remove them."""
    op.drop_table("circular")
