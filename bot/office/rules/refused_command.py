"""Commands that are not obeyed: from somebody who is not staff, or whom the receiving server does not believe. Pure."""

from bot.office.decision import Decision
from bot.office.letters.letter import STAFF, Quote
from bot.office.letters.notice import Notice, notice
from bot.office.model.received_mail import MessageState
from bot.office.plan.words_to_staff import said_in, who
from bot.office.rules.case import Case
from bot.office.rules.commands import Command
from bot.office.rules.held_mail import doubt_of, told_within_the_hour
from bot.office.rules.sender_trust import Ground

IMPOSTOR = "-impostor"  # end of the occasion of the letter to staff


def impostor(case: Case) -> Decision | None:
    """A command from somebody who has no say, or whom the receiving server does not believe: refused, and staff told.

    A mail seen before is none the less looked at when staff send it, since a command given twice is refused and that is said.
    """
    if case.command is None or (case.by_staff and not case.disowned) or not (case.by_staff or _presumes(case)):
        return None
    mail = case.mail
    why = (
        f"{doubt_of(case)} หากท่านเป็นผู้ส่งเอง โปรดตอบกลับใหม่จากระบบอีเมลของหน่วยงาน"
        if case.by_staff
        else "ผู้ส่งไม่ได้อยู่ในรายชื่อเจ้าหน้าที่ของสำนักงาน"
    )
    content = Notice(
        f"ไม่ได้ทำตามคำสั่งที่ได้รับทางอีเมล ({mail.sender})",
        (f"มีจดหมายสั่งระบบตามข้อความด้านล่าง แต่{why}", "ระบบไม่ได้ดำเนินการใด และไม่ได้ตอบผู้ส่ง"),
        todo="โปรดตรวจสอบว่าเป็นคำสั่งของท่านหรือไม่",
        quotes=(Quote(who(case.bureau, mail), said_in(mail)),),
    )
    letter = notice(case.bureau, case.facts.slug, case.key + IMPOSTOR, content)
    told = told_within_the_hour(case, letter)
    state = MessageState.DECIDED if told == (letter,) else MessageState.HELD  # held, it stands in the digest
    return Decision(state, "command-refused", f"{why} ข้อความ: {said_in(mail)}", letters=told)


def _presumes(case: Case) -> bool:
    """Whether somebody else gives a command that is the staff's: in answer to a letter to staff, or out of the blue."""
    if not case.in_words or case.facts.seen_before:
        return False
    to_staff = any(letter.addressee == STAFF for letter in case.facts.answered)
    return to_staff or (case.command is Command.APPROVE and case.ground is Ground.NOTHING and not case.of_department)
