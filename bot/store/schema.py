"""The tables of the books, in the house's words. Owns names, types and keys; knows no query and no value of the office's.

Every row belongs to an office, and a row can point only at rows of its own office: the foreign keys carry ``office_id``.
Each table's natural key is a unique constraint, kept in ``table.info["key"]``, so that writing a thing twice is harmless.
"""

import datetime
from typing import Any

import sqlalchemy as sa

from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterState

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(sa.TypeDecorator[datetime.datetime]):
    """A point in time, kept in UTC. A naive one is refused with ValueError: nobody could say what it means."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime.datetime | None, _dialect: sa.Dialect) -> datetime.datetime | None:
        """In UTC; raises ValueError for a naive value."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"the books take no time without a zone: {value.isoformat()}")
        return value.astimezone(datetime.UTC)

    def process_result_value(self, value: datetime.datetime | None, _dialect: sa.Dialect) -> datetime.datetime | None:
        """Aware, in UTC. SQLite keeps no zone, PostgreSQL answers in its session's."""
        if value is None:
            return None
        return value.replace(tzinfo=datetime.UTC) if value.tzinfo is None else value.astimezone(datetime.UTC)


def moment_of(text: str | None) -> datetime.datetime | None:
    """A moment that was written as ISO text."""
    return datetime.datetime.fromisoformat(text) if text else None


class Words(sa.TypeDecorator[str]):
    """Any text people or servers sent: what no database can hold (NUL, half a surrogate pair) is dropped or marked."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: sa.Dialect) -> str | None:
        """Storable as UTF-8."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """A text as the books hold it."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _state(kind: type[MessageState | LetterState]) -> sa.Enum:
    return sa.Enum(kind, native_enum=False, length=16, values_callable=lambda members: [m.value for m in members])


def _table(name: str, *parts: sa.Column[Any] | sa.Constraint | sa.Index, key: tuple[str, ...]) -> sa.Table:
    """A table of the office's rows: ``id``, ``office_id``, its own columns, its natural key."""
    return sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("office_id", sa.ForeignKey("office.id"), nullable=False),
        *parts,
        sa.UniqueConstraint(*key),
        info={"key": key},
    )


def _bytes_of(owner: str) -> sa.Table:
    """The table of the raw bytes of an owner's rows, each under the row's own id; none where they were cleared.

    Apart from the rows themselves, which are walked through and change often.
    """
    return sa.Table(
        f"{owner}_bytes",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("office_id", sa.Integer, nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(["office_id", "id"], [f"{owner}.office_id", f"{owner}.id"]),
        info={"key": ("id",)},
    )


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, Words, nullable=False, default="")


def _moment(name: str, *, optional: bool = False) -> sa.Column[datetime.datetime]:
    return sa.Column(name, Moment, nullable=optional)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, default=0)


def waiting() -> sa.ColumnElement[bool]:
    """The condition that a mail is still to be decided.

    Spelled out in the statement: SQLite uses an index of some rows only where no parameter hides which rows are meant.
    """
    return message.c.state == sa.literal(MessageState.RECEIVED, message.c.state.type, literal_execute=True)


def to_be_filed() -> sa.ColumnElement[bool]:
    """The condition that a mail was decided and still lies where it came in."""
    received = sa.literal(MessageState.RECEIVED, message.c.state.type, literal_execute=True)
    return sa.and_(message.c.state != received, message.c.filed_at.is_(None))


def untold() -> sa.ColumnElement[bool]:
    """The condition that a mail says something in words of which staff were not told yet."""
    return sa.and_(message.c.in_words, message.c.told_at.is_(None))


def in_hand() -> sa.ColumnElement[bool]:
    """The condition that a waiting mail is being worked on, or is not to be tried again before some moment."""
    claimed = message.c.taken_by != sa.literal("", literal_execute=True)
    return sa.and_(waiting(), sa.or_(claimed, message.c.lease_until.is_not(None)))


def unsettled() -> sa.ColumnElement[bool]:
    """The condition that a letter is to be sent, or is being sent."""
    states = (LetterState.QUEUED, LetterState.DEFERRED, LetterState.SENDING)
    return letter.c.state.in_([sa.literal(state, letter.c.state.type, literal_execute=True) for state in states])


def _index(name: str, *columns: sa.ColumnElement[Any], where: sa.ColumnElement[bool]) -> sa.Index:
    """An index of the rows of each office for which ``where`` holds."""
    table = columns[0].table
    return sa.Index(f"ix_{table.name}_{name}", table.c.office_id, *columns, sqlite_where=where, postgresql_where=where)


def _superseded() -> sa.Column[datetime.datetime]:
    """When a newer mail of the same reporter was decided that says the same thing anew; NULL while it holds."""
    return _moment("superseded_at", optional=True)


def _of_message(column: str = "message_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["office_id", column], ["message.office_id", "message.id"])


office = sa.Table(
    "office",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("slug", Words, nullable=False),
    _words("name"),
    sa.Column("secret", Words, nullable=False),
    _words("config"),  # path of the configuration with which it is run among many offices; empty: it is not
    _moment("entered_at", optional=True),
    _count("coverage"),  # which kinds of things its journal covers, see ``bot.store.journal_things``
    sa.UniqueConstraint("slug"),
    info={"key": ("slug",)},
)

message = _table(
    "message",
    _words("folder"),
    sa.Column("uidvalidity", sa.BigInteger, nullable=False),  # IMAP's numbers are unsigned 32 bits
    sa.Column("uid", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    _words("message_id"),
    _words("sender"),
    _words("subject"),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("oversize", sa.Boolean, nullable=False),
    _moment("received_at"),
    sa.Column("state", _state(MessageState), nullable=False),
    _words("outcome"),
    _words("why"),
    _words("circular"),
    _words("reporter"),
    sa.Column("as_of", sa.Date),
    _moment("decided_at", optional=True),
    _count("attempts"),
    _count("failures"),  # of the attempts, those that ended in an error of ours, not in silence
    _moment("lease_until", optional=True),  # until then its reader has it alone, or it waits to be tried again
    _words("taken_by"),  # the process that reads it
    _words("content"),  # digest of what it says, the same in every copy that was delivered
    sa.Column("turn", sa.BigInteger),  # when it is taken up, see ``bot.store.turn_order``; NULL while it is bytes only
    sa.Column("stranger", sa.Boolean, nullable=False, default=False),  # its sender is nobody the office knows
    sa.Column("fruitless", sa.Boolean, nullable=False, default=False),  # it brought nothing new
    _words("verdict"),  # what the receiving server said of the sender's identity
    _words("vouched_by"),  # the staff address that accepted a held mail
    sa.Column("in_words", sa.Boolean, nullable=False, default=False),  # it says something that a person should read
    _moment("told_at", optional=True),  # when staff were told of that
    _words("filed_to"),
    _moment("filed_at", optional=True),
    _moment("stub_since", optional=True),  # since when it is known to be a placeholder of a mail still to come
    _moment("stub_until", optional=True),  # when it is to be fetched again
    sa.UniqueConstraint("office_id", "id"),  # what the other tables point at
    sa.Index(None, "office_id", "state"),
    sa.Index(None, "office_id", "sha256", "state"),  # copies of a mail, by their bytes
    sa.Index(
        None, "office_id", "message_id", "content"
    ),  # and by what they say; some programs give all mails one identity
    sa.Index(None, "office_id", "circular", "reporter", "received_at"),  # each reporter's last mail
    sa.Index(None, "office_id", "sender", "received_at"),
    sa.Index(None, "office_id", "filed_to", "state"),  # what was held and is decided since
    sa.Index(None, "office_id", "reporter", "id"),  # as pages list them, the newest first
    key=("office_id", "folder", "uidvalidity", "uid"),
)
message_bytes = _bytes_of("message")
# What the desk looks for again and again, each an index of its own: none grows with the mails that are done.
_index("unsorted", message.c.received_at, message.c.id, where=message.c.turn.is_(None))
_index("turn", *(message.c[name] for name in ("attempts", "turn", "stranger", "received_at", "id")), where=waiting())
_index("sender_turn", message.c.sender, message.c.turn, where=waiting())
_index("in_hand", message.c.state, message.c.id, where=in_hand())
_index("to_be_filed", message.c.folder, message.c.uidvalidity, message.c.uid, where=to_be_filed())
_index("in_words", message.c.circular, message.c.id, where=message.c.in_words)
_index("words_listed", message.c.id, where=message.c.in_words)  # as a page lists them, the newest first
# with `told_at`, always NULL here, or SQLite would as soon go by the longer list above
_index("untold", message.c.told_at, message.c.id, where=untold())

finding = _table(
    "finding",
    sa.Column("message_id", sa.Integer, nullable=False),
    _count("position"),
    _words("code"),
    _words("severity"),
    _words("organisation"),
    _words("question"),
    _words("value"),
    _words("message"),
    _words("file"),
    _words("sheet"),
    _words("cell"),
    _of_message(),
    key=("message_id", "position"),
)

answer = _table(
    "answer",
    sa.Column("message_id", sa.Integer, nullable=False),
    _words("circular"),
    _words("reporter"),
    _words("organisation"),
    _words("question"),
    sa.Column("value", sa.JSON, nullable=False),  # true, false or text; the question's kind says what it is
    _words("evidence"),  # what stood beside a tick and proves it, or from what a figure was converted
    _words("file"),
    _words("sheet"),
    _words("cell"),
    _superseded(),
    _of_message(),
    sa.Index(None, "office_id", "circular", "superseded_at", "organisation"),
    key=("message_id", "organisation", "question"),
)

remark = _table(
    "remark",
    sa.Column("message_id", sa.Integer, nullable=False),
    _words("circular"),
    _words("reporter"),
    _words("key"),
    _words("text"),
    _words("file"),
    _words("sheet"),
    _words("cell"),
    _superseded(),
    _of_message(),
    sa.Index(None, "office_id", "circular", "superseded_at"),
    key=("message_id", "key"),
)

explanation = _table(
    "explanation",  # the reason for a figure that was asked after; it holds for that value, whichever mail says it
    sa.Column("message_id", sa.Integer, nullable=False),
    _words("circular"),
    _words("reporter"),
    _words("organisation"),
    _words("question"),
    sa.Column("value", sa.JSON, nullable=False),
    _words("text"),
    _words("file"),
    _words("sheet"),
    _words("cell"),
    _of_message(),
    sa.Index(None, "office_id", "circular"),
    key=("message_id", "organisation", "question"),
)

letter = _table(
    "letter",
    _words("kind"),
    _words("circular"),
    _words("about"),  # slugs of the circulars, with blanks between, where it concerns several
    _words("addressee"),
    _words("occasion"),
    _words("message_id"),  # the letter's own, without brackets
    _words("sender"),
    sa.Column("recipients", sa.JSON, nullable=False),
    sa.Column("remaining", sa.JSON, nullable=False),  # recipients not served yet
    _words("subject"),
    sa.Column("state", _state(LetterState), nullable=False),
    sa.Column("can_wait", sa.Boolean, nullable=False, default=True),  # behind those that staff and department wait for
    sa.Column("any_hour", sa.Boolean, nullable=False, default=False),  # at night and on days off too
    _count("attempt"),
    _count("repeats"),  # how often it was sent anew without knowing what became of it
    _words("taken_by"),  # the process that last had it in hand
    _moment("due_at"),
    _moment("queued_at"),
    _moment("changed_at"),
    _moment("sent_at", optional=True),
    _moment("sought_at", optional=True),  # when Sent was last looked into for it, since it is in doubt
    _moment("copied_at", optional=True),  # since when Sent holds a copy
    _moment("put_off_at", optional=True),  # when it last had to wait because too many went within the hour
    _words("detail"),
    sa.Column("refused", sa.JSON, nullable=False),
    sa.Column("occasioned_by", sa.Integer),
    _of_message("occasioned_by"),
    sa.UniqueConstraint("office_id", "message_id"),
    sa.Index(None, "office_id", "id", unique=True),  # what its bytes point at
    sa.Index(None, "office_id", "state", "due_at"),
    sa.Index(None, "office_id", "sent_at"),
    sa.Index(None, "office_id", "changed_at"),  # what went wrong lately
    sa.Index(None, "office_id", "addressee", "id"),  # as pages list them
    sa.Index(None, "office_id", "occasioned_by"),
    key=("office_id", "kind", "circular", "addressee", "occasion"),
)

letter_bytes = _bytes_of("letter")
_index("unsettled", *(letter.c[name] for name in ("can_wait", "due_at", "id")), where=unsettled())
_index(
    "unsettled_any_hour",
    *(letter.c[name] for name in ("can_wait", "due_at", "id")),
    where=sa.and_(unsettled(), letter.c.any_hour),
)

_index("put_off", letter.c.put_off_at, where=letter.c.put_off_at.is_not(None))

effect = _table(
    "effect",  # what a letter asked of a reporter about a circular, and when data came; not before the next letter: NULL
    sa.Column("letter_id", sa.Integer, nullable=False),
    _words("circular"),
    _words("reporter"),
    _words("step"),
    _moment("answered_at", optional=True),
    sa.ForeignKeyConstraint(["office_id", "letter_id"], ["letter.office_id", "letter.id"]),
    sa.Index(None, "office_id", "circular", "reporter", "letter_id"),  # the last letter before a mail
    key=("office_id", "letter_id", "circular"),
)

change = _table(
    "change",  # how often something about a circular was written
    _words("circular"),
    _count("count"),
    key=("office_id", "circular"),
)

ledger = _table(
    "ledger",
    _words("circular"),
    _words("reporter"),
    _words("step"),
    sa.Column("on", sa.Date, nullable=False),
    _words("action"),
    _words("ground"),
    key=("office_id", "circular", "reporter", "step"),
)

report = _table(
    "report",
    _words("circular"),
    sa.Column("version", sa.Integer, nullable=False),
    _words("fingerprint"),
    _words("reference"),
    sa.Column("content", sa.LargeBinary, nullable=False),
    _words("name"),
    _moment("made_at"),
    _words("approved_by"),
    _moment("dispatched_at", optional=True),
    key=("office_id", "circular", "version"),
)

registration = _table(
    "registration",  # what staff gave of the office's official letters
    _words("circular"),
    _words("paper"),  # which of its letters
    _words("number"),
    sa.Column("dated", sa.Date),
    _words("scan"),  # name of the scan's file
    sa.Column("content", sa.LargeBinary, nullable=False, default=b""),  # the scan
    _words("by"),
    _moment("at"),
    key=("office_id", "circular", "paper"),
)

wish = _table(
    "wish",  # what people asked for in words, said back to them, until it is confirmed or dropped
    _words("reference"),  # by which the word that follows names it
    sa.Column("wish", sa.JSON, nullable=False),
    _words("said"),  # the sentence by which it was said back
    _words("rests_on"),  # a mark of what that was said about
    _words("by"),
    _moment("at"),
    _words("circular"),
    sa.Column("message_id", sa.Integer, nullable=False),  # the mail that asked
    _words("state"),  # waiting, done, dropped or replaced
    _words("settled_by"),
    _moment("settled_at", optional=True),
    _of_message(),
    key=("office_id", "reference"),
)

holiday = _table(
    "holiday",  # days off and days worked that staff entered; no row is ever altered, the newest of a day holds
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("off", sa.Boolean, nullable=False),
    _words("because"),
    _words("by"),
    _moment("at"),
    key=("office_id", "day", "at"),
)

circular = _table(
    "circular",  # that staff started by mail; no row is ever altered
    _words("slug"),
    _words("said"),  # what circular.toml would hold, as JSON
    _words("by"),
    _moment("at"),
    _moment("ends"),  # its department's deadline, as it was started
    key=("office_id", "slug"),
)

roster = _table(
    "roster",  # that staff mailed back; no row is ever altered, the newest holds
    _words("said"),  # what it changes of the folder's, as JSON; "" where the folder's holds again
    _words("by"),
    _moment("at"),
    key=("office_id", "at"),
)

round_change = _table(
    "round_change",  # what became of a circular's round; no row is ever altered
    _words("circular"),
    _words("kind"),
    _words("whom"),  # key of a reporter or code of an organisation; "" for all
    _words("why"),
    _words("by"),
    _words("occasion"),  # what makes it the only one
    _moment("until", optional=True),  # the reporters' new deadline
    _moment("opens", optional=True),
    _moment("cutoff", optional=True),
    _moment("department", optional=True),
    _moment("at"),
    key=("office_id", "circular", "occasion"),
)

sign_in = _table(
    "sign_in",  # links by which people sign in to the page in the browser
    sa.Column("digest", sa.String(64), nullable=False),  # SHA-256 of what the link holds, which is nowhere else
    _words("address"),  # to whom it was sent
    sa.Column("browser", sa.String(64), nullable=False, default=""),  # digest of the asking one's mark; "": any
    _moment("at"),
    _moment("until"),
    _moment("spent_at", optional=True),
    sa.Index(None, "office_id", "address", "until"),
    key=("office_id", "digest"),
)

session = _table(
    "session",  # who is signed in to the page in the browser
    sa.Column("digest", sa.String(64), nullable=False),  # SHA-256 of what the browser's cookie holds
    _words("address"),
    _moment("at"),
    _moment("seen_at"),
    _moment("until"),
    _moment("ended_at", optional=True),
    sa.Index(None, "office_id", "until"),
    key=("office_id", "digest"),
)

baseline = _table(
    "baseline",  # how organisations stood at a day before the round
    _words("circular"),
    sa.Column("at", sa.Date, nullable=False),
    _words("organisation"),
    _words("question"),
    sa.Column("done", sa.Boolean, nullable=False),
    _words("file"),
    _words("sheet"),
    _words("cell"),  # "" where the list says so by not naming the organisation
    _moment("loaded_at"),
    key=("office_id", "circular", "at", "organisation", "question"),
)

mailbox = _table(
    "mailbox",
    _words("folder"),
    _words("holder"),  # the process that reads it
    _count("beats"),  # how often the lease was taken or renewed
    _moment("until"),  # when its lease ends unless renewed
    _moment("scanned_at", optional=True),  # when it was last read to its end
    _moment("since_at", optional=True),  # when it was first read: what lay in it then is not ours
    sa.Column("since_uidvalidity", sa.BigInteger, nullable=False, default=0),
    sa.Column("since_uid", sa.BigInteger, nullable=False, default=0),  # the first UID that is ours
    key=("office_id", "folder"),
)

withheld = _table(
    "withheld",  # mails that lie in the mailbox and that the server does not hand over
    _words("folder"),
    sa.Column("uidvalidity", sa.BigInteger, nullable=False),
    sa.Column("uid", sa.BigInteger, nullable=False),
    _moment("first_at"),  # when it was first asked for
    _moment("asked_at"),  # when it was last asked for
    _count("asked"),  # how often
    _count("breaks"),  # how often the connection broke over it
    sa.Column("size", sa.BigInteger, nullable=False, default=0),  # bytes, as the server counts them
    sa.Column("sha256", sa.String(64), nullable=False, default=""),  # of what came of it, the same `alike` times
    _count("alike"),
    _words("words"),  # the server's
    _words("sender"),
    _words("subject"),
    sa.Column("taken", sa.Boolean, nullable=False, default=False),  # into the books, as it came
    _moment("told_at", optional=True),  # when staff were told
    key=("office_id", "folder", "uidvalidity", "uid"),
)

address = _table(
    "address",
    _words("address"),  # lower case
    _words("reporter"),  # key; "" when none is meant
    _words("standing"),  # accepted, refused or bounced
    _words("why"),
    _words("by"),  # the staff address, or the Message-ID of the bounced letter
    _moment("at"),
    key=("office_id", "address", "standing"),  # trust and delivery are learned apart
)

task = _table(
    "task",  # what the department asked for in a mail, until somebody says that it is done
    sa.Column("message_id", sa.Integer, nullable=False),
    _words("circular"),
    _moment("opened_at"),
    _moment("done_at", optional=True),
    _words("done_by"),
    _of_message(),
    key=("office_id", "message_id"),
)
_index("open", task.c.message_id, where=task.c.done_at.is_(None))

dispute = _table(
    "dispute",  # a reporter says that what a mail reported in its name is not its own
    sa.Column("message_id", sa.Integer, nullable=False),  # the disputed mail
    _words("by"),
    _moment("at"),
    _moment("settled_at", optional=True),
    _words("settled_by"),
    sa.Column("upheld", sa.Boolean, nullable=False),  # it does not count; false: staff let it count
    _of_message(),
    key=("office_id", "message_id"),
)
_index("open", dispute.c.message_id, where=dispute.c.settled_at.is_(None))

journal = _table(
    "journal",  # the chain over what was received, decided, approved and sent; rows are only ever added
    sa.Column("number", sa.BigInteger, nullable=False),  # 1, 2, 3, ... of the office
    _moment("at", optional=True),  # NULL: it covers what was there when the chain began
    _words("kind"),
    sa.Column("covers", sa.Text, nullable=False),  # JSON: each thing to the SHA-256 of its content
    sa.Column("hash", sa.String(64), nullable=False),
    key=("office_id", "number"),
)
