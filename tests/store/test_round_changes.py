"""What became of rounds: in the order in which it was written, once each, one office's alone."""

from bot.office.decision import Decision
from bot.office.model.round_change import ChangeKind, RoundChange
from tests.store.building import MINUTE, NOW


def change(occasion, kind=ChangeKind.EXTENDED, **said):
    return RoundChange(
        **{"circular": "w5827", "kind": kind, "by": "a@b.example", "at": NOW, "occasion": occasion, **said}
    )


def write(office, *changes):
    office.commit(Decision(round_changes=changes), [], message=None, now=NOW)


def test_changes_come_as_they_were_written_and_in_order(office):
    assert (office.newest_changes()[0], office.round_changes(["w5827"])) == (0, ())
    first = change("b", whom="long", why="น้ำท่วม", until=NOW + 9 * MINUTE)
    second = change("a", ChangeKind.CLOSED, at=NOW + MINUTE)
    third = change("c", opens=NOW, until=NOW, cutoff=NOW + MINUTE, department=NOW + 2 * MINUTE)
    write(office, first)
    write(office, second, third)
    assert office.round_changes(["w5827", "w1"]) == (first, second, third)
    assert office.round_changes(["w1"]) == ()
    assert office.newest_changes()[0] > 0


def test_the_same_word_changes_a_round_once(office):
    write(office, change("a", until=NOW))
    newest = office.newest_changes()[0]
    write(office, change("a", until=NOW + MINUTE))
    assert [one.until for one in office.round_changes(["w5827"])] == [NOW]
    assert office.newest_changes()[0] == newest


def test_each_office_and_circular_has_its_own_and_the_clock_is_told(office, new_office):
    other = new_office()
    write(office, change("a"))
    write(other, change("a", circular="w1"))
    assert [one.circular for one in office.round_changes(["w5827", "w1"])] == ["w5827"]
    assert (office.changes(), other.changes()) == ({"w5827": 1}, {"w1": 1})
    assert office.newest_changes()[0] != other.newest_changes()[0]
