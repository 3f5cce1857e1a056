"""One figure in a merged cell over several rows or questions: whose it is nobody can tell, and none can be taken for all.

Owns which cells those are. A tick, a word, a percentage or a zero says the same of each of them and is left.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Kind
from parsers.grid import empty
from parsers.tables.model import Doubt, Table
from parsers.values.cells_read_once import Readings

Spot = tuple[int, int]

WHY = "เพราะผสานเซลล์ไว้หลายช่อง จึงไม่ทราบว่าเป็นคำตอบของช่องใด กรุณายกเลิกการผสานเซลล์แล้วกรอกแต่ละช่อง"


def merged_figures(table: Table, readings: Readings) -> Iterator[Doubt]:
    """Amounts that stand in one merged cell for several organisations, rows or questions; texts in one for several questions."""
    spots = _shared_cells(table, readings.form)
    for row in table.rows:
        own = Counter((cell.row, cell.column) for key, cell in row.cells.items() if not empty(cell))
        for key, cell in row.cells.items():
            shared = (cell.row, cell.column) in spots and readings.amount(key, cell)
            if shared or (own[cell.row, cell.column] > 1 and readings.form.find(key).kind is Kind.TEXT):
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": WHY})


def _shared_cells(table: Table, form: Form) -> frozenset[Spot]:
    """Places of the cells that answer an amount for several organisations, rows or questions at once."""
    serves: dict[Spot, set[tuple[Spot, str, str]]] = defaultdict(set)
    for row in (each for each in table.rows if each.label or not empty(each.name)):  # else a row made taller
        for key, cell in row.cells.items():
            if form.find(key).kind in NUMERIC - {Kind.PERCENT}:
                serves[cell.row, cell.column].add(((row.name.row, row.name.column), row.label, key))
    return frozenset(spot for spot, uses in serves.items() if len(uses) > 1)
