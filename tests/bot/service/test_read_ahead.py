"""Mails read while those before them are decided: the order, the counts and what is known are as if each were read in its turn."""

import dataclasses
import datetime
import threading

import pytest

from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import Arrival
from bot.office.rules.mail_put_aside import QUARANTINE, TRIES
from bot.service import handle_mail
from bot.service.context import House
from bot.store.books import Books, OfficeBooks
from parsers import read
from parsers.child_process.sandbox import SandboxClosed
from tests.setup.shipped import bureau_at_work

NOW = datetime.datetime(2024, 11, 20, 10, 0, tzinfo=BANGKOK)
REPORTER = "long@district.phrae.example"
PATIENCE = 20.0  # seconds until a test gives up waiting for another thread


class Death(BaseException):
    """The process is gone while it reads."""


class Children:
    """Reads in threads of this process, and notes what was begun and with which addresses known."""

    def __init__(self, children=2):
        self.children = children
        self.begun: list[tuple[int, frozenset[str]]] = []
        self.closed = False
        self.on_reading = lambda number: None

    def read_message(self, raw, catalogue, circular=None, reporter=None):
        number = int(raw.partition(b"<")[2].partition(b"@")[0])
        self.begun.append((number, frozenset(address for r in catalogue.reporters for address in r.addresses)))
        self.on_reading(number)
        if self.closed:
            raise SandboxClosed("closed")
        if b"\r\n\r\ndeadly" in raw:
            raise Death
        return read.read_message(raw, catalogue, None, circular, reporter)


@pytest.fixture
def house(tmp_path):
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    yield House(bureau_at_work(), books.office("phrae", "x"), Children())
    books.close()


def post(house, *bodies, first=1):
    mails = [
        f"From: {REPORTER}\r\nTo: office@phrae.example\r\nSubject: w5827 {number}\r\n"
        f"Message-ID: <{number}@district.example>\r\n\r\n{body}".encode()
        for number, body in enumerate(bodies, first)
    ]
    arrivals = [Arrival("INBOX", 7, number, raw, NOW, len(raw)) for number, raw in enumerate(mails, first)]
    return house.books.receive(arrivals)


def attempts(house):
    with house.books._database.reading() as connection:
        return connection.exec_driver_sql("SELECT attempts FROM message ORDER BY id").scalars().all()


def test_the_next_ones_are_read_while_the_first_is_and_decided_in_their_turn(house):
    """The first mail's reading ends only once those behind it have begun: read one by one, they never would."""
    numbers = post(house, *(f"hello {n}" for n in range(6)))
    others = threading.Semaphore(0)
    order = []

    def on_reading(number):
        if number == 1:
            assert others.acquire(timeout=PATIENCE)
        elif number == 2:
            others.release()

    house.sandbox.on_reading = on_reading
    commit = OfficeBooks.commit

    class Noting(OfficeBooks):
        def commit(self, decision, letters, *, message, now):
            order.append(message)
            return commit(self, decision, letters, message=message, now=now)

    books = Noting(house.books._database, house.books._office, house.books.secret)
    assert len(handle_mail.work(dataclasses.replace(house, books=books), NOW)) == 6
    assert order == numbers
    assert attempts(house) == [1] * 6


def test_no_more_are_in_hand_than_children_and_one(house):
    post(house, *(f"hello {n}" for n in range(8)))
    held = []

    def on_reading(_number):
        with house.books._database.reading() as connection:
            query = "SELECT count(*) FROM message WHERE taken_by <> '' AND state = 'received'"
            held.append(connection.exec_driver_sql(query).scalar_one())

    house.sandbox.on_reading = on_reading
    handle_mail.work(house, NOW)
    assert max(held) == house.sandbox.children + 1


def test_a_mail_is_read_anew_where_an_address_was_accepted_meanwhile(house):
    """As when the mail before it was staff's word that this sender may report."""
    post(house, "hello", "hello again")
    accepted = AddressMark("new@freemail.example", AddressStanding.ACCEPTED, "long", "", "somsri@phrae.example", NOW)
    second = threading.Event()

    def on_reading(number):
        if number == 1:
            assert second.wait(PATIENCE)  # it is being read by what is known now
            house.books.mark(accepted)
        else:
            second.set()

    house.sandbox.on_reading = on_reading
    assert len(handle_mail.work(house, NOW)) == 2
    known = [accepted.address in addresses for number, addresses in house.sandbox.begun if number == 2]
    assert known == [False, True]


def test_in_the_machines_trouble_all_in_hand_are_given_back_and_nothing_counts(house):
    post(house, *(f"hello {n}" for n in range(5)))
    house.sandbox.closed = True
    assert handle_mail.work(house, NOW) == []
    assert attempts(house) == [0] * 5
    house.sandbox.closed = False
    other = Books.open(str(house.books._database._engine.url))
    theirs = dataclasses.replace(house, books=other.office("phrae", "x"))
    assert len(handle_mail.work(theirs, NOW)) == 5
    other.close()


def test_a_copy_of_a_mail_in_hand_waits_for_it(house):
    """It came a second way: whichever is decided first, the other is known as its copy."""
    first = post(house, "hello", first=1)
    again = post(house, "hello", first=1001)
    with house.books._database.writing() as connection:
        connection.exec_driver_sql("UPDATE message_bytes SET raw = (SELECT raw FROM message_bytes WHERE id = 1)")
        connection.exec_driver_sql("UPDATE message SET sha256 = (SELECT sha256 FROM message WHERE id = 1)")
    assert [one.outcome for one in handle_mail.work(house, NOW)][1] == "duplicate"
    assert (len(first), len(again)) == (1, 1)


def test_of_mails_in_hand_when_the_process_dies_the_innocent_are_decided_and_the_deadly_one_parked(house):
    """All of them are suspected, and each is taken up alone from then on."""
    post(house, "deadly", *(f"hello {n}" for n in range(4)))
    now, outcomes = NOW, []
    for _ in range(TRIES + QUARANTINE + 2):
        try:
            outcomes += [one.outcome for one in handle_mail.work(house, now)]
        except Death:
            house.books._database.holder += "x"  # another process goes on
            now += handle_mail.READ_LEASE
    assert max(attempts(house)[1:]) == 2
    assert attempts(house)[0] == TRIES + QUARANTINE + 1
    assert outcomes[-1] == "parked"
    assert house.books.pending(9) == []
