"""ขอยกเลิกที่ส่งไป: what a reporter's mail reported is said back, and on his ยืนยัน counts no more until staff decide. Pure.

As with ไม่ใช่ของเรา, only the reporter's own addresses may say so, and none that the receiving server disowns.
"""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.notice import Notice
from bot.office.model.circular import Circular
from bot.office.model.dispute import Dispute
from bot.office.model.named_few import named_few
from bot.office.model.recorded_answer import Recorded
from bot.office.plan.words_to_staff import said_in
from bot.office.rules.asked_of_staff import answer, which_circular
from bot.office.rules.case import Case
from bot.office.rules.mail_in_words import decided, put_before_staff
from bot.office.rules.not_ours import disputed_by, put_to_staff, speaks_of_a_part
from bot.office.rules.said_back import CHOICES, waiting
from bot.office.rules.wishes_of_reporters import to_confirm
from bot.office.wishes.answers import confirms_withdrawal
from bot.office.wishes.conditions import is_conditional
from bot.office.wishes.lines import own_lines
from bot.office.wishes.names import people_in
from bot.office.wishes.spelling import loosened, plain
from bot.office.wishes.wish import LASTS, Pending, Settled, Verb, Wish, WishState

NAMED = 12  # organisations that the sentence names


def withdrawal_wished(case: Case) -> Decision | None:
    """The wish said back: which mail would not count, and of whom; None where it is not his to wish, or nothing holds."""
    wish = case.understood.wish if case.may_wish and not case.disowned else None
    if wish is None or wish.verb is not Verb.WITHDRAW or not case.understood.plain:
        return None
    if not case.own_address or (case.understood.likely and speaks_of_a_part(case)):
        return None
    circular, number = _about(case, wish), _mail_meant(case, wish)
    if circular is None:
        asked = which_circular(case)
        return put_before_staff(case, asked.letters, asked.outcome) if asked else None
    if not number:
        return None
    told = Wish(Verb.WITHDRAW, circular.slug, reporters=(case.reading.reporter or "",), mail=number)
    pending = waiting(case, told, _sentence(case, told, number), circular.slug)
    content = Notice(
        f"ระบบจะ{pending.said}",
        (
            "ข้อมูลครั้งก่อนของท่าน (ถ้ามี) จะกลับมาใช้แทน และเจ้าหน้าที่จะพิจารณา",
            f"ระบบยังไม่ได้ดำเนินการ และจะดำเนินการเมื่อท่านยืนยันภายในวันที่ {case.bureau.moment(case.now + LASTS)}",
        ),
        todo="โปรดตอบกลับด้วยคำว่า ยืนยัน หากต้องการยกเลิก",
        choices=CHOICES,
    )
    letter = to_confirm(case, content, pending, "การยกเลิก")
    # Staff read it too, and a draft waits for it: who never confirms has still said that his figures are wrong.
    return dataclasses.replace(put_before_staff(case, (letter,), "said-back"), wishes=(pending,))


def withdrawal_confirmed(case: Case) -> Decision | None:
    """The word of the same reporter, in answer to that very letter."""
    pending = case.facts.wish
    if pending is None or pending.wish.verb is not Verb.WITHDRAW or not case.may_wish or case.disowned:
        return None
    word = _word(case)
    if word is None or word.verb not in {Verb.CONFIRM, Verb.CANCEL} or not case.own_address:
        return None
    if pending.wish.reporters != (case.reading.reporter or "",):
        return None
    if why := _refusal(case, pending, confirms=word.verb is Verb.CONFIRM):
        return decided(case, "not-confirmed", letters=(answer(case, Notice(f"ยังไม่ได้ดำเนินการ: {why}"), case.circular),))
    if word.verb is Verb.CANCEL:
        told = answer(case, Notice("ข้อมูลที่ส่งไว้ยังใช้ตามเดิม"), case.circular)
        return dataclasses.replace(
            decided(case, "wish-dropped", letters=(told,)), settled=(_settled(case, pending, WishState.DROPPED),)
        )
    return _withdrawn(case, pending)


def _word(case: Case) -> Wish | None:
    """The word of the mail; here ขอยืนยันการยกเลิก confirms."""
    lines = own_lines(case.mail.text)
    first = plain(lines[0]) if lines else ""
    for start, end in reversed(people_in(loosened(first), case.bureau.roster).spans):
        first = first[:start] + " " + first[end:]
    if confirms_withdrawal(first) and not is_conditional(lines, Verb.CONFIRM):
        return Wish(Verb.CONFIRM)
    return case.understood.wish


def _about(case: Case, wish: Wish) -> Circular | None:
    """The circular that the wish names, or the mail is about."""
    key = case.reading.reporter or ""
    return case.bureau.circulars[wish.circular].seen_by(key) if wish.circular in case.facts.told else case.circular


def _mail_meant(case: Case, wish: Wish) -> int:
    """The mail that is meant: of the receipt that is answered, else the newest that still holds; 0 for none."""
    held = {each.message for each in _held(case, wish)}
    receipt = disputed_by(case.facts)
    answered = receipt.occasioned_by if receipt and receipt.occasioned_by in held else None
    return answered or max(held, default=0)


def _held(case: Case, wish: Wish) -> list[Recorded]:
    """What holds of the reporter's organisations, as he reported it himself of the circular that the wish names."""
    key = case.reading.reporter or ""
    facts = case.facts.told.get(wish.circular, case.facts)
    return [each for each in facts.answers if each.reporter == key]


def _sentence(case: Case, wish: Wish, number: int) -> str:
    """What would not count; begins with the verb."""
    ours = [each for each in _held(case, wish) if each.message == number]
    codes = dict.fromkeys(each.organisation for each in ours)
    names = named_few([case.bureau.roster.by_code[code].printed_short for code in codes], NAMED)
    when = case.bureau.moment(ours[0].received)
    subject = case.bureau.circulars[wish.circular].wording.subject
    return f"ไม่นับข้อมูล{subject} ที่ได้รับเมื่อวันที่ {when} (อีเมลหมายเลข {number}): {names}"


def _refusal(case: Case, pending: Pending, *, confirms: bool) -> str:
    if pending.state is not WishState.WAITING:
        return "เรื่องนี้ดำเนินการหรือยกเลิกไปแล้ว"
    if pending.has_expired(case.now):
        return "เลยเวลายืนยันแล้ว โปรดแจ้งใหม่"
    if confirms and case.understood.wish == Wish(Verb.CONFIRM) and not case.understood.plain:
        return "โปรดตอบด้วยคำว่า ยืนยัน หรือ ยกเลิก เพียงคำเดียว"
    gone = confirms and not any(each.message == pending.wish.mail for each in _held(case, pending.wish))
    return "ข้อมูลนั้นเปลี่ยนไปแล้ว โปรดแจ้งใหม่" if gone else ""


def _withdrawn(case: Case, pending: Pending) -> Decision:
    circular: Circular | None = case.bureau.circulars.get(pending.circular)
    number, key = pending.wish.mail, pending.wish.reporters[0]
    name = case.bureau.roster.by_key[key].name
    content = Notice(
        "ยกเลิกแล้ว รอเจ้าหน้าที่พิจารณา",
        (f"ดำเนินการแล้ว: {pending.said}", "ข้อมูลครั้งก่อนของท่าน (ถ้ามี) กลับมาใช้แทน ระบบจะแจ้งผลการพิจารณาให้ทราบ"),
        todo="โปรดส่งแบบรายงานที่ถูกต้องเข้ามาใหม่",
    )
    asked = put_to_staff(case, pending.circular, number, f"{name} ขอยกเลิกข้อมูลที่ส่งในอีเมลหมายเลข {number}")
    return dataclasses.replace(
        decided(case, "withdrawn", letters=(answer(case, content, circular), asked)),
        why=said_in(case.mail),
        circular=pending.circular,
        settled=(_settled(case, pending, WishState.DONE),),
        disputes=(Dispute(number, case.mail.sender, case.now),),
    )


def _settled(case: Case, pending: Pending, state: WishState) -> Settled:
    return Settled(pending.reference, state, case.mail.sender)
