"""``python tests/crash/launch.py STEP COUNT WORDS...``: Ruam, killing itself when it comes to ``STEP`` for the ``COUNT``-th time.

A step is ``before`` or ``after`` one of the kinds of commit by which the daemon goes on, so the kill falls exactly on the
boundary. What reaches the outer world lies between two commits: before ``letter settled`` the outgoing server has taken
the letter, before ``filed`` the mail is moved. The daemon knows nothing of this; its database library tells.
"""

import itertools
import os
import re
import signal
import sys
import threading

import sqlalchemy as sa

# By the first thing that a transaction writes.
COMMITS = {
    "received": r"INSERT INTO message",
    "claimed": r"UPDATE message SET .*\btaken_by=.*RETURNING",
    "given back": r"UPDATE message SET .*\btaken_by=",
    "decided": r"UPDATE message SET state=",
    "filed": r"UPDATE message SET filed_to=",
    "ticked": r"INSERT INTO (ledger|letter|report)",
    "letter claimed": r"UPDATE letter SET state=.*\battempt=",
    "letter settled": r"UPDATE letter SET",
    "scanned": r"UPDATE mailbox SET scanned_at=",
    "leased": r"UPDATE mailbox SET",
}
RARE = frozenset({"given back"})  # only after trouble
STEPS = tuple(f"{when} {what}" for what in COMMITS if what not in RARE for when in ("before", "after"))


def named(statement: str) -> str:
    """The commit that a statement begins; empty for one that only reads or that is of no interest."""
    flat = " ".join(statement.split())
    return next((name for name, pattern in COMMITS.items() if re.match(pattern, flat)), "")


def arm(step: str, count: int) -> None:
    """Watch every transaction of this process from now on."""
    local = threading.local()
    numbers = itertools.count(1)
    lock = threading.Lock()

    def came(here: str) -> None:
        if here == step:
            with lock:
                if next(numbers) == count:
                    os.kill(os.getpid(), signal.SIGKILL)

    def wrote(_connection, _cursor, statement, *_more):
        local.name = getattr(local, "name", "") or named(statement)

    def began(_connection):
        local.name = ""

    def committing(_connection):
        if name := getattr(local, "name", ""):
            came(f"before {name}")
            local.done = name

    def returned(_connection, _record):
        done, local.done, local.name = getattr(local, "done", ""), "", ""
        if done:
            came(f"after {done}")

    sa.event.listen(sa.engine.Engine, "begin", began)
    sa.event.listen(sa.engine.Engine, "before_cursor_execute", wrote)
    sa.event.listen(sa.engine.Engine, "commit", committing)
    sa.event.listen(sa.pool.Pool, "checkin", returned)


if __name__ == "__main__":
    from bot.cli.main import main
    from tests.setup.moved_clock import moved

    arm(sys.argv[1], int(sys.argv[2]))
    sys.argv = ["ruam", *sys.argv[3:]]
    with moved():
        main()
