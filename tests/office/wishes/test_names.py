"""Whom a line names; and that a roster's names are made ready once, whatever its size."""

import dataclasses

import pytest

from bot.office.wishes import names
from bot.office.wishes.names import names_of, people_in
from bot.office.wishes.spelling import loosened


@pytest.mark.parametrize(
    ("line", "reporters"),
    [
        *(
            ("สองกับหนองม่วงไข่", ["song", "nong-muang-khai"]),
            ("ลองเตือนเด่นชัยดู", ["den-chai"]),
            ("ทวงวังชิ้นเรื่องนี้", ["wang-chin"]),
        ),
        *(
            ("อบจ. หาไฟล์ไม่เจอ", ["pao"]),
            ("สะกิดอบจ.ให้ที", ["pao"]),
            ("เทศบาลเมืองขอแบบ", ["town"]),
            ("อ.ลอง อ.สอง", ["long", "song"]),
        ),
        *(("โรงเรียนวังชิ้น", []), ("คุณเด่นชัย", []), ("ขอลองดูสองวัน", []), ("สองแห่งนี้", []), ("บ้านสูงเม่น", [])),
    ],
)
def test_names_of_every_day_are_known_by_what_stands_around(bureau, line, reporters):
    assert list(people_in(loosened(line), bureau.roster).reporters) == reporters


@pytest.mark.parametrize("line", ["อบจ.น่าน", "อบจ.ขอนแก่น", "อบจ. ขอนแก่น", "อบต.หาดทราย", "อำเภอน้ำปาด"])
def test_a_name_that_the_roster_lacks_is_unknown_and_nobody(bureau, line):
    people = people_in(loosened(line), bureau.roster)
    assert people.unknown
    assert not people.reporters


def test_names_are_made_ready_once_though_addresses_change(bureau):
    before = names._made.cache_info().misses
    made = names_of(bureau.roster)
    for number in range(20):
        changed = dataclasses.replace(bureau.roster, own_addresses={"6540306": (f"a{number}@b.example",)})
        people_in(loosened("เตือนอำเภอลอง"), changed)
        assert names_of(changed) is made
    assert names._made.cache_info().misses - before <= 1


class Counted(dict):
    """Names that count how often one is looked up."""

    asked = 0

    def __contains__(self, key):
        self.asked += 1
        return super().__contains__(key)


def test_a_line_costs_no_more_where_a_hundred_times_as_many_are_on_the_roster():
    """By its letters and how long names may be, not by how many there are."""
    line = loosened("เตือนอำเภอลองกับอำเภอสองตอนนี้ด้วยค่ะ").key
    few, many = (Counted({f"อำเภอ{number:04}": "" for number in range(size)}) for size in (80, 8000))
    list(names._standing(line, few))
    list(names._standing(line, many))
    assert len(many) == 100 * len(few)
    assert 0 < many.asked <= few.asked
