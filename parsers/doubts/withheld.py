"""A line beside a table, or of its mail, that takes back some rows or columns: ลำดับที่ 3 และ 5 ขอถอนข้อมูล, ช่องเบิกจ่ายแล้ว ยังไม่ต้องบันทึก.

Owns the words of such lines and which answers they speak of. Those are asked; a line of which that cannot be told is none of these.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from parsers.doubts.spoken_of import named_at_length
from parsers.findings import Code, shown
from parsers.form.form import Form
from parsers.form.printed_words import is_printed
from parsers.grid import CellKind
from parsers.organisations.type_words import TypeWords
from parsers.tables.model import Doubt, Found, Row, Table
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.cells_read_once import Readings

ABOVE, BELOW = 4, 8  # rows above a header and below the last row that may speak of the table
LINES_CAP = 60  # of a mail's own text; quoted mails were cut before
LONGEST = 240  # characters; a longer text tells of many things
LEAST = 4  # letters of a word that names a question

# "อย่าเพิ่งใช้", "ยังไม่ต้องบันทึก", "ขอให้ยังไม่บันทึก", "ยังไม่ได้ตรวจสอบ", "รอข้อมูลใหม่", "ขอถอนข้อมูล"; not "ไม่ต้องกรอก", which a form says.
_HOLDS = re.compile(
    r"(?:อย่า|ห้าม|ยังไม่(?:ต้อง|ควร|ให้)|ไม่ต้อง|ขอ(?:ให้)?ยังไม่)(?:เพิ่ง|พึ่ง)?\s?(?:นำ|เอา|ลง(?!นาม)|บันทึก|ใช้|รวม|นับ)"
    r"|ยังไม่(?:ได้)?(?:รับการ|ผ่านการ)?(?:ตรวจสอบ|ยืนยัน|รับรอง|เป็นทางการ|นิ่ง|แน่นอน|สมบูรณ์|ถูกต้อง)"
    r"|รอ(?:ข้อมูล|ตัวเลข|การ)?(?:ใหม่|ยืนยัน|ตรวจสอบ)|(?:ถอน|ยกเลิก|ชะลอ|ระงับ)(?:การ)?(?:ใช้|รายงาน|ข้อมูล|ตัวเลข)"
)
# "อย่าเพิ่ง", "ขอให้ยังไม่": asks for it.
_ASKED = re.compile("อย่า|ห้าม|ยังไม่ต้อง|ขอ(?:ให้)?ยังไม่")
# "หากยังไม่ยืนยัน …": only if.
_CONDITION = re.compile("หาก|ถ้า|กรณี|เมื่อใด|ประการใด")
_MORE = r"(?:,|และ|กับ|-|–|ถึง)"
# "ลำดับที่ 3 และ 5", "แถวที่ 2-4", "ลำดับ 1, 2 และลำดับที่ 7".
_ROWS = re.compile(
    rf"(?:แถว|ลำดับ|รายการ)(?:ที่)?\s?(\d{{1,3}}(?:\s?{_MORE}\s?(?:(?:แถว|ลำดับ|รายการ)(?:ที่)?\s?)?\d{{1,3}}(?!\d))*)"
)
# "2-4", "2 ถึง 4" of such numbers.
_RANGE = re.compile(r"(\d+)\s?(?:-|–|ถึง)\s?(\d+)")
# "ช่อง", "ตัวเลข": what a line calls a column; "ไฟล์", "แบบ", "ทุกช่อง": all of it.
_COLUMN = re.compile("ช่อง|คอลัมน์|ตัวเลข|ยอด|ข้อมูล")
_ALL = re.compile("ไฟล์|แบบ|ฉบับ|ร่าง|เอกสาร|ทั้งหมด|ทุก|อีเมล")
# Before the words of a question: "ทั้งนี้ ช่อง", "หมายเหตุ ตัวเลข"; behind them "ในตาราง", "เป็นตัวเลขของเดือนที่แล้ว".
_LEADS = re.compile(r".*(?:ช่อง|คอลัมน์)|.*?(?:ทั้งนี้|หมายเหตุ|อนึ่ง|เฉพาะ|ตัวเลข|ข้อมูล|ยอด)\W*")
_BEHIND = re.compile(r"(?:ใน(?:ตาราง|แบบ|ช่อง)|เป็น(?:ตัวเลข|ข้อมูล|ยอด|ของ)|ขอให้|โปรด|กรุณา|ทั้งสอง|นั้น|นี้|ที่ส่ง).*")
_AND = re.compile(r"\s?(?:และ|กับ|รวมทั้ง|รวมถึง|,)\s?")


def withheld_lines(text: str, names: TypeWords) -> tuple[str, ...]:
    """The lines of a mail's own text that take something back, but for those that name an organisation."""
    lines = (line.strip() for line in text.split("\n")[:LINES_CAP])
    return tuple(line for line in lines if _takes_back(line) and not names.names_within(line))


def is_unsure_of_what(line: str) -> bool:
    """Whether a line that takes something back speaks of rows by number, or asks that a column be left out."""
    return bool(_numbers(ascii_digits(line)) or (_COLUMN.search(line) and _ASKED.search(line)))


def resolved(lines: Iterable[str], found: Collection[Found], form: Form) -> frozenset[str]:
    """The lines of which it can be told which rows or columns they speak of."""
    return frozenset(line for line in lines if any(_spoken_of(line, each.table, form)[1] for each in found))


def withheld(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The answers that a line takes back, blank ones too where it takes whole rows."""
    said = (line for line in readings.said if not is_printed(line, readings.form))
    for line in (*_beside(table, readings), *said):
        rows, keys = _spoken_of(line, table, readings.form)
        why = f"เพราะมีข้อความว่า “{shown(line)}” กรุณาส่งข้อมูลส่วนนี้มาใหม่เมื่อเรียบร้อย"
        for row in rows:
            for key in keys:
                if key in row.cells:
                    yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why})


def _takes_back(line: str) -> bool:
    return bool(0 < len(line) <= LONGEST and "|" not in line and _HOLDS.search(line) and not _CONDITION.search(line))


def _beside(table: Table, readings: Readings) -> Iterator[str]:
    """The lines above and below a table that take something back and name no organisation: others look at those."""
    inside = {row.row for row in table.rows}
    for row in range(max(1, table.top - ABOVE), table.last + BELOW + 1):
        for cell in () if row in inside or table.top <= row <= table.bottom else table.grid.row(row):
            own = is_printed(cell.text, readings.form) or cell.kind is not CellKind.TEXT
            if not own and _takes_back(cell.text) and not table.names.names_within(cell.text):
                yield cell.text


def _spoken_of(line: str, table: Table, form: Form) -> tuple[Sequence[Row], Sequence[str]]:
    """The rows and questions that a line takes back; nothing where that cannot be told."""
    keys = [question.key for question in form.question]
    numbers = _numbers(ascii_digits(line))
    if numbers:
        rows = [row for row in table.rows if row.number.isdecimal() and int(row.number) in numbers]
        return (rows, keys) if {int(row.number) for row in rows} == numbers else ((), ())
    if _ALL.search(line) or not _COLUMN.search(line):
        return (), ()
    return table.rows, _columns(line, form, keys)


def _numbers(line: str) -> set[int]:
    found: set[int] = set()
    for run in _ROWS.findall(line):
        found |= {int(number) for number in re.findall(r"\d+", run)}
        for first, last in _RANGE.findall(run):
            found |= set(range(int(first), int(last) + 1))
    return found


def _columns(line: str, form: Form, keys: Sequence[str]) -> Sequence[str]:
    """The questions named before the words that take them back; nothing where a piece of that names none."""
    holds = _HOLDS.search(line)
    said = line[: holds.start()] if holds else line
    named: list[str] = []
    pieces = [_BEHIND.sub("", _LEADS.sub("", piece, count=1)) for piece in _AND.split(said)]
    for piece in (piece for piece in pieces if len(heading_key(piece)) >= LEAST):
        found = _named(piece, form, keys)
        if not found:
            return ()
        named += found
    return named


def _named(piece: str, form: Form, keys: Sequence[str]) -> Sequence[str]:
    """The questions whose wording holds the words of a piece whole, else those that it names at length."""
    said = heading_key(piece)
    wordings = (
        (q.key, heading_key(each)) for q in form.question for each in (q.label, f"{q.group}{q.label}", *q.aliases)
    )
    return list(dict.fromkeys(key for key, wording in wordings if said in wording)) or named_at_length(
        piece, form, keys
    )
