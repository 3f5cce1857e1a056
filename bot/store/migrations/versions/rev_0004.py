"""Who has a letter in hand."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("letter") as letter:
        letter.add_column(sa.Column("taken_by", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Take it away again."""
    with op.batch_alter_table("letter") as letter:
        letter.drop_column("taken_by")
