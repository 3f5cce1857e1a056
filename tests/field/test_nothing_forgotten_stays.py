"""A mail with a log-in key is not kept: once the clock has ticked its bytes are in none of the files of the books."""

import sqlite3
import time

import pytest

from bot.office.model.received_mail import Arrival
from bot.service import handle_mail
from tests.field.office_of_paper import _BEGUN, DEN_CHAI, Office, mail

KEY = "Qz7Kx2Vb9Tn4Wd1"  # nobody's
WORDS = f"เรียน จังหวัด ขอส่งรายงานครับ https://forms.example/fill?access_token={KEY}"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path)
    yield made
    made.close()


def kept_lines(raw, folder):
    """In which files how many of the mail's own long lines stand; our letters hold some lines of every workbook too."""
    lines = [line for line in raw.splitlines() if len(line) > 60 and line not in _BEGUN[0]]
    found = {path.name: sum(line in path.read_bytes() for line in lines) for path in folder.iterdir()}
    assert len(lines) > 50
    return {name: number for name, number in found.items() if number}


def test_a_forgotten_mail_is_in_no_file_of_the_open_books(office, tmp_path):
    raw = mail(DEN_CHAI, WORDS, form=office.filled())
    assert office.take(raw) == "accepted"
    assert (tmp_path / "books.db-wal").exists()  # the books are open
    assert kept_lines(raw, tmp_path) == {}


def test_the_log_holds_it_until_then(office, tmp_path):
    """The look finds what is there: the same mail, decided before the clock has ticked."""
    raw = mail(DEN_CHAI, WORDS, form=office.filled())
    office.house.books.receive([Arrival("INBOX", 7, 1, raw, office.now, len(raw))])
    (decision,) = handle_mail.work(office.house, office.now)
    assert decision.forget
    assert kept_lines(raw, tmp_path).keys() == {"books.db-wal"}


def test_a_reader_in_the_way_puts_it_off_and_nobody_waits(office, tmp_path):
    raw = mail(DEN_CHAI, WORDS, form=office.filled())
    reader = sqlite3.connect(tmp_path / "books.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM message").fetchone()
    assert office.take(raw) == "accepted"
    assert kept_lines(raw, tmp_path)
    began = time.monotonic()
    assert not office.house.books.leave_no_trace()
    assert time.monotonic() - began < 5  # a writer waits 30 seconds for another
    reader.close()
    office.later(minutes=1)
    assert kept_lines(raw, tmp_path) == {}
