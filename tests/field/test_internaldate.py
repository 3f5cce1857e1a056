"""INTERNALDATE beyond reason: the mail is taken with the time of its arrival, and so are the mails behind it."""

import datetime

import pytest

from bot.post.imap.fetch_answers import moment
from bot.service.mails_since import arrived
from tests.faults.scene import Box
from tests.field.counter import MINUTE, START, counter, mail

UTC = datetime.UTC
ODD = {
    "zone +9900": b'"31-Dec-2024 23:00:02 +9900"',
    "zone -9999": b'"20-Nov-2024 09:00:00 -9999"',
    "Buddhist year": b'"20-Nov-2567 09:00:00 +0700"',
    "year 1970": b'"01-Jan-1970 00:00:00 +0000"',
    "year 1899": b'"30-Dec-1899 00:00:00 +0000"',
    "year 99999": b'"20-Nov-99999 09:00:00 +0700"',
    "a year of forty figures": b'"20-Nov-%b 09:00:00 +0700"' % (b"9" * 40),
    "tomorrow": b'"21-Nov-2024 11:00:00 +0700"',
    "the 31st of February": b'"31-Feb-2024 09:00:00 +0700"',
    "hour 25": b'"20-Nov-2024 25:00:00 +0700"',
    "words": b'"yesterday"',
    "nothing": b'""',
    "NIL": b"NIL",
    "a number": b"1732068000",
    "a list": b'("20-Nov-2024 09:00:00 +0700")',
    "no end": b'"20-Nov-2024 09:00:00 +0700',
    "letters of no alphabet": b'"\xff\xfe20-Nov-2024"',
}


@pytest.mark.parametrize("kind", ODD)
def test_a_mail_of_no_reasonable_date_is_taken_when_it_arrives(tmp_path, kind):
    box = Box()

    def fetch(wire, tag, rest):
        if b"SIZE" not in rest:
            return box.fetch(wire, tag, rest)
        for uid in map(int, rest.split(b" ")[0].split(b",")):
            date = ODD[kind] if uid == 2 else b'"20-Nov-2024 09:00:00 +0700"'
            wire.say(b"* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE %b)" % (uid, len(box.mails[uid]), date))
        return wire.say(tag + b" OK done")

    with counter(tmp_path, box, FETCH=fetch) as desk:
        for number in (1, 2, 3):
            box.deliver(mail(number))
        desk.scan(5)
        assert desk.collected() == [1, 2, 3]
        assert box.mails == {}
        times = [line.received for line in desk.house.books.mails()]
        nine = START - 60 * MINUTE
        assert times == [nine, START + 5 * MINUTE, nine]


def test_a_date_left_out_is_the_time_of_arrival(tmp_path):
    box = Box()

    def fetch(wire, tag, rest):
        if b"SIZE" not in rest:
            return box.fetch(wire, tag, rest)
        return wire.say(b"* 1 FETCH (UID 1 RFC822.SIZE %d)" % len(box.mails[1]), tag + b" OK done")

    with counter(tmp_path, box, FETCH=fetch) as desk:
        box.deliver(mail(1))
        desk.scan(5)
        assert [line.received for line in desk.house.books.mails()] == [START + 5 * MINUTE]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"20-Nov-2024 09:00:00 +0700", datetime.datetime(2024, 11, 20, 2, tzinfo=UTC)),
        (b" 1-Nov-2024 00:00:00 +0000", datetime.datetime(2024, 11, 1, tzinfo=UTC)),
        (b"20-Nov-2024 02:00:00 -0000", datetime.datetime(2024, 11, 20, 2, tzinfo=UTC)),
        (b"Wed, 20 Nov 2024 09:00:00 +0700", datetime.datetime(2024, 11, 20, 2, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_as_it_is_written(written, meant):
    assert moment(written) == meant


def test_a_mail_of_last_month_keeps_its_date():
    """The bot was away; who wrote first still comes first."""
    said = START - datetime.timedelta(days=40)
    assert arrived(said, START) == said
