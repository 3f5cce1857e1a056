"""How organisations stood at a day before a circular's round."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = ("office_id", "circular", "at", "organisation", "question")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("circular", "organisation", "question")),
        sa.Column("at", sa.Date, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("file", "sheet", "cell")),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_baseline"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_baseline_office"),
        sa.UniqueConstraint(*KEY, name=f"uq_baseline_{'_'.join(KEY)}"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("baseline")
