"""Wishes that change something: by its verb what each brings about, and what it rests on. Pure.

The same functions say a wish back and carry it out: what was said is what is done, or nothing.
"""

import hashlib
from collections.abc import Callable, Mapping

from bot.office.rounds.instruction import Done
from bot.office.rules.addresses_by_words import address_added, address_removed, holders
from bot.office.rules.cell_by_words import corrected, held
from bot.office.rules.days_off_by_words import day_off, day_worked
from bot.office.rules.draft_declined import declined
from bot.office.rules.report_again import report_again
from bot.office.rules.rounds_by_words import (
    asked_again,
    closed,
    exempted,
    extended,
    reminded_again,
    reopened,
    spared,
)
from bot.office.rules.sent_at_once import forms_sent, reminded
from bot.office.rules.wish_asked import Asked
from bot.office.wishes.wish import Verb

CHANGES: Mapping[Verb, Callable[[Asked], Done]] = {
    Verb.EXTEND: extended,
    Verb.EXEMPT: exempted,
    Verb.LIFT: asked_again,
    Verb.NO_REMINDER: spared,
    Verb.REMIND_AGAIN: reminded_again,
    Verb.HOLIDAY: day_off,
    Verb.WORK_DAY: day_worked,
    Verb.CLOSE: closed,
    Verb.REOPEN: reopened,
    Verb.CORRECT: corrected,
    Verb.ADD_ADDRESS: address_added,
    Verb.REMOVE_ADDRESS: address_removed,
    Verb.DECLINE: declined,
    Verb.RESEND: report_again,
    # Done at once where the grammar understands them, and said back where they are only likely.
    Verb.SEND_FORM: forms_sent,
    Verb.REMIND: reminded,
}


def outcome_of(asked: Asked) -> Done:
    """What the wish brings about, in a sentence and as a decision; or why not."""
    return CHANGES[asked.wish.verb](asked)


def rests_on(asked: Asked) -> str:
    """A mark of all that the wish was said about: another one later means that it has changed meanwhile."""
    circular, facts, wish = asked.circular, asked.facts, asked.wish
    cell = held(asked) if wish.verb is Verb.CORRECT else None
    of_round = (
        circular.slug,
        circular.deadlines.model_dump_json(),
        sorted(circular.extended.items()),
        sorted(circular.exempt.items()),
        circular.closed,
        sorted(circular.round.spared),
        bool(asked.standing.dispatched),
    )
    stood = (
        of_round if asked.slug else (),
        asked.bureau.calendar.is_working(wish.day) if wish.day else None,
        (cell.value, cell.message) if cell else None,
        len(facts.drafts) if wish.verb is Verb.DECLINE else 0,
        (facts.report.id, facts.report.attempt, facts.report.state)
        if facts.report and wish.verb is Verb.RESEND
        else (),
        sorted((c.reporter.key, c.reporter.addresses) for c in (*holders(asked), *asked.contacts))
        if wish.address
        else (),
    )
    return hashlib.sha256(repr(stood).encode()).hexdigest()[:32]
