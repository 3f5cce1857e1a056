"""Offices that are run in one process, each with its configuration."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add where each office's configuration is; none is entered yet."""
    op.add_column("office", sa.Column("config", sa.Text, nullable=False, server_default=""))
    op.add_column("office", sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("office", "config")
    op.drop_column("office", "entered_at")
