"""ขอหลักฐาน: all that stands behind a circular in one archive, to the staff member who asks. Pure."""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.enclosures import EvidenceArchive
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.rounds.instruction import Done
from bot.office.rules.wish_asked import Asked


def evidence_asked(asked: Asked) -> Done:
    """The archive goes to who asks; where it is too large, the letter says how it is got."""
    circular, bureau = asked.circular, asked.bureau
    content = Notice(
        f"หลักฐานของ{circular.wording.subject}",
        (
            "แฟ้มหลักฐานแนบมาพร้อมอีเมลฉบับนี้ ประกอบด้วยจดหมาย ไฟล์ คำตอบ และรายงานทั้งหมด เปิดหน้าแรกของแฟ้มเพื่อดูวิธีตรวจสอบ",
            f"หากไม่มีไฟล์แนบ แฟ้มใหญ่เกินกว่าที่ส่งทางอีเมลได้ โปรดให้ผู้ดูแลระบบสั่ง ruam evidence {circular.slug}",
        ),
        todo=NOTHING_TO_DO,
    )
    letter = notice(bureau, circular.slug, f"{asked.word.occasion}-evidence", content)
    to = (asked.word.by,) if asked.word.by in bureau.office.staff else bureau.office.staff
    letter = dataclasses.replace(letter, to=to, cannot_wait=True, enclosures=(EvidenceArchive(circular.slug),))
    return Done(
        f"ส่งแฟ้มหลักฐานของ{circular.wording.subject} ไปที่ {', '.join(to)}",
        Decision(outcome="evidence-sent", circular=circular.slug, letters=(letter,)),
        ("แฟ้มมีจดหมายและไฟล์ทั้งหมดที่ได้รับ โปรดเก็บรักษาให้ปลอดภัย",),
    )
