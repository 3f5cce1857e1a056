"""One received mail with all that its decision is taken from, as one value for the rules. Pure."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from bot.office.decision import Facts
from bot.office.letters.letter import DEPARTMENT, STAFF, LetterKind
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.owed import owed_by
from bot.office.model.received_mail import Inboxed, Verdict
from bot.office.model.recorded_answer import Recorded
from bot.office.rules.commands import Command, Order, order_in
from bot.office.rules.department_address import is_department
from bot.office.rules.sender_trust import Ground, addresses_of, ground, is_known
from bot.office.rules.words_understood import approves, words_understood
from bot.office.wishes.grammar import Speaker, Understood
from bot.office.wishes.wish import Verb
from parsers.findings import Code, Place, Severity
from parsers.mail.words.nil_return import NOT_ENOUGH
from parsers.mail.words.thanks import says_thanks
from parsers.reading import LOGO, MACHINE_MADE, Mail, MailKind, Outcome, Reading

NOT_OPENED = frozenset(
    {Code.FILE_UNREADABLE, Code.FILE_ENCRYPTED, Code.FILE_TOO_LARGE, Code.FILE_TOO_SLOW, Code.FILE_FORMAT}
    | {Code.LINK_NOT_FILE, Code.MAIL_INCOMPLETE, Code.SMIME_ENCRYPTED, Code.PGP_ENCRYPTED, Code.RPMSG_PROTECTED}
)
# Files that come along with a mail and are no try at a report.
BESIDE = frozenset({"empty", "text", "html", "eml"})
# What a form says that was left blank, as ours are when a program carries them back.
_BLANK = frozenset(
    {Code.ANSWER_MISSING, Code.ANSWER_NEEDED, Code.ROW_MISSING, Code.ORGANISATION_MISSING, Code.COLUMN_MISSING}
)


@dataclass(frozen=True)
class Case:
    """A mail, what was read in it, and what the books know of it. ``facts`` are those of the circular that is meant."""

    bureau: Bureau
    reading: Reading
    facts: Facts
    message: Inboxed
    now: datetime.datetime

    @property
    def mail(self) -> Mail:
        """The mail; rules after the first may rely on it. Raises ValueError when nothing of it could be read."""
        if self.reading.mail is None:
            raise ValueError("there is no mail to decide about")
        return self.reading.mail

    @property
    def key(self) -> str:
        """What names the mail in the occasions of letters."""
        return self.message.sha256[:16]

    @property
    def disowned(self) -> bool:
        """Whether the receiving server speaks against the sender."""
        return self.facts.verdict is Verdict.FAIL

    @cached_property
    def ground(self) -> Ground:
        """Why the mail counts, if it does."""
        return ground(self.bureau, self.reading, self.facts, self.message)

    @cached_property
    def order(self) -> Order | None:
        """What the mail commands, whoever sent it. What staff let in is a report, never a command."""
        if self.message.vouched_by:
            return None
        order = order_in(self.mail.text, self.names)
        if order is None and self.by_staff and approves(self.mail.text, self._speaker, self.facts):
            return Order(Command.APPROVE)
        # Without a held mail that is meant, "รับ ทราบ" is no command with a name behind it.
        return None if order is None or ((order.whose or order.bare) and self.facts.kept is None) else order

    @property
    def command(self) -> Command | None:
        """The word of ``order``; a program's mail gives none."""
        return self.order.command if self.order and self.mail.kind not in MACHINE_MADE else None

    @cached_property
    def understood(self) -> Understood:
        """What the mail's own words ask for, understood as its sender's: staff may ask for more than others."""
        subject = "" if self.is_reply else self.mail.subject
        return words_understood((self.mail.text, subject), self._speaker, self.facts)

    @cached_property
    def _speaker(self) -> Speaker:
        about = self.facts.wish.circular if self.facts.wish else self.facts.about or self.facts.slug
        tells_of_all = any(letter.kind == LetterKind.DIGEST for letter in self.facts.answered)
        slug = about or (self.circular.slug if self.circular and not tells_of_all else "")
        reporter = self.bureau.roster.by_key.get(self.reading.reporter or "")
        own = reporter.organisations if reporter and not self.as_staff else ()
        return Speaker(self.bureau, self.as_staff, self.now, slug, own, self.names)

    @property
    def as_staff(self) -> bool:
        """Whether the words are a staff member's: of an address that is a reporter's too, those that answer a letter to staff."""
        return self.by_staff and (not self.reading.known or any(one.addressee == STAFF for one in self.facts.answered))

    @property
    def own_address(self) -> bool:
        """Whether the mail comes from an address of the very reporter whom it speaks for, and is believed."""
        theirs = addresses_of(self.bureau, self.reading.reporter, self.facts.accepted)
        return self.ground is Ground.ADDRESS and self.mail.sender in theirs

    @property
    def may_wish(self) -> bool:
        """Whether a person writes, himself, and hands in no form: then his words may ask for something."""
        human = self.mail.kind not in MACHINE_MADE and not self.is_invitation and not self.message.vouched_by
        return human and not self.message.oversize and not brings_document(self.reading)

    @property
    def by_staff(self) -> bool:
        """Whether the mail comes from an address of the staff."""
        return self.mail.sender in self.bureau.office.staff

    @property
    def of_somebody(self) -> bool:
        """Whether the address is a reporter's or a staff member's, believed or not.

        The reading does not say it: a mail that answers a letter is read for the letter's reader, whoever sent it.
        """
        return is_known(self.bureau, self.mail.sender, self.facts.mark)

    @property
    def of_department(self) -> bool:
        """Whether the mail comes from the department, or answers a letter to it."""
        if self.of_somebody:
            return False
        replied = any(letter.addressee == DEPARTMENT for letter in self.facts.answered)
        return replied or is_department(self.bureau, self.mail.sender)

    @cached_property
    def circular(self) -> Circular | None:
        """The circular the mail is about, with the deadline that its reporter has.

        Where only one is open, a mail that names none is about that one.
        """
        circulars = self.bureau.circulars
        named = circulars.get(self.reading.circular) if self.reading.circular else None
        meant = named if self.reading.circular else next(iter(self.bureau.only_open(self.now)), None)
        return meant.seen_by(self.reading.reporter or "") if meant else None

    @property
    def in_words(self) -> bool:
        """Whether the mail says something in words alone: no file, no table, nothing that failed to be a report."""
        reading = self.reading
        if reading.files or reading.answers or self.message.oversize or self.mail.kind is MailKind.REPORT:
            return False
        return not any(_failed(found.code, found.place, found.severity) for found in reading.findings)

    @property
    def says_nothing(self) -> bool:
        """Whether it holds no word and no file at all."""
        return (
            self.in_words
            and not (self.mail.text.strip() or self.mail.below)
            and (self.mail.subject == "" or self.is_reply)
        )

    @property
    def is_reply(self) -> bool:
        """Whether the subject is that of another mail."""
        said = self.mail.subject.casefold().lstrip()
        return bool(self.facts.answered) or said.startswith(("re:", "re :", "fw:", "fwd:", "ตอบ", "[", "ส่งต่อ"))

    @property
    def says_thanks(self) -> bool:
        """Whether it only thanks or acknowledges. A subject of its own may say more."""
        if not self.in_words or not (self.is_reply or says_thanks(self.mail.subject) or not self.mail.subject):
            return False
        return says_thanks(self.mail.text, self.names) or (self.is_reply and self.understood.says is Verb.THANKS)

    @property
    def names(self) -> tuple[str, ...]:
        """What the sender may be called under a mail."""
        reporter = self.bureau.roster.by_key.get(self.reading.reporter or "")
        codes = reporter.organisations if reporter else ()
        named = (self.bureau.roster.by_code[code] for code in codes)
        theirs = (name for each in named for name in (each.official_name, each.short_name))
        return (self.mail.sender_name, self.mail.sender, *((reporter.name,) if reporter else ()), *theirs)

    def owed(self, known: tuple[Recorded, ...]) -> dict[str, tuple[str, ...]]:
        """What the mail's reporter still owes of its circular; nothing where either is not known."""
        reporter = self.bureau.roster.by_key.get(self.reading.reporter or "")
        if self.circular is None or self.circular.closed or reporter is None:
            return {}
        return dict(owed_by(self.circular, self.bureau.roster, known, reporter.organisations))

    @property
    def brings_news(self) -> bool:
        """Whether a form is in the mail that says something else than what we hold: ours, carried back, does not."""
        known = {(one.organisation, one.question): one.value for one in self.facts.answers}
        return any(known.get((a.organisation, a.question)) != a.value for a in self.reading.standing())

    @property
    def is_believed_first_time(self) -> bool:
        """Whether the mail counts and is no second copy."""
        return self.ground is not Ground.NOTHING and not self.facts.seen_before

    @property
    def passes_on_words(self) -> bool:
        """Whether a program passed on what a person wrote, more than thanks."""
        return self.mail.passed_on and self.in_words and not self.says_thanks

    @property
    def owes_nothing(self) -> bool:
        """Whether the reporter is known and has answered everything; who reports nothing owes nothing."""
        if self.by_staff and not self.reading.known:
            return True
        return bool(self.reading.reporter) and self.circular is not None and not self.owed(self.facts.answers)

    @property
    def says_nil(self) -> bool:
        """Whether its words say that there is nothing to report, where that is no answer."""
        return any(NOT_ENOUGH in found.message for found in self.reading.findings)

    @property
    def is_invitation(self) -> bool:
        """Whether a calendar wrote it."""
        return self.mail.kind is MailKind.INVITATION

    @property
    def tries_to_report(self) -> bool:
        """Whether a file came that may be a report, though nothing could be read from it; our own blank form is none."""
        if self.reading.outcome is not Outcome.REJECTED:
            return False
        wrong = {f.code for f in self.reading.findings if f.severity is Severity.ERROR}
        return self.not_opened or (bool(wrong - _BLANK) and brings_document(self.reading))

    @property
    def not_opened(self) -> bool:
        """Whether something in the mail defied opening, as against a picture or another form: a person had better look."""
        return self.message.oversize or any(found.code in NOT_OPENED for found in self.reading.findings)


def _failed(code: Code, place: Place, severity: Severity) -> bool:
    """Whether a finding tells of a report that failed; that there is none in a mail without a file is no failure."""
    return severity is Severity.ERROR and not (code is Code.FORM_NOT_FOUND and place == Place())


def brings_document(reading: Reading) -> bool:
    """Whether a file is there that may be a form."""
    files = (file for file in reading.files if file.format not in BESIDE)
    return any(file.format != "image" or file.size >= LOGO for file in files)
