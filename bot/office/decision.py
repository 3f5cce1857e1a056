"""A decision: what one step changes in the books, as data, and the facts it is taken from. Values only."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.office.letters.letter import Letter
from bot.office.model.address_mark import AddressMark
from bot.office.model.baseline import Stand
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.dispute import Dispute
from bot.office.model.dispute import Verdict as DisputeVerdict
from bot.office.model.holiday import Holiday
from bot.office.model.ledger import LedgerEntry
from bot.office.model.official_letter import Registered
from bot.office.model.received_mail import (
    Arrival,
    Asker,
    KeptMail,
    MessageState,
    PlainWords,
    Settlement,
    Stub,
    Talk,
    Verdict,
)
from bot.office.model.recorded_answer import Disagreement, Explanation, Reasons, Recorded, RecordedRemark, Values
from bot.office.model.report_draft import Draft, Drafted
from bot.office.model.round_change import RoundChange
from bot.office.model.sent_letter import Bounce, LetterFate, Resolution, SentLetter
from bot.office.model.sign_in import SignInLink
from bot.office.model.started_circular import StartedCircular
from bot.office.model.taken_roster import MailedRoster, TakenRoster
from bot.office.model.task import Done, Task
from bot.office.wishes.wish import Pending, Settled
from parsers.blank_form.proposal import Papers
from parsers.findings import Finding
from parsers.reading import Answer, RemarkText


@dataclass(frozen=True)
class Approval:
    """A person's consent to send one drafted report."""

    circular: str
    version: int
    by: str  # address, or "ruam approve"
    waits: bool = False  # it does not go yet: the number of its cover letter is still to come


@dataclass(frozen=True)
class Readdressing:
    """A letter that did not arrive, to go again under a key of its own to the addresses of ``letter``, otherwise as it was.

    ``without``: the names of the enclosures that are left out, and named in the letter, because it was too large.
    """

    of: int  # the letter's row
    letter: Letter
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decision:
    """Everything one step changes in the books. ``state`` is None when it concerns no message."""

    state: MessageState | None = None
    outcome: str = ""  # one word for the log and the status: accepted, partly, rejected, approved, ignored, ...
    why: str = ""  # for the digest: why held or unreadable, in Thai; of plain words, these
    circular: str = ""
    reporter: str = ""
    answering: tuple[str, ...] = ()  # reporters whose letters it answers; beside ``reporter``, who answers for it
    as_of: datetime.date | None = None
    answers: tuple[Answer, ...] = ()
    remarks: tuple[RemarkText, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    findings: tuple[Finding, ...] = ()
    letters: tuple[Letter, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    drafts: tuple[Draft, ...] = ()  # content is filled from the rendered draft letter
    approval: Approval | None = None
    forget: bool = False  # the mail's bytes hold what must not be kept
    marks: tuple[AddressMark, ...] = ()  # what was learned of addresses
    heard_from: tuple[str, ...] = ()  # addresses that work after all: a mail came from them
    bounces: tuple[Bounce, ...] = ()
    again: tuple[Readdressing, ...] = ()
    resolutions: tuple[Resolution, ...] = ()  # of letters in doubt
    fruitless: bool = False  # the mail brought nothing new
    settlements: tuple[Settlement, ...] = ()  # what staff said of held mails
    verdict: str = ""  # the receiving server's word on the sender, with its ground
    registered: tuple[Registered, ...] = ()  # what staff gave of the office's official letters
    tasks: tuple[Task, ...] = ()  # what the department asks for
    done: tuple[Done, ...] = ()  # tasks that staff say are done
    disputes: tuple[Dispute, ...] = ()  # mails of which a reporter says that they are not its own
    verdicts: tuple[DisputeVerdict, ...] = ()  # what staff say of these
    wishes: tuple[Pending, ...] = ()  # said back, to wait for a word
    settled: tuple[Settled, ...] = ()  # wishes that waited for one
    withdrawn: tuple[int, ...] = ()  # numbers of claimed letters that are not sent any more
    whole: bool = False  # nothing is written where one of the ledger's steps was taken meanwhile
    holidays: tuple[Holiday, ...] = ()  # days off and days worked that staff entered
    round_changes: tuple[RoundChange, ...] = ()  # extensions, exemptions, closing
    started: tuple[StartedCircular, ...] = ()  # circulars made of papers, which run from now on
    rosters: tuple[TakenRoster, ...] = ()  # that staff mailed back, which hold from now on
    links: tuple[SignInLink, ...] = ()  # by which people sign in to the page in the browser
    typed: Arrival | None = None  # the words by which staff decided on the page, as the mail on which the answers stand


@dataclass(frozen=True)
class Facts:
    """What the books know that bears on one reading; fetched after reading, by the keys that reading asked for."""

    answers: tuple[Recorded, ...] = ()  # current answers of the circular
    remarks: tuple[RecordedRemark, ...] = ()
    drafts: tuple[Draft, ...] = ()  # of the circular, oldest first
    answered: tuple[SentLetter, ...] = ()  # our letters that the mail refers to
    seen_before: bool = False  # the same bytes were decided already
    disagreements: tuple[Disagreement, ...] = ()  # open ones of the circular
    before: Drafted = field(default_factory=Drafted)  # the circular as its last draft had it
    verdict: Verdict = Verdict.NONE
    doubt: str = ""  # the ground of the verdict, for the log
    mark: AddressMark | None = None  # what staff said of the sender's address
    kept: KeptMail | None = None  # the held mail that a command is about
    asked: int = 0  # questions about senders put to staff within the last hour
    secret: str = field(default="", repr=False)  # the office's, for references that nobody can guess
    accepted: tuple[AddressMark, ...] = ()  # addresses that staff added to the roster
    words: tuple[PlainWords, ...] = ()  # what was said about the circular in words, oldest first
    shown: frozenset[str] = frozenset()  # steps by which staff were shown words before an approval
    registered: Mapping[str, Registered] = field(
        default_factory=dict
    )  # what staff gave of the circular's letters, by paper
    scan: bytes | None = field(default=None, repr=False)  # the one file of a staff reply that may be a signed letter
    ours: frozenset[str] = frozenset()  # digests of the files that went with the letters the mail answers
    requested: bool = False  # whether the circular's requests have gone out; known for answers about its letter
    stand: Stand | None = None  # how organisations stood before the round; fetched for staff's mails alone
    fates: tuple[LetterFate, ...] = ()  # of our letters that a delivery report names, or that staff speak of
    bounced: Mapping[str, AddressMark] = field(default_factory=dict)  # addresses from which letters came back
    talk: Talk = field(default_factory=Talk)  # what came of the sender's mails lately
    stub: Stub | None = None  # where the mail is but a placeholder
    wish: Pending | None = None  # the wish that the mail confirms or drops
    asker: Asker | None = None  # whose words the mail answers
    declined: str = ""  # why staff turned the newest draft down, until who approves it was told of that
    about_address: AddressMark | None = None  # what staff said of the address that a wish is about
    last_mail: Mapping[str, datetime.datetime] = field(default_factory=dict)  # each reporter's newest; for staff alone
    reasons: Reasons = field(default_factory=dict)  # given for figures of the circular, also for values of before
    last: Values = field(default_factory=dict)  # answers to the circular that this one follows
    dispute: Dispute | None = None  # what was said before of the mail whose receipt is answered
    tasks: tuple[Task, ...] = ()  # that a staff mail says are done
    reports: tuple[str, ...] = ()  # Message-IDs of the circular's reports that went to the department
    report: LetterFate | None = None  # how the newest of them fares
    papers: Papers | None = None  # the department's, with which a staff mail asks for a new circular
    roster: MailedRoster | None = None  # that a staff mail brings back
    slugs: frozenset[str] = frozenset()  # that no new circular may have; fetched where one is proposed or started
    about: str = ""  # slug of the circular whose facts these are
    told: Mapping[str, "Facts"] = field(default_factory=dict)  # by slug, where a wish is about others or several

    def standing(self, circular: Circular) -> Standing:
        """How the circular stands by these facts."""
        return Standing(
            circular,
            self.answers,
            self.last_mail,
            self.drafts,
            self.disagreements,
            self.before,
            self.secret,
            self.words,
            self.registered,
            self.requested,
            self.stand,
            last=self.last,
            reports=self.reports,
        )

    @property
    def slug(self) -> str:
        """The circular of the letter that the mail answers; "" when it answers none about one."""
        return next((letter.circular for letter in self.answered if letter.circular), "")
