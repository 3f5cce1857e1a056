"""What can be wrong in a list of who had not done it, and how staff are told: every slip with its Thai sentence."""

from dataclasses import dataclass
from enum import StrEnum

from parsers.findings import Place


class Slip(StrEnum):
    """What was found in a list."""

    FILE = "file"
    NO_NAMES = "no-names"
    NAME_UNKNOWN = "name-unknown"
    NAME_AMBIGUOUS = "name-ambiguous"
    NAME_GUESSED = "name-guessed"
    NAME_MISSING = "name-missing"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    INCONSISTENT = "inconsistent"
    CELL_EMPTY = "cell-empty"
    MARK_UNREADABLE = "mark-unreadable"
    MARK_GUESSED = "mark-guessed"
    MARK_TWO_WAYS = "mark-two-ways"
    QUESTION_UNKNOWN = "question-unknown"
    QUESTION_EMPTY = "question-empty"
    PROVINCE_UNKNOWN = "province-unknown"
    PROVINCE_EMPTY = "province-empty"
    DISTRICT_UNKNOWN = "district-unknown"
    DISTRICT_OTHER = "district-other"
    HIDDEN_ROW = "hidden-row"
    HIDDEN_SHEET = "hidden-sheet"
    LINE_PASSED = "line-passed"
    NOT_IN_TABLE = "not-in-table"
    DATE_UNREADABLE = "date-unreadable"
    DATES_DIFFER = "dates-differ"
    DATE_OTHER = "date-other"
    DATE_MISSING = "date-missing"
    DATE_LATE = "date-late"


# Slips that leave nothing in doubt: they are told, and the list is recorded all the same.
MILD = frozenset(
    {Slip.NAME_GUESSED, Slip.DUPLICATE, Slip.MARK_GUESSED, Slip.HIDDEN_SHEET, Slip.LINE_PASSED, Slip.NOT_IN_TABLE}
)

SENTENCES = {
    Slip.FILE: "{why}",
    Slip.NO_NAMES: "ไม่พบรายชื่อหน่วยงานของจังหวัด{province} ในไฟล์นี้ กรุณาใช้ไฟล์ที่มีชื่อหน่วยงาน แถวละหนึ่งแห่ง",
    Slip.NAME_UNKNOWN: "ไม่พบชื่อ “{value}” ในทะเบียนหน่วยงานของจังหวัด กรุณาเขียนชื่อเต็มพร้อมประเภท{hint}",
    Slip.NAME_AMBIGUOUS: "ชื่อ “{value}” อาจหมายถึง {candidates} กรุณาเขียนประเภทและอำเภอให้ครบ",
    Slip.NAME_GUESSED: "อ่านชื่อ “{value}” เป็น {organisation} หากไม่ใช่กรุณาแก้ในไฟล์แล้วโหลดใหม่",
    Slip.NAME_MISSING: "แถวนี้ไม่มีชื่อหน่วยงาน กรุณาเขียนชื่อ หรือลบแถวนี้",
    Slip.DUPLICATE: "{organisation} ซ้ำกับช่อง {other} และบอกตรงกัน นับเพียงครั้งเดียว",
    Slip.CONTRADICTION: "{organisation} ช่อง “{question}” ขัดกับช่อง {other} กรุณาคงไว้แถวเดียว",
    Slip.INCONSISTENT: "{organisation} ระบุว่า “{question}” แล้ว แต่ “{needed}” ยังไม่ได้ทำ กรุณาแก้ให้ตรงกัน",
    Slip.CELL_EMPTY: "{organisation} ช่อง “{question}” ว่าง กรุณาใส่ ✓ (ทำแล้ว) หรือ ✗ (ยังไม่ได้ทำ)",
    Slip.MARK_UNREADABLE: "{organisation} ช่อง “{question}” อ่าน “{value}” ไม่ได้ กรุณาใส่ ✓ (ทำแล้ว) หรือ ✗ (ยังไม่ได้ทำ)",
    Slip.MARK_GUESSED: "{organisation} ช่อง “{question}” อ่าน “{value}” เป็น {read} หากไม่ใช่กรุณาแก้ในไฟล์แล้วโหลดใหม่",
    Slip.MARK_TWO_WAYS: (
        "เครื่องหมาย “{value}” ใต้หัว “{heading}” อ่านได้สองทาง (ทำแล้ว หรืออยู่ในรายชื่อที่ยังไม่ได้ทำ) กรุณาใส่ ✗ ให้แห่งที่ยังไม่ได้ทำ"
    ),
    Slip.QUESTION_UNKNOWN: "ไม่ทราบว่า “{value}” หมายถึงข้อใดในแบบรายงาน กรุณาเขียนเป็น {choices}",
    Slip.QUESTION_EMPTY: "{organisation} ไม่ได้ระบุว่ายังไม่ได้ทำข้อใด กรุณาเขียนเป็น {choices}",
    Slip.PROVINCE_UNKNOWN: "ไม่มีจังหวัดชื่อ “{value}” กรุณาแก้ชื่อจังหวัด",
    Slip.PROVINCE_EMPTY: "แถวของ “{value}” ไม่ได้ระบุจังหวัด กรุณาใส่ชื่อจังหวัด",
    Slip.DISTRICT_UNKNOWN: "จังหวัด{province} ไม่มีอำเภอชื่อ “{value}” กรุณาแก้ชื่ออำเภอ",
    Slip.DISTRICT_OTHER: "{organisation} อยู่อำเภอ{district} แต่แถวนี้เขียนว่า “{value}” กรุณาแก้ชื่อหน่วยงาน หรืออำเภอ",
    Slip.HIDDEN_ROW: "แถวของ {organisation} ถูกซ่อนอยู่ กรุณายกเลิกการซ่อน หรือลบแถวนี้",
    Slip.HIDDEN_SHEET: "แผ่นงานนี้ถูกซ่อนอยู่ จึงไม่ได้อ่าน",
    Slip.LINE_PASSED: "ข้ามบรรทัด “{value}” เพราะไม่ใช่ชื่อหน่วยงาน",
    Slip.NOT_IN_TABLE: "ไม่มีแถวของ {organisation} จึงไม่ทราบสถานะ ณ วันนั้น",
    Slip.DATE_UNREADABLE: "อ่านวันที่ “{value}” ไม่ได้ กรุณาเขียนเช่น ๒๙ ตุลาคม ๒๕๖๗",
    Slip.DATES_DIFFER: "ไฟล์นี้เขียนวันที่ของข้อมูลไว้ต่างกัน ({value} และ {other}) กรุณาคงไว้วันเดียว",
    Slip.DATE_OTHER: "ไฟล์เขียนว่าข้อมูล ณ วันที่ {value} แต่คำสั่งระบุ --at {other} กรุณาแก้ให้ตรงกัน หรือไม่ต้องระบุ --at",
    Slip.DATE_MISSING: "ไม่ทราบวันที่ของข้อมูล กรุณาระบุ --at เช่น --at 2567-10-29 หรือเขียน “ข้อมูล ณ วันที่” ไว้ในไฟล์",
    Slip.DATE_LATE: "ข้อมูล ณ วันที่ {value} ไม่ได้อยู่ก่อนวันเริ่มรวบรวม ({other}) กรุณาแก้วันที่",
}


@dataclass(frozen=True)
class Mistake:
    """One slip in a list, with its cell and the sentence for staff."""

    slip: Slip
    place: Place
    message: str

    @property
    def mild(self) -> bool:
        """Whether the list can be recorded all the same."""
        return self.slip in MILD


def mistake(slip: Slip, place: Place, **fields: str) -> Mistake:
    """One slip, its sentence filled. Raises KeyError when a field of the sentence is not given."""
    return Mistake(slip, place, SENTENCES[slip].format_map(fields))
