"""Forms and reminders that staff have sent at once: the letters, and what they bring about in a sentence. Pure."""

from dataclasses import replace

from bot.office.decision import Decision
from bot.office.letters.enclosures import BlankForm
from bot.office.letters.letter import Letter
from bot.office.letters.request_and_reminder import Known, in_form, of_before, request
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.ledger import LedgerEntry
from bot.office.model.named_few import named_few
from bot.office.model.owed import owed_by
from bot.office.model.roster import Contact
from bot.office.plan.due import reminder_now
from bot.office.rounds.instruction import Done
from bot.office.rules.wish_asked import Asked

_NAMED = 12  # reporters that the sentence names


def forms(asked: Asked) -> list[Letter]:
    """The request of each once more, with its form; of all that owe something only those, where that is wished."""
    wanted = [contact for contact in asked.contacts if contact.reporter.addresses]
    if asked.wish.owing:
        owed = owed_by(asked.circular, asked.bureau.roster, asked.standing.known)
        wanted = [contact for contact in wanted if any(code in owed for code in contact.reporter.organisations)]
    return [again(asked, contact) for contact in wanted]


def again(asked: Asked, contact: Contact) -> Letter:
    """The request of one reporter anew, with what is recorded in its form, or was answered the time before."""
    circular, standing = asked.circular.seen_by(contact.reporter.key), asked.standing
    mine = standing.answers_of(contact.reporter)
    owed = owed_by(circular, asked.bureau.roster, mine, contact.reporter.organisations)
    before, borne = (bears(circular, contact.reporter, standing) for bears in (of_before, in_form))
    letter = request(asked.bureau, circular, contact, Known(owed, standing.registered, standing.stand, before))
    filled = (replace(e, answers=borne) if isinstance(e, BlankForm) else e for e in letter.enclosures)
    return replace(letter, occasion=f"again-{asked.word.occasion}", enclosures=tuple(filled))


def reminders(asked: Asked) -> tuple[list[Letter], tuple[LedgerEntry, ...]]:
    """A reminder to those of them who owe something, with the ledger's entries."""
    made = (
        reminder_now(asked.bureau, asked.standing, contact, f"asked-{asked.word.occasion}", asked.now)
        for contact in asked.contacts
    )
    letters = [letter for letter in made if letter and letter.to]
    today = asked.now.astimezone(BANGKOK).date()
    return letters, tuple(
        LedgerEntry(asked.circular.slug, letter.addressee, letter.occasion, today, "sent", f"word of {asked.word.by}")
        for letter in letters
    )


def forms_sent(asked: Asked) -> Done:
    """The forms go, where a wish that was only likely is confirmed."""
    return _sent(asked, forms(asked), (), "ส่งแบบรายงานอีกครั้งให้")


def reminded(asked: Asked) -> Done:
    """The reminders go, where a wish that was only likely is confirmed."""
    return _sent(asked, *reminders(asked), "ส่งจดหมายเตือนให้")


def _sent(asked: Asked, letters: list[Letter], steps: tuple[LedgerEntry, ...], what: str) -> Done:
    if not letters:
        return Done("ไม่มีจดหมายที่ต้องส่ง เพราะรายงานครบแล้วหรือไม่มีที่อยู่อีเมล")
    reached = {letter.addressee for letter in letters}
    names = [contact.reporter.name for contact in asked.contacts if contact.reporter.key in reached]
    subject = asked.circular.wording.subject
    decision = Decision(outcome="sent-at-once", circular=asked.circular.slug, letters=tuple(letters), ledger=steps)
    return Done(f"{what}{named_few(names, _NAMED)} เรื่อง{subject}", decision)
