"""Cells that are read with the help of others: ditto marks say what stands above, an asterisk leads to a note below.

Owns which marks are ditto, and which notes leave a figure as it is: where it comes from, or by whom it was checked. A mark
that is not surely one of these stays as it stands, and is asked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from parsers.form.form import Form
from parsers.form.question import LISTED, NUMERIC, Kind, Question
from parsers.grid import Cell, CellKind, Grid, empty
from parsers.tables.model import Row
from parsers.thai.dates import read_date
from parsers.thai.text import ascii_digits, normalise
from parsers.values.cells_read_once import Readings

LONGEST = 200  # characters of a cell or note; a longer one is neither
NOTES = 8  # rows below the last one in which the note of an asterisk stands
RECENT = 92  # days between a circular and the day of a register from which figures are taken
_DITTO_KINDS = frozenset({*LISTED, Kind.TEXT, Kind.PROGRESS})
# "″", '"', "〃", "''", ",,", "- ″ -".
_DITTO = re.compile(r"(?:[-–]\s?)?(?:[\"″〃“”]|'{2}|′{2}|,{2})(?:\s?[-–])?")
# "3,227*", "49 **", "320 1/": a figure with the mark of a note; nobody knows where the figure of "3201/" ends.
_MARKED = re.compile(r"(?P<figure>[\d๐-๙][\d๐-๙,.]*+)(?:\s?(?P<mark>\*{1,3})|\s(?P<slashed>[\d๐-๙]/))")
# "* ข้อมูลจาก …", "1/ นับตามทะเบียน …": a note and its mark.
_NOTE = re.compile(r"(?P<mark>\*{1,3}|[\d๐-๙]/)\s*+(?P<said>[^*\s\d].*)", re.DOTALL)
# "ข้อมูลจากงานทะเบียนราษฎร", "ที่มา : …", "ตรวจสอบกับทะเบียนมรณบัตรแล้ว", "ฝึกโดยกองอาสารักษาดินแดนจังหวัด", "นับตามทะเบียนกลุ่ม".
_SOURCE = re.compile(
    r"(?:ข้อมูล(?:จาก|ตาม)|(?:แหล่ง)?ที่มา|อ้างอิง(?:จาก)?)[^\d]{2,80}|(?:ตรวจสอบ|สอบทาน|ยืนยัน)(?:กับ|จาก|โดย)[^\d]{2,60}แล้ว"
    r"|(?:นับ|วัด|คำนวณ)(?:ตาม|จาก)(?:ทะเบียน|บัญชี|แผนที่|ภาพถ่าย|ฐานข้อมูล|ระบบ)[^\d]{0,60}|[ก-๙]{2,14}โดย(?:กอง|สำนัก|ศูนย์|จังหวัด|อำเภอ|กรม|โรงพยาบาล|รพ)[^\d]{0,60}"
)
# "ณ วันที่ 31 พฤษภาคม 2568" at the end of such a note.
_DAY = re.compile(r"\s?ณ\s?(?:วันที่)?\s?(\d{1,2}[^\d]{1,20}\d{4})$")
# "นับตามทะเบียน" counts nothing else.
_COUNTED = re.compile("^นับ(?=ตาม|จาก)")
# What makes another figure of it: "ประมาณการ", "เฉพาะหมู่ 1", "ปีก่อน", "รวม อบต.สรอย", "ยังไม่ …".
_OTHERWISE = re.compile(
    r"ประมาณ|คาด|ปี|เดิม|ก่อน|แผน(?!ที่)|เป้า|รวม|ไม่|ยัง|รอ|เบื้องต้น|เฉพาะ|บาง|สะสม|นับ|เฉลี่ย|หมู่|เดือน|ไตรมาส|ขาด|เหลือ|แก้|อบต|ทต|เทศบาล|แต่|เพิ่ม|ลด|หน่วย"
)


def with_marks_read(rows: Sequence[Row], grid: Grid, readings: Readings) -> list[Row]:
    """The rows with what stands above in the place of ditto marks, and figures without the marks of harmless notes."""
    form, harmless = readings.form, frozenset[str]()
    if any(_marked(cell) for row in rows for cell in row.cells.values()):
        harmless = _harmless_marks(grid, rows[-1].row, readings)
    out: list[Row] = []
    for row in rows:
        above = out[-1] if out and out[-1].row == row.row - 1 else None
        changed = dict(_changed(row, above, form, harmless))
        out.append(replace(row, cells={**row.cells, **changed}) if changed else row)
    return out


def _changed(row: Row, above: Row | None, form: Form, harmless: frozenset[str]) -> Iterator[tuple[str, Cell]]:
    for key, cell in row.cells.items():
        question = form.find(key)
        if above and (said := _above(question, cell, above.cells)):
            yield key, replace(said, row=cell.row, column=cell.column)
        marked = _marked(cell) if question.kind in NUMERIC else None
        if marked and (marked["mark"] or marked["slashed"]) in harmless:
            yield key, replace(cell, text=marked["figure"])


def _marked(cell: Cell) -> re.Match[str] | None:
    """A figure with the mark of a note."""
    return _MARKED.fullmatch(cell.text) if cell.kind is CellKind.TEXT and len(cell.text) <= LONGEST else None


def _is_ditto(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and len(cell.text) <= LONGEST and bool(_DITTO.fullmatch(cell.text.strip()))


def _above(question: Question, cell: Cell, above: Mapping[str, Cell]) -> Cell | None:
    """The cell that a ditto mark repeats."""
    said = above.get(question.key) if question.kind in _DITTO_KINDS and _is_ditto(cell) else None
    return said if said and not empty(said) and not _is_ditto(said) else None


def _harmless_marks(grid: Grid, last: int, readings: Readings) -> frozenset[str]:
    """The marks of which every note below says only where figures come from."""
    texts = (cell.text for row in range(last + 1, last + NOTES + 1) for cell in grid.row(row))
    return _with_source(texts, readings)


def _with_source(texts: Iterable[str], readings: Readings) -> frozenset[str]:
    notes = [found for text in texts if len(text) <= LONGEST and (found := _NOTE.fullmatch(normalise(text)))]
    other = {found["mark"] for found in notes if not _is_source(ascii_digits(found["said"]), readings)}
    return frozenset({found["mark"] for found in notes} - other)


def _is_source(said: str, readings: Readings) -> bool:
    """Whether a note names a source and nothing else, of a day near to the circular's if of any."""
    dated, near = _DAY.search(said), readings.near
    said = said[: dated.start()] if dated else said
    if not _SOURCE.fullmatch(said.strip(" .")) or _OTHERWISE.search(_COUNTED.sub("", said)):
        return False
    day = read_date(dated[1], near)[0] if dated else near
    return not dated or bool(day and near and abs((day - near).days) <= RECENT)
