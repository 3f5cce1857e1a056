"""Steps beside the plan: a reminder in the place of one that did not leave on its day, and for who owes again. Pure.

A reminder counts the days to its deadline, so one that a limit, a server or a night held back is not sent on another day, nor
when what it says was answered or changed meanwhile: it is withdrawn, and the clock makes it anew for whoever still owes. The
ledger is the memory of both.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence

from bot.office.decision import Decision
from bot.office.letters.letter import LetterKind
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.calendar import OPENS
from bot.office.model.circular_standing import Standing
from bot.office.model.ledger import REQUEST, LedgerEntry
from bot.office.model.owed import owed_by
from bot.office.model.round import ALL
from bot.office.model.sent_letter import DueLetter, LetterFate
from parsers.reading import Reporter

# Sent within it, a letter is as true as when it was written; a look at the books for each would be in vain.
_FRESH = datetime.timedelta(minutes=1)
UNSENT, AGAIN, OWES = "unsent-", "again-", "owes-again-"  # steps of the ledger
NOT_OWED, SKIPPED = "not-owed", "skipped"  # actions
OVERTAKEN = "overtaken"  # the action of a withdrawal on the day on which the letter was queued


def outlived(letter: DueLetter, now: datetime.datetime) -> bool:
    """Whether a letter about to be sent is a reminder of another day that nobody can have got."""
    day = letter.queued.astimezone(BANGKOK).date()
    return letter.kind == LetterKind.REMINDER and letter.untouched and day != now.astimezone(BANGKOK).date()


def may_be_overtaken(letter: DueLetter, now: datetime.datetime) -> bool:
    """Whether a letter about to be sent is a reminder that lay for a while and that nobody can have got."""
    return letter.kind == LetterKind.REMINDER and letter.untouched and now - letter.queued >= _FRESH


def overtaken(bureau: Bureau, standing: Standing, reporter: Reporter, queued: datetime.datetime) -> bool:
    """Whether a reminder queued then is wrong by now: its reporter owes nothing more, has another deadline, or all is over."""
    circular = standing.circular.seen_by(reporter.key)
    anew = circular.round.since(ALL)
    if standing.dispatched or circular.closed or reporter.key in circular.round.spared or (anew and anew > queued):
        return True
    return not owed_by(circular, bureau.roster, standing.known, reporter.organisations)


def withdrawal(fate: LetterFate, now: datetime.datetime, *, another_day: bool) -> Decision:
    """Withdraw such a letter: each of its circulars notes that its step is to be taken anew."""
    today = now.astimezone(BANGKOK).date()
    action, ground = "unsent" if another_day else OVERTAKEN, "the reminder did not leave in time"
    steps = (
        LedgerEntry(slug, fate.addressee, f"{UNSENT}{fate.id}", today, action, ground)
        for slug in fate.about or (fate.circular,)
    )
    return Decision(outcome="reminder-withdrawn", withdrawn=(fate.id,), ledger=tuple(steps))


def beside_plan(
    entries: Sequence[LedgerEntry], owes: Callable[[], bool], now: datetime.datetime
) -> Iterable[tuple[str, datetime.datetime]]:
    """(step, moment) of what one reporter's ``entries`` of one circular call for beside its plan.

    In the place of what was withdrawn; and at once where nothing was owed at the last step and something is now.
    """
    for entry in entries:
        if entry.step.startswith(UNSENT):
            moment = datetime.datetime.combine(entry.on, OPENS, BANGKOK)
            yield AGAIN + entry.step.removeprefix(UNSENT), moment
    acted = [entry for entry in entries if entry.action != SKIPPED]
    if acted and acted[-1].action == NOT_OWED and owes():
        yield f"{OWES}{now.astimezone(BANGKOK).date()}", now


def doubles(step: str, entries: Iterable[LedgerEntry], day: datetime.date) -> bool:
    """Whether a step would remind one reporter again on a day on which he was, and one of the two is made anew.

    A letter that was withdrawn on its own day reminded nobody.
    """
    reminded = ""
    for entry in entries:  # in the order in which they were written
        if entry.on == day and entry.step != REQUEST and entry.action in ("sent", OVERTAKEN):
            reminded = entry.step if entry.action == "sent" else ""
    return bool(reminded) and (step.startswith(AGAIN) or reminded.startswith(AGAIN))
