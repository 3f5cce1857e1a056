"""Tables of web pages to grids: saved pages, workbooks "saved as web page", tables pasted into a mail.

Owns the walk over HTML as a person sees it: spans, fonts of runs, check boxes, what is hidden. Nothing is fetched, no
script runs.
"""

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as library

from parsers.findings import Code
from parsers.formats import document_to_grids
from parsers.formats.document_to_grids import Block, Table
from parsers.formats.sheets_read import Workbook
from parsers.formats.unreadable import Unreadable, refusing, too_large
from parsers.formats.web.styles import Styles
from parsers.grid import Doubt
from parsers.thai import charsets
from parsers.values import symbol_fonts

SOURCE_CAP = 12 << 20  # bytes; a workbook of a province saved as a page has about one million
DEPTH_CAP = 200  # elements within elements; the parser itself stops at 256
CHECKED, UNCHECKED = "✓", "☐"
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "object", "iframe", "colgroup", "col"})
_BREAKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "footer",
    }
    | {
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "ul",
    }
)
# "<meta charset=tis-620>", `<meta http-equiv=Content-Type content="text/html; charset=windows-874">`.
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+[\"']?\s*+([A-Za-z0-9_-]{2,40})", re.IGNORECASE)
_TINY = 3  # pixels
# Control characters, at which the parser stops.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def read(data: bytes) -> Workbook:
    """Read a page. Raises Unreadable and nothing else."""
    if len(data) > SOURCE_CAP:
        raise too_large(f"เกิน {SOURCE_CAP >> 20} เมกะไบต์")
    declared = CHARSET.search(data[:4096])
    return read_text(charsets.decode(data, declared[1].decode("ascii") if declared else None))


def read_text(source: str) -> Workbook:
    """The same from text. Raises Unreadable and nothing else."""
    with refusing():
        parser = library.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True)
        clean = _CONTROLS.sub("", source[:SOURCE_CAP]).encode("utf-8", "replace")
        tree = library.document_fromstring(clean, parser=parser)
        return Workbook(document_to_grids.grids(_Walk(Styles(tree)).blocks(tree)), None, links=False)


class _Walk:
    """The way through a page, in order."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._cells = 0

    def blocks(self, parent: library.HtmlElement) -> list[Block]:
        """What a page or a cell holds: lines and tables."""
        pieces = _Pieces()
        pieces.struck = sum(self._styles.strikes(each) for each in (parent, *parent.iterancestors()))
        self._take(parent, self._styles.font(parent), pieces, 0)
        return pieces.done()

    def _take(self, node: library.HtmlElement, font: str, pieces: "_Pieces", depth: int) -> None:
        if depth > DEPTH_CAP:
            raise Unreadable(Code.FILE_UNREADABLE, "เพราะเนื้อหาซ้อนกันลึกเกินไป")
        pieces.write(symbol_fonts.translate(node.text or "", font))
        for child in node:
            if isinstance(child.tag, str) and child.tag not in _UNSEEN and not self._styles.is_hidden(child):
                out = self._styles.strikes(child)
                high = self._styles.raises(child)
                pieces.struck += out
                pieces.raised += high
                self._element(child, self._styles.font(child, font), pieces, depth)
                pieces.struck -= out
                pieces.raised -= high
            pieces.write(symbol_fonts.translate(child.tail or "", font))

    def _element(self, node: library.HtmlElement, font: str, pieces: "_Pieces", depth: int) -> None:
        match node.tag:
            case "table":
                pieces.put(self._table(node))
            case "img":
                pieces.write(node.get("alt") or _picture(node))
            case "input":
                pieces.write(_input(node))
            case "select":
                pieces.write(_chosen(node))
            case _:
                if node.tag in _BREAKS:
                    pieces.end_line()
                self._take(node, font, pieces, depth + 1)
                if node.tag in _BREAKS:
                    pieces.end_line()

    def _table(self, source: library.HtmlElement) -> Table:
        table = Table()
        rows: list[list[tuple[list[Block], int, int]]] = []
        for line in _rows(source):
            if self._styles.is_hidden(line) or (
                line.getparent() is not source and self._styles.is_hidden(line.getparent())
            ):
                table.hidden_rows.add(len(rows) + 1)
            # A hidden cell is taken out of its row, as browsers do it.
            cells = [cell for cell in line if cell.tag in ("td", "th") and not self._styles.is_hidden(cell)]
            self._cells += len(cells)
            if self._cells > document_to_grids.SLOTS_CAP:
                raise too_large(f"ตารางมีเกิน {document_to_grids.SLOTS_CAP:,} ช่อง")
            rows.append([(self.blocks(cell), _span(cell, "rowspan"), max(1, _span(cell, "colspan"))) for cell in cells])
        document_to_grids.place_rows(table, rows)
        caption = next((child for child in source if child.tag == "caption"), None)
        if caption is not None:
            table.caption = self.blocks(caption)
        return table


class _Pieces:
    """Blocks while they grow."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._line: list[str] = []
        self.struck = 0  # how many elements around strike out what they hold
        self.raised = 0  # how many set it above the line

    def write(self, words: str) -> None:
        """More text of the line; white space in the source is one blank."""
        # White space of HTML; U+00A0 is none of it.
        words = re.sub(r"[ \t\r\n\f]+", " ", words)
        words = symbol_fonts.raised(words) if self.raised else words
        self._line.append(document_to_grids.doubted(Doubt.STRUCK, words) if self.struck else words)

    def end_line(self) -> None:
        """The line ends here."""
        if line := "".join(self._line).strip(" "):
            self._blocks.append(line)
        self._line = []

    def put(self, table: Table) -> None:
        """A table between the lines."""
        self.end_line()
        self._blocks += [*table.caption, table]

    def done(self) -> list[Block]:
        """All blocks."""
        self.end_line()
        return self._blocks


def _rows(table: library.HtmlElement) -> Iterator[library.HtmlElement]:
    """The table's own rows, not those of tables within it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot", "form", "div"):
            yield from (row for row in child if row.tag == "tr")


def _span(cell: library.HtmlElement, name: str) -> int:
    """A span; 0 reaches to the end of the table, what is no number is one."""
    said = (cell.get(name) or "").strip()
    # "2"; browsers take "2.5" or "100%" for one as well.
    return min(int(said), 65_534) if re.fullmatch(r"[0-9]{1,9}", said) else 1


def _picture(node: library.HtmlElement) -> str:
    """A picture without words; the tiny ones only keep room."""
    sizes = (node.get(side, "").removesuffix("px") for side in ("width", "height"))
    tiny = any(size.isdecimal() and int(size[:4]) <= _TINY for size in sizes)
    return "" if tiny else document_to_grids.doubted(Doubt.DRAWN, "ภาพ")


def _input(node: library.HtmlElement) -> str:
    kind = (node.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return CHECKED if node.get("checked") is not None else UNCHECKED
    return (node.get("value") or "") if kind in ("text", "number", "date") else ""


def _chosen(node: library.HtmlElement) -> str:
    """The chosen entry of a list; a browser shows the first when none is marked, which nobody chose."""
    options: list[etree._Element] = list(node.iter("option"))
    chosen = next((option for option in options if option.get("selected") is not None), None)
    return "" if chosen is None else "".join(str(part) for part in chosen.itertext())
