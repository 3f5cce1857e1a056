"""The page beside the loops is a process that is begun anew whenever it ends, until it is to end."""

import sys
import time

import pytest
import structlog.testing

from bot.service.page_beside import PageBeside

BEGUN = "import sys, time; open(sys.argv[1], 'a').write('begun\\n'); time.sleep(float(sys.argv[2]))"
SOON = 30  # seconds


def until(holds):
    end = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def begins(tmp_path):
    """How often the page was begun."""
    file = tmp_path / "begun"
    file.touch()
    return lambda: file.read_text().count("begun"), str(file)


def test_it_is_begun_anew_when_it_ends_and_no_more_when_it_is_to_end(begins):
    number, file = begins
    page = PageBeside((sys.executable, "-c", BEGUN, file, "0"), "phrae", first=0.01)
    with structlog.testing.capture_logs() as logged:
        page.start()
        until(lambda: number() >= 3)
        page.end()
    began = number()
    assert page._watching is not None
    assert not page._watching.is_alive()
    assert {(each["event"], each["office"], each["error"]) for each in logged} == {
        ("page ended", "phrae", "exit code 0")
    }
    assert number() == began


def test_one_that_runs_is_ended(begins):
    number, file = begins
    page = PageBeside((sys.executable, "-c", BEGUN, file, "600"), "phrae")
    with structlog.testing.capture_logs() as logged:
        page.start()
        until(number)
        page.end()
    assert page._watching is not None
    assert not page._watching.is_alive()
    assert (number(), logged) == (1, [])


def test_one_that_cannot_begin_is_logged_with_what_to_do():
    page = PageBeside(("/nowhere/python", "-m", "bot", "desk"), "phrae", first=600)
    with structlog.testing.capture_logs() as logged:
        page.start()
        until(lambda: logged)
        page.end()
    assert "No such file" in logged[0]["error"]
    assert "`-m bot desk` by hand" in logged[0]["next_step"]
