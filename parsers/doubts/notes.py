"""Where the notes about a row stand: beside it, on its cells, or in a line below the table that names its organisation.

Owns these places. What a note says, and of which answers, is for the checks that ask for it.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from parsers.grid import CellKind, empty
from parsers.organisations.name_grammar import Places, interpretations, plain, take_apart
from parsers.organisations.type_patterns import Types
from parsers.organisations.type_words import TypeWords
from parsers.tables.model import Row, Table

BESIDE = 6  # columns right of a table in which its notes stand
BELOW = 8  # rows below the last one whose lines may name an organisation
LONGEST = 200  # characters of a note; a longer text tells of many things

# "หมายเหตุ", "เหตุผล/คำชี้แจง", "ปัญหา อุปสรรค", "ผลการดำเนินการ": what heads a column of notes.
_NOTES = re.compile(
    r"หมายเหตุ|เหตุผล|ปัญหา|อุปสรรค|ชี้แจง|เพิ่มเติม|รายละเอียด|ความเห็น|สถานะ|ผลการดำเนิน|note|remark", re.IGNORECASE
)
# "สถานะเดิม 29 ต.ค. 2567 (ไม่ต้องกรอก)": how it was before, and what nobody fills in.
_BEFORE = re.compile(r"เดิม|ก่อน|ที่แล้ว|ไม่ต้องกรอก")
# "(ข้อมูลปี 2568)" behind a name.
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{4,120})[)\]]")
# "เทศบาลตำบลห้วยอ้อเป็นตัวเลขของปีก่อน": where a sentence goes on behind a name without a blank.
_GOES_ON = re.compile(r"(?<=[ก-๙]{3})(?:เป็น|ยัง|ใช้|ไม่|รอ|คือ|ขอ|ได้|ซึ่ง|นับ|รวม).*")

Whom = tuple[Types, str]
Wanted = Callable[[str], bool]  # whether a text says what a check looks for


def notes_beside(table: Table, row: Row, wanted: Wanted) -> Iterator[str]:
    """The notes in a row, in columns of no question that are headed for notes or not at all; what a comment or brackets say of its name."""
    on_name = table.grid.comments.get((row.name.row, row.name.column), "")
    if on_name and _is(on_name, wanted):
        yield on_name
    yield from (note for note in _BRACKETED.findall(row.name.text[:LONGEST]) if wanted(note))
    yield from words_beside(table, row.row, lambda text: _is(text, wanted))


def words_beside(table: Table, row: int, wanted: Wanted) -> Iterator[str]:
    """The texts in a row, of whatever length, in columns of no question that are headed for notes or not at all."""
    taken = {column for run in table.columns.values() for column in run} | set(table.name_columns)
    for column in range(1, max(taken, default=0) + BESIDE + 1):
        cell = table.grid.own(row, column)
        if column not in taken and cell.kind is CellKind.TEXT and wanted(cell.text) and _for_notes(table, column):
            yield cell.text


def comments_on(table: Table, row: Row, wanted: Wanted) -> Iterator[tuple[str, str]]:
    """The comments on the cells of a row's answers, each with its question's key."""
    said = ((key, table.grid.comments.get((cell.row, cell.column), "")) for key, cell in row.cells.items())
    yield from ((key, note) for key, note in said if note and _is(note, wanted))


def _is(text: str, wanted: Wanted) -> bool:
    return len(text) <= LONGEST and wanted(text)


def _for_notes(table: Table, column: int) -> bool:
    """Whether a column is headed for notes or not at all; not so for one of how it was before, as our own form shows the baseline."""
    heads = [table.grid.at(row, column).text for row in range(table.top, table.bottom + 1)]
    return not any(heads) or any(_NOTES.search(head) and not _BEFORE.search(head) for head in heads)


def lines_below(table: Table, wanted: Wanted) -> Iterator[str]:
    """The lines below a table, but its totals, in which a check finds what it looks for."""
    totals = {total.row for total in table.totals}
    for row in range(table.last + 1, table.last + BELOW + 1):
        for cell in table.grid.row(row) if row not in totals else ():
            if cell.kind is CellKind.TEXT and _is(cell.text, wanted):
                yield cell.text


def notes_below(table: Table, wanted: Wanted) -> Mapping[Whom, list[str]]:
    """The notes in lines below a table that name an organisation, by its types and bare name; "รวม อบต.สรอย" is a total."""
    found: dict[Whom, list[str]] = {}
    for line in lines_below(table, wanted):
        for name in table.names.names_within(line):
            for said in dict.fromkeys((name, _GOES_ON.sub("", name))):
                found.setdefault(whom(said, table.names), []).append(line)
    return found


def naming(lines: Mapping[Whom, list[str]], row: Row, names: TypeWords) -> list[str]:
    """Of the notes below a table those that name a row's organisation."""
    return lines.get(whom(row.name.text, names), []) if lines and not empty(row.name) else []


def whom(name: str, names: TypeWords) -> Whom:
    """Whom a name means as far as it can be told without the roster."""
    return next(interpretations(take_apart(plain(name), Places((), words=names)), "", names))
