"""What must hold of an office's year, and the count of what breaks it. Each letter is looked at as it goes, the books at the end."""

import bisect
import datetime
import email
import email.utils
import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.bureau import Bureau
from bot.office.model.circular import Circular
from bot.office.model.round_change import ChangeKind
from bot.office.model.sent_letter import LetterFate
from bot.office.plan.due import steps
from bot.store.books import OfficeBooks
from tests.field.year_circulars import at

ONCE = "each due step of the plan taken once"
CAUGHT_UP = "each step taken by the first office hour after it"
OPENED = "each round opened once, at the first look after its day"
TWICE = "no letter twice, no second reminder of a circular in a day"
COMPLETE = "no reminder to who is complete"
NIGHT = "nothing at night or on a day off"
STALE = "no reminder of another day"
GONE = "each letter went, each report went"
LAWS = (ONCE, CAUGHT_UP, OPENED, TWICE, COMPLETE, NIGHT, STALE, GONE)

# Steps that answer what happened instead of following the plan.
_BESIDE = ("unsent-", "again-", "owes-again-")


@dataclass
class Laws:
    """What went out, and what must not have: ``wrong`` has for each law the faults in words."""

    bureau: Bureau
    complete: Mapping[str, set[str]]  # reporters who answered all, by the slug of the round
    by_week: Counter = field(default_factory=Counter)  # (reporter, ISO week): letters
    alone: Counter = field(default_factory=Counter)  # the same had nobody joined them
    sent: Counter = field(default_factory=Counter)  # by kind
    wrong: dict[str, list[str]] = field(default_factory=lambda: {law: [] for law in LAWS})
    withdrawn: int = 0
    _gone: set[str] = field(default_factory=set)
    _reminded: set[tuple[str, str, datetime.date]] = field(default_factory=set)

    @property
    def faults(self) -> list[str]:
        """All of them, each with its law."""
        return [f"{law}: {fault}" for law, found in self.wrong.items() for fault in found]

    def look(self, fate: LetterFate, raw: bytes, now: datetime.datetime) -> None:
        """A letter that is handed to the outgoing server."""
        self.sent[fate.kind] += 1
        mail = email.message_from_bytes(raw)
        if mail["Message-ID"] in self._gone:
            self.wrong[TWICE].append(f"{fate.kind} {mail['Message-ID']} at {now}")
        self._gone.add(mail["Message-ID"])
        # A notice here is of a report that went: it answers who approved it.
        if fate.kind not in {"report", "notice"} and not self.bureau.calendar.is_open(now):
            self.wrong[NIGHT].append(f"{fate.kind} to {fate.addressee} at {now}")
        if fate.kind not in {"request", "reminder"}:
            return
        about = fate.about or (fate.circular,)
        week = (fate.addressee, *now.isocalendar()[:2])
        self.by_week[week] += 1
        self.alone[week] += len(about)
        if fate.kind == "reminder":
            written = email.utils.parsedate_to_datetime(str(mail["Date"])).astimezone(BANGKOK)
            self._look_at_reminder(fate.addressee, about, written, now)

    def _look_at_reminder(
        self, addressee: str, about: Sequence[str], written: datetime.datetime, now: datetime.datetime
    ) -> None:
        if written.date() != now.date():
            self.wrong[STALE].append(f"to {addressee} of {written} at {now}")
        for slug in about:
            if addressee in self.complete[slug]:
                self.wrong[COMPLETE].append(f"{slug} {addressee} at {now}")
            if (slug, addressee, now.date()) in self._reminded:
                self.wrong[TWICE].append(f"{slug} {addressee} reminded again at {now}")
            self._reminded.add((slug, addressee, now.date()))

    def look_back(
        self, books: OfficeBooks, rounds: Mapping[str, Circular], looked: Sequence[datetime.datetime]
    ) -> None:
        """The books at the end: ``rounds`` are all that were to be collected, ``looked`` when the clock looked, in order."""
        letters = books.letters()
        self.withdrawn = sum(line.state == "withdrawn" for line in letters)
        stuck = (line for line in letters if line.state not in {"sent", "withdrawn"})
        self.wrong[GONE] += [f"{line.kind} {line.occasion} {line.state}" for line in stuck]
        open_looks = [now for now in looked if self.bureau.calendar.is_open(now)]
        for slug, circular in rounds.items():
            if circular.round.series:
                self._look_at_opening(books, circular, looked)
            gone = next((draft.dispatched for draft in books.drafts(slug) if draft.dispatched), None)
            if gone is None:
                self.wrong[GONE].append(f"{slug}: no report")
            else:
                self._look_at_plan(books, circular, open_looks[: bisect.bisect_right(open_looks, gone)], open_looks)

    def _look_at_opening(self, books: OfficeBooks, circular: Circular, looked: Sequence[datetime.datetime]) -> None:
        opened = [change.at for change in books.round_changes([circular.slug]) if change.kind is ChangeKind.OPENED]
        first = looked[bisect.bisect_left(looked, circular.deadlines.opens)]
        if opened != [first]:
            self.wrong[OPENED].append(f"{circular.slug}: {opened} for {first}")

    def _look_at_plan(
        self,
        books: OfficeBooks,
        circular: Circular,
        looks: Sequence[datetime.datetime],
        open_looks: Sequence[datetime.datetime],
    ) -> None:
        """Whether each step up to the report, which went at the last of ``looks``, was taken once for each reporter."""
        planned = {step.name: step.at for step in steps(self.bureau, circular, looks[-1])}
        # What goes out takes the steps of its whole day along.
        today = {step.name for step in steps(self.bureau, circular, at(looks[-1].date(), "23:59"))}
        latest = {name: open_looks[bisect.bisect_left(open_looks, due)].date() for name, due in planned.items()}
        by_reporter = defaultdict(list)
        for entry in books.ledger(circular.slug):
            by_reporter[entry.reporter].append(entry)
        for contact in self.bureau.roster.contacts:
            key = contact.reporter.key
            own = [entry for entry in by_reporter[key] if not entry.step.startswith(_BESIDE)]
            taken = Counter(entry.step for entry in own)
            if not planned.keys() <= taken.keys() or not taken.keys() <= today or max(taken.values()) > 1:
                self.wrong[ONCE].append(f"{circular.slug} {key}: {sorted(taken.keys() ^ planned.keys())}")
            for entry in own:
                due = planned.get(entry.step)
                if due and not due.astimezone(BANGKOK).date() <= entry.on <= latest[entry.step]:
                    self.wrong[CAUGHT_UP].append(f"{circular.slug} {key}: {entry.step} on {entry.on}")


def per_week(counts: Counter) -> tuple[float, int]:
    """Letters a reporter gets in a week in which he gets any: median and most."""
    return statistics.median(counts.values()), max(counts.values())
