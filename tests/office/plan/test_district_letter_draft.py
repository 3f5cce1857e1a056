"""When staff get the letter to the districts, and what holds requests up. Nothing is lost or doubled over any split of time."""

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.load import shipped_bureau
from bot.office.letters.district_letter import addressees, carried, paragraphs
from bot.office.letters.enclosures import DistrictLetter, SignedScan
from bot.office.model.circular_standing import Standing
from bot.office.model.official_letter import DISTRICTS, Registered
from bot.office.plan.district_letter_draft import signing_due
from bot.office.plan.due import reminders_due

BANGKOK = datetime.timezone(datetime.timedelta(hours=7))
START = datetime.datetime(2024, 11, 18, tzinfo=BANGKOK)
BUREAU = shipped_bureau()
SHIPPED = BUREAU.circulars["w5827"]
GIVEN = Registered("w5827", DISTRICTS, "a@b.example", START, "พร 1/ว 2", START.date())


def waiting(wait=True):  # noqa: FBT002 - the circular's own key
    return SHIPPED.model_copy(update={"letter": SHIPPED.letter.model_copy(update={"wait": wait})})


@given(
    st.lists(st.integers(0, 60 * 24 * 20), min_size=1, max_size=60, unique=True).map(sorted),
    st.integers(0, 60 * 24 * 20),
)
@settings(max_examples=40, deadline=None)
def test_requests_wait_over_any_split_of_time_and_go_once(minutes, given_at):
    """Before the letter came nothing goes to a reporter; then each gets its request at the first tick after the opening."""
    ledger, letters = [], []
    circular = waiting()
    for minute in minutes:
        registered = {DISTRICTS: GIVEN} if minute >= given_at else {}
        standing = Standing(circular, (), {}, (), secret="s", registered=registered)
        now = START + datetime.timedelta(minutes=minute)
        for decide in (signing_due, reminders_due):
            if decision := decide(BUREAU, standing, ledger, now):
                ledger += decision.ledger
                letters += [(minute, letter) for letter in decision.letters]
    asked = [minute for minute, letter in letters if letter.kind == "request"]
    due = [
        minute
        for minute, now in ((m, START + datetime.timedelta(minutes=m)) for m in minutes)
        if minute >= given_at and now >= circular.deadlines.opens and BUREAU.calendar.is_open(now)
    ]
    assert asked == [due[0]] * len(BUREAU.roster.contacts) if due else not asked
    keys = [letter.key for _, letter in letters]
    assert len(keys) == len(set(keys))
    assert not any(letter.kind == "reminder" and minute <= min(asked, default=0) for minute, letter in letters)


@pytest.mark.parametrize(
    ("wait", "moment", "kinds"),
    [
        (False, "2024-11-19 08:29", []),
        (False, "2024-11-19 08:30", ["signing"]),
        (False, "2024-11-20 08:30", []),  # its requests go at once
        (True, "2024-11-20 08:30", ["signing", "notice"]),
        (True, "2025-02-10 08:30", []),  # long over
    ],
)
def test_the_draft_goes_a_working_day_before_the_opening(wait, moment, kinds):
    now = datetime.datetime.fromisoformat(moment).replace(tzinfo=BANGKOK)
    decision = signing_due(BUREAU, Standing(waiting(wait), (), {}, (), secret="s"), (), now)
    assert [letter.kind.value for letter in decision.letters] == kinds if kinds else decision is None


def test_only_what_was_numbered_or_signed_is_carried():
    nothing = dataclasses.replace(GIVEN, number="", dated=None)
    assert carried(SHIPPED, {}) == carried(SHIPPED, {DISTRICTS: nothing}) == ()
    assert carried(SHIPPED, {DISTRICTS: GIVEN}) == (
        DistrictLetter(SHIPPED, editable=False, number=GIVEN.number, dated=GIVEN.dated),
    )
    signed = dataclasses.replace(GIVEN, scan="scan.pdf")
    assert carried(SHIPPED, {DISTRICTS: signed}) == (SignedScan("w5827", DISTRICTS),)


def test_what_a_circular_leaves_out_is_made_from_the_rest():
    bare = SHIPPED.model_copy(update={"letter": type(SHIPPED.letter)()})
    assert addressees(bare, BUREAU.roster) == addressees(SHIPPED, BUREAU.roster)  # the roster knows them
    first, asked, closing = paragraphs(bare, BUREAU.office)
    assert first.startswith("ด้วยกรมส่งเสริมการปกครองท้องถิ่น")
    assert "ภายในวันที่ ๒๙ พฤศจิกายน ๒๕๖๗" in asked
    assert closing == paragraphs(SHIPPED, BUREAU.office)[-1]
