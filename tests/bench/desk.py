"""What each page of the desk costs with 200 open circulars and 100,000 mails: milliseconds and statements; this is no test.

    .venv/bin/python -m tests.bench.desk [FOLDER] [WORDS ...]

FOLDER keeps the books for the next time; WORDS narrow the pages to those in whose name one stands. Each page is asked for 20 times, a
minute apart by the desk's clock, each time about another circular, reporter, mail or letter, and each time something was written
about a circular since. Its first look is the one after a start, while the circulars are being read.
"""

import dataclasses
import datetime
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.desk.app import desk_app
from bot.desk.desk import Desk
from bot.desk.standings import Standings
from bot.store.changes import count_change
from parsers.child_process.sandbox import Sandbox
from tests.bench.desk_books import CIRCULARS, OFFICE, filled
from tests.bench.desk_visits import VISITS, Visit
from tests.bot.desk.conftest import VIEWER, AtOnce, DeskOffice

TIMES = 20  # requests of each page
APART = datetime.timedelta(minutes=1)


@dataclasses.dataclass(frozen=True)
class Line:
    """What one page took: milliseconds, statements of the last request, bytes."""

    name: str
    first: float
    others: tuple[float, ...]
    statements: int
    size: int

    def __str__(self) -> str:
        times = f"{self.first:8.0f} {statistics.median(self.others):8.0f} {max(self.others):8.0f}"
        return f"{self.name:34} {times} {self.statements:10} {self.size / 1024:8.1f}"


HEAD = f"{'page':34} {'first ms':>8} {'median':>8} {'worst':>8} {'statements':>10} {'kB':>8}"


class Bench:
    """An office, its sandbox and what all its circulars are known by."""

    def __init__(self, office: DeskOffice, sandbox: Sandbox) -> None:
        self.office, self.began = office, office.now
        office.house = dataclasses.replace(office.house, sandbox=sandbox)
        self.read = Standings()
        self.read.every(office.house)
        sandbox.warm(office.bureau.roster.naming)
        self.counted: list[str] = []
        sa.event.listen(sa.Engine, "before_cursor_execute", lambda *said: self.counted.append(said[2]))

    def looked_at(self, name: str, visit: Visit) -> Line:
        """One page."""
        self._started(Standings())
        if visit.of_many:
            self.office.desk.standings.read_on(self.office.house)
        first, _ = self._asked(visit, 0)
        while self.office.desk.standings._is_reading:
            time.sleep(0.1)
        self._started(self.read)
        took = []
        for turn in range(1, TIMES + 1):
            milliseconds, answer = self._asked(visit, turn)
            took.append(milliseconds)
        return Line(name, first, tuple(took), self._statements(), len(answer.content))

    def _started(self, standings: Standings) -> None:
        office = self.office
        office.now = self.began
        office.desk = Desk(office.house, (VIEWER,), lambda: office.now, standings)
        office.app = desk_app(office.desk, AtOnce())
        self.browser = office.signed_in()

    def _asked(self, visit: Visit, turn: int) -> tuple[float, Any]:
        office = self.office
        office.now += APART
        with office.books._database.writing() as connection:
            count_change(connection, OFFICE, [f"c{1 + turn * 7 % (CIRCULARS - 1)}"])
        request = visit.request(office, self.browser, turn)
        self.counted.clear()
        began = time.perf_counter()
        answer = request()
        took = 1_000 * (time.perf_counter() - began)
        assert answer.status_code in visit.answers, (answer.status_code, answer.text[:500])
        return took, answer

    def _statements(self) -> int:
        return sum(re.match("BEGIN|COMMIT|ROLLBACK", said) is None for said in self.counted)


def main(folder: Path, words: list[str]) -> None:
    """Fill, measure, and print the table."""
    office, lines = filled(folder), []
    with Sandbox() as sandbox:
        bench = Bench(office, sandbox)
        print(HEAD, flush=True)
        for name, visit in VISITS.items():
            if not words or any(word in name for word in words):
                lines.append(bench.looked_at(name, visit))
                print(lines[-1], flush=True)
    office.close()
    slow = [line.name for line in lines if statistics.median(line.others) > 200]
    print(f"{len(lines)} pages, {len(slow)} over 200 ms at the median: {', '.join(slow) or 'none'}")


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked and Path(asked[0]).is_dir():
        main(Path(asked[0]), asked[1:])
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary), asked)
