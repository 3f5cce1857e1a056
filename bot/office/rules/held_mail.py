"""Mails that nobody stands behind: kept, not recorded, and put to staff. Pure.

Staff are asked once for each mail, at most ``ASKED_PER_HOUR`` times an hour; what comes beyond that, and mails that name no
circular, wait in the digest. Nothing is ever sent to whom is not believed.
"""

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, Quote, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.address_mark import AddressStanding
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.outcomes import BY_MACHINE, DOUBTED, REFUSED, UNKNOWN
from bot.office.model.received_mail import MessageState
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.occasions import HELD
from bot.office.rules.sender_trust import Ground, alike, claimed
from parsers.reading import Reporter

ASKED_PER_HOUR = 10  # more questions nobody answers; whoever floods the office must not flood its staff
WHY = {
    UNKNOWN: "ที่อยู่ผู้ส่งไม่อยู่ในทะเบียน",
    DOUBTED: "เครื่องรับอีเมลแจ้งว่าจดหมายนี้อาจไม่ได้ส่งจากเจ้าของที่อยู่",
    REFUSED: "เจ้าหน้าที่เคยไม่รับจดหมายจากที่อยู่นี้",
    BY_MACHINE: "จดหมายมีเครื่องหมายว่าโปรแกรมเป็นผู้ส่ง",
}
_SEVERAL = "มีจดหมายที่ช่องผู้ส่งมีหลายที่อยู่"
HEADLINES = {
    UNKNOWN: "มีรายงานจากที่อยู่ที่ไม่อยู่ในทะเบียน",
    DOUBTED: "มีจดหมายที่อาจไม่ได้ส่งจากเจ้าของที่อยู่",
    REFUSED: "มีจดหมายจากที่อยู่ที่เคยไม่รับ",
    BY_MACHINE: "มีไฟล์ในจดหมายที่โปรแกรมเป็นผู้ส่ง",
}


def hold(case: Case, outcome: str = "") -> Decision:
    """Keep a mail that is not believed, or not sure to be a person's, and ask staff where there is something to ask."""
    facts, mark = case.facts, case.facts.mark
    known = case.of_somebody or _is_chief(case.bureau, case.mail.sender)
    refused = mark is not None and mark.standing is AddressStanding.REFUSED and not known
    outcome = outcome or (DOUBTED if case.of_somebody else REFUSED if refused else UNKNOWN)
    about_us = case.reading.circular is not None or bool(facts.answered) or case.of_department
    worth = known or (about_us and not refused)
    return Decision(
        MessageState.HELD,
        outcome,
        f"{_why(case, outcome)} ข้อความ: {said_in(case.mail)}",
        circular=case.reading.circular or "",
        reporter=claimed(case.bureau, case.reading),
        findings=case.reading.findings,
        letters=told_within_the_hour(case, _question(case, outcome)) if worth else (),
    )


def doubt_of(case: Case) -> str:
    """Why a mail's sender is doubted, in Thai: From names several, or the receiving server speaks against it."""
    if named := case.mail.named:
        return f"ช่องผู้ส่งของจดหมายมีหลายที่อยู่ ({', '.join(named)}) จึงไม่ทราบว่าใครเป็นผู้ส่ง"
    return WHY[DOUBTED]


def _why(case: Case, outcome: str) -> str:
    return doubt_of(case) if outcome == DOUBTED else WHY[outcome]


def _is_chief(bureau: Bureau, address: str) -> bool:
    """Whether the roster names an address as that of a district's chief, who reports nothing but is nobody unknown."""
    return any(contact.chief.casefold() == address for contact in bureau.roster.contacts if contact.chief)


def unbelieved(case: Case) -> Decision | None:
    """A mail that nobody stands behind."""
    return hold(case) if case.ground is Ground.NOTHING else None


def told_within_the_hour(case: Case, letter: Letter) -> tuple[Letter, ...]:
    """The letter itself, or once in an hour word that there are too many of them."""
    if case.facts.asked < ASKED_PER_HOUR:
        return (letter,)
    content = Notice(
        "มีจดหมายที่ยืนยันผู้ส่งไม่ได้เป็นจำนวนมาก",
        (
            f"ในหนึ่งชั่วโมงที่ผ่านมามีจดหมายเช่นนี้มากกว่า {ASKED_PER_HOUR} ฉบับ ระบบเก็บไว้โดยไม่บันทึก และจะรวมแจ้งในสรุปประจำวันแทน",
            "หากเป็นจดหมายก่อกวน โปรดแจ้งผู้ดูแลระบบอีเมล",
        ),
        todo="โปรดดูรายการในสรุปประจำวัน",
    )
    return (notice(case.bureau, "", f"flood-{case.now.astimezone(BANGKOK):%Y-%m-%d-%H}", content),)


def _question(case: Case, outcome: str) -> Letter:
    bureau, mail, reading = case.bureau, case.mail, case.reading
    reporter = bureau.roster.by_key.get(claimed(bureau, reading))
    about = bureau.circulars.get(reading.circular or "")
    headline = HEADLINES[outcome]
    if outcome == UNKNOWN and case.in_words:
        headline = "มีข้อความจากที่อยู่ที่ไม่อยู่ในทะเบียน"
    elif outcome == DOUBTED and mail.named:
        headline = _SEVERAL
    said = " ".join(
        (
            f"จดหมายอ้างถึง{about.wording.subject}" if about else "จดหมายไม่ได้ระบุหนังสือเวียน",
            *((f"ในนาม{reporter.name}",) if reporter else ()),
            f"แต่{_why(case, outcome)} ระบบจึงเก็บไว้ก่อน ยังไม่ได้บันทึก และยังไม่ได้ตอบผู้ส่ง",
        )
    )
    content = Notice(
        f"{headline} ยังไม่ได้บันทึก ({mail.sender})",
        (said, *_warnings(case, doubted=case.disowned and outcome != DOUBTED)),
        tuple(f"ไฟล์แนบ {as_written(file.name)}" for file in reading.files[:5]),
        template="held",
        choices=_choices(reporter, outcome),
        quotes=(Quote(who(bureau, mail), said_in(mail)),),
    )
    return notice(bureau, reading.circular or "", case.key + HELD, content)


def _warnings(case: Case, *, doubted: bool) -> tuple[str, ...]:
    mail = case.mail
    near = alike(case.bureau, mail.sender, mail.sender_name, [mark.address for mark in case.facts.accepted])
    said = [f"โปรดระวัง: {doubt_of(case)}"] if doubted else []
    if near:
        said.append(f"โปรดระวัง: ที่อยู่ผู้ส่งคือ {mail.sender} ซึ่งคล้ายกับ {near} แต่ไม่ใช่ที่อยู่เดียวกัน")
    return tuple(said)


def _choices(reporter: Reporter | None, outcome: str) -> tuple[tuple[str, str], ...]:
    once = ("รับ", "รับจดหมายฉบับนี้ฉบับเดียว ระบบจะอ่าน บันทึก และตอบรับผู้ส่ง")
    never = ("ไม่รับ", "ไม่บันทึก และไม่ตอบผู้ส่ง")
    if outcome != UNKNOWN:
        return (once, never)
    if reporter:
        always = ("รับเสมอ", f"รับฉบับนี้ และครั้งต่อไปให้ถือว่าที่อยู่นี้รายงานแทน{reporter.name}ได้โดยไม่ต้องถาม")
    else:
        always = ("รับเสมอ ตามด้วยชื่ออำเภอหรือหน่วยงาน", "รับฉบับนี้ และครั้งต่อไปให้ถือว่าที่อยู่นี้รายงานแทนหน่วยงานนั้นได้โดยไม่ต้องถาม")
    return (once, always, never)
