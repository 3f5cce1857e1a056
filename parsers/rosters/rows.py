"""The rows of a roster's tables, each with its cells by column: fill-down of districts, lines that are no row left out."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from parsers.findings import Place
from parsers.grid import Cell, Sheet, empty
from parsers.organisations.name_grammar import find_district
from parsers.rosters.headings import Column, Headed
from parsers.thai.text import ascii_digits, normalise

AROUND = ("รวม", "ทั้งสิ้น", "หมายเหตุ", "ที่มา", "ข้อมูล ณ", "ลงชื่อ", "total", "note")  # how lines begin that name nobody
WHO = (Column.NAME, Column.REPORTER, Column.CODE, Column.FORMER, Column.KEY)


@dataclass(frozen=True)
class Row:
    """One row of a table. ``cells`` of the columns that it has, merged cells seen in each row they cover."""

    sheet: Sheet
    number: int
    cells: Mapping[Column, tuple[Cell, ...]]
    district: str = ""  # of a line above that names a district alone, or of the last row that has one

    def has(self, column: Column) -> bool:
        """Whether the table has this column."""
        return column in self.cells

    def text(self, column: Column) -> str:
        """What a cell says, on one line, digits in ASCII; several cells one behind another."""
        said = (each.text for each in self.cells.get(column, ()) if not empty(each))
        return " ".join(ascii_digits(normalise("\n".join(said))).split())

    def place(self, column: Column) -> Place:
        """Where a cell stands; that of the row's first cell where there is no such column."""
        cells = self.cells.get(column) or next(iter(self.cells.values()))
        return self.sheet.place(Cell(self.number, cells[0].column))


def rows_of(sheet: Sheet, headed: Headed, districts: Collection[str]) -> Iterator[Row]:
    """The rows below the headings that say something of somebody."""
    district = ""
    for number in range(headed.row + 1, sheet.grid.last_row + 1):
        if alone := _district_alone(sheet, number, districts):
            district = alone
            continue
        cells = {kind: tuple(sheet.grid.at(number, at) for at in places) for kind, places in headed.columns.items()}
        row = Row(sheet, number, cells, district)
        if said := row.text(Column.DISTRICT):
            district = said
        if _says_something(row):
            yield row


def _district_alone(sheet: Sheet, number: int, districts: Collection[str]) -> str:
    """The district that a line names alone, above those that lie in it: อำเภอเวียงสา."""
    filled = [cell for cell in sheet.grid.row(number) if not empty(cell)]
    return (find_district(filled[0].text, districts) or "") if len(filled) == 1 else ""


def _says_something(row: Row) -> bool:
    """Whether a row is of somebody: it has more than a district and a type, and is no total or note."""
    own = [kind for kind in row.cells if kind not in {Column.DISTRICT, Column.TYPE} and row.text(kind)]
    first = next((row.text(kind) for kind in WHO if row.text(kind)), "")
    return bool(own) and not first.lower().startswith(AROUND)
