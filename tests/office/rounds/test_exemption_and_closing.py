"""An organisation that need not answer counts nowhere; a closed round is left in peace; states and history are as the books say."""

import dataclasses
import datetime

import pytest

from bot.office.letters.digest import digest, progress
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.effective import effective
from bot.office.model.ledger import LedgerEntry
from bot.office.model.owed import owed_by
from bot.office.model.report_draft import Draft
from bot.office.model.rollup import fingerprint, roll_up
from bot.office.plan.due import draft_due, is_open, reminders_due
from bot.office.rounds.closing import close, reopen
from bot.office.rounds.exemption import ask_again, exempt
from bot.office.rounds.history import State, history_of, state_of
from bot.office.rounds.instruction import Instruction

NOW = datetime.datetime(2024, 11, 25, 10, 0, tzinfo=BANGKOK)
DAY = datetime.timedelta(days=1)


class Round:
    """The desk with the changes of its round."""

    def __init__(self, desk) -> None:
        self.desk, self.changes = desk, []
        desk.keep(reminders_due(desk.bureau, desk.standing(), desk.ledger, NOW - 5 * DAY))
        self.codes = desk.bureau.roster.by_key["long"].organisations

    @property
    def standing(self):
        circular = effective(self.desk.bureau.circulars["w5827"], self.desk.bureau.roster, self.changes)
        return dataclasses.replace(self.desk.standing(), circular=circular, requested=True)

    def do(self, verb, *whom, why="ยุบรวมกับเทศบาลแล้ว", now=NOW):
        word = Instruction("somsri@phrae.example", now, f"w{len(self.changes)}", why)
        done = verb(self.desk.bureau, self.standing, *whom, word)
        self.changes += done.decision.round_changes if done.decision else ()
        return done


@pytest.fixture
def round_(desk):
    return Round(desk)


def test_who_is_exempt_owes_nothing_and_no_sum_counts_it(round_):
    desk, code = round_.desk, round_.codes[0]
    desk.answer_all()
    before = roll_up(round_.standing.circular, desk.bureau.roster, desk.known, (), NOW.date())
    done = round_.do(exempt, code)
    assert "ข้อมูลที่รายงานไว้แล้วยังเก็บไว้ แต่ไม่นับในรายงาน" in done.cautions
    circular = round_.standing.circular
    rollup = roll_up(circular, desk.bureau.roster, desk.known, (), NOW.date())
    assert (rollup.asked, rollup.unreported, rollup.incomplete) == (83, (), ())
    assert [(line.organisation.code, line.exempt) for line in rollup.exempt] == [(code, "ยุบรวมกับเทศบาลแล้ว")]
    question = circular.form.asked[0].key
    assert (before.totals[question].value, rollup.totals[question].value) == (84, 83)
    assert (rollup.totals[question].reported, rollup.totals[question].asked) == (83, 83)
    assert fingerprint(before) != fingerprint(rollup)
    desk.known = ()
    assert code not in owed_by(circular, desk.bureau.roster, ())
    assert len(owed_by(circular, desk.bureau.roster, ())) == 83


def test_its_reporter_is_told_and_reminded_only_of_the_others(round_):
    code, others = round_.codes[0], round_.codes[1:]
    (letter,) = round_.do(exempt, code).decision.letters
    assert (letter.kind.value, letter.addressee, letter.view["others"]) == ("exemption", "long", len(others))
    decision = reminders_due(round_.desk.bureau, round_.standing, round_.desk.ledger, NOW)
    reminder = next(letter for letter in decision.letters if letter.addressee == "long")
    assert len(reminder.view["owed"]) == reminder.view["organisations_total"] == len(others)


def test_without_the_exempt_one_all_is_in_and_the_draft_names_it(round_):
    round_.desk.answer(*(o.code for o in round_.desk.bureau.roster.organisations if o.code != round_.codes[0]))
    assert draft_due(round_.desk.bureau, round_.standing, (), NOW) is None
    round_.do(exempt, round_.codes[0])
    (letter,) = draft_due(round_.desk.bureau, round_.standing, (), NOW).letters
    assert (letter.view["done"], letter.view["total"]) == (83, 83)
    ((name, why),) = letter.view["exempt"]
    assert name == round_.desk.bureau.roster.by_code[round_.codes[0]].printed_short
    assert "ยุบรวมกับเทศบาลแล้ว" in why
    rows = {row[0]: row[1:3] for row in progress(round_.desk.bureau, round_.standing)}
    assert rows["อำเภอลอง"] == (10, 10)
    entry = digest(round_.desk.bureau, [round_.standing], (), NOW).view["circulars"][0]
    assert (entry["done"], entry["total"], len(entry["exempt"])) == (83, 83, 1)


def test_a_lifted_exemption_asks_again_with_the_form(round_):
    code = round_.codes[0]
    round_.do(exempt, code)
    (letter,) = round_.do(ask_again, code, why="").decision.letters
    assert not letter.view["exempted"]
    assert letter.enclosures[0].circular.exempt == {}
    assert code in owed_by(round_.standing.circular, round_.desk.bureau.roster, ())
    assert round_.do(ask_again, code).decision is None


def test_an_exemption_needs_a_reason_and_is_given_once(round_):
    assert "เหตุผล" in round_.do(exempt, round_.codes[0], why=" ").said
    assert round_.do(exempt, round_.codes[0]).decision
    assert "ได้รับยกเว้นอยู่แล้ว" in round_.do(exempt, round_.codes[0]).said


def test_a_reporter_all_of_whose_are_exempt_gets_no_request(desk):
    desk.keep = lambda decision: []  # the requests are still to go
    round_ = Round(desk)
    for code in desk.bureau.roster.by_key["pao"].organisations:
        round_.do(exempt, code)
    decision = reminders_due(desk.bureau, round_.standing, (), NOW - 5 * DAY)
    assert "pao" not in {letter.addressee for letter in decision.letters}
    assert ("pao", "not-owed") in {(entry.reporter, entry.action) for entry in decision.ledger}


def test_a_closed_round_is_left_in_peace_until_it_is_opened_again(round_):
    done = round_.do(close)
    assert len(done.cautions) == 2
    desk = round_.desk
    assert reminders_due(desk.bureau, round_.standing, desk.ledger, NOW + DAY) is None
    assert draft_due(desk.bureau, round_.standing, (), NOW + 30 * DAY) is None
    assert not is_open(round_.standing, NOW)
    assert round_.do(close).decision is None
    assert "ปิดแล้ว" in round_.do(exempt, round_.codes[0]).said
    assert round_.do(reopen).decision
    assert is_open(round_.standing, NOW)
    assert round_.do(reopen).decision is None


def draft(**more):
    return Draft("w5827", 1, "f", "REF", NOW, **more)


@pytest.mark.parametrize(
    ("now", "drafts", "closed", "state"),
    [
        ("2024-11-20 08:29", (), False, State.PLANNED),
        ("2024-11-20 08:30", (), False, State.OPEN),
        ("2024-12-04 16:29", (), False, State.OPEN),
        ("2024-12-04 16:30", (), False, State.CUT_OFF),
        ("2024-11-26 09:00", (draft(),), False, State.DRAFTED),
        ("2024-11-26 09:00", (draft(approved_by="a@b.example"),), False, State.APPROVED),
        ("2024-11-26 09:00", (draft(approved_by="a@b.example", dispatched=NOW),), False, State.REPORTED),
        ("2024-11-26 09:00", (draft(approved_by="a@b.example", dispatched=NOW),), True, State.CLOSED),
    ],
)
def test_the_state_is_the_furthest_that_the_round_has_come(round_, now, drafts, closed, state):
    if closed:
        round_.do(close)
    moment = datetime.datetime.fromisoformat(now).replace(tzinfo=BANGKOK)
    assert state_of(dataclasses.replace(round_.standing, drafts=drafts), moment) is state


def test_the_history_tells_who_when_and_why_in_order(round_):
    round_.do(exempt, round_.codes[0])
    round_.do(close, why="ครบแล้ว", now=NOW + 2 * DAY)
    entry = LedgerEntry("w5827", "long", "request", (NOW - 5 * DAY).date(), "sent", "")
    gone = draft(approved_by="somsri@phrae.example", dispatched=NOW + DAY)
    told = history_of(round_.desk.bureau, round_.changes, (gone,), [entry])
    name = round_.desk.bureau.roster.by_code[round_.codes[0]].printed_short
    assert [(event.what, event.by, event.why) for event in told] == [
        ("requests sent to 1 reporters", "", ""),
        (f"{name} exempt", "somsri@phrae.example", "ยุบรวมกับเทศบาลแล้ว"),
        ("draft 1 made", "", ""),
        ("report sent, draft 1", "somsri@phrae.example", ""),
        ("closed", "somsri@phrae.example", "ครบแล้ว"),
    ]
