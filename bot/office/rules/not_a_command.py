"""Words of staff that are no command: they are told what the system understands. Pure."""

import re
from dataclasses import replace

from bot.office.decision import Decision
from bot.office.letters.notice import Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.rules.case import Case
from bot.office.rules.granted_wish import GRANTS
from bot.office.rules.mail_in_words import decided, put_before_staff
from bot.office.rules.occasions import STUCK
from bot.office.rules.words_of_staff import all_words, words_for
from bot.office.wishes.wish import Pending, Verb, WishState
from parsers.reading import MACHINE_MADE

# Speaks of approving without being the command: a refusal, a question.
_OF_APPROVAL = re.compile(r"อนุมัติ|เห็นชอบ|\bapprov", re.IGNORECASE)


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

CONSENTS = Notice(
    "ระบบเข้าใจว่าท่านเห็นชอบร่างรายงานฉบับนี้ ใช่หรือไม่",
    ("ระบบยังไม่ได้ส่งรายงาน และส่งเมื่อได้รับคำว่า อนุมัติ โดยไม่มีเงื่อนไขเท่านั้น",),
    template="words",
    choices=(
        ("อนุมัติ", "ส่งรายงานตามร่างให้ส่วนกลาง"),
        ("ไม่อนุมัติ เพราะ …", "บันทึกว่าไม่เห็นชอบร่างรายงาน และแจ้งเจ้าหน้าที่ทุกคน"),
    ),
    todo="หากใช่ โปรดตอบกลับจดหมายร่างรายงานด้วยคำว่า อนุมัติ เพียงคำเดียว",
)

# A later word about a draft changes nothing, and nobody should believe that it held the report back.
GONE = Notice(
    "รายงานส่งให้ส่วนกลางไปแล้วก่อนได้รับข้อความนี้",
    ("ข้อความของท่านไม่มีผลต่อรายงานที่ส่งไปแล้ว หากมีแบบที่แก้ไขส่งมาภายหลัง ระบบจะจัดทำร่างรายงานแก้ไขเพิ่มเติมให้พิจารณา",),
    template="words",
    choices=all_words(),
    todo="หากต้องเรียกรายงานคืน โปรดติดต่อส่วนกลางโดยตรง",
)


def staff_words(case: Case) -> Decision | None:
    """A few words from staff that are no command: told what the system understands, first what fits the letter answered."""
    if case.reading.known or not case.in_words or case.disowned or case.message.vouched_by:
        return None
    if case.is_invitation or case.mail.kind in MACHINE_MADE:
        return put_before_staff(case)
    drafted = any(each.kind in {"draft", "signing"} for each in case.facts.answered)
    awaited = drafted or case.facts.kept is not None or _waiting(case) is not None
    if case.says_thanks and not awaited:
        return decided(case, "thanks")
    content = _answer(case)
    letter = notice(case.bureau, case.facts.slug, case.key, content, case.mail)
    return Decision(MessageState.DECIDED, "not-understood", letters=(letter,))


def _answer(case: Case) -> Notice:
    """By the letter answered the one word that it waits for; else the words that come nearest."""
    stuck = any(each.kind == "notice" and each.occasion.startswith(STUCK) for each in case.facts.answered)
    drafted = any(each.kind == "draft" for each in case.facts.answered)
    if waiting := _waiting(case):
        words = _GRANT if waiting.wish.verb in GRANTS else _CONFIRM
        return replace(ONE_WORD, choices=all_words(), todo=f"โปรดตอบกลับจดหมายฉบับเดิมด้วยคำว่า {words} เท่านั้น")
    if drafted and case.understood.says is Verb.APPROVE and not any(draft.dispatched for draft in case.facts.drafts):
        return CONSENTS
    if _OF_APPROVAL.search(case.mail.text) or (drafted and not case.understood.wish):
        return GONE if any(draft.dispatched for draft in case.facts.drafts) else DECLINED
    if stuck or case.facts.kept is not None:
        return replace(
            ONE_WORD, choices=all_words(), todo=f"โปรดตอบกลับจดหมายฉบับเดิมด้วยคำว่า {_STUCK if stuck else _KEPT} เพียงคำเดียว"
        )
    return not_understood(case.understood.nearest)


def _waiting(case: Case) -> Pending | None:
    """The wish that the letter answered put before staff or said back to them, while it waits for a word."""
    pending = case.facts.wish
    return pending if pending and pending.state is WishState.WAITING else None


_GRANT, _CONFIRM = "ให้ หรือ ไม่ให้ เพราะ …", "ยืนยัน หรือ ยกเลิก"
_STUCK, _KEPT = "ส่งซ้ำ หรือ ส่งแล้ว", "รับ รับเสมอ หรือ ไม่รับ"
ONE_WORD = Notice(
    "ยังไม่ได้ดำเนินการ เพราะคำตอบของท่านมีข้อความอื่น",
    ("ระบบยังไม่ได้ดำเนินการใดตามข้อความของท่าน",),
    template="words",
)
