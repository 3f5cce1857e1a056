"""Headings, and instructions above or below, by which a column's figures are others than those asked for.

Owns the words that turn a figure into another one: of another year, still wanted, out of order, bound and not yet paid.
Such a column is asked. What merely says more about a figure is for ``unexplained_headings``.
"""

import datetime
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from parsers.doubts.notes_against_figures import years_asked, years_in
from parsers.doubts.spoken_of import named_at_length
from parsers.findings import Code, shown
from parsers.form.form import Form
from parsers.form.printed_words import is_printed
from parsers.form.question import NUMERIC, Question
from parsers.grid import CellKind, empty
from parsers.tables.model import Doubt, Table
from parsers.thai.dates import BUDDHIST_AHEAD
from parsers.thai.text import heading_key
from parsers.values.cells_read_once import Readings

ABOVE, BELOW = 8, 8  # rows above a header and below the last row that may speak of the table
LONGEST = 200  # characters; a longer text tells of many things
EARLY = 3  # the last month in which a form may well ask about the year before and not say so
# Of heading keys: "ก่อหนี้ผูกพัน" is not paid, "ที่ชำรุด" not in use, "ขอรับการสนับสนุน" and "ที่ต้องการ" not there yet.
_OTHER = re.compile(
    r"ก่อหนี้|ผูกพัน|กันเงิน|ขอรับ(?:การ)?(?:สนับสนุน|จัดสรร|อุดหนุน)|ต้องการ|ขาดแคลน|ยังขาด|ชำรุด|เสียหาย|ใช้(?:การ|งาน)ไม่ได้|คงค้าง|ค้างจ่าย"
    r"|เป้าหมาย|ประมาณการ|คาดการณ์|คาดว่า|ยังไม่|ที่จะ|ปีก่อน|ปีที่แล้ว|ปีที่ผ่านมา"
)
# "(ไม่รวมที่ชำรุด)", "(แห่ง)": a hint or a unit.
_ASIDE = re.compile(r"\([^()]*\)")
# "ช่องงบประมาณให้ใส่งบที่ขอรับการสนับสนุน", "คอลัมน์ผู้ป่วย หมายถึง …": what shall stand in a column.
_INSTRUCTS = re.compile(
    r"(?:ช่อง|คอลัมน์)(?P<what>.{2,60}?)(?:ให้|โปรด|กรุณา)?\s?(?:ใส่|กรอก|ระบุ|ลงข้อมูล|หมายถึง|คือ|เป็น|=)(?P<that>.{2,120})"
)
# "ไม่รวมที่ชำรุด", "ยกเว้น …": what shall not.
_BUT = re.compile("ไม่(?:ต้อง|ใช่|รวม|นับ|ให้)|มิใช่|ยกเว้น|นอกจาก|เว้น|ถ้า|หาก|กรณี")


def other_figures(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The figures that their heading, or an instruction beside the table, makes others than those asked for."""
    form = readings.form
    said = dict(_instructed(table, readings)) if table.found else {}
    for key, columns in table.columns.items():
        question = form.find(key)
        if question.kind not in NUMERIC:
            continue
        heads = [_heading(table, question, column, readings) for column in columns]
        text = said.get(key) or (heads[0] if heads and all(heads) else "")
        for row in table.rows if text else ():
            if key in row.cells and not empty(row.cells[key]):
                yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": _why(text)})


def _why(text: str) -> str:
    return f"เพราะมีข้อความว่า “{shown(text)}” ซึ่งไม่ตรงกับที่แบบรายงานถาม กรุณากรอกตัวเลขตามแบบรายงาน แล้วแก้ข้อความนี้"


def _heading(table: Table, question: Question, column: int, readings: Readings) -> str:
    """The heading of a column that makes its figures others; nothing where none does."""
    texts = (cell.text for cell in table.headings_of(question.key, column) if cell.kind is CellKind.TEXT)
    return next((text for text in texts if _turns(text, question, readings.form, readings.near)), "")


def _turns(text: str, question: Question, form: Form, near: datetime.date | None) -> bool:
    """Whether a text has a word that makes a figure another, or another year, of which the question itself has none."""
    if len(text) > LONGEST or is_printed(text, form):
        return False
    wordings = (question.label, question.group, *question.aliases, *question.group_aliases)
    own = " ".join(map(heading_key, wordings))
    words = {found[0] for found in _OTHER.finditer(heading_key(_ASIDE.sub(" ", text)))}
    return any(word not in own for word in words) or _is_of_other_year(
        text, set().union(*map(years_in, wordings)), form, near
    )


def _is_of_other_year(text: str, own: AbstractSet[int], form: Form, near: datetime.date | None) -> bool:
    years, asked = years_in(text), years_asked(form, near)
    if near is not None and near.month <= EARLY and not years_in(form.title):
        asked = asked | {near.year + BUDDHIST_AHEAD - 1}
    return bool(years and asked) and years.isdisjoint(asked | own)


def _instructed(table: Table, readings: Readings) -> Iterator[tuple[str, str]]:
    """The columns of which a line beside the table says that other figures stand there, with that line."""
    figures = [key for key in table.columns if readings.form.find(key).kind in NUMERIC]
    rows = (*range(max(1, table.top - ABOVE), table.top), *range(table.last + 1, table.last + BELOW + 1))
    lines = (cell.text for row in rows for cell in table.grid.row(row) if cell.kind is CellKind.TEXT)
    for line in (line for line in lines if len(line) <= LONGEST and not is_printed(line, readings.form)):
        if found := _INSTRUCTS.search(line):
            that = _BUT.split(found["that"], maxsplit=1)[0]
            keys = named_at_length(found["what"], readings.form, figures)
            yield from (
                (key, line) for key in keys if _turns(that, readings.form.find(key), readings.form, readings.near)
            )
