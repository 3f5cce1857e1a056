"""A delivery report that names no mail of ours: nobody is marked, and staff hear of a reporter's address once a day."""

import datetime

from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.rules.bounces import NOT_OURS, UNCLEAR, Known, take_bounce
from parsers.reading import Returned, Unreached
from tests.office.conftest import moment

NOW = moment("2024-11-25 09:00")

LOST = "Remote server replied: 550 Unknown user"


def told(desk, address, *, identifiers=(), bounced=(), now=NOW, final=True):
    returned = Returned((Unreached(address, LOST, "", final),), identifiers)
    return take_bounce(desk.bureau, returned, Known((), dict.fromkeys(bounced)), now)


def test_staff_hear_of_a_reporters_address(desk):
    address = desk.bureau.roster.reporters[0].addresses[0]
    decision = told(desk, address)
    assert (decision.outcome, decision.marks, decision.bounces) == (UNCLEAR, (), ())
    (letter,) = decision.letters
    assert address in letter.subject
    later = told(desk, address, now=NOW + datetime.timedelta(hours=3))
    assert later.letters[0].key == letter.key
    assert told(desk, address, now=NOW + datetime.timedelta(days=1)).letters[0].key != letter.key


def test_of_others_and_of_what_names_another_mail_nobody_hears(desk):
    address = desk.bureau.roster.reporters[0].addresses[0]
    assert told(desk, "who@else.example").outcome == NOT_OURS
    assert told(desk, address, identifiers=("x@else.example",)).outcome == NOT_OURS
    assert told(desk, address, final=False).letters == ()
    assert told(desk, address, bounced=(address,)).letters == ()


def test_an_address_that_staff_accepted_is_a_reporters(desk):
    mark = AddressMark("new@else.example", AddressStanding.ACCEPTED, "long", "", "", NOW)
    returned = Returned((Unreached(mark.address, LOST, "", final=True),), ())
    assert take_bounce(desk.bureau, returned, Known((), {}, (mark,)), NOW).outcome == UNCLEAR
