"""What letters to reporters bring about, and which kinds of things each office's journal covers.

Letters that are there already are not counted: of some the deadline is not known any more. Wishes are covered when the books are
next opened.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; the table begins empty."""
    op.add_column("office", sa.Column("coverage", sa.Integer, nullable=False, server_default="0"))
    op.create_table(
        "effect",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("letter_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("circular", "reporter", "step")),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_effect"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_effect_office"),
        sa.ForeignKeyConstraint(["office_id", "letter_id"], ["letter.office_id", "letter.id"], name="fk_effect_letter"),
        sa.UniqueConstraint("office_id", "letter_id", "circular", name="uq_effect_office_id_letter_id_circular"),
    )
    columns = ["office_id", "circular", "reporter", "letter_id"]
    op.create_index("ix_effect_office_id_circular_reporter_letter_id", "effect", columns)


def downgrade() -> None:
    """Forget them."""
    op.drop_table("effect")
    op.drop_column("office", "coverage")
