"""A new deadline: who is told, what is said of it, what staff hear; and the plan over any split of time."""

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import shipped_bureau
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular_standing import Standing
from bot.office.model.effective import effective
from bot.office.model.round_change import ChangeKind, RoundChange
from bot.office.plan.due import draft_due, reminders_due, steps
from bot.office.rounds.extension import NewDeadline, extend
from bot.office.rounds.instruction import Instruction

EXTENDED_AT = "2024-11-25 10:00"


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def word(now, why="น้ำท่วมในพื้นที่"):
    return Instruction("somsri@phrae.example", now, f"word-{now:%m%d%H%M%S}", why)


@pytest.fixture
def asked(desk):
    """The desk after its requests went out."""
    desk.keep(reminders_due(desk.bureau, desk.standing(), desk.ledger, at("2024-11-20 08:30")))
    desk.changes = []
    return desk


def standing(desk):
    circular = effective(desk.bureau.circulars["w5827"], desk.bureau.roster, desk.changes)
    return dataclasses.replace(desk.standing(), circular=circular, requested=bool(desk.ledger))


def give(desk, until, whom="", *, now=EXTENDED_AT, department=None):
    wanted = NewDeadline(at(until), whom, at(department) if department else None)
    done = extend(desk.bureau, standing(desk), wanted, word(at(now)))
    if done.decision:
        desk.changes += done.decision.round_changes
        desk.keep(done.decision)
    return done


def tick(desk, now):
    return desk.keep(reminders_due(desk.bureau, standing(desk), desk.ledger, at(now)))


def test_one_district_is_told_and_the_others_are_not(asked):
    done = give(asked, "2024-12-12 16:30", "long")
    (letter,) = done.decision.letters
    assert (letter.kind.value, letter.addressee) == ("extension", "long")
    assert (letter.view["before"], letter.view["deadline"]) == (at("2024-11-29 16:30"), at("2024-12-12 16:30"))
    assert letter.view["why"] == "น้ำท่วมในพื้นที่"
    assert letter.enclosures[0].circular.deadlines.reporters == at("2024-12-12 16:30")
    assert "ของอำเภอลอง เป็นวันที่ ๑๒ ธันวาคม ๒๕๖๗ เวลา ๑๖.๓๐ น." in done.said
    assert "แจ้งผู้รายงาน 1 ราย" in done.said
    assert any("เลยกำหนดส่งส่วนกลาง (๖ ธันวาคม ๒๕๖๗" in caution for caution in done.cautions)
    assert any("ร่างรายงานจะจัดทำตามเดิม" in caution for caution in done.cautions)


def test_its_reminders_go_again_towards_the_new_day_and_the_others_go_on_as_they_were(asked):
    tick(asked, "2024-11-22 09:00")  # before-5, to all
    give(asked, "2024-12-12 16:30", "long")
    found = {}
    for day in range(25, 51):
        moment = f"2024-{11 if day <= 30 else 12}-{day if day <= 30 else day - 30:02}"
        for letter in tick(asked, f"{moment} 09:00"):
            found.setdefault(letter.addressee, []).append((letter.occasion, bool(letter.cc), letter.view["deadline"]))
    new = at("2024-12-12 16:30")
    assert found["long"] == [
        ("before-5-to-2024-12-12", False, new),  # 4 December: the 5th and the 10th are holidays
        ("before-2-to-2024-12-12", False, new),
        ("before-1-to-2024-12-12", False, new),
        ("overdue-2024-12-13", False, new),
        ("overdue-2024-12-16", True, new),
        ("overdue-2024-12-17", True, new),
        ("overdue-2024-12-18", True, new),
        ("overdue-2024-12-19", True, new),
        ("overdue-2024-12-20", True, new),
    ]
    assert [occasion for occasion, _, _ in found["song"]][:4] == [
        "before-2", "before-1", "overdue-2024-12-02", "overdue-2024-12-03",
    ]  # fmt: skip
    assert not asked.refused


def test_for_all_everyone_who_owes_is_told_and_the_cutoff_moves_along(asked):
    asked.answer(*asked.bureau.roster.by_key["song"].organisations)
    done = give(asked, "2024-12-05 16:30", department="2024-12-16 16:30")
    assert {letter.addressee for letter in done.decision.letters} == {
        contact.reporter.key for contact in asked.bureau.roster.contacts
    } - {"song"}
    after = standing(asked).circular.deadlines
    assert (after.reporters, after.cutoff, after.department) == (
        at("2024-12-05 16:30"), at("2024-12-05 16:30"), at("2024-12-16 16:30"),
    )  # fmt: skip
    assert done.cautions == ("วันที่กำหนดเป็นวันหยุด",)
    assert draft_due(asked.bureau, standing(asked), (), at("2024-12-04 16:30")) is None
    assert draft_due(asked.bureau, standing(asked), (), at("2024-12-06 08:30")) is not None  # the 5th is a holiday


def test_an_own_deadline_outlives_a_shorter_one_for_all_and_ends_with_a_longer(asked):
    give(asked, "2024-12-12 16:30", "long")
    give(asked, "2024-12-03 16:30", now="2024-11-26 10:00")
    assert standing(asked).circular.seen_by("long").deadlines.reporters == at("2024-12-12 16:30")
    assert standing(asked).circular.seen_by("song").deadlines.reporters == at("2024-12-03 16:30")
    done = give(asked, "2024-12-20 16:30", now="2024-11-27 10:00")
    assert "long" not in {letter.addressee for letter in done.decision.letters}  # had a later day of its own until now
    assert standing(asked).circular.seen_by("long").deadlines.reporters == at("2024-12-20 16:30")


def test_an_organisation_that_answers_for_itself_has_the_day_of_its_district(asked):
    give(asked, "2024-12-12 16:30", "long")
    code = asked.bureau.roster.by_key["long"].organisations[0]
    assert standing(asked).circular.seen_by(code).deadlines.reporters == at("2024-12-12 16:30")


@pytest.mark.parametrize(
    ("until", "whom", "now", "why"),
    [
        ("2024-11-24 16:30", "long", EXTENDED_AT, "ผ่านไปแล้ว"),
        ("2024-11-29 16:30", "long", EXTENDED_AT, "อยู่แล้ว"),
        ("2024-11-28 16:30", "", EXTENDED_AT, "เร็วกว่ากำหนด"),
        ("2024-11-28 16:30", "song", EXTENDED_AT, "เร็วกว่ากำหนด"),
        ("2024-12-12 16:30", "nobody", EXTENDED_AT, "ไม่พบ"),
    ],
)
def test_what_cannot_be_given_is_said_and_changes_nothing(asked, until, whom, now, why):
    done = give(asked, until, whom, now=now)
    assert why in done.said
    assert done.decision is None


def test_one_organisation_of_a_district_is_referred_to_its_district(asked):
    code = asked.bureau.roster.by_key["long"].organisations[0]
    assert "รายงานผ่านอำเภอลอง" in give(asked, "2024-12-12 16:30", code).said


def test_a_mistaken_day_can_be_mended_to_an_earlier_one(asked):
    give(asked, "2025-12-12 16:30", "long")
    done = give(asked, "2024-12-12 16:30", "long", now="2024-11-25 10:05")
    assert done.decision
    assert "กำหนดใหม่เร็วกว่าที่เคยแจ้งไว้" in done.cautions


def test_before_the_requests_are_out_nobody_need_be_told(desk):
    desk.changes = []
    done = give(desk, "2024-12-12 16:30", "long", now="2024-11-19 10:00")
    assert done.decision.letters == ()
    letters = {letter.addressee: letter for letter in tick(desk, "2024-11-20 08:30")}
    assert letters["long"].view["deadline"] == at("2024-12-12 16:30")
    assert letters["song"].view["deadline"] == at("2024-11-29 16:30")


# --- the law -----------------------------------------------------------------------------------------------------------

MINUTES = st.lists(st.integers(0, 60 * 24 * 30), min_size=1, max_size=30, unique=True).map(sorted)
DAYS = ("2024-12-03", "2024-12-12", "2024-12-16")
EXTENSIONS = st.lists(
    st.tuples(st.integers(0, 60 * 24 * 12), st.sampled_from(["", "long", "song"]), st.sampled_from(DAYS)), max_size=4
).map(sorted)
BEGIN = at("2024-11-20 00:00")
LAST = 99  # a tick comes after the extensions of its minute


@given(MINUTES, EXTENSIONS)
@settings(max_examples=60, deadline=None)
def test_no_step_is_lost_or_doubled_whenever_a_deadline_is_given_anew(minutes, extensions):
    """Each step of the plan that holds is entered once for each reporter; no step of a plan that was given up comes after it."""
    bureau = shipped_bureau()
    declared = bureau.circulars["w5827"]
    changes, entries, keys = [], [], []
    given = [(each[0], number) for number, each in enumerate(extensions)]
    for minute, number in sorted([*given, *((minute, LAST) for minute in minutes)]):
        now = BEGIN + datetime.timedelta(minutes=minute)
        if number < LAST:
            _, whom, day = extensions[number]
            until = at(f"{day} 16:30")
            changes.append(RoundChange("w5827", ChangeKind.EXTENDED, "x", now, str(number), whom, until=until))
            continue
        circular = effective(declared, bureau.roster, changes)
        decision = reminders_due(bureau, Standing(circular, (), {}, ()), entries, now)
        if decision:
            keys += [letter.key for letter in decision.letters]
            for entry in decision.ledger:
                in_force = steps(bureau, circular.seen_by(entry.reporter), now)
                assert entry.step in {step.name for step in in_force}
            entries += decision.ledger
    assert len(keys) == len(set(keys))
    taken = [(entry.reporter, entry.step) for entry in entries]
    assert len(taken) == len(set(taken))
    looks = [BEGIN + datetime.timedelta(minutes=minute) for minute in minutes]
    last = max(filter(bureau.calendar.is_open, looks), default=BEGIN)
    circular = effective(declared, bureau.roster, [change for change in changes if change.at <= last])
    for contact in bureau.roster.contacts:
        own = circular.seen_by(contact.reporter.key)
        mine = {step for key, step in taken if key == contact.reporter.key}
        assert {step.name for step in steps(bureau, own, last)} <= mine


def test_who_has_no_address_is_told_by_staff(asked):
    roster = asked.bureau.roster
    contacts = tuple(
        dataclasses.replace(contact, reporter=dataclasses.replace(contact.reporter, addresses=()))
        if contact.reporter.key == "long"
        else contact
        for contact in roster.contacts
    )
    asked.bureau = dataclasses.replace(asked.bureau, roster=dataclasses.replace(roster, contacts=contacts))
    done = give(asked, "2024-12-12 16:30", "long")
    assert done.decision.letters == ()
    assert "โดยไม่ได้แจ้งผู้ใด" in done.said
    assert "ไม่มีที่อยู่อีเมลของอำเภอลอง โปรดแจ้งด้วยตนเอง" in done.cautions
