"""The chain of hashes: whatever is changed in the books behind the desk's back is found, and where."""

import datetime
import json
import threading

import pytest
import sqlalchemy as sa

from bot.office.decision import Approval, Decision
from bot.office.letters.letter import LetterKind
from bot.office.model.address_mark import AddressMark, AddressStanding
from bot.office.model.baseline import Stand
from bot.office.model.ledger import LedgerEntry
from bot.office.model.official_letter import COVER, Registered
from bot.office.model.received_mail import MessageState, Settlement
from bot.office.model.recorded_answer import Explanation
from bot.office.model.report_draft import Draft
from bot.office.model.round_change import ChangeKind, RoundChange
from bot.office.model.sent_letter import Attempt, LetterState, Resolution
from bot.office.model.task import Task
from bot.office.wishes.wish import Pending, Settled, Verb, Wish, WishState
from bot.store import schema
from bot.store.chain_check import ADDED, CHANGED, MISSING, ROW_CHANGED, ROW_MISSING, Misfit
from bot.store.inbox import row_of
from bot.store.journal_things import begin_chain
from parsers.findings import Code, Place, finding
from parsers.reading import RemarkText
from tests.store.building import MINUTE, NOW, arrival, draft_letter, letter, receive, said

SENT = Attempt(LetterState.SENT, "250 ok", {})
STAFF, ADDRESS = "staff@phrae.example", "second@x.example"


@pytest.fixture
def lived(office):
    """Books in which everything that is covered happened at least once; the ids of the mails and letters."""
    first, second, third, forgotten, fifth = receive(office, [arrival(n) for n in range(1, 6)])
    step = LedgerEntry("w5827", "long", "request", NOW.date(), "sent", "3 of 3 organisations open")
    decision = said(
        ("540101", "s10", True),
        ("540102", "s10", False),
        remarks=(RemarkText("obstacles", "น้ำท่วม", Place("a.xlsx", "แบบ", "B9")),),
        explanations=(Explanation("540101", "s10", value=True, text="เพราะ"),),
        findings=(finding(Code.FORM_NOT_FOUND, Place(), where="a.xlsx"),),
        ledger=(step,),
    )
    [receipt] = office.commit(decision, [letter("one")], message=first, now=NOW)
    office.commit(Decision(MessageState.HELD, "unknown-sender"), [], message=second, now=NOW)
    office.commit(Decision(settlements=(Settlement(second, accepted=True, by=STAFF),)), [], message=None, now=NOW)
    office.commit(said(("540103", "s10", True)), [], message=second, now=NOW + MINUTE)
    office.commit(Decision(MessageState.HELD, "unknown-sender"), [], message=third, now=NOW)
    office.commit(Decision(settlements=(Settlement(third, accepted=False, by=STAFF),)), [], message=None, now=NOW)
    office.commit(Decision(MessageState.DECIDED, "secret", forget=True), [], message=forgotten, now=NOW)
    drafted = Decision(drafts=(Draft("w5827", 1, "f" * 64, "REF", NOW),), ledger=(step,))
    office.commit(drafted, [draft_letter(1)], message=None, now=NOW)
    cover = Registered("w5827", COVER, STAFF, NOW, "พร 1/2", NOW.date())
    extended = RoundChange("w5827", ChangeKind.EXTENDED, STAFF, NOW, "one", "long", "น้ำท่วม", NOW)
    approved = Decision(
        approval=Approval("w5827", 1, STAFF),
        registered=(cover,),
        tasks=(Task(first, "w5827", NOW),),
        round_changes=(extended,),
    )
    [report] = office.commit(approved, [letter("report", kind=LetterKind.REPORT)], message=None, now=NOW)
    asked = Wish(Verb.EXTEND, "w5827", ("long",), until=NOW, why="น้ำท่วม")
    pending = (Pending(name, asked, "เลื่อน", "rests", STAFF, NOW, "w5827", first) for name in ("DONE", "WAITS"))
    office.commit(Decision(MessageState.DECIDED, "said-back", wishes=tuple(pending)), [], message=fifth, now=NOW)
    marks = tuple(AddressMark(ADDRESS, AddressStanding(each), "long", "", STAFF, NOW) for each in ("accepted", "added"))
    bounced = AddressMark("gone@x.example", AddressStanding.BOUNCED, "long", "550", "m1", NOW)
    done = Decision(settled=(Settled("DONE", WishState.DONE, STAFF),), marks=(*marks, bounced))
    office.commit(done, [], message=None, now=NOW)
    for day in (NOW.date(), NOW.date() - datetime.timedelta(days=30)):
        done = {("540101", "s10"): True, ("540102", "s10"): False}
        office.load_stand(Stand("w5827", day, done, {("540101", "s10"): Place("l.xlsx", "แผ่น", "B2")}), NOW)
    due = office.claim(NOW, 10, MINUTE)
    office.claim(NOW, 10, MINUTE, settled=[(one, SENT, NOW) for one in due[:-1]])
    office.settle(due[-1], SENT, NOW + MINUTE)
    return {"first": first, "second": second, "receipt": receipt, "report": report}


def test_books_that_nobody_touched_fit(office, lived):
    checked = office.check_chain()
    assert (checked.misfits, checked.wrong) == ((), 0)
    assert checked.rows == office.head().number
    assert checked.head == office.head().hash
    assert checked.forgotten >= 1


def change(table, values, **where):
    """A change of a row behind the desk's back."""
    return lambda connection, its: connection.execute(
        sa.update(table).where(table.c.office_id == its["office"], *(table.c[k] == its.get(v, v) for k, v in where.items()))
        .values(values)
    )  # fmt: skip


def remove(table, **where):
    """The removal of one."""
    return lambda connection, its: connection.execute(
        sa.delete(table).where(table.c.office_id == its["office"], *(table.c[k] == its.get(v, v) for k, v in where.items()))
    )  # fmt: skip


def raw_byte(table, its):
    def flipped(connection, ids):
        this = sa.and_(table.c.office_id == ids["office"], table.c.id == ids[its])
        raw = connection.scalar(sa.select(table.c.raw).where(this))
        connection.execute(sa.update(table).where(this).values(raw=raw[:-3] + bytes([raw[-3] ^ 1]) + raw[-2:]))

    return flipped


def added_answer(connection, its):
    row = {"office_id": its["office"], "message_id": its["second"], "organisation": "540109", "question": "s10"}
    connection.execute(sa.insert(schema.answer), row | {"circular": "w5827", "reporter": "long", "value": True})


TAMPERING = {
    "a byte of a mail": (raw_byte(schema.message_bytes, "first"), "mail bytes {first}", CHANGED),
    "a byte of a letter": (raw_byte(schema.letter_bytes, "receipt"), "letter bytes {receipt}", CHANGED),
    "an answer's value": (change(schema.answer, {"value": False}, organisation="540101"), "answers {first}", CHANGED),
    "an answer's cell": (change(schema.answer, {"cell": "C9"}, organisation="540102"), "answers {first}", CHANGED),
    "an answer gone": (remove(schema.answer, organisation="540102"), "answers {first}", CHANGED),
    "all answers gone": (remove(schema.answer, message_id="second"), "answers {second}", MISSING),
    "an answer more": (added_answer, "answers {second}", CHANGED),
    "a remark": (change(schema.remark, {"text": "น้ำแห้ง"}, message_id="first"), "remarks {first}", CHANGED),
    "a reason": (change(schema.explanation, {"text": "อื่น"}, message_id="first"), "explanations {first}", CHANGED),
    "a finding": (remove(schema.finding, message_id="first"), "findings {first}", MISSING),
    "when it was received": (
        change(schema.message, {"received_at": NOW - MINUTE}, id="first"),
        "mail {first}",
        CHANGED,
    ),
    "who sent it": (change(schema.message, {"sender": "x@y.example"}, id="first"), "decision {first}", CHANGED),
    "what was decided": (change(schema.message, {"outcome": "partly"}, id="second"), "decision {second}", CHANGED),
    "to whom": (change(schema.letter, {"recipients": ["x@y.example"]}, id="receipt"), "letter {receipt}", CHANGED),
    "when sent": (change(schema.letter, {"sent_at": NOW - MINUTE}, id="report"), "sent {report}", CHANGED),
    "never sent": (change(schema.letter, {"sent_at": None}, id="report"), "sent {report}", MISSING),
    "the ledger": (change(schema.ledger, {"ground": ""}, step="request"), "step w5827/long/request", CHANGED),
    "whose address it is": (
        change(schema.address, {"reporter": "song"}, standing="accepted"),
        f"address trust/{ADDRESS}",
        CHANGED,
    ),
    "who added it": (change(schema.address, {"by": "x"}, standing="added"), f"address roster/{ADDRESS}", CHANGED),
    "an address gone": (remove(schema.address, standing="added"), f"address roster/{ADDRESS}", MISSING),
    "how it stood": (
        change(schema.baseline, {"done": True}, organisation="540102", at=NOW.date()),
        f"baseline w5827/{NOW.date()}",
        CHANGED,
    ),
    "a list gone": (remove(schema.baseline, at=NOW.date()), f"baseline w5827/{NOW.date()}", MISSING),
    "a step undone": (remove(schema.ledger, step="request"), "step w5827/long/request", MISSING),
}


@pytest.mark.parametrize("named", TAMPERING)
def test_what_is_changed_in_the_books_is_found_and_named(office, lived, named):
    tamper, thing, what = TAMPERING[named]
    its = lived | {"office": office._office}
    with office._database.writing() as connection:
        tamper(connection, its)
    checked = office.check_chain()
    [misfit] = checked.misfits
    assert (misfit.thing, misfit.what) == (thing.format(**lived), what)
    row = next(row for row in office.journal() if row.number == misfit.number)
    assert misfit.thing in json.loads(row.covers)


def test_an_approval_or_report_that_is_changed_is_found(office, lived):
    report = schema.report
    with office._database.writing() as connection:
        number = connection.scalar(sa.select(report.c.id).where(report.c.office_id == office._office))
        mine = sa.update(report).where(report.c.office_id == office._office)
        connection.execute(mine.values(approved_by="other@phrae.example", content=b"PK other"))
    assert {(each.thing, each.what) for each in office.check_chain().misfits} == {
        (f"report {number}", CHANGED),
        (f"approval {number}", CHANGED),
    }


def test_an_extension_or_a_task_that_is_changed_is_found(office, lived):
    tables = ((schema.round_change, {"until": NOW + MINUTE}), (schema.task, {"done_by": "x"}))
    with office._database.writing() as connection:
        for table, values in tables:
            connection.execute(sa.update(table).where(table.c.office_id == office._office).values(values))
    assert [(each.thing.split()[0], each.what) for each in office.check_chain().misfits] == [
        ("round", CHANGED),
        ("task", CHANGED),
    ]


@pytest.mark.parametrize("reference", ["DONE", "WAITS"])
@pytest.mark.parametrize("value", [{"by": "x"}, {"wish": {"verb": "close"}}, {"state": "dropped"}, {"settled_by": "x"}])
def test_a_wish_that_is_changed_is_found(office, lived, reference, value):
    """Who asked, what for, what became of it, on whose word."""
    wish = schema.wish
    this = sa.and_(wish.c.office_id == office._office, wish.c.reference == reference)
    with office._database.writing() as connection:
        connection.execute(sa.update(wish).where(this).values(**value))
        number = connection.scalar(sa.select(wish.c.id).where(this))
    assert [(each.thing, each.what) for each in office.check_chain().misfits] == [(f"wish {number}", CHANGED)]


def test_the_newest_word_on_an_address_and_the_newest_list_take_the_place_of_those_before_and_bounces_come_and_go(
    office, lived
):
    refused = AddressMark(ADDRESS.upper(), AddressStanding.REFUSED, "", "left", STAFF, NOW + MINUTE)
    office.commit(Decision(marks=(refused,), heard_from=("gone@x.example",)), [], message=None, now=NOW)
    office.mark(AddressMark("new@x.example", AddressStanding.ACCEPTED, "long", "", STAFF, NOW))
    assert office.load_stand(Stand("w5827", NOW.date(), {("540103", "s10"): True}, {}), NOW + MINUTE)
    assert office.check_chain().misfits == ()


def test_a_chain_that_covered_no_wishes_covers_them_from_when_the_books_are_opened(office, lived):
    """As chains of before: their rows name no wish, and the rest of them stays as it is."""
    with office._database.writing() as connection:
        journal, mine = schema.journal, schema.journal.c.office_id == office._office
        for table in (schema.wish, schema.address, schema.baseline):
            connection.execute(sa.delete(table).where(table.c.office_id == office._office))
        connection.execute(sa.delete(journal).where(mine))
        begin_chain(connection, office._office)
        row = {"reference": "OLD", "wish": {"verb": "close"}, "state": "done", "message_id": lived["first"], "at": NOW}
        connection.execute(sa.insert(schema.wish), row | {"office_id": office._office})
    assert [misfit.what for misfit in office.check_chain().misfits] == [ADDED]
    before = list(office.journal())
    with office._database.writing() as connection:
        connection.execute(sa.update(schema.office).where(schema.office.c.id == office._office).values(coverage=0))
        begin_chain(connection, office._office)
        begin_chain(connection, office._office)
    after = list(office.journal())
    assert after[: len(before)] == before
    assert [(row.kind, len(json.loads(row.covers))) for row in after[len(before) :]] == [("begun", 1)]
    assert office.check_chain().wrong == 0


def test_a_mail_that_no_row_covers_is_found(office, lived):
    row = row_of(office._office, arrival(9)) | {"received_at": NOW}
    with office._database.writing() as connection:
        new = connection.execute(sa.insert(schema.message).values(row)).inserted_primary_key[0]
    assert office.check_chain().misfits == (Misfit(0, f"mail {new}", ADDED),)


def test_a_row_of_the_journal_that_is_changed_or_gone_is_found(office, lived):
    journal = schema.journal
    with office._database.writing() as connection:
        this = sa.update(journal).where(journal.c.office_id == office._office, journal.c.number == 3)
        connection.execute(this.values(at=NOW - MINUTE))
        connection.execute(sa.delete(journal).where(journal.c.office_id == office._office, journal.c.number == 6))
    found = office.check_chain().misfits
    assert [misfit for misfit in found if not misfit.thing] == [Misfit(3, "", ROW_CHANGED), Misfit(6, "", ROW_MISSING)]


def test_what_is_forgotten_on_purpose_is_no_misfit_and_what_is_taken_away_is(office, lived):
    far = NOW + datetime.timedelta(days=365)
    office.clear(far, far)
    checked = office.check_chain()
    assert checked.wrong == 0
    assert checked.forgotten >= 3
    last = list(office.journal())[-1]
    assert (last.kind, last.at) == ("purged", far)
    with office._database.writing() as connection:
        mine = schema.letter_bytes.c.office_id == office._office
        connection.execute(sa.delete(schema.letter_bytes).where(mine))  # the report's own, which a purge leaves
    assert [(misfit.thing, misfit.what) for misfit in office.check_chain().misfits] == [
        (f"letter bytes {lived['report']}", MISSING)
    ]


def test_what_changes_by_a_step_of_the_desk_goes_on_fitting(office, lived):
    office.decide_again(said(("540101", "s10", False)), [letter("again")], message=lived["first"], now=NOW + MINUTE)
    office.decide_again(Decision(MessageState.DECIDED, "none"), [], message=lived["second"], now=NOW + MINUTE)
    [queued] = office.commit(Decision(outcome="x"), [letter("doubt")], message=None, now=NOW)
    every = {one.id: one for one in office.claim(NOW + 2 * MINUTE, 9, MINUTE)}
    office.settle(every[queued], Attempt(LetterState.FAILED, "550 no", {}), NOW)
    assert office.resolve(Resolution(queued, again=False, by=STAFF), NOW + 2 * MINUTE)
    office.filed(lived["first"], "Done", NOW)
    assert office.check_chain().misfits == ()


def test_books_of_before_begin_their_chain_with_all_that_is_there(office, lived):
    with office._database.writing() as connection:
        connection.execute(sa.delete(schema.journal).where(schema.journal.c.office_id == office._office))
        begin_chain(connection, office._office)
    assert {row.kind for row in office.journal()} == {"begun"}
    assert office.check_chain().wrong == 0
    with office._database.writing() as connection:
        change(schema.answer, {"value": False}, organisation="540101")(connection, lived | {"office": office._office})
    assert [misfit.thing for misfit in office.check_chain().misfits] == [f"answers {lived['first']}"]


def test_writers_at_once_keep_one_chain_for_each_office(new_office):
    offices = [new_office(), new_office()]
    failures = []

    def write(office, start):
        try:
            for uid in range(start, start + 10):
                [mail] = office.receive([arrival(uid)])
                office.commit(said(("540101", "s10", True)), [letter(f"m{uid}")], message=mail, now=NOW)
        except Exception as error:  # noqa: BLE001 - told by the test's own thread
            failures.append(error)

    writers = [threading.Thread(target=write, args=(office, start)) for office in offices for start in (1, 100, 200)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failures == []
    for office in offices:
        checked = office.check_chain()
        assert (checked.rows, checked.wrong) == (1 + 2 * 30, 0)


def test_nothing_written_adds_no_row(office):
    [mail] = office.receive([arrival(1)])
    office.commit(said(("540101", "s10", True)), [], message=mail, now=NOW)
    before = office.head().number
    office.commit(said(("540101", "s10", False)), [letter()], message=mail, now=NOW)  # decided already
    assert office.receive([arrival(1)]) == []
    assert office.head().number == before
