"""A year of an office: circulars of all kinds over the year's real holidays, answers as they come, downtime, a server that defers.

The real clock, plan, books and outbox on a moved clock; only the files that letters carry are empty, as nobody opens them.
``python -m tests.field.year_of_circulars`` plays the whole of 2569 (2026) and prints its figures.
"""

import dataclasses
import datetime
import email
import email.utils
import random
import statistics
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.documents.mail import attachments, render
from bot.office.decision import Decision, Facts
from bot.office.letters.enclosures import Enclosure, ReadyFile
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Circular, Deadlines, Reminders
from bot.office.model.received_mail import Arrival, MessageState
from bot.office.plan.due import steps
from bot.office.rules.approval import Word, release
from bot.post.smtp.sending import Result
from bot.service import clock_tick, send_letters
from bot.service.context import House
from bot.service.facts_of_circular import with_circular
from bot.service.letters_per_hour import Caps
from bot.service.record_decision import record
from bot.store.books import Books
from parsers.findings import Place
from parsers.reading import Answer
from tests.setup.shipped import STAFF, bureau_at_work

DAY, HOUR = datetime.timedelta(days=1), datetime.timedelta(hours=1)
LOOKS = ("01:28", "08:30", "09:00", "13:30", "16:30", "20:00")
TAIL = 30  # days after the last opening, within which every report has gone
QUESTION = "s10_announced"
YES = True


def at(day: datetime.date, clock: str) -> datetime.datetime:
    """A moment in Bangkok."""
    return datetime.datetime.combine(day, datetime.time.fromisoformat(clock), BANGKOK)


@dataclass(frozen=True)
class Size:
    """How large the year is."""

    first: datetime.date
    days: int
    single: int  # circulars that come once
    monthly: int  # and those that come every month
    seed: int = 2569


WHOLE = Size(datetime.date(2026, 1, 1), 365, 27, 13)  # 40 circulars, a third of them monthly


@dataclass
class Counts:
    """What went out, and what must not have."""

    by_week: Counter = field(default_factory=Counter)  # (reporter, ISO week): letters
    alone: Counter = field(default_factory=Counter)  # the same had nobody joined them
    wrong: list[str] = field(default_factory=list)
    sent: Counter = field(default_factory=Counter)  # by kind
    deferred: int = 0
    withdrawn: int = 0


class Year:
    """An office's year. ``play`` it, then ask ``faults``."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.size, self.chance = size, random.Random(size.seed)
        declared = bureau_at_work()
        base = declared.circulars["w5827"]
        self.calendar = declared.calendar
        self.bureau = dataclasses.replace(declared, circulars={one.slug: one for one in self._circulars(base)})
        self.books = Books.open(f"sqlite:///{folder}/books.db")
        self.house = House(self.bureau, self.books.office("phrae", "x"), None)  # type: ignore[arg-type]  # no mail is read
        self.counts, self.uid = Counts(), 0
        self.complete: dict[str, set[str]] = {slug: set() for slug in self.bureau.circulars}  # reporters, by circular
        self.answers = sorted(self._answers(), key=lambda one: one[0])
        self.last = at(size.first, "00:00")
        self.looked: list[datetime.datetime] = []
        self.full = False  # the server takes nothing today
        self.unapproved = set(self.bureau.circulars)

    def _circulars(self, base: Circular) -> list[Circular]:
        first, size = self.size.first, self.size
        found = []
        for number in range(size.single):
            opens = first + DAY * self.chance.randrange(max(size.days - 60, 1))
            found.append(
                _circular(
                    base, f"c{number}", self._working(opens), self._working(opens + DAY * self.chance.randint(7, 30))
                )
            )
        months = sorted({(day.year, day.month) for day in (first + DAY * n for n in range(size.days))})
        for number in range(size.monthly):
            for year, month in months:
                opens = self._working(datetime.date(year, month, 1))
                due = self._working(datetime.date(year, month, 1) + DAY * self.chance.randint(9, 14))
                found.append(_circular(base, f"m{number}-{month:02}", opens, due))
        return found

    def _working(self, day: datetime.date) -> datetime.date:
        return next(day + DAY * n for n in range(30) if self.calendar.is_working(day + DAY * n))

    def _answers(self):
        """(moment, circular, reporter): two thirds in time, a fifth late, the others never."""
        for slug, circular in self.bureau.circulars.items():
            deadlines = circular.deadlines
            span = deadlines.reporters - deadlines.opens
            for contact in self.bureau.roster.contacts:
                fate = self.chance.random()
                if fate < 0.67:
                    yield deadlines.opens + span * self.chance.random(), slug, contact.reporter
                elif fate < 0.87:
                    yield deadlines.reporters + DAY * 12 * self.chance.random(), slug, contact.reporter

    def play(self) -> Counts:
        """Every look of the year but those while the bot was away."""
        away_until = at(self.size.first, "00:00")
        with without_files():
            for day in (self.size.first + DAY * n for n in range(self.size.days + TAIL)):
                self.full = self.chance.random() < 0.04
                for clock in LOOKS:
                    now = at(day, clock)
                    if now < away_until:
                        continue
                    self._answers_until(now)
                    self._look(now)
                    if day < self.size.first + DAY * self.size.days and self.chance.random() < 0.02:
                        away_until = now + self.chance.choice((3 * HOUR, 8 * HOUR, DAY, 2 * DAY, 4 * DAY))
        return self.counts

    def _look(self, now: datetime.datetime) -> None:
        self.looked.append(now)
        clock_tick.tick(self.house, now)
        send_letters.send(self.house, self, now, Caps(100_000, 100_000))  # type: ignore[arg-type]  # a fake with the one verb
        if self.calendar.is_open(now):
            due = [slug for slug in self.unapproved if now >= self.bureau.circulars[slug].deadlines.cutoff + 2 * DAY]
            for slug in due:
                self._approve(slug, now)

    def _approve(self, slug: str, now: datetime.datetime) -> None:
        drafts = self.house.books.drafts(slug)
        if not drafts:
            return
        if drafts[-1].dispatched:
            self.unapproved.discard(slug)
            return
        facts = with_circular(self.house, slug, Facts())
        record(self.house, release(self.bureau, facts, facts.drafts[-1], Word(STAFF, str(now), now)), None, now)

    def _answers_until(self, now: datetime.datetime) -> None:
        while self.answers and self.answers[0][0] <= now:
            moment, slug, reporter = self.answers.pop(0)
            self.uid += 1
            raw = f"From: {reporter.addresses[0]}\r\nMessage-ID: <{self.uid}@x.example>\r\n\r\n{self.uid}".encode()
            books = self.house.books
            [message] = books.receive([Arrival("INBOX", 7, self.uid, raw, moment, len(raw))])
            answers = tuple(
                Answer(code, QUESTION, YES, Place("form.xlsx", "s", "C7")) for code in reporter.organisations
            )
            said = Decision(MessageState.DECIDED, "accepted", circular=slug, reporter=reporter.key, answers=answers)
            books.commit(said, [], message=message, now=moment)
            self.complete[slug].add(reporter.key)

    def deliver(self, letters):
        """The outgoing server: every fiftieth letter is to come again later, and on some days all."""
        for letter in letters:
            now = self.looked[-1]
            if self.full or self.chance.random() < 0.02:
                self.counts.deferred += 1
                yield letter.id, Result("deferred", "451 later")
                continue
            self._check(letter, now)
            yield letter.id, Result("sent", "250 ok")

    def _check(self, letter, now: datetime.datetime) -> None:
        counts = self.counts
        [fate] = self.house.books.fates(numbers=[letter.id])
        counts.sent[fate.kind] += 1
        # A notice here is of a report that went: it answers who approved it.
        if fate.kind not in {"report", "notice"} and not self.calendar.is_open(now):
            counts.wrong.append(f"{fate.kind} at {now}")
        if fate.kind not in {"request", "reminder"}:
            return
        about = fate.about or (fate.circular,)
        week = (fate.addressee, *now.isocalendar()[:2])
        counts.by_week[week] += 1
        counts.alone[week] += len(about)
        if fate.kind == "reminder":
            done = [slug for slug in about if fate.addressee in self.complete[slug]]
            counts.wrong += [f"{slug} {fate.addressee} complete at {now}" for slug in done]
            written = email.utils.parsedate_to_datetime(str(email.message_from_bytes(letter.raw)["Date"]))
            if written.astimezone(BANGKOK).date() != now.date():
                counts.wrong.append(f"a reminder of {written} at {now}")

    def faults(self) -> list[str]:
        """What broke a law, in words; nothing when all held."""
        found = list(self.counts.wrong)
        books = self.house.books
        self.counts.withdrawn = sum(line.state == "withdrawn" for line in books.letters())
        found += [
            f"{line.kind} {line.occasion} {line.state}"
            for line in books.letters()
            if line.state not in {"sent", "withdrawn"}
        ]
        for slug, circular in self.bureau.circulars.items():
            found += self._faults_of(slug, circular)
        return found

    def _faults_of(self, slug: str, circular: Circular) -> list[str]:
        """Whether each step of the plan was taken once for each reporter, up to the report."""
        drafts = self.house.books.drafts(slug)
        gone = next((draft.dispatched for draft in drafts if draft.dispatched), None)
        if gone is None:
            return [f"{slug}: no report"]
        looks = [now for now in self.looked if self.calendar.is_open(now) and now <= gone]  # a look ends with approvals
        planned = {step.name for step in steps(self.bureau, circular, looks[-1])}
        today = {step.name for step in steps(self.bureau, circular, at(looks[-1].date(), "23:59"))}
        found = []
        for contact in self.bureau.roster.contacts:
            taken = Counter(entry.step for entry in self.house.books.ledger(slug, contact.reporter.key))
            own = {name for name in taken if not name.startswith(("unsent-", "again-", "owes-again-"))}
            if not planned <= own or not own <= today or any(number > 1 for number in taken.values()):
                found.append(f"{slug} {contact.reporter.key}: {sorted(own ^ planned)}")
        return found


def _circular(base: Circular, slug: str, opens: datetime.date, due: datetime.date) -> Circular:
    """A small circular: one question, the schema's own reminders, a report wanted a week after the deadline."""
    reporters = at(due, "16:30")
    form = base.form.model_copy(
        update={"question": tuple(q for q in base.form.question if q.key == QUESTION), "remark": ()}
    )
    deadlines = Deadlines(
        opens=at(opens, "08:30"), reporters=reporters, cutoff=reporters + 5 * DAY, department=reporters + 7 * DAY
    )
    wording = base.wording.model_copy(
        update={"subject": f"เรื่องที่ {slug}", "opening": "โปรดรายงาน", "remarks_for_staff": ()}
    )
    return base.model_copy(
        update={"slug": slug, "form": form, "deadlines": deadlines, "wording": wording, "reminders": Reminders()}
        | {"letter": None, "enclosure": (), "link": (), "dated": opens, "baseline": type(base.baseline)()}
    )


@contextmanager
def without_files():
    """Enclosures are names with nothing in them: drawing five thousand forms is not what is looked at here."""

    def empty(enclosure: Enclosure, desk: attachments.Desk) -> ReadyFile:
        return ReadyFile(getattr(enclosure, "name", "") or f"{type(enclosure).__name__}.xlsx", b"-")

    drawn = vars(render)["made"]
    vars(render)["made"] = empty
    try:
        yield
    finally:
        vars(render)["made"] = drawn


def per_week(counts: Counter) -> tuple[float, int]:
    """Letters a reporter gets in a week in which he gets any: median and most."""
    return statistics.median(counts.values()), max(counts.values())


def main() -> None:
    """Play the whole year and print its figures."""
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        year = Year(Path(folder), WHOLE)
        counts = year.play()
        faults = year.faults()
        rounds = len(year.bureau.circulars)
        year.books.close()
    print(
        f"{WHOLE.single + WHOLE.monthly} circulars, {rounds} rounds, {len(year.looked)} looks of {len(LOOKS) * (WHOLE.days + TAIL)}"
    )
    print(f"letters: {dict(counts.sent)}; deferred {counts.deferred}, withdrawn and made anew {counts.withdrawn}")
    for name, found in (("each alone", counts.alone), ("joined", counts.by_week)):
        median, most = per_week(found)
        print(f"{name}: {sum(found.values())} letters to reporters; in a week with any, median {median}, most {most}")
    print(f"faults: {len(faults)}", *faults[:20], sep="\n")
    print(f"{time.process_time() - began:.0f} s of CPU")


if __name__ == "__main__":
    main()
