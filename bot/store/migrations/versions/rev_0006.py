"""Number, day and signed scan of the office's official letters."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = ("office_id", "circular", "paper")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("circular", "paper", "number", "scan", "by")),
        sa.Column("dated", sa.Date, nullable=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_registration"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_registration_office"),
        sa.UniqueConstraint(*KEY, name=f"uq_registration_{'_'.join(KEY)}"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("registration")
