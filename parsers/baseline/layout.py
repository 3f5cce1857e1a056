"""How a list of names stands in a sheet: titles, heading rows, lines that part it, and the row of each name.

Lists come from many hands: one column of names, a column for each question or one that says which, two lists beside or
under each other, the whole country by province. Knows no register beyond whether a text is a name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from parsers.baseline.asked import DAY, Asked, says_not_done
from parsers.grid import Cell, CellKind, Grid, empty
from parsers.organisations.name_grammar import find_district
from parsers.organisations.provinces import is_stated, province_of
from parsers.organisations.type_words import TypeWords, words_of
from parsers.tables.header_search import SHEET_COLUMNS, is_mark
from parsers.thai.text import heading_key

LONGEST_NAME = 80  # characters; a longer text is a note
BELOW = ("หมายเหตุ", "ที่มา", "ข้อมูลจาก", "แหล่งข้อมูล", "ลงชื่อ", "ผู้รายงาน")  # how lines begin that are no names
TOTAL = "รวม"


@dataclass(frozen=True)
class Entry:
    """One name of a list, and what stands beside it. A blank ``name`` is a row with answers and nobody's name."""

    name: Cell
    asked: tuple[str, ...]  # the questions that its column or the title above names; none: all that lists are about
    marks: Mapping[str, Cell] = field(default_factory=dict)  # by question, blank ones too
    headings: Mapping[str, str] = field(default_factory=dict)  # above the marks, by question
    about: Cell | None = None  # of a column that says in words what was not done
    type: str = ""
    district: Cell | None = None
    province: Cell | None = None  # None: the list has no such column
    section: tuple[str, str] = ("", "")  # province and district of the line above, as written
    hidden: bool = False


@dataclass
class Layout:
    """One walk through a sheet from top to bottom."""

    grid: Grid
    asked: Asked
    districts: tuple[str, ...]
    is_name: Callable[[str], bool]
    roles: dict[int, str] = field(default_factory=dict)  # by column
    questions: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by column
    paths: dict[int, list[str]] = field(default_factory=dict)
    head: list[int] = field(default_factory=list)  # rows of the present heading
    section: tuple[str, ...] = ()
    province: str = ""
    district: str = ""
    learned: int = 0  # the column in which names stand under no heading
    started: bool = False
    denied: bool = False  # a title says that what follows was not done
    dense: frozenset[int] | None = None
    above: dict[int, Cell] = field(default_factory=dict)  # the last filled cell of a column
    names: TypeWords = field(init=False)
    width: int = field(init=False)
    height: int = field(init=False)
    passed: list[Cell] = field(default_factory=list)  # lines that were understood as nothing

    def __post_init__(self) -> None:
        """Measure the sheet once."""
        self.names = words_of(self.asked.form.naming)
        self.width, self.height = min(self.grid.last_column, SHEET_COLUMNS), self.grid.last_row

    def entries(self) -> Iterator[Entry]:
        """Every name with its row, in reading order."""
        for row in sorted({row for row, _ in self.grid.cells}):
            cells = [cell for cell in self.grid.row(row) if not empty(cell)]
            if not cells:
                continue
            if self._heads(row, cells):
                self._take_head(row)
            elif len(cells) > 1 or self._answers(cells[0]) or not self._is_line(cells[0]):
                for entry in self._in_row(row, cells):
                    self.started = True
                    yield entry

    # --- headings

    def _heads(self, row: int, cells: list[Cell]) -> bool:
        if any(self.names.named(cell.text) for cell in cells):
            return False
        roles = [role for cell in cells if (role := self.asked.role(cell))]
        if self.head and row == self.head[-1] + 1 and not any(is_mark(cell.text) for cell in cells):
            return len(roles) == len(cells)
        alone = len(cells) == 1 and roles == ["organisation"]
        several = len(roles) > 1 and 2 * len(roles) >= len(cells)
        return alone or (several and not any(self.is_name(cell.text) for cell in cells))

    def _take_head(self, row: int) -> None:
        """A heading row, which goes on the one right above it or begins anew."""
        self.head = [*self.head, row] if self.head and row == self.head[-1] + 1 else [row]
        self.paths = {}
        for column in range(1, self.width + 1):
            texts = [self.grid.at(each, column) for each in self.head]
            path = list(dict.fromkeys(cell.text for cell in texts if not cell.blank))
            roles = [role for cell in texts if (role := self.asked.role(cell))]
            if path:
                self.paths[column] = path
                self.roles[column] = roles[-1] if roles else ""
        headed = {column: path for column, path in self.paths.items() if self.roles[column] == "question"}
        self.questions = {column: keys for column, keys in self.asked.columns(headed).items() if keys}
        self.dense = None
        self.above = {}

    def columns(self, role: str) -> list[int]:
        """The columns headed as ``role``."""
        return [column for column, found in self.roles.items() if found == role]

    # --- lines that stand alone

    def _answers(self, cell: Cell) -> bool:
        """Whether a cell that stands alone belongs to a row whose name is missing, or merged with that above."""
        return cell.column > 1 and self.roles.get(cell.column) in {"about", "question", "district", "province"}

    def _is_line(self, cell: Cell) -> bool:
        """Whether a line that stands alone is a title, a section or a total; what it says is kept."""
        text = cell.text
        if cell.kind is not CellKind.TEXT or heading_key(text).startswith(TOTAL):
            return True
        if self.names.named(text):
            return False
        if heading_key(text).startswith(BELOW):
            self.passed.append(cell)
            return True
        return self._is_place(text) or self._is_title(cell)

    def _is_place(self, text: str) -> bool:
        """A line that says in which province or district the names below it are."""
        place = province_of(text)
        if (is_stated(text) or place) and not self.is_name(text):
            self.province, self.district = place or text, ""
            return True
        if text.strip().startswith("อ") and find_district(text, self.districts):
            self.district = text
            return True
        return False

    def _is_title(self, cell: Cell) -> bool:
        """A line that says what the list is about, or that is no name as far as anybody can tell."""
        asked = self.asked.in_line(cell.text)
        if not asked and self.is_name(cell.text):
            return False
        self.section = asked or self.section
        self.denied = self.denied or says_not_done(cell.text)
        if asked or not self.started or any(word in cell.text for word in DAY):
            return True
        if not self.columns("organisation"):
            self.passed.append(cell)
        return not self.columns("organisation")

    # --- rows of names

    def _in_row(self, row: int, cells: list[Cell]) -> Iterator[Entry]:
        beside = [cell for cell in cells if cell.column in self.questions and self._a_name(cell)]
        if beside:
            for cell in beside:
                yield self._entry(row, cell, self.questions[cell.column])
            return
        name = self._name(row, cells)
        if name is None:
            self.passed += [cell for cell in cells if cell.kind is CellKind.TEXT][:1] if self.started else []
            return
        others = [c for c in cells if self.roles.get(c.column) != "number" and c.column != name.column]
        total = [c for c in (name, *cells[:1]) if heading_key(c.text).startswith(TOTAL) and not self._a_name(c)]
        if total or (empty(name) and not others):
            return
        if (not others and heading_key(name.text).startswith(BELOW)) or len(name.text) > LONGEST_NAME:
            self.passed.append(name)
            return
        marks = {key: self.grid.at(row, column) for column, keys in self.questions.items() for key in keys}
        yield self._entry(row, name, self.section, marks)

    def _name(self, row: int, cells: list[Cell]) -> Cell | None:
        headed = self.columns("organisation")
        if headed:
            filled = [cell for column in headed if not empty(cell := self.grid.at(row, column))]
            return filled[0] if filled else Cell(row, headed[0])
        found = next((cell for cell in cells if self._a_name(cell)), None)
        if found:
            self.learned = found.column
            return found
        learned = self.grid.at(row, self.learned) if self.learned else None
        return learned if learned and learned.kind is CellKind.TEXT and not empty(learned) else None

    def _a_name(self, cell: Cell) -> bool:
        return cell.kind is CellKind.TEXT and (self.names.named(cell.text) or self.is_name(cell.text))

    def _entry(self, row: int, name: Cell, asked: tuple[str, ...], marks: Mapping[str, Cell] | None = None) -> Entry:
        about = [self.grid.at(row, column) for column in self.columns("about")]
        types = [self.grid.at(row, column).text for column in self.columns("type")]
        return Entry(
            name,
            asked,
            marks or {},
            {key: " ".join(self.paths[column]) for column, keys in self.questions.items() for key in keys},
            about[0] if about else None,
            types[0] if types else "",
            self._beside("district", row),
            self._beside("province", row),
            (self.province, self.district),
            row in self.grid.hidden_rows or name.column in self.grid.hidden_columns,
        )

    def _beside(self, role: str, row: int) -> Cell | None:
        """The row's cell under such a heading; where only the first row of each block has one, that of the block."""
        found = self.columns(role)
        if not found:
            return None
        column = found[0]
        cell = self.grid.at(row, column)
        if not empty(cell):
            self.above[column] = cell
        elif column not in self._full():
            return self.above.get(column, cell)
        return cell

    def _full(self) -> frozenset[int]:
        """Columns that most rows fill: a blank there is a cell left out, not the same as above."""
        if self.dense is None:
            below = range(self.head[-1] + 1, self.height + 1)
            names = self.columns("organisation") or [self.learned or 1]
            rows = [row for row in below if any(not empty(self.grid.at(row, column)) for column in names)]
            filled = {column: sum(not empty(self.grid.at(row, column)) for row in rows) for column in self.roles}
            self.dense = frozenset(column for column, count in filled.items() if 2 * count > len(rows))
        return self.dense
