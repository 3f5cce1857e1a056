"""After a start nothing is read yet: a page waits for a few circulars at most, says that more are being read, and nothing is read twice."""

import dataclasses

import pytest
import sqlalchemy as sa

from bot.desk.look import served
from bot.desk.serve import warm
from bot.desk.standings import AT_ONCE, Standings
from bot.desk.written import write
from tests.field.office_of_paper import DEN_CHAI, mail

OF_MANY = ("today", "circulars", "calls", "counts")
READING = "ระบบกำลังอ่านข้อมูลหนังสือเวียน"
MORE = 15  # circulars beyond those that a look waits for
OF_A_CIRCULAR = 13  # statements with which one is read


class Behind(list):
    """Work that waits until the test has it done."""

    def __call__(self, work) -> None:
        self.append(work)

    def done(self) -> None:
        while self:
            self.pop()()


@pytest.fixture
def many(office):
    """As many circulars as no look waits for, one with a report; nothing is read yet."""
    assert office.take(mail(DEN_CHAI, "ขอส่งรายงานค่ะ", form=office.filled())) == "accepted"
    base = office.bureau.circulars["w5827"]
    more = {f"c{n:02}": base.model_copy(update={"slug": f"c{n:02}"}) for n in range(AT_ONCE + MORE - 1)}
    office.bureau = dataclasses.replace(office.bureau, circulars={"w5827": base, **more})
    office.behind = Behind()
    anew(office)
    return office


def anew(office) -> None:
    """As after a start."""
    house = dataclasses.replace(office.desk.house, bureau=office.bureau)
    for name, value in (("house", house), ("standings", Standings(office.behind))):
        object.__setattr__(office.desk, name, value)


@pytest.fixture
def counting():
    counted = []

    def note(*said):
        counted.extend([said[2]] if said[2].startswith("SELECT") else [])

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    yield counted
    sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("name", [*OF_MANY, "reporter"])
def test_a_first_look_waits_for_a_few_circulars_alone(many, counting, name):
    browser, path = many.signed_in(), served(name, **({"key": "den-chai"} if name == "reporter" else {}))
    counting.clear()
    first = browser.get(path)
    assert first.status_code == 200
    assert 10 * AT_ONCE < len(counting) < (AT_ONCE + 1) * OF_A_CIRCULAR
    assert len(many.behind) == 1
    browser.get(path)
    assert len(many.behind) == 1  # not begun twice
    many.behind.done()
    counting.clear()
    whole = browser.get(path)
    assert len(counting) < 2 * OF_A_CIRCULAR
    if name != "counts":
        assert "อ่านแล้ว ๑๐ จาก ๒๕ เรื่อง" in first.text
        assert READING not in whole.text


def test_a_page_of_some_circulars_is_true_of_those(many):
    browser = many.signed_in()
    first = browser.get("/counts").json()
    assert first["done-w5827"] == 7
    assert len([name for name in first if name.startswith("done-")]) == AT_ONCE
    assert "w5827" in browser.get("/").text
    many.behind.done()
    whole = browser.get("/counts").json()
    assert first.items() <= whole.items()
    assert len([name for name in whole if name.startswith("done-")]) == AT_ONCE + MORE


def test_a_page_about_one_circular_reads_that_one(many, counting):
    browser = many.signed_in()
    counting.clear()
    assert READING not in browser.get("/circulars/c20").text
    assert len(counting) < 2 * OF_A_CIRCULAR
    assert many.behind == []


def test_a_reporters_answers_to_a_circular_that_is_asked_for_are_read(many):
    page = many.signed_in().get("/reporters/den-chai?circular=c23").text
    assert READING in page
    assert "คำตอบของเรื่อง" in page


def test_what_a_start_reads_ahead_no_look_waits_for(many, counting):
    warm(many.desk)
    assert many.desk.house.sandbox.warmed is many.bureau.roster.naming
    many.behind.done()
    browser = many.signed_in()
    for name in ("today", "circulars", "calls"):
        counting.clear()
        assert READING not in browser.get(served(name)).text
        assert len(counting) < 2 * OF_A_CIRCULAR


def test_reading_ahead_that_fails_is_begun_anew(many):
    standings, house = many.desk.standings, many.desk.house
    standings.read_on(dataclasses.replace(house, books=None))
    many.behind.done()
    standings.read_on(house)
    many.behind.done()
    assert standings.at_hand(house).unread == 0


def test_a_new_roster_costs_no_second_reading(many, counting):
    standings, house = many.desk.standings, many.desk.house
    standings.every(house)
    roster = dataclasses.replace(house.bureau.roster)
    counting.clear()
    known = standings.every(dataclasses.replace(house, bureau=dataclasses.replace(house.bureau, roster=roster)))
    assert all(each.roster is roster for each in known.values())
    assert known["w5827"].done == 7
    assert len(counting) <= 2


def test_a_copy_waits_for_all(many, tmp_path):
    write(many.desk, tmp_path / "copy")
    assert many.behind == []
    pages = list((tmp_path / "copy").glob("*.html"))
    assert len(pages) > 5 * (AT_ONCE + MORE)
    assert not any(READING in page.read_text("utf-8") for page in pages)
