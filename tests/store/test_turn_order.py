"""Turns: who sends hundreds delays the others by a few, and a claim costs the same however many wait."""

import dataclasses
import datetime
import time

import pytest

from bot.office.decision import Decision
from bot.office.model.received_mail import MessageState
from bot.store import schema, turn_order
from bot.store.database import add_all
from bot.store.inbox import row_of
from tests.store.building import NOW, arrival, receive, steps_of

LEASE = datetime.timedelta(minutes=10)


def mail_from(sender: str, uid: int, at: datetime.datetime = NOW):
    """A mail whose bytes tell it from every other."""
    raw = b"From: %s\r\nMessage-ID: <%d@mail.example>\r\n\r\nbody %d\r\n" % (sender.encode(), uid, uid)
    return dataclasses.replace(arrival(uid, at=at), raw=raw, size=len(raw))


def decided_before(office, wanted: int) -> int:
    """How many mails are decided before this one."""
    for number in range(1_000):
        message = office.claim_mail(NOW, LEASE)
        if message.id == wanted:
            return number
        office.commit(Decision(MessageState.DECIDED, "x"), [], message=message.id, now=NOW)
    raise AssertionError("never")


def flood(office, count: int, senders: int = 1, known=()):
    office.receive([mail_from(f"s{uid % senders}@flood.example", uid) for uid in range(1, count + 1)])
    office.sort_mails(known)


@pytest.mark.parametrize("decided", [0, 60])
def test_a_flood_of_one_sender_delays_another_by_one_mail(office, decided):
    flood(office, 200)
    for _ in range(decided):
        office.commit(Decision(MessageState.DECIDED), [], message=office.claim_mail(NOW, LEASE).id, now=NOW)
    [mine] = receive(office, [mail_from("long@phrae.example", 900)])
    before = decided_before(office, mine)
    print(f"200 mails of one sender, {decided} of them decided, then one of another: {before} decided before it")
    assert before <= 1


def test_strangers_of_many_addresses_delay_whom_the_office_knows_by_none(office):
    known = {"long@phrae.example"}
    flood(office, 200, senders=200, known=known)
    office.receive([mail_from("Long@phrae.example", 900)])
    office.sort_mails(known)
    assert office.claim_mail(NOW, LEASE).raw.startswith(b"From: Long@")


def test_a_flood_of_somebody_known_does_not_starve_strangers(office):
    flood(office, 50, known={"s0@flood.example"})
    [mine] = receive(office, [mail_from("new@else.example", 900)])
    assert decided_before(office, mine) <= 1


def test_the_mails_of_one_sender_come_in_their_order(office):
    numbers = receive(office, [mail_from("long@phrae.example", uid) for uid in range(1, 30)])
    taken = []
    for _ in numbers:
        taken.append(office.claim_mail(NOW, LEASE).id)
        office.commit(Decision(MessageState.DECIDED), [], message=taken[-1], now=NOW)
    assert taken == numbers


def test_nothing_of_a_mail_is_looked_at_before_it_is_committed(office, monkeypatch):
    """A mail that the reading of its envelope cannot bear is in the books all the same."""

    def dies(_raw):
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.store.turn_order.envelope", dies)
    monkeypatch.setattr("bot.store.turn_order.content_digest", dies)
    office.receive([arrival(1)])
    with pytest.raises(KeyboardInterrupt):
        office.sort_mails()
    assert office.known_uids("INBOX", 7, range(1, 99)) == {1}
    assert [line.sender for line in office.mails()] == [""]
    monkeypatch.undo()
    assert office.sort_mails() == 1
    assert [line.sender for line in office.mails()] == ["long@phrae.example"]
    assert office.sort_mails() == 0


def test_a_mail_whose_envelope_cannot_be_read_holds_up_none(office, monkeypatch):
    read = turn_order.envelope

    def stumbles(raw):
        if b"body 1" in raw:
            raise RuntimeError("planted")
        return read(raw)

    monkeypatch.setattr(turn_order, "envelope", stumbles)
    assert len(receive(office, [arrival(1), arrival(2)])) == 2
    assert [line.sender for line in office.mails()] == ["", "long@phrae.example"]
    assert office.claim_mail(NOW, LEASE) is not None


def waiting_mails(office, numbers):
    """Rows as sorting leaves them, of 500 senders who each wrote some."""
    sorted_ = {"stranger": True, "message_id": "one for all", "content": ""}
    rows = [
        {**row_of(office._office, mail_from("x", n)), **sorted_, "sender": f"s{n % 500}@mail.example", "turn": n // 500}
        for n in numbers
    ]
    with office._database.writing() as connection:
        add_all(connection, schema.message, rows)


def test_a_claim_costs_the_same_with_ten_and_ten_thousand_waiting(sqlite):
    """Counted in steps of the database's machine; times are printed beside."""
    office, counted, uid = sqlite, {}, 1
    for waiting in (10, 1_000, 10_000):
        waiting_mails(office, range(uid, waiting + 1))
        uid = waiting + 1
        assert office.sort_mails() == 0
        begin = time.perf_counter()
        counted[waiting] = steps_of(office, lambda: office.claim_mail(NOW, LEASE))
        print(f"{waiting:6} waiting: {counted[waiting]:6} steps, {(time.perf_counter() - begin) * 1000:.1f} ms")
        office.give_back(office.claim_mail(NOW, LEASE).id, counts=False)
    assert counted[10_000] <= counted[10] * 1.5


def test_sorting_one_more_mail_costs_the_same_however_many_wait(sqlite):
    office, counted, uid = sqlite, {}, 0
    for waiting in (10, 2_000):
        waiting_mails(office, range(uid + 1, waiting + 1))
        uid = waiting + 1
        office.receive([mail_from("s1@mail.example", uid)])
        counted[waiting] = steps_of(office, office.sort_mails)
    assert counted[2_000] <= counted[10] * 1.5
