"""A staff reply of ส่งซ้ำ: letters that did not arrive go again under their own Message-IDs. Pure.

It answers the notice or the digest that told of them, which only staff have; letters that went, or still wait to go, are left
alone and that is said. The report's own notice is ``bot.office.rules.report_in_doubt``'s.
"""

import datetime
import re
from collections.abc import Sequence

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import STAFF, LetterKind
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import LetterFate, LetterState, Resolution
from bot.office.rules.case import Case
from bot.office.rules.commands import again_in, all_in
from bot.office.rules.report_in_doubt import WAITS, disbelieved
from parsers.reading import MACHINE_MADE, Mail

LATELY = datetime.timedelta(days=7)  # what failed longer ago is sent again by its number only
_TOLD = re.compile(
    r"(?:bounced-[0-9a-f]+|returned|too-large)-(\d{1,9})"
)  # occasions of notices that tell of one letter
_GOES = {  # why a letter is not sent again
    LetterState.SENT: "ส่งถึงเครื่องแม่ข่ายแล้ว จึงไม่ส่งซ้ำ",
    LetterState.QUEUED: "กำลังรอส่งอยู่แล้ว",
    LetterState.DEFERRED: "กำลังรอส่งอยู่แล้ว ระบบจะส่งเอง",
    LetterState.SENDING: "กำลังส่งอยู่",
    LetterState.WITHDRAWN: "เป็นจดหมายเตือนของวันก่อน ระบบทำฉบับใหม่แทนแล้ว",
}


def letters_meant(mail: Mail, facts: Facts) -> tuple[int, ...] | None:
    """The numbers of the letters that a staff mail wants sent again; none: all that failed lately; None: it wants no such thing."""
    numbers = again_in(mail.text)
    ours = [letter for letter in facts.answered if letter.addressee == STAFF]
    if numbers is None or not ours:
        return None
    told = [int(match[1]) for letter in ours if (match := _TOLD.fullmatch(letter.occasion))]
    if not numbers and told:
        return (told[0],)
    if numbers or all_in(mail.text) or any(letter.kind == LetterKind.DIGEST for letter in ours):
        return numbers
    return None


def send_again(case: Case) -> Decision | None:
    """What the reply brings about, and the answer to it. A copy of it brings about nothing."""
    mail, facts, fates = case.mail, case.facts, case.facts.fates
    numbers = letters_meant(mail, facts) if mail.kind not in MACHINE_MADE else None
    if numbers is None or facts.seen_before or case.message.vouched_by:
        return None
    if case.disowned:
        return disbelieved(case.bureau, facts.slug, case.key)
    again = [fate for fate in fates if fate.state in WAITS and fate.kept]
    if len(again) > 1 and not numbers and not all_in(mail.text):
        return _which(case, again)
    letter = notice(case.bureau, facts.slug, case.key, _answer(fates, again, numbers), mail)
    resolutions = tuple(Resolution(fate.id, again=True, by=mail.sender) for fate in again)
    outcome = "letters-sent-again" if again else "no-letter-to-send-again"
    return Decision(MessageState.DECIDED, outcome, circular=facts.slug, letters=(letter,), resolutions=resolutions)


def _answer(fates: Sequence[LetterFate], again: Sequence[LetterFate], numbers: Sequence[int]) -> Notice:
    """What becomes of each letter meant: it goes, it does not and why, there is none."""
    left = [fate for fate in fates if fate not in again]
    items = [f"หมายเลข {fate.id} {_line(fate)}: จะส่งซ้ำ" for fate in again]
    items += [f"หมายเลข {fate.id} {_line(fate)}: {_why_not(fate)}" for fate in left]
    known = {fate.id for fate in fates}
    items += [f"หมายเลข {number}: ไม่มีจดหมายหมายเลขนี้" for number in numbers if number not in known]
    if again:
        return Notice(f"ระบบจะส่งจดหมายซ้ำ {len(again)} ฉบับ", (), tuple(items), todo=NOTHING_TO_DO)
    how = "โปรดตอบกลับสรุปประจำวันด้วยคำว่า ส่งซ้ำ ตามด้วยหมายเลขของจดหมายที่ส่งไม่สำเร็จ เช่น ส่งซ้ำ 42"
    return Notice("ไม่มีจดหมายที่ต้องส่งซ้ำ", (how,), tuple(items))


def _which(case: Case, fates: Sequence[LetterFate]) -> Decision:
    """Several letters failed and the reply names none of them."""
    how = "โปรดตอบกลับจดหมายฉบับนี้ด้วยคำว่า ส่งซ้ำ ตามด้วยหมายเลข หรือ ส่งซ้ำทั้งหมด ในบรรทัดแรก"
    items = tuple(f"หมายเลข {fate.id} {_line(fate)}" for fate in fates)
    content = Notice("มีจดหมายที่ส่งไม่สำเร็จหลายฉบับ ยังไม่ได้ส่งซ้ำ", (how,), items)
    letter = notice(case.bureau, case.facts.slug, case.key, content, case.mail)
    return Decision(MessageState.DECIDED, "which-letter", circular=case.facts.slug, letters=(letter,))


def _line(fate: LetterFate) -> str:
    return f"ถึง {', '.join(fate.recipients)} เรื่อง {fate.subject}"


def _why_not(fate: LetterFate) -> str:
    return _GOES.get(fate.state, "เนื้อหาถูกลบออกจากระบบแล้ว จึงส่งซ้ำไม่ได้")
