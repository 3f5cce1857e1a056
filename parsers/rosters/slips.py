"""The sentences of what can be wrong in a roster's workbook, as staff read them."""

from parsers.findings import Place, Severity, shown
from parsers.rosters.entries import Mistake, Slip

SENTENCES = {
    Slip.FILE: "{why}",
    Slip.NO_TABLE: ("ไม่พบตารางทะเบียนในไฟล์นี้ กรุณาใช้ตารางที่มีหัวคอลัมน์ เช่น ชื่อ อปท. และ อีเมล หรือไฟล์จากคำสั่ง ruam roster export"),
    Slip.HIDDEN_SHEET: "แผ่นงานนี้ถูกซ่อนอยู่ จึงไม่ได้อ่าน",
    Slip.NAME_MISSING: "แถวนี้ไม่มีชื่อ กรุณาเขียนชื่อ หรือลบแถวนี้",
    Slip.NAME_UNKNOWN: "ไม่พบ “{value}” ในทะเบียน หากเป็นแห่งใหม่กรุณาใส่รหัสของหน่วยงาน หากไม่ใช่กรุณาแก้ชื่อ{hint}",
    Slip.NAME_AMBIGUOUS: "“{value}” อาจหมายถึง {candidates} กรุณาใส่อำเภอ ประเภท หรือรหัส",
    Slip.NAME_OF_OTHER_TYPE: "ประเภทเขียนว่า {type} แต่ชื่อ “{value}” เป็นประเภทอื่น กรุณาแก้ให้ตรงกัน",
    Slip.CODE_OF_OTHER_NAME: "รหัสนี้เป็นของ {organisation} แต่ชื่อในแถวเป็นของ {other} กรุณาแก้รหัสหรือชื่อ",
    Slip.CODE_MALFORMED: "รหัส “{value}” ต้องเป็นตัวเลขหรือตัวอักษร a-z ติดกันโดยไม่เว้นวรรค",
    Slip.CODE_DOUBLED: "รหัส {value} ซ้ำกับช่อง {other} กรุณาแก้ให้แต่ละแห่งมีรหัสของตน",
    Slip.NAME_DOUBLED: "{value} ซ้ำกับช่อง {other} กรุณาลบแถวที่ซ้ำ หรือแก้ชื่อ",
    Slip.FORMER_UNKNOWN: "ไม่มีหน่วยงานรหัส {value} ในทะเบียนเดิม กรุณาแก้รหัสเดิม หรือเว้นว่างไว้",
    Slip.FORMER_ASSUMED: "เข้าใจว่าเป็น {organisation} ที่เปลี่ยนฐานะ จึงเก็บข้อมูลเดิมไว้กับแห่งนี้ หากไม่ใช่ กรุณาใส่รหัสเดิมให้ถูกต้อง",
    Slip.TYPE_UNKNOWN: "ไม่มีประเภท “{value}” กรุณาเลือก {choices}",
    Slip.TYPE_MISSING: "ไม่ทราบประเภทของ “{value}” กรุณาเลือก {choices}",
    Slip.DISTRICT_MISSING: "ไม่ทราบอำเภอของ “{value}” กรุณาใส่อำเภอ",
    Slip.REPORTER_UNKNOWN: "ไม่มีผู้รายงานชื่อ “{value}” กรุณาเลือกจากรายการ หรือเพิ่มในแผ่นงานผู้รายงาน",
    Slip.REPORTER_DOUBLED: "ผู้รายงาน “{value}” ซ้ำกับช่อง {other} กรุณาคงไว้แถวเดียว และใส่อีเมลทั้งหมดในช่องเดียวกัน",
    Slip.ADDRESS_MALFORMED: "“{value}” ไม่ใช่ที่อยู่อีเมล กรุณาเขียนเช่น saraban@office.example",
    Slip.ADDRESS_OF_SEVERAL: "ที่อยู่ {value} อยู่ที่ช่อง {other} ด้วย หากใช้ร่วมกันจริงไม่ต้องแก้",
    Slip.CHIEF_SEVERAL: "ช่องนี้ใส่ได้ที่อยู่เดียว กรุณาคงไว้ที่อยู่เดียว",
    Slip.PHONE_MALFORMED: "ไม่พบหมายเลขโทรศัพท์ใน “{value}” กรุณาตรวจสอบ",
}
MILD = frozenset({Slip.HIDDEN_SHEET, Slip.FORMER_ASSUMED, Slip.ADDRESS_OF_SEVERAL, Slip.PHONE_MALFORMED})


def mistake(slip: Slip, place: Place, value: str = "", **fields: str) -> Mistake:
    """One slip, its sentence filled. Raises KeyError when a field of the sentence is not given."""
    severity = Severity.WARNING if slip in MILD else Severity.ERROR
    said = shown(value)
    return Mistake(slip, severity, place, said, SENTENCES[slip].format_map({"value": said, **fields}))
