"""What people asked for in words, said back to them, until it is confirmed or dropped."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

WORDS = ("reference", "said", "rests_on", "by", "circular", "state", "settled_by")


def upgrade() -> None:
    """Add the table; nothing waits yet."""
    op.create_table(
        "wish",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in WORDS),
        sa.Column("wish", sa.JSON, nullable=False),
        sa.Column("message_id", sa.Integer, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_wish"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_wish_office"),
        sa.ForeignKeyConstraint(
            ["office_id", "message_id"], ["message.office_id", "message.id"], name="fk_wish_message"
        ),
        sa.UniqueConstraint("office_id", "reference", name="uq_wish_office_id_reference"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("wish")
