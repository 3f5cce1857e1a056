"""Answers that another answer or a day bounds: what is paid is not above what is owed, what was done is not to come.

Of two answers that contradict neither is recorded; of a day out of bounds only itself.
"""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal

from parsers.answers.entry import Broken, Entry
from parsers.findings import Code, Finding, finding
from parsers.form.form import Form
from parsers.form.question import Kind, Question, heading
from parsers.reading import Value
from parsers.thai.dates import thai_short_date
from parsers.values.computed import computed
from parsers.values.day_cell import is_past
from parsers.values.decimals import decimal

THAILAND = datetime.timezone(datetime.timedelta(hours=7))


def day_sent(sent: datetime.datetime | None, near: datetime.date | None) -> datetime.date | None:
    """The day in Thailand on which a mail was sent; None where it says none, or one before its circular (``near``): a clock that is wrong."""
    day = sent.astimezone(THAILAND).date() if sent else None
    return day if day and (near is None or day >= near) else None


def broken(entry: Entry, form: Form, mine: Mapping[str, Value], sent: datetime.date | None) -> Iterator[Broken]:
    """The limits that ``entry`` does not keep, of what its organisation says (``mine``, by key)."""
    question = entry.question
    value = _measure(question, mine)
    if value is None:
        return
    for key, above in ((question.at_most, True), (question.at_least, False)):
        other = form.find(key) if key else None
        limit = _measure(other, mine) if other else None
        if other and limit is not None and _beyond(value, limit, above=above):
            words = _TOO_LATE if question.kind is Kind.DATE else _TOO_LARGE
            fields = {"other": heading(other), "limit": _written(limit), "relation": words[above]}
            keys = (question.key,) if other.kind is Kind.COMPUTED else (question.key, other.key)
            yield Broken(_said(Code.LIMIT_BROKEN, entry, fields), keys)
    last = question.not_after or ("today" if question.kind is Kind.DATE and is_past(question) else None)
    for day, after in ((last, True), (question.not_before, False)):
        bound = sent if day == "today" else day
        if isinstance(bound, datetime.date) and _beyond(value, bound, above=after):
            fields = {"limit": thai_short_date(bound), "relation": _TOO_LATE[after]}
            yield Broken(_said(Code.DAY_OUTSIDE, entry, fields), (question.key,))


_Measure = Decimal | datetime.date
_TOO_LARGE = {True: "มากกว่า", False: "น้อยกว่า"}
_TOO_LATE = {True: "อยู่หลัง", False: "อยู่ก่อน"}


def _measure(question: Question, mine: Mapping[str, Value]) -> _Measure | None:
    """What an answer comes to where it may be compared; a sum by its parts."""
    if question.kind is Kind.COMPUTED:
        parts = [decimal(mine.get(key)) for key in question.parts]
        known = [part for part in parts if part is not None]
        return computed(question, known) if len(known) == len(parts) else None
    value = mine.get(question.key)
    if question.kind is Kind.DATE:
        return datetime.date.fromisoformat(value) if isinstance(value, str) else None
    return decimal(value)


def _beyond(value: _Measure, limit: _Measure, *, above: bool) -> bool:
    if isinstance(value, Decimal) and isinstance(limit, Decimal):
        return value > limit if above else value < limit
    if isinstance(value, datetime.date) and isinstance(limit, datetime.date):
        return value > limit if above else value < limit
    return False


def _written(value: _Measure) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else thai_short_date(value)


def _said(code: Code, entry: Entry, fields: Mapping[str, str]) -> Finding:
    names = {"organisation": entry.organisation.printed_name, "question": heading(entry.question)}
    return finding(code, entry.place, entry.value, about=entry.about, **names, **fields)
