"""Which column answers which question, once each column's headings are weighed.

Owns the choice between columns and between questions. A column that could be two questions is left out unless the form's
order decides: what is guessed here would be guessed for every row.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import inf

from parsers.form.form import Form
from parsers.tables.likeness import EXACT, NEAR, SAME, nearest
from parsers.tables.wordings import Fit

TRIES = 5000  # orders looked at before giving up


def assign(fits: Mapping[int, Mapping[str, Fit]], form: Form) -> dict[str, tuple[int, ...]]:
    """Columns of each question found, from the fits of each column. More than one column when a heading is repeated."""
    chosen: dict[int, str] = {}
    unsure: dict[int, list[str]] = {}
    for column, scores in sorted(fits.items()):
        if scores:
            top = max(scores.values())
            near = nearest({key: fit.score for key, fit in scores.items()}, top.score if top.label >= EXACT else inf)
            own = [key for key, fit in scores.items() if fit.label == SAME]
            if len(own) == 1 and (scores[own[0]] == top or top.label < EXACT):
                chosen[column] = own[0]  # วันที่ซ้อมแผน, a question's whole label, though ซ้อมแผน is another's
            elif len(near) == 1:
                chosen[column] = near[0]
            else:
                unsure[column] = near
    _drop_weaker(chosen, fits)
    _decide(unsure, chosen, [question.key for question in form.question])
    found: dict[str, tuple[int, ...]] = {}
    for column, key in sorted(chosen.items()):
        found[key] = (*found.get(key, ()), column)
    return found


def _drop_weaker(chosen: dict[int, str], fits: Mapping[int, Mapping[str, Fit]]) -> None:
    """Of several columns claiming one question, keep those about as good as the best."""
    best: dict[str, float] = {}
    for column, key in chosen.items():
        best[key] = max(best.get(key, 0.0), fits[column][key].score)
    for column, key in list(chosen.items()):
        if fits[column][key].score < best[key] - NEAR:
            del chosen[column]


def _decide(unsure: Mapping[int, list[str]], chosen: dict[int, str], order: Sequence[str]) -> None:
    """Give unsure columns the only questions that keep the form's order; leave them when no or several orders fit."""
    taken = set(chosen.values())
    left = {column: [key for key in keys if key not in taken] for column, keys in unsure.items()}
    left = {column: keys for column, keys in left.items() if keys}
    rank = {key: place for place, key in enumerate(order)}
    fixed = {column: rank[key] for column, key in chosen.items()}
    answers: list[dict[int, int]] = []
    tries = [TRIES]

    def place(columns: list[int], so_far: dict[int, int]) -> None:
        tries[0] -= 1
        if tries[0] < 0 or len(answers) > 1:
            return
        if not columns:
            answers.append(so_far)
            return
        for key in left[columns[0]]:
            now = {**so_far, columns[0]: rank[key]}
            if rank[key] not in so_far.values() and _rising({**fixed, **now}):
                place(columns[1:], now)

    place(sorted(left), {})
    if len(answers) == 1 and tries[0] >= 0:
        chosen.update({column: order[at] for column, at in answers[0].items()})


def _rising(ranks: Mapping[int, int]) -> bool:
    """Whether the questions stand in the form's order from left to right."""
    return all(ranks[left] <= ranks[right] for left, right in pairwise(sorted(ranks)))
