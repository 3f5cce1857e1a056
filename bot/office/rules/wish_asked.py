"""A wish with all that it is decided from: the same for a mail and for the command line. Values only."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.office.decision import Decision, Facts
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing
from bot.office.model.roster import Contact
from bot.office.rounds.instruction import Done, Instruction
from bot.office.wishes.wish import Verb, Wish

# Wishes about the office or its people, whichever circulars it has.
OF_NO_CIRCULAR = frozenset({Verb.ADD_ADDRESS, Verb.REMOVE_ADDRESS, Verb.NEW_ADDRESS, Verb.HOLIDAY, Verb.WORK_DAY})


@dataclass(frozen=True)
class Asked:
    """What is asked for, of which circular, on whose word, and what the books know of it."""

    bureau: Bureau
    facts: Facts
    circular: Circular
    wish: Wish
    word: Instruction

    @property
    def now(self) -> datetime.datetime:
        """When it is asked."""
        return self.word.now

    @property
    def slug(self) -> str:
        """Of the circular that the wish belongs to; "" where it belongs to none."""
        return "" if self.wish.verb in OF_NO_CIRCULAR else self.circular.slug

    @property
    def standing(self) -> Standing:
        """How the circular stands."""
        return self.facts.standing(self.circular)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """Whom the wish names, as they are written to; all reporters where it means everyone."""
        roster = self.bureau.roster
        return roster.contacts if self.wish.everyone else tuple(map(roster.contact_for, self.wish.reporters))


def together(parts: Sequence[Done]) -> Done:
    """Several as one: all of it is done, or nothing, and then why."""
    refused = next((part for part in parts if part.decision is None), None)
    if refused is not None or len(parts) == 1:
        return refused or parts[0]
    decisions = [part.decision for part in parts if part.decision is not None]
    whole = replace(
        decisions[0],
        letters=tuple(letter for each in decisions for letter in each.letters),
        round_changes=tuple(change for each in decisions for change in each.round_changes),
    )
    cautions = tuple(dict.fromkeys(caution for part in parts for caution in part.cautions))
    return Done(" และ".join(part.said for part in parts), whole, cautions)


def merged(first: Decision, then: Decision) -> Decision:
    """A decision with the letters and ledger entries of another beside its own."""
    return replace(first, letters=(*first.letters, *then.letters), ledger=(*first.ledger, *then.ledger))
