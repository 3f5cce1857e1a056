"""A year of an office: circulars of all kinds over the year's real holidays, answers as they come, downtime, a server that defers.

The real clock, plan, books and outbox on a moved clock; only the files that letters carry are empty, as nobody opens them.
``python -m tests.field.year_of_circulars`` plays the whole of 2569 (2026) and prints its figures.
"""

import dataclasses
import datetime
import random
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.documents.mail import attachments, render
from bot.office.decision import Decision, Facts
from bot.office.letters.enclosures import Enclosure, ReadyFile
from bot.office.model.received_mail import Arrival, MessageState
from bot.office.rules.approval import Word, release
from bot.post.smtp.sending import Result
from bot.service import clock_tick, send_letters
from bot.service.context import House
from bot.service.current_bureau import current
from bot.service.facts_of_circular import with_circular
from bot.service.letters_per_hour import Caps
from bot.service.record_decision import record
from bot.store.books import Books
from parsers.findings import Place
from parsers.reading import Answer, Reporter
from tests.field.year_circulars import DAY, QUESTION, Size, at, circulars_of, rounds_of
from tests.field.year_laws import LAWS, Laws, per_week
from tests.setup.shipped import STAFF, bureau_at_work

HOUR = datetime.timedelta(hours=1)
LOOKS = ("01:28", "08:30", "09:00", "13:30", "16:30", "20:00")
YES = True
WHOLE = Size(datetime.date(2026, 1, 1), 365, 27, 13)  # 40 circulars, a third of them monthly


class Year:
    """An office's year. ``play`` it, then look into its ``laws``."""

    def __init__(self, folder: Path, size: Size) -> None:
        self.size, self.chance = size, random.Random(size.seed)
        declared = bureau_at_work()
        circulars = circulars_of(size, declared.circulars["w5827"], declared.calendar, self.chance)
        self.bureau = dataclasses.replace(declared, circulars=circulars)
        self.rounds = {one.slug: one for one in rounds_of(size, circulars, declared.calendar)}
        self.books = Books.open(f"sqlite:///{folder}/books.db")
        self.house = House(self.bureau, self.books.office("phrae", "x"), None)  # type: ignore[arg-type]  # no mail is read
        self.laws = Laws(self.bureau, {slug: set() for slug in self.rounds})
        self.answers = deque(sorted(self._answers(), key=lambda one: one[0]))
        self.looked: list[datetime.datetime] = []
        self.away: list[datetime.timedelta] = []  # how long the bot was, each time
        self.replies = self.deferred = 0
        self.full = False  # the server takes nothing today
        self.unapproved = set(self.rounds)

    def _answers(self) -> Iterator[tuple[datetime.datetime, str, Reporter]]:
        """(moment, circular, reporter): two thirds in time, a fifth late, the others never."""
        for slug, circular in self.rounds.items():
            deadlines = circular.deadlines
            span = deadlines.reporters - deadlines.opens
            for contact in self.bureau.roster.contacts:
                fate = self.chance.random()
                if fate < 0.67:
                    yield deadlines.opens + span * self.chance.random(), slug, contact.reporter
                elif fate < 0.87:
                    yield deadlines.reporters + DAY * 12 * self.chance.random(), slug, contact.reporter

    def play(self) -> Laws:
        """Every look of the year but those while the bot was away; what held and what did not."""
        away_until = at(self.size.first, "00:00")
        with without_files():
            for day in (self.size.first + DAY * n for n in range(self.size.days + self.size.tail)):
                self.full = self.chance.random() < 0.04
                for clock in LOOKS:
                    now = at(day, clock)
                    if now < away_until:
                        continue
                    self._answers_until(now)
                    self._look(now)
                    if day < self.size.end and self.chance.random() < 0.02:
                        self.away.append(self.chance.choice((3 * HOUR, 8 * HOUR, DAY, 2 * DAY, 4 * DAY)))
                        away_until = now + self.away[-1]
        self.laws.look_back(self.house.books, self.rounds, self.looked)
        return self.laws

    def _look(self, now: datetime.datetime) -> None:
        self.looked.append(now)
        clock_tick.tick(self.house, now)
        send_letters.send(self.house, self, now, Caps(100_000, 100_000))  # type: ignore[arg-type]  # a fake with the one verb
        if self.bureau.calendar.is_open(now):
            for slug in [slug for slug in self.unapproved if now >= self.rounds[slug].deadlines.cutoff + 2 * DAY]:
                self._approve(slug, now)

    def _approve(self, slug: str, now: datetime.datetime) -> None:
        drafts = self.house.books.drafts(slug)
        if not drafts:
            return
        if drafts[-1].dispatched:
            self.unapproved.discard(slug)
            return
        house = current(self.house, now)
        facts = with_circular(house, slug, Facts())
        record(house, release(house.bureau, facts, facts.drafts[-1], Word(STAFF, str(now), now)), None, now)

    def _answers_until(self, now: datetime.datetime) -> None:
        while self.answers and self.answers[0][0] <= now:
            moment, slug, reporter = self.answers.popleft()
            self.replies += 1
            raw = f"From: {reporter.addresses[0]}\r\nMessage-ID: <{self.replies}@x.example>\r\n\r\nx".encode()
            books = self.house.books
            [message] = books.receive([Arrival("INBOX", 7, self.replies, raw, moment, len(raw))])
            answers = tuple(
                Answer(code, QUESTION, YES, Place("form.xlsx", "s", "C7")) for code in reporter.organisations
            )
            said = Decision(MessageState.DECIDED, "accepted", circular=slug, reporter=reporter.key, answers=answers)
            books.commit(said, [], message=message, now=moment)
            self.laws.complete[slug].add(reporter.key)

    def deliver(self, letters):
        """The outgoing server: every fiftieth letter is to come again later, and on some days all."""
        for letter in letters:
            if self.full or self.chance.random() < 0.02:
                self.deferred += 1
                yield letter.id, Result("deferred", "451 later")
                continue
            [fate] = self.house.books.fates(numbers=[letter.id])
            self.laws.look(fate, letter.raw, self.looked[-1])
            yield letter.id, Result("sent", "250 ok")


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


def table(year: Year) -> str:
    """The year in figures, a line each."""
    laws, size = year.laws, year.size
    away = sorted(year.away)
    lines = [
        ("circulars", f"{size.single + size.monthly}, of them {size.monthly} monthly"),
        ("rounds", f"{len(year.rounds)}, {len(year.rounds) - size.single} opened by the clock"),
        ("organisations", f"{len(year.bureau.roster.organisations)}, {len(year.bureau.roster.contacts)} reporters"),
        ("replies", f"{year.replies}"),
        ("letters", f"{sum(laws.sent.values())}: " + ", ".join(f"{n} {kind}" for kind, n in laws.sent.most_common())),
        ("deferred", f"{year.deferred} by the server, {laws.withdrawn} withdrawn and made anew"),
        ("downtimes", f"{len(away)}, {sum(away, datetime.timedelta()).total_seconds() / 3600:.0f} hours in all"),
        ("looks", f"{len(year.looked)} of {len(LOOKS) * (size.days + size.tail)}"),
    ]
    for name, found in (("before joining", laws.alone), ("after joining", laws.by_week)):
        median, most = per_week(found)
        said = f"{sum(found.values())} letters to reporters; in a week with any, median {median:g}, most {most}"
        lines.append((name, said))
    lines += [(law, f"{len(laws.wrong[law])} faults") for law in LAWS]
    return "\n".join(f"{name:<62}{said}" for name, said in lines)


def main() -> None:
    """Play the whole year and print its figures."""
    began = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        year = Year(Path(folder), WHOLE)
        laws = year.play()
        year.books.close()
    print(table(year), *laws.faults[:20], f"{time.process_time() - began:.0f} s of CPU", sep="\n")


if __name__ == "__main__":
    main()
