"""``ruam extend``, ``exempt``, ``close``, ``reopen``, ``round``: said, recorded, shown; what cannot be done is said with code 2."""

import datetime
import json

import pytest
import typer

from bot.cli.round import _moment
from bot.office.model.bangkok_time import BANGKOK
from tests.road.conftest import ROOT, OfficeFolder

NOWHERE = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"\nuser = "u"\npassword = "p"'
NOW = datetime.datetime(2026, 11, 20, 9, 0, tzinfo=BANGKOK)


@pytest.fixture
def office(tmp_path):
    """A round that is open however late it is by the machine's clock."""
    made = OfficeFolder(tmp_path, NOWHERE, 'host = "127.0.0.1"\nport = 1\nsecurity = "none"')
    now = datetime.datetime.now(BANGKOK)
    days = {"opens": -2, "reporters": 9, "cutoff": 14, "department": 16}
    moments = {name: now + datetime.timedelta(days=number) for name, number in days.items()}
    made.add_circular(ROOT / "templates" / "circulars" / "w5827", moments)
    return made


def thai(moment):
    """The day as staff write it: 2567-12-12."""
    return f"{moment.year + 543}-{moment:%m-%d}"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2567-12-12", "2024-12-12T16:30:00+07:00"),
        ("๒๕๖๗-๑๒-๑๒T๐๙:๐๐", "2024-12-12T09:00:00+07:00"),
        ("12 ธ.ค. 2567 เวลา 16.30 น.", "2024-12-12T16:30:00+07:00"),
        ("๑๒ ธันวาคม ๒๕๖๗", "2024-12-12T16:30:00+07:00"),
        ("2024-12-12 08:15", "2024-12-12T08:15:00+07:00"),
    ],
)
def test_a_day_is_read_as_people_write_it(text, moment):
    assert _moment(text, NOW).isoformat() == moment


@pytest.mark.parametrize("text", ["", "เร็ว ๆ นี้", "2567-12-12T25:00", "2567-13-12"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(typer.Exit) as raised:
        _moment(text, NOW)
    assert raised.value.exit_code == 2


def test_an_extension_of_one_and_of_all_is_shown_with_who_and_why(office):
    until = datetime.datetime.now(BANGKOK) + datetime.timedelta(days=12)
    said = office.ruam(
        "extend", "w5827", "อำเภอลอง", "--until", thai(until), "--because", "น้ำท่วม", "--by", "นายดำ"
    ).stdout
    assert "ของอำเภอลอง" in said
    assert "0 letters" in said  # its requests are still to go
    found = json.loads(office.ruam("status", "--json").stdout)["circulars"][0]
    assert found["state"] == "open"
    assert found["extended"]["long"].startswith(f"{until:%Y-%m-%d}T16:30")
    later = until + datetime.timedelta(days=20)
    said = office.ruam("extend", "w5827", "--until", f"{thai(later)}T12:00", "--department", thai(later)).stdout
    assert "ของผู้รายงานทุกราย" in said
    shown = office.ruam("round", "w5827").stdout
    assert "w5827  มท ๐๘๑๐.๗/ว ๕๘๒๗  open" in shown
    assert "deadline of อำเภอลอง" in shown
    assert "by นายดำ  น้ำท่วม" in shown
    assert "deadline of all" in shown
    assert "cut-off" in shown


def test_an_exemption_closing_and_opening_again(office):
    assert office.ruam("exempt", "w5827", "ทต.ช่อแฮ", check=False).returncode == 2  # without a reason
    office.ruam("exempt", "w5827", "เทศบาลตำบลช่อแฮ", "--because", "ยุบรวม")
    found = json.loads(office.ruam("status", "--json").stdout)["circulars"][0]
    assert found["total"] == 83
    assert list(found["exempt"].values()) == ["ยุบรวม"]
    assert "ปิดรอบ" in office.ruam("close", "w5827", "--because", "ครบแล้ว").stdout
    assert " closed" in office.ruam("round", "w5827").stdout
    refused = office.ruam("exempt", "w5827", "ทต.ช่อแฮ", "--lift", check=False)
    assert (refused.returncode, "ปิดแล้ว" in refused.stdout + refused.stderr) == (2, True)
    office.ruam("reopen", "w5827")
    office.ruam("exempt", "w5827", "ทต.ช่อแฮ", "--lift")
    shown = office.ruam("round", "w5827").stdout
    assert [word in shown for word in ("ทต.ช่อแฮ exempt", "closed", "reopened", "ทต.ช่อแฮ asked again")] == [True] * 4


def test_who_is_not_in_the_roster_is_said(office):
    day = thai(datetime.datetime.now(BANGKOK) + datetime.timedelta(days=12))
    refused = office.ruam("extend", "w5827", "อำเภอไม่มีจริง", "--until", day, check=False)
    assert refused.returncode == 2
    assert "no reporter" in refused.stdout + refused.stderr
    assert office.ruam("exempt", "w5827", "ทต.ไม่มี", "--because", "x", check=False).returncode == 2
    assert "โปรดเปิดรอบก่อน" not in office.ruam("reopen", "w5827", check=False).stdout
