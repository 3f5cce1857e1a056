"""What counts of the answers of an organisation, and who still owes what.

Of two answers to one question the later mail counts; an answer that the form no longer fits counts as not given.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.office.model.asked_files import owed_files
from bot.office.model.circular import Circular
from bot.office.model.queries import Query, queries_of
from bot.office.model.recorded_answer import Recorded
from bot.office.model.roster import Roster
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question
from parsers.reading import Organisation, Value
from parsers.values.computed import computed

# Numbers as readings hold them.
NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?", re.ASCII)


def owed_by(
    circular: Circular, roster: Roster, answers: Iterable[Recorded], of: Iterable[str] | None = None
) -> Mapping[str, tuple[str, ...]]:
    """Code to the keys of the asked questions still open, and of the files that have not come, in the order of ``of``.

    Only those that owe are there; who is exempt owes nothing. Open are those unanswered and, where the circular says so,
    those whose figure is still to be explained. ``of`` are the codes of those asked about, else of the whole roster;
    ``answers`` are everybody's.
    """
    newest = counting(circular, answers)
    must = circular.queries == "must be explained"
    queries = queries_of(circular, roster.organisations, newest.values()) if must else ()
    unexplained = unexplained_by(circular, queries, roster)
    form, still = circular.form, {}
    for code in circular.asks(roster.by_code if of is None else of):
        organisation = roster.by_code[code]
        blank = open_questions(form, organisation, values_of(form, organisation, newest))
        why = unexplained.get(code, ())
        asked = tuple(question.key for question in form.question if question.key in (*blank, *why))
        still[code] = (*asked, *owed_files(circular, code, newest))
    return {code: keys for code, keys in still.items() if keys}


def unexplained_by(circular: Circular, queries: Iterable[Query], roster: Roster) -> dict[str, list[str]]:
    """By organisation, the questions whose figure keeps it incomplete as long as no reason is given.

    A reporter's total is nobody's.
    """
    found: dict[str, list[str]] = {}
    for query in queries if circular.queries == "must be explained" else ():
        if not query.explained and query.answer.organisation in roster.by_code:
            found.setdefault(query.answer.organisation, []).append(query.column)
    return found


def _newest(answers: Iterable[Recorded]) -> dict[tuple[str, str], Recorded]:
    """The newest revision of each answer; what is left in the key makes even a tie independent of the order."""
    ordered = sorted(answers, key=lambda a: (a.received, a.message, str(a.place), repr(a.value)))
    return {(answer.organisation, answer.question): answer for answer in ordered}


def counting(circular: Circular, answers: Iterable[Recorded]) -> dict[tuple[str, str], Recorded]:
    """The newest revision of each answer that counts: what is known of who is exempt does not."""
    return {key: answer for key, answer in _newest(answers).items() if key[0] not in circular.exempt}


def values_of(
    form: Form, organisation: Organisation, newest: Mapping[tuple[str, str], Recorded]
) -> dict[str, Value | None]:
    """Every question of the form with what the organisation said of it, computed ones worked out; None = not reported."""
    values: dict[str, Value | None] = {}
    for question in form.question:
        answer = newest.get((organisation.code, question.key))
        asked = answer is not None and question.kind is not Kind.COMPUTED and _fits(question, answer.value)
        values[question.key] = answer.value if answer is not None and asked else None
    # What was said before another answer came by which it is not asked any more, no longer counts.
    unasked = [q.key for q in form.question if form.is_asked(q, organisation.type, values) is False]
    values |= dict.fromkeys(unasked)
    for question in form.question:
        if question.kind is Kind.COMPUTED:
            parts = [values[key] for key in question.parts if key not in unasked or question.percent_of]
            known = [Decimal(part) for part in parts if isinstance(part, str)]
            value = computed(question, known) if known and len(known) == len(parts) else None
            values[question.key] = None if value is None else format(value, "f")
    return values


def _fits(question: Question, value: Value) -> bool:
    """Whether a recorded value is one of the question's kind; the form may have changed since it was recorded."""
    if question.kind is Kind.TICK:
        return isinstance(value, bool)
    if question.kind in NUMERIC:
        return isinstance(value, str) and NUMBER.fullmatch(value) is not None
    return isinstance(value, str)


def open_questions(form: Form, organisation: Organisation, values: Mapping[str, Value | None]) -> tuple[str, ...]:
    """The keys of the questions that the organisation with these values still has to answer."""
    return tuple(q.key for q in form.asked_of(organisation.type, values) if values.get(q.key) is None)
