"""Books of a large office for ``tests.bench.desk``: 200 open circulars, 100,000 mails and as many letters; this is no test.

Some mails come with their forms and are decided as ever, some letters are written; the other rows are put in in bulk, past the
office's own ways.
"""

import dataclasses
import datetime
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.office.model.ledger import REQUEST
from bot.office.model.outcomes import DOUBTED
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterState
from bot.store import schema
from tests.bot.desk.conftest import DeskOffice
from tests.field.office_of_paper import mail

CIRCULARS, MAILS, LETTERS = 200, 100_000, 100_000
WHOLE = 24  # mails that have their bytes; so many are looked at, each once
SHARE = 0.6  # of the organisations that have answered
OFFICE = 1
LATE = 10  # every tenth circular is past its day for reporters, every tenth comes near it


def filled(folder: Path) -> DeskOffice:
    """The office with its books full; those that lie in the folder, where some do."""
    before = (folder / "books.db").exists()
    office = DeskOffice(folder)
    if not before:
        _decided(office)
    slugs = _with_circulars(office)
    if not before:
        _in_bulk(office, folder, slugs)
    return office


def _decided(office: DeskOffice) -> None:
    """Mails with their forms, each by the next reporter, decided one by one; then all is in, and a draft is made."""
    reporters = [each.reporter for each in office.bureau.roster.contacts if each.reporter.addresses]
    for number, reporter in zip(range(WHOLE), itertools.cycle(reporters)):
        form = office.filled(reporter.key, "✓" if number % 2 else "X")
        office.take(mail(reporter.addresses[0], f"ขอส่งรายงานครั้งที่ {number} ค่ะ", form=form))


def _with_circulars(office: DeskOffice) -> list[str]:
    base = office.bureau.circulars["w5827"]
    circulars = {"w5827": base}
    for number in range(1, CIRCULARS):
        days = base.deadlines
        by = office.now - datetime.timedelta(days=3) if number % LATE == 0 else None
        by = office.now + datetime.timedelta(hours=20) if number % LATE == 1 else by
        own = {"deadlines": days.model_copy(update={"reporters": by})} if by else {}
        circulars[f"c{number}"] = base.model_copy(update={"slug": f"c{number}", **own})
    office.bureau = dataclasses.replace(office.bureau, circulars=circulars)
    office.house = dataclasses.replace(office.house, bureau=office.bureau)
    return list(circulars)


def _in_bulk(office: DeskOffice, folder: Path, slugs: list[str]) -> None:
    engine = sa.create_engine(f"sqlite:///{folder}/books.db")
    with engine.connect() as connection:
        first = 1 + (connection.scalar(sa.select(sa.func.max(schema.message.c.id))) or 0)
    rows = (
        (schema.message, _mails(office, slugs)),
        (schema.letter, _letters(office, slugs)),
        (schema.answer, _answers(office, slugs, first)),
        (schema.ledger, _steps(office, slugs)),
    )
    for table, made in rows:
        _written(engine, table, made)
    engine.dispose()


def _written(engine: sa.Engine, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    rows = iter(rows)
    with engine.begin() as connection:
        while some := list(itertools.islice(rows, 5_000)):
            connection.execute(sa.insert(table), some)


def _mails(office: DeskOffice, slugs: list[str]) -> Iterator[dict[str, Any]]:
    """Nearly all done; some are held, some say something in words."""
    senders = [contact.reporter for contact in office.bureau.roster.contacts if contact.reporter.addresses]
    for number in range(MAILS):
        reporter, done = senders[number % len(senders)], number % 2_000
        at = office.now - datetime.timedelta(minutes=MAILS - number) / 10
        yield {
            "office_id": OFFICE,
            "folder": "INBOX",
            "uidvalidity": 9,
            "uid": number + 1,
            "sha256": f"{number:064x}",
            "message_id": f"{number}@bench.example",
            "sender": reporter.addresses[0],
            "size": 9_000,
            "turn": number,
            "subject": f"ส่งรายงาน ครั้งที่ {number}",
            "oversize": False,
            "received_at": at,
            "decided_at": at,
            "state": MessageState.DECIDED if done else MessageState.HELD,
            "outcome": "accepted" if done else DOUBTED,
            "circular": slugs[number % len(slugs)],
            "reporter": reporter.key,
            "in_words": done == 1,
            "told_at": at,
        }


def _letters(office: DeskOffice, slugs: list[str]) -> Iterator[dict[str, Any]]:
    """Nearly all sent, over the months."""
    contacts = office.bureau.roster.contacts
    for number in range(LETTERS):
        reporter, at = (
            contacts[number % len(contacts)].reporter,
            office.now - datetime.timedelta(minutes=LETTERS - number),
        )
        yield {
            "office_id": OFFICE,
            "kind": "receipt",
            "circular": slugs[number % len(slugs)],
            "addressee": reporter.key,
            "occasion": f"bench-{number}",
            "message_id": f"l{number}@bench.example",
            "recipients": ["a@b.example"],
            "remaining": [],
            "subject": f"ได้รับรายงานแล้ว {number}",
            "state": LetterState.SENT if number % 1_000 else LetterState.FAILED,
            "due_at": at,
            "queued_at": at,
            "changed_at": at,
            "sent_at": at,
            "refused": {},
        }


def _answers(office: DeskOffice, slugs: list[str], first: int) -> Iterator[dict[str, Any]]:
    """Of each further circular the same share of the organisations, each answer on a mail of its circular."""
    form, organisations = office.bureau.circulars[slugs[0]].form, office.bureau.roster.organisations
    some = organisations[: int(len(organisations) * SHARE)]
    reporter = {
        code: each.reporter.key for each in office.bureau.roster.contacts for code in each.reporter.organisations
    }
    for at, slug in enumerate(slugs[1:], 1):
        for organisation, question in itertools.product(some, form.question):
            yield {
                "office_id": OFFICE,
                "message_id": first + at,
                "circular": slug,
                "organisation": organisation.code,
                "reporter": reporter.get(organisation.code, organisation.code),
                "question": question.key,
                "value": True,
                "cell": "D8",
            }


def _steps(office: DeskOffice, slugs: list[str]) -> Iterator[dict[str, Any]]:
    """Three letters of each further circular to each reporter."""
    day = office.now.date()
    for slug, contact in itertools.product(slugs[1:], office.bureau.roster.contacts):
        for back, step in ((9, REQUEST), (5, "before-3"), (1, f"overdue-{day}")):
            yield {
                "office_id": OFFICE,
                "circular": slug,
                "reporter": contact.reporter.key,
                "step": step,
                "on": day - datetime.timedelta(days=back),
                "action": "sent",
                "ground": "1 of 1 organisations open",
            }
