"""A word of staff moves a held mail once, in the one transaction of the decision; nothing else moves."""

import dataclasses
import datetime

import pytest
import sqlalchemy as sa

from bot.office.decision import Decision
from bot.office.letters.letter import LetterKind
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.received_mail import MessageState, Settlement
from bot.store import schema
from parsers.findings import Code, Place, finding
from tests.store.building import MINUTE, NOW, letter, receive, said
from tests.store.building import arrival as mail_of

STAFF = "somsri@phrae.example"
LEASE = datetime.timedelta(minutes=10)


@pytest.fixture
def held(office):
    """A mail that was read and held, with a finding."""
    [number] = receive(office, [mail_of(1)])
    office.claim_mail(NOW, LEASE)
    found = (finding(Code.FILE_ENCRYPTED, Place("other.xlsx")),)
    decision = Decision(
        MessageState.HELD, "unknown-sender", "ไม่รู้จัก", circular="w5827", reporter="long", findings=found, verdict="none"
    )
    office.commit(decision, [letter("ab-held", kind=LetterKind.NOTICE, addressee="staff")], message=number, now=NOW)
    return number


@pytest.fixture
def settle(office):
    """A staff mail that settles a held one."""

    def settled(message, *, accepted=True, marks=(), uid=2):
        [number] = receive(office, [mail_of(uid)])
        word = Settlement(message, accepted, STAFF, "long" if accepted else "")
        decision = Decision(MessageState.DECIDED, "settled", settlements=(word,), marks=marks)
        office.commit(decision, [], message=number, now=NOW + MINUTE)

    return settled


def test_a_held_mail_is_known_by_its_number_and_its_letter_leads_to_it(office, held):
    kept = office.held_mail(held)
    assert (kept.state, kept.outcome, kept.reporter, kept.vouched_by) == (
        MessageState.HELD,
        "unknown-sender",
        "long",
        "",
    )
    assert office.held_mail(held + 1000) is None
    [line] = office.letters("w5827")
    [identity] = [one.message_id for one in [letter_of(office, line)]]
    [found] = office.letters_with([identity])
    assert found.occasioned_by == held


def letter_of(office, line):
    raw = next(raw for number, _, raw in office.export_letters() if number == line.id)
    identity = raw.partition(b"<")[2].partition(b">")[0].decode()
    return dataclasses.make_dataclass("Sent", ["message_id"])(identity)


def test_a_claim_of_a_held_mail_is_no_mail_of_its_reporter(office, held):
    assert office.last_mail("w5827") == {}


def test_an_accepted_mail_is_received_anew_with_who_vouched_for_it(office, held, settle):
    mark = AddressMark("a@new.example", AddressStanding.ACCEPTED, "long", "", STAFF, NOW)
    settle(held, marks=(mark,))
    assert office.findings(held) == ()
    assert office.accepted() == [mark]
    again = office.claim_mail(NOW + MINUTE, LEASE)
    assert (again.id, again.vouched_by, again.vouched_for, again.attempts) == (held, STAFF, "long", 1)
    office.commit(said(("540101", "s10", True)), [], message=held, now=NOW + MINUTE)
    assert len(office.answers("w5827")) == 1
    assert office.held_mail(held).vouched_by == STAFF


def test_a_refused_mail_is_done_with(office, held, settle):
    settle(held, accepted=False)
    kept = office.held_mail(held)
    assert (kept.state, kept.outcome, kept.reporter) == (MessageState.DECIDED, "refused", "")
    assert office.claim_mail(NOW + MINUTE, LEASE) is None


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("second", [True, False])
def test_what_is_settled_stays_as_it_is(office, held, settle, first, second):
    settle(held, accepted=first)
    before = office.held_mail(held)
    settle(held, accepted=second, uid=3)
    assert office.held_mail(held) == before


def test_another_offices_mail_is_out_of_reach(office, new_office, held):
    other = new_office()
    [number] = receive(other, [mail_of(9)])
    word = Decision(MessageState.DECIDED, "settled", settlements=(Settlement(held, accepted=True, by=STAFF),))
    other.commit(word, [], message=number, now=NOW)
    assert office.held_mail(held).state is MessageState.HELD
    assert other.held_mail(held) is None


def test_the_questions_of_the_last_hour_are_counted(office, held):
    assert office.notices_since(NOW - MINUTE, ("-held", "-impostor")) == 1
    assert office.notices_since(NOW, ("-held", "-impostor")) == 0
    assert office.notices_since(NOW - MINUTE, ("-impostor", "%held", "_held")) == 0


def test_the_servers_word_is_kept_with_the_mail(office, held):
    with office._database.reading() as connection:
        found = connection.scalar(
            sa.select(schema.message.c.verdict).where(office._own(schema.message), schema.message.c.id == held)
        )
    assert found == "none"
