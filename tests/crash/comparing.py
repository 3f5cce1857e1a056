"""What became of every mail, seen from outside: the books' file, the mailbox's folders, the outgoing server's log.

Nothing of the bot is asked here but its rows; what should stand in them is known from the mails that were posted.
"""

import contextlib
import dataclasses
import datetime
import email
import email.policy
import imaplib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from bot.demo.mail_servers import LOOPBACK
from tests.crash.people import HELD, UNREADABLE, Posted, Values
from tests.crash.post import Post
from tests.setup.moved_clock import office_now

ANSWERS = ("receipt", "correction")
UNKNOWABLE = "killed between the server's acceptance and its note in the books"
OPEN = "('queued', 'deferred', 'sending')"


class Line(NamedTuple):
    """A letter as the books hold it."""

    kind: str
    state: str
    attempts: int
    repeats: int  # of these, begun without knowing what became of the one before
    recipients: str
    mail: int | None  # the row of the mail it answers


@dataclass
class Findings:
    """What became of it all, in words."""

    letters: int = 0

    lost: list[str] = field(default_factory=list)  # not in the books, or not put aside
    counted_twice: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)  # rows that differ from what the mail said, or the wrong folder
    stale: list[str] = field(default_factory=list)  # the value that holds is not the newest mail's
    unanswered: list[str] = field(default_factory=list)
    answered_twice: list[str] = field(default_factory=list)  # by different letters
    stuck: list[str] = field(default_factory=list)  # letters that never went
    doubled: list[str] = field(default_factory=list)  # the same letter delivered more than once, and why
    unexplained: list[str] = field(default_factory=list)  # the same, though it was known to be sent

    parked: list[str] = field(default_factory=list)  # mails whose reading was killed too often: a person looks
    undecided: list[str] = field(default_factory=list)  # letters whose sender was killed twice: a person decides

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(*(getattr(self, each.name) + getattr(other, each.name) for each in dataclasses.fields(self)))

    @property
    def faults(self) -> list[str]:
        """Everything that must not be."""
        broken = ("lost", "counted_twice", "misread", "stale", "unanswered", "answered_twice", "stuck", "unexplained")
        return [f"{name}: {one}" for name in broken for one in getattr(self, name)]


def ask(books: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of the books, read without a lock that the daemon could feel; none while there are no tables yet."""
    with contextlib.closing(sqlite3.connect(f"file:{books}?mode=ro", uri=True, timeout=10)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'letter'").fetchone()[0]:
                raise
            return []


def unfinished(books: Path, mails: int) -> int:
    """How many mails and letters still wait for the daemon; those that wait for the end of a dead one's claim excepted."""
    (here, open_mails), *_ = ask(
        books, "SELECT count(*), sum(state = 'received' OR filed_at IS NULL) FROM message"
    ) or [(0, 0)]
    now = office_now().astimezone(datetime.UTC).strftime("%Y-%m-%d %H:%M:%S")  # the daemon's clock, not the database's
    due = f"SELECT count(*) FROM letter WHERE state = 'queued' AND due_at <= '{now}'"
    (letters,), *_ = ask(books, due) or [(0,)]
    return mails - here + (open_mails or 0) + letters


def waiting(books: Path) -> int:
    """Letters not sent yet, for whatever reason."""
    return int(ask(books, f"SELECT count(*) FROM letter WHERE state IN {OPEN}")[0][0])


def compare(mails: Sequence[Posted], books: Path, post: Post, kills: Sequence[float]) -> Findings:
    """Every promise against what is there. ``kills``: when the daemon died, by the wall clock, rising."""
    found = Findings()
    parked = {one for (one,) in ask(books, "SELECT message_id FROM message WHERE outcome = 'parked'")}
    found.parked = [f"{mail.message_id} ({mail.kind})" for mail in mails if mail.message_id in parked]
    mails = [
        dataclasses.replace(mail, shelf=UNREADABLE, answered=mail.shelf != HELD, values={})
        if mail.message_id in parked
        else mail
        for mail in mails
    ]
    rows: dict[str, list[int]] = {}
    for row, message_id in ask(books, "SELECT id, message_id FROM message"):
        rows.setdefault(message_id, []).append(row)
    _compare_folders(found, mails, rows, folders(post))
    _compare_values(found, mails, rows, books)
    _compare_letters(found, mails, books, _delivered(post, kills))
    return found


def folders(post: Post) -> dict[str, Counter[str]]:
    """The Message-IDs in each folder of the office's mailbox."""
    held = {}
    with imaplib.IMAP4(LOOPBACK, post.imap_port) as imap:
        imap.login(post.user, post.password)
        _, listed = imap.list()
        names = [re.findall(rb'"([^"]*)"|(\S+)$', line)[-1] for line in listed if isinstance(line, bytes)]
        for quoted, bare in names:
            folder = (quoted or bare).decode()
            selected, (count,) = imap.select(f'"{folder}"', readonly=True)
            if selected != "OK":  # a mere parent of folders
                continue
            heads: list[Any] = []
            if count and int(count):
                _, heads = imap.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            texts = [part[1].decode() for part in heads if isinstance(part, tuple)]
            held[re.split(r"[/.]", folder)[-1]] = Counter(re.findall(r"<(.*?)>", "\n".join(texts)))
    return held


def _compare_folders(
    found: Findings, mails: Sequence[Posted], rows: dict[str, list[int]], held: dict[str, Counter[str]]
) -> None:
    for mail in mails:
        count = len(rows.get(mail.message_id, ()))
        places = {name: ids[mail.message_id] for name, ids in held.items() if ids[mail.message_id]}
        name = f"{mail.message_id} ({mail.kind})"
        if not count:
            found.lost.append(f"{name} is not in the books")
        elif count > 1:
            found.counted_twice.append(f"{name} has {count} rows")
        if not places or "INBOX" in places:
            found.lost.append(f"{name} lies in {places}")
        elif places != {mail.shelf: 1}:
            found.misread.append(f"{name} lies in {places}, not in {mail.shelf}")
    for strange in rows.keys() - {mail.message_id for mail in mails}:
        found.counted_twice.append(f"{strange} was never posted")


def _compare_values(found: Findings, mails: Sequence[Posted], rows: dict[str, list[int]], books: Path) -> None:
    said: dict[int, Values] = {}
    for row, organisation, question, value in ask(
        books, "SELECT message_id, organisation, question, value FROM answer"
    ):
        values = said.setdefault(row, {})
        if (organisation, question) in values:
            found.counted_twice.append(f"message {row}: {organisation} {question}")
        values[organisation, question] = json.loads(value)
    expected: Values = {}
    holding: Values = {}
    for mail in mails:
        expected |= mail.values
        mine = [said.get(row, {}) for row in rows.get(mail.message_id, ())]
        if mine and mine[-1] != mail.values:
            wrong = dict(mine[-1].items() ^ mail.values.items())
            found.misread.append(f"{mail.message_id} ({mail.kind}): {len(wrong)} of {len(mail.values)} cells differ")
    newest = "SELECT a.organisation, a.question, a.value FROM answer a JOIN message m ON m.id = a.message_id ORDER BY m.received_at, m.id"
    for organisation, question, value in ask(books, newest):
        holding[organisation, question] = json.loads(value)
    found.stale += [
        f"{cell}: {holding.get(cell)} instead of {value}"
        for cell, value in expected.items()
        if holding.get(cell) is not value
    ]


def _compare_letters(found: Findings, mails: Sequence[Posted], books: Path, delivered: "Delivered") -> None:
    """Each letter of the books against the log, each mail against its answers."""
    query = "SELECT message_id, kind, state, attempt, repeats, recipients, occasioned_by FROM letter"
    letters = {row[0]: Line(*row[1:]) for row in ask(books, query)}
    left = {line.mail for line in letters.values() if line.state == "unknown"}
    rows = dict(ask(books, "SELECT message_id, id FROM message"))
    for mail in mails:
        count = len(delivered.answers.get(mail.message_id, ()))
        if count < mail.answered and rows.get(mail.message_id) not in left:
            found.unanswered.append(f"{mail.message_id} ({mail.kind})")
        elif count > mail.answered:
            found.answered_twice.append(f"{mail.message_id} ({mail.kind}): {count} letters")
    found.letters = len(letters)
    for identity, line in letters.items():
        missing = sum((one, identity) not in delivered.times for one in json.loads(line.recipients))
        words = f"{line.kind} {identity}: {line.state}, {line.attempts} attempts, {missing} recipients without it"
        if line.state == "unknown":
            found.undecided.append(words)
        elif line.state != "sent" or missing:
            found.stuck.append(words)
    nobody = Line("letter not in the books", "", 0, 0, "[]", None)
    for (address, identity), times in delivered.times.items():
        line = letters.get(identity, nobody)
        if len(times) > 1:
            words = f"{line.kind} to {address}: {len(times)} times, {line.attempts} attempts; {delivered.why(times)}"
            known = line.attempts < len(times) or line.repeats < len(times) - 1
            (found.unexplained if known else found.doubled).append(words)


@dataclass
class Delivered:
    """What the outgoing server's log holds."""

    kills: Sequence[float]
    times: dict[tuple[str, str], list[float]] = field(default_factory=dict)  # by address and letter
    answers: dict[str, set[str]] = field(default_factory=dict)  # the different answers to each mail

    def why(self, times: Sequence[float]) -> str:
        """Why nobody could know that a letter had gone: how soon after each of its deliveries but the last came a kill."""
        gaps = [min((kill - at for kill in self.kills if kill >= at), default=float("inf")) for at in times[:-1]]
        return f"{UNKNOWABLE} ({', '.join(f'{gap * 1000:.0f} ms' for gap in gaps)})"


def _delivered(post: Post, kills: Sequence[float]) -> Delivered:
    found = Delivered(kills)
    for at, address, raw in post.taken():
        letter = email.message_from_bytes(raw, policy=email.policy.default)
        identity = str(letter["Message-ID"]).strip("<>")
        found.times.setdefault((address, identity), []).append(at)
        if letter["X-Ruam-Kind"] in ANSWERS:
            found.answers.setdefault(str(letter["In-Reply-To"]).strip("<>"), set()).add(identity)
    return found
