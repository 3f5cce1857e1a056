"""What staff gave of the office's letters: part by part the newest, one office's alone."""

import datetime

from bot.office.decision import Decision
from bot.office.letters.enclosures import ReadyFile
from bot.office.model.official_letter import COVER, DISTRICTS, Registered
from tests.store.building import MINUTE, NOW

DAY = datetime.date(2024, 11, 26)


def give(office, **said):
    given = Registered(**{"circular": "w5827", "paper": DISTRICTS, "by": "a@b.example", "at": NOW, **said})
    office.commit(Decision(registered=(given,)), [], message=None, now=NOW)


def test_number_and_scan_come_apart_and_the_newest_of_each_stands(office):
    assert office.registered("w5827") == {}
    assert office.scan("w5827", DISTRICTS) is None
    give(office, number="พร 1/ว 2", dated=DAY)
    give(office, scan="a.pdf", content=b"%PDF-a", at=NOW + MINUTE)
    give(office, number="พร 1/ว 3", dated=DAY, by="c@d.example")
    give(office, scan="b.jpg", content=b"\xff\xd8\xff", at=NOW + 2 * MINUTE)
    found = office.registered("w5827")
    assert set(found) == {DISTRICTS}
    assert found[DISTRICTS] == Registered("w5827", DISTRICTS, "a@b.example", NOW + 2 * MINUTE, "พร 1/ว 3", DAY, "b.jpg")
    assert office.scan("w5827", DISTRICTS) == ReadyFile("b.jpg", b"\xff\xd8\xff")


def test_each_letter_circular_and_office_has_its_own(office, new_office):
    other = new_office()
    give(office, number="1/2", dated=DAY)
    give(office, number="1/3", dated=DAY, paper=COVER)
    give(other, number="1/4", dated=DAY)
    assert {paper: one.number for paper, one in office.registered("w5827").items()} == {DISTRICTS: "1/2", COVER: "1/3"}
    assert other.registered("w5827")[DISTRICTS].number == "1/4"
    assert office.registered("w1") == {}
