"""The raw bytes of mails and letters in tables of their own; the answers that hold, found by their organisation; the letters that wait, in their turn."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OWNERS = ("message", "letter")
HOLDING = "ix_answer_office_id_circular_superseded_at"
AWAITED = ("digest", "draft", "notice", "report", "signing")
WAITING = "state IN ('queued', 'deferred', 'sending')"
AT_ONCE = 500  # rows moved by one statement: what one frees the next fills, so that the file does not double


def upgrade() -> None:
    """Move the bytes; those that were cleared are left behind."""
    op.create_index("ix_letter_office_id_id", "letter", ["office_id", "id"], unique=True)
    op.add_column("letter", sa.Column("can_wait", sa.Boolean, nullable=False, server_default=sa.true()))
    letter = sa.table("letter", *map(sa.column, ("kind", "can_wait")))
    op.execute(sa.update(letter).where(letter.c.kind.in_(AWAITED)).values(can_wait=sa.false()))
    turn, where = ["office_id", "can_wait", "due_at", "id"], sa.text(WAITING)
    op.create_index("ix_letter_unsettled", "letter", turn, sqlite_where=where, postgresql_where=where)
    op.drop_index(HOLDING, "answer")
    op.create_index(f"{HOLDING}_organisation", "answer", ["office_id", "circular", "superseded_at", "organisation"])
    for owner in OWNERS:
        op.create_table(
            f"{owner}_bytes",
            sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
            sa.Column("office_id", sa.Integer, nullable=False),
            sa.Column("raw", sa.LargeBinary, nullable=False),
            sa.PrimaryKeyConstraint("id", name=f"pk_{owner}_bytes"),
            sa.ForeignKeyConstraint(
                ["office_id", "id"], [f"{owner}.office_id", f"{owner}.id"], name=f"fk_{owner}_bytes_{owner}"
            ),
        )
        _move(owner)
        op.drop_column(owner, "raw")


def downgrade() -> None:
    """Put them back."""
    for owner in OWNERS:
        op.add_column(owner, sa.Column("raw", sa.LargeBinary, nullable=False, server_default=sa.text("''")))
        rows, kept = _table(owner), _table(f"{owner}_bytes")
        its = sa.select(kept.c.raw).where(kept.c.id == rows.c.id).scalar_subquery()
        op.execute(sa.update(rows).where(sa.exists().where(kept.c.id == rows.c.id)).values(raw=its))
        op.drop_table(f"{owner}_bytes")
    op.drop_index("ix_letter_unsettled", "letter")
    op.drop_column("letter", "can_wait")
    op.drop_index("ix_letter_office_id_id", "letter")
    op.drop_index(f"{HOLDING}_organisation", "answer")
    op.create_index(HOLDING, "answer", ["office_id", "circular", "superseded_at"])


def _table(name: str) -> sa.TableClause:
    raw = sa.column("raw", sa.LargeBinary)
    return sa.table(name, sa.column("id", sa.Integer), sa.column("office_id", sa.Integer), raw)


def _move(owner: str) -> None:
    rows, kept, connection = _table(owner), _table(f"{owner}_bytes"), op.get_bind()
    last = connection.scalar(sa.select(sa.func.max(rows.c.id))) or 0
    for start in range(0, last, AT_ONCE):
        these = sa.and_(rows.c.id > start, rows.c.id <= start + AT_ONCE, sa.func.length(rows.c.raw) > 0)
        columns = (rows.c.id, rows.c.office_id, rows.c.raw)
        connection.execute(sa.insert(kept).from_select(["id", "office_id", "raw"], sa.select(*columns).where(these)))
        connection.execute(sa.update(rows).where(these).values(raw=b""))
