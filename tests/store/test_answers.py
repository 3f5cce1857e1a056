"""What holds now: of all that was said, the newest."""

import dataclasses
import datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.office.decision import Decision
from bot.office.model.received_mail import MessageState
from bot.office.model.recorded_answer import Explanation
from bot.store.superseded_answers import supersede_anew
from parsers.findings import Place
from parsers.reading import Answer, RemarkText
from tests.store.building import MINUTE, NOW, arrival, said

ORGANISATIONS = st.sampled_from(["540101", "540102", "540103"])
YES, NO = True, False
QUESTIONS = st.sampled_from(["s10", "s16"])
VALUES = st.booleans() | st.sampled_from(["", "1234.50", "ข้อความ", "2024-11-29"])
MAILS = st.lists(
    st.tuples(st.integers(0, 3), st.dictionaries(st.tuples(ORGANISATIONS, QUESTIONS), VALUES, max_size=4)), max_size=6
)


@given(MAILS, st.randoms(use_true_random=False))
def test_the_newest_answer_holds_in_whatever_order_mails_were_decided(new_office, mails, random):
    """Newest by the time of receipt, then by the row; the order in which workers finish does not matter."""
    office = new_office()
    numbers = office.receive([arrival(uid, at=NOW + minute * MINUTE) for uid, (minute, _) in enumerate(mails, 1)])
    said_by = dict(zip(numbers, mails, strict=True))
    for number in random.sample(numbers, len(numbers)):
        rows = [(organisation, question, value) for (organisation, question), value in said_by[number][1].items()]
        office.commit(said(*rows), [], message=number, now=NOW)
    expected = {}
    for number in sorted(numbers, key=lambda one: (said_by[one][0], one)):
        expected |= {key: (value, number) for key, value in said_by[number][1].items()}
    current = office.answers("w5827")
    assert {(a.organisation, a.question): (a.value, a.message) for a in current} == expected
    assert [(a.organisation, a.question) for a in current] == sorted(expected)
    assert all(type(a.value) is type(expected[a.organisation, a.question][0]) for a in current)


def test_the_evidence_beside_a_tick_is_kept(office):
    (number,) = office.receive([arrival(1)])
    answer = Answer("540101", "s10", YES, Place("form.xlsx", "แบบรายงาน", "C7"), "✓ คำสั่งที่ 88/2567")
    decision = Decision(MessageState.DECIDED, "accepted", circular="w5827", reporter="long", answers=(answer,))
    office.commit(decision, [], message=number, now=NOW)
    assert [held.evidence for held in office.answers("w5827")] == ["✓ คำสั่งที่ 88/2567"]


def test_an_answer_knows_what_was_said_the_time_before(office):
    first, second, third = office.receive([arrival(uid, at=NOW + uid * MINUTE) for uid in range(1, 4)])
    for mail, value in ((first, "5"), (second, "6")):
        last = dataclasses.replace(said(("540101", "tons", value)), circular="w5826")
        office.commit(last, [], message=mail, now=NOW)
    office.commit(said(("540101", "tons", "60"), ("540102", "tons", "7")), [], message=third, now=NOW)
    before = office.values("w5826")
    assert before == {("540101", "tons"): "6"}
    assert [(a.value, a.before) for a in office.answers("w5827", before=before)] == [("60", "6"), ("7", None)]
    assert [a.before for a in office.answers("w5827")] == [None, None]


def test_a_reason_holds_for_its_figure_whichever_mail_says_it_and_for_no_other(office):
    mails = office.receive([arrival(uid, at=NOW + uid * MINUTE) for uid in range(1, 6)])
    reasons = (("5", ""), ("5", "เพราะฝนตก"), ("6", ""), ("5", ""), ("5", "เพราะน้ำท่วม"))
    held = []
    for number, (value, text) in zip(mails, reasons, strict=True):
        reason = (Explanation("540101", "tons", value, text),) if text else ()
        office.commit(
            said(("540101", "tons", value), explanations=reason), [], message=number, now=NOW + number * MINUTE
        )
        held += [answer.explanation for answer in office.answers("w5827")]
    assert held == ["", "เพราะฝนตก", "", "เพราะฝนตก", "เพราะน้ำท่วม"]
    assert [a.explanation for a in office.answers("w5827", NOW + mails[1] * MINUTE)] == ["เพราะฝนตก"]
    assert office.reasons("other") == {}
    office.decide_again(said(("540101", "tons", "5")), [], message=mails[4], now=NOW)
    assert office.reasons("w5827") == {("540101", "tons", "5"): "เพราะฝนตก"}  # what a mail no longer says is gone


def test_nothing_said_before_is_lost(office):
    """Answers are only ever added: what an older mail said stays beside what holds now."""
    for number, value in zip(office.receive([arrival(1), arrival(2)]), (True, False), strict=True):
        office.commit(said(("540101", "s10", value)), [], message=number, now=NOW)
    with office._database.reading() as connection:
        kept = connection.exec_driver_sql(f"SELECT count(*) FROM answer WHERE office_id = {office._office}").scalar()
    assert kept == 2


def test_circulars_are_kept_apart(office):
    [mail] = office.receive([arrival(1)])
    office.commit(said(("540101", "s10", True)), [], message=mail, now=NOW)
    assert office.answers("other") == ()
    assert office.last_mail("other") == {}


def test_the_newest_remark_of_each_reporter_holds(office):
    mails = office.receive([arrival(uid, at=NOW + uid * MINUTE) for uid in (3, 1, 2)])
    for mail, (reporter, words) in zip(mails, [("long", "ใหม่"), ("long", "เก่า"), ("song", "อื่น")], strict=True):
        remark = RemarkText("obstacles", words, Place(cell="A9"))
        office.commit(said(reporter=reporter, remarks=(remark,)), [], message=mail, now=NOW)
    assert [(r.reporter, r.text) for r in office.remarks("w5827")] == [("long", "ใหม่"), ("song", "อื่น")]


def test_the_remarks_of_an_earlier_moment_are_those_of_the_mails_decided_by_then(office):
    for mail, words, minute in zip(office.receive([arrival(1), arrival(2)]), ("เก่า", "ใหม่"), (1, 3), strict=True):
        remark = RemarkText("obstacles", words, Place())
        office.commit(said(reporter="long", remarks=(remark,)), [], message=mail, now=NOW + minute * MINUTE)
    held = [[r.text for r in office.remarks("w5827", NOW + minute * MINUTE)] for minute in (0, 1, 2, 3)]
    assert held == [[], ["เก่า"], ["เก่า"], ["ใหม่"]]


def test_the_last_mail_of_each_reporter_is_known(office):
    mails = office.receive([arrival(uid, at=NOW + uid * MINUTE) for uid in (1, 2, 3, 4)])
    for mail, reporter in zip(mails, ["long", "long", "song", ""], strict=True):
        office.commit(said(reporter=reporter), [], message=mail, now=NOW + datetime.timedelta(hours=1))
    assert office.last_mail("w5827") == {"long": NOW + 2 * MINUTE, "song": NOW + 3 * MINUTE}


def test_a_mail_without_a_circular_leaves_no_trace_among_the_answers(office):
    [mail] = office.receive([arrival(1)])
    office.commit(Decision(MessageState.HELD, "held", "ไม่รู้จักผู้ส่ง"), [], message=mail, now=NOW)
    assert office.answers("w5827") == office.answers("") == ()
    assert office.last_mail("") == {}


def told(office, minute, reporter, value, organisation="540101"):
    [mail] = office.receive([arrival(minute, at=NOW + minute * MINUTE)])
    office.commit(said((organisation, "s10", value), reporter=reporter), [], message=mail, now=NOW)


def pairs(office):
    return [((a.reporter, a.value), (b.reporter, b.value)) for a, b in office.disagreements("w5827")]


def test_two_reporters_who_differ_are_both_remembered(office):
    """The other's newest answer beside the one that holds; agreeing again closes it."""
    told(office, 1, "long", YES)
    told(office, 2, "540101", NO)
    assert pairs(office) == [(("long", True), ("540101", False))]
    told(office, 3, "long", YES)
    assert pairs(office) == [(("540101", False), ("long", True))]
    told(office, 4, "540101", YES)
    assert pairs(office) == []


def test_a_reporter_who_changes_its_mind_disagrees_with_nobody(office):
    told(office, 1, "long", YES)
    told(office, 2, "long", NO)
    told(office, 3, "song", YES, "540102")
    assert pairs(office) == []
    assert office.disagreements("other") == ()


def test_the_staffs_own_word_closes_a_disagreement(office):
    """An answer without a reporter came from staff."""
    told(office, 1, "long", YES)
    told(office, 2, "540101", NO)
    told(office, 3, "", NO)
    assert pairs(office) == []


def test_disagreements_of_another_office_are_not_seen(office, new_office):
    told(office, 1, "long", YES)
    other = new_office()
    told(other, 2, "540101", NO)
    assert pairs(office) == pairs(other) == []


@given(MAILS, st.lists(st.sampled_from(["long", "song", "540101"]), min_size=6, max_size=6))
def test_disagreements_are_the_cells_that_two_reporters_last_answered_differently(new_office, mails, reporters):
    """Whatever was said in whatever order."""
    office = new_office()
    last = {}
    for uid, ((_, rows), reporter) in enumerate(zip(mails, reporters, strict=False), 1):
        [mail] = office.receive([arrival(uid, at=NOW + uid * MINUTE)])
        answers = [(organisation, question, value) for (organisation, question), value in rows.items()]
        office.commit(said(*answers, reporter=reporter), [], message=mail, now=NOW)
        for key, value in rows.items():
            last.setdefault(key, {}).pop(reporter, None)
            last[key][reporter] = value
    expected = set()
    for cell, by_reporter in last.items():
        *others, (holder, value) = by_reporter.items()
        expected |= {(*cell, other, holder) for other, different in others if different != value}
    found = {(a.organisation, a.question, a.reporter, b.reporter) for a, b in office.disagreements("w5827")}
    assert found == expected


@given(MAILS, st.randoms(use_true_random=False))
def test_what_held_at_a_moment_is_found_later_and_after_books_of_an_older_version(new_office, mails, random):
    """Each minute one mail is decided, in any order; an old version's books, whose marks are worked out anew, say the same."""
    office = new_office()
    numbers = office.receive([arrival(uid, at=NOW + minute * MINUTE) for uid, (minute, _) in enumerate(mails, 1)])
    held = []
    for at, number in enumerate(random.sample(numbers, len(numbers))):
        moment = NOW + (10 + at) * MINUTE
        told = mails[numbers.index(number)][1].items()
        reporter = f"r{number % 2}"
        office.commit(
            said(*((*cell, value) for cell, value in told), reporter=reporter), [], message=number, now=moment
        )
        held.append((moment, office.answers("w5827"), office.disagreements("w5827")))
    for moment, answers, _ in held:
        assert office.answers("w5827", moment) == answers
    with office._database.writing() as connection:
        supersede_anew(connection, office._office, "w5827", "r0")
        supersede_anew(connection, office._office, "w5827", "r1")
    for moment, answers, _ in held:
        assert office.answers("w5827", moment) == answers
    if held:
        assert office.disagreements("w5827") == held[-1][2]


@given(MAILS, st.sets(ORGANISATIONS))
def test_the_answers_of_some_organisations_are_those_of_all_that_are_theirs(new_office, mails, some):
    office = new_office()
    for uid, (minute, rows) in enumerate(mails, 1):
        [number] = office.receive([arrival(uid, at=NOW + minute * MINUTE)])
        answers = [(organisation, question, value) for (organisation, question), value in rows.items()]
        office.commit(said(*answers), [], message=number, now=NOW)
    theirs = tuple(answer for answer in office.answers("w5827") if answer.organisation in some)
    assert office.answers("w5827", of=some) == theirs
    many = some | {f"x{number}" for number in range(600)}
    assert office.answers("w5827", of=many) == theirs
