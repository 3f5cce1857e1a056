"""What to do about a reading, as data. Pure: the books' facts and the time are arguments.

The order of the rules is the order of the functions below: unreadable, machine-made, commands, seen before, believed on
some ground, held. Every path ends in a Decision; "nothing to do" is one too, so that no mail is looked at twice.
"""

import datetime
from collections.abc import Sequence

from bot.office.answering import Received, answer_letter
from bot.office.briefing import STAFF, Notice, notice
from bot.office.bureau import Bureau
from bot.office.circular import Circular
from bot.office.commands import SETTLING, Command, order_in
from bot.office.conflicts import contradicted, sender_lines, staff_lines
from bot.office.decision import Decision, Facts
from bot.office.dispatch import approve
from bot.office.held import by_machine, hold, impostor, settle, who
from bot.office.letters import Letter
from bot.office.parking import put_aside_notice
from bot.office.records import Disagreement, Inboxed, MessageState, Recorded, Verdict
from bot.office.rollup import owed_by
from bot.office.trust import Ground, ground
from parsers.findings import Code, Place, finding
from parsers.reading import MACHINE_MADE, Mail, MailKind, Outcome, Reading

NOT_OPENED = frozenset(
    {Code.FILE_UNREADABLE, Code.FILE_ENCRYPTED, Code.FILE_TOO_LARGE, Code.FILE_TOO_SLOW, Code.FILE_FORMAT}
    | {Code.LINK_NOT_FILE, Code.MAIL_INCOMPLETE, Code.SMIME_ENCRYPTED, Code.PGP_ENCRYPTED, Code.RPMSG_PROTECTED}
)


def decide(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed, now: datetime.datetime) -> Decision:
    """The decision about one received mail. ``facts`` are those of the circular that the reading names."""
    mail = reading.mail
    if mail is None or not mail.sender:
        why = "อ่านหัวจดหมายไม่ได้ จึงไม่ทราบว่าใครส่ง"
        told = put_aside_notice(bureau, mail, why, now)
        return Decision(MessageState.UNREADABLE, "no-sender", why, letters=(told,))
    settled = _of_no_person(bureau, reading, facts, message) or _commanded(bureau, reading, facts, message, now)
    if settled:
        return settled
    if facts.seen_before:
        return Decision(MessageState.DECIDED, "duplicate")
    if ground(bureau, reading, facts, message) is Ground.NOTHING:
        return hold(bureau, reading, facts, message, now)
    if mail.sender in bureau.office.staff and _is_bare(reading, message) and not reading.known:
        return _not_understood(bureau, mail, facts, message)
    return _from_reporter(bureau, reading, facts, message, now)


def _of_no_person(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed) -> Decision | None:
    """Our own mail come back, and what machines write: never answered. A believed report may come through a list."""
    mail = reading.mail
    if mail is None or bureau.office.is_own(mail.sender):
        return Decision(MessageState.DECIDED, MailKind.OWN.value)
    if mail.kind not in MACHINE_MADE:
        return None
    if mail.kind is MailKind.AUTO_REPLY and (refused := by_machine(bureau, mail, facts)):
        return refused
    believed = ground(bureau, reading, facts, message) is not Ground.NOTHING
    if mail.kind is MailKind.LIST and believed and reading.standing():
        return None
    return Decision(MessageState.DECIDED, mail.kind.value)


def _is_bare(reading: Reading, message: Inboxed) -> bool:
    """Whether the mail is words alone."""
    return reading.outcome is Outcome.REJECTED and not reading.files and not message.oversize


def _commanded(
    bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed, now: datetime.datetime
) -> Decision | None:
    """What comes of a command: done or refused; None when the mail is none.

    A command needs a staff address that the receiving server does not doubt; its own rules ask for the letter it answers.
    A mail seen before is none the less looked at, since a command given twice is refused and that is said.
    """
    mail = reading.mail
    command = _command(mail, facts, message)
    if mail is None or command is None:
        return None
    if mail.sender not in bureau.office.staff:
        presumed = _presumes(bureau, reading, facts, message, command)
        return impostor(bureau, mail, facts, message, now) if presumed else None
    if facts.verdict is Verdict.FAIL:
        return impostor(bureau, mail, facts, message, now)
    if command in SETTLING:
        return settle(bureau, mail, facts, message.sha256[:16], now)
    return approve(bureau, mail, facts, message.sha256[:16], now) if command is Command.APPROVE else None


def _command(mail: Mail | None, facts: Facts, message: Inboxed) -> Command | None:
    order = order_in(mail.text) if mail else None
    if order is None or message.vouched_by:  # what staff let in is a report, never a command
        return None
    return None if order.whose and facts.kept is None else order.command  # "รับ ทราบ" is no command


def _presumes(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed, command: Command) -> bool:
    """Whether somebody else gives a command that is the staff's: in answer to a letter to staff, or out of the blue."""
    if not _is_bare(reading, message) or facts.seen_before:
        return False
    to_staff = any(letter.addressee == STAFF for letter in facts.answered)
    return to_staff or (command is Command.APPROVE and ground(bureau, reading, facts, message) is Ground.NOTHING)


def _not_understood(bureau: Bureau, mail: Mail, facts: Facts, message: Inboxed) -> Decision:
    """A few words from staff that are no command: asked back where they answer a letter that waits for one."""
    if not any(letter.kind in {"draft", "digest"} for letter in facts.answered) and facts.kept is None:
        return Decision(MessageState.DECIDED, "nothing-to-do")
    wanted = (
        "หากต้องการให้รับจดหมายที่เก็บไว้ โปรดตอบกลับจดหมายแจ้งเรื่องนั้นด้วยคำว่า รับ รับเสมอ หรือ ไม่รับ ในบรรทัดแรก"
        if facts.kept
        else "หากเห็นชอบให้ส่งรายงาน โปรดตอบกลับจดหมายร่างรายงานด้วยคำว่า อนุมัติ เพียงคำเดียวในบรรทัดแรก"
    )
    content = Notice("ระบบไม่เข้าใจคำตอบของท่าน", (wanted,), todo="โปรดตอบกลับใหม่ตามที่แจ้งด้านล่าง")
    letter = notice(bureau, facts.slug, message.sha256[:16], content, mail)
    return Decision(MessageState.DECIDED, "not-understood", letters=(letter,))


def _from_reporter(
    bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed, now: datetime.datetime
) -> Decision:
    """Record what stands, answer what was read; a mail of which nothing could be opened is unreadable."""
    circular = _circular_of(bureau, reading, now)
    if circular is None:
        return _unplaced(bureau, reading, message)
    if message.oversize:
        reading = _too_large(reading, message)
    standing = reading.standing()
    new = _recorded(reading, message)
    conflicts = contradicted(facts.answers, new)
    said = tuple(sender_lines(bureau, circular, conflicts))
    received = Received(message.sha256[:16], message.received, reading, said)
    known = _merged(facts.answers, new)
    if not new and not reading.files and not _not_opened(reading) and _owes_nothing(bureau, circular, reading, known):
        return Decision(MessageState.DECIDED, "nothing-to-do", circular=circular.slug, reporter=reading.reporter or "")
    letter = answer_letter(bureau, circular, received, known)
    told = [_conflict_notice(bureau, circular, message, conflicts)] if conflicts else []
    if _too_late(facts, new):
        told.append(_late_notice(bureau, circular, reading, message))
    unreadable = _nothing_could_be_read(reading)
    why = next((found.message for found in reading.findings), "") if unreadable else ""
    if unreadable and _not_opened(reading):
        told.append(put_aside_notice(bureau, reading.mail, why, now))
    return Decision(
        state=MessageState.UNREADABLE if unreadable else MessageState.DECIDED,
        outcome="unreadable" if unreadable else reading.outcome.value,
        why=why,
        circular=circular.slug,
        reporter=reading.reporter or "",
        as_of=reading.as_of,
        answers=standing,
        remarks=reading.remarks,
        findings=reading.findings,
        letters=(letter, *told),
    )


def _owes_nothing(bureau: Bureau, circular: Circular, reading: Reading, known: Sequence[Recorded]) -> bool:
    """A word of thanks from somebody who has answered everything needs no answer."""
    reporter = bureau.roster.by_key.get(reading.reporter or "")
    codes = reporter.organisations if reporter else ()
    return bool(codes) and not owed_by(circular, [bureau.roster.by_code[code] for code in codes], known)


def _too_late(facts: Facts, new: Sequence[Recorded]) -> bool:
    """Whether figures change that the department already has."""
    before = {(r.organisation, r.question): r.value for r in facts.answers}
    changed = any(before.get((r.organisation, r.question)) != r.value for r in new)
    return changed and any(draft.dispatched for draft in facts.drafts)


def _late_notice(bureau: Bureau, circular: Circular, reading: Reading, message: Inboxed) -> Letter:
    content = Notice(
        f"มีข้อมูลเปลี่ยนแปลงหลังส่งรายงานแล้ว: {circular.wording.subject}",
        (
            "ระบบบันทึกข้อมูลที่ส่งมาใหม่ไว้แล้ว แต่รายงานที่ส่งให้ส่วนกลางไปแล้วยังเป็นตัวเลขเดิม",
            "หากเห็นว่าควรแจ้งแก้ไข โปรดสร้างรายงานฉบับปัจจุบันด้วยคำสั่ง ruam rollup แล้วส่งด้วยตนเอง",
        ),
        (_who(bureau, reading),),
        todo="โปรดพิจารณาว่าควรแจ้งแก้ไขต่อส่วนกลางหรือไม่",
    )
    return notice(bureau, circular.slug, f"{message.sha256[:16]}-late", content)


def _conflict_notice(bureau: Bureau, circular: Circular, message: Inboxed, conflicts: Sequence[Disagreement]) -> Letter:
    """Both answers are kept and the newest counts; only a person can find out which is right."""
    content = Notice(
        f"ข้อมูลที่อำเภอและ อปท. ตอบไม่ตรงกัน: {circular.wording.subject}",
        (
            "มีรายงานฉบับใหม่ที่ตอบต่างจากที่ผู้รายงานอีกรายเคยแจ้งไว้ ระบบเก็บไว้ทั้งสองค่าและใช้ค่าล่าสุดในรายงาน",
            "หากเห็นว่าค่าล่าสุดไม่ถูกต้อง โปรดโทรศัพท์สอบถามหน่วยงาน แล้วให้ส่งแบบที่แก้ไขแล้วเข้ามาใหม่",
        ),
        tuple(staff_lines(bureau, circular, conflicts)),
        todo="โปรดตรวจสอบว่าค่าล่าสุดถูกต้องหรือไม่",
    )
    return notice(bureau, circular.slug, f"{message.sha256[:16]}-conflict", content)


def _nothing_could_be_read(reading: Reading) -> bool:
    """Files came, yet in none of them a table of the form was found; or the mail itself could not be fetched or read whole."""
    return (
        (bool(reading.files) or _not_opened(reading))
        and reading.outcome is Outcome.REJECTED
        and reading.mail is not None
        and reading.mail.kind is not MailKind.REPORT
    )


def _not_opened(reading: Reading) -> bool:
    """Whether something in the mail defied opening, as against a picture or another form: a person had better look."""
    return any(found.code in NOT_OPENED for found in reading.findings)


def _circular_of(bureau: Bureau, reading: Reading, now: datetime.datetime) -> Circular | None:
    """The circular the mail is about; where only one is open, a mail that names none is about that one."""
    if reading.circular:
        return bureau.circulars.get(reading.circular)
    return next(iter(bureau.only_open(now)), None)


def _unplaced(bureau: Bureau, reading: Reading, message: Inboxed) -> Decision:
    """A known sender, but no telling which circular is meant: a person must look."""
    content = Notice(
        "มีจดหมายที่ไม่ทราบว่าเป็นรายงานเรื่องใด",
        ("ผู้ส่งอยู่ในทะเบียน แต่จดหมายไม่ได้ระบุหนังสือเวียนและไม่มีแบบรายงานที่ระบบรู้จัก จึงยังไม่ได้บันทึก",),
        (_who(bureau, reading),),
        template="held",
        todo="โปรดเปิดดูและติดต่อผู้ส่ง",
    )
    letter = notice(bureau, "", message.sha256[:16], content)
    return Decision(
        MessageState.HELD, "unplaced", "ไม่ทราบว่าเป็นรายงานเรื่องใด", letters=(letter,), findings=reading.findings
    )


def _too_large(reading: Reading, message: Inboxed) -> Reading:
    why = f"จดหมายทั้งฉบับมีขนาดเกินกำหนด ({message.size / 2**20:.0f} เมกะไบต์)"
    found = finding(Code.FILE_TOO_LARGE, Place(), why=why)
    return Reading(
        circular=reading.circular,
        reporter=reading.reporter,
        known=reading.known,
        findings=(found,),
        outcome=Outcome.REJECTED,
        mail=reading.mail,
    )


def _recorded(reading: Reading, message: Inboxed) -> tuple[Recorded, ...]:
    """The standing answers of a reading as the books will hold them."""
    mail = reading.mail
    return tuple(
        Recorded(
            a.organisation,
            a.question,
            a.value,
            message.id,
            mail.sender if mail else "",
            message.received,
            mail.subject if mail else "",
            a.place,
            reading.reporter or "",
        )
        for a in reading.standing()
    )


def _merged(known: tuple[Recorded, ...], new: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """The circular's answers as they will be once the new ones are recorded: the newest mail wins."""
    cells = {(r.organisation, r.question) for r in new}
    return (*(r for r in known if (r.organisation, r.question) not in cells), *new)


def _who(bureau: Bureau, reading: Reading) -> str:
    return who(bureau, reading.mail) if reading.mail else ""
