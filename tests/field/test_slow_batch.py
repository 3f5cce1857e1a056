"""A slow server and two senders on the same books: every letter goes once, however long the batch takes, whatever their clocks."""

import contextlib
import datetime
from collections import Counter
from functools import partial

import pytest

from bot.office.decision import Decision
from bot.office.letters.letter import LetterKind
from bot.post.exceptions import Transient
from bot.post.settings import SmtpSettings
from bot.post.smtp.sending import Outbox
from bot.service import send_letters
from tests.field.desk import OPENING, house_on
from tests.setup.real_mail import HOST
from tests.setup.scripted import Scripted, smtp_script
from tests.store.building import letter

pytestmark = pytest.mark.timeout(120)
SLOW = datetime.timedelta(seconds=150)
MINUTE = datetime.timedelta(minutes=1)


class Slow:
    """An outgoing server that takes its time over each letter: the hour moves on, and meanwhile another sender passes by."""

    def __init__(self, meanwhile):
        self.now, self.seconds, self.meanwhile = OPENING, 0.0, meanwhile
        self.taken = Counter()

    def __call__(self, wire):
        smtp_script({".": self.dot}, wire)

    def dot(self, wire, _line):
        for _ in range(3):
            self.now += SLOW / 3
            self.seconds += SLOW.total_seconds() / 3
            self.meanwhile()
        self.taken[identity_of(wire)] += 1
        return b"250 taken"


def identity_of(wire):
    return next(line for line in reversed(wire.heard) if line.startswith(b"Message-ID"))


class Sender:
    """One daemon's sending: its own opened books, and a clock that may be wrong."""

    def __init__(self, url, office, server, ahead=0):
        self.house, self.books = house_on(url, office, lambda: server.seconds)
        self.server, self.ahead = server, ahead * MINUTE

    def clock(self):
        return self.server.now + self.ahead

    def passes(self, port):
        settings = SmtpSettings(host=HOST, port=port, security="none", timeout_seconds=60.0)
        return send_letters.send(self.house, Outbox(settings), self.clock)

    def looks_into_sent(self):
        """Finds nothing: the server keeps no copies, or not yet."""
        for look in self.house.books.to_seek(20):
            self.house.books.sought(look.id, self.clock(), found=False)


def requests(count):
    return [letter(str(number), kind=LetterKind.REQUEST, due=OPENING) for number in range(count)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def url(request, tmp_path):
    if request.param == "postgresql":
        return request.getfixturevalue("postgres").url
    return f"sqlite:///{tmp_path / 'books.db'}"


def quick(server, wire):
    """Takes a letter at once, and counts it with the others."""

    def dot(_wire, _line):
        server.taken[identity_of(wire)] += 1
        return b"250 taken"

    smtp_script({".": dot}, wire)


def away(_server, wire):
    """Lets nobody in, so that the letter in hand is deferred."""
    smtp_script({"GREETING": b"421 too busy"}, wire)


@pytest.mark.parametrize(("letters", "beside"), [(11, quick), (13, away)])
@pytest.mark.parametrize("ahead", [0, 16, -16, 300])
def test_a_slow_batch_sends_nothing_twice(url, letters, beside, ahead):
    """The second sender passes three times while the first waits for the server's word on each letter."""
    server = Slow(lambda: None)
    with Scripted(server) as first_door, Scripted(partial(beside, server)) as second_door:
        office = f"slow-{letters}-{ahead}"
        first, second = Sender(url, office, server), Sender(url, office, server, ahead)
        first.house.books.commit(Decision(), requests(letters), message=None, now=OPENING)

        def meanwhile():
            with contextlib.suppress(Transient):
                second.passes(second_door.port)
            second.looks_into_sent()

        server.meanwhile = meanwhile
        for _ in range(40):  # what the second has deferred is due again
            if {line.state.value for line in first.house.books.letters()} == {"sent"}:
                break
            first.passes(first_door.port)
            server.now += 120 * MINUTE
            server.seconds += 7200
        assert {line.detail for line in first.house.books.letters()} == {"250 taken"}
        assert len(server.taken) == letters
        assert set(server.taken.values()) == {1}
        assert {line.state.value for line in first.house.books.letters()} == {"sent"}
        first.books.close()
        second.books.close()


def test_one_slow_sender_alone_takes_the_time_anew_for_each_letter(tmp_path):
    """The last letter of the batch is sent when it is sent, and its lease began when it was taken."""
    leases = []
    server = Slow(lambda: None)
    with Scripted(server) as door:
        sender = Sender(f"sqlite:///{tmp_path}/books.db", "phrae", server)
        sender.house.books.commit(Decision(), requests(11), message=None, now=OPENING)
        server.meanwhile = lambda: leases.append(sender.house.books.sent_since(OPENING)[-1:])
        sender.passes(door.port)
        sent = [line.sent for line in sender.house.books.letters()]
        assert sent == [OPENING + SLOW * number for number in range(1, 12)]
        assert leases[-1][0].sent == OPENING + 10 * SLOW
        sender.books.close()
