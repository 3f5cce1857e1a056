"""The XML of office parts, streamed with expat: what its root is, and the same bytes with stretches left out.

Owns the refusal of document types (and with them of entities) and the cutting of a sheet down to its columns and its rows
and cells with content. Merges and formulas without a stored value are noted on the way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from parsers.findings import Code
from parsers.formats.office_zip.cell_references import stretch
from parsers.formats.office_zip.colours_and_drawings import SheetLooks
from parsers.formats.unreadable import Unreadable, too_large
from parsers.grid import Merge

ELEMENTS_CAP = 3_000_000  # in one part; that many take some seconds to count
MERGES_CAP = 5_000  # a form has some dozens
ICONS_CAP = 20  # stretches of one condition: a form has one or two
STYLES_CAP = 40_000  # cells whose style is noted: rows enough for a province
MARGINS_CAP, MARGIN_CAP = 12, 1_000  # headers and footers, and characters of one; Excel has six of 255
_CHUNK = 1 << 16
_KEPT = frozenset({"cols", "sheetData"})
_CONTENT = frozenset({"value", "f", "is"})
_HOLDS = frozenset({"v", "f", "is"})
# Where rows, cells and values stand under the root, and how deep.
_ROWS, _CELL, _VALUE = ["sheetData", "row"], ["row", "c"], ["c", "v"]
_ROW_DEEP, _CELL_DEEP = 3, 4
# "7", and "7.0" as some programs write it.
_ROW = re.compile(r"([0-9]{1,7})(?:\.0{1,9})?")


@dataclass
class SheetFacts:
    """What was noted of one sheet. Addresses are (row, column) from 1."""

    merges: list[Merge] = field(default_factory=list)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    content: int = 0  # cells with content
    styles: dict[tuple[int, int], int] = field(default_factory=dict)  # of cells, blank ones too, as far as the cap goes
    coloured: bool = False  # tables or conditions bring colours that no style of a cell tells
    turned_icons: list[Merge] = field(
        default_factory=list
    )  # where icons show figures the other way round: 0 a green light
    looks: SheetLooks = field(default_factory=SheetLooks)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)  # that people wrote on cells
    margins: list[str] = field(default_factory=list)  # headers and footers as written, with their codes


class _Stop(Exception):  # noqa: N818 - no error: enough was read
    """Carries the name of the root element."""


def root_of(stream: IO[bytes]) -> str:
    """The root element's name without prefix, empty for what is no XML. Raises Unreadable for a document type."""
    parser = _parser()

    def found(name: str, _attributes: list[str]) -> None:
        raise _Stop(_local(name))

    parser.StartElementHandler = found
    try:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)  # noqa: FBT003 - a positional-only argument
    except _Stop as stop:
        return str(stop)
    except expat.ExpatError:
        pass
    return ""


def cut_down(part: bytes) -> tuple[bytes, SheetFacts]:
    """A sheet with only its columns and its rows and cells with content, and what was noted.

    Raises Unreadable and ExpatError.
    """
    cutter = _SheetCutter()
    smaller = cutter.cut(part)
    if not cutter.told:
        # Rows or cells without numbers are counted by readers, so none of them may go.
        cutter = _SheetCutter(whole=True)
        smaller = cutter.cut(part)
    return smaller, cutter.facts


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.ordered_attributes = True

    def refuse(*_: object) -> None:
        raise Unreadable(Code.FILE_UNREADABLE, "เนื้อหาในไฟล์มีส่วนที่ไม่ปลอดภัย (DTD)")

    parser.StartDoctypeDeclHandler = refuse
    return parser


class _Cutter:
    """Streams over a part and remembers which stretches of its bytes to leave out."""

    def __init__(self) -> None:
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.path: list[str] = []
        self.drops: list[tuple[int, int]] = []
        self._open: int | None = None  # where a stretch to leave out began
        self._child = 0  # where the root's child at hand began
        self._elements = 0

    def unwanted(self, name: str) -> bool:
        """Whether a child of the root is left out."""
        raise NotImplementedError

    def cut(self, part: bytes) -> bytes:
        """The bytes that stay."""
        self.parser.Parse(part, True)  # noqa: FBT003 - a positional-only argument
        pieces, at = [], 0
        for start, end in self.drops:
            pieces.append(part[at:start])
            at = end
        return b"".join([*pieces, part[at:]])

    def leave_out(self, start: int) -> None:
        """Leave out what lies between ``start`` and the next tag, with every smaller stretch in it."""
        while self.drops and self.drops[-1][0] >= start:
            self.drops.pop()
        self._open = start

    def place(self) -> int:
        """Where in the bytes the tag at hand begins; a stretch that is open ends there."""
        at = self.parser.CurrentByteIndex
        if self._open is not None:
            self.drops.append((self._open, at))
            self._open = None
        return at

    def _start(self, name: str, attributes: list[str]) -> None:
        at = self.place()
        self._elements += 1
        if self._elements > ELEMENTS_CAP:
            raise too_large(f"มีรายการเกิน {ELEMENTS_CAP:,} รายการ")
        self.path.append(_local(name))
        if len(self.path) == 2:  # noqa: PLR2004 - a child of the root
            self._child = at
        self.begin(at, attributes)

    def _end(self, _name: str) -> None:
        self.place()
        self.end()
        if len(self.path) == 2 and self.unwanted(self.path[1]):  # noqa: PLR2004 - a child of the root
            self.leave_out(self._child)
        self.path.pop()

    def begin(self, at: int, attributes: list[str]) -> None:
        """An element begins; it is the last of ``path``."""

    def end(self) -> None:
        """The last element of ``path`` ends."""


class _SheetCutter(_Cutter):
    """The same for a sheet, with an eye on rows, cells and merges."""

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__()
        self.facts = SheetFacts()
        self.told = True  # every row and cell says its number
        self._whole = whole
        self._row = self._column = 0
        self._at = (0, 0)  # the cell at hand
        self._row_start = self._cell_start = 0
        self._row_has = False
        self._kind = self._style = ""
        self._holds: set[str] = set()
        self._conditioned: list[Merge] = []  # the cells of the condition at hand

    def unwanted(self, name: str) -> bool:
        """All but what holds cells and columns."""
        return name not in _KEPT

    def begin(self, at: int, attributes: list[str]) -> None:
        """Note what begins. The paths are checked whole, since extensions use the same names for other things."""
        if len(self.path) > 1 and self.path[1] == "sheetData":
            self._begin_data(at, attributes)
            return
        match self.path[1:]:
            case ["conditionalFormatting", "cfRule", "iconSet"]:
                turned = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("reverse") in ("1", "true")
                self.facts.turned_icons += self._conditioned if turned else []
            case ["conditionalFormatting"] | ["tableParts", "tablePart"]:
                self.facts.coloured = True
                said = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("sqref", "")
                self._conditioned = [each for each in map(stretch, said.split()[:ICONS_CAP]) if each]
            case ["headerFooter", _] if len(self.facts.margins) < MARGINS_CAP:
                self.facts.margins.append("")
                self.parser.CharacterDataHandler = self._margin
            case ["mergeCells", "mergeCell"]:
                self._merge(dict(zip(attributes[::2], attributes[1::2], strict=True)).get("ref", ""))

    def end(self) -> None:
        """Decide on what ends."""
        path = self.path
        if path[1:2] == ["headerFooter"] and len(path) == _ROW_DEEP:
            self.parser.CharacterDataHandler = None
        if path[1:3] != _ROWS:
            return
        if len(path) == _ROW_DEEP:
            if not self._row_has and not self._whole:
                self.leave_out(self._row_start)
        elif path[3] == "c" and len(path) == _CELL_DEEP:
            self._end_cell()
        elif path[3:] == _VALUE:
            self.parser.CharacterDataHandler = None

    def _begin_data(self, at: int, attributes: list[str]) -> None:
        """Rows, cells and what they hold: nearly all of a sheet."""
        path = self.path
        if len(path) == _ROW_DEEP and path[2] == "row":
            self._begin_row(at, dict(zip(attributes[::2], attributes[1::2], strict=True)))
        elif len(path) == _CELL_DEEP and path[3] == "c" and path[2] == "row":
            self._begin_cell(at, dict(zip(attributes[::2], attributes[1::2], strict=True)))
        elif len(path) == _CELL_DEEP + 1 and path[4] in _HOLDS and path[2:4] == _CELL:
            self._holds.add(path[4])
            if path[4] == "v":
                self.parser.CharacterDataHandler = self._value

    def _begin_row(self, at: int, given: Mapping[str, str]) -> None:
        self._row_start, self._row_has, self._column = at, False, 0
        said = _ROW.fullmatch(given.get("r", ""))
        self.told = self.told and bool(said)
        self._row = int(said[1]) if said else self._row + 1

    def _begin_cell(self, at: int, given: Mapping[str, str]) -> None:
        self._cell_start, self._kind, self._holds = at, given.get("t", "n"), set()
        self._style = given.get("s", "")
        said = stretch(given.get("r", ""))
        self.told = self.told and bool(said)
        self._column = said.left if said else self._column + 1
        self._at = (said.top if said else self._row, self._column)

    def _value(self, words: str) -> None:
        if words:
            self._holds.add("value")

    def _margin(self, words: str) -> None:
        self.facts.margins[-1] = (self.facts.margins[-1] + words)[:MARGIN_CAP]

    def _end_cell(self) -> None:
        if self._holds & _CONTENT:
            self._row_has = True
            self.facts.content += 1
            # A formula whose stored value is the empty text was calculated.
            empty_text = self._kind == "str" and "v" in self._holds
            if "f" in self._holds and "value" not in self._holds and not empty_text:
                self.facts.uncalculated.add(self._at)
        elif not self._whole:
            self.leave_out(self._cell_start)
        if self._style.isdecimal() and len(self.facts.styles) < STYLES_CAP:
            self.facts.styles[self._at] = int(self._style[:6])

    def _merge(self, reference: str) -> None:
        if ":" in reference and (merge := stretch(reference)):
            self.facts.merges.append(merge)
        if len(self.facts.merges) > MERGES_CAP:
            raise too_large(f"มีช่องที่ผสานเกิน {MERGES_CAP:,} แห่ง")
