"""A question over several columns: "done" beside "not done", a status beside its date, or columns nobody can be sure of.

Owns what such columns mean by their lowest headings. Knows nothing of the rows below.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parsers.form import Form, Kind
from parsers.tables.denial import denied, half_of
from parsers.tables.headings import Headings
from parsers.tables.likeness import nearest
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


def split(found: Mapping[str, tuple[int, ...]], texts: Texts, headings: Headings) -> Split:
    """What the columns ``found`` for each question are, once the lowest headings of tick questions are compared."""
    form = headings.form
    columns = {key: _without_details(key, run, texts, form) for key, run in found.items()}
    columns = _with_denied(columns, texts, headings)
    halves = {key: both for key, run in columns.items() if _is_tick(key, form) and (both := _halves(run, texts))}
    unclear = {key for key, run in columns.items() if key not in halves and _is_tick(key, form) and _differ(run, texts)}
    return Split(columns, halves, frozenset(unclear))


def is_detail(text: str) -> bool:
    """Whether a heading is of a note, a date or the like, which stands beside answers and is none."""
    return bool(_DETAIL.match(heading_key(text)))


def _is_tick(key: str, form: Form) -> bool:
    return form.find(key).kind is Kind.TICK


def _without_details(key: str, run: tuple[int, ...], texts: Texts, form: Form) -> tuple[int, ...]:
    kept = tuple(column for column in run if not is_detail(texts[column][-1]))
    return kept if kept and _is_tick(key, form) else run


def _halves(run: tuple[int, ...], texts: Texts) -> tuple[int, ...]:
    """The column of "done", then those of "not done" and "under way"; nothing unless each is one of these."""
    meant = {column: half_of(texts[column][-1]) or _own_half(texts[column][-1]) for column in run}
    done = [column for column in run if meant[column] == "yes"]
    rest = [column for column in run if meant[column] == "no"]
    return (*done, *rest) if len(done) == 1 and rest and len(run) == 1 + len(rest) else ()


def _own_half(text: str) -> str:
    return "no" if denied(text) is not None else "yes"


def _differ(run: tuple[int, ...], texts: Texts) -> bool:
    """Columns whose lowest headings differ: plan and result, old and new, ..."""
    return len({heading_key(texts[column][-1]) for column in run}) > 1


def _with_denied(found: Mapping[str, tuple[int, ...]], texts: Texts, headings: Headings) -> dict[str, tuple[int, ...]]:
    """Columns that deny a question's own words, or just say "not done" beside each question, are its other half."""
    columns = dict(found)
    taken = {column: key for key, run in found.items() for column in run}
    free = {c: rest for c, path in texts.items() if c not in taken and path and (rest := denied(path[-1])) is not None}
    bare = {c: key for c in free if (key := _beside(c, free, taken)) and not free[c]}
    lone = {key for key, run in found.items() if _is_tick(key, headings.form) and len(run) == 1}
    for column in sorted(free):
        beside = _beside(column, free, taken)
        if not free[column]:
            key = beside if lone <= set(bare.values()) else ""
        else:
            key = _denied_key([*texts[column][:-1], free[column]], beside, headings)
        if key in lone:
            columns[key] = (*columns[key], column)
    return columns


def _beside(column: int, free: Mapping[int, str], taken: Mapping[int, str]) -> str:
    """The question just left of a column, across other columns of the kind."""
    column -= 1
    while column in free:
        column -= 1
    return taken.get(column, "")


def _denied_key(path: Sequence[str], beside: str, headings: Headings) -> str:
    """The question whose words a heading denies; where they could be several's, the one just left of it."""
    fits = headings.fits(path)
    near = nearest({key: fit.score for key, fit in fits.items()})
    return beside if beside in near else near[0] if len(near) == 1 else ""
