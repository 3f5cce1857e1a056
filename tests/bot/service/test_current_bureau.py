"""The bureau as the books have it: seen at the next step, whoever wrote it; nothing is composed anew without need."""

import dataclasses
import datetime
import io

import openpyxl
import pytest
import sqlalchemy as sa

from bot.office.decision import Decision
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.round_change import ChangeKind, RoundChange
from bot.service import clock_tick
from bot.service.current_bureau import current
from tests.field.small_office import SmallOffice, files_of, kinds, one

NOW = datetime.datetime(2024, 11, 25, 10, 0, tzinfo=BANGKOK)


@pytest.fixture
def office(tmp_path):
    made = SmallOffice(tmp_path)
    yield made
    made.close()


def write(office, kind, *, circular="w5827", whom="", until="2024-12-12 16:30", now=NOW):
    """As another process would."""
    end = datetime.datetime.fromisoformat(until).replace(tzinfo=BANGKOK)
    change = RoundChange(circular, kind, "x", now, f"{kind}{now}{whom}", whom, "เหตุผล", end)
    office.house.books.commit(Decision(circular=circular, round_changes=(change,)), [], message=None, now=now)


def test_a_change_is_seen_at_the_next_step_and_only_its_circular_is_made_anew(office):
    first = office.bureau.circulars["w5827"]
    circulars = {"w5827": first, "w1": first.model_copy(update={"slug": "w1"})}
    house = dataclasses.replace(office.house, bureau=dataclasses.replace(office.bureau, circulars=circulars))
    assert current(house, NOW) is house
    write(office, ChangeKind.EXTENDED)
    seen = current(house, NOW)
    assert seen.bureau.circulars["w5827"].deadlines.reporters.isoformat() == "2024-12-12T16:30:00+07:00"
    assert seen.bureau.circulars["w1"] is circulars["w1"]
    assert current(house, NOW).bureau is seen.bureau is current(seen, NOW).bureau
    write(office, ChangeKind.CLOSED, circular="w1")
    again = current(seen, NOW)
    assert again.bureau.circulars["w5827"] is seen.bureau.circulars["w5827"]
    assert again.bureau.circulars["w1"].closed == NOW
    assert current(house, NOW).bureau is again.bureau  # a house of before is brought up to date all the same


def test_looking_costs_one_statement_however_much_was_changed(office):
    for number in range(40):
        write(office, ChangeKind.EXTENDED, now=NOW + datetime.timedelta(minutes=number))
    house, seen = current(office.house, NOW), []
    engine = office.books._database._engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    current(house, NOW)
    asked = [statement for statement in seen if statement.startswith("SELECT")]
    assert len(asked) == 1


def test_the_clock_takes_the_steps_of_the_new_day_and_not_those_of_the_old(office):
    assert kinds(office.at("2024-11-20 08:30"))[:2] == ["request", "request"]
    write(office, ChangeKind.EXTENDED, whom="den-chai")
    reminded = {}
    for moment in ("2024-11-27 09:00", "2024-12-02 09:00", "2024-12-04 09:00", "2024-12-09 09:00", "2024-12-13 09:00"):
        for letter in office.at(moment):
            if letter["X-Ruam-Kind"] == "reminder":
                reminded.setdefault(str(letter["To"]).split(",")[0], []).append(
                    (moment, "เลยกำหนด" in letter["Subject"])
                )
    den_chai, pao = (office.bureau.roster.by_key[key].addresses[0] for key in ("den-chai", "pao"))
    assert reminded[den_chai] == [("2024-12-04 09:00", False), ("2024-12-09 09:00", False), ("2024-12-13 09:00", True)]
    assert reminded[pao][:3] == [("2024-11-27 09:00", False), ("2024-12-02 09:00", True), ("2024-12-04 09:00", True)]


def test_what_comes_after_closing_is_kept_answered_as_late_and_recorded_when_staff_let_it_in(office):
    office.at("2024-11-20 08:30")
    write(office, ChangeKind.CLOSED, now=office.now)
    address = office.bureau.roster.by_key["pao"].addresses[0]
    assert office.send(address, "pao") == "after-closing"
    came = office.letters()
    assert kinds(came) == ["late", "notice"]
    assert str(came[0]["To"]) == address
    assert "ยังไม่ได้บันทึก" in came[0]["Subject"]
    assert office.house.books.answers("w5827") == ()
    assert office.reply(came[1], "รับ") == "round-closed"
    office.letters()
    assert clock_tick.tick(office.house, office.now + datetime.timedelta(days=3)) is None
    assert [kind for kind in kinds(office.letters()) if kind != "digest"] == []

    write(office, ChangeKind.REOPENED, now=office.now + datetime.timedelta(days=3))
    office.now += datetime.timedelta(days=3)
    assert office.reply(came[1], "รับ") == "mail-accepted"
    assert one("receipt", office.letters())
    assert {answer.organisation for answer in office.house.books.answers("w5827")} == set(
        office.bureau.roster.by_key["pao"].organisations
    )


def test_a_form_without_the_row_of_an_exempt_organisation_is_whole(office):
    office.at("2024-11-20 08:30")
    reporter = office.bureau.roster.by_key["den-chai"]
    address, code = reporter.addresses[0], reporter.organisations[0]
    write(office, ChangeKind.EXEMPTED, whom=code)
    office.bureau = current(office.house, office.now).bureau  # whose form has no row of it any more
    form = office.filled()
    name = office.bureau.roster.by_code[code].official_name
    assert not any(
        name in str(cell.value) for row in openpyxl.load_workbook(io.BytesIO(form)).worksheets[0] for cell in row
    )
    assert office.send(address, "den-chai") == "accepted"
    assert "ครบถ้วน" in one("receipt", office.letters())["Subject"]
    (draft,) = [letter for letter in office.all_in() if letter["X-Ruam-Kind"] == "draft"]
    report = next(content for name, content in files_of(draft).items() if name.endswith("report.xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(report))
    row = next(row for row in book.worksheets[0].iter_rows(values_only=True) if name in map(str, row))
    assert set(row[2:6]) == {"ได้รับยกเว้น"}
    (listed,) = book["ได้รับยกเว้น"].iter_rows(min_row=3, values_only=True)
    assert listed[1:4] == (name, office.bureau.roster.by_code[code].district, "เหตุผล")
