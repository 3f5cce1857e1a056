"""What to do about a reading, as data. Pure: the books' facts and the time are arguments.

The order of the rules is the order of the functions below: unreadable, machine-made, seen before, staff, known reporter,
stranger. Every path ends in a Decision; "nothing to do" is one too, so that no mail is looked at twice.
"""

import datetime
from collections.abc import Sequence

from bot.office.answering import Received, answer_letter
from bot.office.briefing import Notice, notice
from bot.office.bureau import Bureau
from bot.office.circular import BANGKOK, Circular
from bot.office.commands import Command, command_in
from bot.office.conflicts import contradicted, sender_lines, staff_lines
from bot.office.decision import Decision, Facts
from bot.office.dispatch import approve
from bot.office.letters import Letter
from bot.office.records import Disagreement, Inboxed, MessageState, Recorded
from bot.office.rollup import owed_by
from parsers.findings import Code, Place, finding
from parsers.reading import Mail, MailKind, Outcome, Reading

MACHINE_MADE = frozenset({MailKind.AUTO_REPLY, MailKind.BOUNCE, MailKind.LIST, MailKind.OWN})


def decide(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed, now: datetime.datetime) -> Decision:
    """The decision about one received mail. ``facts`` are those of the circular that the reading names."""
    mail = reading.mail
    if mail is None or not mail.sender:
        return Decision(MessageState.UNREADABLE, "no-sender", "อ่านหัวจดหมายไม่ได้ จึงไม่ทราบว่าใครส่ง")
    reported = mail.kind is MailKind.LIST and reading.known and bool(reading.standing())
    if (mail.kind in MACHINE_MADE and not reported) or bureau.office.is_own(mail.sender):
        return Decision(MessageState.DECIDED, mail.kind.value)
    if facts.seen_before:
        return Decision(MessageState.DECIDED, "duplicate")
    from_staff = mail.sender in bureau.office.staff
    bare = reading.outcome is Outcome.REJECTED and not reading.files and not message.oversize
    if from_staff and (command_in(mail.text) or (bare and not reading.known)):
        return _from_staff(bureau, mail, facts, message, now)
    if reading.known or from_staff:
        return _from_reporter(bureau, reading, facts, message, now)
    return _from_stranger(bureau, reading, message)


def _from_staff(bureau: Bureau, mail: Mail, facts: Facts, message: Inboxed, now: datetime.datetime) -> Decision:
    if command_in(mail.text) is Command.APPROVE:
        return approve(bureau, mail, facts, message.sha256[:16], now)
    if not any(letter.kind in {"draft", "digest"} for letter in facts.answered):
        return Decision(MessageState.DECIDED, "nothing-to-do")
    content = Notice(
        "ระบบไม่เข้าใจคำตอบของท่าน",
        ("หากเห็นชอบให้ส่งรายงาน โปรดตอบกลับจดหมายร่างรายงานด้วยคำว่า อนุมัติ เพียงคำเดียวในบรรทัดแรก",),
    )
    letter = notice(bureau, _slug(facts), message.sha256[:16], content, mail)
    return Decision(MessageState.DECIDED, "not-understood", letters=(letter,))


def _slug(facts: Facts) -> str:
    return next((letter.circular for letter in facts.answered if letter.circular), "")


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
    if not new and not reading.files and not message.oversize and _owes_nothing(bureau, circular, reading, known):
        return Decision(MessageState.DECIDED, "nothing-to-do", circular=circular.slug, reporter=reading.reporter or "")
    letter = answer_letter(bureau, circular, received, known)
    told = [_conflict_notice(bureau, circular, message, conflicts)] if conflicts else []
    if _too_late(facts, new):
        told.append(_late_notice(bureau, circular, reading, message))
    unreadable = _nothing_could_be_read(reading)
    return Decision(
        state=MessageState.UNREADABLE if unreadable else MessageState.DECIDED,
        outcome="unreadable" if unreadable else reading.outcome.value,
        why=next((found.message for found in reading.findings), "") if unreadable else "",
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
        (_who(reading),),
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
    )
    return notice(bureau, circular.slug, f"{message.sha256[:16]}-conflict", content)


def _nothing_could_be_read(reading: Reading) -> bool:
    """Files came, yet in none of them a table of the form was found; or the mail itself was too large to fetch."""
    tried = bool(reading.files) or any(found.code is Code.FILE_TOO_LARGE for found in reading.findings)
    return (
        tried
        and reading.outcome is Outcome.REJECTED
        and reading.mail is not None
        and reading.mail.kind is not MailKind.REPORT
    )


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
        (_who(reading),),
        template="held",
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


def _from_stranger(bureau: Bureau, reading: Reading, message: Inboxed) -> Decision:
    """Nothing is recorded from an unknown address; staff hear of it, at once when it carries a report."""
    why = "ที่อยู่ผู้ส่งไม่อยู่ในทะเบียน"
    held = Decision(
        MessageState.HELD, "unknown-sender", why, circular=reading.circular or "", findings=reading.findings
    )
    if reading.circular is None:
        return held
    reporter = bureau.roster.by_key.get(reading.reporter or "")
    content = Notice(
        "มีรายงานจากที่อยู่ที่ไม่อยู่ในทะเบียน ยังไม่ได้บันทึก",
        (
            f"จดหมายอ้างถึง{bureau.circulars[reading.circular].wording.subject}"
            + (f" ในนาม{reporter.name}" if reporter else "")
            + " หากเป็นผู้ส่งที่ถูกต้อง โปรดเพิ่มที่อยู่ในทะเบียนแล้วขอให้ส่งใหม่",
        ),
        (_who(reading),),
        template="held",
    )
    letter = notice(bureau, reading.circular, message.sha256[:16], content)
    return Decision(held.state, held.outcome, why, circular=held.circular, findings=held.findings, letters=(letter,))


def _who(reading: Reading) -> str:
    mail = reading.mail
    if mail is None:
        return ""
    when = f" {mail.date.astimezone(BANGKOK):%d/%m/%Y %H:%M}" if mail.date else ""
    return f"{mail.sender_name} <{mail.sender}>{when} เรื่อง {mail.subject}".strip()
