"""A reporter's ยืนยัน to the change of one cell that was said back to him: recorded as any report of his is. Pure."""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.notice import Notice
from bot.office.rules.asked_of_staff import answer
from bot.office.rules.case import Case
from bot.office.rules.cell_by_words import answer_wished, refusal
from bot.office.rules.changing_wishes import rests_on
from bot.office.rules.form_received import report
from bot.office.rules.mail_in_words import decided
from bot.office.rules.said_back import asked_by, is_his, says_another_figure
from bot.office.wishes.wish import Pending, Settled, Verb, WishState
from parsers.reading import Outcome


def cell_confirmed(case: Case) -> Decision | None:
    """The word of the same reporter from an address of his own, in answer to that very letter; staff's wishes are none of his."""
    pending = case.facts.wish
    word = case.understood.wish if case.may_wish and pending else None
    if word is None or word.verb not in {Verb.CONFIRM, Verb.CANCEL} or pending is None:
        return None
    if pending.wish.verb is not Verb.CORRECT or not is_his(case, pending) or not case.own_address:
        return None
    if why := _refusal(case, pending):
        return decided(case, "not-confirmed", letters=(answer(case, Notice(f"ยังไม่ได้แก้ไข: {why}"), case.circular),))
    if word.verb is Verb.CANCEL:
        dropped = decided(case, "wish-dropped", letters=(answer(case, Notice("ยกเลิกแล้ว ไม่ได้แก้ไขข้อมูล"), case.circular),))
        return dataclasses.replace(dropped, settled=(_settled(case, pending, WishState.DROPPED),))
    return _recorded(case, pending)


def _refusal(case: Case, pending: Pending) -> str:
    if pending.state is not WishState.WAITING:
        return "เรื่องนี้ดำเนินการหรือยกเลิกไปแล้ว"
    if pending.has_expired(case.now):
        return "เลยเวลายืนยันแล้ว โปรดแจ้งใหม่"
    if not case.understood.plain or says_another_figure(case.mail, pending):
        return "โปรดตอบด้วยคำว่า ยืนยัน เพียงคำเดียว"
    asked = asked_by(case, pending.wish)
    if asked is None:
        return "ไม่มีเรื่องที่รอการยืนยัน"
    if rests_on(asked) != pending.rests_on:
        return "ข้อมูลในช่องนี้เปลี่ยนไปแล้ว โปรดแจ้งใหม่"
    return refusal(asked)


def _recorded(case: Case, pending: Pending) -> Decision:
    """As if the mail had brought a form with that cell alone."""
    asked = asked_by(case, pending.wish)
    if asked is None:
        raise ValueError("the wish was looked at before")
    reading = dataclasses.replace(
        case.reading,
        circular=asked.circular.slug,
        answers=(answer_wished(asked),),
        findings=(),
        outcome=Outcome.ACCEPTED,
    )
    decision = report(dataclasses.replace(case, reading=reading))
    return dataclasses.replace(decision, settled=(_settled(case, pending, WishState.DONE),))


def _settled(case: Case, pending: Pending, state: WishState) -> Settled:
    return Settled(pending.reference, state, case.mail.sender)
