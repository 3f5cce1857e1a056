"""What a mailed roster changes, kept and put over the folder's: nothing is lost, and the rest of the folder goes on counting."""

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config.load import shipped
from bot.config.national_roster import national_roster, provinces
from bot.config.roster_files import files_of
from bot.config.roster_folder import joined
from bot.office.model.roster import Contact
from bot.office.model.taken_roster import differing, digest_of, with_taken

PHRAE = shipped()[1]
ADDRESSES = st.lists(st.sampled_from([f"{name}@office.example" for name in "abcdef"]), unique=True, max_size=3)


def with_contacts(roster, contacts):
    return dataclasses.replace(roster, contacts=tuple(contacts))


def mended(contact: Contact, addresses, chief, phone) -> Contact:
    reporter = dataclasses.replace(contact.reporter, addresses=tuple(addresses))
    return dataclasses.replace(contact, reporter=reporter, chief=chief, phone=phone)


@st.composite
def rosters(draw):
    """The shipped roster with other addresses, chiefs and telephones of its districts."""
    contacts = [
        mended(
            each, draw(ADDRESSES), draw(st.sampled_from(["", "chief@office.example"])), draw(st.sampled_from(["", "1"]))
        )
        if len(each.reporter.organisations) > 1
        else each
        for each in PHRAE.contacts
    ]
    return with_contacts(PHRAE, contacts)


@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(rosters(), rosters())
def test_what_differs_makes_the_one_of_the_other(before, after):
    assert with_taken(before, differing(before, after)) == after
    assert (digest_of(before) == digest_of(after)) is (before == after)


@pytest.mark.parametrize("province", sorted(provinces())[::9])
def test_the_files_of_a_roster_make_the_same_roster(province):
    roster = national_roster(province)
    assert joined(*files_of(roster), "test") == roster
    assert joined(*files_of(PHRAE), "test") == PHRAE


def test_nothing_differs_from_itself_and_nothing_said_changes_nothing():
    assert differing(PHRAE, PHRAE) == '{"reporters": {}, "organisations": {}}'
    assert with_taken(PHRAE, "") is PHRAE


def test_what_is_mended_in_the_folder_afterwards_holds_too():
    first, *rest = PHRAE.contacts
    mailed = with_contacts(PHRAE, [dataclasses.replace(first, chief="new@office.example"), *rest])
    said = differing(PHRAE, mailed)
    folder = with_contacts(PHRAE, [dataclasses.replace(first, phone="0 5411 1111"), *rest])
    held = with_taken(folder, said).contacts[0]
    assert (held.chief, held.phone) == ("new@office.example", "0 5411 1111")


def test_an_organisation_that_the_folder_has_no_more_or_nobody_answers_for_does_not_fit():
    first = next(each for each in PHRAE.contacts if len(each.reporter.organisations) > 1)
    gone = first.reporter.organisations[0]
    shorter = dataclasses.replace(first, reporter=dataclasses.replace(first.reporter, organisations=(gone,)))
    said = differing(with_contacts(PHRAE, [shorter]), with_contacts(PHRAE, [first]))
    folder = dataclasses.replace(PHRAE, organisations=tuple(o for o in PHRAE.organisations if o.code != gone))
    with pytest.raises(ValueError, match=gone):
        with_taken(folder, said)
    renamed = dataclasses.replace(PHRAE.by_code[gone], official_name="x")
    others = tuple(renamed if each.code == gone else each for each in PHRAE.organisations)
    with pytest.raises(ValueError, match="any more"):
        with_taken(folder, differing(PHRAE, dataclasses.replace(PHRAE, organisations=others)))
