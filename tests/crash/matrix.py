"""The crash matrix: ``python tests/crash/matrix.py [--kills 40] [--mails 120] [--seed N]``.

The real daemon runs as a process against the embedded post office, whose inboxes are an append-only log of all that was
delivered. While people post mails it is killed (SIGKILL) again and again, at random moments and right after its steps;
then it may finish in peace. Of every five kills one falls into a later pass, when what the dead had claimed is free again.
At the end all is compared from outside. Ends with 1 when a promise was broken. The same seed gives the same mails and the
same plan of kills; where exactly a kill falls is the machine's chance.
"""

import argparse
import collections
import datetime
import os
import random
import secrets
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bot.demo.servers import PostOffice
from tests.crash.comparing import Findings, compare, unfinished, waiting
from tests.crash.office import BANGKOK, TAKEN, Kill, Life, OfficeFolder, orphans
from tests.crash.people import People, Posted

OFFICE = "office@phrae.example"
QUIET_SECONDS = 45.0  # and half of one for each mail: how long the undisturbed end may take
LOOK_SECONDS = 0.2
CLAIM_OVER = datetime.timedelta(minutes=20)  # a dead daemon's claim on a letter ends before that
PASSES = 3
LATE = 5  # of so many kills one falls into a pass at a time when what the dead had claimed is free again
POSTING_SECONDS = 2.0  # of each life, in which its share of the mails comes in


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
        lines = [
            f"lives {self.ends.total()}: " + ", ".join(f"{why} {count}" for why, count in sorted(self.ends.items())),
            f"mails {self.mails}, letters {found.letters}, {self.seconds:.0f} s",
            f"lost {len(found.lost)}",
            f"counted twice {len(found.counted_twice)}",
            f"answered twice {len(found.answered_twice)}",
            f"processes left over {self.left_over}",
            f"letters delivered twice {len(found.doubled) + len(found.unexplained)}",
            *(f"  {one}" for one in found.doubled),
            f"mails parked for a person {len(found.parked)}",
            *(f"  {one}" for one in found.parked),
            f"letters left to a person {len(found.undecided)}",
            *(f"  {one}" for one in found.undecided),
            *(f"FAULT {one}" for one in found.faults),
        ]
        return "\n".join(lines)


def run(folder: Path, kills: int, count: int, seed: int) -> Result:
    """Play it once in an empty folder. Raises ChildProcessError when the daemon cannot be started any more."""
    began = time.monotonic()
    chance = random.Random(seed)
    mails = list(People(chance, OFFICE).mails(count))
    with PostOffice(OFFICE) as post:
        office = OfficeFolder(folder, post)
        ended = lives(office, post, mails, kills, chance)
        for number in range(kills // LATE + 1, kills // LATE + 1 + PASSES):
            if unfinished(office.books, count) or waiting(office.books):
                office.ruam(*later(number))
        found = compare(mails, office.books, post)
    left_over = orphans(life.process.pid for life in ended)
    for pid in left_over:
        os.kill(pid, signal.SIGKILL)
    ends = collections.Counter(f"{life.words[0]} {life.end}" for life in ended)
    return Result(ends, count, found, len(left_over), time.monotonic() - began)


def lives(office: OfficeFolder, post: PostOffice, mails: list[Posted], kills: int, chance: random.Random) -> list[Life]:
    """First the daemon's, until it may finish in peace; then those of late passes. Each gets its share of the mails."""
    todo = collections.deque(mails)
    late = kills // LATE
    ended = []
    for left in range(kills, 0, -1):
        if left > late:
            life = Life(office, Kill.draw(chance))
        else:
            life = Life(office, Kill.sending(chance), later(late + 1 - left))
        one_life(life, post, [todo.popleft() for _ in range(-(-len(todo) // left))], chance)
        ended.append(life)
        if left == late + 1:
            in_peace(office, len(mails) - len(todo))
    return ended


def one_life(life: Life, post: PostOffice, mails: list[Posted], chance: random.Random) -> None:
    """A life from its start to its kill, while mails come in."""
    moments = sorted(chance.uniform(0, POSTING_SECONDS) for _ in mails)
    with life:
        post.on_delivery = lambda to, _: life.happened(TAKEN) if to != OFFICE else None
        for moment, mail in zip(moments, mails, strict=True):
            life.wait(moment)
            post.deliver(mail.raw, mail.sender, OFFICE)
        life.wait(life.patience)
    post.on_delivery = None


def later(number: int) -> tuple[str, ...]:
    """The command for one pass at a time when the claims of all that came before are over."""
    moment = datetime.datetime.now(BANGKOK) + number * CLAIM_OVER
    return ("once", "--at", f"{moment:%Y-%m-%dT%H:%M}")


def in_peace(office: OfficeFolder, mails: int) -> None:
    """Let a daemon finish all but what dead ones had claimed. Raises ChildProcessError when it ends by itself."""
    limit = QUIET_SECONDS + mails / 2
    with Life(office) as life:
        while unfinished(office.books, mails) if office.books.exists() else mails:
            if not life.wait(time.monotonic() - life.began + LOOK_SECONDS):
                raise ChildProcessError(f"the daemon ended by itself: {office.log.read_text(encoding='utf-8')[-2000:]}")
            if time.monotonic() - life.began > limit:
                break  # what is missing will be named


def main() -> int:
    """Run it as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--mails", type=int, default=120)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--folder", type=Path, help="an empty folder to keep the books and the log in")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        result = run(wanted.folder or Path(folder), wanted.kills, wanted.mails, wanted.seed)
    print(result)
    return bool(result.found.faults)


if __name__ == "__main__":
    sys.exit(main())
