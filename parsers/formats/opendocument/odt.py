"""OpenDocument texts (.odt, .fodt) to grids.

Owns the walk over their XML: what a person sees of lines, lists, tables, text boxes, check boxes and tracked changes. Links,
macros, fields and entities are never followed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from lxml import etree

from parsers.formats import document_to_grids
from parsers.formats.document_to_grids import COLUMNS_CAP, SLOTS_CAP, Block, Table
from parsers.formats.opendocument.cell import count
from parsers.formats.opendocument.line import Line
from parsers.formats.opendocument.parts import opened, part_of, plain_xml
from parsers.formats.opendocument.styles import Styles, q
from parsers.formats.sheets_read import Workbook
from parsers.formats.unreadable import refusing, too_large
from parsers.thai.text import normalise

CONTENT_CAP = 40 << 20  # bytes; as of a Word document
CELLS_CAP = 20_000  # of all tables, as they are written; as of a Word document
MARGINS_CAP = 24  # lines of headers and footers; a page has a few
_LINES = frozenset(map(q, ("text:p", "text:h")))
_ITEMS = tuple(map(q, ("text:list-item", "text:list-header")))
_CELL, _COVERED = q("table:table-cell"), q("table:covered-table-cell")
_ROWS_WITHIN = frozenset(map(q, ("table:table-header-rows", "table:table-rows", "table:table-row-group")))
_MARGINS = tuple(
    q(f"style:{which}{at}") for which in ("header", "footer") for at in ("", "-left", "-first")
)  # ODF 1.3 part 3, 16.10
# What is kept beside the text: changes, declarations, forms, and how the lists of contents are made.
_ASIDE = frozenset(map(q, ("text:tracked-changes", "office:forms", "text:sequence-decls", "office:annotation")))


def read(data: bytes) -> Workbook:
    """Read a document. Raises Unreadable and nothing else."""
    with refusing(), opened(data) as archive:
        names = [name for name in ("styles.xml", "content.xml") if name in archive.namelist()]
        return _workbook([part_of(archive, name, CONTENT_CAP) for name in names])


def read_flat(data: bytes) -> Workbook:
    """Read a document that is one XML file (.fodt). Raises Unreadable and nothing else."""
    with refusing():
        return _workbook([plain_xml(data, CONTENT_CAP)])


def _workbook(parts: Sequence[bytes]) -> Workbook:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    roots = [etree.fromstring(part, parser) for part in parts]
    styles = Styles()
    for root in roots:
        for element in root.iter(*map(q, ("office:font-face-decls", "office:styles", "office:automatic-styles"))):
            styles.take(element)
    content = roots[-1]
    body = next(content.iter(q("office:text")))
    margins = tuple(islice((line for root in roots for line in _margins(root)), MARGINS_CAP))
    grids = document_to_grids.grids(_Walk(styles, content).blocks(body))
    return Workbook(tuple(replace(grid, margins=margins) for grid in grids), None, links=False)


def _margins(root: Any) -> Iterator[str]:
    """The lines of the headers and footers; a watermark is a drawing in them."""
    for page in root.iterfind(f"{q('office:master-styles')}/{q('style:master-page')}"):
        for margin in page.iterchildren(*_MARGINS):
            yield from filter(None, (normalise("".join(line.itertext())) for line in margin.iter(*_LINES)))


class _Walk:
    """The way through a document, in order."""

    def __init__(self, styles: Styles, content: Any) -> None:
        self._styles = styles
        self._cells = self._slots = 0
        self._line = Line(styles, _deleted(content), _ticked(content))

    def blocks(self, parent: Any) -> list[Block]:
        """What a body, cell, section or text box holds."""
        return [block for child in parent.iterchildren(tag=etree.Element) for block in self._block(child)]

    def _block(self, element: Any) -> list[Block]:
        if element.tag in _LINES:
            return self._paragraph(element)
        if element.tag == q("table:table"):
            return [self._table(element)]
        if element.tag == q("text:list"):
            return self._list(element, "", 1)
        if element.tag.startswith(q("draw:")):
            return self._drawn(*self._line.drawn(element))
        self._line.heed(element)
        shown = element.get(q("text:display")) != "none" and element.tag not in _ASIDE
        return self.blocks(element) if shown and not element.tag.endswith("-source") else []

    def _paragraph(self, paragraph: Any) -> list[Block]:
        return self._drawn(*self._line.read(paragraph))

    def _drawn(self, words: str, boxes: Sequence[Any]) -> list[Block]:
        """A text, then what floats in its text boxes."""
        return [words, *(block for box in boxes for block in self.blocks(box))]

    def _list(self, source: Any, style: str, level: int) -> list[Block]:
        """The items of a list, each behind its bullet if that is a mark."""
        style = source.get(q("text:style-name"), style)
        found: list[Block] = []
        for item in source.iterchildren(*_ITEMS):
            mark = self._styles.bullet(style, level) if item.tag == _ITEMS[0] else ""
            for child in item.iterchildren(tag=etree.Element):
                if child.tag == q("text:list"):
                    found += self._list(child, style, level + 1)
                    continue
                blocks = self._block(child)
                if mark and blocks and isinstance(blocks[0], str):
                    blocks[0], mark = mark + blocks[0], ""
                found += blocks
        return found

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table(self, source: Any) -> Table:
        table = Table()
        taken: dict[int, int] = {}  # column to the last row that a cell from above covers
        row = 1
        for line in _rows(source):
            times = count(line, "table:number-rows-repeated")
            for column, cell in self._row(line, row, taken):
                self._put(table, (row, column), cell, times)
            row += times
        clipped = {at: (min(down, row - at[0]), right) for at, (down, right) in table.spans.items()}
        table.spans = {at: spanned for at, spanned in clipped.items() if spanned != (1, 1)}
        return table

    def _row(self, line: Any, row: int, taken: dict[int, int]) -> Iterator[tuple[int, Any]]:
        """The cells of a row with their columns. Some programs leave out the cells that others cover."""
        column = 1
        for cell in line.iterchildren(_CELL, _COVERED):
            self._cells += 1
            if self._cells > CELLS_CAP:
                raise too_large(f"ตารางมีเกิน {CELLS_CAP:,} ช่อง")
            while cell.tag == _CELL and taken.get(column, 0) >= row:
                column += 1
            if cell.tag == _CELL:
                yield column, cell
                down, right = _spans(cell)
                taken.update(dict.fromkeys(range(column, column + right), row + down - 1))
            column += count(cell, "table:number-columns-repeated")
            if column > COLUMNS_CAP:
                raise too_large(f"ตารางมีเกิน {COLUMNS_CAP} คอลัมน์")

    def _put(self, table: Table, at: tuple[int, int], cell: Any, times: int) -> None:
        """A cell as often as it is repeated."""
        (down, right), wide = _spans(cell), count(cell, "table:number-columns-repeated")
        self._slots += max(down * right, times * wide)
        if self._slots > SLOTS_CAP:
            raise too_large(f"ตารางมีเกิน {SLOTS_CAP:,} ช่อง")
        blocks = self.blocks(cell)
        for row in range(at[0], at[0] + times):
            for column in range(at[1], at[1] + wide):
                table.cells[row, column] = blocks
        if down > 1 or right > 1:
            table.spans[at] = down, right


def _spans(cell: Any) -> tuple[int, int]:
    """(rows, columns) that a cell covers; no table is wider than the cap on columns, and none that fits is longer."""
    down, right = (count(cell, f"table:number-{what}-spanned") for what in ("rows", "columns"))
    return min(down, SLOTS_CAP + 1), min(right, COLUMNS_CAP)


def _rows(table: Any) -> Iterator[Any]:
    """The table's own rows, not those of tables within it."""
    for child in table.iterchildren(tag=etree.Element):
        if child.tag == q("table:table-row"):
            yield child
        elif child.tag in _ROWS_WITHIN:
            yield from _rows(child)


def _deleted(content: Any) -> frozenset[str]:
    """The names of the changes that took text away."""
    regions = (deletion.getparent() for deletion in content.iter(q("text:deletion")))
    return frozenset(region.get(q("text:id"), "") for region in regions)


def _ticked(content: Any) -> Mapping[str, bool]:
    """The check boxes of the forms, and whether each is ticked; they stand in the text by these names."""
    boxes = content.iter(q("form:checkbox"), q("form:radio"))
    return {
        box.get(q("form:id"), ""): (box.get(q("form:current-state")) or box.get(q("form:state"))) == "checked"
        or box.get(q("form:current-selected")) == "true"
        for box in boxes
    }
