"""What programs write by themselves: our own mails come back, automatic replies, calendars, mailing lists. Pure.

Content goes before headers: programs also pass on what people sent, and that is heard as any mail of theirs.
"""

from bot.office.decision import Decision
from bot.office.letters.letter import STAFF
from bot.office.letters.notice import Notice, notice
from bot.office.model.outcomes import BY_MACHINE
from bot.office.model.received_mail import MessageState
from bot.office.plan.words_to_staff import who
from bot.office.rules.case import Case
from bot.office.rules.commands import order_in
from bot.office.rules.department_mail import automatic_answer
from bot.office.rules.held_mail import hold
from bot.office.rules.mail_in_words import put_before_staff
from bot.office.rules.sender_trust import Ground
from parsers.reading import MailKind


def own(case: Case) -> Decision | None:
    """Our own mail come back, or one of another bot of our kind; what a department's bot writes, staff are told."""
    ours = case.bureau.office.is_own(case.mail.sender)
    theirs = case.mail.kind is MailKind.OWN and not case.of_department
    return Decision(MessageState.DECIDED, MailKind.OWN.value) if ours or theirs else None


def by_machine(case: Case) -> Decision | None:
    """An automatic reply, or a delivery report that ``bounces`` leaves: passed over, but for what a person sent through it."""
    if case.mail.kind not in {MailKind.AUTO_REPLY, MailKind.BOUNCE}:
        return None
    refused = _command_by_machine(case) if case.mail.kind is MailKind.AUTO_REPLY else None
    if refused:
        return refused
    if answer := automatic_answer(case):
        return answer
    if not case.brings_news:
        return _without_news(case)
    if case.facts.seen_before or case.ground is Ground.NOTHING or case.ground is Ground.VOUCHED:
        return None
    # A blank form that came back may read as "no" throughout, where a circular takes blanks for that.
    blank = all(answer.value in (False, "0") for answer in case.reading.standing())
    return hold(case, BY_MACHINE) if blank else None


def _without_news(case: Case) -> Decision:
    """A program's mail is passed over, but for what a person may have written or tried to send through it."""
    if case.is_believed_first_time:
        if case.tries_to_report:
            return hold(case, BY_MACHINE)
        if case.passes_on_words:
            return put_before_staff(case)
    return Decision(MessageState.DECIDED, case.mail.kind.value)


def _command_by_machine(case: Case) -> Decision | None:
    """An automatic answer that happens to begin with a command is none. Told once for each letter, so that it cannot echo."""
    answered = next((letter for letter in case.facts.answered if letter.addressee == STAFF), None)
    if answered is None or not case.by_staff or order_in(case.mail.text) is None:
        return None
    content = Notice(
        "ไม่ได้ทำตามคำสั่งในจดหมายตอบกลับอัตโนมัติ",
        ("จดหมายตอบกลับอัตโนมัติไม่นับเป็นคำสั่ง หากท่านต้องการสั่งจริง โปรดตอบกลับจดหมายเดิมด้วยตนเอง",),
        (who(case.bureau, case.mail),),
        todo="หากต้องการสั่งจริง โปรดตอบกลับด้วยตนเอง",
    )
    letter = notice(case.bureau, answered.circular, f"{answered.kind}-{answered.occasion}-machine", content)
    return Decision(MessageState.DECIDED, "command-by-machine", letters=(letter,))


def calendar_reply(case: Case) -> Decision | None:
    """What a calendar wrote when its owner pressed a button. A word of his own beside it is heard as any other."""
    silent = case.mail.reply_to_invitation and case.in_words and not case.mail.text.strip()
    return Decision(MessageState.DECIDED, MailKind.INVITATION.value) if silent else None


def by_list(case: Case) -> Decision | None:
    """What came through a list from whom nobody knows, and is about nothing of ours."""
    if case.mail.kind is not MailKind.LIST:
        return None
    ours = case.of_somebody or case.of_department or case.facts.answered or case.reading.circular
    return None if ours else Decision(MessageState.DECIDED, MailKind.LIST.value)
