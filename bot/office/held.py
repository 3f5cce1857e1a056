"""Mails that nobody stands behind: kept, not recorded, and put to staff; and what staff answer. Pure.

Staff are asked once for each mail, at most ``ASKED_PER_HOUR`` times an hour; what comes beyond that, and mails that name no
circular, wait in the digest. Nothing is ever sent to whom is not believed.
"""

import datetime

from bot.office.briefing import Notice, notice
from bot.office.bureau import Bureau
from bot.office.circular import BANGKOK
from bot.office.commands import SETTLING, Command, order_in, plain
from bot.office.decision import Decision, Facts
from bot.office.letters import Letter
from bot.office.records import AddressMark, AddressStanding, Inboxed, KeptMail, MessageState, Settlement, Verdict
from bot.office.trust import alike, claimed, in_roster, is_known
from parsers.reading import Mail, Reading, Reporter

ASKED_PER_HOUR = 10
HELD, IMPOSTOR = "-held", "-impostor"  # ends of the occasions of the two questions to staff
UNKNOWN, DOUBTED, REFUSED = "unknown-sender", "not-vouched-for", "refused-sender"
SETTLEABLE = frozenset({UNKNOWN, DOUBTED, REFUSED})  # outcomes of held mails that a word of staff lets in
WHY = {
    UNKNOWN: "ที่อยู่ผู้ส่งไม่อยู่ในทะเบียน",
    DOUBTED: "เครื่องรับอีเมลแจ้งว่าจดหมายนี้อาจไม่ได้ส่งจากเจ้าของที่อยู่",
    REFUSED: "เจ้าหน้าที่เคยไม่รับจดหมายจากที่อยู่นี้",
}


def hold(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed, now: datetime.datetime) -> Decision:
    """Keep a mail that is not believed, and ask staff where there is something to ask."""
    sender = reading.mail.sender if reading.mail else ""
    known = reading.known or is_known(bureau, sender, facts.mark)
    refused = facts.mark is not None and facts.mark.standing is AddressStanding.REFUSED and not known
    outcome = DOUBTED if known else REFUSED if refused else UNKNOWN
    worth = known or (reading.circular is not None and not refused)
    return Decision(
        MessageState.HELD,
        outcome,
        WHY[outcome],
        circular=reading.circular or "",
        reporter=claimed(bureau, reading),
        findings=reading.findings,
        letters=_told(bureau, facts, _question(bureau, reading, outcome, facts, message), now) if worth else (),
    )


def impostor(bureau: Bureau, mail: Mail, facts: Facts, message: Inboxed, now: datetime.datetime) -> Decision:
    """A command from somebody who has no say, or whom the receiving server does not believe: refused, and staff told."""
    staff = mail.sender in bureau.office.staff
    why = (
        "เครื่องรับอีเมลแจ้งว่าจดหมายนี้อาจไม่ได้ส่งจากเจ้าของที่อยู่ หากท่านเป็นผู้ส่งเอง โปรดตอบกลับใหม่จากระบบอีเมลของหน่วยงาน"
        if staff
        else "ผู้ส่งไม่ได้อยู่ในรายชื่อเจ้าหน้าที่ของสำนักงาน"
    )
    said = next(iter(mail.text.splitlines()), "")[:100]
    content = Notice(
        f"ไม่ได้ทำตามคำสั่งที่ได้รับทางอีเมล ({mail.sender})",
        (f"มีจดหมายสั่งระบบว่า “{said}” แต่{why}", "ระบบไม่ได้ดำเนินการใด และไม่ได้ตอบผู้ส่ง"),
        (who(bureau, mail),),
        todo="โปรดตรวจสอบว่าเป็นคำสั่งของท่านหรือไม่",
    )
    letter = notice(bureau, facts.slug, message.sha256[:16] + IMPOSTOR, content)
    told = _told(bureau, facts, letter, now)
    state = MessageState.DECIDED if told == (letter,) else MessageState.HELD  # held, it stands in the digest
    return Decision(state, "command-refused", why, letters=told)


def by_machine(bureau: Bureau, mail: Mail, facts: Facts) -> Decision | None:
    """An automatic answer that happens to begin with a command is none. Told once for each letter, so that it cannot echo."""
    answered = next((letter for letter in facts.answered if letter.addressee == "staff"), None)
    if answered is None or mail.sender not in bureau.office.staff or order_in(mail.text) is None:
        return None
    content = Notice(
        "ไม่ได้ทำตามคำสั่งในจดหมายตอบกลับอัตโนมัติ",
        ("จดหมายตอบกลับอัตโนมัติไม่นับเป็นคำสั่ง หากท่านต้องการสั่งจริง โปรดตอบกลับจดหมายเดิมด้วยตนเอง",),
        (who(bureau, mail),),
        todo="หากต้องการสั่งจริง โปรดตอบกลับด้วยตนเอง",
    )
    letter = notice(bureau, answered.circular, f"{answered.kind}-{answered.occasion}-machine", content)
    return Decision(MessageState.DECIDED, "command-by-machine", letters=(letter,))


def _told(bureau: Bureau, facts: Facts, letter: Letter, now: datetime.datetime) -> tuple[Letter, ...]:
    """The letter itself, or once in an hour word that there are too many of them."""
    if facts.asked < ASKED_PER_HOUR:
        return (letter,)
    content = Notice(
        "มีจดหมายที่ยืนยันผู้ส่งไม่ได้เป็นจำนวนมาก",
        (
            f"ในหนึ่งชั่วโมงที่ผ่านมามีจดหมายเช่นนี้มากกว่า {ASKED_PER_HOUR} ฉบับ ระบบเก็บไว้โดยไม่บันทึก และจะรวมแจ้งในสรุปประจำวันแทน",
            "หากเป็นจดหมายก่อกวน โปรดแจ้งผู้ดูแลระบบอีเมล",
        ),
        todo="โปรดดูรายการในสรุปประจำวัน",
    )
    return (notice(bureau, "", f"flood-{now.astimezone(BANGKOK):%Y-%m-%d-%H}", content),)


def _question(bureau: Bureau, reading: Reading, outcome: str, facts: Facts, message: Inboxed) -> Letter:
    mail = reading.mail
    if mail is None:
        raise ValueError("only a mail is asked about")
    reporter = bureau.roster.by_key.get(claimed(bureau, reading))
    about = bureau.circulars.get(reading.circular or "")
    headline = "มีรายงานจากที่อยู่ที่ไม่อยู่ในทะเบียน" if outcome == UNKNOWN else "มีจดหมายที่อาจไม่ได้ส่งจากเจ้าของที่อยู่"
    said = " ".join(
        (
            f"จดหมายอ้างถึง{about.wording.subject}" if about else "จดหมายไม่ได้ระบุหนังสือเวียน",
            *((f"ในนาม{reporter.name}",) if reporter else ()),
            f"แต่{WHY[outcome]} ระบบจึงเก็บไว้ก่อน ยังไม่ได้บันทึก และยังไม่ได้ตอบผู้ส่ง",
        )
    )
    content = Notice(
        f"{headline} ยังไม่ได้บันทึก ({mail.sender})",
        (said, *_warnings(bureau, mail, doubted=facts.verdict is Verdict.FAIL and outcome != DOUBTED)),
        (who(bureau, mail), *(f"ไฟล์แนบ {file.name}" for file in reading.files[:5])),
        template="held",
        choices=_choices(reporter, outcome),
    )
    return notice(bureau, reading.circular or "", message.sha256[:16] + HELD, content)


def _warnings(bureau: Bureau, mail: Mail, *, doubted: bool) -> tuple[str, ...]:
    near = alike(bureau, mail.sender, mail.sender_name)
    said = [f"โปรดระวัง: {WHY[DOUBTED]}"] if doubted else []
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
        always = ("รับเสมอ ตามด้วยชื่ออำเภอหรือ อปท.", "รับฉบับนี้ และครั้งต่อไปให้ถือว่าที่อยู่นี้รายงานแทนหน่วยงานนั้นได้โดยไม่ต้องถาม")
    return (once, always, never)


# --- what staff answer -----------------------------------------------------------------------------------------------


def settle(bureau: Bureau, mail: Mail, facts: Facts, occasion: str, now: datetime.datetime) -> Decision:
    """Do what a staff mail says about a held mail, or say why not. A mail that is let in is read anew on the usual road."""
    kept, order = facts.kept, order_in(mail.text)
    if order is None or order.command not in SETTLING:
        raise ValueError("the mail holds no such command")
    named = _named(bureau, order.whose)
    reporter = named or (kept.reporter if kept else "")
    reply = _Reply(bureau, mail, facts.slug, occasion)
    if kept is None:
        return reply.refused("settled-without-mail", "ไม่ทราบว่าหมายถึงจดหมายฉบับใด โปรดตอบกลับจดหมายแจ้งเรื่องนั้นโดยตรง")
    if kept.state is not MessageState.HELD:
        return reply.refused("already-settled", _settled_before(kept))
    if kept.outcome not in SETTLEABLE:
        return reply.refused("not-to-be-settled", "จดหมายฉบับนี้รับด้วยคำสั่งไม่ได้ โปรดให้ผู้ส่งตอบกลับจดหมายขอรายงานใหม่")
    if (order.whose and not named) or (order.command is Command.ACCEPT_ALWAYS and not _whose(bureau, kept, reporter)):
        return reply.refused(
            "which-reporter",
            "ไม่ทราบว่าที่อยู่นี้รายงานแทนหน่วยงานใด โปรดตอบใหม่โดยพิมพ์ชื่ออำเภอหรือ อปท. ต่อท้าย เช่น รับเสมอ อำเภอลอง",
        )
    return _settled(reply, order.command, kept, reporter, now)


class _Reply:
    """The answer to one staff mail with a command."""

    def __init__(self, bureau: Bureau, mail: Mail, circular: str, occasion: str) -> None:
        self.bureau, self.mail, self._circular, self._occasion = bureau, mail, circular, occasion

    def refused(self, outcome: str, sentence: str) -> Decision:
        """Nothing is done, and why."""
        return Decision(MessageState.DECIDED, outcome, letters=(self.letter("ไม่ได้ดำเนินการตามคำสั่ง", sentence),))

    def letter(self, headline: str, sentence: str, *items: str) -> Letter:
        """The notice to that person alone."""
        content = Notice(headline, (sentence,), items)
        return notice(self.bureau, self._circular, self._occasion, content, self.mail)


def _settled(reply: _Reply, command: Command, kept: KeptMail, reporter: str, now: datetime.datetime) -> Decision:
    """Let the mail in or leave it out for good. A refused stranger's further mails only stand in the digest."""
    bureau, by = reply.bureau, reply.mail.sender
    accepted = command is not Command.REFUSE
    theirs = in_roster(bureau, kept.sender) or kept.sender in bureau.office.staff
    standing = {Command.ACCEPT_ALWAYS: AddressStanding.ACCEPTED, Command.REFUSE: AddressStanding.REFUSED}.get(command)
    marks: tuple[AddressMark, ...] = ()
    if standing and not theirs and (accepted or kept.outcome == UNKNOWN):
        whose = reporter if accepted else ""
        marks = (AddressMark(kept.sender, standing, whose, f"mail {kept.id}", by, now),)
    known = bureau.roster.by_key.get(reporter)
    if not accepted:
        letter = reply.letter("ไม่รับจดหมายแล้ว", "ระบบจะไม่บันทึกจดหมายนี้ และไม่ตอบผู้ส่ง", _line(kept))
    else:
        always = f" และจะรับจดหมายจาก {kept.sender} แทน{known.name}โดยไม่ถามอีก" if marks and known else ""
        letter = reply.letter("รับจดหมายแล้ว", f"ระบบจะอ่านและบันทึกจดหมายนี้ แล้วตอบรับผู้ส่ง{always}", _line(kept))
    return Decision(
        MessageState.DECIDED,
        "address-accepted" if accepted and marks else "mail-accepted" if accepted else "mail-refused",
        letters=(letter,),
        marks=marks,
        settlements=(Settlement(kept.id, accepted, by, reporter if accepted else ""),),
    )


def _whose(bureau: Bureau, kept: KeptMail, reporter: str) -> bool:
    """Whether it is clear for whom the address would write from now on."""
    return reporter in bureau.roster.by_key or in_roster(bureau, kept.sender) or kept.sender in bureau.office.staff


def _settled_before(kept: KeptMail) -> str:
    if kept.vouched_by:
        return f"จดหมายฉบับนี้ {kept.vouched_by} รับไว้แล้ว จึงไม่ต้องดำเนินการอีก"
    if kept.outcome == "refused":
        return f"จดหมายฉบับนี้ไม่ได้ค้างอยู่แล้ว: {kept.why}"
    return "จดหมายฉบับนี้ดำเนินการเสร็จแล้ว จึงไม่ต้องดำเนินการอีก"


def _named(bureau: Bureau, whose: str) -> str:
    """Key of the one reporter whom staff name: by key or name, with or without อำเภอ; "" when that is nobody or several."""
    wanted = plain(whose)
    if not wanted:
        return ""
    found = set()
    for reporter in bureau.roster.reporters:
        names = {reporter.key, reporter.name, reporter.name.removeprefix("อำเภอ")}
        if len(reporter.organisations) == 1:
            organisation = bureau.roster.by_code[reporter.organisations[0]]
            names |= {organisation.official_name, organisation.short_name}
        if wanted in map(plain, names):
            found.add(reporter.key)
    return found.pop() if len(found) == 1 else ""


def _line(kept: KeptMail) -> str:
    return f"{kept.sender} เรื่อง {kept.subject}".strip()


def who(bureau: Bureau, mail: Mail) -> str:
    """A mail in one line: who wrote it, when, about what."""
    when = f" เมื่อวันที่ {bureau.moment(mail.date)}" if mail.date else ""
    return f"{mail.sender_name} <{mail.sender}>{when} เรื่อง {mail.subject}".strip()
