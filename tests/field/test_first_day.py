"""The first day on a mailbox that is in use: what lies there stays, untouched; what comes from then on is the office's."""

import datetime

import pytest

from bot.config.load import ConfigError, load_config
from bot.office.decision import Decision
from bot.office.model.bangkok_time import BANGKOK
from bot.office.model.received_mail import Arrival, Begun, MessageState
from bot.post.settings import FIRST_START
from bot.service.mails_since import ours
from tests.faults.scene import Box
from tests.field.counter import MINUTE, START, counter, mail
from tests.road.conftest import OfficeFolder

FRESH = {"since": FIRST_START}


class Dated(Box):
    """A mailbox whose mails have dates of their own."""

    def __init__(self):
        super().__init__()
        self.dates = {}

    def deliver_at(self, raw, date):
        self.dates[self._next] = date
        self.deliver(raw)

    def fetch(self, wire, tag, rest):
        if b"SIZE" not in rest:
            return super().fetch(wire, tag, rest)
        for uid in map(int, rest.split(b" ")[0].split(b",")):
            date = self.dates.get(uid, "20-Nov-2024 12:00:00 +0700").encode()
            wire.say(b'* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE "%b")' % (uid, len(self.mails[uid]), date))
        return wire.say(tag + b" OK done")


def test_what_lay_there_before_the_start_is_not_touched(tmp_path):
    box = Dated()
    for number in range(1, 13):
        box.deliver_at(mail(number), "20-Nov-2024 08:00:00 +0700")
    with counter(tmp_path, box, settings=FRESH) as desk:
        desk.scan(0)
        assert desk.collected() == []
        box.deliver(mail(13))
        for minute in range(1, 4):
            desk.scan(minute)
        assert desk.collected() == [13]
        assert sorted(box.mails) == list(range(1, 13))
        bodies = [line for line in desk.server.heard if b"BODY" in line]
        assert [line.split(b" ")[3] for line in bodies] == [b"13"]
        assert not any(b"STORE" in line for line in desk.server.heard)


def test_it_stays_so_after_a_restart_and_the_old_ones_are_looked_at_once_a_connection(tmp_path):
    box = Dated()
    for number in range(1, 301):
        box.deliver_at(mail(number), "20-Nov-2024 08:00:00 +0700")
    with counter(tmp_path, box, settings=FRESH) as desk:
        for minute in range(5):
            desk.scan(minute)
        sizes = [line for line in desk.server.heard if b"RFC822.SIZE" in line]
        assert len(sizes) == 2  # of at most 200 mails each
    with counter(tmp_path, box, settings=FRESH) as desk:
        box.deliver(mail(301))
        desk.scan(600)
        assert desk.collected() == [301]


def test_an_old_mail_that_a_person_moves_in_is_taken(tmp_path):
    box = Dated()
    with counter(tmp_path, box, settings=FRESH) as desk:
        desk.scan(0)
        box.deliver_at(mail(1), "02-Oct-2024 09:00:00 +0700")
        desk.scan(1)
        assert desk.collected() == [1]
        assert desk.house.books.mails()[0].received == datetime.datetime(2024, 10, 2, 2, tzinfo=datetime.UTC)


def test_after_the_server_numbered_anew_the_dates_decide(tmp_path):
    box = Dated()
    box.deliver_at(mail(1), "20-Nov-2024 08:00:00 +0700")
    with counter(tmp_path, box, settings=FRESH) as desk:
        desk.scan(0)
        box.deliver_at(mail(2), "20-Nov-2024 10:01:00 +0700")
        box.uidvalidity = 8
        desk.scan(2)
        assert desk.collected() == [2]


@pytest.mark.parametrize(
    "date", ["20-Nov-2567 08:00:00 +0700", "01-Jan-1970 00:00:00 +0000", "31-Dec-2024 23:00:00 +9900"]
)
def test_where_dates_are_beyond_reason_the_numbers_decide(tmp_path, date):
    box = Dated()
    box.deliver_at(mail(1), "20-Nov-2024 08:00:00 +0700" if date.startswith("20") else date)
    with counter(tmp_path, box, settings=FRESH) as desk:
        desk.scan(0)
        box.deliver_at(mail(2), date)
        desk.scan(1)
        assert desk.collected() == [2]


def test_a_written_day_takes_the_mails_from_then_on(tmp_path):
    box = Dated()
    box.deliver_at(mail(1), "31-Oct-2024 23:59:59 +0700")
    box.deliver_at(mail(2), "01-Nov-2024 00:00:00 +0700")
    box.deliver_at(mail(3), "19-Nov-2024 10:00:00 +0700")
    since = datetime.datetime(2024, 11, 1, tzinfo=BANGKOK)
    with counter(tmp_path, box, settings={"since": since}) as desk:
        desk.scan(0)
        assert desk.collected() == [2, 3]
        assert sorted(box.mails) == [1]


def test_a_mailbox_in_use_before_goes_on_as_before(tmp_path):
    """Books that know mails of the folder, of a time when nobody noted where it was begun."""
    box = Dated()
    box.deliver_at(mail(1), "20-Nov-2024 08:00:00 +0700")
    with counter(tmp_path, box, settings=FRESH) as desk:
        old = mail(99)
        [number] = desk.house.books.receive([Arrival("INBOX", 7, 99, old, START, len(old))])
        desk.house.books.commit(Decision(MessageState.DECIDED, "seen"), [], message=number, now=START)
        desk.scan(0)
        assert desk.collected() == [1, 99]


def test_books_that_read_an_empty_mailbox_before_go_on_too(tmp_path):
    box = Dated()
    box.deliver_at(mail(1), "20-Nov-2024 08:00:00 +0700")
    with counter(tmp_path, box, settings=FRESH) as desk:
        desk.house.books.scanned("INBOX", START - 600 * MINUTE)
        desk.scan(0)
        assert desk.collected() == [1]


def test_the_second_of_the_start_itself_counts():
    begun = Begun(START + datetime.timedelta(microseconds=900_000), 7, 5)
    assert ours(FIRST_START, begun, 8, START)(1, START)


@pytest.mark.parametrize("odd", [None, datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC), START.replace(year=2567)])
def test_with_a_written_day_too_the_numbers_decide_about_odd_dates(odd):
    begun = Begun(START, 7, 5)
    wanted = ours(START - datetime.timedelta(days=9), begun, 7, START)
    assert [wanted(4, odd), wanted(5, odd)] == [False, True]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024-11-01", datetime.datetime(2024, 11, 1, tzinfo=BANGKOK)),
        ("2567-11-01", datetime.datetime(2024, 11, 1, tzinfo=BANGKOK)),
        ('"2567-11-01"', datetime.datetime(2024, 11, 1, tzinfo=BANGKOK)),
        ("2024-11-01T08:30:00", datetime.datetime(2024, 11, 1, 8, 30, tzinfo=BANGKOK)),
        ("2567-11-01T08:30:00", datetime.datetime(2024, 11, 1, 8, 30, tzinfo=BANGKOK)),
        ("", FIRST_START),
    ],
)
def test_the_configuration_names_a_day_of_either_era_or_none(tmp_path, written, meant):
    office = office_of(tmp_path, f"since = {written}" if written else "")
    assert load_config(office.config).imap.since == meant


def test_what_is_no_day_is_said(tmp_path):
    office = office_of(tmp_path, 'since = "last week"')
    with pytest.raises(ConfigError, match="write one like 2024-11-01"):
        load_config(office.config)


def office_of(folder, line):
    imap = f'host = "mail.example"\nuser = "u"\npassword = "p"\n{line}'
    office = OfficeFolder(folder, imap, 'host = "mail.example"')
    text = office.config.read_text(encoding="utf-8").replace("circulars = []", 'circulars = ["w5827"]')
    office.config.write_text(text, encoding="utf-8")
    return office
