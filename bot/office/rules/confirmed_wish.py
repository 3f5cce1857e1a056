"""The word that follows a wish: ยืนยัน lets what was said back happen, once; ยกเลิก drops it. Pure.

Refused, and that is said: a word that answers no such letter, one with a condition, one that comes too late or a second
time, and one about something that has changed since. Whether its sender is believed was asked before.
"""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.rules.case import Case
from bot.office.rules.changing_wishes import CHANGES, outcome_of, rests_on
from bot.office.rules.roster_returned import roster_taken
from bot.office.rules.said_back import answered, asked_by, say_back, says_another_figure
from bot.office.rules.wish_asked import Asked
from bot.office.wishes.wish import Pending, Settled, Verb, WishState

SAID_BACK_FIRST = frozenset(CHANGES) | {Verb.ROSTER}
FOLLOWING = frozenset({Verb.CONFIRM, Verb.CANCEL})


def confirmed(case: Case) -> Decision | None:
    """A staff mail that confirms or drops a wish of staff."""
    wish = case.understood.wish if case.may_wish else None
    if wish is None or wish.verb not in FOLLOWING or case.disowned:
        return None
    pending = case.facts.wish
    if why := _refusal(case, pending):
        return answered(case, "not-confirmed", Notice("ยังไม่ได้ดำเนินการ", (why,), todo=""))
    if pending is None:
        raise ValueError("a wish that is confirmed waits in the books")
    if wish.verb is Verb.CANCEL:
        return _settled(case, pending, WishState.DROPPED, f"ยกเลิกแล้ว ระบบจะไม่{pending.said}")
    if pending.wish.verb is Verb.ROSTER:
        return roster_taken(case, pending)
    asked = asked_by(case, pending.wish)
    if asked is None:
        return answered(case, "not-confirmed", Notice("ยังไม่ได้ดำเนินการ", ("ไม่มีหนังสือเวียนเรื่องนี้แล้ว",)))
    return _carried_out(case, pending, asked)


def _refusal(case: Case, pending: Pending | None) -> str:
    """Why the word lets nothing happen, in Thai; "" when it does."""
    if pending is None or pending.wish.verb not in SAID_BACK_FIRST or pending.by not in case.bureau.office.staff:
        return "ไม่ทราบว่าหมายถึงเรื่องใด โปรดตอบกลับจดหมายที่ระบบทวนคำสั่งโดยตรง"
    if not case.understood.plain or says_another_figure(case.mail, pending):
        return "คำตอบของท่านมีเงื่อนไขหรือข้อความอื่น โปรดตอบกลับด้วยคำว่า ยืนยัน เพียงคำเดียว หรือสั่งใหม่ตามที่ต้องการ"
    if pending.state is WishState.DONE:
        return "เรื่องนี้ดำเนินการไปแล้ว จึงไม่ทำซ้ำ"
    if pending.state is WishState.DROPPED:
        return "เรื่องนี้ยกเลิกไปแล้ว หากยังต้องการ โปรดสั่งใหม่"
    return "คำสั่งนี้เก่าเกินไปแล้ว หากยังต้องการ โปรดสั่งใหม่" if pending.has_expired(case.now) else ""


def _carried_out(case: Case, pending: Pending, asked: Asked) -> Decision:
    """What was said back happens; where something has changed since, it is said back anew instead."""
    done = outcome_of(asked)
    if rests_on(asked) != pending.rests_on or done.decision is None:
        again = say_back(case, asked)
        dropped = Settled(pending.reference, WishState.DROPPED, case.mail.sender)
        return dataclasses.replace(again, outcome="changed-meanwhile", settled=(dropped,))
    told = _settled(case, pending, WishState.DONE, f"ดำเนินการแล้ว: {done.said}", *done.cautions)
    return dataclasses.replace(
        done.decision,
        state=MessageState.DECIDED,
        circular=asked.slug,
        letters=(*done.decision.letters, *told.letters),
        settled=told.settled,
    )


def _settled(case: Case, pending: Pending, state: WishState, headline: str, *paragraphs: str) -> Decision:
    content = Notice(headline, paragraphs, todo=NOTHING_TO_DO)
    letter = notice(case.bureau, pending.circular, case.key, content, case.mail)
    return Decision(
        MessageState.DECIDED,
        f"wish-{state}",
        circular=pending.circular,
        letters=(letter,),
        settled=(Settled(pending.reference, state, case.mail.sender),),
    )
