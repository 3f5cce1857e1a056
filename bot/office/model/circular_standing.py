"""How one circular stands, and the troubles of the desk: what a digest tells."""

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.office.model.baseline import Stand
from bot.office.model.circular import Circular
from bot.office.model.ledger import LedgerEntry
from bot.office.model.official_letter import Registered
from bot.office.model.owed import owed_by
from bot.office.model.queries import Query, queries_of
from bot.office.model.received_mail import PlainWords
from bot.office.model.recorded_answer import Disagreement, Recorded, Values, last_received
from bot.office.model.report_draft import Draft, Drafted
from bot.office.model.roster import Roster
from bot.office.model.worked_out import WorkedOut
from parsers.reading import Reporter


@dataclass(frozen=True)
class Trouble:
    """One line of the digest about a mail or letter that a person should know of."""

    id: int
    at: datetime.datetime
    kind: str  # held, unreadable, failed, unknown
    who: str  # address
    subject: str
    why: str


@dataclass(frozen=True)
class Standing:
    """How one circular stands, for the digest and the status command."""

    circular: Circular
    known: tuple[Recorded, ...]
    last_mail: Mapping[str, datetime.datetime]  # reporter key to the arrival of its newest mail
    drafts: tuple[Draft, ...]
    disagreements: tuple[Disagreement, ...] = ()  # open ones
    before: Drafted = field(default_factory=Drafted)
    secret: str = field(default="", repr=False)  # the office's, for references that nobody can guess
    words: tuple[PlainWords, ...] = ()  # said about it in words
    registered: Mapping[str, Registered] = field(default_factory=dict)  # what staff gave of its letters, by paper
    requested: bool = False  # whether its requests have begun to go out
    stand: Stand | None = None  # how organisations stood before the round
    last: Values = field(default_factory=dict)  # answers to the circular that this one follows
    ledger: tuple[LedgerEntry, ...] = ()  # the steps taken, where they are asked for
    unreachable: Collection[str] = ()  # addresses, lower case, from which letters came back; where they are asked for
    reports: tuple[str, ...] = ()  # Message-IDs of the reports that went to the department, oldest first
    worked: WorkedOut = field(default_factory=WorkedOut, repr=False, compare=False)

    def owed(self, roster: Roster) -> Mapping[str, tuple[str, ...]]:
        """Who still owes what (``owed_by``)."""
        return self.worked.of(owed_by, self.circular, roster, self.known)

    def queries(self, roster: Roster) -> tuple[Query, ...]:
        """The figures that are asked after (``queries_of``)."""
        return self.worked.of(queries_of, self.circular, roster.organisations, self.known)

    @property
    def last_received(self) -> Mapping[str, datetime.datetime]:
        """By organisation, when the newest of its answers came."""
        return self.worked.of(last_received, self.known)

    def answers_of(self, reporter: Reporter) -> list[Recorded]:
        """What is recorded of a reporter's organisations, in the order of ``known``."""
        mine = set(reporter.organisations)
        return [answer for answer in self.known if answer.organisation in mine]

    def heard_from(self, reporter: Reporter) -> datetime.datetime | None:
        """When the newest mail of a reporter, or of one of its organisations, came; None where none has."""
        mails = (self.last_mail.get(key) for key in (reporter.key, *reporter.organisations))
        return max((mail for mail in mails if mail), default=None)

    @property
    def dispatched(self) -> datetime.datetime | None:
        """When the report was queued for the department, if it was."""
        return next((draft.dispatched for draft in self.drafts if draft.dispatched), None)

    @property
    def pending(self) -> Draft | None:
        """The draft that waits for staff: the newest, unless it went."""
        return self.drafts[-1] if self.drafts and not self.drafts[-1].dispatched else None
