"""The sentences of what a proposal is unsure of, as staff read them."""

from parsers.blank_form.proposal import Code, Unsure
from parsers.findings import shown
from parsers.form.question import Kind

# What each kind is called to staff; the workbook's drop-down offers the same words.
KIND_WORDS = {
    Kind.TICK: "ทำแล้ว/ยังไม่ทำ (✓)",
    Kind.INTEGER: "จำนวนเต็ม",
    Kind.DECIMAL: "ตัวเลขมีทศนิยม",
    Kind.MONEY: "จำนวนเงิน (บาท)",
    Kind.PERCENT: "ร้อยละ",
    Kind.TEXT: "ข้อความ",
    Kind.CHOICE: "เลือก 1 ข้อ",
    Kind.CHOICES: "เลือกได้หลายข้อ",
    Kind.PROGRESS: "ความคืบหน้า 3 ขั้น",
    Kind.DATE: "วันที่",
    Kind.COMPUTED: "ผลรวม (ระบบคำนวณ)",
}

SENTENCES = {
    Code.NO_FORM: "ไม่พบตารางแบบรายงานในไฟล์ กรุณาแนบแบบฟอร์มเปล่าเป็นไฟล์ Excel, Word หรือ PDF ที่มีตัวอักษร",
    Code.SEVERAL_FORMS: "พบตารางมากกว่าหนึ่งตาราง ใช้ตารางที่ {value} หากไม่ใช่ กรุณาส่งเฉพาะแบบที่ต้องการ",
    Code.FILE: "{value}",
    Code.NO_NAMES: "แบบไม่มีคอลัมน์ชื่อ อปท. ระบบจะใส่คอลัมน์ชื่อไว้หน้าสุด แห่งละหนึ่งแถว",
    Code.NAMES_OF_PROVINCES: "คอลัมน์ “{value}” เข้าใจว่าเป็นชื่อผู้ที่ต้องตอบ ระบบจะใส่ชื่อจากทะเบียนแทน",
    Code.KIND_GUESSED: "“{value}” ไม่แน่ใจว่าต้องตอบแบบใด จัดไว้เป็น {kind}",
    Code.NO_CHOICES: "“{value}” ให้เลือกจากรายการ แต่ไม่พบรายการในแบบ จัดไว้เป็นข้อความ หากมีรายการกรุณาเติม",
    Code.LABEL_TWICE: "หัวข้อ “{value}” ซ้ำกันในแบบ จึงเติมเลขลำดับไว้ กรุณาแก้ชื่อให้ต่างกัน",
    Code.MARKS_ALIKE: "แบบเดิมพิมพ์ว่าทั้ง ✓ และ X หมายถึงดำเนินการแล้ว ระบบจะอ่าน X เป็นยังไม่ได้ดำเนินการ",
    Code.MADE_FIRST: "“{value}” เข้าใจว่าต้อง “{other}” ก่อน จึงจะตอบว่าทำแล้วได้",
    Code.SUM_GUESSED: "“{value}” เข้าใจว่าเป็นผลรวมของ {other} ระบบจะคำนวณให้",
    Code.ONLY_TYPES: "“{value}” เข้าใจว่าถามเฉพาะ {other}",
    Code.FREE_ROWS: "เข้าใจว่าแต่ละแห่งกรอกได้หลายแถวตาม “{value}” หากให้แห่งละหนึ่งแถว กรุณาแก้",
    Code.ROWS_ASKED: "แบบเป็นรายการเรียงลงมา เข้าใจว่าแต่ละแถวคือหนึ่งหัวข้อที่ต้องตอบ",
    Code.UNLIKE_READ: "“{value}” ระบบอ่านหัวข้อนี้กลับจากแบบเดิมไม่พบ กรุณาตรวจถ้อยคำ",
    Code.NO_NUMBER: "ไม่พบเลขที่หนังสือ (เช่น ที่ มท ๐๘๑๐.๗/ว ๕๘๒๗) กรุณาเติม",
    Code.NO_DAY: "ไม่พบวันที่ของหนังสือ ใช้วันนี้ไว้ก่อน กรุณาแก้",
    Code.NO_TITLE: "ไม่พบบรรทัด เรื่อง ใช้ “{value}” ไว้ก่อน",
    Code.NO_DEADLINE: "ไม่พบกำหนดส่งในหนังสือ ตั้งไว้ {value} กรุณาแก้",
    Code.ONE_DEADLINE: "หนังสือบอกกำหนดส่งเพียงวันเดียวคือ {value} จึงตั้งให้ อปท. ส่งภายใน {other}",
    Code.SEVERAL_DEADLINES: "หนังสือบอกหลายกำหนด ({value}) ใช้วันแรกเป็นกำหนดของ อปท. และวันสุดท้ายเป็นกำหนดของกรมฯ",
    Code.DEADLINE_PAST: "กำหนดส่ง {value} ผ่านไปแล้วหรือกระชั้นเกินไป ตั้งกำหนดของ อปท. ไว้ {other} กรุณาแก้",
    Code.NO_ADDRESS: "ไม่พบอีเมลที่ให้ส่งรายงาน ตั้งไว้ส่งถึงเจ้าหน้าที่ของเราเอง ({value}) เพื่อส่งต่อ",
    Code.SEVERAL_ADDRESSES: "พบอีเมลหลายที่อยู่ในหนังสือ ใช้ {value}",
    Code.NO_DEPARTMENT: "ไม่พบชื่อหน่วยงานเจ้าของหนังสือ ใช้ “{value}” ไว้ก่อน",
    Code.LINKS: "หนังสือมีลิงก์ {value} แห่ง ({other}) ซึ่งระบบไม่ได้เปิด หากแบบฟอร์มหรือหนังสืออยู่ในลิงก์ กรุณาดาวน์โหลดแล้วส่งต่อมาใหม่เป็นไฟล์แนบ",
    Code.SCAN: "“{value}” เป็นภาพสแกนหรือรูปถ่าย ระบบอ่านข้อความไม่ได้ หากเป็นแบบฟอร์ม กรุณาส่งเป็น Excel หรือ Word "
    "หากเป็นหนังสือ กรุณาพิมพ์สิ่งที่ขาดในคำตอบ บรรทัดละเรื่อง: เลขที่หนังสือ … ลงวันที่ … / ชื่อเรื่องเป็น … / กำหนดส่งกรมเป็นวันที่ … / ส่งกรมที่ …",
    Code.ENCLOSED: "จะแนบ “{value}” ไปกับคำขอ กรุณาตรวจว่าไม่มีข้อมูลลับ เช่น รหัสยืนยันตัวตน",
    Code.RULE_LEFT_OUT: "“{value}” อ้างถึงข้อที่ใช้ด้วยกันไม่ได้ จึงตัดเงื่อนไขนั้นออก กรุณาตรวจ",
    Code.UNREAD: "“{value}” ในไฟล์แก้ไขอ่านไม่ได้ จึงใช้ค่าเดิมหรือเว้นว่าง กรุณาแก้: {other}",
}


def unsure(code: Code, value: str = "", question: int = 0, **fields: str) -> Unsure:
    """One doubt, its sentence filled. Raises KeyError when a field of the sentence is not given."""
    said = {name: shown(text) for name, text in fields.items()}
    return Unsure(code, SENTENCES[code].format_map({"value": shown(value), **said}), question)
