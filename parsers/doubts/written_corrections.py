"""What says beside a table what should stand in it instead: แก้คำผิด: แถวที่ 4 ช่องสุดท้าย ให้เป็น X; a column แก้ไขเป็น.

Owns where such a line or column stands and which answers it speaks of. They are asked: a correction in words is written into no cell.
"""

import re
from collections.abc import Iterator

from parsers.doubts.notes import comments_on, whom
from parsers.doubts.spoken_of import named_at_length, spoken_of
from parsers.findings import Code, shown
from parsers.form.printed_words import is_printed
from parsers.grid import Cell, CellKind, empty
from parsers.mail.words.prose_corrections import is_erratum
from parsers.tables.model import Doubt, Row, Table
from parsers.thai.text import ascii_digits
from parsers.values.cells_read_once import Readings

ABOVE, BELOW = 4, 8  # rows above a header and below the last row that may speak of the table
LONGEST = 200  # characters; a longer text tells of many things
# "แถวที่ 4", "ลำดับ 3".
_ROW = re.compile(r"(?:แถว|ลำดับ|บรรทัด|รายการ)\s?(?:ที่)?\s?(\d{1,3})")
# "605", "1,250.50".
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)?")
# "ช่องสุดท้าย", "ช่องที่ 2", "คอลัมน์แรก".
_COLUMN = re.compile(r"(?:ช่อง|คอลัมน์)\s?(?:(สุดท้าย)|(แรก)|(?:ที่)?\s?(\d{1,2}))")

# "ขอยกเลิกข้อมูลของ …", "ไม่นับรวมข้อมูลของ …": a row, unless a question is named.
_WITHDRAWS = re.compile(r"(?:ยกเลิก|ตัด|ลบ|ถอน|ไม่(?:ต้อง)?นับ(?:รวม)?)\s?(?:การรายงาน|ข้อมูล|แถว|รายการ|ของ)")
# "ทั้งแถว", "ทุกช่อง".
_WHOLE = re.compile(r"ทั้ง(?:แถว|บรรทัด|รายการ)|ทุกช่อง")
# "แก้ไขเป็น", "ที่ถูกต้อง", "ตัวเลขใหม่": the heading of a column of corrections.
_COLUMN_OF_CORRECTIONS = re.compile(
    r"\W*(?:ขอ)?(?:แก้(?:ไข)?(?:ข้อมูล|ตัวเลข)?\s?(?:เป็น|ใหม่|ให้เป็น)|(?:ข้อมูล|ตัวเลข|จำนวน)?ที่ถูก(?:ต้อง)?|(?:ข้อมูล|ตัวเลข)(?:ที่แก้ไข|ใหม่))"
)


def written_corrections(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The answers of which a line says that something else should stand there."""
    yield from _on_cells(table)
    yield from _in_columns(table)
    for line in _lines(table, readings):
        for row in _rows(table, ascii_digits(line)):
            keys = [key for key, cell in row.cells.items() if not empty(cell)]
            for key in _keys(ascii_digits(line), table, readings, keys):
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _why(line)})


def _on_cells(table: Table) -> Iterator[Doubt]:
    """The answers on whose cell a comment says what should stand there, unless it stands there."""
    for row in table.rows:
        for key, note in comments_on(table, row, is_erratum):
            said = {figure.replace(",", "") for figure in _FIGURES.findall(ascii_digits(note))} | set(note.split())
            if ascii_digits(row.cells[key].text).replace(",", "") not in said:
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _why(note)})


def _in_columns(table: Table) -> Iterator[Doubt]:
    """The answers right of which something else stands in a column of corrections."""
    keys = {column: key for key, columns in table.columns.items() for column in columns}
    heads = {cell.column: cell.text for cell in table.heads if _COLUMN_OF_CORRECTIONS.match(cell.text)}
    beside = {column: keys[column - 1] for column in heads if column not in keys and column - 1 in keys}
    for row in table.rows if table.found else ():
        for column, key in beside.items():
            said = table.grid.at(row.row, column)
            if key in row.cells and not empty(said) and said.text != row.cells[key].text and said.text != "-":
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _why(f"{heads[column]} {said.text}")})


def _why(line: str) -> str:
    return f"เพราะมีข้อความว่า “{shown(line)}” กรุณาแก้ไขในช่องนี้แล้วส่งใหม่"


def _lines(table: Table, readings: Readings) -> Iterator[str]:
    inside = {row.row for row in table.rows}
    for row in range(max(1, table.top - ABOVE), table.last + BELOW + 1):
        beside = row not in inside and not table.top <= row <= table.bottom
        texts = (cell.text for cell in table.grid.row(row) if beside and _may_correct(cell))
        yield from (text for text in texts if is_erratum(text) and not is_printed(text, readings.form))


def _may_correct(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and len(cell.text) <= LONGEST


def _rows(table: Table, line: str) -> list[Row]:
    """The rows that a line names by organisation, else by number: as numbered, or counted where none has that number."""
    names = table.names
    named = {whom(name, names) for name in names.names_within(line)}
    rows = [row for row in table.rows if not empty(row.name)]
    if named:
        return [row for row in rows if whom(row.name.text, names) in named]
    numbers = {int(number) for number in _ROW.findall(line)}
    numbered = [row for row in rows if row.number.isdecimal() and int(row.number) in numbers]
    return numbered or [row for at, row in enumerate(rows, 1) if at in numbers]


def _keys(line: str, table: Table, readings: Readings, keys: list[str]) -> list[str]:
    """The questions that a line speaks of, by their place among the columns or in their words."""
    order = sorted(table.columns, key=lambda key: table.columns[key])
    found = _COLUMN.search(line)
    if _WHOLE.search(line) or (_WITHDRAWS.search(line) and not named_at_length(line, readings.form, keys)):
        return keys
    if not found:
        return spoken_of(line, readings.form, keys)
    at = len(order) if found[1] else 1 if found[2] else int(found[3])
    return [key for key in order[at - 1 : at] if key in keys]
