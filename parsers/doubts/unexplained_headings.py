"""Words of a heading that neither the question nor every form explains: จำนวนประชากรแฝง for จำนวนประชากร.

Owns which words are left over once those of the question, of the form's title, of units, dates and every form are taken
away. Only figures: under a tick, more words say what was done more exactly. The column is read, and the guess is said.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from parsers.findings import Code
from parsers.form.form import Form
from parsers.form.question import NUMERIC, Question
from parsers.grid import empty
from parsers.tables.likeness import spelt_out
from parsers.tables.model import Doubt, Table
from parsers.thai.months import MONTHS, SHORT_MONTHS
from parsers.thai.text import heading_key
from parsers.values.cells_read_once import Readings
from parsers.values.unit_names import NAMES

_WHY = "เพราะไม่แน่ใจว่าหมายถึงช่องนี้ กรุณาเขียนชื่อช่องตามแบบรายงาน"
LONGEST = 80  # characters; a longer heading explains itself
LEAST = 3  # characters left over that are a word: ชาย, แฝง
SHARED = 4  # characters in a row that a form's own text explains: เบี้ยยังชีพ of its title

# A hint or a unit in brackets, also after หน่วย; a rule for filling in to the end.
_ASIDE = re.compile(r"[(\[][^()\[\]]*+[)\]]|หน่วย\s*+:.*|ทศนิยม.*|(?:ถ้า|หาก|กรณี).*|ไม่ต้อง.*", re.DOTALL)
# Words that stand in every form's headings and tell nothing apart, the longest first where one begins another.
_NEUTRAL = (
    *("องค์กรปกครองส่วนท้องถิ่น", "องค์การบริหารส่วนตำบล", "ทะเบียนราษฎร์", "ทะเบียนราษฎร", "เทศบาล", "อปท", "อบต", "ท้องถิ่น", "หน่วยงาน"),
    *("จำนวนเงิน", "เงิน", "จำนวน", "ปริมาณ", "ข้อมูล", "ยอด", "ตัวเลข", "ทั้งหมด", "ทั้งสิ้น", "รวม", "ปัจจุบัน", "ล่าสุด", "จริง", "สุทธิ"),
    *("งบประมาณ", "ประจำ", "พศ", "ครั้ง", "ช่วง", "ระหว่าง", "แต่ละ", "เฉลี่ย", "เรียบร้อย", "เสร็จสิ้น", "แล้วเสร็จ", "แล้ว", "ผลการ"),
    *("ดำเนินการ", "ดำเนินงาน", "รายงาน", "โปรดระบุ", "ระบุ", "โปรด", "กรุณา", "กรอก", "ตาม", "พื้นที่", "ภายใน", "เขต", "ตำบล", "อำเภอ", "จังหวัด"),
    *("ได้รับ", "ทั้ง", "ของ", "การ", "ที่", "ใน", "ณ", "มี", "ได้", "เป็น", "และ", "หรือ", "ต่อ", "โดย", "จาก", "นี้", "ให้", "ผล", "ค่า", "อยู่", "ไป"),
)  # fmt: skip
_UNITS = {word for lines in NAMES.values() for line in lines for word in line.split() if len(word) > 1}
_DATES = {heading_key(word) for word in (*MONTHS, *SHORT_MONTHS)}
# "จำนวน", "ตัน", "มีนาคม": neutral words, units and months, the longest first.
_KNOWN = re.compile(
    "|".join(
        sorted(
            (re.escape(heading_key(w)) for w in {*_NEUTRAL, *_UNITS, *_DATES} if heading_key(w)), key=len, reverse=True
        )
    )
)
# "2567", "10": figures are for others to weigh.
_FIGURES = re.compile(r"\d+")


def unexplained_headings(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The columns of figures whose heading says more than is asked, where anything is answered.

    In a typed line nothing else tells what is meant, so its figure is asked.
    """
    form = readings.form
    for key, columns in table.columns.items():
        question = form.find(key)
        rows = [row for row in table.rows if key in row.cells and not empty(row.cells[key])]
        if question.kind in NUMERIC and rows:
            headed = (_headed(table, column, question) for column in columns)
            text = next((text for text in headed if unexplained(text, question, form)), "")
            if text and not table.grid.lines:
                yield Doubt(Code.COLUMN_GUESSED, 0, key, shown=text)
            for row in rows if text and table.grid.lines else ():
                yield Doubt(
                    Code.ANSWER_UNREADABLE, row.row, key, {"expected": _WHY}, shown=f"{text} {row.cells[key].text}"
                )


def _headed(table: Table, column: int, question: Question) -> str:
    """The lowest of a column's headings that has the question's own words; of a typed line any label."""
    texts = [cell.text for cell in table.headings_of(question.key, column)]
    typed = next(filter(None, texts), "") if table.grid.lines else ""
    return next((text for text in texts if _own(text, question)), typed)


def _own(text: str, question: Question) -> str:
    """The longest of a question's wordings that a heading holds; a short one as a word of its own: ชาย."""
    key, words = _key(text), {_key(word) for word in text.split()}
    wordings = (_key(each) for each in (question.label, *question.aliases))
    own = (each for each in wordings if each and each in key and (len(each) > LEAST or each in words))
    return max(own, key=len, default="")


@lru_cache(maxsize=1 << 10)
def _key(text: str) -> str:
    return heading_key(spelt_out(_ASIDE.sub(" ", text))) if len(text) <= LONGEST else ""


def unexplained(text: str, question: Question, form: Form) -> str:
    """The words of a heading, run together, that nothing explains; empty where all is explained."""
    key = _key(text)
    left = key.replace(_own(text, question), " ", 1) if key else ""
    own = [
        form.title,
        question.group,
        *question.group_aliases,
        *(w for q in form.column for w in (q.label, q.group, *q.aliases)),
    ]
    wordings = sorted(map(heading_key, own), key=len, reverse=True)
    for wording in wordings:
        left = left.replace(wording, " ") if len(wording) >= LEAST else left
    for wording in wordings:
        left = _without_shared(left, wording)
    rest = _FIGURES.sub(" ", _KNOWN.sub(" ", left)).split()
    return "".join(word for word in rest if len(word) >= LEAST)


def _without_shared(left: str, wording: str) -> str:
    """``left`` without what stands in ``wording`` too, letter by letter, of ``SHARED`` letters or more."""
    at = 0
    while at < len(left):
        size = 0
        while at + size < len(left) and left[at : at + size + 1] in wording:
            size += 1
        left = f"{left[:at]} {left[at + size :]}" if size >= SHARED else left
        at += 1
    return left
