"""ขอทะเบียน: the roster as the workbook that ``ruam roster export`` writes, to the staff member who asks. Pure.

Filled in it comes back by mail (``bot.office.rules.roster_returned``) or is taken in at the shell (``ruam roster import``).
"""

import re

from bot.office.decision import Decision
from bot.office.letters.enclosures import RosterWorkbook
from bot.office.letters.notice import Notice
from bot.office.rules.answer_to_asker import words_answered
from bot.office.rules.case import Case
from bot.office.rules.commands import plain_line
from bot.office.rules.said_back import answered

# "ขอทะเบียน", "ขอไฟล์ทะเบียนผู้รายงาน", "ส่งทะเบียนล่าสุดให้หน่อย", "ทะเบียน"; nothing else on the line.
_ASKS = re.compile(
    r"(?:ขอ|ช่วยส่ง|ส่ง)?(?:ไฟล์|สมุด|ตาราง)?ทะเบียน(?:ผู้รายงาน|อปท\.?|หน่วยงาน|ที่อยู่|อีเมล)?"
    r"(?:ล่าสุด|ปัจจุบัน)?(?:ให้)?(?:หน่อย|ด้วย)?"
)
# "ขอทะเบียนผู้ส่งทั้งหมดหน่อยค่ะ พร้อมอีเมลของแต่ละอำเภอ", "ขอดูทะเบียนก่อน ตอนนี้แต่ละแห่งใช้เมลอะไร": with a story around it.
_ASKS_WITHIN = re.compile(
    r"(?<!ไม่)(?<!อย่า)ขอ(?:ดู|ไฟล์)?ทะเบียน(?:ผู้ส่ง|ผู้รายงาน|อีเมล|ที่อยู่|หน่วยงาน|ทั้งหมด|หน่อย|ล่าสุด|ก่อน|ด้วย|ที่ใช้อยู่)"
    r"|ขอ(?:ดู|\s?list\s?)?รายชื่อ(?:อำเภอ|หน่วยงาน|ผู้รายงาน|อปท\.?)?(?:แต่ละ(?:อำเภอ|แห่ง)|ทุก(?:อำเภอ|แห่ง)|ทั้งหมด)?(?:กับ|และ|พร้อม)\s?(?:อี)?เมล"
    r"|มี(?:อี)?เมล(?:ของ)?(?:แต่ละ|ทุก)(?:อำเภอ|หน่วยงาน|แห่ง)(?:ว่า|เป็น|คือ)?อะไรบ้าง"
)
_LOOKED_AT = 600  # characters


def asks_roster(text: str) -> bool:
    """Whether a mail's own text asks for the roster, and sets no condition."""
    return bool(_ASKS.fullmatch(plain_line(text)) or _ASKS_WITHIN.search(text[:_LOOKED_AT]))


def roster_wanted(case: Case) -> Decision | None:
    """A staff mail that asks for the roster's workbook."""
    if not (case.may_wish and case.as_staff) or case.disowned or not asks_roster(case.mail.text):
        return None
    if words_answered(case.mail, case.facts):
        return None  # an answer to a question, which goes on to who asked
    content = Notice(
        f"ทะเบียนผู้รายงานและ อปท. จังหวัด{case.bureau.roster.province}",
        (
            "ทะเบียนที่ใช้อยู่ขณะนี้แนบมาเป็นไฟล์ Excel รวมที่อยู่อีเมลที่เจ้าหน้าที่เพิ่มหรือลบไว้แล้ว",
            (
                "หากแก้ไขหลายรายการ โปรดแก้ในไฟล์นี้แล้วส่งกลับมาทางอีเมล ระบบจะแจ้งสิ่งที่จะเปลี่ยนให้ท่านยืนยันก่อน "
                "หากแก้เพียงที่อยู่อีเมล สั่งด้วยคำได้ เช่น เพิ่มที่อยู่ name@office.example ให้อำเภอลอง"
            ),
        ),
        todo="โปรดตรวจว่าที่อยู่อีเมลเป็นปัจจุบัน",
        enclosures=(RosterWorkbook(),),
    )
    return answered(case, "roster-sent", content)
