"""The reasons that reporters give for figures that were asked after."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = ("message_id", "organisation", "question")
WORDS = ("circular", "reporter", "organisation", "question", "text", "file", "sheet", "cell")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "explanation",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("message_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in WORDS),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_explanation"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_explanation_office"),
        sa.ForeignKeyConstraint(
            ["office_id", "message_id"], ["message.office_id", "message.id"], name="fk_explanation_message"
        ),
        sa.UniqueConstraint(*KEY, name=f"uq_explanation_{'_'.join(KEY)}"),
    )
    op.create_index("ix_explanation_office_id_circular", "explanation", ["office_id", "circular"])


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("explanation")
