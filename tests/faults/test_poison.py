"""Twenty kinds of poison among a hundred good mails on the whole road: all are told apart, staff hear of it once."""

import itertools
import random
import re
import time
from collections import Counter

import pytest

from bot.office.plan.outage import AWAY, BACK
from parsers.child_process.sandbox import Limits, Sandbox
from tests.crash.comparing import ask
from tests.crash.people import People
from tests.faults.poison import kinds, oddities
from tests.faults.scene import scene

pytestmark = pytest.mark.timeout(600)
GOOD = 100


@pytest.fixture
def strict():
    """Children with little patience, so that the test need not have more."""
    with Sandbox(Limits(workers=2, wall_seconds=60.0, cpu_seconds=6, memory_bytes=512 << 20)) as sandbox:
        yield sandbox


def identity_of(raw):
    return re.search(rb"Message-ID: <(.*?)>", raw)[1].decode()


def test_a_hundred_are_counted_and_twenty_poisons_are_parked(tmp_path, strict, table):
    """What became of each kind is printed; none is lost, none stops the others, and staff get one notice of them all."""
    chance = random.Random(3)
    clean = (mail.raw for mail in People(chance, "office@phrae.example").mails(3 * GOOD) if mail.kind == "clean")
    good = list(itertools.islice(clean, GOOD))
    poison, odd = kinds(), oddities()
    mails = [*good, *(raw for _, raw in (*poison, *odd))]
    chance.shuffle(mails)
    with scene(tmp_path, strict) as play:
        began = time.monotonic()
        for raw in mails:
            play.box.deliver(raw)
        play.until(
            lambda: len(play.books.known_uids("INBOX", 7, range(999))) == len(mails) and not play.books.pending(1), 500
        )
        play.until(lambda: not play.box.mails, 30)
        rows = ask(tmp_path / "books.db", "SELECT message_id, state, outcome FROM message")
        outcomes = {identity: (state, outcome) for identity, state, outcome in rows}
        ends = {name: outcomes.get(identity_of(raw), ("lost", "")) for sort in (poison, odd) for name, raw in sort}
        table += [(f"mail: {name}", f"{state}: {outcome}", None) for name, (state, outcome) in ends.items()]
        counted = [found for key, found in outcomes.items() if key.startswith("crash-")]
        said = [line.occasion for line in play.books.letters() if line.kind == "notice"]
        # Reporters that contradict each other are good mails' business; that the mailbox was not read for a second, a busy machine's.
        notices = Counter(
            occasion
            for occasion in said
            if not occasion.endswith("-conflict") and not occasion.startswith((AWAY, BACK))
        )
        table.append((f"{GOOD} good mails among them", f"{Counter(counted)}", time.monotonic() - began))
        table.append(("notices to staff", f"{notices.total()}: {', '.join(notices)}", None))
        assert len(counted) == GOOD
        assert {state for state, _ in counted} == {"decided"}
        assert {name for name, _ in poison if ends[name][0] != "unreadable"} == set()
        assert {name for name, _ in odd if ends[name][0] != "decided"} == set()
        assert list(notices.values()) == [1], notices
        assert next(iter(notices)).startswith("parked-")
