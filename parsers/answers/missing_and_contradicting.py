"""Rules across the cells of one reading: missing, doubled and contradicting answers, sums and totals.

Owns what is an answer and what is a finding once names are known and cells are read. Knows nothing of files' formats or of
how tables are found.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from parsers.answers.conditions import Beside, beside, contradiction, not_theirs, owed, said_as, unasked
from parsers.answers.entry import Broken, Entry, said_by
from parsers.answers.limits import broken
from parsers.doubts.written_totals import CENT, decimal, plain
from parsers.findings import Code, Finding, Order, Ordered, Place, Severity, finding, further
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind, Question, heading
from parsers.reading import Answer, Misfit, Value
from parsers.secrets.mask import mask_secrets
from parsers.values.computed import computed
from parsers.values.units import asked_words

MOST = 100  # findings of one code listed for a sheet
PLACES = 12  # cells listed in one sentence


def answers_of(
    entries: Sequence[Entry], form: Form, sent: datetime.date | None = None
) -> tuple[list[tuple[Order, Answer]], list[Ordered]]:
    """The answers that ``entries`` give, one per organisation and question, and what is wrong with the rest.

    ``sent`` is the day of the mail.
    """
    together: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        together.setdefault(entry.about, []).append(entry)
    answers: list[Entry] = []
    findings: list[Ordered] = []
    filled, by_code = _filled(together), said_by(entries)
    for (code, _), same in together.items():
        mine = by_code.get(code, {})
        beside_others = [(entry, beside(entry, form, mine)) for entry in same]
        kept = [entry for entry, what in beside_others if what not in (Beside.NOTHING, Beside.NOT_THEIRS)]
        findings += [(entry.order, not_theirs(entry)) for entry, what in beside_others if what is Beside.NOT_THEIRS]
        said = [entry for entry in kept if entry.reading.value is not None]
        findings += [found for entry in kept if (found := _trouble(entry, answered=bool(said)))]
        if any(what is Beside.UNASKED for _, what in beside_others):
            findings += [(entry.order, unasked(entry, form, mine)) for entry in said[:1]]
        elif len({entry.reading.value for entry in said}) > 1:
            findings.append(_doubled(said))
        elif said and _left_blank_elsewhere(kept, said, filled):
            findings.append(_doubled(kept))
        elif said and said[0].question.kind is not Kind.COMPUTED:
            answers.append(said[0])
        elif not said and form.is_asked(same[0].question, same[0].organisation.type, mine):
            findings += _missing(kept, form, mine)
    barred: set[tuple[str, str]] = set()
    for entry in answers:
        code, _ = entry.about
        for wrong in _between(entry, form, by_code[code], sent):
            findings.append((entry.order, wrong.finding))
            barred |= {(code, key) for key in wrong.keys}
    kept = [entry for entry in answers if entry.about not in barred]
    findings += [(entry.order, _converted(entry)) for entry in kept if entry.reading.unit]
    return [(entry.order, _answer(entry)) for entry in kept], findings


def _between(entry: Entry, form: Form, mine: Mapping[str, Value], sent: datetime.date | None) -> Iterator[Broken]:
    """What an answer contradicts of its organisation's others."""
    if beside(entry, form, mine) is Beside.AGAINST:
        yield contradiction(entry, form, mine)
    yield from broken(entry, form, mine, sent)


def _filled(together: Mapping[tuple[str, str], Sequence[Entry]]) -> dict[tuple[int, ...], set[str]]:
    """The questions that each row answers, for organisations that have several rows."""
    filled: dict[tuple[int, ...], set[str]] = {}
    for same in together.values():
        for entry in same if len(same) > 1 else ():
            if entry.reading.trouble != "missing" and entry.question.kind is not Kind.COMPUTED:
                filled.setdefault(entry.order[:3], set()).add(entry.question.key)
    return filled


def _left_blank_elsewhere(
    same: Sequence[Entry], said: Sequence[Entry], filled: Mapping[tuple[int, ...], set[str]]
) -> bool:
    """Whether a row leaves blank what another row answers, though both answer some other question: two versions, not two halves."""
    blank = [entry for entry in same if entry.reading.trouble == "missing" and entry.question.kind is not Kind.COMPUTED]
    return any(
        filled.get(empty.order[:3], set()) & filled.get(full.order[:3], set()) for empty in blank for full in said
    )


def _answer(entry: Entry) -> Answer:
    value = entry.reading.value
    if isinstance(value, str) and entry.question.kind is Kind.TEXT:
        value = mask_secrets(value)
    evidence = _written(entry) if entry.reading.proved or entry.reading.unit else ""
    note = entry.note if entry.question.kind in NUMERIC else ""
    return Answer(*entry.about, value if value is not None else "", entry.place, evidence, note)


def _written(entry: Entry) -> str:
    """What stood in a cell, with the unit that was stated for it elsewhere."""
    unit = entry.reading.unit
    return entry.value if unit in entry.value else f"{entry.value} {unit}"


def _converted(entry: Entry) -> Finding:
    """In which unit a figure was written and what it was read as."""
    fields = {"organisation": entry.organisation.printed_name, "question": heading(entry.question)}
    fields["read"] = f"{Decimal(str(entry.reading.value)):,f} {asked_words(entry.question)}"
    fields["written"] = _written(entry)
    return finding(Code.UNIT_CONVERTED, entry.place, entry.value, about=entry.about, **fields)


def _missing(same: Sequence[Entry], form: Form, mine: Mapping[str, Value]) -> list[Ordered]:
    """One finding for a question blank in every row of the organisation."""
    first = same[0]
    if any(entry.reading.trouble != "missing" for entry in same) or first.question.kind is Kind.COMPUTED:
        return []
    return [(first.order, owed(first, form, mine))]


def _trouble(entry: Entry, *, answered: bool) -> Ordered | None:
    """What is wrong with one cell. A sum's own troubles are nobody's concern; a blank is said elsewhere."""
    trouble = entry.reading.trouble
    if trouble in (None, "missing") or entry.question.kind is Kind.COMPUTED:
        return None
    fields = {"organisation": entry.organisation.printed_name, "question": heading(entry.question)}
    value = entry.value
    if trouble == "guessed":
        if not answered:
            return None
        fields["read"] = said_as(entry.reading.value)
        return entry.order, finding(Code.ANSWER_GUESSED, entry.place, value, about=entry.about, **fields)
    if trouble == "not-calculated":
        return entry.order, finding(Code.NOT_CALCULATED, entry.place, value, about=entry.about, **fields)
    if trouble == "unlike":
        fields["example"] = entry.question.example
        return entry.order, finding(Code.ANSWER_UNLIKE, entry.place, value, about=entry.about, **fields)
    fields["expected"] = entry.reading.expected
    return entry.order, finding(Code.ANSWER_UNREADABLE, entry.place, value, about=entry.about, **fields)


def _doubled(said: Sequence[Entry]) -> Ordered:
    last = said[-1]
    fields = {
        "organisation": last.organisation.printed_name,
        "cells": _listed(said),
        "question": heading(last.question),
    }
    found = finding(Code.ORGANISATION_DUPLICATED, last.place, last.value, about=last.about, **fields)
    return last.order, found


def _listed(entries: Sequence[Entry]) -> str:
    places = list(dict.fromkeys(str(entry.place) for entry in entries))
    more = f" และอีก {len(places) - PLACES} แห่ง" if len(places) > PLACES else ""
    return ", ".join(places[:PLACES]) + more


def sums_of(row: Mapping[str, Entry], form: Form) -> Iterator[tuple[Entry, Misfit, Finding]]:
    """Computed columns of one row that are not what their parts come to."""
    for question in form.question:
        entry = row.get(question.key)
        written = decimal(entry.reading.value) if entry else None
        if question.kind is not Kind.COMPUTED or entry is None or written is None:
            continue
        keys = [key for key in question.parts if form.find(key).is_for(entry.organisation.type)]
        parts = [decimal(row[key].reading.value) if key in row else None for key in keys]
        known = [part for part in parts if part is not None]
        counted = computed(question, known) if len(known) == len(parts) else None
        if counted is None or abs(counted - written) <= _rounding(question, written):
            continue
        code = Code.SHARE_MISMATCH if question.percent_of else Code.SUM_MISMATCH
        fields = {"question": heading(question), "counted": plain(counted)}
        fields["organisation"] = entry.organisation.printed_name
        fields["parts"] = " ต่อ ".join(f"“{heading(form.find(key))}”" for key in question.parts)
        wrong = Misfit(*entry.about, plain(written), plain(counted), entry.place, entry.note)
        yield entry, wrong, finding(code, entry.place, entry.value, about=entry.about, **fields)


def _rounding(question: Question, written: Decimal) -> Decimal:
    """By how much a figure may differ: a share is rounded to as many decimals as were written, 60.125 up or down."""
    if not question.percent_of:
        return CENT / 2
    return (max(CENT, Decimal(1).scaleb(int(written.as_tuple().exponent))) + CENT) / 2


def capped(findings: Sequence[Ordered]) -> list[Ordered]:
    """At most ``MOST`` of one code in a file among findings that bar nothing; of the rest only how many they are.

    A list of the whole country would otherwise be answered with thousands of lines.
    """
    counts: dict[tuple[Code, str, Place], int] = {}
    kept: list[Ordered] = []
    rest: dict[tuple[Code, str, Place], list[Ordered]] = {}
    for pair in sorted(findings, key=lambda each: each[0]):
        found = pair[1]
        if found.severity is Severity.ERROR and found.organisation:
            kept.append(pair)
            continue
        key = found.code, found.question, Place(found.place.file, found.place.sheet)
        counts[key] = counts.get(key, 0) + 1
        (kept if counts[key] <= MOST else rest.setdefault(key, [])).append(pair)
    for (_, _, place), pairs in rest.items():
        order, first = pairs[0]
        kept.append((order, further(first, place, len(pairs))))
    return kept
