"""When a letter may go, when it is tried again, and when a person must look: arithmetic over moments."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.model.sent_letter import LetterFate, LetterState
from bot.service import letters_per_hour, send_letters

NOW = datetime.datetime(2024, 11, 20, 2, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
ONE, TWO = "one@x.example", "two@x.example"
MINUTES = st.lists(st.integers(0, 59 * 60), max_size=8).map(sorted)


@given(MINUTES, st.integers(1, 5), st.integers(0, 120 * 60))
def test_within_no_hour_go_more_than_may_and_nobody_waits_for_nothing(past, most, later):
    """By hand: a letter waits while ``most`` went within the hour before it, and then until the first of these leaves it."""
    times = [NOW + n * SECOND for n in past]
    now = NOW + (3_600 + later) * SECOND
    recent = [sent for sent in times if sent > now - letters_per_hour.HOUR]
    until = letters_per_hour._free(times, most, now)
    if len(recent) < most:
        assert until is None
    else:
        free = recent[-most] + letters_per_hour.HOUR
        assert until == max(free, now + datetime.timedelta(minutes=1))
        assert now < until <= now + letters_per_hour.HOUR


@pytest.mark.parametrize(
    ("ago", "waits"), [(3_600, None), (3_599, 60), (3_540, 60), (3_539, 61), (0, 3_600), (-600, 3_600)]
)
def test_a_wait_is_at_least_a_minute_and_at_most_an_hour(ago, waits):
    """Also after a clock that was ahead."""
    until = letters_per_hour._free([NOW - ago * SECOND], 1, NOW)
    assert until == (None if waits is None else NOW + waits * SECOND)
    assert letters_per_hour._free([NOW - ago * SECOND], 2, NOW) is None


@pytest.mark.parametrize("state", list(LetterState))
@pytest.mark.parametrize("refused", [{}, {ONE: "550 no"}])
@pytest.mark.parametrize("unsought", [True, False])
def test_a_person_must_look_at_what_failed_and_at_doubt_that_sent_did_not_end(state, refused, unsought):
    for seconds, patient in ((1799, True), (1800, False), (1801, False)):
        fate = LetterFate(
            1, "w5827", "v1", "m@x.example", state, 1, "", refused, NOW - seconds * SECOND, unsought, "report", "department", (ONE,), ""
        )  # fmt: skip
        stuck = {
            LetterState.FAILED: True,
            LetterState.BOUNCED: True,
            LetterState.SENT: bool(refused),
            LetterState.UNKNOWN: not (unsought and patient),
        }.get(state, False)
        assert send_letters._is_stuck(fate, NOW) is stuck, seconds
