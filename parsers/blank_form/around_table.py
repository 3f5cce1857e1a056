"""What stands above and below a blank form's table: title, unit, remarks, notes, the legend of its marks, which rows are to be filled in."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from parsers.blank_form.header import Header
from parsers.blank_form.heading_words import NAME
from parsers.blank_form.questions import joined
from parsers.form.form import Form
from parsers.form.question import Kind, Question
from parsers.grid import Cell, Grid
from parsers.organisations.type_words import TypeWords
from parsers.tables.hint_rows import tells_how
from parsers.tables.line_kinds import LEADING, Line, Lines
from parsers.thai.text import heading_key
from parsers.values.legend import LONGEST, explained
from parsers.values.tick_marks import settled

# "หน่วย : บาท", "(หน่วย: ล้านบาท)": the unit of the whole table.
_UNIT = re.compile(r"^\W?หน่?วย(?:นับ)?\s?[::]\s?([^\d()]{1,40}?)\)?$")
# "ปัญหาอุปสรรคจากการ…:", "ข้อเสนอแนะ", "ความคิดเห็น": what is asked in words below the table.
_REMARK = re.compile(r"^(?:สรุป)?(?:ปัญหา|อุปสรรค|ข้อเสนอ|ข้อคิดเห็น|ความคิดเห็น|ความเห็น|แนวทางแก้)")
_NEAR = 8  # lines above the table among which its title stands; above them a letter may stand
_FORM = re.compile(r"^\W{0,2}แบบ")  # "แบบรายงาน", "แบบสำรวจ"
# "แบบรายงาน…", "ตารางสรุป…", "1. แบบสำรวจ…": how titles begin.
_TITLE = re.compile(r"^\W{0,2}(?:แบบ|บัญชี|ตาราง|รายงาน|สรุป|ข้อมูล)")
# "Required or Optional Required Required": a row that tells which columns must be filled in.
_MUSTS = re.compile("(?:required|optional).*required|(?:จำเป็น|บังคับ).*จำเป็น", re.IGNORECASE)
# "การปฏิบัติราชการ…", "ประจำปีงบประมาณ…", "จำแนกตาม…", "พ.ศ. …": the further lines of a title.
_GOES_ON = re.compile(r"(?:การ|ประจำ|จำแนก|จา แนก|ตาม|ของ|ใน|เพื่อ|และ|พ\.ศ|ปี|ระดับ)")
_TITLES = 3  # lines that a title takes
_SENTENCE = 60  # characters
_LONGEST = 200  # characters of a title's or a note's line
# "- ", "• " before a note.
_BULLET = re.compile(r"^[-–•*]\s*")
# "เพิ่มแถวได้ตามจำนวนจริง", "เพิ่มบรรทัดได้".
_MORE_ROWS = re.compile("เพิ่ม(?:แถว|บรรทัด|ช่อง)")
_REPORTED = re.compile(r"[\w.]@[\w.]")  # a note on where the report goes: for the department's copy alone
# "ให้ทำเครื่องหมาย ✓ ในช่องที่ตรงกับความเป็นจริง": ticks, whatever they are said to mean.
_ASKS_MARKS = re.compile("เครื่องหมาย\\s?[^ก-๙\\w]{0,2}[✓✔√/]")
_NOTHING = Form(title="", question=(Question(key="q1", kind=Kind.TEXT, label="-"),))  # the words of lines in any form


@dataclass(frozen=True)
class Around:
    """What a sheet says around its table."""

    title: str
    rows: tuple[int, ...]  # that are to be filled in
    total_label: str = ""
    unit: str = ""
    remarks: tuple[str, ...] = ()
    note: tuple[str, ...] = ()
    marks: bool = False
    more_rows: bool = False  # it says that rows may be added
    alike: bool = False  # its note gives ✓ and X one meaning


def around(grid: Grid, header: Header, names: TypeWords) -> Around:
    """Read it line by line."""
    kinds = Lines(_NOTHING.asked_by(names.naming))
    above = [_line(grid, row) for row in _rows(grid) if row < header.top]
    table, below, total = _split(grid, header, kinds)
    lines = [text for row in below if (text := _line(grid, row))]
    note = _notes(lines, kinds)
    said = [*above, *lines]
    unit = next((found[1].strip() for text in said if (found := _UNIT.match(text))), "")
    marks, alike = _legend([*said, *(_line(grid, row) for row in table)])
    remarks = tuple(dict.fromkeys(label for text in lines if (label := _remark(text))))
    more = any(_MORE_ROWS.search(text) for text in said)
    return Around(_title(above), tuple(table), total, unit, remarks, note, marks, more, alike)


def _rows(grid: Grid) -> list[int]:
    return sorted({row for row, _ in grid.cells})


def _line(grid: Grid, row: int) -> str:
    return joined(" ".join(cell.text for cell in grid.row(row) if cell.text))


def _title(above: Sequence[str]) -> str:
    """The lines of the title, joined as Thai is written: without a blank where a line only ended."""
    lines = [
        text for text in above if text and len(text) <= _LONGEST and not _UNIT.match(text) and not _MUSTS.search(text)
    ]
    near = range(len(lines) - 1, max(-1, len(lines) - _NEAR), -1)
    first = next((at for begins in (_FORM, _TITLE) for at in near if begins.match(lines[at])), None)
    if first is None:
        return lines[-1] if lines and not set(lines[-1]) <= set("0123456789.") else ""
    more = takewhile(_GOES_ON.match, lines[first + 1 : first + _TITLES])
    return joined("\n".join([lines[first], *more]))


def _split(grid: Grid, header: Header, kinds: Lines) -> tuple[list[int], list[int], str]:
    """The rows to be filled in, the lines below the table, and what its line of totals is called."""
    table: list[int] = []
    name, summing = header.of(NAME), False
    below: list[int] = []
    total = ""
    for row in (row for row in _rows(grid) if row > header.bottom):
        cells = [cell for cell in grid.row(row) if not cell.blank]
        first = cells[0].text if cells else ""
        sort = kinds.sort_of(first)
        if sort in (Line.TOTAL, Line.CARRIED, Line.MEASURE) and not below:
            total = total or (joined(first) if sort is Line.TOTAL and not first.isascii() else "")
            summing = True
        elif summing and not below and name and cells and cells[0].column > name.at:
            continue  # further lines of the total
        elif below or sort.is_below or (len(cells) == 1 and _remark(first)):
            below.append(row)
        elif not tells_how(first, [cell.text for cell in cells]) and not _explains(cells):
            table.append(row)
    return table, below, total


def _explains(cells: Sequence[Cell]) -> bool:
    """Whether a row has sentences in its cells, such as Help Text."""
    return sum(len(cell.text) > _SENTENCE for cell in cells) > 1 or (
        bool(cells) and tells_how(cells[0].text, ("Required", "-"))
    )


def _remark(text: str) -> str:
    """The label of a remark that a line asks for; empty for none."""
    bare = LEADING.sub("", text[:_LONGEST])
    # "ปัญหาอุปสรรค: ", "ข้อเสนอแนะ ........": the label before its colon or dots.
    label = re.split(r"\s?[::]|[.…_]{3,}", bare, maxsplit=1)[0].strip()
    return label if _REMARK.match(label) and len(heading_key(label)) < 90 else ""  # noqa: PLR2004 - a sentence asks for nothing


def _notes(lines: Sequence[str], kinds: Lines) -> tuple[str, ...]:
    """The lines of หมายเหตุ or of a legend, up to what is none."""
    found: list[str] = []
    within = False
    for text in lines:
        sort = kinds.sort_of(text)
        begins = sort in (Line.NOTE, Line.LEGEND)
        within = begins or (within and text[:1] in "-•(1234567890๑๒๓๔๕๖๗๘๙" and not _remark(text))
        # "หมายเหตุ ๑. ใส่เครื่องหมาย …" without its first word.
        said = _BULLET.sub("", re.sub(r"^\W?หมายเหตุ\W*", "", text) if begins else text)
        if within and said and len(said) <= _LONGEST and not said.startswith(("QR", "รหัสแบบ")):
            found.append(said)
    return tuple(found)


def for_reporters(note: Iterable[str]) -> tuple[str, ...]:
    """The notes without those on where the report goes, for who replies to the province's mail."""
    return tuple(text for text in note if not _REPORTED.search(text))


def _legend(lines: Sequence[str]) -> tuple[bool, bool]:
    """Whether the form explains marks, and whether it gives ✓ and X one meaning."""
    meanings = [explained(text) for text in lines if len(text) <= LONGEST]
    told = [each for each in meanings if any(one.state is not None for one in each)]
    alike = any(
        {settled(one.mark, (), ()) for one in each} >= {True, False} and {one.state for one in each} == {True}
        for each in told
    )
    return bool(told) or any(_ASKS_MARKS.search(text) for text in lines), alike
