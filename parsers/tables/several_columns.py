"""A question over several columns: "done" beside "not done", a status beside its date, or columns nobody can be sure of.

Owns what such columns mean by their headings. Knows nothing of the rows below.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.form.form import Form
from parsers.form.question import Kind
from parsers.tables.denial import denied, half_of
from parsers.tables.headings import Headings
from parsers.tables.likeness import nearest
from parsers.tables.meanings import Meaning, meanings_of
from parsers.thai.text import heading_key

# Beside a status under one heading: no answer to the question.
_DETAIL = re.compile(
    r"(?:วันที่|วันเดือน|เมื่อวัน|เลขที่|ที่(?:คำสั่ง|ประกาศ|หนังสือ)|หมายเหตุ|เหตุผล|รายละเอียด|ลิงก์|ลิงค์|link|url|เอกสาร|หลักฐาน|ผู้รับผิดชอบ|โทร|ปัญหา|ข้อเสนอ)"
)

Texts = Mapping[int, Sequence[str]]  # headings above each column, top to bottom


@dataclass(frozen=True)
class Split:
    """The columns of each question, those in halves with "done" first, and questions split in a way that means nothing."""

    columns: Mapping[str, tuple[int, ...]]
    halves: Mapping[str, tuple[int, ...]]
    unclear: frozenset[str]
    denied: frozenset[str]  # questions of which there is only "not done"


def split(found: Mapping[str, tuple[int, ...]], texts: Texts, headings: Headings) -> Split:
    """What the columns ``found`` for each question are, once the headings of several are compared."""
    form = headings.form
    columns = {key: _without_details(key, run, texts, form) for key, run in found.items()}
    columns = _with_denied(columns, texts, headings)
    halves = {key: both for key, run in columns.items() if _is_tick(key, form) and (both := _halves(run, texts))}
    denied_only = frozenset(columns) - frozenset(found) | _only_undone(columns, texts, form)
    several = {key: run for key, run in columns.items() if key not in halves and key not in denied_only}
    unclear = {key for key, run in several.items() if _differ(run, texts, headings, lowest=_is_tick(key, form))}
    return Split(columns, halves, frozenset(unclear), denied_only)


def is_detail(text: str) -> bool:
    """Whether a heading is of a note, a date or the like, which stands beside answers and is none."""
    return bool(_DETAIL.match(heading_key(text)))


def _is_tick(key: str, form: Form) -> bool:
    return form.find(key).kind is Kind.TICK


def _without_details(key: str, run: tuple[int, ...], texts: Texts, form: Form) -> tuple[int, ...]:
    kept = tuple(column for column in run if not is_detail(texts[column][-1]))
    return kept if kept and _is_tick(key, form) else run


def _halves(run: tuple[int, ...], texts: Texts) -> tuple[int, ...]:
    """The column of "done", then those of "not done" and "under way"; nothing unless there is one of the first and any other."""
    rest = tuple(column for column in run if _affirmed(texts[column]) is not None)
    done = tuple(column for column in run if column not in rest)
    return (*done, *rest) if len(done) == 1 and rest else ()


def _affirmed(path: Sequence[str]) -> list[str] | None:
    """The headings above a column with the denial taken out of them; None where none denies."""
    rests = [_rest(text) for text in path]
    if all(rest is None for rest in rests):
        return None
    return [words for text, rest in zip(path, rests, strict=True) if (words := text if rest is None else rest)]


def _rest(text: str) -> str | None:
    """What a heading denies; nothing for a bare "not done", a cross among them; None for one that denies nothing."""
    rest = denied(text)
    return "" if rest is None and half_of(text) == "no" else rest


def _differ(run: tuple[int, ...], texts: Texts, headings: Headings, *, lowest: bool) -> bool:
    """Whether columns' headings differ beyond the groups: old and new, first and second; of figures only those above."""
    said = [texts[column] if lowest else texts[column][:-1] for column in run]
    return len({tuple(heading_key(text) for text in path if not headings.is_group(text)) for path in said}) > 1


def _with_denied(found: Mapping[str, tuple[int, ...]], texts: Texts, headings: Headings) -> dict[str, tuple[int, ...]]:
    """Columns that deny a question's own words, or just say "not done" beside each question, are its other half."""
    columns = dict(found)
    taken = {column: key for key, run in found.items() for column in run}
    free = {c: rest for c, path in texts.items() if c not in taken and path and (rest := _affirmed(path)) is not None}
    bare = {c: key for c in free if (key := _beside(c, free, taken)) and _rest(texts[c][-1]) == ""}
    lone = {key for key, run in found.items() if _is_tick(key, headings.form) and len(run) == 1}
    for column in sorted(free):
        beside = _beside(column, free, taken)
        if column in bare:
            key = beside if lone <= set(bare.values()) else ""
        else:
            key = _affirmed_key(free[column], beside, headings)
        if key and (key in lone or (key not in found and _is_tick(key, headings.form))):
            columns[key] = (*columns.get(key, ()), column)
    return columns


def _only_undone(columns: Mapping[str, tuple[int, ...]], texts: Texts, form: Form) -> frozenset[str]:
    """The tick questions whose one column stands under ยัง or ไม่มี alone, where no question is called so."""
    lone = {key: texts[run[0]] for key, run in columns.items() if _is_tick(key, form) and len(run) == 1}
    undone = {
        key for key, path in lone.items() if len(path) > 1 and _rest(path[-1]) == "" and half_of(path[-1]) == "no"
    }
    return frozenset(key for key in undone if not meanings_of(form.find(key).label) & {Meaning.DENIED})


def _beside(column: int, free: Mapping[int, Sequence[str]], taken: Mapping[int, str]) -> str:
    """The question just left of a column, across other columns of the kind."""
    column -= 1
    while column in free:
        column -= 1
    return taken.get(column, "")


def _affirmed_key(path: Sequence[str], beside: str, headings: Headings) -> str:
    """The question whose words headings deny; where they could be several's, the one just left of it."""
    fits = headings.fits(path)
    near = nearest({key: fit.score for key, fit in fits.items()})
    return beside if beside in near else near[0] if len(near) == 1 else ""
