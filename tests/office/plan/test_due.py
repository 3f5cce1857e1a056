"""What is due is arithmetic: nothing is lost or doubled over any split of time."""

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import shipped_bureau
from bot.office.letters.digest import Standing
from bot.office.model.ledger import LedgerEntry
from bot.office.model.recorded_answer import Recorded, RecordedRemark
from bot.office.model.report_draft import Drafted
from bot.office.plan.due import digest_due, draft_due, is_open, last_digest, reminders_due, steps
from bot.office.rules.approval import Word, release
from parsers.findings import Place

# conftest helpers are reached through fixtures; these two are plain enough to say again
BANGKOK = datetime.timezone(datetime.timedelta(hours=7))


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


def tick(desk, now):
    return desk.keep(reminders_due(desk.bureau, desk.standing(), desk.ledger, now))


def test_the_plan_counts_working_days(bureau, circular):
    """5, 2 and 1 working days before Friday 29 November, then each working day; 5 December is a holiday."""
    names = [(step.name, f"{step.at:%m-%d %H:%M}") for step in steps(bureau, circular, at("2024-12-09 12:00"))]
    assert names == [
        ("request", "11-20 08:30"),
        ("before-5", "11-22 09:00"),
        ("before-2", "11-27 09:00"),
        ("before-1", "11-28 09:00"),
        ("overdue-2024-12-02", "12-02 09:00"),
        ("overdue-2024-12-03", "12-03 09:00"),
        ("overdue-2024-12-04", "12-04 09:00"),
        ("overdue-2024-12-06", "12-06 09:00"),
        ("overdue-2024-12-09", "12-09 09:00"),
    ]


def test_requests_go_to_every_declared_reporter_once(desk):
    letters = tick(desk, at("2024-11-20 08:30"))
    assert len(letters) == 10
    assert {letter.kind.value for letter in letters} == {"request"}
    assert tick(desk, at("2024-11-20 08:31")) == []


def test_nothing_goes_out_before_the_circular_opens(desk):
    assert tick(desk, at("2024-11-20 08:29")) == []


def test_who_has_sent_everything_is_not_reminded_and_who_owes_hears_only_of_what_is_owed(desk):
    tick(desk, at("2024-11-20 08:30"))
    long_ = desk.bureau.roster.by_key["long"].organisations
    done = desk.bureau.roster.by_key["song"].organisations
    desk.answer(*done, *long_[1:])
    letters = {letter.addressee: letter for letter in tick(desk, at("2024-11-22 09:00"))}
    assert "song" not in letters
    assert [name for name, _ in letters["long"].view["owed"]] == [desk.bureau.roster.by_code[long_[0]].short_name]
    assert letters["long"].view["owed"][0][1] == ["ทุกช่อง"]


def test_after_a_pause_only_the_newest_step_is_taken_and_the_rest_is_entered(desk):
    tick(desk, at("2024-11-20 08:30"))
    letters = tick(desk, at("2024-12-03 14:00"))
    assert {letter.occasion for letter in letters} == {"overdue-2024-12-03"}
    mine = [(entry.step, entry.action) for entry in desk.ledger if entry.reporter == "long"]
    assert mine == [
        ("request", "sent"),
        ("before-5", "skipped"),
        ("before-2", "skipped"),
        ("before-1", "skipped"),
        ("overdue-2024-12-02", "skipped"),
        ("overdue-2024-12-03", "sent"),
    ]


def test_the_chief_is_copied_from_the_second_overdue_day(desk):
    tick(desk, at("2024-11-20 08:30"))
    first = {letter.addressee: letter for letter in tick(desk, at("2024-12-02 09:00"))}["long"]
    second = {letter.addressee: letter for letter in tick(desk, at("2024-12-03 09:00"))}["long"]
    assert first.cc == ()
    assert second.cc == (desk.bureau.roster.contact_for("long").chief,)


DAYTIME = st.builds(lambda day, minute: day * 60 * 24 + minute, st.integers(0, 19), st.integers(500, 1000))
MINUTES = st.lists(st.integers(0, 60 * 24 * 20) | DAYTIME, min_size=1, max_size=40, unique=True).map(sorted)
YES = True
START = at("2024-11-20 00:00")


@given(MINUTES, st.sets(st.sampled_from(["long", "song", "pao", "town", "den-chai"])))
@settings(max_examples=60, deadline=None)
def test_no_reminder_is_lost_or_doubled_over_any_split_of_time(minutes, complete):
    """Each due step is entered once for each reporter; the newest due step was acted on at the first tick after it."""
    bureau = shipped_bureau()
    circular = bureau.circulars["w5827"]
    entries: list = []
    keys: list = []
    from_books = _Papers(bureau, circular, complete)
    for minute in minutes:
        now = START + datetime.timedelta(minutes=minute)
        decision = reminders_due(bureau, from_books.standing, entries, now)
        assert decision is None or bureau.calendar.is_open(now)
        if decision:
            entries += decision.ledger
            keys += [letter.key for letter in decision.letters]
    minutes = [m for m in minutes if bureau.calendar.is_open(START + datetime.timedelta(minutes=m))]
    last = START + datetime.timedelta(minutes=minutes[-1]) if minutes else START
    due = {step.name for step in steps(bureau, circular, last)}
    for contact in bureau.roster.contacts:
        mine = [entry for entry in entries if entry.reporter == contact.reporter.key]
        assert sorted(entry.step for entry in mine) == sorted(due)
        reminded = [entry.step for entry in mine if entry.action == "sent" and entry.step != "request"]
        assert not (contact.reporter.key in complete and reminded)
        acted_on = [step.name for step in _newest_per_tick(bureau, circular, minutes)]
        if contact.reporter.key not in complete:
            assert reminded == acted_on
    assert len(keys) == len(set(keys))


class _Papers:
    def __init__(self, bureau, circular, complete) -> None:

        codes = [code for key in complete for code in bureau.roster.by_key[key].organisations]
        known = tuple(
            Recorded(code, q.key, YES, 1, "", START, "", Place(), "") for code in codes for q in circular.form.asked
        )
        self.standing = Standing(circular, known, {}, ())


def _newest_per_tick(bureau, circular, minutes):
    """By hand: at each tick the newest step that fell due since the tick before, unless the request is among them."""
    taken: set[str] = set()
    for minute in minutes:
        fresh = [s for s in steps(bureau, circular, START + datetime.timedelta(minutes=minute)) if s.name not in taken]
        taken |= {step.name for step in fresh}
        if fresh and all(step.name != "request" for step in fresh):
            yield fresh[-1]


def test_the_draft_comes_when_all_is_in(desk):
    desk.answer_all()
    (letter,) = desk.keep(draft_due(desk.bureau, desk.standing(), (), at("2024-11-25 10:00")))
    assert (letter.kind.value, letter.view["done"], letter.view["unreported"]) == ("draft", 84, [])
    assert draft_due(desk.bureau, desk.standing(), (), at("2024-11-25 10:01")) is None


def test_the_draft_comes_at_the_cutoff_with_the_gaps_named(desk):
    desk.answer(*desk.bureau.roster.by_key["long"].organisations)
    cutoff = desk.circular.deadlines.cutoff
    assert draft_due(desk.bureau, desk.standing(), (), cutoff - datetime.timedelta(minutes=1)) is None
    (letter,) = desk.keep(draft_due(desk.bureau, desk.standing(), (), cutoff))
    assert len(letter.view["unreported"]) == 84 - 11


def test_a_changed_figure_gives_one_new_draft_for_each_burst(desk):
    desk.answer_all()
    desk.keep(draft_due(desk.bureau, desk.standing(), (), at("2024-11-27 10:00")))
    desk.answer(*desk.bureau.roster.by_key["song"].organisations, value=False)
    assert draft_due(desk.bureau, desk.standing(), (), at("2024-11-27 10:29")) is None
    assert draft_due(desk.bureau, desk.standing(), (), at("2024-11-27 20:00")) is None  # nobody is there to look
    assert draft_due(desk.bureau, desk.standing(), (), at("2024-11-27 10:30")).drafts[0].version == 2


def test_a_new_draft_knows_the_answers_and_remarks_of_the_one_before(desk):
    desk.answer_all()
    desk.keep(draft_due(desk.bureau, desk.standing(), (), at("2024-11-27 10:00")))
    old, new = (
        RecordedRemark("obstacles", text, "long", 1, at("2024-11-27 09:00"), Place()) for text in ("เก่า", "ใหม่")
    )
    standing = dataclasses.replace(desk.standing(), before=Drafted(desk.known, (old,)))
    (letter,) = draft_due(desk.bureau, standing, (new,), at("2024-11-27 10:30")).letters
    rollup = letter.enclosures[0].rollup
    assert [[r.text for r in each.remarks] for each in (rollup.before, rollup)] == [["เก่า"], ["ใหม่"]]
    assert [line.values for line in rollup.before.lines] == [line.values for line in rollup.lines]


@pytest.mark.parametrize(
    ("moment", "comes"),
    [
        ("2024-11-20 08:29", False),
        ("2024-11-20 08:30", True),
        ("2024-11-23 10:00", False),  # Saturday
        ("2024-12-05 10:00", False),  # a public holiday
        ("2024-12-06 16:30", True),  # caught up late in the day
        ("2024-12-06 16:31", False),
    ],
)
def test_the_digest_comes_on_working_days_from_half_past_eight(desk, moment, comes):
    decision = digest_due(desk.bureau, [desk.standing()], (), desk.ledger, at(moment))
    assert (decision is not None) == comes
    desk.keep(decision)
    assert digest_due(desk.bureau, [desk.standing()], (), desk.ledger, at(moment)) is None


def test_a_dispatched_circular_is_left_in_peace(desk):
    desk.answer_all()
    desk.keep(draft_due(desk.bureau, desk.standing(), (), at("2024-11-25 10:00")))

    desk.keep(
        release(desk.bureau, desk.facts(), desk.drafts[-1], Word("staff@phrae.example", "x", at("2024-11-25 11:00")))
    )
    assert tick(desk, at("2024-11-28 09:00")) == []
    assert draft_due(desk.bureau, desk.standing(), (), at("2024-12-04 16:30")) is None
    assert not is_open(desk.standing(), at("2024-11-28 09:00"))


@pytest.mark.parametrize(
    ("moment", "template", "days"),
    [
        ("2024-11-26 14:00", "", 3),
        ("2024-11-29 08:30", "", 0),
        ("2024-12-02 08:30", "overdue", 1),
    ],
)
def test_a_reminder_caught_up_late_tells_the_days_as_they_are(desk, moment, template, days):
    tick(desk, at("2024-11-20 08:30"))
    letter = next(letter for letter in tick(desk, at(moment)) if letter.addressee == "long")
    assert (letter.template, letter.view["days_left"]) == (template, days)


def test_troubles_of_a_weekend_reach_the_next_digest(desk):
    assert desk.keep(digest_due(desk.bureau, [desk.standing()], (), desk.ledger, at("2024-11-22 08:30")))
    assert last_digest(desk.ledger, at("2024-11-25 08:30")) == at("2024-11-22 08:30")


# --- limits: the last moment that counts and the first that does not --------------------------------------------------

SECOND = datetime.timedelta(seconds=1)


def with_reminders(circular, **more):
    return circular.model_copy(update={"reminders": circular.reminders.model_copy(update=more)})


@pytest.mark.parametrize("every", [1, 2, 3])
def test_the_overdue_steps_are_every_so_many_working_days_until_the_circular_is_left_to_people(every, bureau, circular):
    """Counted by hand: the working days after the reporters' deadline, up to sixty days after it."""
    changed = with_reminders(circular, overdue_every_working_days=every)
    last = circular.deadlines.reporters.date()
    days = [last + datetime.timedelta(days=n) for n in range(1, 61)]
    late = [day for day in days if bureau.calendar.is_working(day)]
    found = [step.name for step in steps(bureau, changed, at("2025-06-01 00:00")) if step.name.startswith("overdue")]
    assert found == [f"overdue-{day}" for day in late[every - 1 :: every]]


def test_a_step_is_due_from_its_own_moment_and_none_before_the_circular_opens(bureau, circular):
    for step in steps(bureau, circular, at("2025-06-01 00:00")):
        assert step in steps(bureau, circular, step.at)
        assert step not in steps(bureau, circular, step.at - SECOND)
    early = with_reminders(circular, working_days_before=(30, 1))
    assert [step.name for step in steps(bureau, early, at("2024-11-28 09:00"))] == ["request", "before-1"]


@pytest.mark.parametrize(("after", "first"), [(0, 0), (1, 0), (2, 1), (3, 2)])
def test_the_chief_is_copied_from_the_day_that_the_circular_says(after, first, desk, bureau, circular):
    late = ["2024-12-02 09:00", "2024-12-03 09:00", "2024-12-04 09:00"]
    changed = with_reminders(circular, escalate_after_working_days=after)
    standing = dataclasses.replace(desk.standing(), circular=changed)
    copied = []
    for moment in ["2024-11-20 08:30", "2024-11-28 09:00", *late]:
        letters = desk.keep(reminders_due(bureau, standing, desk.ledger, at(moment)))
        copied.append(bool({letter.addressee: letter for letter in letters}["long"].cc))
    assert copied[1:] == [False, *(n >= first for n in range(3))]


def test_the_ledger_says_of_each_step_how_many_organisations_were_open(desk):
    desk.answer(*desk.bureau.roster.by_key["long"].organisations[2:])
    desk.answer(*desk.bureau.roster.by_key["song"].organisations)
    tick(desk, at("2024-11-20 08:30"))
    tick(desk, at("2024-11-22 09:00"))
    said = {(e.reporter, e.step): (e.action, e.ground) for e in desk.ledger}
    assert said["long", "request"] == ("sent", "2 of 11 organisations open")
    assert said["long", "before-5"] == ("sent", "2 of 11 organisations open")
    assert said["song", "before-5"] == ("not-owed", "0 of 9 organisations open")
    assert {e.on for e in desk.ledger} == {datetime.date(2024, 11, 20), datetime.date(2024, 11, 22)}


def test_a_circular_is_open_from_its_opening_until_a_day_after_the_report_or_sixty_after_its_deadline(desk):
    deadlines, standing = desk.circular.deadlines, desk.standing()
    last = deadlines.department + datetime.timedelta(days=60)
    assert [is_open(standing, now) for now in (deadlines.opens - SECOND, deadlines.opens)] == [False, True]
    assert [is_open(standing, now) for now in (last, last + SECOND)] == [True, False]
    desk.answer_all()
    desk.keep(draft_due(desk.bureau, desk.standing(), (), at("2024-11-25 10:00")))
    gone = at("2024-11-25 11:00")
    desk.keep(release(desk.bureau, desk.facts(), desk.drafts[-1], Word("staff@phrae.example", "x", gone)))
    sent = desk.standing().dispatched
    day = datetime.timedelta(days=1)
    assert [is_open(desk.standing(), now) for now in (sent + day - SECOND, sent + day)] == [True, False]


@pytest.mark.parametrize(
    ("moment", "comes"),
    [
        *(("2024-11-27 08:29:59", False), ("2024-11-27 08:30:00", True)),
        *(("2024-11-27 16:30:00", True), ("2024-11-27 16:31:00", False), ("2024-11-30 10:00:00", False)),
        *(("2024-11-25 10:29:59", False), ("2024-11-25 10:30:00", True)),  # half an hour after the one before
    ],
)
def test_a_draft_of_changed_figures_comes_while_somebody_is_there_to_look(moment, comes, desk):
    desk.answer_all()
    desk.keep(draft_due(desk.bureau, desk.standing(), (), at("2024-11-25 10:00")))
    assert draft_due(desk.bureau, desk.standing(), (), at(moment)) is None
    desk.answer(*desk.bureau.roster.by_key["song"].organisations, value=False)
    assert (draft_due(desk.bureau, desk.standing(), (), at(moment)) is not None) is comes


def test_no_draft_before_the_opening_nor_before_the_cutoff_while_something_is_owed(desk):
    deadlines = desk.circular.deadlines
    assert draft_due(desk.bureau, desk.standing(), (), deadlines.cutoff - SECOND) is None
    assert draft_due(desk.bureau, desk.standing(), (), deadlines.cutoff) is not None
    desk.answer_all()
    assert draft_due(desk.bureau, desk.standing(), (), deadlines.opens - SECOND) is None
    assert draft_due(desk.bureau, desk.standing(), (), deadlines.opens) is not None


def test_troubles_are_news_since_the_staffs_last_digest_or_for_a_week(desk):
    now = at("2024-11-29 08:30")
    assert last_digest([], now) == at("2024-11-22 08:30")
    tick(desk, at("2024-11-28 09:00"))  # entries of reporters are no digests, nor are others of staff
    shown = LedgerEntry("w5827", "staff", "shown-1", datetime.date(2024, 11, 28), "sent", "")
    desk.ledger += [shown, dataclasses.replace(shown, reporter="long", step="digest-2024-11-28")]
    assert last_digest(desk.ledger, now) == at("2024-11-22 08:30")
    for day in ("2024-11-27", "2024-11-25"):
        desk.keep(digest_due(desk.bureau, [desk.standing()], (), desk.ledger, at(f"{day} 09:10")))
    assert last_digest(reversed(desk.ledger), now) == at("2024-11-27 08:30")


def test_the_digest_tells_only_of_circulars_that_are_open(desk):
    now = at("2024-11-25 08:30")
    other = desk.circular.model_copy(
        update={"slug": "w9", "deadlines": desk.circular.deadlines.model_copy(update={"opens": now + SECOND})}
    )
    later = dataclasses.replace(desk.standing(), circular=other)
    assert digest_due(desk.bureau, [later], (), (), now) is None
    decision = digest_due(desk.bureau, [later, desk.standing()], (), (), now)
    assert [(entry.circular, entry.reporter, entry.ground) for entry in decision.ledger] == [
        ("", "staff", "1 circulars, 0 troubles")
    ]


def without_address(desk, *keys):
    contacts = tuple(
        dataclasses.replace(c, reporter=dataclasses.replace(c.reporter, addresses=())) if c.reporter.key in keys else c
        for c in desk.bureau.roster.contacts
    )
    desk.bureau = dataclasses.replace(desk.bureau, roster=dataclasses.replace(desk.bureau.roster, contacts=contacts))


def test_staff_hear_once_who_cannot_be_asked_and_the_others_are_asked(desk):
    whole = desk.bureau
    without_address(desk, "long", "song")
    letters = tick(desk, at("2024-11-20 08:30"))
    told, *requests = sorted(letters, key=lambda letter: letter.kind.value)
    assert told.kind.value == "notice"
    assert told.view["items"] == ["อำเภอลอง", "อำเภอสอง"]
    assert "ไม่ได้ 2 แห่ง" in told.subject
    assert len(requests) == 8
    assert tick(desk, at("2024-11-22 09:00")) != []
    assert desk.refused == []
    assert {"long", "song"}.isdisjoint(letter.addressee for letter in desk.letters.values())
    desk.bureau = whole  # their addresses are known now
    late = tick(desk, at("2024-11-22 10:00"))
    assert {(letter.kind.value, letter.addressee) for letter in late} == {("request", "long"), ("request", "song")}


def test_the_digest_counts_who_cannot_be_asked(desk):
    without_address(desk, "long")
    tick(desk, at("2024-11-20 08:30"))
    letter = digest_due(desk.bureau, [desk.standing()], (), desk.ledger, at("2024-11-21 08:30")).letters[0]
    assert letter.view["first"].startswith("โปรดดำเนินการ 1 เรื่อง: หาที่อยู่อีเมลของผู้รายงานที่ยังไม่มี 1 แห่ง")
    assert letter.view["tone"] == "urgent"
