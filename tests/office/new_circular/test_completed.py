"""A proposal completed: w5827 out of its own papers; the four moments, whatever a letter says; what is unsure is said."""

import dataclasses
import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import shipped_bureau
from bot.documents.new_circular.proposal_workbook import proposal_workbook
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.calendar import OPENS, Calendar
from bot.office.model.started_circular import StartedCircular, as_json
from bot.office.new_circular.as_circular import tables
from bot.office.new_circular.completed import Desk, completed
from bot.office.new_circular.plan_of_days import plan_of_days
from bot.office.plan.days_ahead import days_ahead
from parsers.blank_form.proposal import Code, NewForm, NewLetter, NewQuestion, Paper, Papers
from parsers.blank_form.read_papers import read_papers
from parsers.form.naming import LOCAL
from parsers.form.question import LISTED, Kind, heading
from parsers.thai.text import heading_key, normalise
from tests.parsers.blank_form.papers_drawn import w5827_forms

ROOT = Path(__file__).parents[3]
LETTER = ROOT / "templates" / "circulars" / "w5827" / "w5827-department-letter.pdf"
CAME_IN = datetime.datetime(2024, 11, 19, 10, 0, tzinfo=BANGKOK)  # the registry's stamp on the department's letter


def local(year, month, day, hour=0, minute=0):
    """A moment as papers have it, without a zone."""
    return datetime.datetime.combine(datetime.date(year, month, day), datetime.time(hour, minute))


BUREAU = shipped_bureau()
STAFF = dataclasses.replace(BUREAU.office, staff=("staff@office.example",))
DESK = Desk(STAFF, BUREAU.calendar, frozenset(one.type for one in BUREAU.roster.organisations), frozenset({"w1"}))
SHIPPED = BUREAU.circulars["w5827"]


def w5827(name="form.xlsx"):
    papers = [Paper(LETTER.name, LETTER.read_bytes()), Paper(name, w5827_forms()[name])]
    return completed(read_papers(papers, "", LOCAL), DESK, CAME_IN)


def circular_of(proposal):
    """As one that staff start by mail."""
    return StartedCircular(proposal.slug, as_json(tables(proposal)), STAFF.staff[0], CAME_IN).circular


@pytest.mark.parametrize("name", list(w5827_forms()))
def test_w5827_comes_out_as_shipped_but_for_its_wording(name):
    made = circular_of(w5827(name))
    assert (made.slug, made.number, made.dated) == (SHIPPED.slug, SHIPPED.number, SHIPPED.dated)
    assert heading_key(made.title) == heading_key(SHIPPED.title)
    assert made.deadlines == SHIPPED.deadlines
    assert made.department == SHIPPED.department
    assert made.wording.references == SHIPPED.wording.references
    assert heading_key(made.form.title) == heading_key(SHIPPED.form.title)
    assert (made.form.yes, made.form.no, made.form.total_label) == (
        SHIPPED.form.yes,
        SHIPPED.form.no,
        SHIPPED.form.total_label,
    )
    assert made.form.note == SHIPPED.form.note
    asked, shipped = made.form.question, SHIPPED.form.question
    assert [heading_key(heading(q)) for q in asked] == [heading_key(heading(q)) for q in shipped]
    assert [q.kind for q in asked] == [q.kind for q in shipped]
    places = {q.key: at for at, q in enumerate(asked)}, {q.key: at for at, q in enumerate(shipped)}
    assert [q.requires and places[0][q.requires] for q in asked] == [
        q.requires and places[1][q.requires] for q in shipped
    ]
    assert [remark.label for remark in made.form.remark] == [remark.label for remark in SHIPPED.form.remark]
    assert [file.file for file in made.enclosure] == [file.file for file in SHIPPED.enclosure]


def test_its_plan_day_by_day_ends_with_the_departments_day():
    plan = days_ahead(BUREAU, circular_of(w5827()))
    assert plan == sorted(plan, key=lambda each: each.at)
    assert (plan[0].at, plan[-1].at) == (SHIPPED.deadlines.opens, SHIPPED.deadlines.department)
    assert "10 ราย" in plan[0].what
    assert [each.at for each in plan if "ครบกำหนดของผู้รายงาน" in each.what] == [SHIPPED.deadlines.reporters]


def codes(papers, now=CAME_IN):
    return {each.code for each in completed(papers, DESK, now).unsure}


def test_what_nobody_said_is_worked_out_and_said():
    papers = Papers(form=NewForm(title="แบบรายงานขยะ", questions=(NewQuestion("จำนวน", Kind.INTEGER),)))
    proposal = completed(papers, DESK, CAME_IN)
    assert {Code.NO_DAY, Code.NO_TITLE, Code.NO_DEPARTMENT, Code.NO_DEADLINE, Code.NO_ADDRESS} <= codes(papers)
    assert proposal.letter.to == ("staff@office.example",)
    assert proposal.slug == "c241120"
    circular_of(proposal)


def test_a_slug_that_is_taken_gets_a_figure():
    letter = NewLetter(number="มท ๐๘๑๐.๗/ว ๑")
    assert completed(Papers(letter, NewForm()), DESK, CAME_IN).slug == "w1-2"


def test_the_bots_own_address_is_no_department():
    letter = NewLetter(to=(STAFF.address, "a@department.example"))
    assert completed(Papers(letter), DESK, CAME_IN).letter.to == ("a@department.example",)


def test_types_that_the_roster_has_not_are_left_out():
    asked = (NewQuestion("ก", Kind.TICK, only=("ทน.", "ทม.")), NewQuestion("ข", Kind.TICK, only=tuple(DESK.types)))
    form = completed(Papers(form=NewForm(questions=asked)), DESK, CAME_IN).form
    assert [q.only for q in form.questions] == [("ทม.",), ()]


def test_a_deadline_that_has_passed_is_said():
    letter = NewLetter(until=local(2024, 11, 1, 16, 30))
    assert Code.DEADLINE_PAST in codes(Papers(letter))
    assert Code.ONE_DEADLINE in codes(Papers(NewLetter(until=local(2024, 12, 20, 16, 30))))


MOMENTS = st.none() | st.datetimes(local(2024, 9, 1), local(2025, 3, 1))
DATES = st.none() | st.dates(datetime.date(2024, 9, 1), datetime.date(2025, 3, 1))


@settings(max_examples=300, deadline=None)
@given(DATES, MOMENTS, MOMENTS, st.datetimes(local(2024, 10, 1), local(2025, 1, 15)))
def test_the_moments_follow_one_another_whatever_was_written(dated, reporters, until, now):
    if reporters and until and reporters > until:
        reporters, until = until, reporters
    calendar = Calendar()
    days = plan_of_days(Papers(NewLetter(dated=dated, reporters=reporters, until=until)), calendar, now)
    assert now < days.opens <= days.reporters <= days.cutoff <= days.until or days.opens.date() == now.date()
    assert days.opens <= days.reporters <= days.cutoff <= days.until
    assert calendar.is_working(days.opens.date())
    assert days.opens.time() == OPENS
    said = Papers(
        NewLetter(dated=dated, reporters=days.reporters, until=days.until), opens=days.opens, cutoff=days.cutoff
    )
    again = plan_of_days(said, calendar, now)
    kept = (again.opens, again.cutoff, again.until)
    if days.reporters > days.opens:
        assert (*kept, again.reporters) == (days.opens, days.cutoff, days.until, days.reporters)


# Words as a cell holds them: in their one spelling, in one line.
WORDS = st.text(st.sampled_from("กขคมีแผน่ะา1=+-/(). A,"), min_size=1, max_size=12).map(
    lambda text: " ".join(normalise(text).split())
)
SAID = WORDS.map(lambda text: normalise(f"ก{text}"))  # no word begins with a vowel above the line
SEVERAL = st.lists(SAID, max_size=3, unique=True).map(tuple)


@st.composite
def forms(draw):
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=5))
    asked = []
    for at, kind in enumerate(kinds, 1):
        asked.append(
            NewQuestion(
                label=f"{draw(SAID)} {at}",
                kind=kind,
                group=draw(st.just("") | SAID),
                unit=draw(st.just("") | SAID),
                choices=draw(SEVERAL) if kind in LISTED else (),
                only=draw(st.sampled_from([(), ("ทต.",), ("ทต.", "อบต.")])),
                required=draw(st.booleans()),
                requires=draw(st.integers(0, len(kinds))),
                sum_of=draw(st.lists(st.integers(1, len(kinds)), max_size=3, unique=True).map(tuple)),
            )
        )
    rows = draw(SEVERAL)
    free = not rows and draw(st.booleans())
    texts = {name: draw(st.just("") | SAID) for name in ("title", "organisation_label", "row_label", "total_label")}
    return NewForm(questions=tuple(asked), rows=rows, free=free, remarks=draw(SEVERAL), note=draw(SEVERAL), **texts)


@settings(max_examples=60, deadline=None)
@given(forms(), SAID, st.datetimes(local(2024, 11, 25), local(2025, 3, 1)))
def test_a_proposal_is_the_same_from_its_workbook(form, words, until):
    until = until.replace(second=0, microsecond=0)
    letter = NewLetter(number="มท ๐๘๑๐.๗/ว ๕๘๒๗", title=words, until=until, to=("a@department.example",), phone="๐๒ ๑")
    proposal = completed(Papers(letter, form), DESK, CAME_IN)
    papers = read_papers([Paper("หนังสือเวียนใหม่.xlsx", proposal_workbook(proposal, CAME_IN))], "", LOCAL)
    again = completed(papers, DESK, CAME_IN)
    assert dataclasses.replace(again, unsure=()) == dataclasses.replace(proposal, unsure=())


def test_the_workbook_shows_each_doubt_and_gives_the_same_circular():
    proposal = w5827()
    data = proposal_workbook(proposal, CAME_IN)
    assert data == proposal_workbook(proposal, CAME_IN)
    again = completed(read_papers([Paper("x.xlsx", data)], "", LOCAL), DESK, CAME_IN)
    assert circular_of(again) == circular_of(proposal)
