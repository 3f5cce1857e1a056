"""Where two reporters answer one cell differently: the newest answer counts, both are kept, and people are told.

Owns what a new mail contradicts and how a disagreement is said: to its sender in a friendly line, to staff with who said
what and when.
"""

from collections.abc import Iterable

from bot.office.letters.request_and_reminder import shown
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.recorded_answer import Disagreement, Recorded
from parsers.form.form import FILE, SUM
from parsers.form.question import heading

SAID_AT_ONCE = 40  # lines of one letter; beyond that, a number


def contradicted(known: Iterable[Recorded], new: Iterable[Recorded]) -> tuple[Disagreement, ...]:
    """What of ``new`` differs from what another reporter said before: (the older, the newer).

    An answer without a reporter is the staff's own word and settles its cell.
    """
    before = {(r.organisation, r.question): r for r in known}
    found = []
    for answer in (each for each in new if not each.question.startswith((FILE, SUM))):
        other = before.get((answer.organisation, answer.question))
        if other and answer.reporter and other.reporter != answer.reporter and other.value != answer.value:
            found.append((other, answer))
    return tuple(found)


def sender_lines(bureau: Bureau, circular: Circular, pairs: Iterable[Disagreement]) -> list[str]:
    """What a receipt says: one line for each cell that somebody else answered differently."""
    return capped(
        f"{_cell(bureau, circular, new)}: {_who(bureau, old)} แจ้งไว้ว่า {_value(circular, old)} "
        f"เมื่อวันที่ {bureau.moment(old.received)} ครั้งนี้ท่านแจ้งว่า {_value(circular, new)}"
        for old, new in _still_asked(circular, pairs)
    )


def replaced_lines(bureau: Bureau, circular: Circular, known: Iterable[Recorded], new: Iterable[Recorded]) -> list[str]:
    """What a reporter hears of a mail that somebody passed on: one line for each cell that had another value, whoever said it."""
    before = {(r.organisation, r.question): r for r in known}
    pairs = [(before.get((one.organisation, one.question)), one) for one in new]
    changed = [(old, one) for old, one in pairs if old is not None and old.value != one.value]
    return capped(
        f"{_cell(bureau, circular, new)}: เดิม {_value(circular, old)} (จาก {old.sender} เมื่อวันที่ {bureau.moment(old.received)}) "
        f"ขณะนี้ {_value(circular, new)}"
        for old, new in _still_asked(circular, changed)
    )


def staff_lines(bureau: Bureau, circular: Circular, pairs: Iterable[Disagreement]) -> list[str]:
    """What staff are told: the cell, who said what before and who says what now."""
    return capped(
        f"{_cell(bureau, circular, new)}: {_who(bureau, old)} ({old.sender}) แจ้งว่า {_value(circular, old)} "
        f"เมื่อวันที่ {bureau.moment(old.received)} แต่ {_who(bureau, new)} ({new.sender}) แจ้งว่า {_value(circular, new)} "
        f"เมื่อวันที่ {bureau.moment(new.received)}"
        for old, new in _still_asked(circular, pairs)
    )


def _still_asked(circular: Circular, pairs: Iterable[Disagreement]) -> list[Disagreement]:
    """Without those about questions that have been taken out of the form since."""
    keys = {question.key for question in circular.form.question}
    return [pair for pair in pairs if pair[1].question in keys]


def _cell(bureau: Bureau, circular: Circular, answer: Recorded) -> str:
    organisation = bureau.roster.by_code.get(answer.organisation)
    name = organisation.printed_short if organisation else answer.organisation
    return f"{name} ช่อง “{heading(circular.form.find(answer.question))}”"


def _value(circular: Circular, answer: Recorded) -> str:
    return shown(circular.form.find(answer.question), answer.value)


def _who(bureau: Bureau, answer: Recorded) -> str:
    reporter = bureau.roster.by_key.get(answer.reporter)
    return reporter.name if reporter else "เจ้าหน้าที่"


def capped(lines: Iterable[str]) -> list[str]:
    """As many lines as a letter has room for, and how many cells there are besides."""
    every = list(lines)
    more = len(every) - SAID_AT_ONCE
    return [*every[:SAID_AT_ONCE], f"และอีก {more} ช่อง"] if more > 0 else every
