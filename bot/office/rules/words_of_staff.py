"""The words that staff may write, with an example of each and what it brings about: what ช่วยด้วย answers."""

from collections.abc import Mapping

from bot.office.wishes.wish import Verb

TELLING = "ระบบตอบทันที"
# By verb: how it is written, and what it brings about.
EXAMPLES: Mapping[Verb, tuple[str, str]] = {
    Verb.STATUS: ("สถานะ", "ดูว่าใครรายงานแล้วกี่แห่ง"),
    Verb.WHO_OWES: ("ใครยังไม่ส่ง", "ดูรายชื่อหน่วยงานที่ยังค้าง"),
    Verb.SEND_FORM: ("ส่งแบบฟอร์มให้อำเภอลองอีกครั้ง", "ส่งแบบรายงานให้ใหม่ทันที"),
    Verb.REMIND: ("เตือนอำเภอลองตอนนี้", "ส่งจดหมายเตือนทันทีหากยังค้าง"),
    Verb.EXTEND: ("เลื่อนอำเภอลองถึง ๑๒ ธันวาคม ๒๕๖๗", "ให้กำหนดส่งใหม่ ไม่ระบุชื่อคือทุกแห่ง"),
    Verb.EXEMPT: ("ยกเว้น อบต.ไทรย้อย เพราะ …", "ไม่ต้องรายงาน และไม่นับว่าค้าง"),
    Verb.LIFT: ("ยกเลิกการยกเว้น อบต.ไทรย้อย", "ให้รายงานตามเดิม"),
    Verb.CORRECT: ("แก้ไข อบต.ไทรย้อย ช่อง จัดทำประกาศแล้ว เป็น ✓", "แก้ไขข้อมูลหนึ่งช่อง"),
    Verb.ADD_ADDRESS: ("เพิ่มที่อยู่ name@office.example ให้อำเภอลอง", "เพิ่มอีเมลของผู้รายงาน"),
    Verb.REMOVE_ADDRESS: ("ลบที่อยู่ name@office.example", "เลิกใช้อีเมลนั้น"),
    Verb.NO_REMINDER: ("ไม่ต้องเตือนอำเภอลอง", "เลิกเตือน จนกว่าจะสั่ง เตือนอำเภอลองตามปกติ"),
    Verb.REMIND_AGAIN: ("เตือนอำเภอลองตามปกติ", "เตือนตามกำหนดอีกครั้ง"),
    Verb.HOLIDAY: ("วันหยุด ๓๐ ธันวาคม ๒๕๖๗ เพราะ …", "ไม่ส่งจดหมายและไม่นับเป็นวันทำการ"),
    Verb.WORK_DAY: ("ยกเลิกวันหยุด ๓๐ ธันวาคม ๒๕๖๗", "นับเป็นวันทำการ"),
    Verb.DECLINE: ("ไม่อนุมัติ เพราะ …", "บันทึกว่าไม่เห็นชอบร่างรายงาน และแจ้งเจ้าหน้าที่ทุกคน"),
    Verb.CLOSE: ("ปิด", "ปิดรับรายงาน"),
    Verb.REOPEN: ("เปิด", "เปิดรับรายงานอีกครั้ง"),
    Verb.HELP: ("ช่วยด้วย", "ดูคำที่ใช้ได้ทั้งหมด"),
}
# Words with rules of their own, which answer a letter of a certain kind.
ANSWERING = (
    ("อนุมัติ", "ตอบกลับจดหมายร่างรายงาน เพื่อส่งรายงานให้ส่วนกลาง"),
    ("เลขที่ … ลงวันที่ …", "ตอบกลับจดหมายร่างหนังสือจังหวัดหรือร่างรายงาน เพื่อให้เลขที่และวันที่ของหนังสือ"),
    ("รับ / รับเสมอ / ไม่รับ", "ตอบกลับจดหมายแจ้งเรื่องจดหมายที่ระบบเก็บไว้ หรือตอบกลับสรุปประจำวันโดยใส่หมายเลขต่อท้าย เช่น รับ ๑๗"),
    ("ส่งแล้ว / ส่งซ้ำ", "ตอบกลับจดหมายแจ้งเรื่องรายงานที่ไม่ทราบผลการส่ง"),
    ("ให้ / ไม่ให้ เพราะ …", "ตอบกลับจดหมายแจ้งคำขอของผู้รายงาน"),
    ("แนบแบบรายงาน", "ส่งไฟล์แบบรายงานที่กรอกแล้วมาที่ระบบ เพื่อบันทึกแทนหน่วยงาน"),
)


def all_words() -> tuple[tuple[str, str], ...]:
    """Every word with what it brings about."""
    return (*EXAMPLES.values(), *ANSWERING)


def words_for(verbs: tuple[Verb, ...]) -> tuple[tuple[str, str], ...]:
    """The words of these verbs."""
    return tuple(EXAMPLES[verb] for verb in verbs if verb in EXAMPLES)
