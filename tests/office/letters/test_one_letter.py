"""Who is written to about several circulars gets one letter: by deadline, with every form, and each circular's steps its own."""

import dataclasses
import datetime

import pytest

from bot.office.letters import one_letter
from bot.office.letters.enclosures import ReadyFile
from bot.office.letters.one_letter import one_for_each
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.circular_standing import Standing
from bot.office.plan.due import reminders_due


def at(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BANGKOK)


@pytest.fixture
def circulars(circular):
    """The shipped one, and one whose deadline is before it."""
    early = circular.deadlines.model_copy(update={"reporters": at("2024-11-28 16:30")})
    return [circular, circular.model_copy(update={"slug": "w1", "deadlines": early})]


def due(bureau, circulars, moment, ledgers, known=()):
    """The letters of all circulars as they would go alone; the steps are entered."""
    letters = []
    for one in circulars:
        ledger = ledgers.setdefault(one.slug, [])
        decision = reminders_due(bureau, Standing(one, tuple(known), {}, ()), ledger, at(moment))
        ledger += decision.ledger if decision else ()
        letters += decision.letters if decision else ()
    return letters


def test_one_letter_by_deadline_with_all_forms(bureau, circulars):
    ledgers = {}
    alone = due(bureau, circulars, "2024-11-20 08:30", ledgers)
    letters = one_for_each(bureau, alone)
    assert (len(alone), len(letters)) == (20, 10)
    letter = next(one for one in letters if one.addressee == "long")
    assert (letter.circular, letter.about, letter.template) == ("", ("w1", "w5827"), "several")
    assert [(asking.circular, asking.step) for asking in letter.asks] == [("w1", "request"), ("w5827", "request")]
    assert [part["deadline"] for part in letter.view["parts"]] == sorted(one.deadlines.reporters for one in circulars)
    assert [one.name for one in letter.enclosures] == ["w1-long.xlsx", "w5827-department-letter.pdf", "w5827-long.xlsx"]
    assert {slug: {entry.step for entry in ledger} for slug, ledger in ledgers.items()} == {
        "w5827": {"request"},
        "w1": {"request"},
    }


def test_the_chief_is_copied_where_one_matter_is_escalated_and_that_one_says_so(bureau, circulars):
    late = circulars[1].deadlines.model_copy(update={"reporters": at("2024-11-22 16:30")})
    two = [circulars[0], circulars[1].model_copy(update={"deadlines": late})]
    ledgers = {}
    due(bureau, two, "2024-11-20 08:30", ledgers)
    letters = one_for_each(bureau, due(bureau, two, "2024-11-27 09:00", ledgers))
    letter = next(one for one in letters if one.addressee == "long")
    assert letter.cc == (bureau.roster.contact_for("long").chief,)
    assert [(part["late"], part["copied"]) for part in letter.view["parts"]] == [(True, True), (False, False)]
    assert "เลยกำหนด 1 เรื่อง" in letter.subject


def test_who_owes_one_alone_gets_the_letter_as_ever(bureau, circulars, desk):
    ledgers = {}
    due(bureau, circulars, "2024-11-20 08:30", ledgers)
    desk.answer(*bureau.roster.by_key["long"].organisations)
    letters = due(bureau, circulars[:1], "2024-11-28 09:00", ledgers) + due(
        bureau, circulars[1:], "2024-11-28 09:00", ledgers, desk.known
    )
    mine = [one for one in one_for_each(bureau, letters) if one.addressee == "long"]
    assert [(one.circular, one.template) for one in mine] == [("w5827", "")]


def test_two_files_of_one_name_are_kept_apart_and_one_that_both_carry_goes_once(bureau, circulars):
    first, second = (
        due(bureau, circulars, "2024-11-20 08:30", {})[0],
        due(bureau, circulars[1:], "2024-11-20 08:30", {})[0],
    )
    same, other = ReadyFile("law.pdf", b"%PDF-1"), ReadyFile("law.pdf", b"%PDF-2")
    for file, names in ((same, ["law.pdf"]), (other, ["law.pdf", "w5827-law.pdf"])):
        letters = [dataclasses.replace(second, enclosures=(same,)), dataclasses.replace(first, enclosures=(file,))]
        [letter] = one_for_each(bureau, letters)
        assert [one.name for one in letter.enclosures] == names
        assert letter.view["parts"][1]["files"] == names[-1:]


def test_a_letter_holds_no_more_than_programs_show_and_servers_take(bureau, circulars, monkeypatch):
    letters = due(bureau, circulars, "2024-11-20 08:30", {})
    mine = [one for one in letters if one.addressee == "long"]
    many = [dataclasses.replace(mine[0], circular=f"w{n}") for n in range(one_letter.MOST + 2)]
    assert [len(one.about) for one in one_for_each(bureau, many)] == [one_letter.MOST, 2]
    large = ReadyFile("a.pdf", b"x" * (one_letter.LARGEST // 2 + 1))
    heavy = [dataclasses.replace(one, enclosures=(large,), circular=f"w{n}") for n, one in enumerate(mine)]
    assert [one.about for one in one_for_each(bureau, heavy)] == [(), ()]


def test_words_to_staff_stay_beside_the_joined_letters(bureau, circulars):
    """Who cannot be asked for want of an address is told staff of each circular; the others' letters are joined all the same."""
    first = bureau.roster.contacts[0]
    without = dataclasses.replace(first, reporter=dataclasses.replace(first.reporter, addresses=()))
    contacts = (without, *bureau.roster.contacts[1:])
    lacking = dataclasses.replace(bureau, roster=dataclasses.replace(bureau.roster, contacts=contacts))
    letters = one_for_each(lacking, due(lacking, circulars, "2024-11-20 08:30", {}))
    assert sorted(one.circular for one in letters if one.addressee == "staff") == ["w1", "w5827"]
    assert len([one for one in letters if one.addressee != "staff"]) == 9
