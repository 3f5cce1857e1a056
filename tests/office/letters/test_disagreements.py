"""A district and an organisation that answer one cell differently: the newest counts, both are kept, people are told."""

import dataclasses
import email
from email import policy

import pytest

from bot.documents.mail.attachments import Desk
from bot.documents.mail.render import render
from bot.office.decision import Facts
from bot.office.letters.disagreements import SAID_AT_ONCE, contradicted, sender_lines, staff_lines
from bot.office.model.circular_standing import Standing
from bot.office.model.received_mail import MessageState
from bot.office.model.recorded_answer import Recorded, differing
from bot.office.plan.due import draft_due
from bot.office.rules.case import Case
from bot.office.rules.decide import decide
from parsers.findings import Place
from parsers.reading import Answer, Outcome

SPOT = Place("f.xlsx", "s", "C4")
CELL = "s10_announced"
YES, NO = True, False


@pytest.fixture
def code(bureau):
    return bureau.roster.by_key["long"].organisations[-1]


@pytest.fixture
def said(papers, code):
    """An answer in the books: from whom, what, when."""

    def recorded(reporter, value, when="2024-11-20 09:00", question=CELL, message=7):
        sender = f"{reporter or 'staff'}@x.example"
        return Recorded(code, question, value, message, sender, papers.moment(when), "", SPOT, reporter)

    return recorded


@pytest.fixture
def run(bureau, papers, code):
    """Decide a mail of ``reporter`` that gives this one value, against what is known."""

    def decided(reporter, value, *known, sha="ab" * 32):
        reading = dataclasses.replace(
            papers.reading_from(bureau.roster.by_key[reporter].addresses[0], reporter=reporter),
            answers=(Answer(code, CELL, value, SPOT),),
            outcome=Outcome.PARTLY,
        )
        return decide(Case(bureau, reading, Facts(known), papers.inboxed(sha), papers.moment("2024-11-21 12:00")))

    return decided


def kinds(decision):
    return [letter.kind.value for letter in decision.letters]


def test_a_contradiction_is_recorded_and_both_sides_hear_of_it(run, said, bureau, code):
    """The newest wins; the sender gets a friendly line, staff who said what and when."""
    decision = run(code, NO, said("long", YES))
    assert (decision.state, kinds(decision)) == (MessageState.DECIDED, ["correction", "notice"])
    assert [a.value for a in decision.answers] == [False]
    [line] = decision.letters[0].view["conflicts"]
    name = bureau.roster.by_code[code].short_name
    assert line.startswith(f"{name} ช่อง “")
    assert "อำเภอลอง แจ้งไว้ว่า ✓ เมื่อวันที่ ๒๐ พฤศจิกายน ๒๕๖๗" in line
    assert line.endswith("ครั้งนี้ท่านแจ้งว่า ✗")
    notice = decision.letters[1]
    assert (notice.to, notice.occasion) == (bureau.office.staff, "abababababababab-conflict")
    [item] = notice.view["items"]
    for part in (
        name,
        "long@x.example",
        bureau.roster.by_key[code].addresses[0],
        "✓",
        "✗",
        bureau.roster.by_key[code].name,
    ):
        assert part in item
    assert "โทรศัพท์" in notice.view["paragraphs"][1]


@pytest.mark.parametrize(
    ("reporter", "value", "before"),
    [
        ("long", False, ("long", True)),  # a reporter corrects itself
        ("long", True, ("own", True)),  # both say the same
        ("long", True, None),  # nobody said anything before
    ],
)
def test_no_contradiction_no_word(run, said, code, reporter, value, before):
    known = [said(code if before[0] == "own" else before[0], before[1])] if before else []
    decision = run(reporter, value, *known)
    assert kinds(decision) == ["correction"]
    assert decision.letters[0].view["conflicts"] == []


def test_each_contradicting_mail_is_told_once(run, said, code):
    """The same mail gives the same letters, another one its own."""
    one, again, other = (
        run(code, NO, said("long", YES), sha=sha).letters[1].key for sha in ("ab" * 32, "ab" * 32, "cd" * 32)
    )
    assert one == again != other


def test_staffs_own_word_contradicts_nobody(said, code):
    """What staff send without a reporter settles the cell; what differs from it later is said."""
    assert contradicted([said("long", YES)], [said("", NO)]) == ()
    assert contradicted([said("", YES)], [said("long", NO)]) != ()
    assert differing([said("long", YES), said("", NO, "2024-11-20 10:00")]) == ()


def test_open_disagreements_are_those_with_the_answer_that_holds(said, code):
    """By time of receipt, then by row, in whatever order they are given."""
    old, new = said("long", YES), said(code, NO, "2024-11-20 10:00")
    assert differing([old, new]) == differing([new, old]) == ((old, new),)
    assert differing([said("long", NO), new]) == differing([new]) == ()
    later = dataclasses.replace(old, message=8, value=False)
    assert differing([later, old]) == ((old, later),)


def test_the_draft_lists_what_is_open(desk, papers, said, code):
    """And says nothing where all agree."""
    desk.answer_all()
    pair = (said("long", YES), said(code, NO, "2024-11-20 10:00"))
    standing = dataclasses.replace(desk.standing(), disagreements=(pair,))
    now = papers.moment("2024-11-25 10:00")
    [letter] = draft_due(desk.bureau, standing, (), now).letters
    assert letter.view["conflicts"] == staff_lines(desk.bureau, desk.circular, [pair])
    [quiet] = draft_due(desk.bureau, desk.standing(), (), now).letters
    assert quiet.view["conflicts"] == []
    assert Standing(desk.circular, (), {}, ()).disagreements == Facts().disagreements == ()


def test_a_letter_lists_at_most_so_many(bureau, circular, said, code):
    pairs = [(said("long", YES), said(code, NO))] * (SAID_AT_ONCE + 3)
    lines = sender_lines(bureau, circular, pairs)
    assert (len(lines), lines[-1]) == (SAID_AT_ONCE + 1, "และอีก 3 ช่อง")


def test_it_stands_in_the_letters_as_people_get_them(run, said, desk, papers, bureau, code):
    """In plain text and HTML, of the receipt, the notice and the draft."""
    now = papers.moment("2024-11-25 10:00")
    desk.answer_all()
    standing = dataclasses.replace(desk.standing(), disagreements=((said("long", YES), said(code, NO)),))
    letters = [*run(code, NO, said("long", YES)).letters, *draft_due(bureau, standing, (), now).letters]
    name = bureau.roster.by_code[code].short_name
    for letter in letters:
        made = render(letter, Desk(bureau.office, bureau.roster, "secret", now)).raw
        text, page = bodies(made)
        for body in (text, page):
            assert name in body
            assert "อำเภอลอง" in body
            assert "✗" in body
            assert "ไม่ตรงกัน" in body or "ต่างจากที่ผู้รายงานอีกราย" in body


def bodies(raw):
    mail = email.message_from_bytes(raw, policy=policy.default)
    return (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
