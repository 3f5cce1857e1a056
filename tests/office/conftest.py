"""The shipped office at work, on paper: no mailbox, no books."""

import dataclasses
import datetime
from types import SimpleNamespace

import pytest

from bot.office.decision import Facts
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import LedgerEntry
from bot.office.model.received_mail import Inboxed
from bot.office.model.recorded_answer import Recorded
from bot.office.model.report_draft import Draft
from bot.office.model.rollup import fingerprint, roll_up
from parsers.findings import Place
from parsers.reading import Answer, Mail, MailKind, Outcome, Reading
from tests.setup.shipped import bureau_at_work

YES = True


@pytest.fixture(scope="session")
def bureau():
    return bureau_at_work()


@pytest.fixture(scope="session")
def circular(bureau):
    return bureau.circulars["w5827"]


def moment(text: str) -> datetime.datetime:
    """``2024-11-22 09:00`` in office time."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


class Desk:
    """The office's papers for one circular: keeps what decisions say, as the books would."""

    def __init__(self, bureau, circular) -> None:
        self.bureau = bureau
        self.circular = circular
        self.known: tuple[Recorded, ...] = ()
        self.ledger: list[LedgerEntry] = []
        self.drafts: list[Draft] = []
        self.letters: dict[tuple, object] = {}
        self.refused: list[tuple] = []

    def standing(self) -> Standing:
        return Standing(self.circular, self.known, {}, tuple(self.drafts))

    def facts(self, answered=()) -> Facts:
        return Facts(self.known, (), tuple(self.drafts), tuple(answered))

    def answer(self, *codes: str, value: bool = True) -> None:
        """Record full answers for these organisations."""
        new = tuple(
            Recorded(code, q.key, value, 1, "x@y.example", moment("2024-11-21 10:00"), "", Place("f", "s", "C4"), "r")
            for code in codes
            for q in self.circular.form.asked
        )
        kept = tuple(r for r in self.known if r.organisation not in codes)
        self.known = kept + new

    def answer_all(self, *, value: bool = True) -> None:
        self.answer(*(o.code for o in self.bureau.roster.organisations), value=value)

    def keep(self, decision) -> list:
        """Enter a decision; returns its letters. A letter whose key was used before is noted as refused."""
        if decision is None:
            return []
        for letter in decision.letters:
            if letter.key in self.letters:
                self.refused.append(letter.key)
            self.letters[letter.key] = letter
        steps = {(entry.reporter, entry.step) for entry in self.ledger}
        self.ledger += [entry for entry in decision.ledger if (entry.reporter, entry.step) not in steps]
        self.drafts += [dataclasses.replace(d, content=b"workbook", name="report.xlsx") for d in decision.drafts]
        if decision.approval:
            done = decision.approval
            self.drafts = [
                dataclasses.replace(d, approved_by=done.by, dispatched=d.made) if d.version == done.version else d
                for d in self.drafts
            ]
        return list(decision.letters)

    def figures(self) -> str:
        return fingerprint(roll_up(self.circular, self.bureau.roster, self.known, (), datetime.date(2024, 12, 1)))


@pytest.fixture
def desk(bureau, circular):
    return Desk(bureau, circular)


def mail(sender: str, subject: str = "Re: [w5827]", text: str = "", references=(), kind=MailKind.OTHER) -> Mail:
    return Mail(kind, "m1@x.example", tuple(references), sender, "", (), subject, moment("2024-11-21 10:00"), text)


def reading_from(sender: str, *codes: str, reporter: str | None = None, **changes) -> Reading:
    """A reading of full answers for these organisations."""
    questions = ("s10_announced", "s10_posted", "s16_ordered", "s16_posted")
    answers = tuple(Answer(code, key, YES, Place("f.xlsx", "s", "C4")) for code in codes for key in questions)
    found = Reading(
        circular="w5827",
        reporter=reporter,
        known=reporter is not None,
        answers=answers,
        outcome=Outcome.ACCEPTED if codes else Outcome.REJECTED,
        mail=mail(sender),
    )
    return dataclasses.replace(found, **changes)


def inboxed(sha: str = "ab" * 32, *, oversize: bool = False) -> Inboxed:
    return Inboxed(1, b"", sha, moment("2024-11-21 10:00"), 1000, oversize)


@pytest.fixture(scope="session")
def papers():
    """The builders above, for tests that cannot import this file."""
    return SimpleNamespace(moment=moment, mail=mail, reading_from=reading_from, inboxed=inboxed)
