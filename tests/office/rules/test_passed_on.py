"""What a reporter passes on that is another's waits for staff; what staff pass on counts at once. Everybody concerned is told."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.decision import Facts
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.outcomes import PASSED_ON
from bot.office.model.received_mail import KeptMail, MessageState, Settlement
from bot.office.model.recorded_answer import Recorded
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from bot.office.rules.held_mail import ASKED_PER_HOUR
from parsers.findings import Code, Place, finding
from parsers.reading import Answer, MailKind, Reading

PLACE = Place("f.xlsx", "s", "B7")
YES, NO = True, False


@pytest.fixture
def run(desk, papers):
    """Decide one reading, with these facts changed."""

    def decided(reading, message=None, **facts):
        known = dataclasses.replace(desk.facts(), **facts)
        return decide(Case(desk.bureau, reading, known, message or papers.inboxed(), papers.moment("2024-11-21 12:00")))

    return decided


@pytest.fixture
def passed(papers, bureau):
    """What long sends: full rows of ``own``, and a finding for each row that is not its own."""

    def reading(*codes, own=()):
        long = bureau.roster.by_key["long"]
        said = finding(Code.ORGANISATION_NOT_YOURS, PLACE, organisation="x", reporter="y")
        return papers.reading_from(
            long.addresses[0],
            *own,
            reporter="long",
            findings=tuple(dataclasses.replace(said, organisation=code) for code in codes),
            mail=papers.mail(long.addresses[0], text="ส่งแทนอำเภอสองค่ะ", kind=MailKind.REPORT),
        )

    return reading


@pytest.fixture
def song(bureau):
    return bureau.roster.by_key["song"]


@pytest.fixture
def held(bureau, song):
    long = bureau.roster.by_key["long"].addresses[0]
    return KeptMail(17, MessageState.HELD, PASSED_ON, "", long, "ส่งแทน", "song", "", "w5827")


@pytest.fixture
def let_in(papers):
    """The message as it is read again when staff let it in as song's."""
    return dataclasses.replace(papers.inboxed(), vouched_by="somsri@phrae.example", vouched_for="song")


def shown(letter):
    return " ".join([letter.subject, *letter.view["paragraphs"], *map(str, letter.view["choices"])])


def test_a_form_of_another_is_kept_and_its_sender_and_staff_are_told(run, passed, song, bureau):
    decision = run(passed(*song.organisations))
    assert (decision.state, decision.outcome, decision.reporter) == (MessageState.HELD, PASSED_ON, "song")
    assert decision.answers == ()
    told, question = decision.letters
    assert told.to == (bureau.roster.by_key["long"].addresses[0],)
    assert (told.template, told.view["owner"], told.view["what"]) == ("passed_on", song.name, "kept")
    assert [word for word, _ in question.view["choices"]] == ["รับ", "ไม่รับ"]
    assert song.name in shown(question)
    assert "โปรดระวัง" not in shown(question)


def test_staff_are_warned_that_newer_figures_would_be_replaced(run, passed, song, papers):
    known = Recorded(
        song.organisations[0], "s10_posted", NO, 1, "song@x.example",
        papers.moment("2024-11-20 09:00"), "", PLACE, "song",
    )  # fmt: skip
    question = run(passed(*song.organisations), answers=(known,)).letters[1]
    assert "song@x.example" in shown(question)
    assert "โปรดระวัง" in shown(question)


def test_beside_own_rows_those_of_another_are_left_out_and_staff_hear_of_them(run, passed, song, bureau):
    long = bureau.roster.by_key["long"]
    decision = run(passed(*song.organisations, own=long.organisations))
    assert decision.state is MessageState.DECIDED
    assert {answer.organisation for answer in decision.answers} == set(long.organisations)
    (notice,) = [letter for letter in decision.letters if letter.kind == "notice"]
    assert notice.view["items"] == [bureau.roster.by_code[code].printed_name for code in song.organisations]


def test_rows_of_several_others_are_nobodys_to_let_in_with_one_word(run, passed, song, bureau):
    decision = run(passed(*song.organisations, *bureau.roster.by_key["pao"].organisations))
    assert (decision.state, decision.answers) == (MessageState.DECIDED, ())
    assert [letter.kind for letter in decision.letters] == ["correction", "notice"]


def test_beyond_ten_questions_an_hour_staff_are_asked_in_the_digest_alone(run, passed, song):
    told, flood = run(passed(*song.organisations), asked=ASKED_PER_HOUR).letters
    assert told.template == "passed_on"
    assert flood.occasion.startswith("flood-")


@pytest.mark.parametrize(("word", "accepted"), [("รับ", True), ("รับเสมอ", True), ("ไม่รับ", False)])
def test_the_word_of_staff_settles_it_and_whoever_passed_it_on_hears(run, papers, bureau, held, word, accepted):
    decision = run(Reading(mail=papers.mail(bureau.office.staff[0], text=word)), kept=held)
    assert decision.settlements == (Settlement(17, accepted, bureau.office.staff[0], "song" if accepted else ""),)
    assert decision.marks == ()  # whoever passes on once does not speak for the other from now on
    _, told = decision.letters
    assert told.to == (held.sender,)
    assert (told.view["what"], told.addressee) == ("accepted" if accepted else "refused", "long")


def test_always_gives_an_accepted_address_no_other_reporter(run, papers, bureau, held):
    other = "clerk@freemail.example"
    mark = AddressMark(other, AddressStanding.ACCEPTED, "long", "", "x", papers.moment("2024-11-20 09:00"))
    word = Reading(mail=papers.mail(bureau.office.staff[0], text="รับเสมอ"))
    assert run(word, kept=dataclasses.replace(held, sender=other), mark=mark).marks == ()


def test_let_in_it_is_the_owners_who_gets_the_receipt_with_who_passed_it_on(run, papers, bureau, song, let_in):
    long = bureau.roster.by_key["long"]
    old = Recorded(
        song.organisations[0], "s10_posted", NO, 1, "song@x.example",
        papers.moment("2024-11-20 09:00"), "", PLACE, "song",
    )  # fmt: skip
    reading = papers.reading_from(long.addresses[0], *song.organisations, reporter="song")
    decision = run(reading, let_in, answers=(old,))
    (receipt,) = decision.letters
    assert (decision.reporter, receipt.to) == ("song", song.addresses)  # the figures of one go to no other
    assert (receipt.view["passer"], receipt.view["elsewhere"]) == (long.name, True)
    (line,) = receipt.view["replaced"]
    assert "song@x.example" in line


def test_what_staff_pass_on_counts_at_once_and_each_owner_gets_its_own_rows(run, papers, bureau, song):
    pao = bureau.roster.by_key["pao"]
    reading = papers.reading_from(bureau.office.staff[0], *song.organisations, *pao.organisations)
    decision = run(reading)
    assert {answer.organisation for answer in decision.answers} == {*song.organisations, *pao.organisations}
    copies = {letter.to: letter for letter in decision.letters if letter.addressee in {"song", "pao"}}
    assert set(copies) == {song.addresses, pao.addresses}
    names = {name for name, _ in copies[pao.addresses].view["answered"]}
    assert names == {bureau.roster.by_code[code].printed_short for code in pao.organisations}


@given(data=st.data())
def test_no_mail_of_a_reporter_writes_a_row_of_another(data, bureau, papers):
    """The law: whatever rows it holds, the answers recorded are of its own organisations."""
    long = bureau.roster.by_key["long"]
    codes = [organisation.code for organisation in bureau.roster.organisations]
    strange = data.draw(st.lists(st.sampled_from(codes), unique=True, max_size=12))
    own = data.draw(st.lists(st.sampled_from(long.organisations), unique=True))
    said = finding(Code.ORGANISATION_NOT_YOURS, PLACE, organisation="x", reporter="y")
    findings = tuple(dataclasses.replace(said, organisation=c) for c in strange if c not in long.organisations)
    answers = tuple(Answer(code, "s10_posted", YES, PLACE) for code in own)
    mail = papers.mail(long.addresses[0], kind=MailKind.REPORT)
    reading = Reading("w5827", reporter="long", known=True, answers=answers, findings=findings, mail=mail)
    decision = decide(Case(bureau, reading, Facts(), papers.inboxed(), papers.moment("2024-11-21 12:00")))
    assert {answer.organisation for answer in decision.answers} <= set(long.organisations)
    assert decision.letters
    if decision.state is MessageState.HELD:
        assert not own
        assert {f.organisation for f in findings} <= set(bureau.roster.by_key[decision.reporter].organisations)
