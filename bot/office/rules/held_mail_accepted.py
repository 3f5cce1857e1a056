"""What staff answer about held mails: let in, let in for good, left out; each once. Pure."""

from bot.office.decision import Decision
from bot.office.letters.letter import Letter, as_written
from bot.office.letters.notice import Notice, notice
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.bureau import Bureau
from bot.office.model.outcomes import AFTER_CLOSING, PASSED_ON, SETTLEABLE, UNKNOWN
from bot.office.model.received_mail import KeptMail, MessageState, Settlement
from bot.office.rules.case import Case
from bot.office.rules.commands import SETTLING, Command, plain
from bot.office.rules.passed_on import told_of_settlement
from bot.office.rules.sender_trust import in_roster
from parsers.reading import Reporter


def settle(case: Case) -> Decision | None:
    """Do what a staff mail says about a held mail, or say why not. A mail that is let in is read anew on the usual road."""
    bureau, kept, order = case.bureau, case.facts.kept, case.order
    if order is None or case.command not in SETTLING:
        return None
    named = _named(bureau, order.whose)
    reporter = named or (kept.reporter if kept else "")
    reply = _Reply(case)
    if kept is None:
        return reply.refused("settled-without-mail", "ไม่ทราบว่าหมายถึงจดหมายฉบับใด โปรดตอบกลับจดหมายแจ้งเรื่องนั้นโดยตรง")
    if kept.state is not MessageState.HELD:
        return reply.refused("already-settled", _settled_before(kept))
    if refused := _not_to_be_settled(bureau, kept, order.command):
        return reply.refused(*refused)
    if (order.whose and not named) or (order.command is Command.ACCEPT_ALWAYS and not _whose(bureau, kept, reporter)):
        return reply.refused(
            "which-reporter",
            "ไม่ทราบว่าที่อยู่นี้รายงานแทนหน่วยงานใด โปรดตอบใหม่โดยพิมพ์ชื่ออำเภอหรือหน่วยงานต่อท้าย เช่น รับเสมอ อำเภอลอง",
        )
    return _settled(reply, order.command, kept, reporter)


def _not_to_be_settled(bureau: Bureau, kept: KeptMail, command: Command) -> tuple[str, str] | None:
    """Why a word of staff does not settle this held mail: an outcome, and the sentence; None when it does."""
    if kept.outcome not in SETTLEABLE:
        return "not-to-be-settled", "จดหมายฉบับนี้รับด้วยคำสั่งไม่ได้ โปรดให้ผู้ส่งตอบกลับจดหมายขอรายงานใหม่"
    about = bureau.circulars.get(kept.circular)
    if kept.outcome == AFTER_CLOSING and (about is None or about.closed) and command is not Command.REFUSE:
        what = "ปิดอยู่ โปรดเปิดรอบก่อน แล้วตอบใหม่อีกครั้ง" if about else "สิ้นสุดไปนานแล้ว จึงบันทึกไม่ได้"
        return "round-closed", f"รอบการรายงานนี้{what}"
    return None


class _Reply:
    """The answer to one staff mail with a command."""

    def __init__(self, case: Case) -> None:
        self.case = case

    def refused(self, outcome: str, sentence: str) -> Decision:
        """Nothing is done, and why."""
        return Decision(MessageState.DECIDED, outcome, letters=(self.letter("ไม่ได้ดำเนินการตามคำสั่ง", sentence),))

    def letter(self, headline: str, sentence: str, *items: str) -> Letter:
        """The notice to that person alone."""
        content = Notice(headline, (sentence,), items)
        return notice(self.case.bureau, self.case.facts.slug, self.case.key, content, self.case.mail)


def _settled(reply: _Reply, command: Command, kept: KeptMail, reporter: str) -> Decision:
    """Let the mail in or leave it out for good. A refused stranger's further mails only stand in the digest."""
    bureau, by = reply.case.bureau, reply.case.mail.sender
    accepted = command is not Command.REFUSE
    theirs = in_roster(bureau, kept.sender) or kept.sender in bureau.office.staff
    standing = {Command.ACCEPT_ALWAYS: AddressStanding.ACCEPTED, Command.REFUSE: AddressStanding.REFUSED}.get(command)
    marks: tuple[AddressMark, ...] = ()
    if standing and not theirs and kept.outcome != PASSED_ON and (accepted or kept.outcome == UNKNOWN):
        whose = reporter if accepted else ""
        marks = (AddressMark(kept.sender, standing, whose, f"mail {kept.id}", by, reply.case.now),)
    known = bureau.roster.by_key.get(reporter)
    passer = told_of_settlement(reply.case, kept, reporter, accepted=accepted) if kept.outcome == PASSED_ON else ()
    return Decision(
        MessageState.DECIDED,
        "address-accepted" if accepted and marks else "mail-accepted" if accepted else "mail-refused",
        letters=(_word(reply, kept, known if accepted else None, accepted=accepted, always=bool(marks)), *passer),
        marks=marks,
        settlements=(Settlement(kept.id, accepted, by, reporter if accepted else ""),),
    )


def _word(reply: _Reply, kept: KeptMail, known: Reporter | None, *, accepted: bool, always: bool) -> Letter:
    """What the staff member is told of it; ``always``: whether something was learned of the address."""
    if not accepted:
        told = "และแจ้งผู้ที่ส่งต่อมาแล้ว" if kept.outcome == PASSED_ON else "และไม่ตอบผู้ส่ง"
        return reply.letter("ไม่รับจดหมายแล้ว", f"ระบบจะไม่บันทึกจดหมายนี้ {told}", _line(kept))
    if kept.outcome == PASSED_ON and known:
        said = f"ระบบจะอ่านและบันทึกจดหมายนี้เป็นข้อมูลของ{known.name} แล้วแจ้ง{known.name}และผู้ที่ส่งต่อมา"
        return reply.letter("รับจดหมายแล้ว", said, _line(kept))
    further = f" และจะรับจดหมายจาก {kept.sender} แทน{known.name}โดยไม่ถามอีก" if always and known else ""
    return reply.letter("รับจดหมายแล้ว", f"ระบบจะอ่านและบันทึกจดหมายนี้ แล้วตอบรับผู้ส่ง{further}", _line(kept))


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
    return f"{kept.sender} เรื่อง {as_written(kept.subject)}".strip()
