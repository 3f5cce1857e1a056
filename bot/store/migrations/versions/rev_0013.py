"""What became of the circulars' rounds."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

WORDS = ("circular", "kind", "whom", "why", "by", "occasion")
MOMENTS = ("until", "opens", "cutoff", "department")


def upgrade() -> None:
    """Add the changes of rounds; there are none yet."""
    op.create_table(
        "round_change",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in WORDS),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in MOMENTS),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_round_change"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_round_change_office"),
        sa.UniqueConstraint("office_id", "circular", "occasion", name="uq_round_change_office_id_circular_occasion"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("round_change")
