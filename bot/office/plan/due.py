"""What is due: arithmetic over the circular's plan, the ledger and the time. Nothing is remembered outside the books.

Law: over any split of time into ticks, each step of the plan is taken exactly once for each reporter. After the bot was
away only the newest of the steps that fell due is acted on; the older ones are entered as skipped.
"""

import collections
import dataclasses
import datetime
import functools
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.office.decision import Decision
from bot.office.letters.digest import digest
from bot.office.letters.district_letter import waits
from bot.office.letters.draft_and_report import draft_letter, draft_reference, report_letter
from bot.office.letters.letter import STAFF, Letter
from bot.office.letters.morning import Morning
from bot.office.letters.request_and_reminder import Known, ReminderStep, as_answers, prefilled, reminder, request
from bot.office.letters.waiting_for_staff import TASK
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import OPEN_AFTER, Bureau
from bot.office.model.calendar import ONE_DAY, OPENS
from bot.office.model.circular import Circular
from bot.office.model.circular_standing import Standing, Trouble
from bot.office.model.ledger import BEFORE, HALF_WAY, OVERDUE, REQUEST, LedgerEntry
from bot.office.model.owed import owed_by
from bot.office.model.recorded_answer import RecordedRemark
from bot.office.model.report_draft import Draft, last_sent
from bot.office.model.rollup import Rollup, fingerprint, roll_up
from bot.office.model.roster import Contact
from bot.office.model.round import ALL
from bot.office.plan.calendar_warnings import calendar_warnings
from bot.office.plan.calls import calls, in_lines
from bot.office.plan.compared_report import compared
from bot.office.plan.half_way import half_way
from bot.office.plan.made_anew import SKIPPED, beside_plan, doubles
from bot.office.plan.unaddressed import UNADDRESSED, unaddressed_due
from bot.office.plan.words_to_staff import quotes_of, unanswered

DIGEST_AT = OPENS
DIGEST = "digest-"  # before its day, the step by which a digest is known
REDRAFT_AFTER = datetime.timedelta(minutes=30)  # answers come in bursts; staff get one new draft for each burst


@dataclass(frozen=True)
class Step:
    """One step of the plan: its name in the ledger and the moment from which it is due."""

    name: str
    at: datetime.datetime


def steps(bureau: Bureau, circular: Circular, now: datetime.datetime) -> list[Step]:
    """The plan of one circular up to ``now``, in order of time; of one reporter when ``circular`` is as he sees it.

    Where the deadline was given anew, the steps towards it have names of their own, so that they go again; those that would
    have fallen before it was given are none, as the letter that told the new day took their place.
    """
    calendar, plan, deadlines = bureau.calendar, circular.reminders, circular.deadlines
    last_day, since = deadlines.reporters.date(), circular.round.since(ALL)
    anew = f"-to-{last_day}" if since else ""
    found = []
    if half := half_way(calendar, circular):
        found.append(Step(f"{HALF_WAY}{anew}", datetime.datetime.combine(half, plan.at, BANGKOK)))
    for days in plan.working_days_before:
        day = calendar.working_days_before(last_day, days)
        found.append(Step(f"{BEFORE}{days}{anew}", datetime.datetime.combine(day, plan.at, BANGKOK)))
    for late, day in enumerate(_overdue_days(bureau, circular, now), start=1):
        if plan.is_overdue_day(late):
            found.append(Step(f"{OVERDUE}{day}", datetime.datetime.combine(day, plan.at, BANGKOK)))
    coming = [step for step in found if step.at >= deadlines.opens and (since is None or step.at > since)]
    plan_to_now = [step for step in (Step(REQUEST, deadlines.opens), *coming) if step.at <= now]
    return sorted(plan_to_now, key=lambda step: step.at)


def _overdue_days(bureau: Bureau, circular: Circular, now: datetime.datetime) -> Iterator[datetime.date]:
    last_day = circular.deadlines.reporters.date()
    end = min(now.astimezone(BANGKOK).date(), last_day + OPEN_AFTER)
    return bureau.calendar.working_days(last_day + ONE_DAY, end)


def reminders_due(
    bureau: Bureau,
    standing: Standing,
    ledger: Sequence[LedgerEntry],
    now: datetime.datetime,
    through: datetime.datetime | None = None,
) -> Decision | None:
    """Requests and reminders that are due now for one circular, and the ledger entries that make each the only one.

    ``through``: take the steps up to then, because something goes to reporters anyhow; requests wait for their moment.
    """
    if now < standing.circular.deadlines.opens or not bureau.calendar.is_open(now):
        return None
    taken = {(entry.reporter, entry.step) for entry in ledger}
    begun = any(step == REQUEST for _, step in taken)  # what went out is not taken back
    over = standing.dispatched or standing.circular.closed
    if over or (not begun and waits(standing.circular, standing.registered)):
        return None
    plan = steps(bureau, standing.circular, through or now)
    theirs = collections.defaultdict[str, list[LedgerEntry]](list)
    for entry in ledger:
        theirs[entry.reporter].append(entry)
    letters: list[Letter] = []
    entries: list[LedgerEntry] = []
    if plan and (STAFF, UNADDRESSED) not in taken and (told := unaddressed_due(bureau, standing.circular, now)):
        letters, entries = [told[0]], [told[1]]
    owing = functools.cache(lambda: owed_by(standing.circular, bureau.roster, standing.known))
    for contact in bureau.roster.contacts:
        if not contact.reporter.addresses:
            continue
        key = contact.reporter.key
        own = standing.circular.seen_by(key)
        mine = plan if own is standing.circular else steps(bureau, own, through or now)
        more = beside_plan(theirs[key], functools.partial(_owes, owing, contact), now)
        whole = sorted((*mine, *(Step(name, at) for name, at in more)), key=lambda step: step.at)
        open_steps = [step for step in whole if (key, step.name) not in taken]
        if open_steps:
            taken_now = _take(bureau, dataclasses.replace(standing, circular=own), contact, open_steps, now)
            letter, new = _once_a_day(taken_now, theirs[key], now)
            letters += [letter] if letter else []
            entries += new
    if not entries:
        return None
    return Decision(outcome="reminded", circular=standing.circular.slug, letters=tuple(letters), ledger=tuple(entries))


def _once_a_day(
    taken: tuple[Letter | None, list[LedgerEntry]], entries: Iterable[LedgerEntry], now: datetime.datetime
) -> tuple[Letter | None, list[LedgerEntry]]:
    """What was taken, without a second reminder of a day: one that is made anew may come just before the plan's own."""
    letter, new = taken
    if letter is None or not doubles(letter.occasion, entries, now.astimezone(BANGKOK).date()):
        return taken
    return None, [dataclasses.replace(entry, action=SKIPPED) for entry in new]


def _owes(owing: Callable[[], Container[str]], contact: Contact) -> bool:
    return any(code in owing() for code in contact.reporter.organisations)


def _take(
    bureau: Bureau, standing: Standing, contact: Contact, open_steps: Sequence[Step], now: datetime.datetime
) -> tuple[Letter | None, list[LedgerEntry]]:
    """Act on the newest of the open steps (the request before all) and enter the others as skipped."""
    circular = standing.circular
    reporter = contact.reporter
    chosen = next((step for step in open_steps if step.name == REQUEST), open_steps[-1])
    owed = owed_by(circular, bureau.roster, standing.known, reporter.organisations)
    if chosen.name == REQUEST and circular.asks(reporter.organisations):
        letter, action = request(bureau, circular, contact, _known(standing, contact, owed)), "sent"
    elif owed and reporter.key in circular.round.spared:
        letter, action = None, "spared"
    elif owed:
        said = _said(bureau, standing, contact, chosen, now)
        letter, action = reminder(bureau, circular, contact, owed, said), "sent"
    else:
        letter, action = None, "not-owed"
    today = now.astimezone(BANGKOK).date()
    return letter, [
        LedgerEntry(
            circular.slug,
            reporter.key,
            step.name,
            today,
            action if step is chosen else "skipped",
            f"{len(owed)} of {len(circular.asks(reporter.organisations))} organisations open",
        )
        for step in open_steps
    ]


def _known(standing: Standing, contact: Contact, owed: Mapping[str, tuple[str, ...]]) -> Known:
    """What is known when the request goes out."""
    filled = prefilled(standing.circular, contact.reporter.organisations, standing.last)
    return Known(owed, standing.registered, standing.stand, filled)


def reminder_now(
    bureau: Bureau, standing: Standing, contact: Contact, name: str, now: datetime.datetime
) -> Letter | None:
    """A reminder out of turn, as staff may want it; None for who owes nothing. ``name`` is its step of the ledger."""
    own = dataclasses.replace(standing, circular=standing.circular.seen_by(contact.reporter.key))
    owed = owed_by(own.circular, bureau.roster, own.known, contact.reporter.organisations)
    return (
        reminder(bureau, own.circular, contact, owed, _said(bureau, own, contact, Step(name, now), now))
        if owed
        else None
    )


def _said(bureau: Bureau, standing: Standing, contact: Contact, step: Step, now: datetime.datetime) -> ReminderStep:
    """What a reminder says of the time; the step is late when the bot was away, so the plan alone does not say the day."""
    circular = standing.circular
    deadline = circular.deadlines.reporters
    left = bureau.calendar.working_days_between(now.astimezone(BANGKOK).date(), deadline.date())
    known = as_answers(standing.answers_of(contact.reporter))
    last = prefilled(circular, contact.reporter.organisations, standing.last)
    escalated = -left >= max(circular.reminders.escalate_after_working_days, 1)
    return ReminderStep(step.name, left, now > deadline, escalated, known, standing.stand, last)


def digest_due(
    bureau: Bureau,
    standings: Sequence[Standing],
    troubles: Sequence[Trouble],
    ledger: Sequence[LedgerEntry],
    now: datetime.datetime,
) -> Decision | None:
    """The staff digest of today, once each working day from half past eight while any circular is open."""
    local, step = now.astimezone(BANGKOK), digest_step(now)
    running = [standing for standing in standings if is_open(standing, now)]
    asked = any(trouble.kind == TASK for trouble in troubles)  # what the department asks for outlives the circular
    if not (running or asked) or not bureau.calendar.is_open(now):
        return None
    if any(entry.step == step and entry.reporter == STAFF for entry in ledger):
        return None
    entry = LedgerEntry("", STAFF, step, local.date(), "sent", f"{len(running)} circulars, {len(troubles)} troubles")
    letter = digest_as_of(bureau, running, troubles, last_digest(ledger, now), now)
    return Decision(outcome="digest", letters=(letter,), ledger=(entry,))


def digest_as_of(
    bureau: Bureau,
    running: Sequence[Standing],
    troubles: Sequence[Trouble],
    since: datetime.datetime,
    now: datetime.datetime,
) -> Letter:
    """What a digest would say now of the circulars that are running, and of what changed ``since``."""
    days = tuple(warned.line(bureau) for warned in calendar_warnings(bureau, now))
    to_phone = tuple(in_lines(bureau, call) for call in calls(bureau, running, now))
    return digest(bureau, running, troubles, now.astimezone(BANGKOK), Morning(since, to_phone, days))


def digest_step(now: datetime.datetime) -> str:
    """The step of the ledger by which the digest of today is the only one."""
    return f"{DIGEST}{now.astimezone(BANGKOK).date()}"


def last_digest(ledger: Iterable[LedgerEntry], now: datetime.datetime) -> datetime.datetime:
    """Since when troubles are news to staff: the morning of the last digest; without one, a week ago."""
    days = [entry.on for entry in ledger if entry.reporter == STAFF and entry.step.startswith(DIGEST)]
    return news_since(max(days, default=None), now)


def news_since(day: datetime.date | None, now: datetime.datetime) -> datetime.datetime:
    """The same, by the day of the last digest."""
    return datetime.datetime.combine(day, DIGEST_AT, BANGKOK) if day else now - datetime.timedelta(days=7)


def is_open(standing: Standing, now: datetime.datetime) -> bool:
    """Whether a circular still needs its staff: opened, not closed, and a report still to go (or gone within the last day)."""
    circular = standing.circular
    if circular.closed or not circular.deadlines.opens <= now <= circular.deadlines.department + OPEN_AFTER:
        return False
    if standing.pending:
        return True
    sent = last_sent(standing.drafts)
    return sent is None or sent.dispatched is None or now - sent.dispatched < datetime.timedelta(days=1)


def draft_due(
    bureau: Bureau, standing: Standing, remarks: Iterable[RecordedRemark], now: datetime.datetime
) -> Decision | None:
    """The draft for staff: when all is in, at the cut-off at the latest, and anew when the figures changed since."""
    circular = standing.circular
    if circular.closed or now < circular.deadlines.opens:
        return None
    if sent := last_sent(standing.drafts):
        return _amended_due(bureau, standing, sent, remarks, now)
    if circular.department.dispatch == "approve" and not bureau.calendar.is_open(now):
        return None  # a report that waits for nobody may go at any hour
    complete = not owed_by(circular, bureau.roster, standing.known)
    if not complete and now < circular.deadlines.cutoff:
        return None
    rollup = roll_up(circular, bureau.roster, standing.known, remarks, now.astimezone(BANGKOK).date())
    figures = fingerprint(rollup)
    if standing.drafts:
        last = standing.drafts[-1]
        same = last.fingerprint == figures and not _reasons_since(standing, rollup)
        if same or now - last.made < REDRAFT_AFTER or not bureau.calendar.is_open(now):
            return None  # each new one makes the one before void, so somebody must be there to look
    return drafting(bureau, standing, rollup, now)


def _amended_due(
    bureau: Bureau, standing: Standing, sent: Draft, remarks: Iterable[RecordedRemark], now: datetime.datetime
) -> Decision | None:
    """The draft of an amended report: when what is recorded differs from what went, and no change came for a while."""
    circular, last = standing.circular, standing.drafts[-1]
    if now > circular.deadlines.department + OPEN_AFTER or not bureau.calendar.is_open(now):
        return None
    newest = max((answer.received for answer in standing.known), default=last.made)
    if now - max(newest, last.made) < REDRAFT_AFTER:
        return None
    rollup = roll_up(circular, bureau.roster, standing.known, remarks, now.astimezone(BANGKOK).date())
    known = {sent.fingerprint, last.fingerprint}  # what went, and what staff have before them
    return drafting(bureau, standing, rollup, now) if fingerprint(rollup) not in known else None


def _reasons_since(standing: Standing, rollup: Rollup) -> bool:
    """Whether reasons came for figures that the last draft has without: its workbook lacks them. They hold up no approval."""
    before = {(r.organisation, r.question): r.explanation for r in standing.before.answers}
    return any(before.get(query.about) != query.answer.explanation for query in rollup.queries if query.explained)


def drafting(bureau: Bureau, standing: Standing, rollup: Rollup, now: datetime.datetime) -> Decision:
    """The next draft of a circular; where the circular says so, the report goes out with it at once."""
    circular = standing.circular
    version = len(standing.drafts) + 1
    figures = fingerprint(rollup)
    rollup = compared(bureau, standing, rollup)
    words = unanswered(standing.words, standing.known)
    # Who wrote words may not mean the figures, and a figure that nobody explained wants a person's look.
    doubtful = words or any(not query.explained for query in rollup.queries)
    # What the department has it has on somebody's word; that it is to be taken back is no program's to say.
    auto = circular.department.dispatch == "auto" and not doubtful and rollup.amends is None
    draft = Draft(
        circular.slug,
        version,
        figures,
        draft_reference(standing.secret, circular.slug, version, figures),
        now,
        approved_by='dispatch = "auto"' if auto else "",
        dispatched=now if auto else None,
    )
    if auto:
        letter = report_letter(bureau, circular, rollup, standing.registered)
    else:
        letter = draft_letter(bureau, standing, rollup, draft, quotes_of(bureau, words))
    return Decision(outcome="drafted", circular=circular.slug, letters=(letter,), drafts=(draft,))
