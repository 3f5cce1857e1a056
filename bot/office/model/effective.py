"""The circulars as they hold now: what a folder declares, and what the books say of its round. Pure."""

import datetime
from collections.abc import Sequence

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Circular
from bot.office.model.roster import Roster
from bot.office.model.round import round_of
from bot.office.model.round_change import ChangeKind, RoundChange

_DATED = frozenset({ChangeKind.OPENED, ChangeKind.EXTENDED})


def effective(circular: Circular, roster: Roster, changes: Sequence[RoundChange]) -> Circular:
    """One circular after the changes of its round, in the order of the books; itself where there are none.

    Its moments may come in another order than a folder's must: a deadline may be moved beyond the department's.
    """
    if not changes:
        return circular
    deadlines = circular.deadlines.model_copy(update=_moved(changes))
    alone = {contact.reporter.key: contact.reporter.organisations for contact in roster.contacts}
    return circular.model_copy(
        update={"deadlines": deadlines, "round": round_of(circular.round, changes, deadlines.reporters, alone)}
    )


def _moved(changes: Sequence[RoundChange]) -> dict[str, datetime.datetime]:
    """The moments that changes for all give anew, by their name among the deadlines."""
    moved: dict[str, datetime.datetime] = {}
    for change in changes:
        if change.kind in _DATED and not change.whom:
            given = {
                "opens": change.opens,
                "reporters": change.until,
                "cutoff": change.cutoff,
                "department": change.department,
            }
            moved |= {name: moment.astimezone(BANGKOK) for name, moment in given.items() if moment is not None}
    return moved
