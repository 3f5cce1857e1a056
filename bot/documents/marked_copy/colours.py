"""The colours of a marked copy, and the sentences that name them."""

from openpyxl.styles import PatternFill

RED = PatternFill("solid", fgColor="FFFF7C80", bgColor="FFFF7C80")
YELLOW = PatternFill("solid", fgColor="FFFFD54F", bgColor="FFFFD54F")  # stronger than that of a form's open cells
GROUPS = ((True, "ต้องแก้ไข", RED), (False, "ขอให้ตรวจสอบ หากถูกต้องแล้วไม่ต้องแก้", YELLOW))
HOW_TO = (
    "วิธีแก้ไข: แก้ช่องสีแดงในแผ่นงานเดิม (คลิกชื่อช่องด้านล่างเพื่อไปยังช่องนั้น) และตรวจสอบช่องสีเหลืองเข้ม "
    "แล้วบันทึกไฟล์ และตอบกลับอีเมลพร้อมแนบไฟล์นี้ ไม่ต้องลบสีหรือแผ่นงานนี้ออก"
)
LOOK = (
    "ไม่มีช่องที่ต้องแก้ไข ขอให้ตรวจสอบช่องสีเหลืองเข้ม (คลิกชื่อช่องด้านล่างเพื่อไปยังช่องนั้น) หากถูกต้องแล้วไม่ต้องดำเนินการใดอีก "
    "หากไม่ถูกต้อง โปรดแก้ไข บันทึกไฟล์ แล้วตอบกลับอีเมลพร้อมแนบไฟล์นี้"
)
