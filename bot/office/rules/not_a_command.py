"""Words of staff that are no command: they are told what the system understands. Pure."""

from bot.office.decision import Decision
from bot.office.letters.notice import Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.rules.case import Case
from bot.office.rules.commands import speaks_of_approval
from bot.office.rules.mail_in_words import decided, put_before_staff
from bot.office.rules.words_of_staff import all_words, words_for
from bot.office.wishes.wish import Verb
from parsers.reading import MACHINE_MADE


def not_understood(nearest: tuple[Verb, ...]) -> Notice:
    """What the writer may have meant, and all words."""
    near = words_for(nearest)
    return Notice(
        "ระบบไม่เข้าใจข้อความของท่าน",
        ("ระบบยังไม่ได้ดำเนินการใดตามข้อความของท่าน", *(("คำที่ใกล้เคียงที่สุด คือสองคำแรกด้านล่าง",) if near else ())),
        template="words",
        choices=tuple(dict.fromkeys((*near, *all_words()))),
        todo="โปรดพิมพ์ใหม่ตามคำด้านล่าง เรื่องอื่นโปรดแจ้งผู้ดูแลระบบ",
    )


DECLINED = Notice(
    "ยังไม่ได้ส่งรายงาน เพราะคำตอบของท่านไม่ใช่คำอนุมัติเพียงคำเดียว",
    (
        "ระบบส่งรายงานเมื่อได้รับคำว่า อนุมัติ โดยไม่มีเงื่อนไขเท่านั้น ข้อความอื่นไม่มีผลต่อรายงาน",
        "หากไม่อนุมัติ ไม่ต้องทำอะไรเพิ่ม ร่างจะรออยู่ หากต้องแก้ไข โปรดให้หน่วยงานส่งแบบที่แก้ไขแล้ว ระบบจะจัดทำร่างใหม่ให้",
    ),
    template="words",
    choices=all_words(),
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
    content = DECLINED if speaks_of_approval(case.mail.text) else not_understood(case.understood.nearest)
    letter = notice(case.bureau, case.facts.slug, case.key, content, case.mail)
    return Decision(MessageState.DECIDED, "not-understood", letters=(letter,))
