"""Words of staff that are no command: they are told what the system understands. Pure."""

from bot.office.decision import Decision
from bot.office.letters.notice import Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.rules.case import Case
from bot.office.rules.commands import speaks_of_approval
from bot.office.rules.mail_in_words import decided, put_before_staff
from parsers.reading import MACHINE_MADE

STAFF_WORDS = (
    ("อนุมัติ", "ตอบกลับจดหมายร่างรายงาน เพื่อส่งรายงานให้ส่วนกลาง"),
    ("เลขที่ … ลงวันที่ …", "ตอบกลับจดหมายร่างหนังสือจังหวัดหรือร่างรายงาน เพื่อให้เลขที่และวันที่ของหนังสือ"),
    ("รับ / รับเสมอ / ไม่รับ", "ตอบกลับจดหมายแจ้งเรื่องจดหมายที่ระบบเก็บไว้ หรือตอบกลับสรุปประจำวันโดยใส่หมายเลขต่อท้าย เช่น รับ ๑๗"),
    ("ส่งแล้ว / ส่งซ้ำ", "ตอบกลับจดหมายแจ้งเรื่องรายงานที่ไม่ทราบผลการส่ง"),
    ("เสร็จ", "ตอบกลับจดหมายแจ้งเรื่องที่ส่วนกลางขอ หรือตอบกลับสรุปประจำวันโดยใส่หมายเลขต่อท้าย เช่น เสร็จ ๑๗"),
    ("แนบแบบรายงาน", "ส่งไฟล์แบบรายงานที่กรอกแล้วมาที่ระบบ เพื่อบันทึกแทนหน่วยงาน"),
)


NOT_UNDERSTOOD = Notice(
    "ระบบไม่เข้าใจคำตอบของท่าน",
    ("ระบบยังไม่ได้ดำเนินการใดตามข้อความของท่าน เรื่องนอกเหนือจากคำด้านล่าง โปรดแจ้งผู้ดูแลระบบ",),
    template="words",
    choices=STAFF_WORDS,
    todo="โปรดตอบกลับใหม่ตามคำด้านล่าง",
)


DECLINED = Notice(
    "ยังไม่ได้ส่งรายงาน เพราะคำตอบของท่านไม่ใช่คำอนุมัติเพียงคำเดียว",
    (
        "ระบบส่งรายงานเมื่อได้รับคำว่า อนุมัติ โดยไม่มีเงื่อนไขเท่านั้น ข้อความอื่นไม่มีผลต่อรายงาน",
        "หากไม่อนุมัติ ไม่ต้องทำอะไรเพิ่ม ร่างจะรออยู่ หากต้องแก้ไข โปรดให้หน่วยงานส่งแบบที่แก้ไขแล้ว ระบบจะจัดทำร่างใหม่ให้",
    ),
    template="words",
    choices=STAFF_WORDS,
    todo="หากเห็นชอบ โปรดตอบกลับจดหมายร่างรายงานด้วยคำว่า อนุมัติ เพียงคำเดียว",
)


def staff_words(case: Case) -> Decision | None:
    """A few words from staff that are no command: told what the system understands, first what fits the letter answered."""
    if case.reading.known or not case.in_words or case.disowned or case.message.vouched_by:
        return None
    if case.is_invitation or case.mail.kind in MACHINE_MADE:
        return put_before_staff(case)
    awaited = case.facts.kept is not None or any(
        each.kind in {"draft", "digest", "signing"} for each in case.facts.answered
    )
    if case.says_thanks and not awaited:
        return decided(case, "thanks")
    content = DECLINED if speaks_of_approval(case.mail.text) else NOT_UNDERSTOOD
    letter = notice(case.bureau, case.facts.slug, case.key, content, case.mail)
    return Decision(MessageState.DECIDED, "not-understood", letters=(letter,))
