"""What each page of the desk costs with 200 open circulars and 100,000 mails: milliseconds and statements; this is no test.

    .venv/bin/python -m tests.bench.desk [FOLDER]

Rows are written in bulk, past the office's own ways; pages are then asked for as a browser would, a third of a second apart by the
desk's clock, so that what may be a minute old is made anew as often as in use.
"""

import dataclasses
import datetime
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.desk.look import PATHS, served
from bot.desk.pages.table import PAGES
from bot.office.model.received_mail import Arrival, MessageState
from bot.office.model.sent_letter import LetterState
from bot.store import schema
from parsers.child_process.sandbox import Sandbox
from tests.bot.desk.conftest import DeskOffice
from tests.field.office_of_paper import DEN_CHAI, mail

CIRCULARS, MAILS, LETTERS = 200, 100_000, 100_000
TIMES = 20  # requests of each page
APART = datetime.timedelta(seconds=0.3)
SHARE = 0.6  # of the organisations that have answered
OFFICE = 1


def rows_of_mails(office: DeskOffice, slugs: list[str]) -> Iterator[dict[str, Any]]:
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
            "outcome": "accepted" if done else "held",
            "circular": slugs[number % len(slugs)],
            "reporter": reporter.key,
            "in_words": done == 1,
            "told_at": at,
        }


def rows_of_letters(office: DeskOffice, slugs: list[str]) -> Iterator[dict[str, Any]]:
    """All sent."""
    contacts = office.bureau.roster.contacts
    for number in range(LETTERS):
        reporter, at = contacts[number % len(contacts)].reporter, office.now - datetime.timedelta(hours=1)
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
            "state": LetterState.SENT,
            "due_at": at,
            "queued_at": at,
            "changed_at": at,
            "sent_at": at,
            "refused": [],
        }


def rows_of_answers(office: DeskOffice, slugs: list[str], first: int) -> Iterator[dict[str, Any]]:
    """Of each circular the same share of the organisations, each answer on a mail of its circular."""
    form, organisations = office.bureau.circulars[slugs[0]].form, office.bureau.roster.organisations
    some = organisations[: int(len(organisations) * SHARE)]
    for at, slug in enumerate(slugs):
        for organisation, question in itertools.product(some, form.question):
            yield {
                "office_id": OFFICE,
                "message_id": first + at,
                "circular": slug,
                "organisation": organisation.code,
                "reporter": DEN_CHAI.partition("@")[0],
                "question": question.key,
                "value": True,
                "cell": "D8",
            }


def written(engine: sa.Engine, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    """Rows in bulk."""
    rows = iter(rows)
    with engine.begin() as connection:
        while some := list(itertools.islice(rows, 5_000)):
            connection.execute(sa.insert(table), some)


def filled(folder: Path) -> DeskOffice:
    """The office with its books full."""
    office = DeskOffice(folder)
    base = office.bureau.circulars["w5827"]
    more = {f"c{number}": base.model_copy(update={"slug": f"c{number}"}) for number in range(1, CIRCULARS)}
    circulars = {"w5827": base, **more}
    office.bureau = dataclasses.replace(office.bureau, circulars=circulars)
    object.__setattr__(office.desk, "house", dataclasses.replace(office.desk.house, bureau=office.bureau))
    raw = mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=office.filled())
    engine = sa.create_engine(f"sqlite:///{folder}/books.db")
    written(engine, schema.message, rows_of_mails(office, list(circulars)))
    with engine.connect() as connection:
        first = connection.scalar(sa.select(sa.func.min(schema.message.c.id))) or 0
    written(engine, schema.letter, rows_of_letters(office, list(circulars)))
    written(engine, schema.answer, rows_of_answers(office, list(circulars), first))
    engine.dispose()
    office.house.books.receive([Arrival("INBOX", 7, 1, raw, office.now, len(raw))])
    return office


def measured(office: DeskOffice) -> None:
    """Every page by its first look, the median of the others, the slowest, and its statements."""
    counted: list[str] = []
    sa.event.listen(sa.Engine, "before_cursor_execute", lambda *said: counted.append(said[2]))
    browser = office.signed_in()
    wanted = {"slug": "w5827", "key": "den-chai", "number": str(MAILS + 1)}
    for name in ("circulars", *PAGES):
        path = served(name, **{key: value for key, value in wanted.items() if f"{{{key}}}" in PATHS[name]})
        path = {"letter": "/letters/1", "search": "/search?q=เด่นชัย"}.get(name, path)
        took = []
        for _ in range(TIMES + 1):
            office.now += APART
            counted.clear()
            began = time.perf_counter()
            answer = browser.get(path)
            took.append(1_000 * (time.perf_counter() - began))
            assert answer.status_code == 200, (name, answer.status_code)
        said = f"first {took[0]:8.0f} ms  median {statistics.median(took[1:]):6.0f} ms  slowest {max(took[1:]):6.0f} ms"
        print(f"{name:10} {said}  {len(counted):3} statements  {len(answer.content) // 1024:5} kB", flush=True)


def main(folder: Path) -> None:
    """Fill and measure."""
    office = filled(folder)
    with Sandbox() as sandbox:
        object.__setattr__(office.desk, "house", dataclasses.replace(office.desk.house, sandbox=sandbox))
        measured(office)
    office.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
