"""A reminder that did not leave on its day is made anew; who owes again hears at once; the evidence's plan."""

import dataclasses
import datetime

import pytest

from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular import Reminders
from bot.office.model.sent_letter import DueLetter, LetterFate, LetterState
from bot.office.plan.due import reminders_due, steps
from bot.office.plan.made_anew import may_be_overtaken, outlived, overtaken, withdrawal


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def tick(desk, moment):
    return desk.keep(reminders_due(desk.bureau, desk.standing(), desk.ledger, at(moment)))


def letter(kind="reminder", *, queued="2024-11-22 16:20", untouched=True):
    return DueLetter(7, 2, "o@x.example", ("long@x.example",), b"", kind, "m@x.example", at(queued), untouched)


@pytest.mark.parametrize(
    ("due", "moment", "over"),
    [
        (letter(), "2024-11-22 16:30", False),
        (letter(), "2024-11-25 08:30", True),
        (letter("request"), "2024-11-25 08:30", False),
        (letter(untouched=False), "2024-11-25 08:30", False),  # somebody may have got it
    ],
)
def test_a_reminder_of_another_day_that_nobody_has_is_not_sent(due, moment, over):
    assert outlived(due, at(moment)) is over


def fate(addressee="long", circular="w5827", about=()):
    where = {"state": LetterState.SENDING, "attempt": 2, "detail": "", "refused": {}, "unsought": False}
    what = {"kind": "reminder", "addressee": addressee, "recipients": (), "subject": "", "about": about}
    changed = at("2024-11-22 16:20")
    return LetterFate(7, circular, "before-5", "m@x.example", changed=changed, **where, **what)


def test_in_its_place_goes_one_with_the_days_of_today_once_and_only_to_who_still_owes(desk):
    tick(desk, "2024-11-20 08:30")
    tick(desk, "2024-11-22 09:00")
    for key in ("long", "song"):
        desk.keep(withdrawal(fate(key), at("2024-11-25 08:30"), another_day=True))
    desk.answer(*desk.bureau.roster.by_key["song"].organisations)
    [again] = tick(desk, "2024-11-25 08:30")
    assert (again.addressee, again.occasion, again.view["days_left"]) == ("long", "again-7", 4)
    assert tick(desk, "2024-11-25 08:31") == []
    assert [entry.action for entry in desk.ledger if entry.step == "again-7"] == ["sent", "not-owed"]


def test_a_step_of_the_same_day_takes_its_place(desk):
    tick(desk, "2024-11-20 08:30")
    tick(desk, "2024-11-22 09:00")
    desk.keep(withdrawal(fate(), at("2024-11-27 08:30"), another_day=True))
    letters = {one.addressee: one for one in tick(desk, "2024-11-27 09:00")}
    assert letters["long"].occasion == "before-2"
    assert {entry.step: entry.action for entry in desk.ledger if entry.reporter == "long"}["again-7"] == "skipped"


def test_nobody_is_reminded_twice_a_day_of_one_circular(desk):
    """As in the simulated year: made anew at 08.30, or at noon after the plan's own of 09.00."""
    tick(desk, "2024-11-20 08:30")
    tick(desk, "2024-11-22 09:00")
    desk.keep(withdrawal(fate("long"), at("2024-11-27 08:30"), another_day=True))
    assert [one.addressee for one in tick(desk, "2024-11-27 08:31")] == ["long"]
    letters = tick(desk, "2024-11-27 09:00")  # before-2
    assert letters
    assert "long" not in {one.addressee for one in letters}
    desk.keep(withdrawal(fate("song"), at("2024-11-27 13:30"), another_day=True))
    assert tick(desk, "2024-11-27 13:30") == []
    assert [one.addressee for one in tick(desk, "2024-11-28 09:00")].count("song") == 1


def test_one_that_was_overtaken_on_its_own_day_goes_anew_on_that_day(desk):
    tick(desk, "2024-11-20 08:30")
    tick(desk, "2024-11-22 09:00")
    desk.keep(withdrawal(fate("long"), at("2024-11-22 09:20"), another_day=False))
    assert [one.addressee for one in tick(desk, "2024-11-22 09:20")] == ["long"]


@pytest.mark.parametrize(
    ("moment", "looked_at"), [("2024-11-22 16:20", False), ("2024-11-22 16:21", True), ("2024-11-25 08:30", True)]
)
def test_what_is_sent_at_once_is_as_true_as_when_it_was_written(moment, looked_at):
    assert may_be_overtaken(letter(), at(moment)) is looked_at
    assert not may_be_overtaken(letter("request"), at(moment))
    assert not may_be_overtaken(letter(untouched=False), at(moment))


def test_a_reminder_is_overtaken_by_answers_by_another_deadline_and_when_all_is_over(desk):
    song, queued = desk.bureau.roster.by_key["song"], at("2024-11-22 09:00")

    def is_overtaken(**of_round):
        circular = desk.circular.model_copy(update={"round": dataclasses.replace(desk.circular.round, **of_round)})
        return overtaken(desk.bureau, dataclasses.replace(desk.standing(), circular=circular), song, queued)

    later = at("2024-12-03 16:30")
    assert not is_overtaken()
    assert not is_overtaken(given={"": queued})  # it says the new day already
    assert is_overtaken(given={"": at("2024-11-22 09:10")})
    assert is_overtaken(extended={"song": later}, given={"song": at("2024-11-22 09:10")})
    assert not is_overtaken(extended={"long": later}, given={"long": at("2024-11-22 09:10")})
    assert is_overtaken(closed=queued)
    assert is_overtaken(spared=frozenset({"song"}))
    desk.answer(*song.organisations[1:])
    assert not is_overtaken()
    desk.answer(*song.organisations)
    assert is_overtaken()


def test_each_circular_of_a_joined_letter_takes_its_step_anew():
    decision = withdrawal(fate(circular="", about=("w1", "w2")), at("2024-11-25 08:30"), another_day=True)
    assert [(entry.circular, entry.step) for entry in decision.ledger] == [("w1", "unsent-7"), ("w2", "unsent-7")]
    assert decision.withdrawn == (7,)


def test_who_was_complete_and_owes_again_hears_at_once_and_once(desk):
    codes = desk.bureau.roster.by_key["song"].organisations
    desk.answer(*codes)
    tick(desk, "2024-11-20 08:30")
    tick(desk, "2024-11-22 09:00")
    desk.known = tuple(one for one in desk.known if one.organisation != codes[0])  # withdrawn
    assert tick(desk, "2024-11-22 20:00") == []
    [again] = tick(desk, "2024-11-25 10:12")
    assert (again.addressee, again.occasion) == ("song", "owes-again-2024-11-25")
    assert [name for name, _ in again.view["owed"]] == [desk.bureau.roster.by_code[codes[0]].printed_short]
    assert tick(desk, "2024-11-26 10:00") == []


def planned(bureau, circular, reminders, **deadlines):
    changed = circular.model_copy(
        update={"reminders": reminders, "deadlines": circular.deadlines.model_copy(update=deadlines)}
    )
    return [(one.name, f"{one.at:%m-%d}") for one in steps(bureau, changed, at("2024-12-31 12:00"))]


def test_without_days_of_its_own_a_circular_reminds_by_the_evidence(bureau, circular):
    """Half-way, three and one working days before; one and three after, then weekly. The 5th and 10th are holidays."""
    found = planned(bureau, circular, Reminders(), opens=at("2024-11-11 08:30"))
    assert found == [
        ("request", "11-11"),
        ("half-way", "11-20"),
        ("before-3", "11-26"),
        ("before-1", "11-28"),
        ("overdue-2024-12-02", "12-02"),
        ("overdue-2024-12-04", "12-04"),
        ("overdue-2024-12-13", "12-13"),
        ("overdue-2024-12-20", "12-20"),
        ("overdue-2024-12-27", "12-27"),
    ]


def test_half_way_is_left_out_where_the_next_reminder_follows_at_once(bureau, circular):
    names = [name for name, _ in planned(bureau, circular, Reminders())]
    assert names[:3] == ["request", "before-3", "before-1"]  # of w5827 it would be the day before


def test_who_names_days_of_his_own_gets_just_those():
    own = Reminders.model_validate({"working_days_before": [5, 2, 1], "overdue_every_working_days": 1})
    assert (own.half_way, own.working_days_after) == (False, ())
    assert [own.is_overdue_day(day) for day in (1, 2, 3)] == [True, True, True]
    with pytest.raises(ValueError, match="working_days_after holds a day twice"):
        Reminders.model_validate({"working_days_after": [1, 1]})
