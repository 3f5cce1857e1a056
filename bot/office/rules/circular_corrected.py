"""A proposed circular is corrected by words, in a reply to the proposal: what is understood makes another proposal. Pure.

Nothing is started by the same mail, and a line that is not understood as a whole changes nothing and is said.
"""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import MessageState
from bot.office.new_circular.corrected_by_words import corrected
from bot.office.new_circular.correction import Said
from bot.office.new_circular.correction_words import corrections_in
from bot.office.rules.case import Case
from bot.office.rules.circular_proposed import desk_of_case, put_before_staff, ways_to_correct
from bot.office.rules.said_back import answered
from bot.office.wishes.lines import own_lines
from bot.office.wishes.wish import Pending, Verb, WishState
from parsers.blank_form.as_record import from_record
from parsers.blank_form.proposal import Papers, Proposal
from parsers.organisations.type_words import words_of


def correct_circular(case: Case) -> Decision | None:
    """A reply of believed staff to a proposal that corrects something of it."""
    pending = case.facts.wish
    if pending is None or pending.wish.verb is not Verb.NEW_CIRCULAR or case.disowned or not case.may_wish:
        return None
    said = words_of_correction(case) if case.as_staff else Said()
    if not said.lines and not said.unknown:
        return None
    papers = _kept(pending)
    if why := refusal(case, pending) or ("" if papers else "ข้อเสนอนี้แก้ด้วยข้อความไม่ได้ โปรดแก้ในไฟล์ที่แนบไป"):
        return answered(case, "not-corrected", Notice("ยังไม่ได้แก้ไขข้อเสนอ", (why,), todo=""))
    return with_corrections(case, papers, said) if papers else None


def words_of_correction(case: Case) -> Said:
    """What the mail's own lines correct."""
    today = case.now.astimezone(BANGKOK).date()
    return corrections_in(own_lines(case.mail.text), words_of(case.bureau.roster.naming), today)


def with_corrections(case: Case, papers: Papers, said: Said, *, files: bool = False) -> Decision:
    """Another proposal of the papers with what the lines correct; where nothing is new, no words and no ``files``, why."""
    every = [one for _, corrections in said.lines for one in corrections]
    done = corrected(papers, every, desk_of_case(case), case.now)
    not_done = (*(f"ไม่เข้าใจ: “{line}”" for line in said.unknown), *(f"ทำไม่ได้: {why}" for why in done.refused))
    if not done.changed and not files:
        return _nothing_done(case, done.proposal, not_done)
    return put_before_staff(case, done.papers, (("แก้ไขแล้ว", done.changed), ("ยังไม่ได้แก้", not_done)))


def _nothing_done(case: Case, proposal: Proposal, not_done: tuple[str, ...]) -> Decision:
    """Why nothing was corrected, with all ways to write it."""
    content = Notice(
        "ยังไม่ได้แก้ไขข้อเสนอ",
        ("ข้อเสนอเดิมยังคงอยู่",),
        template="not_corrected",
        todo="โปรดตอบกลับจดหมายข้อเสนออีกครั้ง",
    )
    letter = notice(case.bureau, "", case.key, content, case.mail)
    view = {**letter.view, **ways_to_correct(proposal, (("ยังไม่ได้แก้", not_done),))}
    return Decision(MessageState.DECIDED, "not-corrected", letters=(dataclasses.replace(letter, view=view),))


def _kept(pending: Pending) -> Papers | None:
    """What was read of the papers that made the proposal; None for one that was kept without."""
    try:
        return from_record(pending.wish.papers)
    except ValueError:
        return None


def papers_answered(case: Case) -> Papers | None:
    """What made the proposal that a mail answers; None where it answers none."""
    pending = case.facts.wish
    return _kept(pending) if pending and pending.wish.verb is Verb.NEW_CIRCULAR else None


def refusal(case: Case, pending: Pending) -> str:
    """Why a proposal is neither corrected nor started, in Thai; "" when it may be."""
    if pending.by not in case.bureau.office.staff:
        return "ผู้เสนอไม่ได้อยู่ในรายชื่อเจ้าหน้าที่แล้ว"
    if pending.state is WishState.DONE:
        return "เรื่องนี้เริ่มไปแล้ว จึงไม่ทำซ้ำ"
    if pending.state is WishState.REPLACED:
        return "ข้อเสนอนี้มีฉบับที่แก้ไขแล้ว โปรดตอบกลับฉบับล่าสุด"
    if pending.state is WishState.DROPPED:
        return "เรื่องนี้ยกเลิกไปแล้ว หากยังต้องการ โปรดส่งเอกสารใหม่"
    return "ข้อเสนอนี้เก่าเกินไปแล้ว โปรดส่งเอกสารใหม่" if pending.has_expired(case.now) else ""
