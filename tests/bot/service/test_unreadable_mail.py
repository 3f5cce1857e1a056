"""Mails that defeat the bot: tried three times, then parked; the others are not held up, and nobody is told twice."""

import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import Arrival, MessageState
from bot.office.rules.mail_put_aside import QUARANTINE, TRIES
from bot.service import handle_mail
from bot.service.context import House
from bot.store.books import Books
from parsers import read
from parsers.child_process.sandbox import SandboxClosed, Starved
from tests.setup.shipped import bureau_at_work

NOW = datetime.datetime(2024, 11, 20, 10, 0, tzinfo=BANGKOK)
MINUTE = datetime.timedelta(minutes=1)
REPORTER = "long@district.phrae.example"


class Desk:
    """Reads in this process. A mail whose body says so defeats it; its headers alone do not."""

    def __init__(self, children=0):
        self.children = children
        self.closed = False

    def read_message(self, raw, catalogue, circular=None, reporter=None):
        if self.closed:
            raise SandboxClosed("closed")
        if b"\r\n\r\nslow" in raw:
            raise Starved("no result in 200 s")
        if b"\r\n\r\nboom" in raw:
            raise ValueError("boom")
        return read.read_message(raw, catalogue, None, circular, reporter)


@pytest.fixture
def house(tmp_path):
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    yield House(bureau_at_work(), books.office("phrae", "x"), Desk())
    books.close()


def post(house, count, body, *, sender=REPORTER, first=1, headers=""):
    mails = [
        f"From: {sender}\r\nTo: office@phrae.example\r\nSubject: w5827 {number}\r\n{headers}"
        f"Message-ID: <{number}@district.example>\r\n\r\n{body}".encode()
        for number in range(first, first + count)
    ]
    return house.books.receive(
        [Arrival("INBOX", 7, number, raw, NOW, len(raw)) for number, raw in enumerate(mails, first)]
    )


def passes(house, now=NOW, *, minutes=10):
    decided = []
    for minute in range(minutes):
        while batch := handle_mail.work(house, now + minute * MINUTE):
            decided += batch
    return decided


def letters(house):
    """Kind and addressee of what was queued; beside the digest, and what the many mails of one sender bring about."""
    lines = [line for line in house.books.letters() if line.kind != "notice" or line.occasion.startswith("parked")]
    return [(line.kind, line.addressee) for line in lines]


def test_twenty_poisoned_mails_among_a_hundred_are_parked_and_staff_told_once(house):
    """The hundred are decided in the first pass; the sender of each parked mail is told, staff once."""
    post(house, 10, "boom", first=1)
    post(house, 100, "hello w5827", first=11)
    post(house, 10, "boom", first=111)
    assert len(handle_mail.work(house, NOW) + handle_mail.work(house, NOW) + handle_mail.work(house, NOW)) == 100
    decided = passes(house)
    assert [one.outcome for one in decided] == ["parked"] * 20
    assert {one.state for one in decided} == {MessageState.UNREADABLE}
    assert house.books.pending(1) == []
    assert letters(house).count(("notice", "staff")) == 1
    assert letters(house).count(("receipt", REPORTER)) == 20


def test_staff_are_told_again_in_another_hour(house):
    post(house, 1, "boom", first=1)
    passes(house)
    post(house, 1, "boom", first=2)
    passes(house, NOW + 60 * MINUTE)
    assert letters(house).count(("notice", "staff")) == 2


def test_the_reason_is_kept(house):
    post(house, 1, "boom")
    (decision,) = passes(house)
    assert "ValueError" in decision.why
    assert str(TRIES) in decision.why


@pytest.mark.parametrize(
    ("sender", "headers"),
    [("who@freemail.example", ""), (REPORTER, "Auto-Submitted: auto-replied\r\n"), ("office@phrae.example", "")],
    ids=["stranger", "machine", "ourselves"],
)
def test_only_a_known_person_is_told(house, sender, headers):
    post(house, 1, "boom", sender=sender, headers=headers)
    passes(house)
    assert letters(house) == [("notice", "staff")]


def test_a_machine_in_trouble_parks_nothing(house):
    """A sandbox that cannot start says nothing about the mail."""
    post(house, 3, "hello")
    house.sandbox.closed = True
    assert passes(house, minutes=20) == []
    house.sandbox.closed = False
    assert len(passes(house)) == 3


def test_a_child_that_never_uses_its_time_holds_up_nobody_and_is_not_tried_for_ever(house):
    """A busy machine or a mail that makes its child sleep: tried again later, behind the others, and then parked."""
    post(house, 1, "slow", first=1)
    post(house, 2, "hello", first=2)
    assert sorted(one.outcome == "parked" for one in passes(house, minutes=20)) == [False, False, True]


def test_a_mail_in_hand_when_the_process_died_is_parked_only_after_one_more_try_behind_all_others(house):
    """Each death leaves a claim that nobody gave back; here the lease runs out by the clock."""
    [suspect] = post(house, 1, "hello", first=1)
    now = NOW
    house.books.sort_mails()
    for _ in range(TRIES + QUARANTINE - 1):
        assert house.books.claim_mail(now, handle_mail.READ_LEASE).id == suspect
        _dies(house)
        now += handle_mail.READ_LEASE
    [innocent] = post(house, 1, "hello", first=2)
    decided = passes(house, now)
    assert [one.outcome == "parked" for one in decided] == [False, False]
    assert innocent != suspect


def test_a_mail_that_takes_the_process_with_it_every_time_is_parked(house):
    [suspect] = post(house, 1, "hello")
    now = NOW
    house.books.sort_mails()
    for _ in range(TRIES + QUARANTINE):
        assert house.books.claim_mail(now, handle_mail.READ_LEASE).id == suspect
        _dies(house)
        now += handle_mail.READ_LEASE
    (decision,) = passes(house, now)
    assert decision.outcome == "parked"


def _dies(house):
    """The process is gone without a word; another one goes on under a new name."""
    house.books._database.holder += "x"
