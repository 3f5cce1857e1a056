"""A server that leaves out what RFC 3501 demands of the answer to SELECT: mails are collected all the same."""

import pytest

from tests.faults.scene import Box
from tests.field.counter import counter, mail

FULL = {
    "FLAGS": b"* FLAGS (\\Seen \\Deleted)",
    "EXISTS": b"* 3 EXISTS",
    "RECENT": b"* 0 RECENT",
    "UIDVALIDITY": b"* OK [UIDVALIDITY 7] fine",
    "UIDNEXT": b"* OK [UIDNEXT 4] fine",
}


@pytest.mark.parametrize(
    ("left_out", "validity"),
    [
        (["UIDVALIDITY"], 0),
        (["EXISTS"], 7),
        (["UIDNEXT"], 7),
        (["EXISTS", "UIDVALIDITY", "UIDNEXT"], 0),
        (list(FULL), 0),
    ],
)
def test_what_is_left_out_is_done_without(tmp_path, left_out, validity):
    said = [line for name, line in FULL.items() if name not in left_out]
    with counter(tmp_path, box := Box(), SELECT=[*said, b"TAG OK [READ-WRITE] selected"]) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        desk.scan(0)
        desk.scan(1)
        assert desk.house.books.known_uids("INBOX", validity, range(9)) == {1, 2, 3}
        assert box.mails == {}


@pytest.mark.parametrize(
    "said", [b"* OK [UIDVALIDITY x] odd", b"* OK [UIDVALIDITY] none", b"* OK [UIDVALIDITY -1] odd"]
)
def test_a_uidvalidity_that_is_no_number_counts_as_none(tmp_path, said):
    with counter(tmp_path, box := Box(), SELECT=[b"* 1 EXISTS", said, b"TAG OK [READ-WRITE] selected"]) as desk:
        box.deliver(mail(1))
        desk.scan()
        assert desk.house.books.known_uids("INBOX", 0, range(9)) == {1}


def test_a_search_answered_in_pieces_is_put_together(tmp_path):
    pieces = [b"* SEARCH 1", b"* SEARCH", b"* SEARCH 3 2 (MODSEQ 917)", b"TAG OK done"]
    with counter(tmp_path, box := Box(), SEARCH=pieces) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        desk.scan()
        assert desk.collected() == [1, 2, 3]
