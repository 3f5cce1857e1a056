"""Two daemons as processes that share one PostgreSQL: one reads the mailbox, both do the work, the survivor goes on."""

import datetime
import json
import time

import pytest

from tests.road.conftest import ROOT, Running
from tests.setup.moved_clock import office_now

pytestmark = [pytest.mark.timeout(120), pytest.mark.servers]

REPORTERS = [f"{place}@amphoe.example" for place in ("long", "song", "den-chai", "wang-chin", "sung-men", "rong-kwang")]


@pytest.fixture
def phrae(post_office, office, postgres):
    """An office on the embedded servers that keeps its books in PostgreSQL, its requests sent."""
    made = office(
        f'host = "127.0.0.1"\nport = {post_office.imap_port}\nsecurity = "none"\npoll_seconds = 1\n'
        f'user = "{post_office.user}"\npassword = "{post_office.password}"',
        f'host = "127.0.0.1"\nport = {post_office.smtp_port}\nsecurity = "none"',
    )
    text = made.config.read_text(encoding="utf-8")
    books = next(line for line in text.splitlines() if line.startswith("url = "))
    made.config.write_text(text.replace(books, f'url = "{postgres.url}"'), encoding="utf-8")
    days = {"opens": -1, "reporters": 40, "cutoff": 50, "department": 60}
    moments = {key: office_now() + datetime.timedelta(days=count) for key, count in days.items()}
    made.add_circular(ROOT / "templates" / "circulars" / "w5827", moments)
    made.ruam("once")
    return made


def until(true, log, seconds=60.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, log.read_text(encoding="utf-8")[-3000:]
        time.sleep(0.1)  # processes that tell nobody; a poll with a deadline


def test_two_daemons_on_one_database_lose_and_double_nothing(phrae, post_office, clerk, letters):
    """One is killed between two mails; everybody is answered once, and every answer is counted once."""
    log = phrae.folder / "ruam.log"

    def send(addresses):
        for address in addresses:
            request, who = post_office.inbox_of(address)[0], clerk(address)
            raw = who.reply(request, "ส่งรายงาน", who.filled(letters.enclosure(request)))
            post_office.deliver(raw, address, "office+w5827@phrae.example")

    def answered(addresses):
        return all(letters.kinds(post_office.inbox_of(address)).count("receipt") for address in addresses)

    first = Running(phrae).__enter__()
    until(lambda: "mailbox taken" in log.read_text(encoding="utf-8"), log)
    with Running(phrae):
        until(lambda: "standing by" in log.read_text(encoding="utf-8"), log)
        send(REPORTERS[:3])
        # Killed with a letter in hand that had not gone yet, it would leave that in doubt for a quarter of an hour.
        until(lambda: answered(REPORTERS[:3]), log)
        first.process.kill()
        first.process.wait()
        first._out.close()
        send(REPORTERS[3:])
        until(lambda: answered(REPORTERS), log)
    assert log.read_text(encoding="utf-8").count("mailbox taken") == 2
    received = {address: letters.kinds(post_office.inbox_of(address)).count("receipt") for address in REPORTERS}
    assert set(received.values()) <= {1, 2}
    assert sum(received.values()) <= len(REPORTERS) + 1  # at most the letter under way when the one was killed
    [status] = json.loads(phrae.ruam("status", "w5827", "--json").stdout)["circulars"]
    whole = [row for row in status["reporters"] if row["done"] == row["total"]]
    assert len(whole) == len(REPORTERS)
    assert status["done"] == sum(row["total"] for row in whole)
