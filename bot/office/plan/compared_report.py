"""The table of a report laid against the one before: the last draft, or the report that the department has. Pure."""

import dataclasses

from bot.office.letters.amended_report import changes_of
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular_standing import Standing
from bot.office.model.report_draft import Amendment, compared_with, cover_paper
from bot.office.model.rollup import Rollup, roll_up


def compared(bureau: Bureau, standing: Standing, rollup: Rollup) -> Rollup:
    """The table with what it is laid against: the report that went, else the last draft; and how all stood before the round."""
    circular, drafts = standing.circular, standing.drafts
    rollup = dataclasses.replace(rollup, stand=standing.stand)
    if (base := compared_with(drafts)) is None:
        return rollup
    last, made = standing.before, base.made.astimezone(BANGKOK).date()
    before = roll_up(circular, bureau.roster, last.answers, last.remarks, made)
    amendment = None
    if base.dispatched:
        number = sum(draft.dispatched is not None for draft in drafts)
        changes = changes_of(bureau, circular, before, rollup)
        cover = standing.registered.get(cover_paper(number - 1))
        amendment = Amendment(number, base.version, base.dispatched, changes, cover, standing.reports)
    return dataclasses.replace(rollup, before=before, amends=amendment)
