"""What to do about a received mail, as data. Pure: the books' facts and the time are arguments.

``CHAIN`` is the order of the rules; the first that answers wins, and nothing overrules it. Every path ends in a Decision;
"nothing to do" is one too, so that no mail is looked at twice. The law: no mail of a reporter, of staff, of the department or
in answer to a letter of ours ends without an answer to it or a word to staff with its text. Silent are machines' mails,
duplicates and bare thanks.
"""

import dataclasses
import functools
from collections.abc import Callable, Sequence

from bot.office.decision import Decision
from bot.office.letters.letter import STAFF, Letter
from bot.office.model.received_mail import MessageState
from bot.office.rules.after_closing import after_closing
from bot.office.rules.answer_to_asker import relayed
from bot.office.rules.approval import approve, give_number
from bot.office.rules.automatic_mail import by_list, by_machine, calendar_reply, own
from bot.office.rules.bounces import delivery_report
from bot.office.rules.case import Case
from bot.office.rules.cell_confirmed import cell_confirmed
from bot.office.rules.circular_by_mail import new_circular, start_circular
from bot.office.rules.circular_corrected import correct_circular
from bot.office.rules.confirmed_wish import confirmed
from bot.office.rules.department_mail import from_department
from bot.office.rules.district_letter_reply import give_letter
from bot.office.rules.duplicates_and_loops import duplicate, within_reason
from bot.office.rules.explanations import explained
from bot.office.rules.finish_task import finish_task
from bot.office.rules.form_received import report
from bot.office.rules.granted_wish import granted
from bot.office.rules.held_mail import unbelieved
from bot.office.rules.held_mail_accepted import settle
from bot.office.rules.mail_in_words import words
from bot.office.rules.mail_put_aside import no_sender, parked
from bot.office.rules.not_a_command import staff_words
from bot.office.rules.not_ours import not_ours, settle_dispute
from bot.office.rules.only_checked import only_checked
from bot.office.rules.passed_on import passed_on
from bot.office.rules.placeholder_mail import never_came, placeholder
from bot.office.rules.refused_command import impostor
from bot.office.rules.report_in_doubt import settle_doubt
from bot.office.rules.resend_command import send_again
from bot.office.rules.roster_by_mail import roster_wanted
from bot.office.rules.roster_returned import roster_returned
from bot.office.rules.wishes_of_reporters import reporter_wish
from bot.office.rules.wishes_of_staff import staff_wish
from bot.office.rules.withdrawal import withdrawal_confirmed, withdrawal_wished
from bot.office.rules.word_needed import word_needed
from parsers.findings import Code

Rule = Callable[[Case], Decision | None]


def by_staff(rule: Rule) -> Rule:
    """A rule that no mail reaches but one from an address of the staff; whether it is believed is the rule's to ask."""

    @functools.wraps(rule)
    def asked(case: Case) -> Decision | None:
        return rule(case) if case.by_staff else None

    return asked


# What is no mail of a person to answer: given up, still to come, without a writer, or written by a program.
SET_ASIDE: tuple[Rule, ...] = (parked, placeholder, no_sender, own, delivery_report, by_machine, by_list)
# What people write. Commands come before the duplicate, since one given twice is refused and that is said; who is not
# believed comes before words and forms, so that nothing of his is recorded.
PEOPLE: tuple[Rule, ...] = (
    calendar_reply,
    *map(by_staff, (settle_doubt, send_again, finish_task, give_letter)),
    impostor,
    *map(by_staff, (settle_dispute, settle, approve)),
    duplicate,
    by_staff(give_number),
    from_department,
    unbelieved,
    only_checked,
    *map(
        by_staff,
        (
            new_circular,
            correct_circular,
            start_circular,
            roster_returned,
            roster_wanted,
            confirmed,
            granted,
            relayed,
            staff_wish,
            staff_words,
        ),
    ),
    after_closing,
    not_ours,
    cell_confirmed,
    withdrawal_confirmed,
    word_needed,
    explained,
    withdrawal_wished,
    reporter_wish,
    words,
    passed_on,
    report,
)
CHAIN = (*SET_ASIDE, *map(within_reason, PEOPLE))


def decide(case: Case, chain: Sequence[Rule] = CHAIN) -> Decision:
    """The decision about one received mail, with what the books keep of every mail, whichever rule answered."""
    decision = next(decision for rule in chain if (decision := rule(case)) is not None)
    data = decision.answers or decision.explanations
    return dataclasses.replace(
        decision,
        answering=case.bureau.roster.written_to(decision.reporter) if data and decision.reporter else (),
        letters=(*(_at_once(case, letter) for letter in decision.letters), *never_came(case)),
        verdict=f"{case.facts.verdict}: {case.facts.doubt}".strip(": "),
        forget=decision.state is MessageState.DECIDED and holds_secrets(case),
    )


def _at_once(case: Case, letter: Letter) -> Letter:
    """What a staff member's own mail brings him goes at any hour, as he waits for it; a forger's does not."""
    asked = case.reading.mail is not None and case.by_staff and not case.disowned and letter.addressee == STAFF
    return dataclasses.replace(letter, cannot_wait=True) if asked else letter


def holds_secrets(case: Case) -> bool:
    """Whether log-in keys or citizen numbers are in the mail: decided, it is not kept; it still lies in the mailbox's folder."""
    return any(found.code is Code.KEY_HIDDEN for found in case.reading.findings)
