"""What to do about a received mail, as data. Pure: the books' facts and the time are arguments.

``CHAIN`` is the order of the rules; the first that answers wins. Every path ends in a Decision; "nothing to do" is one too,
so that no mail is looked at twice. The law: no mail of a reporter, of staff, of the department or in answer to a letter of
ours ends without an answer to it or a word to staff with its text. Silent are machines' mails, duplicates and bare thanks.
"""

import datetime
from collections.abc import Callable

from bot.office.decision import Decision, Facts
from bot.office.letters.digest import STAFF
from bot.office.model.bureau import Bureau
from bot.office.model.records import Inboxed, MessageState
from bot.office.plan.words_to_staff import said_in, waiting
from bot.office.rules.approval import approve, give_number
from bot.office.rules.case import Case
from bot.office.rules.commands import SETTLING, Command, order_in
from bot.office.rules.dead_letters import put_aside_notice
from bot.office.rules.district_letter_reply import give_letter
from bot.office.rules.form_received import report
from bot.office.rules.held_mail_answers import settle
from bot.office.rules.mail_for_staff import from_department, staff_answer
from bot.office.rules.mail_in_words import decided, hear, put_before_staff
from bot.office.rules.moderation import BY_MACHINE, by_machine, hold, impostor
from bot.office.rules.sender_trust import Ground
from parsers.reading import MACHINE_MADE, MailKind, Reading

Rule = Callable[[Case], Decision | None]


def decide(bureau: Bureau, reading: Reading, facts: Facts, message: Inboxed, now: datetime.datetime) -> Decision:
    """The decision about one received mail. ``facts`` are those of the circular that the reading names."""
    case = Case(bureau, reading, facts, message, now)
    return next(decision for rule in CHAIN if (decision := rule(case)) is not None)


def _no_sender(case: Case) -> Decision | None:
    """Nobody can be answered; what the mail says is put to staff."""
    mail = case.reading.mail
    if mail is not None and mail.sender:
        return None
    why = "อ่านหัวจดหมายไม่ได้ จึงไม่ทราบว่าใครส่ง"
    if mail is None or mail.kind in MACHINE_MADE or not mail.text.strip():
        letter = put_aside_notice(case.bureau, mail, why, case.now)
        return Decision(MessageState.UNREADABLE, "no-sender", why, letters=(letter,))
    why = f"{why} ข้อความ: {said_in(mail)}"
    return Decision(MessageState.UNREADABLE, "no-sender", why, ledger=(waiting(case.message.id, "", case.now),))


def _own(case: Case) -> Decision | None:
    """Our own mail come back, or one of another bot of our kind."""
    ours = case.bureau.office.is_own(case.mail.sender) or case.mail.kind is MailKind.OWN
    return Decision(MessageState.DECIDED, MailKind.OWN.value) if ours else None


def _of_machine(case: Case) -> Decision | None:
    """What programs write by themselves. Content goes before headers: programs also pass on what people sent."""
    if case.mail.kind not in {MailKind.AUTO_REPLY, MailKind.BOUNCE}:
        return None
    refused = by_machine(case.bureau, case.mail, case.facts) if case.mail.kind is MailKind.AUTO_REPLY else None
    if refused:
        return refused
    if not _brings_news(case):
        return _without_news(case)
    if case.facts.seen_before or case.ground is Ground.NOTHING or case.ground is Ground.VOUCHED:
        return None
    # A blank form that came back may read as "no" throughout, where a circular takes blanks for that.
    blank = all(answer.value in (False, "0") for answer in case.reading.standing())
    return hold(case, BY_MACHINE) if blank else None


def _without_news(case: Case) -> Decision:
    """A program's mail is passed over, but for what a person may have written or tried to send through it."""
    if case.ground is not Ground.NOTHING and not case.facts.seen_before:
        if case.tries_to_report:
            return hold(case, BY_MACHINE)
        if case.mail.passed_on and case.in_words and not case.says_thanks:
            return put_before_staff(case)
    return Decision(MessageState.DECIDED, case.mail.kind.value)


def _brings_news(case: Case) -> bool:
    """Whether a form is in the mail that says something else than what we hold: ours, carried back, does not."""
    known = {(one.organisation, one.question): one.value for one in case.facts.answers}
    return any(known.get((a.organisation, a.question)) != a.value for a in case.reading.standing())


def _of_calendar(case: Case) -> Decision | None:
    """What a calendar wrote when its owner pressed a button. A word of his own beside it is heard as any other."""
    silent = case.mail.reply_to_invitation and case.in_words and not case.mail.text.strip()
    return Decision(MessageState.DECIDED, MailKind.INVITATION.value) if silent else None


def _of_list(case: Case) -> Decision | None:
    """What came through a list from whom nobody knows, and is about nothing of ours."""
    if case.mail.kind is not MailKind.LIST:
        return None
    ours = case.of_somebody or case.of_department or case.facts.answered or case.reading.circular
    return None if ours else Decision(MessageState.DECIDED, MailKind.LIST.value)


def _command(case: Case) -> Decision | None:
    """What comes of a command: done or refused; None when the mail is none.

    A command needs a staff address that the receiving server does not doubt; its own rules ask for the letter it answers.
    A mail seen before is none the less looked at, since a command given twice is refused and that is said.
    """
    command = _command_in(case)
    if command is None or case.mail.kind in MACHINE_MADE:
        return None
    if not case.by_staff:
        return impostor(case) if _presumes(case, command) else None
    if case.disowned:
        return impostor(case)
    if command in SETTLING:
        return settle(case.bureau, case.mail, case.facts, case.key, case.now)
    if command is Command.APPROVE:
        return approve(case.bureau, case.mail, case.facts, case.key, case.now)
    return None


def _command_in(case: Case) -> Command | None:
    order = order_in(case.mail.text)
    if order is None or case.message.vouched_by:  # what staff let in is a report, never a command
        return None
    return None if order.whose and case.facts.kept is None else order.command  # "รับ ทราบ" is no command


def _presumes(case: Case, command: Command) -> bool:
    """Whether somebody else gives a command that is the staff's: in answer to a letter to staff, or out of the blue."""
    if not case.in_words or case.facts.seen_before:
        return False
    to_staff = any(letter.addressee == STAFF for letter in case.facts.answered)
    return to_staff or (command is Command.APPROVE and case.ground is Ground.NOTHING and not case.of_department)


def _duplicate(case: Case) -> Decision | None:
    return Decision(MessageState.DECIDED, "duplicate") if case.facts.seen_before else None


def _department(case: Case) -> Decision | None:
    """The department is never answered by a program; staff are told at once."""
    if not case.of_department or case.reading.standing() or case.message.vouched_by:
        return None
    return from_department(case)


def _number(case: Case) -> Decision | None:
    """Staff give number and day of the cover letter in answer to its draft."""
    if not case.by_staff or case.disowned or case.message.vouched_by or case.mail.kind in MACHINE_MADE:
        return None
    return give_number(case.bureau, case.mail, case.facts, case.key, case.now)


def _unbelieved(case: Case) -> Decision | None:
    return hold(case) if case.ground is Ground.NOTHING else None


def _staff_words(case: Case) -> Decision | None:
    """Words of staff that are no command."""
    if not case.by_staff or case.reading.known or not case.in_words or case.disowned or case.message.vouched_by:
        return None
    if case.is_invitation or case.mail.kind in MACHINE_MADE:
        return put_before_staff(case)
    awaited = case.facts.kept is not None or any(
        each.kind in {"draft", "digest", "signing"} for each in case.facts.answered
    )
    if case.says_thanks and not awaited:
        return decided(case, "thanks")
    return staff_answer(case)


def _words(case: Case) -> Decision | None:
    """Words beside no form. A reply that there is nothing to report, where that is no answer, failed as a report."""
    if not case.in_words or (case.says_nil and not case.owes_nothing):
        return None
    return hear(case)


CHAIN: tuple[Rule, ...] = (
    _no_sender,
    _own,
    _of_machine,
    _of_calendar,
    _of_list,
    give_letter,
    _command,
    _duplicate,
    _number,
    _department,
    _unbelieved,
    _staff_words,
    _words,
    report,
)
