"""A proposal's papers with what staff corrected by words. Pure.

Law: each correction holds in what is then proposed, or is refused and changes nothing; the numbers of questions are those of
the proposal that was answered, however many of them are dropped.
"""

import datetime
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.office.new_circular.completed import Desk, completed
from bot.office.new_circular.correction import ADDED, DAYS, DROPPED, ONE_ROW, REMARK_ADDED, Correction
from bot.office.new_circular.correction_sentences import CONTRADICTS, NO_SUCH, TWICE, sentence
from parsers.blank_form.proposal import Code, NewForm, NewQuestion, Papers, Proposal, Unsure
from parsers.form.question import Kind
from parsers.thai.dates import thai_date

_LETTER = ("number", "dated", "title", "department", "salutation", "phone", "to", "reporters", "until")
_WORDED = ("number", "title", "department")  # stand in the subject and the opening words too
_BAHT = "บาท"
# Doubts that are settled by what corrects them.
_SETTLES: Mapping[str, frozenset[Code]] = {
    "number": frozenset({Code.NO_NUMBER}),
    "to": frozenset({Code.SEVERAL_ADDRESSES}),
    "reporters": frozenset({Code.SEVERAL_DEADLINES}),
    "until": frozenset({Code.SEVERAL_DEADLINES}),
    ONE_ROW: frozenset({Code.FREE_ROWS}),
    "kind": frozenset({Code.KIND_GUESSED, Code.NO_CHOICES, Code.SUM_GUESSED}),
    "choices": frozenset({Code.NO_CHOICES}),
    "sum_of": frozenset({Code.KIND_GUESSED, Code.SUM_GUESSED}),
    "only": frozenset({Code.ONLY_TYPES}),
    "requires": frozenset({Code.MADE_FIRST}),
    "label": frozenset({Code.LABEL_TWICE, Code.UNLIKE_READ}),
}


@dataclass(frozen=True)
class Corrected:
    """The papers and what they become, the sentences of what was changed, and of what was not and why."""

    papers: Papers
    proposal: Proposal
    changed: tuple[str, ...]
    refused: tuple[str, ...]


def corrected(papers: Papers, corrections: Sequence[Correction], desk: Desk, now: datetime.datetime) -> Corrected:
    """The papers with all of them that hold: those that contradict the rest are left out, and said."""
    before = completed(papers, desk, now)
    twice = _said_twice(corrections)
    unfit = {one: why for one in corrections if (why := _unfit(one, before, twice))}
    kept, refused = [one for one in corrections if one not in unfit], list(unfit.values())
    for _ in range(len(kept) + 1):
        made = _applied(papers, kept)
        proposal = completed(made, desk, now)
        upset = _days_upset(papers, before) != _days_upset(made, proposal)
        lost = [
            one
            for one in kept
            if (upset and one.field in DAYS) or not _holds(one, proposal, _places(kept, papers.form), desk)
        ]
        if not lost:
            break
        refused += [f"{sentence(one, before)} – {CONTRADICTS.get(one.field, 'ขัดกับรายการอื่น')}" for one in lost]
        kept = [one for one in kept if one not in lost]
    return Corrected(made, proposal, tuple(sentence(one, before) for one in kept), tuple(dict.fromkeys(refused)))


def _unfit(one: Correction, before: Proposal, twice: Container[Correction]) -> str:
    """Why a correction fits no such form, in Thai."""
    named_ones = (*one.questions, *_named_in(one))
    missing = next((n for n in named_ones if not 1 <= n <= len(before.form.questions)), None)
    if missing is not None:
        return NO_SUCH.format(number=missing)
    if one.field == ONE_ROW and not before.form.free:
        return CONTRADICTS[ONE_ROW]
    return f"{sentence(one, before)} – {TWICE}" if one in twice else ""


def _said_twice(corrections: Sequence[Correction]) -> set[Correction]:
    """Those that say of one thing what another says otherwise."""
    said: dict[tuple[str, int], set[str]] = {}
    for one in corrections:
        for about in _about(one):
            said.setdefault(about, set()).add(f"{one.field} {one.value}")
    fields = Counter(number for _, number in said)
    dropped = {number for field, number in said if field == DROPPED and fields[number] > 1}
    twice = {about for about, values in said.items() if len(values) > 1 or about[1] in dropped}
    return {one for one in corrections if twice & set(_about(one))}


def _about(one: Correction) -> Iterator[tuple[str, int]]:
    """What a correction is about, that can be one thing only: a field of the whole (0), or of each question."""
    if one.field not in (ADDED, REMARK_ADDED, "to+"):
        yield from (("kind" if one.field == "sum_of" else one.field, number) for number in one.questions or (0,))


def _named_in(one: Correction) -> tuple[int, ...]:
    return tuple(one.value) if one.field == "sum_of" else (one.value,) if one.field == "requires" else ()


def _applied(papers: Papers, corrections: Sequence[Correction]) -> Papers:
    made = papers
    for one in corrections:
        made = _of_whole(made, one) if not one.questions else _of_questions(made, one)
    return _renumbered(made, corrections)


def _of_whole(papers: Papers, one: Correction) -> Papers:
    letter, form = papers.letter, papers.form
    if one.field in ("opens", "cutoff", "subject"):
        made = replace(papers, **{one.field: one.value})
    elif one.field == "to+":
        made = replace(papers, letter=replace(letter, to=tuple(dict.fromkeys((*letter.to, *one.value)))))
    elif one.field in _LETTER:
        made = _reworded(
            replace(papers, letter=replace(letter, **{one.field: one.value})), one, getattr(letter, one.field)
        )
        if one.field == "department":
            made = replace(made, letter=replace(made.letter, salutation=""))
    elif one.field == "form_title":
        made = replace(papers, form=replace(form, title=one.value))
    elif one.field == REMARK_ADDED:
        made = replace(papers, form=replace(form, remarks=tuple(dict.fromkeys((*form.remarks, one.value)))))
    else:
        made = papers
    return _settled(made, one)


def _reworded(papers: Papers, one: Correction, old: Any) -> Papers:
    """The words of a corrected workbook, that hold what was corrected."""
    if one.field not in (*_WORDED, "dated") or not old:
        return papers
    was, now = (thai_date(old), thai_date(one.value)) if one.field == "dated" else (old, one.value)
    return replace(papers, subject=papers.subject.replace(was, now), opening=papers.opening.replace(was, now))


def _of_questions(papers: Papers, one: Correction) -> Papers:
    if one.field == DROPPED:
        return papers
    asked = list(papers.form.questions)
    for number in one.questions:
        asked[number - 1] = _changed(asked[number - 1], one)
    return _settled(replace(papers, form=replace(papers.form, questions=tuple(asked))), one)


def _changed(question: NewQuestion, one: Correction) -> NewQuestion:
    if one.field == "kind":
        unit = (
            _BAHT
            if one.value is Kind.MONEY
            else ""
            if _is_uncounted(one.value) or question.unit == _BAHT
            else question.unit
        )
        return replace(question, kind=one.value, unit=unit, sum_of=(), choices=())
    if one.field == "sum_of":
        return replace(question, kind=Kind.COMPUTED, sum_of=one.value, choices=())
    if one.field == "unit" and question.kind is Kind.MONEY and one.value != _BAHT:
        return replace(question, unit=one.value, kind=Kind.DECIMAL)
    return replace(question, **{one.field: one.value})


def _is_uncounted(kind: Kind) -> bool:
    return kind in (Kind.TEXT, Kind.TICK, Kind.DATE, Kind.PERCENT, Kind.CHOICE, Kind.CHOICES)


def _settled(papers: Papers, one: Correction) -> Papers:
    codes = _SETTLES.get(one.field, frozenset())
    kept = (
        each
        for each in papers.unsure
        if each.code not in codes or (one.questions and each.question not in one.questions)
    )
    return replace(papers, unsure=tuple(kept))


def _renumbered(papers: Papers, corrections: Sequence[Correction]) -> Papers:
    """The form without what was dropped and with what was added; what names a question names it by its place now."""
    form, places = papers.form, _places(corrections, papers.form)
    asked = [_moved(each, places) for at, each in enumerate(form.questions, 1) if at in places]
    asked += [one.value for one in corrections if one.field == ADDED]
    if any(one.field == ONE_ROW for one in corrections):
        asked.insert(0, NewQuestion(form.row_label, Kind.TEXT))
        form = replace(form, free=False, row_label="")
    doubts = tuple(_told_of(each, places) for each in papers.unsure if not each.question or each.question in places)
    return replace(papers, form=replace(form, questions=tuple(asked)), unsure=doubts)


def _places(corrections: Sequence[Correction], form: NewForm) -> dict[int, int]:
    """The number that each question had, to the one that it gets."""
    dropped = {number for one in corrections if one.field == DROPPED for number in one.questions}
    shift = int(any(one.field == ONE_ROW for one in corrections))
    left = [number for number in range(1, len(form.questions) + 1) if number not in dropped]
    return {number: at + shift for at, number in enumerate(left, 1)}


def _moved(question: NewQuestion, places: Mapping[int, int]) -> NewQuestion:
    parts = tuple(places[part] for part in question.sum_of if part in places)
    return replace(question, requires=places.get(question.requires, 0), sum_of=parts)


def _told_of(doubt: Unsure, places: Mapping[int, int]) -> Unsure:
    return replace(doubt, question=places.get(doubt.question, 0))


def _days(said: Papers | Proposal) -> dict[str, datetime.datetime | None]:
    return {"opens": said.opens, "reporters": said.letter.reporters, "cutoff": said.cutoff, "until": said.letter.until}


def _days_upset(papers: Papers, proposal: Proposal) -> set[str]:
    """The days that were written and cannot be kept beside the others."""
    proposed = _days(proposal)
    return {name for name, day in _days(papers).items() if day is not None and day != proposed[name]}


def _holds(one: Correction, proposal: Proposal, places: Mapping[int, int], desk: Desk) -> bool:
    """Whether what is proposed says what was corrected."""
    if one.field in DAYS:
        return bool(_days(proposal)[one.field] == one.value)
    if one.field == "dated":
        return bool(proposal.letter.dated == one.value)
    if one.field == DROPPED:
        return bool(proposal.form.questions)
    return all(
        _holds_of(one, proposal.form.questions[places[n] - 1], places, desk) for n in one.questions if n in places
    )


def _holds_of(one: Correction, question: NewQuestion, places: Mapping[int, int], desk: Desk) -> bool:
    if one.field == "only":
        wanted = set(one.value) & desk.types
        return (not one.value or bool(wanted)) and (
            set(question.only) == wanted or (wanted >= desk.types and not question.only)
        )
    if one.field == "requires":
        return question.requires == places.get(one.value, 0) != 0
    if one.field == "sum_of":
        return question.sum_of == tuple(places.get(part, 0) for part in one.value)
    return True
