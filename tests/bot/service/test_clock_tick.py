"""The clock looks only where something may be due: it takes the same steps as one that looks everywhere, and costs less."""

import dataclasses
import datetime

import pytest
import sqlalchemy as sa

from bot.office.model.bangkok_time import BANGKOK
from bot.service import clock_tick
from tests.field.small_office import SmallOffice, kinds, mail_of, one

BEGIN = datetime.datetime(2024, 11, 18, 7, 0, tzinfo=BANGKOK)
# Before and after each moment at which something may fall due: the letter's draft, the digest, the reminders, a new draft.
TIMES = ("07:58", "08:29", "08:31", "09:01", "09:21", "09:40", "12:01", "16:31")
FULL = ("2024-11-19", "2024-11-20", "2024-12-02", "2024-12-03")
COMES = {
    "2024-11-20 12:01": "den-chai",
    "2024-12-02 09:01": "pao",  # all is in, after a reminder
    "2024-12-02 09:21": "pao",  # other figures, twenty minutes after the draft
    "2024-12-02 16:31": "den-chai",  # other figures when nobody is there to look
    "2024-12-03 12:01": "words",
    "2024-12-03 16:31": "approve",  # who is first shown the words
    "2024-12-04 09:01": "approve",
}
MOMENTS = [
    f"{day} {time}"
    for day in (str(BEGIN.date() + datetime.timedelta(days=number)) for number in range(19))
    for time in (TIMES if day in FULL else ("08:31", "09:01"))
]


def story(office: SmallOffice, *, forgetful: bool) -> list[tuple[str, ...]]:
    """What the office wrote from before a circular opens until after its report, and entered in its ledger."""
    drafts, told = [], []
    for moment in MOMENTS:
        office.now = datetime.datetime.fromisoformat(moment).replace(tzinfo=BANGKOK)
        comes = COMES.get(moment)
        if comes == "words":
            office.take(mail_of(office.bureau.roster.by_key["pao"].addresses[0], "ขอเลื่อนส่งเป็นวันจันทร์ครับ"))
        elif comes == "approve":
            office.reply(drafts[-1], "อนุมัติ")
        elif comes:
            mark = "✓" if "12:01" in moment or "09:01" in moment else "X"
            office.send(office.bureau.roster.by_key[comes].addresses[0], comes, mark)
        if forgetful:
            office.house.looked.clear()
        clock_tick.tick(office.house, office.now)
        came = office.letters()
        drafts += [letter for letter in came if letter["X-Ruam-Kind"] == "draft"]
        told += [(moment, str(letter["X-Ruam-Kind"]), str(letter["To"])) for letter in came]
    steps = office.house.books.ledger("w5827") + office.house.books.ledger("")
    return told + [(entry.reporter, entry.step, entry.action, str(entry.on)) for entry in steps]


@pytest.mark.timeout(300)  # drafts and reports are drawn twice
def test_a_clock_that_remembers_takes_the_same_steps_as_one_that_looks_everywhere(tmp_path_factory):
    told = []
    for forgetful in (True, False):
        office = SmallOffice(tmp_path_factory.mktemp("office"))
        told.append(story(office, forgetful=forgetful))
        office.close()
    assert told[0] == told[1]
    happened = {kind for _, kind, *_ in told[0]}
    assert {"signing", "request", "reminder", "digest", "draft", "report"} <= happened


@pytest.fixture
def office(tmp_path):
    made = SmallOffice(tmp_path)
    yield made
    made.close()


def statements(office: SmallOffice, moment: datetime.datetime, **how: bool) -> int:
    """How many statements a look of the clock takes."""
    seen: list[str] = []
    engine = office.books._database._engine

    def count(_connection, _cursor, statement, *_):
        seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        clock_tick.tick(office.house, moment, **how)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return len(seen)


def test_with_nothing_due_one_circular_and_fifty_cost_the_same(office):
    first = office.bureau.circulars["w5827"]
    counted = []
    for many in (1, 50):
        more = {f"w{number}": first.model_copy(update={"slug": f"w{number}"}) for number in range(many)}
        office.house = dataclasses.replace(office.house, bureau=dataclasses.replace(office.bureau, circulars=more))
        clock_tick.tick(office.house, BEGIN)
        counted.append(statements(office, BEGIN + datetime.timedelta(minutes=1)))
    assert counted[0] == counted[1]
    assert 0 < counted[0] < 10


def test_while_mails_wait_no_step_is_taken_and_each_is_once_they_are_decided(office):
    opens = office.bureau.circulars["w5827"].deadlines.opens
    clock_tick.tick(office.house, opens, up_to_date=False)
    assert kinds(office.letters()) == ["digest"]
    assert statements(office, opens + datetime.timedelta(minutes=1), up_to_date=False) < 13
    clock_tick.tick(office.house, opens + datetime.timedelta(minutes=2))
    assert [str(letter["X-Ruam-Kind"]) for letter in office.letters()].count("request") == 2


def test_what_is_written_meanwhile_is_seen_at_the_next_look(office):
    office.at("2024-11-20 08:30")
    office.all_in()
    looked = office.house.looked["w5827"]
    office.send(office.bureau.roster.by_key["pao"].addresses[0], "pao", "X")
    assert office.house.books.changes()["w5827"] > looked.changes
    assert one("draft", office.at("2024-11-20 09:10"))
