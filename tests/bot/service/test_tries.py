"""How long a letter is tried: five days on which it may go, with growing pauses."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.decision import Decision
from bot.office.letters.notice import Notice, notice
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.sent_letter import DueLetter, LetterState
from bot.office.rules.refused_letters import failed_words
from bot.post.smtp.sending import Result
from bot.service import send_letters, tries
from bot.service.context import House
from bot.service.record_decision import record
from bot.store.books import Books
from tests.bot.service.test_handle_mail import Outbox
from tests.setup.shipped import bureau_at_work

NOW = datetime.datetime(2024, 11, 20, 2, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
ONE, TWO = "one@x.example", "two@x.example"
LATER = Result("deferred", "450 4.2.1 later")


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def queued(text, *, any_hour=False):
    return DueLetter(1, 1, "o@x.example", (ONE,), b"", "notice", "m@x.example", at(text), any_hour=any_hour)


def test_pauses_double_up_to_the_longest():
    assert [tries.backoff(n).total_seconds() for n in (1, 2, 3, 4, 5, 40)] == [300, 600, 1200, 2400, 4000, 4000]


@pytest.mark.parametrize("state", ["sent", "deferred", "failed", "unknown"])
@pytest.mark.parametrize("refused", [{}, {ONE: "550 no"}])
@pytest.mark.parametrize("deferred", [{}, {TWO: "450 later"}])
@pytest.mark.parametrize("old", [False, True])
def test_a_try_ends_as_the_server_said_goes_on_for_whom_it_may_and_dies_of_age(state, refused, deferred, old):
    letter = DueLetter(1, 3, "o@x.example", (ONE, TWO), b"", "receipt", "m@x.example", NOW, any_hour=True)
    now = NOW + tries.LIFETIME + old * SECOND
    result = Result(state, "said", refused, deferred)
    made = tries.attempt_of(letter, result, now, Calendar())
    again = now + tries.backoff(3)
    words = failed_words(result.about, "said")
    if state == "deferred" and old:
        assert (made.state, made.detail, made.refused) == (LetterState.FAILED, words, refused | deferred)
        assert (made.retry_at, made.remaining) == (None, ())
    elif state == "deferred" or (state == "sent" and deferred):
        assert (made.state, made.detail, made.refused) == (LetterState.DEFERRED, "said", refused)
        assert (made.retry_at, made.remaining) == (again, (TWO,) if deferred else (ONE, TWO))
    else:
        assert (made.state, made.refused, made.remaining) == (LetterState(state), refused, ())
        assert made.detail == (words if state == "failed" else "said")
        assert made.retry_at == (again if state == "unknown" else None)


@pytest.mark.parametrize(
    ("any_hour", "last", "over"),
    [
        (False, "2026-04-22 09:00:00", "2026-04-22 09:00:01"),
        (True, "2026-04-15 09:00:00", "2026-04-15 09:00:01"),
    ],
)
def test_songkran_takes_nothing_from_what_waits_for_office_hours(any_hour, last, over):
    """Queued on Friday 10 April; the office is closed until Thursday the 16th. What is tried all the while has five days."""
    letter = queued("2026-04-10 09:00", any_hour=any_hour)
    assert not tries.is_spent(letter, at(last), Calendar())
    assert tries.is_spent(letter, at(over), Calendar())


def test_a_day_off_that_staff_entered_takes_nothing_either():
    letter, end = queued("2024-11-20 09:00"), at("2024-11-27 09:01")
    assert tries.is_spent(letter, end, Calendar())
    assert not tries.is_spent(letter, end, Calendar(add=frozenset({datetime.date(2024, 11, 25)})))


MINUTES = st.integers(0, 365 * 24 * 60).map(lambda minutes: at("2026-01-01 00:00") + minutes * 60 * SECOND)


@given(MINUTES, st.integers(0, 30 * 24), st.booleans())
def test_a_letter_has_five_days_on_which_it_may_go_and_once_spent_stays_so(begun, hours, any_hour):
    calendar, letter = Calendar(), queued(begun.isoformat(), any_hour=any_hour)
    now = begun + datetime.timedelta(hours=hours)
    days = {(begun + datetime.timedelta(hours=each)).date() for each in range(hours + 1)}
    on_which = [day for day in days if any_hour or calendar.is_working(day)]
    if tries.is_spent(letter, now, calendar):
        assert len(on_which) >= tries.LIFETIME.days
        assert tries.is_spent(letter, now + datetime.timedelta(days=1, hours=13), calendar)
    else:
        assert len(on_which) <= tries.LIFETIME.days + 1


def test_a_letter_put_off_before_songkran_goes_after_it(tmp_path):
    books = Books.open(f"sqlite:///{tmp_path}/books.db")
    house = House(bureau_at_work(), books.office("phrae", "x"), None)
    before, after = at("2026-04-10 16:00"), at("2026-04-16 08:30")
    record(house, Decision(letters=(notice(house.bureau, "", "n", Notice("ทดสอบ")),)), None, before)
    send_letters.send(house, Outbox({"notice": LATER}), before)
    assert send_letters.send(house, Outbox(), after - 2 * datetime.timedelta(days=1)) == 0
    send_letters.send(house, Outbox({"notice": LATER}), after)
    [line] = house.books.letters()
    assert line.state is LetterState.DEFERRED
    assert send_letters.send(house, Outbox(), after + datetime.timedelta(minutes=10)) == 1
    books.close()
