"""Rows beside which the person who answered is another organisation's: its names were moved or sorted without their answers.

Owns which columns tell who answered. One row may have a deputy; rows are asked where what is named is another row's.
"""

import re
from collections.abc import Iterator

from parsers.doubts.notes import Whom, whom
from parsers.findings import Code, shown
from parsers.grid import Cell, CellKind, empty
from parsers.tables.model import Doubt, Row, Table
from parsers.values.cells_read_once import Readings

BESIDE = 6  # columns right of a table in which it may stand who answered
LONGEST = 120  # characters of a name with its office; a longer text is a note
# "ผู้ให้ข้อมูล", "ผู้กรอก", "ผู้รายงาน/ตำแหน่ง", "ชื่อผู้จัดทำ", "ผู้รับรองข้อมูล"; not "ผู้ประสานงานอำเภอ" nor "ผู้รับผิดชอบโครงการ".
_INFORMANT = re.compile(r"ผู้(?:ให้ข้อมูล|กรอก|รายงาน|จัดทำ|บันทึก|รับรอง|แจ้งข้อมูล|ส่งข้อมูล)")


def other_informants(table: Table, _: Readings) -> Iterator[Doubt]:
    """The rows that say that somebody of another row's organisation answered."""
    columns = _columns(table)
    rows = [row for row in table.rows if row.answered and not empty(row.name)] if columns else []
    own = {row.row: whom(row.name.text, table.names) for row in rows}
    for row in rows:
        others = [each for each in own.values() if not _is_same(each, own[row.row])]
        for cell in (table.grid.own(row.row, column) for column in columns):
            if _is_of(cell, row, table, others):
                yield Doubt(Code.INFORMANT_OTHER, row.row, fields={"informant": shown(cell.text)})
                break


def _columns(table: Table) -> list[int]:
    """The columns of no question that are headed as who answered."""
    taken = {column for run in table.columns.values() for column in run} | set(table.name_columns)
    free = (column for column in range(1, max(taken, default=0) + BESIDE + 1) if column not in taken)
    heads = ((c, [table.grid.at(row, c).text for row in range(table.top, table.bottom + 1)]) for c in free)
    return [column for column, texts in heads if any(_INFORMANT.search(text) for text in texts)]


def _is_of(cell: Cell, row: Row, table: Table, others: list[Whom]) -> bool:
    """Whether a cell names organisations, none of which is the row's and one of which another row's."""
    if cell.kind is not CellKind.TEXT or len(cell.text) > LONGEST:
        return False
    named = [whom(name, table.names) for name in table.names.names_within(cell.text)]
    mine = whom(row.name.text, table.names)
    return not any(_is_same(each, mine) for each in named) and any(
        _is_same(each, other) for each in named for other in others
    )


def _is_same(one: Whom, other: Whom) -> bool:
    """Whether two names may mean one organisation: a name without its type means any of them."""
    return one[1] == other[1] and (not one[0] or not other[0] or bool(one[0] & other[0]))
