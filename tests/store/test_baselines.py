"""Lists of who had not done it: kept by circular and day, replaced when loaded again, the newest day shown."""

import dataclasses
import datetime

from bot.office.model.baseline import Stand
from parsers.findings import Place
from tests.store.building import NOW

DAY = datetime.date(2024, 10, 29)
PLACE = Place("list.xlsx", "แผ่น1", "D4")
STAND = Stand(
    "w5827",
    DAY,
    {("5540103", "s10_posted"): False, ("5540104", "s10_posted"): True},
    {("5540103", "s10_posted"): PLACE},
)


def test_a_list_is_kept_with_its_cells(office):
    assert office.stand("w5827") is None
    assert office.load_stand(STAND, NOW) is False
    assert office.stand("w5827") == STAND
    assert office.stand("waste") is None


def test_a_day_loaded_again_takes_the_place_of_the_earlier_list(office):
    office.load_stand(STAND, NOW)
    fewer = dataclasses.replace(STAND, done={("5540105", "s16_posted"): False}, places={})
    assert office.load_stand(fewer, NOW) is True
    assert office.stand("w5827") == fewer


def test_the_newest_day_counts_and_other_days_stay(office):
    later = dataclasses.replace(
        STAND, at=DAY + datetime.timedelta(days=7), done={("5540103", "s10_posted"): True}, places={}
    )
    office.load_stand(later, NOW)
    assert office.load_stand(STAND, NOW) is False
    assert office.stand("w5827") == later
    assert office.load_stand(STAND, NOW) is True


def test_circulars_and_offices_do_not_see_each_others_lists(new_office):
    mine, other = new_office(), new_office()
    mine.load_stand(STAND, NOW)
    mine.load_stand(dataclasses.replace(STAND, circular="waste", done={("1", "q"): True}, places={}), NOW)
    assert mine.stand("w5827") == STAND
    assert other.stand("w5827") is None
