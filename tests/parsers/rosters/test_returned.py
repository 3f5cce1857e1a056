"""Which of the files that staff send may be a roster: both tables, or a list of addresses that names somebody known."""

import pytest

from bot.config.load import shipped
from bot.config.roster_import import request_of
from parsers.rosters.read_roster import returned_roster

REQUEST = request_of(shipped()[1])
FIRST = REQUEST.organisations[0]


def returned(*rows):
    return returned_roster("list.csv", "\n".join(rows).encode(), REQUEST)


def test_a_list_of_addresses_is_one():
    found = returned("ชื่อ อปท.,อีเมล", f"{FIRST.official_name},a@b.example")
    assert [(line.key, line.addresses) for line in found.organisations] == [(FIRST.code, ("a@b.example",))]
    assert not found.whole


def test_so_is_one_with_a_mistake_beside_it():
    found = returned("ชื่อ อปท.,อีเมล", f"{FIRST.official_name},a@b.example", "อบต.ไม่มีอยู่จริง,c@d.example")
    assert not found.usable


@pytest.mark.parametrize(
    "rows",
    [
        ("ชื่อ อปท.,จำนวน (แห่ง)", f"{FIRST.official_name},3"),
        ("ชื่อ,อีเมล", "นายสมชาย ใจดี,somchai@example.example"),
        ("ข้อความธรรมดา",),
    ],
)
def test_other_lists_are_none(rows):
    assert returned(*rows) is None
