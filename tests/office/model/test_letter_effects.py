"""What letters brought about: by the working day, by step, and who lets it come to the last day."""

import dataclasses
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.letters.request_and_reminder import ReminderStep
from bot.office.letters.yearly_note import effects_view, step_name
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import Calendar
from bot.office.model.fiscal_year import begins, fiscal_year_of, last_day
from bot.office.model.letter_effects import Effect, best, counted, is_prompt, never_before_the_last_day, reminder_step


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


FAR = at("2569-01-01 00:00")
LATER = at("2024-12-10 09:00")  # the shipped circular is over


def sent(step="request", reporter="long", *, on="2024-11-20 08:30", answered=None, circular="w5827"):
    return Effect(circular, reporter, step, at(on), at(answered) if answered else None)


@pytest.mark.parametrize(
    ("answered", "prompt"),
    [
        ("2024-11-29 09:05", True),
        ("2024-11-30 11:00", True),  # a Saturday
        ("2024-12-02 23:59", True),  # the Monday after, to its end
        ("2024-12-03 00:00", False),
    ],
)
def test_a_fridays_letter_has_until_the_end_of_monday(answered, prompt):
    assert is_prompt(Calendar(), at("2024-11-29 09:00"), at(answered)) is prompt


def test_days_off_do_not_count():
    """Wednesday 4 December; the fifth is a holiday, and the sixth is entered as one."""
    closed = Calendar(add=frozenset({datetime.date(2024, 12, 6)}))
    assert is_prompt(closed, at("2024-12-04 09:00"), at("2024-12-09 16:00"))
    assert not is_prompt(Calendar(), at("2024-12-04 09:00"), at("2024-12-09 16:00"))


def test_each_letter_is_counted_once_by_what_came_before_the_next(bureau):
    effects = [
        sent(answered="2024-11-21 10:00"),
        sent(reporter="song", answered="2024-11-25 10:00"),
        sent(reporter="pao"),
        sent("before-2", "pao", on="2024-11-27 09:00"),
        sent("overdue-8", "pao", on="2024-12-09 09:00", answered="2024-12-09 10:00"),
        sent("overdue-20", "pao", on="2024-12-26 09:00"),
    ]
    counts = counted(bureau, effects, FAR, LATER)
    assert [(one.step, one.sent, one.prompt, one.later, one.unanswered) for one in counts] == [
        ("request", 3, 1, 1, 1),
        ("before-2", 1, 0, 0, 1),
        ("overdue-6", 2, 1, 0, 1),  # those long overdue together
    ]


def test_the_last_letter_of_a_running_circular_waits_and_one_that_another_followed_does_not(bureau):
    effects = [sent(), sent("before-2", on="2024-11-27 09:00"), sent(reporter="song"), sent(circular="gone")]
    request, before = counted(bureau, effects, FAR, at("2024-11-27 10:00"))
    assert (request.sent, request.waiting, request.unanswered) == (3, 1, 2)
    assert (before.sent, before.waiting, before.unanswered) == (1, 1, 0)
    assert [one.waiting for one in counted(bureau, effects, FAR, LATER)] == [0, 0]


def test_a_letter_after_the_year_is_not_counted_but_ends_the_wait_for_the_one_before(bureau):
    effects = [sent(), sent("before-2", on="2024-11-27 09:00")]
    [request] = counted(bureau, effects, at("2024-11-27 00:00"), at("2024-11-27 10:00"))
    assert (request.sent, request.waiting, request.unanswered) == (1, 0, 1)


STEPS = ("request", "half-way", "before-3", "before-1", "before-0", "overdue-1", "overdue-9", "extended")
MOMENTS = st.integers(0, 60 * 24 * 60).map(lambda minutes: at("2024-11-01 00:00") + datetime.timedelta(minutes=minutes))
ONE = st.builds(Effect, st.sampled_from(["w5827", "gone"]), st.sampled_from("ab"), st.sampled_from(STEPS), MOMENTS)
SOME = st.lists(
    st.tuples(ONE, st.none() | st.timedeltas(datetime.timedelta(), datetime.timedelta(days=9))), max_size=30
)


@given(SOME, MOMENTS)
def test_nothing_is_counted_twice_or_left_out(bureau, made, now):
    effects = [dataclasses.replace(one, answered=None if lag is None else one.sent + lag) for one, lag in made]
    counts = counted(bureau, sorted(effects, key=lambda one: one.sent), FAR, now)
    assert sum(one.sent for one in counts) == len(effects)
    assert sum(one.prompt + one.later for one in counts) == sum(one.answered is not None for one in effects)
    assert all(one.unanswered >= 0 and 0 <= one.share <= 1 for one in counts)


def test_the_best_step_has_the_greatest_share_of_enough_letters(bureau):
    soon, late = "2024-11-20 15:00", "2024-11-28 15:00"
    requests = [sent(reporter=f"r{n}", answered=soon if n < 4 else late) for n in range(12)]
    reminders = [sent("before-2", f"q{n}", answered=soon if n < 6 else None) for n in range(10)]
    few = [sent("overdue-1", f"p{n}", answered=soon) for n in range(9)]
    found = best(counted(bureau, [*requests, *reminders, *few], FAR, LATER))
    assert (found.step, found.prompt, found.sent) == ("before-2", 6, 10)
    assert best(counted(bureau, few, FAR, LATER)) is None
    assert best(counted(bureau, [sent(reporter=f"r{n}") for n in range(20)], FAR, LATER)) is None


def test_who_never_answers_before_the_last_day():
    """In two circulars or more, and in no circular earlier."""

    def story(who, circular, *steps):
        return [sent(step, who, circular=circular, answered=came) for step, came in steps]

    soon = "2024-11-20 15:00"
    always = [("request", None), ("before-3", None), ("before-1", soon)]
    effects = [
        *story("long", "w1", *always),
        *story("long", "w2", ("request", None), ("overdue-1", None)),
        *story("song", "w1", *always),  # once is no habit
        *story("pao", "w1", *always),
        *story("pao", "w2", *always),
        *story("pao", "w3", ("request", soon)),
        *story("town", "w1", ("request", None), ("before-3", soon)),
    ]
    assert never_before_the_last_day(effects) == ["long"]


def test_a_reminder_counts_by_its_day_whatever_step_of_the_plan_it_was():
    said = ReminderStep("overdue-2024-12-06", -4, late=True)
    assert (said.counts_as, reminder_step(0, late=False)) == ("overdue-4", "before-0")
    assert ReminderStep("again-7", 2, late=False).counts_as == "before-2"
    assert ReminderStep("half-way-to-2024-12-12", 8, late=False).counts_as == "half-way"


def test_every_step_has_a_name_of_its_own():
    names = [step_name(step) for step in (*STEPS, "overdue-0")]
    assert len(set(names)) == len(names)
    assert not any(char.isascii() and char.isalpha() for name in names for char in name)


@pytest.mark.parametrize(("day", "year"), [("2025-09-30", 2568), ("2025-10-01", 2569), ("2026-01-01", 2569)])
def test_the_fiscal_year_ends_with_september(day, year):
    assert fiscal_year_of(datetime.date.fromisoformat(day)) == year
    assert begins(year).date() <= datetime.date.fromisoformat(day) <= last_day(year)


def test_a_year_without_letters_has_nothing_to_tell_and_slow_ones_are_named_few(bureau):
    assert effects_view(bureau, 2569, [sent()], LATER) is None
    keys = [contact.reporter.key for contact in bureau.roster.contacts]
    slow = [sent("overdue-1", key, circular=slug) for key in keys for slug in ("w1", "w2")]
    view = effects_view(bureau, 2568, slow, LATER)
    assert len(view["slow"]) + view["slow_more"] == len(keys)
    assert (view["letters"], view["circulars"]) == (2 * len(keys), 2)
