"""Changes counted; what no longer holds, and which words wait, marked where they stand, so that nothing that is done is walked through."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ABOUT: dict[str, tuple[str, ...]] = {"answer": ("organisation", "question"), "remark": ("key",)}
Index = tuple[str, tuple[str, ...]]

NEW: tuple[Index, ...] = (  # table, columns
    ("message", ("circular", "reporter", "received_at")),
    ("message", ("sender", "received_at")),
    ("message", ("filed_to", "state")),
    ("letter", ("sent_at",)),
    *((table, ("circular", "superseded_at")) for table in ABOUT),
)
OLD: tuple[Index, ...] = tuple((table, ("circular",)) for table in ("message", *ABOUT))
SOME = {  # indexes of some mails
    "to_be_filed": (("folder", "uidvalidity", "uid"), "state != 'received' AND filed_at IS NULL"),
    "in_words": (("circular", "id"), "{true}"),
    "untold": (("id",), "{true} AND told_at IS NULL"),
}


def upgrade() -> None:
    """Add columns and indexes, and work the marks out for the rows that are there."""
    for table in ABOUT:
        op.add_column(table, sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
    in_words = sa.Column("in_words", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("message", in_words)
    op.add_column("message", sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    for table, columns in OLD:
        op.drop_index(_name(table, columns), table)
    for table, columns in NEW:
        op.create_index(_name(table, columns), table, ["office_id", *columns])
    true = "in_words" if op.get_bind().dialect.name == "postgresql" else "in_words = 1"
    for name, (columns, where) in SOME.items():
        some = sa.text(where.format(true=true))
        op.create_index(
            f"ix_message_{name}", "message", ["office_id", *columns], sqlite_where=some, postgresql_where=some
        )
    op.create_table(
        "change",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("circular", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name="fk_change_office"),
        sa.UniqueConstraint("office_id", "circular", name="uq_change_office_id_circular"),
    )
    _mark()


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("change")
    for name in SOME:
        op.drop_index(f"ix_message_{name}", "message")
    for table, columns in NEW:
        op.drop_index(_name(table, columns), table)
    with op.batch_alter_table("message") as message:
        message.drop_column("told_at")
        message.drop_column("in_words")
    for table in ABOUT:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("superseded_at")
    for table, columns in OLD:
        op.create_index(_name(table, columns), table, ["office_id", *columns])
    _rename_steps("mailbox", "staff")


def _name(table: str, columns: tuple[str, ...]) -> str:
    return f"ix_{table}_office_id_{'_'.join(columns)}"


def _mark() -> None:
    """The first decision about a newer mail of the same reporter supersedes; words wait and are told as the ledger says."""
    message = sa.table(
        "message", *map(sa.column, ("id", "office_id", "decided_at", "received_at", "in_words", "told_at"))
    )
    for name, about in ABOUT.items():
        columns = ("id", "office_id", "message_id", "circular", "reporter", "superseded_at", *about)
        table = sa.table(name, *map(sa.column, columns))
        newer = sa.func.min(message.c.decided_at).over(
            partition_by=[table.c[each] for each in ("office_id", "circular", "reporter", *about)],
            order_by=(message.c.received_at.desc(), message.c.id.desc()),
            rows=(None, -1),
        )
        join = table.join(message, message.c.id == table.c.message_id)
        said = sa.select(table.c.id, newer.label("newer"), message.c.decided_at).select_from(join)
        rows = [row for row in op.get_bind().execute(said) if row.newer is not None]
        marks = [{"row": row.id, "since": max(row.newer, row.decided_at)} for row in rows]
        one = sa.update(table).where(table.c.id == sa.bindparam("row")).values(superseded_at=sa.bindparam("since"))
        if marks:
            op.get_bind().execute(one, marks)
    ledger = sa.table("ledger", *map(sa.column, ("office_id", "circular", "step")))

    def noted(begins: str) -> sa.ColumnElement[bool]:
        step = sa.literal(begins) + sa.cast(message.c.id, sa.String)
        this = (ledger.c.office_id == message.c.office_id, ledger.c.circular == "", ledger.c.step == step)
        return sa.exists().where(*this)

    op.execute(sa.update(message).where(noted("words-")).values(in_words=sa.true()))
    op.execute(sa.update(message).where(noted("told-")).values(told_at=message.c.decided_at))
    _rename_steps("staff", "mailbox")


def _rename_steps(before: str, after: str) -> None:
    """Steps about the mailbox are the mailbox's own."""
    ledger = sa.table("ledger", *map(sa.column, ("circular", "reporter", "step")))
    these = sa.and_(ledger.c.circular == "", ledger.c.reporter == before, ledger.c.step.like("mailbox-%"))
    op.execute(sa.update(ledger).where(these).values(reporter=after))
