"""One office at work: what it knows, its books, its sandbox; and the one way in which a decision gets into the books."""

import datetime
from dataclasses import dataclass

import structlog

from bot.documents.mail import Desk, render
from bot.office.bureau import Bureau
from bot.office.decision import Decision
from bot.store.books import OfficeBooks
from parsers.sandbox import Sandbox

log = structlog.get_logger()


@dataclass(frozen=True)
class House:
    """One office at work: what it knows, its books, and the sandbox it reads in."""

    bureau: Bureau
    books: OfficeBooks
    sandbox: Sandbox


def record(house: House, decision: Decision, message: int | None, now: datetime.datetime) -> None:
    """Render a decision's letters and write all of it in one transaction."""
    desk = Desk(house.bureau.office, house.bureau.roster, house.books.secret, now)
    letters = [render(letter, desk) for letter in decision.letters]
    house.books.commit(decision, letters, message=message, now=now)
    for rendered in letters:
        log.info("queued", action="queue", kind=rendered.letter.kind, to=len(rendered.recipients))
