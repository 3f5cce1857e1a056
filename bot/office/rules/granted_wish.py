"""One word of staff on what a reporter asked for: ให้, or ไม่ให้ เพราะ …; the reporter hears it. Pure."""

import dataclasses

from bot.office.decision import Decision, Facts
from bot.office.letters.letter import LetterKind
from bot.office.letters.notice import NOTHING_TO_DO, Notice
from bot.office.letters.word_to_reporter import Reader, word_to
from bot.office.model.circular import Circular
from bot.office.model.received_mail import MessageState
from bot.office.rules.answer_to_asker import words_answered
from bot.office.rules.case import Case
from bot.office.rules.changing_wishes import outcome_of
from bot.office.rules.commands import Command
from bot.office.rules.said_back import answered, asked_by
from bot.office.rules.wish_asked import Asked
from bot.office.wishes.wish import Pending, Settled, Verb, Wish, WishState

# What staff do when they grant a reporter's wish.
GRANTS = {Verb.MORE_TIME: Verb.EXTEND, Verb.NEW_ADDRESS: Verb.ADD_ADDRESS}
_SOME_ALONE = ("เฉพาะ", "แห่งเดียว", "แห่งอื่น")  # time is asked for some organisations of several


def granted(case: Case) -> Decision | None:
    """A staff mail that grants or denies a reporter's wish, in answer to the letter that put it to them."""
    word = _word(case) if case.may_wish and not case.disowned else None
    if word is None or word.verb not in {Verb.GRANT, Verb.DENY}:
        return None
    pending = case.facts.wish
    if pending is None and word.verb is Verb.DENY and words_answered(case.mail, case.facts):
        return None  # an answer to a question, which goes on to who asked
    why = _refusal(case, pending) or _another(pending, word)
    if why or pending is None:
        return _not_done(case, why)
    wish = dataclasses.replace(pending.wish, verb=GRANTS[pending.wish.verb], until=word.until or pending.wish.until)
    asked = asked_by(case, wish)
    if asked is None:
        return _not_done(case, "ไม่มีหนังสือเวียนเรื่องนี้แล้ว")
    return _denied(case, pending, asked, word) if word.verb is Verb.DENY else _given(case, pending, asked)


def asks_for_grant(facts: Facts) -> bool:
    """Whether a mail answers the letter that put a reporter's wish to staff, and not a draft: there อนุมัติ is ให้."""
    drafted = any(letter.kind in {LetterKind.DRAFT, LetterKind.SIGNING} for letter in facts.answered)
    return facts.wish is not None and facts.wish.wish.verb in GRANTS and not drafted


def _word(case: Case) -> Wish | None:
    """The word of the mail; อนุมัติ and ไม่อนุมัติ mean what was asked for where the letter answered asked for that."""
    wish = case.understood.wish
    if not asks_for_grant(case.facts):
        return wish
    if case.command is Command.APPROVE:
        return Wish(Verb.GRANT)
    return Wish(Verb.DENY, why=wish.why) if wish is not None and wish.verb is Verb.DECLINE else wish


def _another(pending: Pending | None, word: Wish) -> str:
    """Why a word that names somebody else than the asker grants nothing; "" where it names nobody, or him."""
    asker = pending.wish.reporters if pending else ()
    return (
        ""
        if not word.reporters or word.reporters == asker
        else "คำตอบของท่านระบุชื่อหน่วยงานอื่น โปรดตอบด้วยคำว่า ให้ หรือ ไม่ให้ เพราะ …"
    )


def _refusal(case: Case, pending: Pending | None) -> str:
    """Why the word settles nothing, in Thai; "" when it does."""
    if pending is None or pending.wish.verb not in GRANTS:
        return "ไม่ทราบว่าหมายถึงคำขอใด โปรดตอบกลับจดหมายแจ้งคำขอโดยตรง"
    if pending.state is not WishState.WAITING:
        return "คำขอนี้มีผู้ตอบไปแล้ว จึงไม่ดำเนินการซ้ำ"
    return (
        ""
        if case.understood.plain or case.command is Command.APPROVE
        else "คำตอบของท่านมีเงื่อนไข โปรดตอบด้วยคำว่า ให้ หรือ ไม่ให้ เพราะ … เท่านั้น"
    )


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


def before_grant(case: Case, name: str, circular: Circular) -> tuple[str, ...]:
    """What staff must know before they grant time: the deadline, and that all of a reporter's organisations get it."""
    deadline = f"กำหนดส่งปัจจุบันวันที่ {case.bureau.moment(circular.deadlines.reporters)}"
    if not any(word in case.mail.text for word in _SOME_ALONE):
        return (deadline,)
    return (
        deadline,
        f"ข้อความด้านล่างขอเวลาเฉพาะบางแห่ง แต่คำว่า ให้ ขยายเวลาของทุกแห่งใน{name} หากไม่ต้องการเช่นนั้น โปรดตอบว่า ไม่ให้ เพราะ …",
    )
