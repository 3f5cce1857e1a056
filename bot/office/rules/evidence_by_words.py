"""ขอหลักฐาน: all that stands behind a circular in one archive, to the staff member who asks. Pure."""

from bot.office.decision import Decision
from bot.office.letters.enclosures import EvidenceArchive
from bot.office.letters.notice import NOTHING_TO_DO, Notice
from bot.office.rules.case import Case
from bot.office.rules.said_back import answered
from bot.office.rules.wish_asked import Asked


def send_evidence(case: Case, asked: Asked) -> Decision:
    """The archive goes to who asks; where it is too large, the letter says how it is got."""
    circular = asked.circular
    content = Notice(
        f"หลักฐานของ{circular.wording.subject}",
        (
            "แฟ้มหลักฐานแนบมาพร้อมอีเมลฉบับนี้ ประกอบด้วยจดหมาย ไฟล์ คำตอบ และรายงานทั้งหมด เปิดหน้าแรกของแฟ้มเพื่อดูวิธีตรวจสอบ โปรดเก็บรักษาให้ปลอดภัย",
            f"หากไม่มีไฟล์แนบ แฟ้มใหญ่เกินกว่าที่ส่งทางอีเมลได้ โปรดให้ผู้ดูแลระบบสั่ง ruam evidence {circular.slug}",
        ),
        todo=NOTHING_TO_DO,
        enclosures=(EvidenceArchive(circular.slug),),
    )
    return answered(case, "evidence-sent", content)
