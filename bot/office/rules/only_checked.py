"""A form sent to ``office+check@``: checked and answered, nothing of it recorded. Pure."""

from bot.office.decision import Decision
from bot.office.letters.findings_listed import MOST_ERRORS
from bot.office.letters.marked_copies import marked_copies
from bot.office.letters.notice import Notice
from bot.office.letters.receipt_and_correction import answered_lines
from bot.office.model.circular import Circular
from bot.office.rules.asked_of_staff import answer
from bot.office.rules.case import Case
from bot.office.rules.mail_in_words import decided
from bot.office.rules.reply_address import answered_at, may_have_copies
from parsers.findings import Severity
from parsers.reading import MACHINE_MADE

CHECK = "check"  # what stands behind the plus; a circular of that name would be meant instead


def only_checked(case: Case) -> Decision | None:
    """A mail with a form, or what should be one, to the address for checking."""
    circular = case.circular
    asked = any(map(case.bureau.office.is_own, _for_checking(case)))
    if not asked or circular is None or case.in_words or not answered_at(case) or case.mail.kind in MACHINE_MADE:
        return None
    return decided(case, "checked", letters=(answer(case, _found(case, circular), circular),))


def _for_checking(case: Case) -> tuple[str, ...]:
    if CHECK in case.bureau.circulars:
        return ()
    return tuple(each for each in case.mail.recipients if each.partition("@")[0].endswith(f"+{CHECK}"))


def _found(case: Case, circular: Circular) -> Notice:
    """What would be recorded, and what would be asked after."""
    reading = case.reading
    wrong = [found for found in reading.findings if found.severity is Severity.ERROR]
    doubts = [found for found in reading.findings if found.severity in {Severity.QUERY, Severity.WARNING}]
    lines = answered_lines(case.bureau, circular, reading.standing())
    said = f"อ่านได้ {len(lines)} แห่ง ต้องแก้ไข {len(wrong)} รายการ มีข้อสังเกต {len(doubts)} รายการ"
    return Notice(
        "ตรวจแบบรายงานให้แล้ว ยังไม่ได้บันทึก",
        (said, "จดหมายนี้ส่งถึงที่อยู่สำหรับตรวจเท่านั้น ระบบไม่ได้บันทึกข้อมูลใด"),
        (
            *(f"ต้องแก้ไข: {found.message}" for found in wrong[:MOST_ERRORS]),
            *(f"ข้อสังเกต: {found.message}" for found in doubts[: MOST_ERRORS - len(wrong[:MOST_ERRORS])]),
            *(f"{name}: {', '.join(f'{heading} {value}' for heading, value in cells)}" for name, cells in lines),
        ),
        todo=f"เมื่อถูกต้องแล้ว โปรดส่งแบบรายงานไปที่ {case.bureau.office.address}",
        enclosures=marked_copies(case.bureau, circular, reading) if may_have_copies(case) else (),
    )
