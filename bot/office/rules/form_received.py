"""What a report brings about: what stands is recorded, what was read is answered, people are told what needs them. Pure."""

from collections.abc import Sequence

from bot.office.decision import Decision
from bot.office.letters.disagreements import contradicted, replaced_lines, sender_lines, staff_lines
from bot.office.letters.letter import Letter, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.letters.queries_and_explanations import query_lines
from bot.office.letters.receipt_and_correction import Late, Received, answer_letter, copy_of
from bot.office.model.bureau import OPEN_AFTER, Bureau
from bot.office.model.circular import Circular
from bot.office.model.received_mail import Inboxed, MessageState
from bot.office.model.recorded_answer import Disagreement, Recorded
from bot.office.model.report_draft import last_sent
from bot.office.model.written_sums import sums_said
from bot.office.plan.words_to_staff import said_in, waiting, who
from bot.office.rules.case import Case
from bot.office.rules.exempt_rows import without_exempt
from bot.office.rules.explanations import Asked, asked, asked_of
from bot.office.rules.mail_put_aside import put_aside_notice
from bot.office.rules.passed_on import owners_told, rows_of_others
from bot.office.rules.reply_address import answered_at, may_have_copies, told_besides, was_passed_on
from bot.office.rules.sender_trust import reporter_at
from parsers.findings import Code, Place, finding
from parsers.form.form import SUM
from parsers.reading import Answer, MailKind, Outcome, Reading


def report(case: Case) -> Decision:
    """Record what stands, answer what was read; a mail of which nothing could be opened is unreadable."""
    circular = case.circular
    if circular is None:
        return _unplaced(case)
    message = case.message
    reading = without_exempt(circular, case.reading)
    reading = _too_large(reading, message) if message.oversize else reading
    said = (*reading.standing(), *sums_said(reading))
    new = _recorded(said, case)
    conflicts = contradicted(case.facts.answers, new)
    queried = asked(case, circular, _merged(case.facts.answers, new))
    reading = asked_of(case, circular, reading, queried)
    late = _late(case, circular, new)
    letters = _answers(case, circular, reading, queried, (conflicts, late))
    told = [_conflict_notice(case.bureau, circular, message, conflicts)] if conflicts else []
    told += rows_of_others(case, circular)
    if late is Late.OVER:
        told.append(_late_notice(case, circular))
    unreadable = _nothing_could_be_read(case, reading)
    why = next((found.message for found in reading.findings), "") if unreadable else ""
    if unreadable and case.not_opened:
        told.append(put_aside_notice(case.bureau, reading.mail, why, case.now))
    return Decision(
        state=MessageState.UNREADABLE if unreadable else MessageState.DECIDED,
        outcome="unreadable" if unreadable else reading.outcome.value,
        # Of what changes a report that went, the sender's own words are kept: they may say why.
        why=why or ("" if letters and (late is Late.NO or not case.mail.text.strip()) else said_in(case.mail)),
        circular=circular.slug,
        reporter=reading.reporter or "",
        as_of=reading.as_of,
        answers=said,
        remarks=reading.remarks,
        explanations=queried.explanations,
        findings=reading.findings,
        letters=(*letters, *told),
        ledger=() if letters else (waiting(message.id, case.mail.sender, case.now),),
    )


def _answers(
    case: Case,
    circular: Circular,
    reading: Reading,
    queried: Asked,
    besides_it: tuple[Sequence[Disagreement], Late],
) -> tuple[Letter, ...]:
    """The answer, and the same to those in whose name something was recorded from elsewhere; none to whom nobody knows."""
    conflicts, late = besides_it
    said = tuple(sender_lines(case.bureau, circular, conflicts))
    to, besides = answered_at(case), told_besides(case) if reading.standing() else ()
    lines = tuple(query_lines(case.bureau, queried.explained))
    received = Received(
        case.key,
        case.message.received,
        reading,
        to or besides,
        said,
        lines,
        may_have_copies(case),
        late,
        case.message.id,
        *_passed(case, circular, reading),
    )
    letter = answer_letter(case.bureau, circular, received, queried.known)
    copies = (copy_of(letter, besides),) if besides else owners_told(case, circular, received, queried.known)
    return (letter, *copies) if to else copies


def _passed(case: Case, circular: Circular, reading: Reading) -> tuple[tuple[str, ...], str]:
    """Of a mail that somebody passed on: what the reporter itself had answered otherwise, as lines, and by whom it came."""
    passer = reporter_at(case.bureau, case.mail.sender)
    if passer is None or not was_passed_on(case):
        return (), ""
    return tuple(
        replaced_lines(case.bureau, circular, case.facts.answers, _recorded(reading.standing(), case))
    ), passer.name


def _late(case: Case, circular: Circular, new: Sequence[Recorded]) -> Late:
    """Whether figures change that the department already has, and what becomes of them."""
    before = {(r.organisation, r.question): r.value for r in case.facts.answers}
    figures = (r for r in new if not r.question.startswith(SUM))
    changed = any(before.get((r.organisation, r.question)) != r.value for r in figures)
    if not changed or last_sent(case.facts.drafts) is None:
        return Late.NO
    return Late.OVER if case.now > circular.deadlines.department + OPEN_AFTER else Late.AMENDS


def _late_notice(case: Case, circular: Circular) -> Letter:
    content = Notice(
        f"มีข้อมูลเข้ามาหลังปิดเรื่องแล้ว: {circular.wording.subject}",
        (
            "ระบบบันทึกข้อมูลที่ส่งมาใหม่ไว้แล้ว และแจ้งผู้ส่งว่าได้รับเมื่อพ้นกำหนด แต่จะไม่จัดทำรายงานแก้ไขเพิ่มเติมเอง",
            "หากเห็นว่าควรแจ้งแก้ไข โปรดสร้างรายงานฉบับปัจจุบันด้วยคำสั่ง ruam rollup แล้วส่งด้วยตนเอง",
        ),
        todo="โปรดพิจารณาว่าควรแจ้งแก้ไขต่อส่วนกลางหรือไม่",
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    return notice(case.bureau, circular.slug, f"{case.key}-late", content)


def _conflict_notice(bureau: Bureau, circular: Circular, message: Inboxed, conflicts: Sequence[Disagreement]) -> Letter:
    """Both answers are kept and the newest counts; only a person can find out which is right."""
    content = Notice(
        f"ข้อมูลที่ผู้รายงานตอบไม่ตรงกัน: {circular.wording.subject}",
        (
            "มีรายงานฉบับใหม่ที่ตอบต่างจากที่ผู้รายงานอีกรายเคยแจ้งไว้ ระบบเก็บไว้ทั้งสองค่าและใช้ค่าล่าสุดในรายงาน",
            "หากเห็นว่าค่าล่าสุดไม่ถูกต้อง โปรดโทรศัพท์สอบถามหน่วยงาน แล้วให้ส่งแบบที่แก้ไขแล้วเข้ามาใหม่",
        ),
        tuple(staff_lines(bureau, circular, conflicts)),
        todo="โปรดตรวจสอบว่าค่าล่าสุดถูกต้องหรือไม่",
    )
    return notice(bureau, circular.slug, f"{message.sha256[:16]}-conflict", content)


def _nothing_could_be_read(case: Case, reading: Reading) -> bool:
    """Files came, yet in none of them a table of the form was found; or the mail itself could not be fetched or read whole."""
    tried = bool(reading.files) or case.not_opened
    return tried and reading.outcome is Outcome.REJECTED and case.mail.kind is not MailKind.REPORT


def _unplaced(case: Case) -> Decision:
    """A known sender, but no telling which circular is meant: a person must look."""
    content = Notice(
        "มีจดหมายที่ไม่ทราบว่าเป็นรายงานเรื่องใด",
        ("ผู้ส่งอยู่ในทะเบียน แต่จดหมายไม่ได้ระบุหนังสือเวียนและไม่มีแบบรายงานที่ระบบรู้จัก จึงยังไม่ได้บันทึก",),
        (*(f"ไฟล์แนบ {as_written(file.name)}" for file in case.reading.files[:5]),),
        template="held",
        todo="โปรดเปิดดูและติดต่อผู้ส่ง",
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    letter = notice(case.bureau, "", case.key, content)
    why = f"ไม่ทราบว่าเป็นรายงานเรื่องใด ข้อความ: {said_in(case.mail)}"
    return Decision(MessageState.HELD, "unplaced", why, letters=(letter,), findings=case.reading.findings)


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


def _recorded(answers: Sequence[Answer], case: Case) -> tuple[Recorded, ...]:
    """The standing answers of a mail as the books will hold them, with the reason given before for the same value."""
    mail, message, facts = case.reading.mail, case.message, case.facts
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
            case.reading.reporter or "",
            a.evidence,
            facts.reasons.get((a.organisation, a.question, a.value), ""),
            facts.last.get((a.organisation, a.question)),
        )
        for a in answers
    )


def _merged(known: tuple[Recorded, ...], new: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """The circular's answers as they will be once the new ones are recorded: the newest mail wins."""
    cells = {(r.organisation, r.question) for r in new}
    return (*(r for r in known if (r.organisation, r.question) not in cells), *new)
