"""A new circular by mail, of the department's papers that staff forward. Pure.

With the word หนังสือเวียนใหม่ they get what is made of the papers, with a dry run; they correct it in the workbook and start it
with เริ่ม. As every wish that changes something it is said back, waits for one word of believed staff in answer to that letter, and is
done once.
"""

import dataclasses

from bot.office.decision import Decision
from bot.office.letters.enclosures import BlankForm, Enclosure, NewCircularWorkbook
from bot.office.letters.notice import NOTHING_TO_DO, Notice, notice
from bot.office.model.circular import Circular
from bot.office.model.received_mail import MessageState
from bot.office.model.started_circular import StartedCircular, as_json
from bot.office.new_circular.as_circular import tables
from bot.office.new_circular.completed import Desk, completed
from bot.office.plan.days_ahead import days_ahead
from bot.office.rules.case import Case
from bot.office.rules.commands import plain_line
from bot.office.rules.said_back import SAID_BACK, answered, waiting
from bot.office.wishes.new_circular import STARTS
from bot.office.wishes.wish import LASTS, Pending, Settled, Verb, Wish, WishState
from parsers.blank_form.proposal import Proposal, Unsure
from parsers.form.question import heading
from parsers.reading import MACHINE_MADE

CHOICES = (
    ("เริ่ม", "เริ่มหนังสือเวียนตามที่เสนอ"),
    ("ยกเลิก", "ไม่เริ่ม"),
)
_CONTRADICTORY = "รายการที่เสนอขัดกันเอง เช่น มีหัวคอลัมน์ของรายการแต่ไม่มีรายการของแต่ละแห่ง หรือกำหนดส่งไม่เรียงตามลำดับ โปรดตรวจในไฟล์"
FORMS = 30  # of reporters, that go with the proposal


def new_circular(case: Case) -> Decision | None:
    """A staff mail that brings the department's papers, or the corrected workbook, for a new circular."""
    papers = case.facts.papers
    if papers is None or case.disowned or not case.as_staff or case.mail.kind in MACHINE_MADE:
        return None
    bureau = case.bureau
    types = frozenset(one.type for one in bureau.roster.organisations)
    desk = Desk(bureau.office, bureau.calendar, types, frozenset(bureau.circulars) | case.facts.slugs)
    # The letter itself is not enclosed: who enclosed it unseen might send on what is secret.
    read = dataclasses.replace(
        papers, enclosed="", unsure=tuple(each for each in papers.unsure if each.code != "enclosed")
    )
    proposal = completed(read, desk, case.now)
    if not proposal.form.questions:
        return _not_made(case, tuple(each.message for each in proposal.unsure))
    said = as_json(tables(proposal))
    try:
        circular = StartedCircular(proposal.slug, said, case.mail.sender, case.now).circular
    except ValueError:  # pydantic's: in English, and of keys that staff never saw
        return _not_made(case, (_CONTRADICTORY,), proposal)
    return _proposed(case, proposal, circular, said)


def _not_made(case: Case, why: tuple[str, ...], proposal: Proposal | None = None) -> Decision:
    """Why there is no proposal; where there is one that contradicts itself, its workbook goes back to be mended."""
    how = (
        f"โปรดแก้ในไฟล์ {_workbook(proposal)} ที่แนบมา แล้วตอบกลับพร้อมแนบไฟล์นั้น"
        if proposal
        else "โปรดแนบหนังสือและแบบฟอร์มเปล่าเป็นไฟล์ Excel, Word หรือ PDF ที่มีตัวอักษร แล้วส่งใหม่พร้อมคำว่า หนังสือเวียนใหม่"
    )
    content = Notice(
        "ยังตั้งหนังสือเวียนใหม่ไม่ได้",
        (how,),
        why,
        todo="โปรดแก้ไขไฟล์แล้วส่งกลับมา" if proposal else "โปรดส่งเอกสารใหม่",
        enclosures=(NewCircularWorkbook(proposal),) if proposal else (),
    )
    return answered(case, "new-circular-unread", content)


def _proposed(case: Case, proposal: Proposal, circular: Circular, said: str) -> Decision:
    asked = circular.model_copy(update={"form": circular.form.asked_by(case.bureau.roster.naming)})
    wish = Wish(Verb.NEW_CIRCULAR, circular=proposal.slug, value=said)
    pending = waiting(case, wish, f"เริ่มหนังสือเวียน {circular.wording.subject}", proposal.slug)
    content = Notice(
        f"เสนอหนังสือเวียนใหม่ {circular.number}",
        (
            circular.title,
            (
                "ระบบยังไม่ได้ส่งสิ่งใดให้ผู้รายงาน แบบรายงานที่แต่ละรายจะได้รับแนบมาด้วย หากต้องแก้ไข โปรดแก้ในไฟล์ "
                f"{_workbook(proposal)} แล้วตอบกลับพร้อมแนบไฟล์นั้น"
            ),
            f"ระบบจะเริ่มเมื่อท่านตอบ เริ่ม ภายในวันที่ {case.bureau.moment(case.now + LASTS)}",
        ),
        (*_questions(asked), *_plan(case, asked), *_doubts(proposal.unsure)),
        template="choose",
        choices=CHOICES,
        todo="โปรดตรวจแล้วตอบกลับด้วยคำว่า เริ่ม หากถูกต้อง",
        enclosures=_enclosures(case, proposal, asked),
    )
    letter = notice(case.bureau, "", f"{pending.reference}{SAID_BACK}", content, case.mail)
    letter = dataclasses.replace(letter, subject=f"หนังสือเวียนใหม่ โปรดตรวจก่อนเริ่ม ({pending.reference})")
    return Decision(MessageState.DECIDED, "new-circular-proposed", letters=(letter,), wishes=(pending,))


def _workbook(proposal: Proposal) -> str:
    return NewCircularWorkbook(proposal).name


def _questions(circular: Circular) -> tuple[str, ...]:
    return tuple(f"ข้อ {at} {heading(question)}" for at, question in enumerate(circular.form.column, 1))


def _plan(case: Case, circular: Circular) -> tuple[str, ...]:
    return tuple(f"{case.bureau.moment(each.at)}: {each.what}" for each in days_ahead(case.bureau, circular))


def _doubts(doubts: tuple[Unsure, ...]) -> tuple[str, ...]:
    return tuple(f"ไม่แน่ใจ{f' ข้อ {one.question}' if one.question else ''}: {one.message}" for one in doubts)


def _enclosures(case: Case, proposal: Proposal, circular: Circular) -> tuple[Enclosure, ...]:
    """The workbook, and the form as each reporter would get it."""
    contacts = case.bureau.roster.contacts[:FORMS]
    return (NewCircularWorkbook(proposal), *(BlankForm(circular, contact.reporter.key) for contact in contacts))


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
    if why := _refusal(case, pending):
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


def _refusal(case: Case, pending: Pending) -> str:
    """Why nothing is started, in Thai; "" when it is."""
    if pending.by not in case.bureau.office.staff:
        return "ผู้เสนอไม่ได้อยู่ในรายชื่อเจ้าหน้าที่แล้ว"
    if pending.state is not WishState.WAITING:
        return (
            "เรื่องนี้เริ่มไปแล้ว จึงไม่ทำซ้ำ"
            if pending.state is WishState.DONE
            else "เรื่องนี้ยกเลิกไปแล้ว หากยังต้องการ โปรดส่งเอกสารใหม่"
        )
    if pending.has_expired(case.now):
        return "ข้อเสนอนี้เก่าเกินไปแล้ว โปรดส่งเอกสารใหม่"
    taken = case.facts.slugs | frozenset(case.bureau.circulars)
    return "มีหนังสือเวียนรหัสนี้อยู่แล้ว โปรดแก้รหัสเรื่องในไฟล์แล้วส่งกลับมา" if pending.wish.circular in taken else ""


def _settled(case: Case, pending: Pending, state: WishState, outcome: str, content: Notice) -> Decision:
    letter = notice(case.bureau, "", case.key, content, case.mail)
    settled = (Settled(pending.reference, state, case.mail.sender),)
    return Decision(MessageState.DECIDED, outcome, letters=(letter,), settled=settled)
