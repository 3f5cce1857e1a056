"""Mails and letters are opened in a child, and each mail once: its page, its frame and its files stand on one opening."""

import dataclasses

import pytest
import sqlalchemy as sa

from bot.desk.openings import KEPT, Openings
from bot.office.model.received_mail import Arrival
from bot.store import schema
from bot.store.raw_bytes import clear_bytes
from parsers.files.mail_shown import letter_shown, mail_shown
from parsers.mail.attached_file import attached_file
from tests.bot.desk.conftest import LookingReader
from tests.field.office_of_paper import DEN_CHAI, mail


class CountingReader(LookingReader):
    """Notes what is opened."""

    def __init__(self) -> None:
        self.opened: list[object] = []

    def run(self, function, *args):
        self.opened.append(function)
        return super().run(function, *args)


@pytest.fixture
def reader(office):
    made = CountingReader()
    object.__setattr__(office.desk, "house", dataclasses.replace(office.desk.house, sandbox=made))
    return made


def received(office, number=1):
    raw = mail(DEN_CHAI, f"ขอส่งรายงานค่ะ ครั้งที่ {number}", form=office.filled())
    (row,) = office.house.books.receive([Arrival("INBOX", 7, number, raw, office.now, len(raw))])
    return row


def test_a_mail_is_opened_once_for_its_page_its_frame_and_the_names_of_its_files(office, reader):
    number, browser = received(office), office.signed_in()
    page = browser.get(f"/mails/{number}").text
    assert "ครั้งที่ 1" in page
    assert browser.get(f"/mails/{number}/html").status_code == 200
    assert browser.get(f"/mails/{number}/files/0").content.startswith(b"PK")
    assert reader.opened == [mail_shown, attached_file]
    assert browser.get(f"/mails/{received(office, 2)}").status_code == 200
    assert reader.opened == [mail_shown, attached_file, mail_shown]


def test_nothing_is_shown_of_a_mail_whose_bytes_were_cleared(office, reader):
    number, browser = received(office), office.signed_in()
    assert "ครั้งที่ 1" in browser.get(f"/mails/{number}").text
    columns = schema.message.c
    with office.books._database.writing() as connection:
        clear_bytes(connection, schema.message, sa.and_(columns.office_id == 1, columns.id == number))
    assert "ครั้งที่ 1" not in browser.get(f"/mails/{number}").text


def test_no_more_openings_are_kept_than_said(office, reader):
    kept = Openings()
    mails = [b"Subject: %d\r\n\r\nwords" % number for number in range(KEPT + 1)]
    for raw in (*mails, mails[-1], mails[0]):
        assert kept.mail(office.house, raw)["own"] == "words"
    house = dataclasses.replace(office.house, sandbox=reader)
    for raw in (mails[0], mails[-1], mails[1]):
        kept.mail(house, raw)
    assert reader.opened == [mail_shown]  # the one that was used longest ago


def test_a_letter_is_shown_by_its_words_and_the_names_of_its_files(office, reader):
    page = office.signed_in().get("/letters/1").text
    assert "w5827" in page
    assert ".xlsx" in page
    assert reader.opened == [letter_shown]
