"""Small mails, letters and decisions for the tests of the books, with the least that each needs."""

import dataclasses
import datetime
import itertools
from typing import Any

from bot.office.decision import Decision
from bot.office.letters.enclosures import ReadyFile
from bot.office.letters.letter import Letter, LetterKind, Rendered
from bot.office.model.received_mail import Arrival, MessageState
from parsers.findings import Place
from parsers.reading import Answer

NOW = datetime.datetime(2024, 11, 20, 2, 0, tzinfo=datetime.UTC)  # nine in the morning in Bangkok
MINUTE = datetime.timedelta(minutes=1)
HEAD = (
    b"From: =?utf-8?b?4Lil4Lit4LiH?= <Long@Phrae.example>\r\nSubject: w5827\r\nMessage-ID: <m%d@long.example>\r\n\r\n"
)

_numbers = itertools.count(1)


def arrival(uid: int, *, body: bytes = b"", at: datetime.datetime = NOW, folder: str = "INBOX") -> Arrival:
    """A mail of the district Long; its bytes depend on ``uid`` and ``body`` alone."""
    raw = HEAD % uid + (body or b"body %d\r\n" % uid)
    return Arrival(folder, 7, uid, raw, at, len(raw))


def answers(*values: tuple[str, str, bool | str]) -> tuple[Answer, ...]:
    """Answers from (organisation, question, value), each with a cell of its own."""
    return tuple(
        Answer(organisation, question, value, Place("form.xlsx", "แบบรายงาน", f"C{row}"))
        for row, (organisation, question, value) in enumerate(values, 7)
    )


def said(*values: tuple[str, str, bool | str], reporter: str = "long", **more: Any) -> Decision:
    """The decision on a mail that gave these answers."""
    return Decision(
        MessageState.DECIDED, "accepted", circular="w5827", reporter=reporter, answers=answers(*values), **more
    )


def letter(occasion: str = "one", *, kind: LetterKind = LetterKind.RECEIPT, identity: str = "", **more) -> Rendered:
    """A rendered letter to the district Long; ``identity`` is its Message-ID, a new one when empty."""
    to = more.pop("to", ("long@phrae.example",))
    circular = more.pop("circular", "w5827")
    written = Letter(kind, circular, more.pop("addressee", "long"), occasion, to, "เรื่อง", {})
    written = dataclasses.replace(written, cannot_wait=more.pop("cannot_wait", False))
    identity = identity or f"l{next(_numbers)}@office.example"
    raw = f"Message-ID: <{identity}>\r\n\r\n".encode()
    return Rendered(written, identity, "office@phrae.example", to, raw, more.pop("due", NOW), **more)


def draft_letter(version: int, content: bytes = b"PK figures") -> Rendered:
    """The letter that brings staff a drafted report."""
    files = (ReadyFile("report.xlsx", content), ReadyFile("letter.pdf", b"%PDF"))
    return letter(f"v{version}", kind=LetterKind.DRAFT, addressee="staff", files=files)


def receive(office, mails):
    """Receive mails and sort them, as the desk does before it takes one up. Their ids."""
    numbers = office.receive(mails)
    office.sort_mails()
    return numbers


def steps_of(office, action) -> int:
    """How many instructions SQLite's machine takes for it, and the rows it hands over stand for nothing else."""
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    with office._database._engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.set_progress_handler(count, 1)
    try:
        action()
    finally:
        driver.set_progress_handler(None, 0)
    return steps
