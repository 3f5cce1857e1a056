"""Addresses: what staff said of them and whether letters to them come back, two things apart."""

from bot.office.decision import Decision
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.received_mail import MessageState
from tests.store.building import NOW, arrival

ACCEPTED, REFUSED, BOUNCED = AddressStanding.ACCEPTED, AddressStanding.REFUSED, AddressStanding.BOUNCED


def mark(standing, address="Long@Phrae.example", why="x"):
    return AddressMark(address, standing, "long", why, "somsri@phrae.example", NOW)


def test_the_newest_word_of_staff_stands(office):
    office.mark(mark(ACCEPTED))
    office.mark(mark(REFUSED, why="left"))
    [(address, found)] = office.standing_of(["LONG@phrae.example", "other@x.example"]).items()
    assert (address, found.standing, found.why, found.reporter) == ("long@phrae.example", REFUSED, "left", "long")
    assert office.accepted() == []


def test_a_bounce_does_not_touch_what_staff_said(office):
    office.mark(mark(ACCEPTED), mark(BOUNCED))
    assert office.standing_of(["long@phrae.example"])["long@phrae.example"].standing is ACCEPTED
    assert list(office.bounced()) == ["long@phrae.example"]
    assert office.clear_bounce("Long@phrae.example")
    assert not office.clear_bounce("Long@phrae.example")
    assert [one.address for one in office.accepted()] == ["long@phrae.example"]


def test_offices_do_not_see_each_others_addresses(new_office):
    mine, other = new_office(), new_office()
    mine.mark(mark(BOUNCED))
    other.mark(mark(REFUSED))
    assert list(mine.bounced()) == ["long@phrae.example"]
    assert other.bounced() == {}
    assert mine.standing_of(["long@phrae.example"]) == {}


def test_a_mail_from_an_address_clears_its_bounce(office):
    """In the decision's own transaction; what the same decision marks stands."""
    office.mark(mark(BOUNCED), mark(BOUNCED, "song@phrae.example"))
    [number] = office.receive([arrival(1)])
    decision = Decision(MessageState.DECIDED, heard_from=("long@phrae.example",))
    office.commit(decision, [], message=number, now=NOW)
    assert list(office.bounced()) == ["song@phrae.example"]
