"""The yearly note: once in each fiscal year, on its first working day, what the letters of the year before brought about. Pure.

Like every step it is arithmetic over the ledger: after a pause it goes at the first office hour, of the last year alone.
"""

import datetime
from collections.abc import Sequence

from bot.office.decision import Decision
from bot.office.letters.letter import STAFF
from bot.office.letters.yearly_note import effects_view, yearly_note
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.fiscal_year import fiscal_year_of
from bot.office.model.ledger import LedgerEntry
from bot.office.model.letter_effects import Effect


def year_told(now: datetime.datetime) -> int:
    """The fiscal year that is over, of the Buddhist era."""
    return fiscal_year_of(now.astimezone(BANGKOK).date()) - 1


def note_step(year: int) -> str:
    """The step of the ledger by which the note about a year is the only one."""
    return f"what-worked-{year}"


def note_due(bureau: Bureau, effects: Sequence[Effect], now: datetime.datetime) -> Decision | None:
    """The note about the year that is over, where its step was not taken; the step alone where no letter went in it.

    ``effects`` of the letters since that year began, in the order of sending. None outside office hours.
    """
    if not bureau.calendar.is_open(now):
        return None
    year = year_told(now)
    view = effects_view(bureau, year, effects, now)
    action, ground = ("sent", f"{view['letters']} letters") if view else ("not-owed", "no letter went in that year")
    entry = LedgerEntry("", STAFF, note_step(year), now.astimezone(BANGKOK).date(), action, ground)
    letters = (yearly_note(bureau, note_step(year), view),) if view else ()
    return Decision(outcome="what-worked", letters=letters, ledger=(entry,), whole=True)
