"""What a reporter passes on that is another's: kept, told to its sender, and put to staff. Pure.

A reporter's word never writes another's figures. A mail whose rows are all one other reporter's is held as passed on for that
one; staff let it in with รับ, and then it is read and recorded as that reporter's, who hears of it. Whose address stands inside
a forwarded mail proves nothing, since whoever passes it on can type it: staff decide by whom they know. What staff themselves
pass on counts at once, and everybody in whose name it counts is told.
"""

import dataclasses
from collections.abc import Sequence

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, LetterKind, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.letters.receipt_and_correction import Received, answer_letter, copy_of, salutation
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.outcomes import PASSED_ON
from bot.office.model.received_mail import KeptMail, MessageState
from bot.office.model.recorded_answer import Recorded
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.held_mail import told_within_the_hour
from bot.office.rules.occasions import HELD
from bot.office.rules.reply_address import answered_at
from bot.office.rules.sender_trust import addresses_of, reporter_at
from parsers.findings import Code, Severity
from parsers.reading import MACHINE_MADE, Outcome, Reading, Reporter

_SOMEBODY = "เจ้าหน้าที่ผู้ส่งรายงาน"
_CHOICES = (
    ("รับ", "อ่านและบันทึกเป็นข้อมูลของ{name} และแจ้ง{name}ว่าใครส่งต่อมา"),
    ("ไม่รับ", "ไม่บันทึก และแจ้งผู้ที่ส่งต่อมา"),
)


def passed_on(case: Case) -> Decision | None:
    """A believed reporter's mail in which every row is one other reporter's."""
    circular, passer = case.circular, case.bureau.roster.by_key.get(case.reading.reporter or "")
    owner = _owner(case)
    if circular is None or passer is None or owner is None or case.message.vouched_by:
        return None
    return Decision(
        MessageState.HELD,
        PASSED_ON,
        f"{passer.name}ส่งข้อมูลของ{owner.name}ต่อมา ข้อความ: {said_in(case.mail)}",
        circular=circular.slug,
        reporter=owner.key,
        findings=case.reading.findings,
        letters=(
            *_to_passer(case, circular, owner),
            *told_within_the_hour(case, _to_staff(case, circular, passer, owner)),
        ),
    )


def strange_rows(reading: Reading) -> frozenset[str]:
    """Codes of the organisations with an answered row that are not the reporter's for whom the mail was read."""
    return frozenset(
        found.organisation
        for found in reading.findings
        if found.code is Code.ORGANISATION_NOT_YOURS and found.organisation
    )


def _owner(case: Case) -> Reporter | None:
    """The one other reporter whose all rows of the mail are; None where rows are the sender's own, or of several."""
    codes = strange_rows(case.reading)
    if not codes or case.reading.answers or not case.reading.known or case.mail.kind in MACHINE_MADE:
        return None
    owners = [each.reporter for each in case.bureau.roster.contacts if codes <= set(each.reporter.organisations)]
    return next((each for each in owners if each.key != case.reading.reporter), None)


def _to_passer(case: Case, circular: Circular, owner: Reporter) -> tuple[Letter, ...]:
    """What whoever passed a mail on hears at once: that it is kept."""
    to = answered_at(case)
    if not to:
        return ()
    return (
        Letter(
            kind=LetterKind.RECEIPT,
            circular=circular.slug,
            addressee=case.reading.reporter or case.mail.sender,
            occasion=case.key,
            to=to,
            subject=f"ได้รับข้อมูลของ{owner.name}แล้ว ยังไม่ได้บันทึก: {circular.wording.subject}",
            template="passed_on",
            view={
                "salutation": salutation(case.bureau, case.reading),
                "circular": circular,
                "sender": case.mail.sender,
                "owner": owner.name,
                "what": "kept",
                "names": [file.name for file in case.reading.files],
            },
            in_reply_to=case.mail.message_id,
            references=case.mail.references,
        ),
    )


def _to_staff(case: Case, circular: Circular, passer: Reporter, owner: Reporter) -> Letter:
    """The question, with what the owner has reported itself, since it would be replaced."""
    own = [one for one in case.facts.answers if one.organisation in strange_rows(case.reading)]
    newest = max(own, key=lambda one: one.received, default=None)
    content = Notice(
        f"{passer.name}ส่งข้อมูลของ{owner.name}ต่อมา ยังไม่ได้บันทึก",
        (
            (
                f"จดหมายจาก {case.mail.sender} มีข้อมูลของ{owner.name}ใน{circular.wording.subject} "
                "ระบบจึงเก็บไว้ก่อน และแจ้งผู้ส่งว่าเจ้าหน้าที่จะพิจารณา"
            ),
            *((_replaces(case.bureau, newest),) if newest else ()),
        ),
        tuple(f"ไฟล์แนบ {as_written(file.name)}" for file in case.reading.files[:5]),
        template="held",
        choices=tuple((word, effect.format(name=owner.name)) for word, effect in _CHOICES),
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    return notice(case.bureau, circular.slug, case.key + HELD, content)


def _replaces(bureau: Bureau, newest: Recorded) -> str:
    return (
        f"โปรดระวัง: มีข้อมูลของหน่วยงานเหล่านี้อยู่แล้ว ล่าสุดจาก {newest.sender} เมื่อวันที่ {bureau.moment(newest.received)} "
        "หากรับ ข้อมูลที่ส่งต่อมาจะใช้แทน โปรดตรวจว่าไม่ใช่ข้อมูลเก่ากว่า"
    )


# --- what is said when it is settled, and of rows beside others -------------------------------------------------------


def told_of_settlement(case: Case, kept: KeptMail, reporter: str, *, accepted: bool) -> tuple[Letter, ...]:
    """Word to who passed on a mail that staff let in as ``reporter``'s (a key), or leave out."""
    bureau = case.bureau
    circular, owner = bureau.circulars.get(kept.circular), bureau.roster.by_key.get(reporter)
    if circular is None or owner is None:
        return ()
    passer = reporter_at(bureau, kept.sender)
    did = "บันทึก" if accepted else "ไม่รับ"
    return (
        Letter(
            kind=LetterKind.WORD,
            circular=circular.slug,
            addressee=passer.key if passer else kept.sender,
            occasion=f"{case.key}-passed",
            to=(kept.sender,),
            subject=f"เจ้าหน้าที่{did}ข้อมูลของ{owner.name}ที่ท่านส่งต่อมา: {circular.wording.subject}",
            template="passed_on",
            view={
                "salutation": bureau.roster.contact_for(passer.key).salutation if passer else _SOMEBODY,
                "circular": circular,
                "sender": kept.sender,
                "owner": owner.name,
                "what": "accepted" if accepted else "refused",
                "names": [],
            },
        ),
    )


def rows_of_others(case: Case, circular: Circular) -> tuple[Letter, ...]:
    """Word to staff that a mail held rows of others beside its sender's own, which alone count."""
    codes = strange_rows(case.reading)
    if not codes or not case.reading.known:
        return ()
    names = [one.printed_name for one in case.bureau.roster.organisations if one.code in codes]
    content = Notice(
        f"มีแถวของหน่วยงานอื่นในรายงาน: {circular.wording.subject}",
        (
            "ระบบบันทึกเฉพาะแถวของผู้ส่ง และแจ้งผู้ส่งแล้ว แถวต่อไปนี้ยังไม่ได้บันทึก",
            "หากต้องการให้นับ โปรดส่งต่อจดหมายฉบับนั้นพร้อมไฟล์มาที่ระบบ ระบบจะบันทึกให้ทุกแถว และแจ้งเจ้าของข้อมูลแต่ละราย",
        ),
        tuple(names),
        todo="โปรดพิจารณาว่าจะส่งต่อจดหมายฉบับนั้นเพื่อบันทึกหรือไม่",
        quotes=(Quote(who(case.bureau, case.mail), said_in(case.mail)),),
    )
    return told_within_the_hour(case, notice(case.bureau, circular.slug, f"{case.key}-others{HELD}", content))


def owners_told(case: Case, circular: Circular, received: Received, known: Sequence[Recorded]) -> tuple[Letter, ...]:
    """The receipt to each reporter whose rows staff passed on in a mail that names no reporter; of its own rows only."""
    if case.reading.reporter or not case.by_staff:
        return ()
    codes = {answer.organisation for answer in case.reading.standing()}
    letters = []
    for contact in case.bureau.roster.contacts:
        own = codes & set(contact.reporter.organisations)
        to = addresses_of(case.bureau, contact.reporter.key, case.facts.accepted)
        if own and to:
            theirs = dataclasses.replace(received, reading=_part(received.reading, contact.reporter), copies=False)
            letter = answer_letter(case.bureau, circular, theirs, known)
            letters.append(dataclasses.replace(copy_of(letter, to), occasion=f"{case.key}-{contact.reporter.key}"))
    return tuple(letters)


def _part(reading: Reading, owner: Reporter) -> Reading:
    """What a reading says of one reporter's organisations."""
    own = set(owner.organisations)
    findings = tuple(one for one in reading.findings if one.organisation in own)
    wrong = any(one.severity is Severity.ERROR for one in findings)
    return dataclasses.replace(
        reading,
        reporter=owner.key,
        known=True,
        answers=tuple(one for one in reading.answers if one.organisation in own),
        findings=findings,
        misfits=tuple(one for one in reading.misfits if one.organisation in own),
        outcome=Outcome.PARTLY if wrong else Outcome.ACCEPTED,
    )
