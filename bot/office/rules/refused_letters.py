"""What staff hear when the outgoing server takes a letter not as it is, or not now. Pure.

A limit or a policy of the office's own account concerns every letter: staff hear of it once, not with each. A letter that is
too large goes again without its enclosures, which are offered; of the report a person decides.
"""

from bot.office.decision import Decision, Readdressing
from bot.office.letters.letter import Letter, LetterKind, as_written
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.bureau import Bureau
from bot.office.model.sent_letter import LetterFate

OURS = {  # by whose fault the refusal is: headline, what it means, what to do
    "quota": (
        "ระบบอีเมลของสำนักงานส่งจดหมายครบจำนวนที่ผู้ให้บริการกำหนดแล้ว",
        "จดหมายที่ยังไม่ได้ส่งจะรออยู่และส่งเองเมื่อส่งได้อีก ไม่ต้องส่งใหม่ หากเกิดขึ้นบ่อย โปรดขอให้ผู้ดูแลระบบเพิ่มจำนวนที่ส่งได้ต่อวัน",
        NOTHING_TO_DO,
    ),
    "sender": (
        "เครื่องแม่ข่ายไม่ยอมให้ระบบส่งจดหมายในนามของสำนักงาน",
        "จดหมายที่ยังไม่ได้ส่งจะรออยู่ได้ห้าวัน และส่งเองเมื่อแก้ไขแล้ว ไม่ต้องส่งใหม่",
        "โปรดแจ้งผู้ดูแลระบบโดยเร็ว พร้อมข้อความของเครื่องแม่ข่ายด้านล่าง",
    ),
}
WHY = {  # the same of a letter that will not go, for the digest and the notices
    "address": "ปลายทางแจ้งว่าไม่มีที่อยู่นี้หรือปิดการใช้งานแล้ว โปรดตรวจสอบที่อยู่",
    "mailbox": "กล่องจดหมายของผู้รับเต็มหรือไม่รับจดหมาย โปรดแจ้งผู้รับทางโทรศัพท์",
    "size": "จดหมายมีขนาดใหญ่เกินที่เครื่องแม่ข่ายรับ โปรดส่งไฟล์ทางอื่น",
    "letter": "เครื่องแม่ข่ายไม่รับเนื้อหาของจดหมาย โปรดติดต่อผู้รับทางโทรศัพท์",
    "quota": "ส่งจดหมายครบจำนวนที่ผู้ให้บริการกำหนดจนหมดเวลารอ โปรดส่งซ้ำเมื่อส่งได้อีก",
    "sender": "เครื่องแม่ข่ายไม่ยอมให้ส่งในนามของสำนักงานจนหมดเวลารอ โปรดแจ้งผู้ดูแลระบบ แล้วส่งซ้ำ",
    "server": "เครื่องแม่ข่ายขัดข้องจนหมดเวลารอ โปรดส่งซ้ำเมื่อใช้งานได้",
    "unclear": "เครื่องแม่ข่ายไม่รับจดหมาย โปรดดูข้อความของเครื่องแม่ข่าย หรือติดต่อผู้รับทางโทรศัพท์",
}
LIGHT = "light"  # ends the occasion of a letter that goes without files; twice, when it was too large again


def account_notice(bureau: Bureau, about: str, words: str, day: str) -> Letter:
    """Tells staff that no letter goes for now, and why. ``about``: a key of OURS; ``words``: the server's."""
    headline, said, todo = OURS[about]
    items = (f"ข้อความของเครื่องแม่ข่าย: {as_written(words)}",)
    return notice(bureau, "", f"{day}-account-{about}", Notice(headline, (said,), items, todo=todo, alarm=True))


def lighter(bureau: Bureau, fate: LetterFate, to: tuple[str, ...], names: tuple[str, ...], words: str) -> Decision:
    """What follows when a letter is too large for some recipients: it goes without ``names``, its files; staff are told.

    Nothing for the report, of which staff are told by a notice of its own, and for what has no enclosures to leave out.
    """
    if fate.kind == LetterKind.DRAFT:
        told = _draft_notice(bureau, fate, words)
        return Decision(outcome="draft-too-large", circular=fate.circular, letters=(told,))
    occasion = f"{fate.occasion}~{LIGHT}"
    if fate.kind == LetterKind.REPORT or not names:
        return Decision(circular=fate.circular)
    letter = Letter(
        LetterKind(fate.kind), fate.circular, fate.addressee, occasion, to, fate.subject, {}, about=fate.about
    )
    content = Notice(
        f"จดหมายถึง {', '.join(to)} ใหญ่เกินไป จึงส่งโดยแนบไฟล์ไม่ครบ",
        (
            "เครื่องแม่ข่ายไม่รับจดหมายเพราะมีขนาดใหญ่เกินกำหนด ระบบจึงส่งข้อความเดิมโดยแนบไฟล์ไม่ครบ และแจ้งผู้รับให้ตอบกลับหากต้องการไฟล์",
            f"ไฟล์ที่ไม่ได้แนบ: {', '.join(names)}",
        ),
        (f"เรื่อง {fate.subject}", f"ข้อความของเครื่องแม่ข่าย: {as_written(words)}"),
        todo="หากผู้รับต้องใช้ไฟล์ โปรดส่งให้ทางอื่น",
    )
    told = notice(bureau, fate.circular, f"too-large-{fate.id}", content)
    letters = (told,) if fate.kind != LetterKind.NOTICE else ()
    return Decision(
        outcome="without-enclosures",
        circular=fate.circular,
        letters=letters,
        again=(Readdressing(fate.id, letter, without=names),),
    )


def _draft_notice(bureau: Bureau, fate: LetterFate, words: str) -> Letter:
    """Nobody can approve a draft that is not there to be looked at."""
    content = Notice(
        "ร่างรายงานมีขนาดใหญ่เกินไป ส่งให้ท่านทางอีเมลไม่ได้",
        (
            "เครื่องแม่ข่ายไม่รับจดหมายร่างรายงานเพราะมีขนาดใหญ่เกินกำหนด รายงานยังไม่ได้ส่งให้ส่วนกลาง",
            f"โปรดให้ผู้ดูแลระบบสร้างไฟล์ด้วยคำสั่ง ruam rollup {fate.circular} -o report.xlsx เพื่อตรวจสอบ",
            f"แล้วอนุมัติด้วยคำสั่ง ruam approve {fate.circular} หรือส่งไฟล์นั้นให้ส่วนกลางด้วยตนเอง",
        ),
        (f"เรื่อง {fate.subject}", f"ข้อความของเครื่องแม่ข่าย: {as_written(words)}"),
        todo="โปรดแจ้งผู้ดูแลระบบ",
    )
    return notice(bureau, fate.circular, f"too-large-{fate.id}", content)


def failed_words(about: str, words: str) -> str:
    """Why a letter will not go, for staff: in Thai, then the server's own words."""
    return f"{WHY[about]} ({words})"
