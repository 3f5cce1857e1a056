"""Trying again after trouble."""

import threading
import time

from hypothesis import given
from hypothesis import strategies as st

from bot.post.errors import Permanent, Transient
from bot.post.reconnect import Pauses, reconnecting
from tests.setup.real_mail import free_port

QUICK = Pauses(first=0.01, longest=0.05)


@given(st.integers(1, 10_000))
def test_pauses_grow_and_stay_within_the_longest(failures):
    pauses = Pauses(first=1, longest=300)
    assert min(300, 2 ** min(failures - 1, 32)) / 2 <= pauses.after(failures) <= min(300, 2 ** min(failures - 1, 32))


def test_after_trouble_in_connecting_and_in_working_it_goes_on(imap):
    def greet(wire, tag, rest):
        wire.say(b"* BYE not yet" if wire.number < 3 else b"* OK ready")

    server, settings = imap(GREETING=greet)
    tries, told = [], []

    def work(mailbox):
        tries.append(mailbox.uidvalidity())
        if len(tries) < 3:
            raise Transient("working", "the line was cut", "")

    reconnecting(settings, threading.Event(), work, lambda trouble, pause: told.append(trouble), QUICK)
    assert tries == [7, 7, 7]
    assert [type(trouble) for trouble in told] == [Transient] * 4
    assert len(server.wires) == 5


def test_a_permanent_trouble_is_told_with_the_longest_pause(imap):
    _, settings = imap(LOGIN=[b"TAG NO no"])
    stop = threading.Event()
    told = []

    def tell(trouble, pause):
        told.append((type(trouble), pause))
        if len(told) == 2:
            stop.set()

    reconnecting(settings, stop, lambda mailbox: None, tell, QUICK)
    assert told == [(Permanent, QUICK.longest)] * 2


def test_a_stop_ends_the_pause_at_once(imap):
    _, settings = imap()
    stop = threading.Event()
    began = time.monotonic()
    reconnecting(
        settings.model_copy(update={"port": free_port()}),
        stop,
        lambda mailbox: None,
        lambda trouble, pause: stop.set(),
        Pauses(first=60, longest=60),
    )
    assert time.monotonic() - began < 1
