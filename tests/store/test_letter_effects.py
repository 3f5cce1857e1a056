"""What letters brought about, in the books: once, of the last letter before the mail, of each circular of a joined one."""

import dataclasses

import pytest

from bot.office.decision import Decision
from bot.office.letters.letter import Asking, LetterKind
from bot.office.model.received_mail import MessageState
from bot.office.model.sent_letter import Attempt, Bounce, LetterState
from tests.store.building import MINUTE, NOW, arrival, letter, receive, said

LEASE = 10 * MINUTE
DAY = 24 * 60 * MINUTE
SENT = Attempt(LetterState.SENT, "250 ok", {})


def reminder(occasion, *steps, at=NOW, **more):
    """A reminder that asks for (circular, step) each."""
    made = letter(occasion, kind=LetterKind.REMINDER, due=at, **more)
    return dataclasses.replace(
        made, letter=dataclasses.replace(made.letter, asks=tuple(Asking(*step) for step in steps))
    )


def send(office, *letters, at=NOW, attempt=SENT):
    """Queue letters and hand them over."""
    numbers = office.commit(Decision(), letters, message=None, now=at)
    for due in office.claim(at, len(letters), LEASE):
        office.settle(due, attempt, at)
    return numbers


def answer(office, uid, at, *, decided=None, answering=("long",), circular="w5827"):
    """A mail with answers, decided at once or later; its number."""
    [number] = receive(office, [arrival(uid, at=at)])
    decision = dataclasses.replace(said(("540101", "s10", True)), circular=circular, answering=answering)
    office.commit(decision, [], message=number, now=decided or at)
    return number


def kept(office):
    return [(one.circular, one.step, one.answered) for one in office.effects(NOW - DAY)]


def test_the_first_answer_after_a_letter_is_kept_and_no_later_one(office):
    send(office, reminder("r", ("w5827", "before-3")))
    answer(office, 1, NOW + DAY)
    answer(office, 2, NOW + 2 * DAY)
    [effect] = office.effects(NOW)
    assert (effect.circular, effect.reporter, effect.step) == ("w5827", "long", "before-3")
    assert (effect.sent, effect.answered) == (NOW, NOW + DAY)


def test_an_answer_is_the_last_letters_before_it_however_late_it_is_decided(office):
    send(office, reminder("r1", ("w5827", "request")))
    send(office, reminder("r2", ("w5827", "before-3")), at=NOW + DAY)
    answer(office, 1, NOW + MINUTE, decided=NOW + 2 * DAY)
    assert kept(office) == [("w5827", "request", NOW + MINUTE), ("w5827", "before-3", None)]
    answer(office, 2, NOW + 2 * DAY)
    assert kept(office)[1] == ("w5827", "before-3", NOW + 2 * DAY)


def test_a_mail_that_is_decided_again_does_not_count_twice(office):
    send(office, reminder("r1", ("w5827", "request")))
    number = answer(office, 1, NOW + MINUTE)
    send(office, reminder("r2", ("w5827", "before-3")), at=NOW + DAY)
    decision = dataclasses.replace(said(("540101", "s10", False)), answering=("long",))
    office.commit(decision, [], message=number, now=NOW + 2 * DAY)
    office.decide_again(decision, [], message=number, now=NOW + 2 * DAY)
    assert kept(office) == [("w5827", "request", NOW + MINUTE), ("w5827", "before-3", None)]


def test_of_two_mails_the_one_that_came_first_counts_in_whatever_order_they_are_decided(office):
    """Also one in which nothing was found until it was read again."""
    send(office, reminder("r1", ("w5827", "request")))
    [first, second] = receive(office, [arrival(uid, at=NOW + uid * DAY) for uid in (1, 2)])
    office.commit(Decision(MessageState.DECIDED, "none"), [], message=first, now=NOW + 3 * DAY)
    decision = dataclasses.replace(said(("540101", "s10", True)), answering=("long",))
    office.commit(decision, [], message=second, now=NOW + 3 * DAY)
    assert kept(office) == [("w5827", "request", NOW + 2 * DAY)]
    office.decide_again(decision, [], message=first, now=NOW + 4 * DAY)
    assert kept(office) == [("w5827", "request", NOW + DAY)]


def test_a_joined_letter_counts_for_each_of_its_circulars(office):
    send(office, reminder("together", ("w5827", "overdue-1"), ("w1", "before-1"), circular=""))
    answer(office, 1, NOW + DAY, circular="w1")
    assert kept(office) == [("w5827", "overdue-1", None), ("w1", "before-1", NOW + DAY)]


@pytest.mark.parametrize("answering", [(), ("song",)])
def test_what_is_nobodys_or_anothers_answer_does_not_count(office, answering):
    send(office, reminder("r", ("w5827", "request")))
    answer(office, 1, NOW + DAY, answering=answering)
    assert kept(office) == [("w5827", "request", None)]


def test_a_letter_that_did_not_arrive_is_not_counted_and_takes_no_answer(office):
    send(office, reminder("r1", ("w5827", "request")))
    [back] = send(office, reminder("r2", ("w5827", "before-3")), at=NOW + DAY)
    office.commit(
        Decision(bounces=(Bounce(back, {"long@phrae.example": "550 no"}),)), [], message=None, now=NOW + DAY + MINUTE
    )
    send(office, reminder("r3", ("w5827", "before-1")), at=NOW + 2 * DAY, attempt=Attempt(LetterState.FAILED, "no", {}))
    answer(office, 1, NOW + 3 * DAY)
    assert kept(office) == [("w5827", "request", NOW + 3 * DAY)]


def test_a_letter_that_goes_in_the_place_of_another_asks_what_that_one_did(office):
    steps = (("w5827", "request"), ("w1", "before-1"))
    [back] = send(office, reminder("r", *steps, circular=""))
    again = dataclasses.replace(letter("r~2", kind=LetterKind.REMINDER, due=NOW + DAY, circular=""), instead_of=back)
    send(office, again, at=NOW + DAY)
    answer(office, 1, NOW + 2 * DAY)
    assert [(one.circular, one.sent) for one in office.effects(NOW)] == [("w5827", NOW + DAY), ("w1", NOW + DAY)]
    assert kept(office) == [("w5827", "request", NOW + 2 * DAY), ("w1", "before-1", None)]


def test_a_letter_queued_twice_is_counted_once(office):
    again = reminder("r", ("w5827", "request"))
    send(office, again, again)
    send(office, reminder("r", ("w5827", "request")))
    assert kept(office) == [("w5827", "request", None)]


def test_offices_do_not_see_each_others(new_office):
    one, other = new_office(), new_office()
    send(one, reminder("r", ("w5827", "request")))
    send(other, reminder("r", ("w5827", "request")))
    answer(other, 1, NOW + DAY)
    assert kept(one) == [("w5827", "request", None)]
    assert kept(other) == [("w5827", "request", NOW + DAY)]
