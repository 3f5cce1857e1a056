"""One word of staff on what a reporter asked for: ให้, or ไม่ให้ เพราะ …; the reporter hears it. Pure."""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.notice import NOTHING_TO_DO, Notice
from bot.office.letters.word_to_reporter import Reader, word_to
from bot.office.model.received_mail import MessageState
from bot.office.rules.case import Case
from bot.office.rules.changing_wishes import outcome_of
from bot.office.rules.said_back import answered, asked_by
from bot.office.rules.wish_asked import Asked
from bot.office.wishes.wish import Pending, Settled, Verb, Wish, WishState

# What staff do when they grant a reporter's wish.
GRANTS = {Verb.MORE_TIME: Verb.EXTEND, Verb.NEW_ADDRESS: Verb.ADD_ADDRESS}


def granted(case: Case) -> Decision | None:
    """A staff mail that grants or denies a reporter's wish, in answer to the letter that put it to them."""
    word = case.understood.wish if case.may_wish and not case.disowned else None
    if word is None or word.verb not in {Verb.GRANT, Verb.DENY}:
        return None
    pending = case.facts.wish
    why = _refusal(case, pending)
    if why or pending is None:
        return _not_done(case, why)
    wish = dataclasses.replace(pending.wish, verb=GRANTS[pending.wish.verb], until=word.until or pending.wish.until)
    asked = asked_by(case, wish)
    if asked is None:
        return _not_done(case, "ไม่มีหนังสือเวียนเรื่องนี้แล้ว")
    return _denied(case, pending, asked, word) if word.verb is Verb.DENY else _given(case, pending, asked)


def _refusal(case: Case, pending: Pending | None) -> str:
    """Why the word settles nothing, in Thai; "" when it does."""
    if pending is None or pending.wish.verb not in GRANTS:
        return "ไม่ทราบว่าหมายถึงคำขอใด โปรดตอบกลับจดหมายแจ้งคำขอโดยตรง"
    if pending.state is not WishState.WAITING:
        return "คำขอนี้มีผู้ตอบไปแล้ว จึงไม่ดำเนินการซ้ำ"
    return "" if case.understood.plain else "คำตอบของท่านมีเงื่อนไข โปรดตอบด้วยคำว่า ให้ หรือ ไม่ให้ เพราะ … เท่านั้น"


def _not_done(case: Case, why: str) -> Decision:
    return answered(case, "not-granted", Notice("ยังไม่ได้ดำเนินการ", (why,), todo=""))


def _given(case: Case, pending: Pending, asked: Asked) -> Decision:
    if asked.wish.verb is Verb.EXTEND and asked.wish.until is None:
        return _not_done(case, "คำขอไม่ได้ระบุวัน โปรดตอบพร้อมวันที่ เช่น ให้ถึง ๑๒ ธันวาคม ๒๕๖๗")
    done = outcome_of(asked)
    if done.decision is None:
        return _not_done(case, done.said)
    told = answered(case, "granted", Notice(f"ดำเนินการแล้ว: {done.said}", done.cautions, todo=NOTHING_TO_DO))
    return dataclasses.replace(
        done.decision,
        state=MessageState.DECIDED,
        outcome="granted",
        circular=asked.slug,
        letters=(*done.decision.letters, *told.letters),
        settled=(Settled(pending.reference, WishState.DONE, case.mail.sender),),
    )


def _denied(case: Case, pending: Pending, asked: Asked, word: Wish) -> Decision:
    roster = case.bureau.roster
    contact = roster.contact_for(pending.wish.reporters[0])
    deadline = asked.circular.seen_by(contact.reporter.key).deadlines.reporters
    content = Notice(
        f"ไม่ได้รับอนุญาต: {pending.said}",
        (
            *((f"เหตุผล: {word.why}",) if word.why else ()),
            *((f"กำหนดส่งยังเป็นวันที่ {case.bureau.moment(deadline)}",) if asked.slug else ()),
        ),
    )
    reader = Reader(contact.reporter.key, contact.salutation, (pending.by,))
    letter = word_to(reader, asked.circular if asked.slug else None, f"{case.key}-denied", content)
    told = answered(case, "denied", Notice(f"แจ้ง {pending.by} แล้วว่าไม่อนุญาต", (), todo=NOTHING_TO_DO))
    return dataclasses.replace(
        told,
        letters=(letter, *told.letters),
        settled=(Settled(pending.reference, WishState.DROPPED, case.mail.sender),),
    )
