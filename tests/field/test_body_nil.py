"""Fewer bytes than the server said: not taken, asked for again; a server that always miscounts is believed in the end."""

import pytest

from tests.faults.scene import Box
from tests.field.counter import counter, mail


def serve(box, of_second, wrong=0):
    """A server that says `of_second(raw)` in the place of the second mail; all its sizes are `wrong` by so many bytes."""

    def fetch(wire, tag, rest):
        uids = [int(uid) for uid in rest.split(b" ")[0].split(b",")]
        for uid in uids:
            raw = box.mails[uid]
            if b"SIZE" in rest:
                date = b'INTERNALDATE "20-Nov-2024 09:00:00 +0700"'
                wire.say(b"* %d FETCH (UID %d RFC822.SIZE %d %b)" % (uid, uid, len(raw) + wrong, date))
            elif b"ENVELOPE" in rest:
                wire.say(b"* %d FETCH (UID %d ENVELOPE NIL)" % (uid, uid))
            else:
                wire.sock.sendall(b"* %d FETCH (UID %d BODY[] " % (uid, uid))
                said = of_second(raw) if uid == 2 else raw
                wire.sock.sendall(said if isinstance(said, bytearray) else b"{%d}\r\n%b" % (len(said), said))
                wire.say(b")")
        wire.say(tag + b" OK done")

    return fetch


NOTHING = {
    "NIL": lambda raw: bytearray(b"NIL"),
    "an empty text": lambda raw: bytearray(b'""'),
    "a literal of no bytes": lambda raw: b"",
}
PARTLY = {
    "half": lambda raw: raw[: len(raw) // 2],
    "the header": lambda raw: raw[: raw.index(b"\r\n\r\n") + 4],
    "one byte less": lambda raw: raw[:-1],
}


@pytest.mark.parametrize("kind", [*NOTHING, *PARTLY])
def test_a_mail_that_comes_short_is_not_taken_until_it_comes_whole(tmp_path, kind):
    box, healed = Box(), []
    of_second = (NOTHING | PARTLY)[kind]
    with counter(tmp_path, box, FETCH=serve(box, lambda raw: raw if healed else of_second(raw))) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        for minute in range(6):
            desk.scan(minute)
        assert desk.collected() == [1, 3]
        assert sorted(box.mails) == [2]
        assert desk.withheld() == 1
        healed.append(True)
        desk.scan(7)
        assert desk.collected() == [1, 2, 3]
        assert desk.raw(3) == mail(2)
        assert (desk.withheld(), desk.notices()) == (0, [])


@pytest.mark.parametrize("kind", NOTHING)
def test_of_a_mail_without_bytes_staff_are_told_and_it_is_asked_for_on(tmp_path, kind):
    with counter(tmp_path, box := Box(), FETCH=serve(box, NOTHING[kind])) as desk:
        for number in (1, 2):
            box.deliver(mail(number))
        for minute in (0, 30, 61, 300):
            desk.scan(minute)
        assert desk.collected() == [1]
        assert len(desk.notices()) == 1
        assert desk.withheld() == 1


@pytest.mark.parametrize("kind", PARTLY)
def test_a_mail_that_stays_short_for_an_hour_is_taken_as_it_comes_and_staff_are_told(tmp_path, kind):
    with counter(tmp_path, box := Box(), FETCH=serve(box, PARTLY[kind])) as desk:
        for number in (1, 2):
            box.deliver(mail(number))
        for minute in (0, 30, 59, 60, 61):
            desk.scan(minute)
        assert desk.collected() == [1, 2]
        assert desk.raw(2) == PARTLY[kind](mail(2))
        [(_, text)] = desk.notices()
        assert "ได้มาไม่ครบ" in text
        assert desk.withheld() == 0


@pytest.mark.parametrize("wrong", [1, 14, 5_000])
def test_a_server_that_always_says_too_much_is_believed_after_three_times_the_same(tmp_path, wrong):
    with counter(tmp_path, box := Box(), FETCH=serve(box, lambda raw: raw, wrong)) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        for minute in range(3):
            desk.scan(minute)
        assert desk.collected() == [1, 2, 3]
        assert [desk.raw(number) for number in (1, 2, 3)] == [mail(number) for number in (1, 2, 3)]
        assert (desk.withheld(), desk.notices()) == (0, [])


@pytest.mark.parametrize("wrong", [-1, -200])
def test_a_server_that_says_too_little_is_believed_at_once(tmp_path, wrong):
    with counter(tmp_path, box := Box(), FETCH=serve(box, lambda raw: raw, wrong)) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        desk.scan()
        assert desk.collected() == [1, 2, 3]


def test_line_ends_counted_otherwise_are_no_missing_bytes(tmp_path):
    with counter(tmp_path, box := Box(), FETCH=serve(box, lambda raw: raw.replace(b"\r\n", b"\n"))) as desk:
        for number in (1, 2):
            box.deliver(mail(number))
        desk.scan()
        assert desk.collected() == [1, 2]
