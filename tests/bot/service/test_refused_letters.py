"""An address that the outgoing server refuses at once: marked, told, and the next one written to; the letter's own fault is not."""

import dataclasses
import datetime
import email
import email.policy

import pytest

from bot.config.load import shipped_bureau
from bot.office.model.address_mark import AddressStanding
from bot.post.smtp.refusals import About
from bot.post.smtp.sending import Result
from bot.service import clock_tick, send_letters
from bot.service.context import House
from bot.store.books import Books
from tests.bot.service.test_handle_mail import at

FIRST, SECOND = "long@district.phrae.example", "palad@district.phrae.example"
NOW = at("2024-11-20 08:30")


class Door:
    """An outgoing server that refuses some addresses with its words, and keeps who got what."""

    def __init__(self, refuses):
        self.refuses, self.taken = refuses, []

    def deliver(self, letters):
        for letter in letters:
            refused = {address: self.refuses[address] for address in letter.recipients if address in self.refuses}
            if len(refused) == len(letter.recipients):
                yield letter.id, Result("failed", "every recipient was refused", refused)
                continue
            self.taken += [address for address in letter.recipients if address not in refused]
            yield letter.id, Result("sent", "250 ok", refused)


@pytest.fixture
def house(tmp_path):
    """The shipped office, whose reporter of Long has two addresses and asks at the first."""
    shipped = shipped_bureau()
    office = dataclasses.replace(shipped.office, address="office@phrae.example", staff=("somsri@phrae.example",))

    def second(contact):
        if FIRST not in contact.reporter.addresses:
            return contact
        return dataclasses.replace(contact, reporter=dataclasses.replace(contact.reporter, addresses=(FIRST, SECOND)))

    roster = dataclasses.replace(shipped.roster, contacts=tuple(map(second, shipped.roster.contacts)))
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    yield House(dataclasses.replace(shipped, office=office, roster=roster), books.office("phrae", "x"), None)
    books.close()


def asked(house, door):
    clock_tick.tick(house, NOW)
    for _ in range(2):  # what follows a refusal goes out at once, or with the next pass
        send_letters.send(house, door, NOW)
    return door


def notices(house):
    return [line for line in house.books.letters() if line.kind == "notice"]


def test_one_dead_address_of_two_is_marked_and_staff_are_told(house):
    """The letter went to the other one, so nobody is written to anew."""
    door = asked(house, Door({FIRST: "550 5.1.1 no such user"}))
    assert (door.taken.count(SECOND), FIRST in door.taken) == (1, False)
    assert set(house.books.bounced()) == {FIRST}
    [told] = notices(house)
    words = email.message_from_bytes(house.books.raw_letter(told.id), policy=email.policy.default)
    said = words.get_body(("plain",)).get_content()
    assert f"จดหมายถึงที่อยู่อื่นของหน่วยงานนี้แล้ว: {SECOND}" in " ".join(said.split())
    assert "ไม่มีที่อยู่อื่น" not in said


def test_the_next_letter_goes_to_the_address_that_lives(house):
    """A marked address is left out as long as another is there."""
    door = asked(house, Door({FIRST: "550 5.1.1 no such user"}))
    clock_tick.tick(house, at("2024-11-22 09:00"))
    send_letters.send(house, Door({}), at("2024-11-22 09:00"))
    assert door.taken.count(SECOND) == 1
    [reminder] = [
        fate
        for line in house.books.letters("w5827")
        if line.kind == "reminder" and line.addressee == "long"
        for fate in house.books.fates(identifiers=[message_id(house, line.id)])
    ]
    assert reminder.recipients == (SECOND,)


def message_id(house, letter):
    raw = house.books.raw_letter(letter)
    return raw.partition(b"Message-ID: <")[2].partition(b">")[0].decode()


@pytest.mark.parametrize("words", ["550 5.7.1 no spam please", "552 5.3.4 message too large", "550 not that letter"])
def test_a_refusal_that_is_not_about_the_address_marks_nobody(house, words):
    """Else a mistake in the server's settings would disconnect the whole province."""
    everybody = {address: words for reporter in house.bureau.roster.reporters for address in reporter.addresses}
    asked(house, Door(everybody))
    assert house.books.bounced() == {}
    assert {line.state for line in house.books.letters("w5827") if line.kind == "request"} == {"failed"}


def test_staff_whose_own_address_is_dead_start_no_chain_of_notices(house):
    """The notice about it cannot reach them either; it is made once."""
    asked(house, Door({"somsri@phrae.example": "550 5.1.1 no such user"}))
    assert len(notices(house)) == 1
    assert house.books.bounced()["somsri@phrae.example"].standing is AddressStanding.BOUNCED


def test_staff_hear_once_that_the_account_may_send_nothing(house):
    """However many letters wait for it, and with each try anew, until those letters are given up."""

    class Shut(Door):
        def deliver(self, letters):
            for letter in letters:
                yield (
                    letter.id,
                    Result("deferred", "550 5.7.60 not permitted to send as this sender", about=About.SENDER),
                )

    for hours in (0, 2, 30):
        send_letters.send(house, Shut({}), NOW + datetime.timedelta(hours=hours))
        clock_tick.tick(house, NOW)
    send_letters.send(house, Shut({}), NOW + datetime.timedelta(hours=31))
    assert [line.occasion for line in notices(house)] == ["2024-11-20-account-sender"]


def test_a_bot_that_dies_before_it_settles_follows_the_refusal_once(house):
    """The same refusal met again with the next try brings nothing new."""
    clock_tick.tick(house, NOW)

    class Killed(Door):
        def deliver(self, letters):
            for number, result in super().deliver(letters):
                yield number, result
                if result.refused:
                    raise KeyboardInterrupt

    settle = house.books.settle
    house.books.settle = lambda letter, attempt, now: attempt.refused or settle(letter, attempt, now)
    with pytest.raises(KeyboardInterrupt):
        send_letters.send(house, Killed({FIRST: "550 5.1.1 no such user"}), NOW)
    del house.books.settle
    later = NOW + 2 * send_letters.SEND_LEASE
    for _ in range(2):
        send_letters.send(house, Door({FIRST: "550 5.1.1 no such user"}), later + send_letters.LOOK_PATIENCE)
    assert len(notices(house)) == 1
