"""Letters: which go at any hour, and which circulars one is about; the days off and days worked that staff entered."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AT_ANY_HOUR = ("receipt", "correction", "report")
WAITING = "state IN ('queued', 'deferred', 'sending')"


def upgrade() -> None:
    """Mark the answers and reports that are there; alarms of before are taken for letters that can wait."""
    op.add_column("letter", sa.Column("any_hour", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("letter", sa.Column("about", sa.Text, nullable=False, server_default=""))
    letter = sa.table("letter", sa.column("kind", sa.Text), sa.column("any_hour", sa.Boolean))
    op.execute(sa.update(letter).where(letter.c.kind.in_(AT_ANY_HOUR)).values(any_hour=sa.true()))
    true = "any_hour" if op.get_bind().dialect.name == "postgresql" else "any_hour = 1"
    some = sa.text(f"{WAITING} AND {true}")
    columns = ["office_id", "can_wait", "due_at", "id"]
    op.create_index("ix_letter_unsettled_any_hour", "letter", columns, sqlite_where=some, postgresql_where=some)
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("off", sa.Boolean, nullable=False),
        sa.Column("because", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holiday"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_holiday_office"),
        sa.UniqueConstraint("office_id", "day", "at", name="uq_holiday_office_id_day_at"),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("holiday")
    op.drop_index("ix_letter_unsettled_any_hour", "letter")
    op.drop_column("letter", "about")
    op.drop_column("letter", "any_hour")
