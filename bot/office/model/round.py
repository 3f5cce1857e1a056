"""How a round stands against what its folder declares: extensions, exemptions, closing, worked out of its changes. Pure.

Law: the same changes in the same order give the same round, and a round without changes is the circular of the folder.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.round_change import ChangeKind, RoundChange

ALL = ""  # whose deadline it is when it is everybody's


@dataclass(frozen=True)
class Round:
    """What holds for one round beside its dates. Reporters by key, organisations by code."""

    extended: Mapping[str, datetime.datetime] = field(default_factory=dict)  # who has longer than the others
    exempt: Mapping[str, str] = field(default_factory=dict)  # who need not answer, with the reason
    closed: datetime.datetime | None = None
    # When the deadline that holds was given, by reporter and for ``ALL``; the folder's own is not there.
    given: Mapping[str, datetime.datetime] = field(default_factory=dict)
    opened: bool = False  # the books say that it began; of one of a series
    series: str = ""  # slug of the recurring circular that it is a round of
    number: int = 0  # in the series, from 0
    period: str = ""  # what it is about, in Thai
    spared: frozenset[str] = frozenset()  # reporters who are not reminded

    def since(self, reporter: str) -> datetime.datetime | None:
        """When the deadline of this reporter was given anew; None while it is the folder's."""
        return self.given.get(reporter) if reporter in self.extended else self.given.get(ALL)


def round_of(
    declared: Round, changes: Iterable[RoundChange], reporters: datetime.datetime, alone: Mapping[str, Iterable[str]]
) -> Round:
    """The round as ``declared``, after its changes in the order of the books.

    ``reporters`` is everybody's deadline after them; ``alone`` gives for a reporter the keys of his organisations, which
    have his deadline where they answer for themselves. An own deadline that is not later than everybody's no longer counts.
    """
    own: dict[str, RoundChange] = {}
    exempt: dict[str, str] = {}
    given: dict[str, datetime.datetime] = {}
    closed: datetime.datetime | None = None
    every = tuple(changes)
    for change in every:
        if change.kind is ChangeKind.EXTENDED and change.whom:
            own[change.whom] = change
        elif change.kind is ChangeKind.EXTENDED:
            given[ALL] = change.at
        elif change.kind is ChangeKind.EXEMPTED:
            exempt[change.whom] = change.why
        elif change.kind is ChangeKind.ASKED_AGAIN:
            exempt.pop(change.whom, None)
        elif change.kind in {ChangeKind.CLOSED, ChangeKind.REOPENED}:
            closed = change.at if change.kind is ChangeKind.CLOSED else None
    extended: dict[str, datetime.datetime] = {}
    for whom, change in own.items():
        if change.until and change.until > reporters:
            for key in (whom, *alone.get(whom, ())):
                extended[key], given[key] = change.until.astimezone(BANGKOK), change.at
    return dataclasses.replace(
        declared,
        extended=extended,
        exempt=exempt,
        closed=closed,
        given=given,
        opened=any(change.kind is ChangeKind.OPENED for change in every),
        spared=_spared(every),
    )


def _spared(changes: Iterable[RoundChange]) -> frozenset[str]:
    """The reporters who are not reminded, by the newest word on each."""
    newest = {change.whom: change.kind for change in changes if change.kind in {ChangeKind.SPARED, ChangeKind.REMINDED}}
    return frozenset(whom for whom, kind in newest.items() if kind is ChangeKind.SPARED)
