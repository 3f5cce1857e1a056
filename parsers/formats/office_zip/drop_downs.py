"""The lists that an Excel workbook offers in its cells (data validation, ECMA-376 part 1, 18.3.1.32). Replies are read without them.

Owns where they stand in the parts. What is offered by a name or a formula is left out.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from parsers.formats.office_zip.cell_references import stretch
from parsers.formats.office_zip.list_of_sheets import listed, relations
from parsers.grid import Grid, Merge
from parsers.thai.text import normalise

PART_CAP = 16 << 20  # bytes of one part; a larger one is left alone
OFFERS_CAP = 500  # of one sheet
CHOICES_CAP = 60  # of one list; a longer one is a register
_BOOK, _RELATED = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


class Offer(NamedTuple):
    """A list and the cells in which it is offered."""

    cells: Merge
    choices: tuple[str, ...]


def offered(data: bytes, grids: Sequence[Grid]) -> Mapping[str, tuple[Offer, ...]]:
    """The lists by sheet; ``grids`` are the workbook's, from which lists that stand in cells are taken. Never raises."""
    by_name = {grid.sheet: grid for grid in grids}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename.lower(): info for info in package.infolist() if info.file_size <= PART_CAP}
            related = relations(package.read(parts[_RELATED]), _BOOK)
            sheets, _ = listed(package.read(parts[_BOOK]), related, parts.keys())
            return {
                sheet.name: tuple(_of_part(package.read(parts[sheet.part]), sheet.name, by_name)) for sheet in sheets
            }
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, etree.XMLSyntaxError):
        return {}  # what stands beside the cells is not worth refusing them


def _of_part(part: bytes, sheet: str, grids: Mapping[str, Grid]) -> Iterator[Offer]:
    found = 0
    events = etree.iterparse(io.BytesIO(part), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    for _, element in events:
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name == "row":
            element.clear()
        if name != "dataValidation" or element.get("type") != "list" or found >= OFFERS_CAP:
            continue
        formula = next((each.text or "" for each in element if str(each.tag).endswith("formula1")), "")
        choices = _choices(formula.strip(), sheet, grids)
        for reference in element.get("sqref", "").split()[:OFFERS_CAP] if len(choices) > 1 else ():
            if cells := stretch(reference):
                found += 1
                yield Offer(cells, choices)


def _choices(formula: str, sheet: str, grids: Mapping[str, Grid]) -> tuple[str, ...]:
    """What ``"ก,ข"``, ``$A$1:$A$3`` or ``'ตัวเลือก'!$A$1:$A$3`` offers; nothing for any other formula."""
    if formula.startswith('"'):
        said = formula.strip('"').replace('""', '"').split(",")
    else:
        where, _, cells = formula.rpartition("!")
        grid = grids.get(where.strip("'").replace("''", "'") or sheet)
        area = stretch(cells)
        if grid is None or area is None or (area.bottom - area.top + 1) * (area.right - area.left + 1) > CHOICES_CAP:
            return ()
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        said = [grid.own(row, column).text for row in rows for column in columns]
    return tuple(dict.fromkeys(text for each in said[:CHOICES_CAP] if (text := normalise(each).strip())))
