"""What is made of the department's papers, put before staff: the letter with its dry run, and the wish that waits for เริ่ม. Pure."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from bot.office.decision import Decision
from bot.office.letters.enclosures import BlankForm, Enclosure, NewCircularWorkbook
from bot.office.letters.notice import Notice, notice
from bot.office.model.circular import Circular
from bot.office.model.received_mail import MessageState
from bot.office.model.started_circular import StartedCircular, as_json
from bot.office.new_circular.as_circular import tables
from bot.office.new_circular.completed import Desk, completed
from bot.office.plan.days_ahead import days_ahead
from bot.office.rules.case import Case
from bot.office.rules.said_back import SAID_BACK, answered, waiting
from bot.office.wishes.wish import LASTS, Settled, Verb, Wish, WishState
from parsers.blank_form.as_record import as_record
from parsers.blank_form.proposal import NewQuestion, Papers, Proposal, Unsure
from parsers.blank_form.questions import named
from parsers.blank_form.unsure import KIND_WORDS

CHOICES = (
    ("เริ่ม", "เริ่มหนังสือเวียนตามที่เสนอ"),
    ("ยกเลิก", "ไม่เริ่ม"),
)
# Ways to correct by words, as the letters show them.
WAYS = (
    "กำหนดส่งอำเภอเป็นวันที่ ๒๐ มกราคม ๒๕๖๙",
    "กำหนดส่งกรมเป็นวันที่ ๓๐ มกราคม ๒๕๖๙",
    "เลขที่หนังสือ มท ๐๘๑๐.๗/ว ๑๒๓ ลงวันที่ ๓ ธันวาคม ๒๕๖๘",
    "ชื่อเรื่องเป็น การสำรวจระบบประปา",
    "ส่งกรมที่ name@department.example",
    "ข้อ ๓ เป็นจำนวนเงิน",
    "ข้อ ๔ ให้เลือกจาก ฝังกลบ, เตาเผา, หมักปุ๋ย",
    "ข้อ ๒ ตอบเฉพาะเทศบาล",
    "ข้อ ๖ เว้นว่างได้",
    "ข้อ ๗ เปลี่ยนชื่อเป็น จำนวนบ่อบาดาล",
    "ตัดข้อ ๕",
    "เพิ่มข้อ หมายเหตุ",
)
_CONTRADICTORY = "รายการที่เสนอขัดกันเอง เช่น มีหัวคอลัมน์ของรายการแต่ไม่มีรายการของแต่ละแห่ง หรือกำหนดส่งไม่เรียงตามลำดับ โปรดตรวจในไฟล์"
FORMS = 30  # of reporters, that go with the proposal

Section = tuple[str, Sequence[str]]


def desk_of_case(case: Case) -> Desk:
    """Where the circular is to run."""
    types = frozenset(one.type for one in case.bureau.roster.organisations)
    return Desk(case.bureau.office, case.bureau.calendar, types, frozenset(case.bureau.circulars) | case.facts.slugs)


def put_before_staff(case: Case, papers: Papers, corrected: Sequence[Section] = ()) -> Decision:
    """The proposal that the papers make, in a letter; ``corrected``: what was changed by words, and what was not."""
    proposal = completed(papers, desk_of_case(case), case.now)
    if not proposal.form.questions:
        return _not_made(case, tuple(each.message for each in proposal.unsure))
    said = as_json(tables(proposal))
    try:
        circular = StartedCircular(proposal.slug, said, case.mail.sender, case.now).circular
    except ValueError:  # pydantic's: in English, and of keys that staff never saw
        return _not_made(case, (_CONTRADICTORY,), proposal)
    wish = Wish(Verb.NEW_CIRCULAR, circular=proposal.slug, value=said, papers=as_record(papers))
    return _proposed(case, proposal, circular, wish, corrected)


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


def _proposed(case: Case, proposal: Proposal, circular: Circular, wish: Wish, corrected: Sequence[Section]) -> Decision:
    asked = circular.model_copy(update={"form": circular.form.asked_by(case.bureau.roster.naming)})
    pending = waiting(case, wish, f"เริ่มหนังสือเวียน {circular.wording.subject}", proposal.slug)
    content = Notice(
        f"เสนอหนังสือเวียนใหม่ {circular.number}{' ตามที่แก้ไข' if corrected else ''}",
        (
            circular.title,
            "ระบบยังไม่ได้ส่งสิ่งใดให้ผู้รายงาน แบบรายงานที่แต่ละรายจะได้รับแนบมาด้วย",
            f"ระบบจะเริ่มเมื่อท่านตอบ เริ่ม ภายในวันที่ {case.bureau.moment(case.now + LASTS)}",
        ),
        template="proposal",
        choices=CHOICES,
        todo="โปรดตรวจแล้วตอบกลับด้วยคำว่า เริ่ม หากถูกต้อง",
        enclosures=_enclosures(case, proposal, asked),
    )
    letter = notice(case.bureau, "", f"{pending.reference}{SAID_BACK}", content, case.mail)
    view = {**letter.view, **ways_to_correct(proposal, (*corrected, *_sections(case, proposal, asked)))}
    subject = f"หนังสือเวียนใหม่ โปรดตรวจก่อนเริ่ม ({pending.reference})"
    return Decision(
        MessageState.DECIDED,
        "new-circular-proposed",
        letters=(dataclasses.replace(letter, subject=subject, view=view),),
        wishes=(pending,),
        settled=_replaced(case),
    )


def ways_to_correct(proposal: Proposal, sections: Sequence[Section]) -> dict[str, Any]:
    """What the templates lay out below a proposal, or why it was not corrected."""
    said = [(title, list(items)) for title, items in sections if items]
    return {"sections": said, "ways": list(WAYS), "workbook": _workbook(proposal)}


def _replaced(case: Case) -> tuple[Settled, ...]:
    """The proposal that was answered waits no more: what was corrected of it takes its place."""
    earlier = case.facts.wish
    waits = earlier and earlier.wish.verb is Verb.NEW_CIRCULAR and earlier.state is WishState.WAITING
    return (Settled(earlier.reference, WishState.REPLACED, case.mail.sender),) if earlier and waits else ()


def _workbook(proposal: Proposal) -> str:
    return NewCircularWorkbook(proposal).name


def _sections(case: Case, proposal: Proposal, circular: Circular) -> tuple[Section, ...]:
    letter, bureau = proposal.letter, case.bureau
    return (
        ("โปรดตรวจ เพราะระบบไม่แน่ใจ", [_doubt(each) for each in proposal.unsure]),
        ("ข้อที่ถาม", [_question(at, each) for at, each in enumerate(proposal.form.questions, 1)]),
        ("ส่งรายงานไปที่", [f"{letter.department} {', '.join(letter.to)}"]),
        ("แผนการส่ง", [f"{bureau.moment(each.at)}: {each.what}" for each in days_ahead(bureau, circular)]),
    )


def _question(number: int, question: NewQuestion) -> str:
    shown = f"{question.label} {KIND_WORDS[question.kind]}"
    unit = f" หน่วย {question.unit}" if question.unit and question.unit not in shown else ""
    choices = f" ({', '.join(question.choices)})" if question.choices else ""
    only = f" เฉพาะ {', '.join(question.only)}" if question.only else ""
    may = "" if question.required else " เว้นว่างได้"
    return f"ข้อ {number} {named(question)}: {KIND_WORDS[question.kind]}{unit}{choices}{only}{may}"


def _doubt(one: Unsure) -> str:
    return f"{f'ข้อ {one.question} ' if one.question else ''}{one.message}"


def _enclosures(case: Case, proposal: Proposal, circular: Circular) -> tuple[Enclosure, ...]:
    """The workbook, and the form as each reporter would get it."""
    contacts = case.bureau.roster.contacts[:FORMS]
    return (NewCircularWorkbook(proposal), *(BlankForm(circular, contact.reporter.key) for contact in contacts))
