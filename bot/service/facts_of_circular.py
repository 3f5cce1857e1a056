"""What the books know about one circular, as the facts that a decision is taken from."""

import dataclasses
from collections.abc import Collection, Sequence

from bot.office.decision import Facts
from bot.office.letters.letter import STAFF
from bot.office.model.ledger import REQUEST
from bot.office.model.recorded_answer import Values
from bot.office.model.report_draft import Draft, Drafted, compared_with
from bot.office.rules.draft_declined import DECLINED, IN_SPITE
from bot.service.context import House


def with_answers(house: House, slug: str, facts: Facts, of: Collection[str] | None = None) -> Facts:
    """The facts with what a reporter's mail about a circular is decided from."""
    reasons = house.books.reasons(slug)
    last = values_before(house, slug)
    return dataclasses.replace(
        facts,
        answers=house.books.answers(slug, reasons=reasons, before=last, of=of),
        reasons=reasons,
        last=last,
        drafts=house.books.drafts(slug),
        secret=house.books.secret,
    )


def with_circular(house: House, slug: str, facts: Facts) -> Facts:
    """The facts with all that the books know about one circular: staff alone may bring about a draft or a report."""
    books = house.books
    facts = with_answers(house, slug, facts)
    reports = books.reports_of(slug)
    return dataclasses.replace(
        facts,
        remarks=books.remarks(slug),
        drafts=books.with_newest_file(facts.drafts),
        disagreements=books.disagreements(slug),
        before=as_drafted(house, slug, facts.drafts),
        words=books.words_about(slug),
        shown=books.words_shown(slug),
        registered=books.registered(slug),
        stand=books.stand(slug),
        reports=reports,
        report=next(iter(books.fates(identifiers=reports[-1:])), None) if reports else None,
        requested=books.was_taken(slug, REQUEST),
        last_mail=books.last_mail(slug),
        declined=_declined(house, slug, facts.drafts),
    )


def _declined(house: House, slug: str, drafts: Sequence[Draft]) -> str:
    """Why staff turned the newest draft down; "" where nobody did, or who approves it was told of that."""
    version = drafts[-1].version if drafts else 0
    steps = {entry.step: entry.ground for entry in house.books.ledger(slug, STAFF)} if version else {}
    return "" if f"{IN_SPITE}{version}" in steps else steps.get(f"{DECLINED}{version}", "")


def as_drafted(house: House, slug: str, drafts: Sequence[Draft]) -> Drafted:
    """A circular as the report that went had it, or else the last of its drafts."""
    if (base := compared_with(drafts)) is None:
        return Drafted()
    books, made = house.books, base.made
    return Drafted(books.answers(slug, made, before=values_before(house, slug)), books.remarks(slug, made))


def values_before(house: House, slug: str) -> Values:
    """What was usual the time before; nothing where the circular follows none, or is not the office's any more."""
    circular = house.bureau.circulars.get(slug)
    return house.books.usual_values(circular.follows if circular else None)
