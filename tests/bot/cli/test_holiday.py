"""``ruam holiday``: what is entered holds at once, the newest of a day, with its reason and who said so."""

import pytest
from typer.testing import CliRunner

from bot.cli.common import opened_books
from bot.cli.main import app
from bot.config.load import load_bureau, load_config
from tests.road.conftest import ROOT, OfficeFolder

NOWHERE = 'host = "127.0.0.1"\nport = 1\nsecurity = "none"\nuser = "u"\npassword = "p"'
WHY = ("--because", "มติ ครม.", "--by", "หัวหน้าฝ่าย")


@pytest.fixture
def ruam(tmp_path):
    office = OfficeFolder(tmp_path, NOWHERE, 'host = "127.0.0.1"\nport = 1\nsecurity = "none"')
    office.add_circular(ROOT / "templates" / "circulars" / "w5827", {})

    def run(*words):
        return CliRunner().invoke(app, ["holiday", *words, "--config", str(office.config)])

    run.config = office.config
    return run


def calendar(config):
    settings = load_config(config)
    bureau = load_bureau(settings)
    with opened_books(settings, bureau) as books:
        return bureau.calendar.with_holidays(books.holidays())


def test_a_day_is_entered_taken_back_and_listed(ruam):
    first = ruam("add", "๒๙ พ.ย. ๒๕๖๗", *WHY)
    assert first.exit_code == 0, first.output
    assert "is a day off" in first.output
    assert "A deadline of w5827 is on that day" in first.output
    day = next(one.day for one in _entries(ruam.config))
    assert not calendar(ruam.config).is_working(day)
    assert "it was one already" in ruam("add", "2567-11-29", *WHY).output
    assert ruam("remove", "29/11/2567", *WHY).exit_code == 0
    assert calendar(ruam.config).is_working(day)
    listed = ruam("list").output
    assert [line.split("\t")[:4] for line in listed.splitlines()] == [
        ["2024-11-29", said, "มติ ครม.", "หัวหน้าฝ่าย"] for said in ("off", "off", "worked")
    ]


def _entries(config):
    settings = load_config(config)
    with opened_books(settings, load_bureau(settings)) as books:
        return books.holidays()


@pytest.mark.parametrize(
    "words", [("add", "2567-13-40", *WHY), ("add", "", *WHY), ("add", "2567-11-29"), ("remove", "2567-11-29", *WHY[:2])]
)
def test_no_day_no_reason_or_nobody_behind_it_is_refused(words, ruam):
    assert ruam(*words).exit_code == 2
    assert _entries(ruam.config) == ()
