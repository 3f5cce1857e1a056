"""A mail that the server lists and does not hand over: the others come, it is asked for again, and staff hear of it."""

import pytest

from tests.faults.scene import Box
from tests.field.counter import counter, mail

ENVELOPE = b'("Wed, 20 Nov 2024 09:00:00 +0700" "report 2" (("Long" NIL "long" "district.phrae.example")) NIL NIL NIL NIL NIL NIL "<m2@x.example>")'


def facts(uid, size=279):
    return b'* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE "20-Nov-2024 09:00:00 +0700")' % (uid, size)


def body(said):
    """The mail itself is answered otherwise; size and date are told as ever."""

    def refuse(box, wire, tag, rest):
        if b"SIZE" in rest:
            return box.fetch(wire, tag, rest)
        return wire.say(*(line.replace(b"TAG", tag) for line in said))

    return refuse


def sizes(said):
    """Whoever asks for the size of the second mail, alone or among others, is answered so; asked alone, the others are told."""

    def refuse(box, wire, tag, rest):
        uids = rest.split(b" ")[0].split(b",")
        if b"SIZE" in rest and said.startswith(b"TAG"):
            return wire.say(said.replace(b"TAG", tag))
        if b"SIZE" in rest:
            others = [facts(int(uid), len(box.mails[int(uid)])) for uid in uids if uid != b"2"]
            return wire.say(*others, said, tag + b" OK done")
        return box.fetch(wire, tag, rest)

    return refuse


def close(box, wire, tag, rest):
    if b"SIZE" in rest:
        return box.fetch(wire, tag, rest)
    return wire.close()


KINDS = {
    "OK without an answer": body([b"TAG OK FETCH completed."]),
    "NO": body([b"TAG NO [SERVERBUG] the file is broken"]),
    "NO without a code": body([b"TAG NO some messages could not be FETCHed"]),
    "BAD": body([b"TAG BAD internal error"]),
    "only flags": body([b"* 2 FETCH (FLAGS (\\Seen) UID 2)", b"TAG OK done"]),
    "only flags, no UID": body([b"* 2 FETCH (FLAGS (\\Seen))", b"TAG OK done"]),
    "another mail": body([b"* 1 FETCH (UID 77 BODY[] {5}", b"hello)", b"TAG OK done"]),
    "an answer that ends early": body([b"* 2 FETCH (UID 2 BODY[]", b"TAG OK done"]),
    "size NO": sizes(b"TAG NO [CORRUPTION] index damaged"),
    "size BAD": sizes(b"TAG BAD cannot"),
    "size not told": sizes(b"* OK nothing to say of it"),
    "size answer damaged": sizes(b"* 2 FETCH (UID 2 RFC822.SIZE"),
    "connection closed": close,
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_others_come_and_staff_are_told_after_an_hour(tmp_path, kind):
    box, healed = Box(), []

    def fetch(wire, tag, rest):
        uids = rest.split(b" ")[0].split(b",")
        if b"ENVELOPE" in rest:
            return wire.say(b"* 2 FETCH (UID 2 ENVELOPE %b)" % ENVELOPE, tag + b" OK done")
        return box.fetch(wire, tag, rest) if healed or b"2" not in uids else KINDS[kind](box, wire, tag, rest)

    with counter(tmp_path, box, FETCH=fetch) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        for minute in (0, 1, 2, 3, 4, 59):
            desk.scan(minute)
        assert desk.collected() == [1, 3]
        assert sorted(box.mails) == [2]
        assert desk.withheld() == 1
        assert desk.notices() == []
        for minute in (61, 62, 63, 200):
            desk.scan(minute)
        [(subject, text)] = desk.notices()
        assert subject == "มีจดหมายในกล่องที่ระบบรับมาอ่านไม่ได้ โปรดเปิดดู"
        assert "เลขที่ ๒" in text
        assert kind == "connection closed" or "จาก long@district.phrae.example เรื่อง report 2" in text
        healed.append(True)
        for minute in (215, 216):
            desk.scan(minute)
        assert desk.collected() == [1, 2, 3]
        assert box.mails == {}
        assert desk.withheld() == 0
        assert len(desk.notices()) == 1


def test_a_mail_that_comes_within_the_hour_is_no_news(tmp_path):
    box = Box()
    asked = []

    def fetch(wire, tag, rest):
        asked.append(rest)
        if b"SIZE" not in rest and len(asked) < 4:
            return wire.say(tag + b" OK done")
        return box.fetch(wire, tag, rest)

    with counter(tmp_path, box, FETCH=fetch) as desk:
        box.deliver(mail(1))
        for minute in (0, 1, 2, 90):
            desk.scan(minute)
        assert desk.collected() == [1]
        assert (desk.notices(), desk.withheld()) == ([], 0)


def test_a_mail_that_somebody_deletes_is_no_longer_counted(tmp_path):
    box = Box()
    fetch = KINDS["OK without an answer"]
    with counter(tmp_path, box, FETCH=lambda wire, tag, rest: fetch(box, wire, tag, rest)) as desk:
        box.deliver(mail(1))
        desk.scan(0)
        assert desk.withheld() == 1
        box.mails.clear()
        desk.scan(1)
        desk.scan(90)
        assert (desk.notices(), desk.withheld()) == ([], 0)


def test_answers_that_nobody_asked_for_do_no_harm(tmp_path):
    """Flags that another program set, a mail that came meanwhile, told amid the mail that was asked for; a UID left out."""
    box = Box()

    def fetch(wire, tag, rest):
        uid = int(rest.split(b" ")[0].split(b",")[0])
        wire.say(b"* 9 FETCH (FLAGS (\\Seen))", b"* 12 EXISTS", b"* 3 FETCH (UID 3 FLAGS (\\Flagged $Junk))")
        wire.say(b"* 4 FETCH (UID 99 RFC822.SIZE 4)")
        if b"SIZE" in rest or uid != 2:
            return box.fetch(wire, tag, rest)
        wire.sock.sendall(b"* 2 FETCH (BODY[] {%d}\r\n%b)\r\n" % (len(box.mails[2]), box.mails[2]))
        return wire.say(b"* 2 FETCH (FLAGS (\\Seen))", tag + b" OK done")

    with counter(tmp_path, box, FETCH=fetch) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        desk.scan()
        assert desk.collected() == [1, 2, 3]
        assert [desk.raw(number) for number in (1, 2, 3)] == [mail(number) for number in (1, 2, 3)]
