"""A note beside figures that says that they are not the ones asked for: of another year, estimated, of a part, in another unit, others' too.

Owns the words of such notes and which of a row's figures they speak of. Those figures are asked.
"""

import datetime
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from parsers.doubts.notes import Wanted, comments_on, lines_below, naming, notes_below, notes_beside
from parsers.doubts.spoken_of import named_at_length, named_whole
from parsers.doubts.stated_units import unit_that_is_other
from parsers.findings import Code, shown
from parsers.form.form import Form
from parsers.form.printed_words import is_printed
from parsers.form.question import NUMERIC, Kind
from parsers.grid import CellKind, empty
from parsers.tables.model import Doubt, Row, Table
from parsers.tables.wordings import wordings_of
from parsers.thai.dates import BUDDHIST_AHEAD
from parsers.thai.text import ascii_digits, heading_key
from parsers.values.cells_read_once import Readings
from parsers.values.decimals import decimal
from parsers.values.units import asked_unit
from parsers.values.units_in_text import stated_units

_FIGURES = r"(?:ข้อมูล|ตัวเลข|ยอด|จำนวน|ผล)"
# "ใช้ข้อมูลปี 2567 ไปก่อน", "ข้อมูลปีที่แล้ว", "ยอดเดิม", "ครัวเรือนเป็นข้อมูลปี 2566"; not "เพิ่มจากปี 2567".
_OF_BEFORE = re.compile(
    rf"(?:(?:ใช้|ยึด|อ้างอิง|นำ)\s*+{_FIGURES}?|^\W*+(?:เป็น)?{_FIGURES}|เป็น\s?(?:ข้อมูล|ตัวเลข|ยอด))\s*+(?:ของ|ณ|จาก|ประจำ|เมื่อ)*+\s*+(?P<when>ปี\S*\s*+\S*|เดิม|เก่า|ครั้งก่อน|รอบก่อน)"
)
# "ข้อมูลปีที่แล้ว", "รอบก่อน": a heading of how it was before.
_BEFORE = re.compile(r"ก่อน|ที่แล้ว|ที่ผ่านมา|เดิม|เก่า")
# "ตัวเลขประมาณการ", "ยอดเบื้องต้น", "ประมาณการไว้ก่อน", "รอตรวจสอบ", "ยังไม่ยืนยัน"; not "งบประมาณการศึกษา".
_NOT_FIRM = re.compile(
    rf"{_FIGURES}\s*+(?:โดย)?(?:เป็นการ|เป็น)?(?:ประมาณ|เบื้องต้น|ชั่วคราว|คาดการณ์)|^\W*+(?:โดย)?ประมาณการ|โดยประมาณ"
    r"|(?<!เพื่อ)รอ(?:การ)?(?:\s?(?:อบต|อปท|เทศบาล|กอง|หน่วยงาน)\S{0,12}\s?)?(?:ตรวจสอบ|ยืนยัน|ปรับปรุง(?:ข้อมูล|ตัวเลข|ยอด)|แก้ไข|แจ้งใหม่)|ยังไม่(?:ได้)?(?:ตรวจสอบ|ตรวจนับ|ยืนยัน|ปิดบัญชี|สรุปยอด|นิ่ง|แน่นอน|ถูกต้อง)"
    r"|อยู่(?:ใน)?ระหว่าง(?:การ)?(?:ตรวจสอบ|ตรวจนับ|นับใหม่|สำรวจใหม่|สอบทาน|ทบทวน|รวบรวม|ยืนยัน)|ไม่(?:ค่อย)?แน่ใจ|ขอ(?:ส่ง|แจ้ง|รายงาน)(?:ให้|เพิ่มเติม)*(?:ภายหลัง|ในภายหลัง|อีกครั้ง)"
)
# "ยังไม่รวมหมู่ที่ 4", "ขาดข้อมูล 2 หมู่บ้าน", "ข้อมูลยังไม่ครบ", "ยังสำรวจไม่เสร็จ": a part of it; not "ไม่รวมภาษี".
_IN_PART = re.compile(
    rf"ยังไม่(?:ได้)?(?:นับ)?รวม|ขาด(?:อีก|ข้อมูล|ของ)?\s?(?:อีก)?\s?\d*\s?(?:หมู่|ชุมชน)"
    rf"|{_FIGURES}\S{{0,40}}?(?:ยังไม่ครบ|ไม่ครบถ้วน|บางส่วน|เพียง\s?\d+\s?(?:หมู่|ชุมชน))|ยัง(?:สำรวจ|รวบรวม|เก็บข้อมูล|นับ|ตรวจนับ|จัดเก็บข้อมูล)ไม่(?:แล้ว)?(?:เสร็จ|ครบ)"
)
# "จำนวนครั้งนับตั้งแต่ก่อตั้งหน่วย ไม่ใช่เฉพาะปีนี้", "ยอดเป็นของทั้งตำบล", "ยังไม่ได้แยกส่วนของ อบต.": of another scope.
_OF_OTHER_SCOPE = re.compile(
    r"นับ(?:รวม)?ตั้งแต่\s?(?:ก่อตั้ง|จัดตั้ง|เริ่ม|เปิด|ต้น|ปี)|(?:ไม่ใช่|มิใช่|ไม่ได้)(?:นับ)?\s?เฉพาะ|(?:ของ|รวม)ทั้ง(?:ตำบล|อำเภอ|จังหวัด)|(?:ยังไม่|ไม่)(?:ได้|สามารถ)?แยก(?:ส่วน|ของ|ราย|ข้อมูล|ยอด|ออก)"
)
# "น้ำหนักรวมของ อบต.เด่นชัย ด้วย", "รวมข้อมูล ทต.สอง", "นับรวมกับ อบต.สรอย", "รวมระบบประปาของ อบต.สรอย".
_WITH_OTHERS = re.compile(
    r"รวม(?:อยู่)?(?:(?:ข้อมูล|ยอด|ตัวเลข|ขยะ)?\s*+(?:ของ|กับ|ถึง|ทั้ง|จาก)?|(?!ทั้ง)[ก-๙]{2,30}(?:ของ|กับ|จาก))\s*+(?=อบ|ท[ตมน]|เทศบาล|องค์การ)"
)
# "ชาวไทยนับรวมชาวต่างชาติไว้แล้ว", "เป็นยอดรวม 3 ปี", "ยอดตั้งแต่ปี 2566", "ย้อนหลัง 3 ปี": more than was asked; not "รวมภาษีแล้ว".
_OF_MORE = re.compile(
    r"(?:นับ)?รวม(?!ภาษี|ทั้งสิ้น|ทั้งหมด)[ก-๙]{2,30}(?:ไว้|อยู่|เข้า)?(?:ด้วย)?แล้ว|นับรวม[ก-๙]{2,30}ด้วย|ยอด(?:รวม|สะสม)?\s?(?:\d{1,2}\s?ปี|ย้อนหลัง)|ตั้งแต่\s?ปี|ย้อนหลัง\s?\d{1,2}\s?ปี"
)
# "เป็นเป้าหมายของปี 2570", "ตัวเลขเป็นแผน", "จำนวนบ้านที่สำรวจเป็นเป้าหมาย ยังไม่ใช่ผลจริง"; not "ครัวเรือนที่เป็นเป้าหมาย".
_OF_AIM = re.compile(
    r"^\W*+(?:ข้อมูล|ตัวเลข|ยอด)?\s?เป็น(?:ค่า|ตัวเลข|ยอด|ข้อมูล)?(?:เป้าหมาย|แผน(?!ที่)|ประมาณการ)"
    r"|(?<!ที่)เป็น(?:ค่า|ตัวเลข|ยอด|ข้อมูล)?(?:เป้าหมาย|แผน|ค่าประมาณ|(?:งบ|เงิน|ยอด)(?:ประมาณ)?ที่(?:ตั้ง|ขอ|ได้รับจัดสรร|คาดว่าจะใช้)(?:ไว้)?)(?=$|[\s.,)]|(?:ของ)?ปี|ที่ตั้ง|ไม่ใช่|ยังไม่)"
    r"|(?:ไม่ใช่|มิใช่|ยังไม่ได้)\S{0,24}จริง(?!จัง|ใจ)"
)
# "ช่องชายกับช่องหญิงกรอกสลับกัน", "ใส่ตัวเลขสลับช่อง".
_EXCHANGED = re.compile("สลับ(?:กัน|ช่อง|คอลัมน์|ที่|ตัวเลข|ข้อมูล)")
# "อบต.บ้านหนุน ขอยกเลิกข้อมูล จะส่งใหม่", "ยังไม่ได้รายงาน": what stands in the row is not theirs, or not any more.
_NOT_THEIRS = re.compile(
    r"(?:ยกเลิก|ขอถอน|ไม่ใช้|งดใช้)\s?(?:ข้อมูล|ตัวเลข|แถว)|ยังไม่(?:ได้)?\s?(?:รายงาน(?!ตัว|ผล)|ส่ง(?:ข้อมูล|รายงาน|แบบ)|แจ้งข้อมูล)"
)
# "ปี 2567", "ปีงบประมาณ พ.ศ. 2567", "ปี 67".
_YEAR = re.compile(r"ปี(?:งบประมาณ)?\s*+(?:พ\.?\s?ศ\.?)?\s*+(25\d\d|[5-9]\d)(?!\d)")
# "ผู้ป่วยสะสม 11 ราย": a thing, its figure and a unit, and nothing else; "เพิ่มขึ้น 3 ราย" and "ปี 2567 มี 5 ราย" say another.
_STATES = re.compile(
    r"\W*+(?P<what>(?:(?!เพิ่ม|ลด|อีก|เดิม|ก่อน|ปี|เดือน|ใหม่|จาก|ใน|เป็นเพศ)[^\d๐-๙]){4,60}?)\s*+(?P<figure>[\d๐-๙][\d๐-๙,]*+(?:\.[\d๐-๙]++)?)\s*+[ก-๙.]{0,15}\W*+"
)
# Which figures are meant, by words that stand for a kind of unit.
_KINDS = (("mass", re.compile("น้ำหนัก|ตัน|ขยะ")), ("money", re.compile("เงิน|งบ|บาท|ค่าใช้จ่าย|เบิกจ่าย")))


def notes_against_figures(table: Table, readings: Readings) -> Iterator[Doubt]:
    """The figures that a note says not to be those asked for."""
    form = readings.form
    if not any(question.kind in NUMERIC for question in form.question):
        return

    def wanted(text: str) -> bool:
        stated = "หน่วย" in text or "เป็น" in text
        said = _says_other(text, form, readings.near) or bool(stated and stated_units(text))
        return said and not is_printed(text, form) and not _is_heading(text, form)

    lines, of_columns = notes_below(table, wanted), list(_of_columns(table, form, readings.near))
    for row in table.rows:
        of_all = ((key, note) for key, note in of_columns if key in row.cells and readings.amount(key, row.cells[key]))
        beside = chain(notes_beside(table, row, wanted), naming(lines, row, table.names))
        of_row = ((key, note) for note in beside for key in _spoken_of(note, row, readings))
        of_cells = chain(_on_cells(table, row, readings, wanted), _other_figures(table, row, readings))
        for key, note in chain(of_cells, of_row, of_all):
            why = f"เพราะหมายเหตุเขียนว่า “{shown(note)}” กรุณากรอกตามที่แบบรายงานถาม แล้วแก้หรือนำหมายเหตุออก"
            yield Doubt(Code.ANSWER_UNREADABLE, row.row, key, {"expected": why})


def _is_heading(text: str, form: Form) -> bool:
    """Whether a text is a question's own wording, as it stands beside the answer of a form on its side: ประมาณการรายรับ (บาท)."""
    return wordings_of(form).is_own(text.partition("(")[0])


def _of_columns(table: Table, form: Form, near: datetime.date | None) -> Iterator[tuple[str, str]]:
    """The columns of figures that a line below the table names, of no organisation, and says to be others than asked."""
    figures = [question.key for question in form.question if question.kind in NUMERIC - {Kind.COMPUTED}]
    marked = any(cell.text.endswith("*") for row in table.rows for cell in row.cells.values())  # 9** is asked by itself
    for line in lines_below(
        table,
        lambda text: (
            bool(_OF_MORE.search(ascii_digits(text)) or _exchanged(text, form, figures))
            or _says_other(text, form, near)
        ),
    ):
        others = (marked and line.startswith("*")) or is_printed(line, form) or _is_heading(line, form)
        if not others and not table.names.names_within(line):
            more = _OF_MORE.search(ascii_digits(line))
            # ชาวไทย, not ชาวต่างชาติ that it counts too.
            first = named_whole(line[: more.start()], form, figures) if more else _exchanged(line, form, figures)
            yield from ((key, line) for key in first or named_at_length(line, form, figures))


def _exchanged(line: str, form: Form, figures: Sequence[str]) -> list[str]:
    """The questions that a line says to stand in each other's columns, by their whole labels, however short."""
    said = heading_key(line) if _EXCHANGED.search(line) else ""
    named = [key for key in figures if (label := heading_key(form.find(key).label.partition("(")[0])) and label in said]
    return named if len(named) > 1 else []


def _on_cells(table: Table, row: Row, readings: Readings, wanted: Wanted) -> Iterator[tuple[str, str]]:
    """The comments on a row's figures, each of which speaks of its own, and the words beside a figure that count others in."""
    for key, cell in row.cells.items():
        if cell.kind is CellKind.TEXT and _WITH_OTHERS.search(cell.text) and readings.amount(key, cell):
            yield key, cell.text
    for key, note in comments_on(table, row, wanted):
        only = {key: row.cells[key]}
        yield from ((each, note) for each in _spoken_of(note, replace(row, cells=only), readings))


def _other_figures(table: Table, row: Row, readings: Readings) -> Iterator[tuple[str, str]]:
    """The figures beside which a note says another of the very same thing: ผู้ป่วยสะสม 11 ราย beside 8."""
    form = readings.form
    of_figures = ((form.find(key), cell) for key, cell in row.cells.items() if form.find(key).kind in NUMERIC)
    read = {question.key: decimal(readings.of(question, cell).value) for question, cell in of_figures}
    asked = {key: figure for key, figure in read.items() if figure is not None}
    for note in notes_beside(table, row, lambda text: bool(_STATES.fullmatch(text))) if asked else ():
        said = _STATES.fullmatch(ascii_digits(note))
        named = named_at_length(said["what"], form, asked) if said else []
        if said and len(named) == 1 and decimal(said["figure"].replace(",", "")) != asked[named[0]]:
            yield named[0], note


def _says_other(text: str, form: Form, near: datetime.date | None) -> bool:
    """Whether a note says that figures are of before, not firm yet, of a part, or of several organisations."""
    said = (_NOT_FIRM, _IN_PART, _WITH_OTHERS, _OF_OTHER_SCOPE, _OF_AIM, _NOT_THEIRS)
    return is_of_before(text, form, near) or any(each.search(text) for each in said)


def is_of_before(text: str, form: Form, near: datetime.date | None) -> bool:
    """Whether a text says that figures are of another year than asked, or of a round before."""
    found = _OF_BEFORE.search(text)
    if not found:
        return False
    years, asked = years_in(found["when"]), years_asked(form, near)
    return years.isdisjoint(asked) if years and asked else bool(_BEFORE.search(found["when"]))


def years_asked(form: Form, near: datetime.date | None) -> set[int]:
    """The Buddhist years that figures may be of: those of the form's title, else the year of the report, of the state's too."""
    return years_in(form.title) or ({near.year + BUDDHIST_AHEAD, near.year + BUDDHIST_AHEAD + 1} if near else set())


def years_in(text: str) -> set[int]:
    """The Buddhist years that a text names."""
    return {int(year) if len(year) == len("2568") else 2500 + int(year) for year in _YEAR.findall(ascii_digits(text))}


def _spoken_of(note: str, row: Row, readings: Readings) -> Iterator[str]:
    """The figures that a note speaks of: those it can be of by its unit, by a word for their kind, else all."""
    form = readings.form
    asked = {key: form.find(key) for key, cell in row.cells.items() if readings.amount(key, cell)}
    if not _says_other(note, form, readings.near):
        units = stated_units(note)
        yield from (key for key, question in asked.items() if unit_that_is_other(units, question))
        return
    # "อยู่ระหว่างตรวจนับใหม่" names no figure of what was inspected (ตรวจแล้ว).
    if named := named_at_length(_YEAR.sub(" ", _NOT_FIRM.sub(" ", note)), form, asked):
        yield from named
        return
    said = note.replace("ปีงบประมาณ", "ปี")  # a year, no money
    kinds = {kind for kind, words in _KINDS if words.search(said)}
    of_kind = [key for key, question in asked.items() if (unit := asked_unit(question)) and unit.kind in kinds]
    yield from of_kind or (_answered(row, form, asked) if _of_all(note, form, readings.near) else asked)


def _of_all(note: str, form: Form, near: datetime.date | None) -> bool:
    """Whether a note speaks of a row's data as a whole, its ticks too: ข้อมูลของ อบต.… เป็นข้อมูลปี 2567, เป็นเป้าหมาย."""
    whole = is_of_before(note, form, near) or bool(_NOT_FIRM.search(note))
    return bool(_OF_AIM.search(note) or _NOT_THEIRS.search(note)) or (whole and "ข้อมูล" in note)


def _answered(row: Row, form: Form, figures: Collection[str]) -> list[str]:
    """The answers of a row but its zeros: none is none in any year."""
    return [
        key
        for key, cell in row.cells.items()
        if key in figures or (form.find(key).kind not in NUMERIC and not empty(cell))
    ]
