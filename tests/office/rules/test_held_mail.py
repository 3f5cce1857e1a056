"""What is not believed is kept and asked about; a word of staff settles it once."""

import dataclasses

import pytest

from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.outcomes import DOUBTED, REFUSED, UNKNOWN
from bot.office.model.received_mail import KeptMail, MessageState, Settlement, Verdict
from bot.office.model.sent_letter import SentLetter
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from bot.office.rules.held_mail import ASKED_PER_HOUR, HELD
from bot.office.rules.sender_trust import alike, claimed, known_to, speaks_for
from parsers.reading import MailKind, Reading

STRANGER = "who@freemail.example"


@pytest.fixture
def staff(bureau):
    return bureau.office.staff[0]


@pytest.fixture
def run(desk, papers):
    """Decide one reading, with these facts changed."""

    def decided(reading, message=None, **facts):
        return decide(
            Case(
                desk.bureau,
                reading,
                dataclasses.replace(desk.facts(), **facts),
                message or papers.inboxed(),
                papers.moment("2024-11-21 12:00"),
            )
        )

    return decided


@pytest.fixture
def marked(papers):
    return lambda address, standing, reporter="long": AddressMark(
        address, standing, reporter, "", "x", papers.moment("2024-11-20 09:00")
    )


@pytest.fixture
def letter():
    """A letter of ours that a mail answers."""
    return lambda kind="request", addressee="long", circular="w5827", occasion="request": SentLetter(
        kind, circular, addressee, occasion, "id@phrae.example", ("long@amphoe.example",), 17
    )


@pytest.fixture
def kept():
    def make(**changes):
        held = KeptMail(17, MessageState.HELD, UNKNOWN, "", STRANGER, "ส่งรายงาน", "long", "")
        return dataclasses.replace(held, **changes)

    return make


@pytest.fixture
def order(papers, staff, run, kept):
    """A staff mail with a command in answer to the question about a held mail."""

    def decided(text, held=None, **facts):
        return run(Reading(mail=papers.mail(staff, text=text)), kept=held or kept(), **facts)

    return decided


def shown(letter):
    """All that a letter says."""
    return " ".join(
        [letter.subject, *letter.view["paragraphs"], *letter.view["items"], *map(str, letter.view["choices"])]
    )


def test_the_question_names_the_three_words_and_in_whose_name_the_mail_comes(run, papers, bureau):
    codes = bureau.roster.by_key["song"].organisations
    decision = run(papers.reading_from(STRANGER, *codes))
    (question,) = decision.letters
    assert [word for word, _ in question.view["choices"]] == ["รับ", "รับเสมอ", "ไม่รับ"]
    assert bureau.roster.by_key["song"].name in question.view["choices"][1][1]
    assert (question.template, question.occasion.endswith(HELD)) == ("held", True)
    assert (decision.outcome, decision.reporter) == (UNKNOWN, "song")


def test_a_known_address_that_the_server_doubts_is_held_and_always_is_not_offered(run, papers, bureau):
    reporter = bureau.roster.by_key["pao"]
    reading = papers.reading_from(reporter.addresses[0], *reporter.organisations, reporter="pao")
    decision = run(reading, verdict=Verdict.FAIL)
    assert (decision.state, decision.outcome, decision.answers) == (MessageState.HELD, DOUBTED, ())
    assert [word for word, _ in decision.letters[0].view["choices"]] == ["รับ", "ไม่รับ"]
    assert run(reading, verdict=Verdict.NONE).outcome == "accepted"


def test_an_accepted_address_is_believed_and_a_refused_one_held_quietly(run, papers, bureau, marked):
    codes = bureau.roster.by_key["long"].organisations
    reading = papers.reading_from(STRANGER, *codes)
    accepted = marked(STRANGER, AddressStanding.ACCEPTED)
    assert run(reading, mark=accepted).outcome == "accepted"
    assert run(reading, mark=accepted, verdict=Verdict.FAIL).outcome == DOUBTED
    gone = marked(STRANGER, AddressStanding.ACCEPTED, "no-such-reporter")
    assert run(reading, mark=gone).state is MessageState.HELD
    refused = run(reading, mark=marked(STRANGER, AddressStanding.REFUSED))
    assert (refused.state, refused.outcome, refused.letters) == (MessageState.HELD, REFUSED, ())


def test_an_accepted_address_stands_in_the_catalogue_beside_those_of_the_roster(bureau, marked):
    found = known_to(bureau.catalogue(), [marked("a@x.example", AddressStanding.ACCEPTED)])
    (long,) = [reporter for reporter in found.reporters if reporter.key == "long"]
    assert long.addresses == (*bureau.roster.by_key["long"].addresses, "a@x.example")


def test_a_reference_speaks_for_the_reporter_to_whom_that_letter_went(bureau, desk, papers, letter, marked):
    reading = papers.reading_from(STRANGER)

    def whose(*answered, mark=None, **changes):
        facts = dataclasses.replace(desk.facts(answered), mark=mark)
        return speaks_for(bureau, dataclasses.replace(reading, **changes), facts, papers.inboxed())

    assert whose(letter()) == "long"
    assert whose(letter(), letter(addressee="song"), reporter="song") == "song"
    assert whose(letter(kind="draft", addressee="staff")) is None
    assert whose(letter(addressee=STRANGER)) is None
    assert whose(letter(circular="another")) is None
    assert whose(letter(), mark=marked(STRANGER, AddressStanding.REFUSED)) is None
    assert whose() is None


def test_the_claim_of_a_mail_is_the_smallest_reporter_who_owns_all_it_answers(bureau, papers):
    one = bureau.roster.by_key["long"].organisations[-1]
    assert claimed(bureau, papers.reading_from(STRANGER, one)) == one
    assert claimed(bureau, papers.reading_from(STRANGER, *bureau.roster.by_key["long"].organisations)) == "long"
    assert claimed(bureau, papers.reading_from(STRANGER, one, "2540101")) == ""
    assert claimed(bureau, papers.reading_from(STRANGER)) == ""


@pytest.mark.parametrize(
    ("sender", "name", "near"),
    [
        ("long@distr1ct.phrae.example", "", True),
        ("x@evil.example", "long@district.phrae.example", True),
        ("somsri@phrae.examp1e", "", True),
        ("x@freemail.example", "นายสมชาย", False),
    ],
)
def test_staff_are_warned_of_an_address_that_looks_like_a_known_one(run, papers, bureau, sender, name, near):
    assert bool(alike(bureau, sender, name)) is near
    codes = bureau.roster.by_key["long"].organisations
    reading = papers.reading_from(sender, *codes)
    reading = dataclasses.replace(reading, mail=dataclasses.replace(reading.mail, sender_name=name))
    (question,) = run(reading).letters
    assert ("คล้ายกับ" in shown(question)) is near


def test_no_known_address_is_taken_for_another(bureau):
    """Addresses of one office are alike by their nature."""
    known = {address for r in bureau.roster.reporters for address in r.addresses} | {*bureau.office.staff}
    assert {alike(bureau, address, "somsri@phrae.example") for address in known} == {""}
    near = "long@distr1ct.phrae.example"
    assert alike(bureau, near, "")
    assert alike(bureau, near, "", [near]) == ""


def test_beyond_the_cap_staff_hear_once_an_hour_that_there_are_more(run, papers, bureau):
    reading = papers.reading_from(STRANGER, *bureau.roster.by_key["long"].organisations)
    assert run(reading, asked=ASKED_PER_HOUR - 1).letters[0].template == "held"
    first, second = (run(reading, papers.inboxed(sha), asked=ASKED_PER_HOUR) for sha in ("ab" * 32, "cd" * 32))
    assert first.letters[0].key == second.letters[0].key
    assert (first.state, first.letters[0].template) == (MessageState.HELD, "")


def test_accepting_lets_the_mail_in_and_says_in_whose_name(order, staff):
    decision = order("รับ")
    assert decision.settlements == (Settlement(17, accepted=True, by=staff, reporter="long"),)
    assert (decision.marks, decision.letters[0].to) == ((), (staff,))


def test_accepting_for_good_adds_the_address_of_whom_the_mail_speaks_for(order, staff, kept):
    decision = order("รับเสมอ")
    ((mark,), (settlement,)) = decision.marks, decision.settlements
    assert (mark.address, mark.standing, mark.reporter, mark.by) == (STRANGER, AddressStanding.ACCEPTED, "long", staff)
    assert settlement.accepted
    for text, reporter in (("รับเสมอ อำเภอสองครับ", "song"), ("รับเสมอ สอง", "song"), ("รับเสมอ song", "song")):
        assert order(text, kept(reporter="")).marks[0].reporter == reporter
    for text in ("รับเสมอ", "รับเสมอ อำเภอไหน"):
        asked = order(text, kept(reporter=""))
        assert (asked.outcome, asked.settlements, asked.marks) == ("which-reporter", (), ())


def test_an_address_of_the_roster_is_not_added_again(order, kept, bureau):
    address = bureau.roster.by_key["song"].addresses[0]
    decision = order("รับเสมอ", kept(sender=address, outcome=DOUBTED))
    assert (decision.outcome, decision.marks, len(decision.settlements)) == ("mail-accepted", (), 1)
    assert order("ไม่รับ", kept(sender=address, outcome=DOUBTED)).marks == ()


def test_refusing_leaves_the_mail_out_and_its_sender_without_a_word(order, staff):
    decision = order("ไม่รับ")
    assert decision.settlements == (Settlement(17, accepted=False, by=staff),)
    assert [letter.to for letter in decision.letters] == [(staff,)]
    assert decision.marks[0].standing is AddressStanding.REFUSED


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        (
            {"state": MessageState.DECIDED, "outcome": "accepted", "vouched_by": "somchai@phrae.example"},
            "already-settled",
        ),
        ({"state": MessageState.RECEIVED, "vouched_by": "somchai@phrae.example"}, "already-settled"),
        ({"state": MessageState.DECIDED, "outcome": "refused"}, "already-settled"),
        ({"outcome": "unplaced"}, "not-to-be-settled"),
    ],
)
def test_a_mail_that_is_settled_or_cannot_be_is_said_to_be(order, kept, changes, outcome):
    for text in ("รับ", "รับเสมอ", "ไม่รับ"):
        decision = order(text, kept(**changes))
        assert (decision.outcome, decision.settlements, decision.marks) == (outcome, (), ())
        assert len(decision.letters) == 1


def test_a_command_that_the_server_doubts_is_told_to_all_staff_and_not_done(order, bureau):
    decision = order("รับเสมอ", verdict=Verdict.FAIL)
    assert (decision.outcome, decision.settlements, decision.marks) == ("command-refused", (), ())
    assert decision.letters[0].to == bureau.office.staff


def test_an_automatic_answer_gives_no_command_and_is_told_once(run, papers, staff, letter):
    mail = papers.mail(staff, text="อนุมัติ", kind=MailKind.AUTO_REPLY)
    draft = letter("draft", "staff", occasion="v1")
    first, second = (run(Reading(mail=mail), papers.inboxed(sha), answered=(draft,)) for sha in ("ab" * 32, "cd" * 32))
    assert (first.outcome, first.approval) == ("command-by-machine", None)
    assert first.letters[0].key == second.letters[0].key
    assert run(Reading(mail=mail)).letters == ()


def test_what_staff_let_in_is_read_as_a_report_and_never_as_a_command(run, papers, bureau, staff, kept, letter):
    vouched = dataclasses.replace(papers.inboxed(), vouched_by=staff, vouched_for="long")
    codes = bureau.roster.by_key["long"].organisations
    decision = run(papers.reading_from(STRANGER, *codes, reporter="long"), vouched, verdict=Verdict.FAIL)
    assert (decision.outcome, [letter.kind.value for letter in decision.letters]) == ("accepted", ["receipt"])
    forged = Reading(mail=papers.mail(staff, text="อนุมัติ"), circular="w5827")
    decision = run(
        forged, vouched, verdict=Verdict.FAIL, kept=kept(), answered=(letter("draft", "staff", occasion="v1"),)
    )
    assert (decision.approval, decision.settlements) == (None, ())


def test_words_that_merely_begin_like_a_command_are_none(run, papers, staff):
    decision = run(Reading(mail=papers.mail(staff, text="รับ ทราบครับ")))
    assert (decision.outcome, decision.letters) == ("thanks", ())


def test_a_word_meant_for_another_question_settles_no_held_mail(order):
    for text in ("ส่งแล้ว", "ส่งซ้ำ", "อนุมัติ"):
        decision = order(text)
        assert (decision.settlements, decision.marks, decision.approval) == ((), (), None)
