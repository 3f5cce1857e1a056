"""Letters whose fate is not sure: looked for in Sent, settled by a person, sent back, put off, copied."""

import datetime

import pytest

from bot.office.decision import Decision
from bot.office.letters.letter import LetterKind
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import PUT_OFF, Attempt, Bounce, LetterState, Resolution
from bot.store.outbox import Holding
from tests.store.building import MINUTE, NOW, arrival, letter

LEASE, PATIENCE = 10 * MINUTE, 30 * MINUTE
SENT = Attempt(LetterState.SENT, "250 ok", {})
SILENT = Attempt(LetterState.UNKNOWN, "timed out after DATA", {}, NOW + 5 * MINUTE)


def queue(office, *letters):
    return office.commit(Decision(), letters, message=None, now=NOW)


def claim(office, now=NOW):
    return office.claim(now, 5, LEASE, Holding(PATIENCE))


def state_of(office):
    [line] = office.letters()
    return line.state


def doubted(office, **more):
    """One letter whose sender heard no answer to its content."""
    queue(office, letter(**more))
    [due] = claim(office)
    office.settle(due, SILENT, NOW)
    return due


def test_a_letter_in_doubt_is_repeated_only_after_a_look_into_sent(office):
    due = doubted(office)
    assert claim(office, NOW + 5 * MINUTE) == []
    [look] = office.to_seek(5)
    assert (look.id, look.message_id) == (due.id, due.message_id)
    assert office.sought(look.id, NOW + 5 * MINUTE, found=False)
    assert office.to_seek(5) == []
    [again] = claim(office, NOW + 5 * MINUTE)
    assert (again.message_id, again.attempt) == (due.message_id, 2)


def test_a_letter_found_in_sent_is_not_repeated(office):
    due = doubted(office)
    assert office.sought(due.id, NOW, found=True)
    assert state_of(office) is LetterState.SENT
    assert claim(office, NOW + 100 * LEASE) == []
    assert office.to_copy(NOW, 5) == []


def test_a_letter_in_doubt_does_not_wait_for_ever_for_the_mailbox(office):
    doubted(office)
    assert claim(office, NOW + PATIENCE - MINUTE) == []
    assert len(claim(office, NOW + PATIENCE)) == 1


def test_a_letter_whose_sender_died_is_looked_for_before_its_repeat(office):
    queue(office, letter())
    [due] = claim(office)
    assert claim(office, NOW + LEASE) == []
    assert [look.id for look in office.to_seek(5)] == [due.id]
    office.sought(due.id, NOW + LEASE, found=False)
    assert [one.id for one in claim(office, NOW + LEASE)] == [due.id]


def test_a_second_doubt_is_looked_into_again(office):
    due = doubted(office)
    office.sought(due.id, NOW, found=False)
    [again] = claim(office, NOW + 5 * MINUTE)
    office.settle(again, SILENT, NOW + 5 * MINUTE)
    assert state_of(office) is LetterState.UNKNOWN
    assert len(office.to_seek(5)) == 1
    assert claim(office, NOW + 100 * LEASE) == []


def test_a_late_look_does_not_undo_what_is_known(office):
    due = doubted(office)
    office.sought(due.id, NOW, found=False)
    [again] = claim(office, NOW + 5 * MINUTE)
    office.settle(again, SENT, NOW + 5 * MINUTE)
    assert not office.sought(due.id, NOW, found=True)
    assert state_of(office) is LetterState.SENT


@pytest.mark.parametrize("again", [True, False])
def test_a_person_settles_a_report_in_doubt_once(office, again):
    due = doubted(office, kind=LetterKind.REPORT)
    assert office.resolve(Resolution(due.id, again, "somsri@phrae.example"), NOW)
    assert not office.resolve(Resolution(due.id, again, "somsri@phrae.example"), NOW)
    assert state_of(office) is (LetterState.QUEUED if again else LetterState.SENT)
    assert len(claim(office)) == again


def test_a_letter_that_came_back_from_all_is_bounced_and_from_some_is_noted(office):
    queue(office, letter(to=("a@x.example", "B@x.example")))
    [due] = claim(office)
    office.settle(due, SENT, NOW)
    one, two = office.receive([arrival(1), arrival(2)])

    def came_back(message, address):
        decision = Decision(MessageState.DECIDED, bounces=(Bounce(due.id, {address: "550 no"}),))
        office.commit(decision, [], message=message, now=NOW)

    came_back(one, "a@x.example")
    assert state_of(office) is LetterState.SENT
    assert [trouble.kind for trouble in office.troubles(NOW)] == ["sent"]
    came_back(two, "b@x.example")
    assert state_of(office) is LetterState.BOUNCED
    [fate] = office.fates(identifiers=["foreign@x", due.message_id])
    assert fate.refused == {"a@x.example": "550 no", "b@x.example": "550 no"}


def test_a_letter_put_off_waits_and_is_said_once(office):
    queue(office, letter("a"), letter("b"))
    for due in claim(office):
        office.put_off(due, NOW + 60 * MINUTE, PUT_OFF, NOW)
    assert claim(office, NOW + 59 * MINUTE) == []
    assert len(claim(office, NOW + 60 * MINUTE)) == 2
    assert [(trouble.kind, trouble.who) for trouble in office.troubles(NOW)] == [("put-off", "2 ฉบับ")]


def test_what_staff_wait_for_goes_before_what_is_longer_due(office):
    kinds = (LetterKind.RECEIPT, LetterKind.REPORT, LetterKind.REMINDER, LetterKind.DIGEST)
    queue(office, *(letter(kind.value, kind=kind, due=NOW - n * MINUTE) for n, kind in enumerate(kinds)))
    assert [due.kind for due in claim(office)] == ["digest", "report", "reminder", "receipt"]


def test_each_sent_letter_is_copied_once(office):
    queue(office, letter("a"), letter("b"))
    for due in claim(office):
        office.settle(due, SENT, NOW)
    first, second = office.to_copy(NOW, 5)
    office.copied(first.id, NOW)
    assert [one.id for one in office.to_copy(NOW, 5)] == [second.id]
    assert office.to_copy(NOW + datetime.timedelta(seconds=1), 5) == []
