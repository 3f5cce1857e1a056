"""A row that is named as the district or province and holds the sums of the rows beside it: nobody's, as a total is.

Only where every figure comes out; else the row is asked for its organisation.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from parsers.form.question import NUMERIC, Kind
from parsers.grid import empty
from parsers.tables.model import Row
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings
from parsers.values.decimals import decimal

# "อำเภอลอง", "ภาพรวมอำเภอลอง", "อ.ลอง (10 แห่ง)", "จังหวัดแพร่".
_WHOLE = re.compile(
    r"[\d.)(\s]*+(?:ภาพรวม)?(?:ทั้ง|ของ|ที่ว่าการ)?(?:อำเภอ|อ\.|จังหวัด|จ\.)\s?[ก-๙]{2,40}(?:\s?\(\s?(?:รวม\s?)?\d{1,3}\s?แห่ง\s?\))?"
)
_COUNT = re.compile(r"(\d{1,4})(?:\s?แห่ง)?")  # of ticks
_FEW = 2  # the sum of one row is that row once more
_COUNTED = ""  # the key of how many rows there are

_Figures = Mapping[str, Decimal]


def without_sums_of_districts(rows: Sequence[Row], readings: Readings) -> list[Row]:
    """The rows but those of districts and provinces that hold the sums of the rows below, above, or of all."""
    named = {at for at, row in enumerate(rows) if _WHOLE.fullmatch(ascii_digits(row.name.text))}
    if not named:
        return list(rows)
    keys = [_COUNTED, *(question.key for question in readings.form.question)]
    worths = ({} if at in named else _worth(row, readings) for at, row in enumerate(rows))
    upto = list(
        accumulate(
            worths,
            lambda sums, own: {key: sums[key] + own.get(key, 0) for key in keys},
            initial=dict.fromkeys(keys, Decimal()),
        )
    )
    edges = [-1, *sorted(named), len(rows)]
    sums: set[int] = set()
    for before, at, behind in zip(edges, edges[1:], edges[2:], strict=False):
        said = _said(rows[at], readings)
        reaches = ((at + 1, behind), (before + 1, at), (0, len(rows)))
        if said and any(_comes_out(said, upto[start], upto[end]) for start, end in reaches):
            sums.add(at)
    return [row for at, row in enumerate(rows) if at not in sums]


def _comes_out(said: _Figures, before: _Figures, behind: _Figures) -> bool:
    several = behind[_COUNTED] - before[_COUNTED] >= _FEW
    return several and all(behind[key] - before[key] == figure for key, figure in said.items())


def _worth(row: Row, readings: Readings) -> _Figures:
    """What a row adds to a sum: its figures, and one for each tick."""
    values = {key: readings.of(readings.form.find(key), cell).value for key, cell in row.cells.items()}
    figures = {key: Decimal(1) if value is True else decimal(value) or Decimal() for key, value in values.items()}
    return {**figures, _COUNTED: Decimal(1)}


def _said(row: Row, readings: Readings) -> _Figures:
    """The sums that a row says; none where it says none, or anything that is no sum."""
    found: dict[str, Decimal] = {}
    for key, cell in row.cells.items():
        question = readings.form.find(key)
        if empty(cell) or (question.kind in NUMERIC and not readings.form.has_sum(question)):
            continue
        count = _COUNT.fullmatch(ascii_digits(cell.text)) if question.kind is Kind.TICK else None
        figure = decimal(count[1]) if count else None
        figure = decimal(readings.of(question, cell).value) if readings.form.has_sum(question) else figure
        if figure is None:
            return {}
        found[key] = figure
    return found if any(found.values()) else {}
