"""Rules across the cells of one reading: missing, doubled and contradicting answers, sums and totals.

Owns what is an answer and what is a finding once names are known and cells are read. Knows nothing of files' formats or of
how tables are found.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from parsers.answers.entry import Entry
from parsers.doubts.written_totals import CENT, decimal, plain
from parsers.findings import Code, Order, Ordered, Place, Severity, finding, further, shown
from parsers.form import NUMERIC, Form, Kind, heading
from parsers.reading import Answer, Value
from parsers.secrets.mask import mask_secrets

MOST = 100  # findings of one code listed for a sheet
PLACES = 12  # cells listed in one sentence
DONE = {True: "“✓ ดำเนินการแล้ว”", False: "“✗ ยังไม่ได้ดำเนินการ”"}


def answers_of(entries: Iterable[Entry], form: Form) -> tuple[list[tuple[Order, Answer]], list[Ordered]]:
    """The answers that ``entries`` give, one per organisation and question, and what is wrong with the rest."""
    together: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        together.setdefault(entry.about, []).append(entry)
    answers: list[tuple[Order, Answer]] = []
    findings: list[Ordered] = []
    filled = _filled(together)
    for same in together.values():
        said = [entry for entry in same if entry.reading.value is not None]
        findings += [found for entry in same if (found := _trouble(entry, answered=bool(said)))]
        values = {entry.reading.value for entry in said}
        if len(values) > 1 or (said and _left_blank_elsewhere(same, said, filled)):
            findings.append(_doubled(same if len(values) == 1 else said))
        elif said and same[0].question.kind is not Kind.COMPUTED:
            answers.append((said[0].order, _answer(said[0])))
        elif not said:
            findings += _missing(same)
    contradictions = _inconsistent(answers, form)
    barred = {about for pair in contradictions for about in pair}
    findings += [_contradiction(together[yes], together[no]) for yes, no in contradictions]
    return [pair for pair in answers if (pair[1].organisation, pair[1].question) not in barred], findings


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
    evidence = entry.value if entry.reading.proved else ""
    note = entry.note if entry.question.kind in NUMERIC else ""
    return Answer(*entry.about, value if value is not None else "", entry.place, evidence, note)


def _missing(same: Sequence[Entry]) -> list[Ordered]:
    """One finding for a question blank in every row of the organisation."""
    first = same[0]
    if any(entry.reading.trouble != "missing" for entry in same) or first.question.kind is Kind.COMPUTED:
        return []
    fields = {"organisation": first.organisation.official_name, "question": heading(first.question)}
    return [(first.order, finding(Code.ANSWER_MISSING, first.place, about=first.about, **fields))]


def _trouble(entry: Entry, *, answered: bool) -> Ordered | None:
    """What is wrong with one cell. A sum's own troubles are nobody's concern; a blank is said elsewhere."""
    trouble = entry.reading.trouble
    if trouble in (None, "missing") or entry.question.kind is Kind.COMPUTED:
        return None
    fields = {"organisation": entry.organisation.official_name, "question": heading(entry.question)}
    value = entry.value
    if trouble == "guessed":
        if not answered:
            return None
        fields["read"] = said_as(entry.reading.value)
        return entry.order, finding(Code.ANSWER_GUESSED, entry.place, value, about=entry.about, **fields)
    if trouble == "not-calculated":
        return entry.order, finding(Code.NOT_CALCULATED, entry.place, value, about=entry.about, **fields)
    fields["expected"] = entry.reading.expected
    return entry.order, finding(Code.ANSWER_UNREADABLE, entry.place, value, about=entry.about, **fields)


def said_as(value: Value | None) -> str:
    """A value as a sentence names it."""
    return DONE[value] if isinstance(value, bool) else f"“{shown(value or '')}”"


def _doubled(said: Sequence[Entry]) -> Ordered:
    last = said[-1]
    fields = {
        "organisation": last.organisation.official_name,
        "cells": _listed(said),
        "question": heading(last.question),
    }
    found = finding(Code.ORGANISATION_DUPLICATED, last.place, last.value, about=last.about, **fields)
    return last.order, found


def _listed(entries: Sequence[Entry]) -> str:
    places = list(dict.fromkeys(str(entry.place) for entry in entries))
    more = f" และอีก {len(places) - PLACES} แห่ง" if len(places) > PLACES else ""
    return ", ".join(places[:PLACES]) + more


def _inconsistent(answers: Iterable[tuple[Order, Answer]], form: Form) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """(code, key) of each yes, and of the no that it requires to be a yes."""
    values = {(answer.organisation, answer.question): answer.value for _, answer in answers}
    pairs = [((code, key), (code, form.find(key).requires or "")) for code, key in values]
    return [(yes, no) for yes, no in pairs if values[yes] is True and values.get(no) is False]


def _contradiction(yes: Sequence[Entry], no: Sequence[Entry]) -> Ordered:
    """A yes whose required question says no. Which of the two is wrong nobody can tell: neither is an answer."""
    said = next(entry for entry in yes if entry.reading.value is not None)
    fields = {"question": heading(said.question), "needed": heading(no[0].question)}
    fields["organisation"] = said.organisation.official_name
    return said.order, finding(Code.ANSWER_INCONSISTENT, said.place, said.value, about=said.about, **fields)


def sums_of(row: Mapping[str, Entry], form: Form) -> list[Ordered]:
    """Computed columns of one row that are not the sum of their parts."""
    found: list[Ordered] = []
    for question in form.question:
        entry = row.get(question.key)
        written = decimal(entry.reading.value) if entry else None
        if question.kind is not Kind.COMPUTED or entry is None or written is None:
            continue
        parts = [decimal(row[key].reading.value) if key in row else None for key in question.sum_of]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts) or abs(sum(known, Decimal()) - written) <= CENT / 2:
            continue
        counted = plain(sum(known, Decimal()))
        value = entry.value
        fields = {"question": heading(question), "counted": counted}
        fields["organisation"] = entry.organisation.official_name
        found.append((entry.order, finding(Code.SUM_MISMATCH, entry.place, value, about=entry.about, **fields)))
    return found


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
