"""One office at work: what it knows, its books, its sandbox; and the time."""

import datetime
from dataclasses import dataclass, field

from bot.office.model.address_mark import AddressMark
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.roster import Roster
from bot.office.model.round_change import RoundChange
from bot.office.model.taken_roster import TakenRoster
from bot.service.pulse import Pulse
from bot.store.books import OfficeBooks
from parsers.child_process.sandbox import Sandbox


@dataclass(frozen=True)
class Looked:
    """When the clock looked at a circular, and what it knew then."""

    circular: Circular
    changes: int | None  # how often something about it had been written; None: no step could be taken
    open: bool
    again_at: datetime.datetime  # until then only a change can make anything due


@dataclass
class Composed:
    """The bureau that was composed last, and what of."""

    declared: Bureau | None = None
    newest: tuple[
        int, ...
    ] = ()  # numbers of the newest change of a round, of an address and of a day off that it knows
    # From when until when it holds, if nothing is changed: rounds open and are done with as time passes.
    valid: tuple[datetime.datetime, datetime.datetime] | None = None
    bureau: Bureau | None = None
    # By slug: the circular as declared, the changes of its round, the circular as it holds.
    rounds: dict[str, tuple[Circular, tuple[RoundChange, ...], Circular]] = field(default_factory=dict)
    # The roster as declared, the one taken in by mail, what staff said of addresses since, the roster as it holds.
    roster: tuple[Roster, TakenRoster | None, tuple[AddressMark, ...], Roster] | None = None


@dataclass(frozen=True)
class House:
    """One office at work: what it knows, its books, and the sandbox it reads in.

    ``bureau`` is the configured one until ``bot.service.current_bureau`` composes it with the books.
    """

    bureau: Bureau
    books: OfficeBooks
    sandbox: Sandbox
    authserv_id: str = ""  # whose word on senders counts; see ``bot.post.authentication_results``
    pulse: Pulse = field(default_factory=Pulse)  # by which the loops show that they turn
    # By slug, how the clock found each circular; lost with the process, and made anew.
    looked: dict[str, Looked] = field(default_factory=dict)
    # Of reports, each as it was when staff are known to have heard of it: number, attempt, state.
    told: set[tuple[int, int, str]] = field(default_factory=set)
    declared: Bureau | None = None  # the configured bureau, where ``bureau`` is composed
    composed: Composed = field(default_factory=Composed, compare=False)


def bangkok_now() -> datetime.datetime:
    """The one place where the running bot asks for the time."""
    return datetime.datetime.now(BANGKOK)


def shared_now(house: House) -> datetime.datetime:
    """The time by the clock of the books, so that the machines that share them agree; by ours where they have none."""
    return house.books.time() or bangkok_now()
