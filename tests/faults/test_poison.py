"""Twenty kinds of poison among a hundred good mails on the whole road: the hundred are counted, nobody is bothered."""

import random
import time
from collections import Counter

import pytest

from parsers.sandbox import Limits, Sandbox
from tests.crash.comparing import ask
from tests.crash.people import People
from tests.faults.poison import kinds
from tests.faults.scene import scene

pytestmark = pytest.mark.timeout(600)
GOOD = 100


@pytest.fixture
def strict():
    """Children with little patience, so that the test need not have more."""
    with Sandbox(Limits(workers=2, wall_seconds=6.0, cpu_seconds=6, memory_bytes=512 << 20)) as sandbox:
        yield sandbox


def test_a_hundred_are_counted_and_twenty_poisons_harm_nothing(tmp_path, strict, table):
    """Whatever became of each kind is printed; none is lost, none stops the others, staff hear at most once of each."""
    chance = random.Random(3)
    good = [mail.raw for mail in People(chance, "office@phrae.example").mails(300) if mail.kind == "clean"][:GOOD]
    poison = kinds()
    mails = [*good, *(raw for _, raw in poison)]
    chance.shuffle(mails)
    with scene(tmp_path, strict) as play:
        began = time.monotonic()
        for raw in mails:
            play.box.deliver(raw)
        play.until(lambda: len(play.books.known_uids("INBOX", 7)) == len(mails) and not play.books.pending(1), 500)
        play.until(lambda: not play.box.mails, 30)
        rows = ask(tmp_path / "books.db", "SELECT message_id, state, outcome FROM message")
        outcomes = {identity: (state, outcome) for identity, state, outcome in rows}
        for number, (name, _) in enumerate(poison, 1):
            state, outcome = outcomes.get(f"poison-{number}@district.example", ("lost", ""))
            table.append((f"poison: {name}", f"{state}: {outcome}", None))
        counted = [found for key, found in outcomes.items() if key.startswith("crash-")]
        said = [line.occasion for line in play.books.letters() if line.kind == "notice"]
        # Reporters that contradict each other are good mails' business.
        notices = Counter(occasion for occasion in said if not occasion.endswith("-conflict"))
        table.append((f"{GOOD} good mails among them", f"{Counter(counted)}", time.monotonic() - began))
        table.append(("notices to staff", f"{notices.total()}: {', '.join(notices)}", None))
        assert len(counted) == GOOD
        assert {state for state, _ in counted} == {"decided"}
        assert sum(key.startswith("poison-") for key in outcomes) == len(poison)
        assert notices.total() <= 1
