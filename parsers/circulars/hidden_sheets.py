"""Hidden sheets: nothing in them is read, and the sender is told where one holds something."""

from collections.abc import Iterable

from parsers.findings import Code, Ordered, finding, shown
from parsers.grid import Sheet


def visible(sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets that are read."""
    return [sheet for sheet in sheets if not sheet.grid.hidden]


def hidden_findings(sheets: Iterable[Sheet]) -> list[Ordered]:
    """A word on each hidden sheet that is not blank."""
    return [
        (sheet.order(0, 0), finding(Code.HIDDEN_SHEET, sheet.place(), shown(sheet.grid.sheet)))
        for sheet in sheets
        if sheet.grid.hidden and any(not cell.blank for cell in sheet.grid.cells.values())
    ]
