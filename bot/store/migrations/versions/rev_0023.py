"""Letters by when they last changed: what went wrong lately is found without a look at the others."""

from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_NAME = "ix_letter_office_id_changed_at"


def upgrade() -> None:
    """Add the index."""
    op.create_index(_NAME, "letter", ["office_id", "changed_at"])


def downgrade() -> None:
    """Remove it."""
    op.drop_index(_NAME, "letter")
