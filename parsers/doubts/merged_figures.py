"""One figure in a merged cell over several rows or questions: whose it is nobody can tell, and none can be taken for all.

Owns which cells those are. A tick, a word, a percentage or a zero says the same of each of them and is left.
"""

from collections import defaultdict
from decimal import Decimal

from parsers.form import NUMERIC, Form, Kind, Question
from parsers.grid import Cell, empty
from parsers.tables.model import Table
from parsers.values.read_value import ValueReading

Spot = tuple[int, int]

WHY = "เพราะผสานเซลล์ไว้หลายช่อง จึงไม่ทราบว่าเป็นตัวเลขของช่องใด กรุณายกเลิกการผสานเซลล์แล้วกรอกตัวเลขของแต่ละช่อง"


def shared_cells(table: Table, form: Form) -> frozenset[Spot]:
    """Places of the cells that answer an amount for several organisations, rows or questions at once."""
    serves: dict[Spot, set[tuple[Spot, str, str]]] = defaultdict(set)
    for row in (each for each in table.rows if each.label or not empty(each.name)):  # else a row made taller
        for key, cell in row.cells.items():
            if form.find(key).kind in NUMERIC - {Kind.PERCENT}:
                serves[cell.row, cell.column].add(((row.name.row, row.name.column), row.label, key))
    return frozenset(spot for spot, uses in serves.items() if len(uses) > 1)


def not_of_one(reading: ValueReading, cell: Cell, question: Question, spots: frozenset[Spot]) -> ValueReading:
    """``reading``, unless it is an amount in one of ``spots``."""
    amount = question.kind in NUMERIC and isinstance(reading.value, str) and Decimal(reading.value) != 0
    return ValueReading(None, "unreadable", WHY) if amount and (cell.row, cell.column) in spots else reading
