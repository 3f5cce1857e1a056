"""What stood beside a tick and proves it, with its answer."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; of earlier answers nobody knows."""
    with op.batch_alter_table("answer") as answer:
        answer.add_column(sa.Column("evidence", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("answer") as answer:
        answer.drop_column("evidence")
