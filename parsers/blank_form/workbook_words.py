"""The words of the workbook หนังสือเวียนใหม่: what its lines and columns are called, written by ``bot.documents`` and read back here."""

SHEET, QUESTIONS, DOUBTS = "หนังสือเวียนใหม่", "คำถาม", "ข้อสังเกต"
# Lines of the first sheet, by the field that they hold.
LINES = {
    "number": "เลขที่หนังสือ",
    "dated": "ลงวันที่",
    "title": "เรื่อง",
    "department": "หน่วยงานเจ้าของเรื่อง",
    "salutation": "เรียน (ในหนังสือนำส่งรายงาน)",
    "unit": "กองหรือกลุ่มงาน",
    "phone": "โทรศัพท์ของหน่วยงาน",
    "to": "อีเมลที่ให้ส่งรายงาน",
    "opens": "ส่งคำขอถึงผู้รายงานเมื่อ",
    "reporters": "ผู้รายงานต้องส่งภายใน",
    "cutoff": "ร่างรายงานถึงเจ้าหน้าที่เมื่อ",
    "until": "ต้องส่งหน่วยงานเจ้าของเรื่องภายใน",
    "subject": "ชื่อเรื่องในอีเมล",
    "opening": "ข้อความในคำขอ",
    "slug": "รหัสเรื่อง (a-z และตัวเลข)",
    "form_title": "ชื่อแบบรายงาน",
    "organisation_label": "หัวคอลัมน์ชื่อ อปท.",
    "row_label": "หัวคอลัมน์ของรายการ",
    "shape": "แถวของแต่ละแห่ง",
    "rows": "รายการของแต่ละแห่ง (บรรทัดละรายการ)",
    "total_label": "ชื่อบรรทัดรวม",
    "yes": "เครื่องหมายที่หมายถึงทำแล้ว",
    "no": "เครื่องหมายที่หมายถึงยังไม่ทำ",
    "remarks": "หัวข้อที่ให้เขียนท้ายแบบ (บรรทัดละหัวข้อ)",
    "note": "หมายเหตุในแบบที่ส่งให้ผู้รายงาน (บรรทัดละข้อ)",
    "report_note": "หมายเหตุในรายงาน หากต่างกัน (บรรทัดละข้อ)",
    "enclosed": "แนบไฟล์หนังสือไปกับคำขอ",
}
ONE_ROW, SEVERAL_ROWS, FREE_ROWS = "แห่งละหนึ่งแถว", "แห่งละหลายแถวตามรายการ", "แต่ละแห่งเพิ่มแถวเอง"
SHAPES = (ONE_ROW, SEVERAL_ROWS, FREE_ROWS)
# Columns of the sheet of questions, by the field that they hold.
COLUMNS = {
    "number": "ข้อ",
    "group": "หัวข้อกลุ่ม",
    "label": "หัวข้อ",
    "kind": "แบบคำตอบ",
    "unit": "หน่วยนับ",
    "choices": "ตัวเลือก (บรรทัดละข้อ)",
    "only": "ถามเฉพาะประเภท",
    "required": "ต้องตอบ",
    "requires": "ต้องทำข้อใดก่อน",
    "sum_of": "เป็นผลรวมของข้อ",
}
MUST, MAY = "ต้องตอบ", "เว้นว่างได้"
