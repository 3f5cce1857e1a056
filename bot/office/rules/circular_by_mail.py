"""A new circular by mail, of the department's papers that staff forward. Pure.

With the word หนังสือเวียนใหม่ they get what is made of the papers, with a dry run; they correct it by words or in the workbook and
start it with เริ่ม. As every wish that changes something it is said back, waits for one word of believed staff in answer to that
letter, and is done once.
"""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.model.started_circular import StartedCircular
from bot.office.new_circular.joined_papers import joined_papers
from bot.office.rules.case import Case
from bot.office.rules.circular_corrected import papers_answered, refusal, with_corrections, words_of_correction
from bot.office.rules.circular_proposed import put_before_staff
from bot.office.rules.commands import plain_line
from bot.office.rules.said_back import answered
from bot.office.wishes.new_circular import STARTS
from bot.office.wishes.wish import Pending, Settled, Verb, WishState
from parsers.reading import MACHINE_MADE


def new_circular(case: Case) -> Decision | None:
    """A staff mail that brings the department's papers, or the corrected workbook, for a new circular."""
    papers = case.facts.papers
    if papers is None or case.disowned or not case.as_staff or case.mail.kind in MACHINE_MADE:
        return None
    # The letter itself is not enclosed: who enclosed it unseen might send on what is secret.
    doubts = tuple(each for each in papers.unsure if each.code != "enclosed")
    read = dataclasses.replace(papers, enclosed="", unsure=doubts)
    kept = papers_answered(case)
    if kept is None:
        return put_before_staff(case, read)
    if case.may_wish and not read.form.questions and not read.letter.number:
        return None  # words with a picture below them, such as an office's sign
    return with_corrections(case, joined_papers(read, kept), words_of_correction(case), files=True)


def start_circular(case: Case) -> Decision | None:
    """The word in answer to a proposal: it starts the circular, once, or drops the proposal."""
    pending, wish = case.facts.wish, case.understood.wish
    if pending is None or pending.wish.verb is not Verb.NEW_CIRCULAR or case.disowned or not case.may_wish:
        return None
    starts = plain_line(case.mail.text) in STARTS or (
        wish is not None and wish.verb is Verb.CONFIRM and case.understood.plain
    )
    drops = wish is not None and wish.verb is Verb.CANCEL
    if not (starts or drops) or not case.as_staff:
        return None
    if why := refusal(case, pending) or _taken(case, pending):
        return answered(case, "not-started", Notice("ยังไม่ได้เริ่มหนังสือเวียน", (why,), todo=""))
    if drops:
        content = Notice("ยกเลิกแล้ว ระบบจะไม่เริ่มหนังสือเวียนนี้", (), todo=NOTHING_TO_DO)
        return _settled(case, pending, WishState.DROPPED, "new-circular-dropped", content)
    started = StartedCircular(pending.wish.circular, str(pending.wish.value), case.mail.sender, case.now)
    circular = started.circular
    content = Notice(
        f"เริ่มหนังสือเวียนแล้ว: {circular.wording.subject}",
        (
            (
                f"ระบบจะส่งคำขอพร้อมแบบรายงานในวันที่ {case.bureau.moment(max(circular.deadlines.opens, case.now))} "
                "และดำเนินการตามแผนที่เสนอไว้"
            ),
        ),
        todo=NOTHING_TO_DO,
    )
    done = _settled(case, pending, WishState.DONE, "circular-started", content)
    return dataclasses.replace(done, started=(started,))


def _taken(case: Case, pending: Pending) -> str:
    """Why nothing is started under this slug, in Thai; "" when it is free."""
    taken = case.facts.slugs | frozenset(case.bureau.circulars)
    return "มีหนังสือเวียนรหัสนี้อยู่แล้ว โปรดแก้รหัสเรื่องในไฟล์แล้วส่งกลับมา" if pending.wish.circular in taken else ""


def _settled(case: Case, pending: Pending, state: WishState, outcome: str, content: Notice) -> Decision:
    letter = notice(case.bureau, "", case.key, content, case.mail)
    settled = (Settled(pending.reference, state, case.mail.sender),)
    return Decision(MessageState.DECIDED, outcome, letters=(letter,), settled=settled)
