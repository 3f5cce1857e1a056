"""The books: one database for many offices, and what one office may do with its own rows.

Owns how the parts are put together; each part has its module. An office is a row, and its books never show another's.
"""

import secrets
import time
from collections.abc import Callable
from typing import Self

import sqlalchemy as sa

from bot.store import schema
from bot.store.addresses import Addresses
from bot.store.answers import Answers
from bot.store.baselines import Baselines
from bot.store.chain_check import ChainChecks
from bot.store.changes import Changes
from bot.store.commit_decision import Committing
from bot.store.database import Database, add
from bot.store.desk_health import Wellbeing
from bot.store.desk_pages import DeskPages
from bot.store.disputes import Disputes
from bot.store.evidence_rows import Evidence
from bot.store.held_mails import HeldMails
from bot.store.holidays import Holidays
from bot.store.inbox import Inbox
from bot.store.journal_things import begin_chain
from bot.store.leases import Leases
from bot.store.ledger_and_drafts import Reports
from bot.store.letter_effects import LetterEffects
from bot.store.letters_after_sending import Doubts
from bot.store.mail_claims import Claims
from bot.store.mails_replay_purge import Upkeep
from bot.store.offices import Entering
from bot.store.official_letters import Registrations
from bot.store.outbox import Outbox
from bot.store.placeholder_mails import Stubs
from bot.store.round_changes import RoundChanges
from bot.store.sender_history import Conversations
from bot.store.sign_ins import SignIns
from bot.store.started_circulars import StartedCirculars
from bot.store.taken_rosters import TakenRosters
from bot.store.tasks import Tasks
from bot.store.turn_order import Sorting
from bot.store.unfetchable_mails import Withholding
from bot.store.wishes import Wishes
from bot.store.words_to_staff import WordsOfMails


class OfficeBooks(
    Upkeep,
    Stubs,
    Inbox,
    Sorting,
    Claims,
    HeldMails,
    Leases,
    Outbox,
    Doubts,
    LetterEffects,
    Conversations,
    Addresses,
    Answers,
    Changes,
    Reports,
    Registrations,
    Holidays,
    RoundChanges,
    StartedCirculars,
    TakenRosters,
    Baselines,
    Wellbeing,
    WordsOfMails,
    Tasks,
    Disputes,
    Wishes,
    Withholding,
    ChainChecks,
    Evidence,
    SignIns,
    DeskPages,
    Committing,
):
    """One office's books. Safe to use from several threads; every method is one transaction (exports: one per page).

    ``secret`` is the office's own random text, the same for good, for marks that nobody else can make.
    """

    def __init__(self, database: Database, office_id: int, secret: str) -> None:
        super().__init__(database, office_id)
        self.secret = secret


class Books(Entering):
    """The database of all offices."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, url: str, stopwatch: Callable[[], float] = time.monotonic) -> Self:
        """The books at ``sqlite:///path`` or ``postgresql://...``, made or brought up to date when needed.

        Makes the folder of an SQLite file. Several processes may open the same books at once. Raises BooksError when the
        URL, a driver or the version does not fit, BooksAwayError when the database does not answer. ``stopwatch``: seconds.
        """
        return cls(Database.open(url, stopwatch))

    def check(self) -> None:
        """Look whether the books are sound. Raises BooksBrokenError when they are malformed."""
        self._database.check()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def office(self, slug: str, name: str) -> OfficeBooks:
        """The books of the office ``slug``, begun with a random secret at first; ``name`` is brought up to date."""
        table = schema.office
        find = sa.select(table.c.id, table.c.name, table.c.secret).where(table.c.slug == slug)
        with self._database.writing() as connection:
            add(connection, table, {"slug": slug, "name": name, "secret": secrets.token_urlsafe(32)})
            row = connection.execute(find).one()
            if row.name != name:
                connection.execute(sa.update(table).where(table.c.id == row.id).values(name=name))
            begin_chain(connection, row.id)
        return OfficeBooks(self._database, row.id, row.secret)
