"""Word documents (.docx) to grids.

Owns the walk over WordprocessingML: what a person sees of runs, symbols, check boxes and tracked changes. Links, macros,
fields and entities are never followed; a document type is refused.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from parsers.findings import Code
from parsers.formats import document_to_grids
from parsers.formats.document_to_grids import Block, Table
from parsers.formats.office_zip.checked_package import checked
from parsers.formats.office_zip.sheet_range_merges_formulas import root_of
from parsers.formats.sheets_read import Workbook
from parsers.formats.unreadable import DAMAGED, Unreadable, refusing, too_large
from parsers.formats.word.form_fields import said_by, said_by_run, whole_number
from parsers.formats.word.styles import (
    Element,
    Look,
    Looks,
    attribute,
    child_at,
    is_on,
    local_name,
    look_of,
    value_at,
)
from parsers.grid import Doubt
from parsers.thai.text import normalise

CELLS_CAP = 20_000  # of all tables: 300 organisations with 60 questions; more takes seconds to lay out
PART_CAP = 40 << 20  # bytes of one part; a form of a whole province is under two megabytes
MARGINS_CAP = 12  # parts of headers and footers; a section has six
_PICTURES = frozenset({"pic", "imagedata"})
# Not seen in the final text: what was deleted or moved away, and a second drawing of what is drawn already.
_UNSEEN = frozenset({"del", "moveFrom", "Fallback", "rPr", "pPr", "sectPr", "sdtPr", "tblPr", "tblGrid", "instrText"})


def read(data: bytes) -> Workbook:
    """Read a document. Raises Unreadable and nothing else."""
    with refusing():
        return _read(data)


def _read(data: bytes) -> Workbook:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in checked(archive, len(data))}
        parts = _Parts(archive, infos)
        main = parts.main()
        folder = posixpath.dirname(main)
        looks = Looks(parts.root(posixpath.join(folder, "styles.xml")), parts.root(f"{folder}/numbering.xml"))
        root, margins = parts.root(main), tuple(filter(None, _margins(parts, folder)))
    if root is None:
        raise Unreadable(Code.FILE_UNREADABLE, DAMAGED)
    body = next((child for child in root if local_name(child) == "body"), root)
    grids = document_to_grids.grids(_Walk(looks).blocks(body))
    return Workbook(tuple(replace(grid, margins=margins) for grid in grids), None, links=False)


def _margins(parts: "_Parts", folder: str) -> Iterator[str]:
    """The lines of the headers and footers, and the words of the watermarks in them (ECMA-376, VML: textpath)."""
    prefixes = (f"{folder}/header", f"{folder}/footer")
    names = [name for name in parts.infos if name.startswith(prefixes) and name.endswith(".xml")]
    for root in (parts.root(name) for name in names[:MARGINS_CAP]):
        for element in root.iter() if root is not None else ():
            if local_name(element) == "p":
                yield normalise("".join(each.text or "" for each in element.iter() if local_name(each) == "t"))
            elif local_name(element) == "textpath":
                yield normalise(element.get("string", ""))


@dataclass(frozen=True)
class _Parts:
    """The parts of the zip around a document."""

    archive: zipfile.ZipFile
    infos: Mapping[str, zipfile.ZipInfo]

    def main(self) -> str:
        """The name of the document's part, by the package's own word, else the usual one."""
        root = self.root("_rels/.rels")
        for relation in root if root is not None else ():
            if isinstance(relation.tag, str) and relation.get("Type", "").endswith("/officeDocument"):
                return relation.get("Target", "").lstrip("/")
        return "word/document.xml"

    def root(self, name: str) -> Element | None:
        """A part as a tree; None when it is not there. Raises Unreadable and what lxml raises."""
        info = self.infos.get(name.lower())  # names of parts have no case
        if info is None:
            return None
        if info.file_size > PART_CAP:
            raise too_large(f"คลายแล้วมีขนาด {info.file_size >> 20:,} เมกะไบต์")
        with self.archive.open(info) as stream:
            root_of(stream)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        return etree.fromstring(self.archive.read(info), parser)


# --- the walk --------------------------------------------------------------------------------------------------------


class _Walk:
    """The way through a document, in order."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._cells = 0

    def blocks(self, parent: Element) -> list[Block]:
        """What a body, cell, text box or content control holds."""
        found: list[Block] = []
        for child in parent:
            name = local_name(child)
            if name == "p":
                found += self._paragraph(child)
            elif name == "tbl":
                found.append(self._table(child))
            elif name == "sdt":
                found += self._control(child)
            elif name not in _UNSEEN:
                found += self.blocks(child)
        return found

    def _control(self, control: Element) -> list[Block]:
        said = said_by(control)
        if said is not None:
            return [said] if said else []
        content = child_at(control, "sdtContent")
        return self.blocks(content) if content is not None else []

    def _paragraph(self, paragraph: Element) -> list[Block]:
        """A paragraph's text, then what floats in its text boxes."""
        line = _Line(self._looks, self._looks.style(value_at(paragraph, "pPr", "pStyle")))
        line.take(paragraph)
        words = self._looks.bullet(paragraph) + "".join(line.words)
        boxes = [block for box in line.boxes for block in self.blocks(box)]
        return [words, *boxes]

    def _table(self, source: Element) -> Table:
        table = Table()
        rows: list[list[tuple[list[Block], int, int]]] = []
        going: dict[int, tuple[int, int]] = {}  # column to (row, place in it) of the cell that goes on downwards
        for line, _ in _inside(source, "tr"):
            if child_at(line, "trPr", "del") is not None:
                continue
            if is_on(line, "trPr", "hidden"):
                table.hidden_rows.add(len(rows) + 1)
            rows.append(self._row(line, rows, going))
            self._cells += len(rows[-1])
            if self._cells > CELLS_CAP:
                raise too_large(f"ตารางมีเกิน {CELLS_CAP:,} ช่อง")
        document_to_grids.place_rows(table, rows)
        return table

    def _row(
        self, line: Element, rows: list[list[tuple[list[Block], int, int]]], going: dict[int, tuple[int, int]]
    ) -> list[tuple[list[Block], int, int]]:
        """A row's cells; one that continues the cell above makes that one taller."""
        cells: list[tuple[list[Block], int, int]] = []
        column = 0
        for _ in range(whole_number(value_at(line, "trPr", "gridBefore"), 0)):
            cells.append(([], 1, 1))
            going.pop(column, None)
            column += 1
        for source, state in _inside(line, "tc"):
            properties = child_at(source, "tcPr")
            width = whole_number(value_at(properties, "gridSpan"), 1)
            merge = child_at(properties, "vMerge")
            blocks = [] if child_at(properties, "cellDel") is not None else self.blocks(source)
            blocks = blocks if state is None else [state]
            above = (
                going.get(column) if merge is not None and attribute(merge, "val", "continue") == "continue" else None
            )
            if above and rows[above[0]][above[1]][2] == width:
                # Word shows nothing of what still stands in a cell that continues another.
                upper = rows[above[0]][above[1]]
                rows[above[0]][above[1]] = (upper[0], upper[1] + 1, width)
            else:
                for covered in range(column, column + width):
                    going.pop(covered, None)
                if merge is not None:
                    going[column] = (len(rows), len(cells))
                cells.append((blocks, 1, width))
            column += width
        return cells


class _Line:
    """The text of one paragraph while it is walked."""

    def __init__(self, looks: Looks, style: Look) -> None:
        self._looks, self._style = looks, style
        self.words: list[str] = []
        self.boxes: list[Element] = []
        self._struck = False

    def take(self, parent: Element, look: Look | None = None) -> None:
        """Everything seen under ``parent``; runs bring their own look."""
        for node in parent:
            name = local_name(node)
            if name in _UNSEEN:
                continue
            if name == "r":
                self._run(node)
            elif name == "t":
                self._write((look or self._style).shown(node.text or ""))
            elif name == "txbxContent":
                self.boxes.append(node)
            elif name in _PICTURES:
                self.words.append(document_to_grids.doubted(Doubt.DRAWN, "ภาพ"))
            elif name == "sdt":
                self._control(node, look)
            elif (said := said_by_run(node, name)) is not None:
                self._write(said)
            else:
                self.take(node, look)

    def _write(self, words: str) -> None:
        self.words.append(document_to_grids.doubted(Doubt.STRUCK, words) if self._struck else words)

    def _run(self, run: Element) -> None:
        properties = child_at(run, "rPr")
        look = look_of(properties).over(self._looks.style(value_at(properties, "rStyle")).over(self._style))
        if not look.hidden:
            self._struck = bool(look.struck)
            self.take(run, look)
            self._struck = False

    def _control(self, control: Element, look: Look | None) -> None:
        said = said_by(control)
        content = child_at(control, "sdtContent")
        if said is not None:
            self._write(said)
        elif content is not None:
            self.take(content, look)


def _inside(parent: Element, name: str, state: str | None = None) -> Iterator[tuple[Element, str | None]]:
    """Rows of a table or cells of a row, those in content controls and tracked changes included.

    With each goes what the control around it says by its state, as ``said_by``.
    """
    for child in parent:
        local = local_name(child)
        if local == name:
            yield child, state
        elif local == "sdt":
            yield from _inside(child, name, said_by(child))
        elif local in ("sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"):
            yield from _inside(child, name, state)
