"""The crash matrix: ``python tests/crash/matrix.py [--random 500] [--rounds 3] [--mails 1000] [--lanes 2] [--seed N]``.

The real daemon runs as a process against Dovecot and an outgoing server with an append-only log. While people post mails it
is killed (SIGKILL) again and again: ``--rounds`` times exactly at each boundary between two steps, ``--random`` times at a
random moment, and then some more in later passes, when what the dead had claimed is free again. Then it may finish in peace,
and all is compared from outside. The lanes are offices of their own that share the work and run side by side. Ends with 1
when a promise was broken. The same seed gives the same mails and the same plan of kills; where exactly a random kill falls
is the machine's chance.
"""

import argparse
import collections
import concurrent.futures
import datetime
import multiprocessing
import os
import random
import secrets
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.crash.comparing import Findings, compare, unfinished, waiting
from tests.crash.office import BOUNDARIES, PATIENCE, TICKS, Kill, Life, OfficeFolder, orphans
from tests.crash.people import People, Posted
from tests.crash.post import Post, servers
from tests.setup.moved_clock import office_now
from tests.setup.real_mail import OFFICE

QUIET_SECONDS = 60.0  # and one for each mail: how long the undisturbed end may take
LOOK_SECONDS = 0.2
CLAIM_OVER = datetime.timedelta(minutes=60)  # a dead daemon's claim on a letter, and a doubt about it, end before that
PASSES = 3
LATE = 20  # of so many kills one more falls into a pass at a time when what the dead had claimed is free again
SATURDAY = 5
POSTING_SECONDS = 2.0  # of each life, in which its share of the mails comes in


@dataclass(frozen=True)
class Plan:
    """What one lane is to do."""

    random: int  # kills at random moments
    rounds: int  # kills at each boundary
    mails: int
    seed: int


@dataclass(frozen=True)
class Result:
    """One run of the matrix."""

    ends: collections.Counter[str]  # by what ended the life
    mails: int
    found: Findings
    left_over: int  # processes that outlived their killed daemon
    seconds: float

    def __str__(self) -> str:
        found = self.found
        doubled = found.doubled + found.unexplained
        lines = [
            f"lives {self.ends.total()}, of them",
            *(f"  {count:4} {why}" for why, count in sorted(self.ends.items())),
            f"mails {self.mails}, letters {found.letters}, {self.seconds:.0f} s",
            f"lost {len(found.lost)}",
            f"counted twice {len(found.counted_twice)}",
            f"answered twice {len(found.answered_twice)}",
            f"processes left over {self.left_over}",
            f"letters delivered twice {len(doubled)}",
            *(f"  {one}" for one in doubled),
            f"mails parked for a person {len(found.parked)}",
            *(f"  {one}" for one in found.parked),
            f"letters left to a person {len(found.undecided)}",
            *(f"  {one}" for one in found.undecided),
            *(f"FAULT {one}" for one in found.faults),
        ]
        return "\n".join(lines)

    def __add__(self, other: "Result") -> "Result":
        return Result(
            self.ends + other.ends,
            self.mails + other.mails,
            self.found + other.found,
            self.left_over + other.left_over,
            max(self.seconds, other.seconds),
        )


def run(folder: Path, plan: Plan) -> Result:
    """Play it once in an empty folder. Raises ChildProcessError when the daemon cannot be started any more."""
    began = time.monotonic()
    chance = random.Random(plan.seed)
    mails = list(People(chance, OFFICE).mails(plan.mails))
    kills = drawn(plan, chance)
    with servers(folder / "outgoing.log") as post:
        office = OfficeFolder(folder, post)
        ended = lives(office, post, mails, kills, chance)
        passed = len(ended) - len(kills)
        for number in range(passed + 1, passed + 1 + PASSES):
            if unfinished(office.books, plan.mails) or waiting(office.books):
                office.ruam(*later(number))
        found = compare(mails, office.books, post, sorted(life.ended_at for life in ended))
    left_over = orphans(life.process.pid for life in ended)
    for pid in left_over:
        os.kill(pid, signal.SIGKILL)
    ends = collections.Counter(f"{life.words[0]}: {life.end}" for life in ended)
    return Result(ends, plan.mails, found, len(left_over), time.monotonic() - began)


def drawn(plan: Plan, chance: random.Random) -> list[Kill]:
    """Every kill of the daemon in its order."""
    steps = [step for step in BOUNDARIES * plan.rounds if step not in TICKS]
    kills = [Kill.at_random(chance) for _ in range(plan.random)] + [Kill.at_boundary(step, chance) for step in steps]
    chance.shuffle(kills)
    return kills


def lives(
    office: OfficeFolder, post: Post, mails: list[Posted], kills: list[Kill], chance: random.Random
) -> list[Life]:
    """First the daemon's, until it may finish in peace; then those of late passes. Each gets its share of the mails."""
    todo = collections.deque(mails)
    late = [Kill(PATIENCE, tick) for tick in TICKS] if len(kills) >= LATE else []
    late += [Kill.sending(chance) for _ in range(len(kills) // LATE + 1)]
    ended = []
    for left, kill in zip(range(len(kills) + len(late), len(late), -1), kills, strict=True):
        ended.append(Life(office, kill))
        one_life(ended[-1], post, share(todo, left), chance)
    in_peace(office, len(mails) - len(todo))
    for number, kill in enumerate(late, 1):
        ended.append(Life(office, kill, later(number)))
        one_life(ended[-1], post, share(todo, len(late) + 1 - number), chance)
    return ended


def share(todo: collections.deque[Posted], lives_left: int) -> list[Posted]:
    """The mails that come in during one of so many lives."""
    return [todo.popleft() for _ in range(-(-len(todo) // lives_left))]


def one_life(life: Life, post: Post, mails: list[Posted], chance: random.Random) -> None:
    """A life from its start to its kill, while mails come in."""
    moments = sorted(chance.uniform(0, POSTING_SECONDS) for _ in mails)
    with life:
        post.on_taken = life.taken
        for moment, mail in zip(moments, mails, strict=True):
            life.wait(moment)
            post.deliver(mail.raw, mail.sender)
        life.last()
    post.on_taken = None


def later(number: int) -> tuple[str, ...]:
    """The command for one pass at a time when the claims of all that came before are over.

    The first falls into office hours, for only then the clock asks for something.
    """
    first = (office_now() + datetime.timedelta(days=1)).replace(hour=9, minute=0)
    while first.weekday() >= SATURDAY:
        first += datetime.timedelta(days=1)
    moment = first + number * CLAIM_OVER
    return ("once", "--at", f"{moment:%Y-%m-%dT%H:%M}")


def in_peace(office: OfficeFolder, mails: int) -> None:
    """Let a daemon finish all but what dead ones had claimed. Raises ChildProcessError when it ends by itself."""
    limit = QUIET_SECONDS + mails
    with Life(office) as life:
        while unfinished(office.books, mails) if office.books.exists() else mails:
            if not life.wait(time.monotonic() - life.began + LOOK_SECONDS):
                raise ChildProcessError(f"the daemon ended by itself: {office.log.read_text(encoding='utf-8')[-2000:]}")
            if time.monotonic() - life.began > limit:
                break  # what is missing will be named


def in_lanes(folder: Path, plan: Plan, lanes: int) -> Result:
    """The plan shared among offices side by side, each with servers of its own."""
    shares = [Plan(plan.random // lanes, 0, plan.mails // lanes, plan.seed + lane) for lane in range(lanes)]
    rounds = [plan.rounds // lanes + (lane < plan.rounds % lanes) for lane in range(lanes)]
    plans = [Plan(one.random, mine, one.mails, one.seed) for one, mine in zip(shares, rounds, strict=True)]
    folders = [folder / str(lane) for lane in range(lanes)]
    for one in folders:
        one.mkdir()
    started = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(lanes, mp_context=started) as pool:
        results = list(pool.map(run, folders, plans))
    total = results[0]
    for result in results[1:]:
        total += result
    return total


def main() -> int:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--random", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--lanes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--folder", type=Path, help="an empty folder to keep the books and the logs in")
    wanted = parser.parse_args()
    plan = Plan(wanted.random, wanted.rounds, wanted.mails, wanted.seed)
    print(f"seed {wanted.seed}, {plan}, {wanted.lanes} lanes", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        result = in_lanes(wanted.folder or Path(folder), plan, wanted.lanes)
    print(result)
    return bool(result.found.faults)


if __name__ == "__main__":
    sys.exit(main())
