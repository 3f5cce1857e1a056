"""The page in the browser: links to sign in, sessions, and in what order it lists mails and letters."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None

_LISTED = (
    ("message", "reporter", "id"),
    ("letter", "addressee", "id"),
    ("letter", "occasioned_by"),
)


def _own(name: str, *columns: sa.Column[Any], listed: tuple[str, ...]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=f"fk_{name}_office"),
        sa.UniqueConstraint("office_id", "digest", name=f"uq_{name}_office_id_digest"),
    )
    op.create_index(f"ix_{name}_{'_'.join(('office_id', *listed))}", name, ["office_id", *listed])


def _moment(name: str, *, optional: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def upgrade() -> None:
    """Add them."""
    browser = sa.Column("browser", sa.String(64), nullable=False)
    _own(
        "sign_in",
        browser,
        _moment("at"),
        _moment("until"),
        _moment("spent_at", optional=True),
        listed=("address", "until"),
    )
    moments = (_moment("at"), _moment("seen_at"), _moment("until"), _moment("ended_at", optional=True))
    _own("session", *moments, listed=("until",))
    for table, *columns in _LISTED:
        op.create_index(f"ix_{table}_{'_'.join(('office_id', *columns))}", table, ["office_id", *columns])
    put_off = sa.text("put_off_at IS NOT NULL")
    op.create_index(
        "ix_letter_put_off", "letter", ["office_id", "put_off_at"], sqlite_where=put_off, postgresql_where=put_off
    )
    said = sa.text("in_words = 1") if op.get_bind().dialect.name == "sqlite" else sa.text("in_words")
    op.create_index("ix_message_words_listed", "message", ["office_id", "id"], sqlite_where=said, postgresql_where=said)


def downgrade() -> None:
    """Remove them."""
    op.drop_index("ix_message_words_listed", "message")
    op.drop_index("ix_letter_put_off", "letter")
    for table, *columns in _LISTED:
        op.drop_index(f"ix_{table}_{'_'.join(('office_id', *columns))}", table)
    op.drop_table("session")
    op.drop_table("sign_in")
