"""Whom the office believes, and why."""

import dataclasses

import pytest

from bot.office.decision import Facts
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.received_mail import Verdict
from bot.office.model.sent_letter import SentLetter
from bot.office.rules.sender_trust import (
    Ground,
    addresses_of,
    alike,
    claimed,
    ground,
    in_roster,
    is_known,
    known_to,
    referred,
    speaks_for,
)
from parsers.findings import Place
from parsers.reading import Answer

STRANGER = "who@elsewhere.example"


def mark(papers, address=STRANGER, standing=AddressStanding.ACCEPTED, reporter="long"):
    return AddressMark(address, standing, reporter, "", "s@phrae.example", papers.moment("2024-11-20 09:00"))


def sent(kind="request", circular="w5827", addressee="long"):
    return SentLetter(kind, circular, addressee, "one", "l1@phrae.example", ("a@b.example",))


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("standing", [None, *AddressStanding])
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("reply", [True, False])
@pytest.mark.parametrize("vouched", ["", "s@phrae.example"])
def test_a_mail_counts_by_staffs_word_by_its_address_or_by_a_reply_in_this_order(
    verdict, standing, known, reply, vouched, bureau, papers
):
    """A server that speaks against the address takes only the address's ground away; a refused address has no reply."""
    reading = papers.reading_from(STRANGER, reporter="long", known=known)
    facts = Facts(verdict=verdict, mark=standing and mark(papers, standing=standing), answered=(sent(),) * reply)
    message = dataclasses.replace(papers.inboxed(), vouched_by=vouched, vouched_for="song" if vouched else "")
    by_address = verdict is not Verdict.FAIL and (known or standing is AddressStanding.ACCEPTED)
    by_reply = reply and standing is not AddressStanding.REFUSED
    expected = (
        Ground.VOUCHED
        if vouched
        else Ground.ADDRESS
        if by_address
        else Ground.REFERENCE
        if by_reply
        else Ground.NOTHING
    )
    assert ground(bureau, reading, facts, message) is expected
    spoken_for = {Ground.VOUCHED: "song", Ground.REFERENCE: "long"}.get(expected)
    assert speaks_for(bureau, reading, facts, message) == spoken_for
    nameless = dataclasses.replace(message, vouched_for="")
    assert speaks_for(bureau, reading, facts, nameless) == (None if vouched else spoken_for)


@pytest.mark.parametrize(
    ("letter", "counts"),
    [
        *((sent(kind), True) for kind in ("request", "reminder", "receipt", "correction")),
        *((sent(kind), False) for kind in ("notice", "digest", "draft", "report")),
        *((sent(circular="w9"), False), (sent(addressee="staff"), False), (sent(addressee="nobody"), False)),
    ],
)
def test_only_a_reply_to_a_reporters_letter_about_the_same_circular_is_a_reference(letter, counts, bureau, papers):
    reading = papers.reading_from(STRANGER)
    assert referred(bureau, reading, Facts(answered=(letter,))) == (letter if counts else None)


def test_of_several_letters_the_one_to_the_reporter_of_the_form_counts_else_the_first(bureau, papers):
    letters = (sent(addressee="song"), sent(addressee="long"))
    for key, whose in (("long", "long"), ("song", "song"), ("town", "song"), (None, "song")):
        assert referred(bureau, papers.reading_from(STRANGER, reporter=key), Facts(answered=letters)).addressee == whose


def test_an_address_is_known_by_the_roster_by_staff_or_as_staff_and_by_no_mark_of_another_kind(bureau, papers):
    long_ = bureau.roster.by_key["long"].addresses[0]
    assert is_known(bureau, long_, None)
    assert is_known(bureau, bureau.office.staff[0], None)
    assert not is_known(bureau, STRANGER, None)
    assert is_known(bureau, STRANGER, mark(papers))
    assert not is_known(bureau, STRANGER, mark(papers, reporter="gone"))
    for standing in set(AddressStanding) - {AddressStanding.ACCEPTED}:
        assert not is_known(bureau, STRANGER, mark(papers, standing=standing))
    assert in_roster(bureau, long_)
    assert not in_roster(bureau, "")
    assert not in_roster(bureau, bureau.office.staff[0])


def test_addresses_that_staff_accepted_stand_behind_those_of_the_roster_each_with_its_reporter(bureau, papers):
    marks = [mark(papers, "a@b.example"), mark(papers, "c@d.example"), mark(papers, "e@f.example", reporter="song")]
    before = {reporter.key: reporter.addresses for reporter in bureau.catalogue().reporters}
    after = {reporter.key: reporter.addresses for reporter in known_to(bureau.catalogue(), marks).reporters}
    more = {"long": ("a@b.example", "c@d.example"), "song": ("e@f.example",)}
    assert after == {key: (*addresses, *more.get(key, ())) for key, addresses in before.items()}


def test_a_reporter_is_reached_at_its_own_addresses_else_at_those_of_who_has_its_organisations(bureau, papers):
    roster = bureau.roster
    marks = [mark(papers, "A@b.example"), mark(papers, "c@d.example", reporter="song")]
    own = tuple(address.casefold() for address in roster.by_key["long"].addresses)
    assert addresses_of(bureau, "long") == own
    assert addresses_of(bureau, "long", [*marks, *marks]) == (*own, "a@b.example")
    assert addresses_of(bureau, None) == addresses_of(bureau, "gone") == ()
    code = roster.by_key["long"].organisations[0]
    homeless = dataclasses.replace(bureau, roster=dataclasses.replace(roster, own_addresses={}))
    assert addresses_of(bureau, code) == roster.own_addresses[code]
    assert addresses_of(homeless, code) == own
    assert addresses_of(homeless, code, [mark(papers, "x@y.example", reporter=code)]) == ("x@y.example",)


def test_a_mail_speaks_in_the_name_of_its_form_else_of_the_smallest_who_owns_all_that_it_answers(bureau, papers):
    long_, song = (bureau.roster.by_key[key].organisations for key in ("long", "song"))
    own = {r.organisations: r.key for r in bureau.roster.reporters if len(r.organisations) == 1}

    def whose(*codes, key=None):
        answers = tuple(Answer(code, "s10_announced", True, Place()) for code in codes)  # noqa: FBT003 - an answer
        return claimed(bureau, dataclasses.replace(papers.reading_from(STRANGER), answers=answers, reporter=key))

    assert whose(*long_, key="town") == "town"
    assert whose(*long_) == whose(*long_[:2]) == "long"
    assert whose(long_[0]) == own.get((long_[0],), "long")
    assert whose() == whose(long_[0], song[0]) == ""


def test_an_address_nearly_like_a_known_one_or_that_shows_one_as_its_name_is_noticed(bureau):
    known = bureau.roster.by_key["long"].addresses[0]
    other = bureau.roster.by_key["song"].addresses[0]
    assert alike(bureau, known.replace("@", "x@"), "") == known
    assert alike(bureau, STRANGER, f"อำเภอลอง <{known.upper()}>") == known
    assert alike(bureau, STRANGER, "อำเภอลอง") == ""
    assert (
        alike(bureau, known, other)
        == alike(bureau, bureau.office.staff[0], known)
        == alike(bureau, bureau.office.address, known)
        == ""
    )
    assert alike(bureau, STRANGER, known, {STRANGER}) == ""
    assert alike(bureau, "abc@freemail.exampl", "", {"abc@freemail.example"}) == "abc@freemail.example"
