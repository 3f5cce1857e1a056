"""Several senders on the same books: a slow one sends nothing twice, and a clock that is wrong does no harm."""

import datetime

import pytest

from bot.office.decision import Decision
from bot.office.letters.letter import LetterKind
from bot.office.model.sent_letter import PUT_OFF, Attempt, LetterState, Resolution
from bot.store.books import Books
from bot.store.outbox import LONGEST_WAIT, Holding
from tests.store.building import MINUTE, NOW, letter

LEASE, PATIENCE = 15 * MINUTE, 30 * MINUTE
SENT = Attempt(LetterState.SENT, "250 ok", {})
LATER = Attempt(LetterState.DEFERRED, "451 later", {}, NOW + 5 * MINUTE)


class Stopwatch:
    def __init__(self):
        self.seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def watch():
    return Stopwatch()


@pytest.fixture
def other(url, office, watch):
    """The same office as another process opened it, whose stop-watch the test moves."""
    books = Books.open(url, watch)
    with books._database.reading() as connection:
        slug = connection.exec_driver_sql(f"SELECT slug FROM office WHERE id = {office._office}").scalar()
    yield books.office(slug, "สำนักงาน")
    books.close()


def queue(office, *letters):
    return office.commit(Decision(), letters, message=None, now=NOW)


def claim(office, now):
    return office.claim(now, 1, LEASE, Holding(PATIENCE))


def state_of(office):
    [line] = office.letters()
    return line.state


@pytest.mark.parametrize("ahead", [16, 60 * 24, 60 * 24 * 400])
@pytest.mark.parametrize("kind", [LetterKind.RECEIPT, LetterKind.REPORT])
def test_what_a_living_sender_has_in_hand_is_its_own_whatever_the_others_clock(office, other, kind, ahead):
    queue(office, letter(kind=kind))
    [due] = claim(office, NOW)
    assert claim(other, NOW + ahead * MINUTE) == []
    assert other.to_seek(5) == []
    assert office.settle(due, SENT, NOW + MINUTE)
    assert state_of(office) is LetterState.SENT


def test_a_sender_watched_in_vain_for_two_leases_has_lost_its_letter(office, other, watch):
    """Its process may stand still, or its machine be gone: nobody can tell, so its last chance is a look into Sent."""
    queue(office, letter())
    claim(office, NOW)
    for seconds, taken in ((0, False), (900, False), (1799, False), (1800, True)):
        watch.seconds = seconds
        assert claim(other, NOW + 16 * MINUTE) == []
        assert bool(other.to_seek(5)) == taken


def test_what_a_watched_sender_does_anew_is_watched_anew(office, other, watch):
    queue(office, letter())
    [due] = claim(office, NOW)
    claim(other, NOW + 16 * MINUTE)
    office.settle(due, LATER, NOW)
    assert claim(office, NOW + 5 * MINUTE)
    watch.seconds = 1800
    assert claim(other, NOW + 21 * MINUTE) == []
    assert other.to_seek(5) == []


@pytest.mark.parametrize(
    ("word", "end"),
    [
        (SENT, LetterState.SENT),
        (LATER, LetterState.DEFERRED),
        (Attempt(LetterState.FAILED, "550 no", {}), LetterState.FAILED),
    ],
)
def test_who_was_taken_for_silent_is_heard_until_somebody_else_has_the_letter(office, other, watch, word, end):
    queue(office, letter())
    [due] = claim(office, NOW)
    claim(other, NOW)
    watch.seconds = 1800
    claim(other, NOW + 16 * MINUTE)
    assert state_of(office) is LetterState.DEFERRED
    assert office.settle(due, word, NOW + 17 * MINUTE)
    assert state_of(office) is end
    assert office.to_seek(5) == []  # it is in doubt no more
    assert len(claim(other, NOW + 18 * MINUTE)) == (end is LetterState.DEFERRED)


def test_who_was_taken_for_silent_is_not_heard_once_another_has_the_letter(office, other, watch):
    queue(office, letter())
    [due] = claim(office, NOW)
    claim(other, NOW)
    watch.seconds = 1800
    claim(other, NOW + 16 * MINUTE)
    other.sought(due.id, NOW + 16 * MINUTE, found=False)
    [again] = claim(other, NOW + 16 * MINUTE)
    assert not office.settle(due, LATER, NOW + 17 * MINUTE)
    assert other.settle(again, SENT, NOW + 17 * MINUTE)


def test_late_word_that_it_went_beats_a_persons_wish_to_send_it_again(office):
    queue(office, letter(kind=LetterKind.REPORT))
    [due] = claim(office, NOW)
    claim(office, NOW + LEASE)
    assert office.resolve(Resolution(due.id, again=True, by="somsri@phrae.example"), NOW + LEASE)
    assert office.settle(due, SENT, NOW + LEASE + MINUTE)
    assert claim(office, NOW + 2 * LEASE) == []


@pytest.mark.parametrize("ahead", [datetime.timedelta(hours=2), datetime.timedelta(days=400)])
@pytest.mark.parametrize("how", ["queued", "deferred", "put off", "taken", "in doubt"])
def test_a_clock_that_was_ahead_and_is_set_back_leaves_no_letter_waiting(office, how, ahead):
    """Nothing waits longer than the longest pause between two tries, by the clock as it is now."""
    wrong = NOW + ahead
    office.commit(Decision(), [letter(due=wrong)], message=None, now=wrong)
    if how != "queued":
        [due] = claim(office, wrong)
    if how == "deferred":
        office.settle(due, Attempt(LetterState.DEFERRED, "451", {}, wrong + 5 * MINUTE), wrong)
    if how == "put off":
        office.put_off(due, wrong + 60 * MINUTE, PUT_OFF, wrong)
    if how == "in doubt":
        office.settle(due, Attempt(LetterState.UNKNOWN, "timed out", {}, wrong + 5 * MINUTE), wrong)
    end, now = NOW + LONGEST_WAIT + PATIENCE, NOW
    while not claim(office, now):
        now += MINUTE
        assert now <= end


def test_a_letter_is_due_at_once_though_the_clock_that_queued_it_is_a_quarter_hour_ahead(office):
    wrong = NOW + 16 * MINUTE
    office.commit(Decision(), [letter(due=wrong)], message=None, now=wrong)
    assert len(claim(office, NOW)) == 1


def test_the_clock_that_all_share_is_the_databases(office, url):
    told = office.time()
    assert (told is None) == url.startswith("sqlite")
    assert told is None or abs(told - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)
